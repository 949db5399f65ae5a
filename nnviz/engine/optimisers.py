"""Optimisers: how the gradient of a minibatch becomes a change of the parameters.

Because all parameters are one vector, an optimiser is a few vector operations
on theta, the gradient and its own slots, whatever the depth of the network. The
slots are the rows of one array, so that a snapshot of a run is two copies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from nnviz.engine.recipe import Recipe

Array = NDArray[np.floating[Any]]
Update = Callable[[Array, Array, Array, Array, float, int, "Recipe"], None]


@dataclass(frozen=True, slots=True)
class Optimiser:
    """One way to update theta.

    Attributes:
        name: the name in recipes and on the command line.
        label: the name on screen.
        formula: the update as text.
        use: one sentence on when to use it.
        slots: number of vectors it remembers between steps.
        update: update(theta, g, slots, scratch, eta, t, recipe) changes theta in place;
            g is the gradient, or the nudge −η·gradient where `takes_nudge`; slots is
            (slots, parameters); scratch is a vector to work in; t counts steps from 1.
        takes_nudge: True where the update is linear in −η·gradient. The trainer then
            scales the small δ of the output layer instead of the large gradient.
    """

    name: str
    label: str
    formula: str
    use: str
    slots: int
    update: Update
    takes_nudge: bool = False


def _sgd(
    theta: Array, g: Array, _slots: Array, _scratch: Array, _eta: float, _t: int, _recipe: "Recipe"
) -> None:
    np.add(theta, g, theta)


def _momentum(
    theta: Array, g: Array, slots: Array, _scratch: Array, _eta: float, _t: int, recipe: "Recipe"
) -> None:
    v = slots[0]
    np.multiply(v, recipe.momentum, v)
    np.add(v, g, v)
    np.add(theta, v, theta)


def _nesterov(
    theta: Array, g: Array, slots: Array, scratch: Array, _eta: float, _t: int, recipe: "Recipe"
) -> None:
    v = slots[0]
    np.multiply(v, recipe.momentum, v)
    np.add(v, g, v)
    np.multiply(v, recipe.momentum, scratch)
    np.add(scratch, g, scratch)
    np.add(theta, scratch, theta)


def _scaled_step(theta: Array, numerator: Array, square: Array, rate: float, eps: float) -> None:
    """Subtract rate · numerator / (√square + ε); square is used up."""
    np.sqrt(square, square)
    np.add(square, eps, square)
    np.divide(numerator, square, square)
    np.multiply(square, rate, square)
    np.subtract(theta, square, theta)


def _adagrad(
    theta: Array, g: Array, slots: Array, scratch: Array, eta: float, _t: int, recipe: "Recipe"
) -> None:
    s = slots[0]
    np.multiply(g, g, scratch)
    np.add(s, scratch, s)
    np.copyto(scratch, s)
    _scaled_step(theta, g, scratch, eta, recipe.epsilon)


def _decay_towards(mean: Array, value: Array, beta: float) -> None:
    """Move a running mean towards value: mean = β·mean + (1 − β)·value; value is used up."""
    np.multiply(mean, beta, mean)
    np.multiply(value, 1 - beta, value)
    np.add(mean, value, mean)


def _rmsprop(
    theta: Array, g: Array, slots: Array, scratch: Array, eta: float, _t: int, recipe: "Recipe"
) -> None:
    s = slots[0]
    np.multiply(g, g, scratch)
    _decay_towards(s, scratch, recipe.rho)
    np.copyto(scratch, s)
    _scaled_step(theta, g, scratch, eta, recipe.epsilon)


def _adam(
    theta: Array, g: Array, slots: Array, scratch: Array, eta: float, t: int, recipe: "Recipe"
) -> None:
    m, s = slots[0], slots[1]
    np.multiply(g, g, scratch)
    _decay_towards(s, scratch, recipe.beta2)
    np.copyto(scratch, g)
    _decay_towards(m, scratch, recipe.beta1)
    np.multiply(s, 1 / (1 - recipe.beta2**t), scratch)
    _scaled_step(theta, m, scratch, eta / (1 - recipe.beta1**t), recipe.epsilon)


def _adamw(
    theta: Array, g: Array, slots: Array, scratch: Array, eta: float, t: int, recipe: "Recipe"
) -> None:
    np.multiply(theta, 1 - eta * recipe.weight_decay, theta)
    _adam(theta, g, slots, scratch, eta, t, recipe)


OPTIMISERS: dict[str, Optimiser] = {
    entry.name: entry
    for entry in (
        Optimiser(
            "sgd",
            "SGD",
            "w ← w − η·∂C/∂w",
            "Plain gradient descent on minibatches: the one to understand first.",
            0,
            _sgd,
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
        ),
        Optimiser(
            "nesterov",
            "Nesterov",
            "v ← μ·v − η·∂C/∂w;  w ← w + μ·v − η·∂C/∂w",
            "Momentum that looks one step ahead and so brakes earlier (Sutskever et al., 2013).",
            1,
            _nesterov,
            takes_nudge=True,
        ),
        Optimiser(
            "adagrad",
            "AdaGrad",
            "s ← s + (∂C/∂w)²;  w ← w − η·∂C/∂w / (√s + ε)",
            "A rate of its own for each weight that only ever falls (Duchi et al., 2011).",
            1,
            _adagrad,
        ),
        Optimiser(
            "rmsprop",
            "RMSProp",
            "s ← ρ·s + (1 − ρ)·(∂C/∂w)²;  w ← w − η·∂C/∂w / (√s + ε)",
            "AdaGrad that forgets old gradients, so it keeps learning (Tieleman and Hinton, 2012).",
            1,
            _rmsprop,
        ),
        Optimiser(
            "adam",
            "Adam",
            "m ← β₁·m + (1 − β₁)·g;  s ← β₂·s + (1 − β₂)·g²;  w ← w − η·m̂ / (√ŝ + ε)",
            "Momentum and RMSProp together, both corrected for their start at zero "
            "(Kingma and Ba, 2015); try η = 0.001.",
            2,
            _adam,
        ),
        Optimiser(
            "adamw",
            "AdamW",
            "w ← w − η·λ·w, then Adam",
            "Adam with weight decay kept apart from the gradient (Loshchilov and Hutter, 2019).",
            2,
            _adamw,
        ),
    )
}
"""Every optimiser by name."""
