"""Optimisers: how the gradient of a minibatch becomes a change of the parameters.

Because all parameters are one vector, an optimiser is a few vector operations
on theta, the gradient and its own slots, whatever the depth of the network. The
slots are the rows of one array, so that a snapshot of a run is two copies.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array, Plan, constant
from nnviz.engine.table import Entry, table
from nnviz.numbers import rounded


@dataclass(frozen=True, slots=True, eq=False)
class Tools:
    """What an optimiser works with.

    Attributes:
        theta: the parameters, changed in place.
        g: the gradient, or the nudge −η·gradient where the optimiser takes that.
        slots: what is remembered between steps, (slots, parameters).
        scratch: a vector to work in.
        eta: the learning rate, an array of no dimensions, read when a plan runs.
        count: returns the number of this step, from 1.
        given: the hyper-parameters that it uses, by their recipe fields.
    """

    theta: Array
    g: Array
    slots: Array
    scratch: Array
    eta: Array
    count: Callable[[], int]
    given: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Optimiser(Entry):
    """One way to update theta; its formula is the update.

    Attributes:
        slots: number of vectors it remembers between steps.
        plan: plan(tools) plans one update of theta in place.
        takes_nudge: True where the update is linear in −η·gradient. The trainer then
            scales the small δ of the output layer instead of the large gradient.
        even: True where it changes every parameter by about η in a step.
        races: True where it takes part in the race, in the order of the table.
        race_rate: race_rate(rate) -> the learning rate that suits it in the race, where `rate`
            suits plain descent, or is the length of a first step where it takes no nudge.
    """

    slots: int
    plan: Callable[[Tools], Plan]
    takes_nudge: bool = False
    even: bool = False
    races: bool = True
    race_rate: Callable[[float], float] = float

    @property
    def in_a_line(self) -> str:
        """The formula, its parts no further apart than words."""
        return self.formula.replace(";  ", "; ")

    @property
    def plain(self) -> bool:
        """Whether its step is −η·∂C/∂w and nothing else."""
        return self.takes_nudge and not self.slots


def _momentum(t: Tools) -> Plan:
    v = t.slots[0]
    return [
        partial(np.multiply, v, constant(t.given["momentum"], v), v),
        partial(np.add, v, t.g, v),
        partial(np.add, t.theta, v, t.theta),
    ]


def _nesterov(t: Tools) -> Plan:
    v, mu = t.slots[0], constant(t.given["momentum"], t.g)
    return [
        partial(np.multiply, v, mu, v),
        partial(np.add, v, t.g, v),
        partial(np.multiply, v, mu, t.scratch),
        partial(np.add, t.scratch, t.g, t.scratch),
        partial(np.add, t.theta, t.scratch, t.theta),
    ]


def _scaled_step(t: Tools, numerator: Array, rate: Array) -> Plan:
    """Plan to subtract rate · numerator / (√scratch + ε); scratch is used up."""
    return [
        partial(np.sqrt, t.scratch, t.scratch),
        partial(np.add, t.scratch, constant(t.given["epsilon"], t.g), t.scratch),
        partial(np.divide, numerator, t.scratch, t.scratch),
        partial(np.multiply, t.scratch, rate, t.scratch),
        partial(np.subtract, t.theta, t.scratch, t.theta),
    ]


def _decay_towards(mean: Array, value: Array, beta: float) -> Plan:
    """Plan to move a running mean: mean = β·mean + (1 − β)·value; value is used up."""
    return [
        partial(np.multiply, mean, constant(beta, mean), mean),
        partial(np.multiply, value, constant(1 - beta, mean), value),
        partial(np.add, mean, value, mean),
    ]


def _adagrad(t: Tools) -> Plan:
    s = t.slots[0]
    return [
        partial(np.multiply, t.g, t.g, t.scratch),
        partial(np.add, s, t.scratch, s),
        partial(np.copyto, t.scratch, s),
        *_scaled_step(t, t.g, t.eta),
    ]


def _rmsprop(t: Tools) -> Plan:
    s = t.slots[0]
    return [
        partial(np.multiply, t.g, t.g, t.scratch),
        *_decay_towards(s, t.scratch, t.given["rho"]),
        partial(np.copyto, t.scratch, s),
        *_scaled_step(t, t.g, t.eta),
    ]


def _adam(t: Tools) -> Plan:
    m, s = t.slots[0], t.slots[1]
    rate, unbiased = constant(0, t.g), constant(0, t.g)

    def correct_bias() -> None:
        # Both means start at zero; dividing by 1 − β^t makes up for it.
        rate[()] = float(t.eta) / (1 - t.given["beta1"] ** t.count())
        unbiased[()] = 1 / (1 - t.given["beta2"] ** t.count())

    return [
        correct_bias,
        partial(np.multiply, t.g, t.g, t.scratch),
        *_decay_towards(s, t.scratch, t.given["beta2"]),
        partial(np.copyto, t.scratch, t.g),
        *_decay_towards(m, t.scratch, t.given["beta1"]),
        partial(np.multiply, s, unbiased, t.scratch),
        *_scaled_step(t, m, rate),
    ]


def _adamw(t: Tools) -> Plan:
    keep = constant(1, t.g)

    def decay() -> None:
        keep[()] = 1 - float(t.eta) * t.given["weight_decay"]

    return [decay, partial(np.multiply, t.theta, keep, t.theta), *_adam(t)]


def _a_quarter(eta: float) -> float:
    """With μ = 0.9 steps add up to ten times their size."""
    return rounded(eta / 4, 1)


_OF_ADAM = ("beta1", "beta2", "epsilon")

OPTIMISERS: dict[str, Optimiser] = table(
    Optimiser(
        "sgd",
        "SGD",
        "w ← w − η·∂C/∂w",
        "Plain gradient descent on minibatches: the one to understand first.",
        0,
        lambda t: [partial(np.add, t.theta, t.g, t.theta)],
        takes_nudge=True,
    ),
    Optimiser(
        "momentum",
        "momentum",
        "v ← μ·v − η·∂C/∂w;  w ← w + v",
        "Keeps rolling in the direction of earlier steps; smooths zigzags in long valleys.",
        1,
        _momentum,
        takes_nudge=True,
        uses=("momentum",),
        race_rate=_a_quarter,
    ),
    Optimiser(
        "nesterov",
        "Nesterov",
        "v ← μ·v − η·∂C/∂w;  w ← w + μ·v − η·∂C/∂w",
        "Momentum that looks one step ahead and so brakes earlier (Sutskever et al., 2013).",
        1,
        _nesterov,
        takes_nudge=True,
        uses=("momentum",),
        race_rate=_a_quarter,
    ),
    Optimiser(
        "adagrad",
        "AdaGrad",
        "s ← s + (∂C/∂w)²;  w ← w − η·∂C/∂w / (√s + ε)",
        "A rate of its own for each weight that only ever falls (Duchi et al., 2011).",
        1,
        _adagrad,
        uses=("epsilon",),
        # Its steps only ever get shorter, so the first ones may be long.
        race_rate=lambda stride: rounded(4 * stride, 1),
    ),
    Optimiser(
        "rmsprop",
        "RMSProp",
        "s ← ρ·s + (1 − ρ)·(∂C/∂w)²;  w ← w − η·∂C/∂w / (√s + ε)",
        "AdaGrad that forgets old gradients, so it keeps learning (Tieleman and Hinton, 2012).",
        1,
        _rmsprop,
        uses=("rho", "epsilon"),
        even=True,
        # Near a minimum it goes on jumping by about half of this.
        race_rate=lambda stride: rounded(stride / 2, 2),
    ),
    Optimiser(
        "adam",
        "Adam",
        "m ← β₁·m + (1 − β₁)·g;  s ← β₂·s + (1 − β₂)·g²;  w ← w − η·m̂ / (√ŝ + ε)",
        "Momentum and RMSProp together, both corrected for their start at zero "
        "(Kingma and Ba, 2015); try η = 0.001.",
        2,
        _adam,
        uses=_OF_ADAM,
        even=True,
    ),
    Optimiser(
        "adamw",
        "AdamW",
        "w ← w − η·λ·w, then Adam",
        "Adam with weight decay kept apart from the gradient (Loshchilov and Hutter, 2019).",
        2,
        _adamw,
        uses=(*_OF_ADAM, "weight_decay"),
        even=True,
        races=False,  # what decays there are no weights but places
    ),
)
"""Every optimiser by name."""
