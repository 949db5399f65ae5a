"""Health: is training healthy, and if not, what is wrong and what helps?

A look at a fixed sample of training examples tells a cost that does not go with the
outputs, dead ReLUs, saturated sigmoids, outputs that are stuck, errors that fade or grow
on their way back, and steps that are far too large or too small. Each finding is a
sentence with its measured numbers, and a remedy that can be carried out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network, Passage, views
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.training import remedies
from nnviz.engine.training.remedies import Remedy
from nnviz.engine.training.scores import right_answers
from nnviz.numbers import integer, percent, rounded, write

Array = NDArray[np.floating[Any]]

SAMPLE = 200
"""Examples looked at: enough for shares to a few per cent, in about a millisecond."""
WORK, FEWEST = 5e7, 8
"""Examples times parameters that a look may take; and the fewest examples of any look."""
LARGE = 1_000_000
"""Parameters from which no steps are looked ahead: each would take as long as the look."""
NEVER_RIGHT = 0.5
"""Share of wrong answers from which training is called stuck, and what slows it grave."""
SATURATED_SLOPE = 0.01
"""Below this slope (a sigmoid's at |z| = 4.6) a neuron hardly learns any more."""
MANY = 0.5
"""Share of a layer from which saturated neurons are reported."""
MOST = 0.75
"""Share of a layer from which saturated neurons hold up the whole net."""
DEAD = 0.25
"""Share of a layer from which dead ReLUs are reported."""
STUCK = 0.8
"""Share of wrong answers with no slope left from which outputs are called stuck."""
VANISHING, EXPLODING = 1e-3, 1e3
"""The first layer's error over the last one's, beyond which it is reported."""
GIANT, TINY = 0.5, 1e-5
"""A step's length over its layer's own (over all of theta's) beyond which it is reported."""
AHEAD = 4
"""Plain steps looked ahead, to see whether they climb."""
CLIMB = 0.02
"""Share by which the sample's cost may climb in one of them."""
PULL, WEIGHT_SHARE = 0.5, 0.01
"""Strength of L1 and L2 over the cost's own, and their λ/n, from which they are reported."""
NEAR = 0.1
"""How far an output must miss, with no slope left, to be stuck."""
CLOSE = 0.01
"""How near outputs must come to targets that are all equal, in their size, but at least 1."""
ROUNDING = 1e3
"""How many units of rounding weights may differ by that are the same but for it."""
STILL = 0.5
"""What was reported before is reported until it is below this share of its limit."""
OF_THE_RECIPE = ("mismatched", "unreachable")
"""Kinds that training does not cure: they are grave from step 0 on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unhealthy.

    Attributes:
        kind: mismatched, unreachable, alike, penalised, dead, saturated, stuck, vanishing,
            exploding, giant_steps or tiny_steps.
        layer: the layer it is about, 1 for the first after the input; 0 for the whole net.
        value: the number that was measured.
        sentence: what is wrong, with numbers.
        remedy: what to do about it, in words.
        grave: True where training hardly gets anywhere like this.
        action: what to do about it, to be carried out.
    """

    kind: str
    layer: int
    value: float
    sentence: str
    remedy: str
    grave: bool = True
    action: Remedy | None = None


def find_problems(
    network: Network,
    x: Array,
    y: Array,
    eta: float,
    before: Collection[str] = (),
    examples: int = 0,
) -> tuple[Finding, ...]:
    """Examine a network on some training examples.

    Args:
        network: left alone.
        x: inputs, (n, inputs); n ≥ 1.
        y: desired outputs, (n, outputs).
        eta: the learning rate in force.
        before: kinds that were found at the last look; they go only once they are well below
            their limits, so that none comes and goes while nothing has changed.
        examples: how many there are to train on, over which L1 and L2 are spread; 0 for those
            of x.
    """
    examples = examples or len(x)
    rows = int(max(FEWEST, WORK // network.recipe.parameters))
    with np.errstate(all="ignore"):  # numbers may be huge: that is what is looked for
        look = _Look(network, x[:rows], np.asarray(y)[:rows], eta, before, examples)
        return tuple(look.findings())


class _Look:
    """One look at a network, with what all parts of it need."""

    def __init__(
        self,
        network: Network,
        x: Array,
        y: Array,
        eta: float,
        before: Collection[str],
        examples: int,
    ) -> None:
        self._network, self._recipe, self._x, self._y = network, network.recipe, x, y
        self._eta, self._before, self._examples = eta, before, examples
        self._passage: Passage = network.passage(x, y)
        wrong = _wrong(self._passage.a[-1], y)
        self._wrong, self._failing = wrong, float(wrong.mean())

    def findings(self) -> list[Finding]:
        """Return all that is unhealthy, the causes before their effects."""
        recipe = [*self._mismatch(), *self._unreachable()]
        alike = self._alike()
        # With a cost or outputs that cannot work, no step helps that is taken on them.
        stuck = [] if recipe else self._stuck()
        penalised = [] if recipe or alike else self._penalised()
        found = [*recipe, *alike, *penalised, *stuck, *self._neurons()]
        if not alike:  # neurons that are alike have no slope of their own to begin with
            found += self._errors()
        # Steps without a slope are tiny whatever η is, and large on weights of nearly 0.
        if not (recipe or stuck or alike or penalised):
            found += self._steps()
        return found

    def _finding(
        self,
        kind: str,
        layer: int,
        value: float,
        sentence: str,
        remedy: Remedy,
        *,
        grave: bool = True,
    ) -> Finding:
        words = remedy.words(self._recipe, self._eta)
        return Finding(kind, layer, value, sentence, words, grave, remedy)

    def _failing_words(self) -> str:
        """Say how many answers are wrong; a number is never right, but it may be no use."""
        share = percent(self._failing, 0)
        if _two_valued(self._y):
            return f"{share} of the answers are wrong"
        return f"{share} of the outputs are no better than the mean of all targets"

    def _limit(self, kind: str, limit: float) -> float:
        """Return a limit, lower where this kind was found before."""
        return STILL * limit if kind in self._before else limit

    # -- what the recipe itself makes impossible ----------------------------------------------

    def _mismatch(self) -> list[Finding]:
        """Look for a cost that rewards outputs which do not compete for rising all."""
        recipe, last = self._recipe, len(self._passage.a)
        cost, output = COSTS[recipe.cost], ACTIVATIONS[recipe.output_activation]
        if not cost.competing or output.output_only:
            return []
        idle = self._passage.a[-1][self._y == 0]
        mean = float(idle.mean()) if idle.size else 0.0
        needs = "softmax" if recipe.layers[-1] > 1 else "several outputs with softmax"
        return [
            self._finding(
                "mismatched",
                last,
                mean,
                f"{cost.label} needs {needs}: with {output.label} all outputs rise to 1, "
                f"because only those that should be 1 count (those that should be 0 are "
                f"{write(mean, 2)} on average)",
                remedies.outputs_that_compete(recipe),
            )
        ]

    def _unreachable(self) -> list[Finding]:
        """Look for desired outputs that the output activation cannot take."""
        entry = ACTIVATIONS[self._recipe.output_activation]
        low, high = float(self._y.min()), float(self._y.max())
        beyond = float(np.mean((self._y < entry.low) | (self._y > entry.high)))
        if not beyond:
            return []
        return [
            self._finding(
                "unreachable",
                len(self._passage.a),
                beyond,
                f"the desired outputs go from {write(low, 3)} to {write(high, 3)}, and "
                f"{entry.label} outputs never leave {entry.range}",
                remedies.outputs_that_reach(self._recipe),
            )
        ]

    # -- neurons ------------------------------------------------------------------------------

    def _alike(self) -> list[Finding]:
        """Look for a hidden layer whose neurons are all the same, and so stay the same."""
        network = self._network
        for layer, (w, b) in enumerate(
            zip(network.weights[:-1], network.biases[:-1], strict=True), start=1
        ):
            below = network.weights[layer]
            parts = (*((part, part[..., :1]) for part in (w, b)), (below, below[:1]))
            if len(b) > 1 and all(_same(part, first) for part, first in parts):
                but = "" if all((part == first).all() for part, first in parts) else " but rounding"
                return [
                    self._finding(
                        "alike",
                        layer,
                        1.0,
                        f"all {integer(len(b))} neurons of layer {layer} are the same{but}, and "
                        f"get the same change{but} in every step, so they stay the same for long",
                        remedies.weights_that_differ(self._recipe),
                    )
                ]
        return []

    def _penalised(self) -> list[Finding]:
        """Look for L1 and L2 so strong that weights are held at nothing."""
        recipe, weights = self._recipe, self._network.weights
        shares = {"l1": recipe.l1 / self._examples, "l2": recipe.l2 / self._examples}
        if not max(shares.values()) >= WEIGHT_SHARE or self._failing < NEVER_RIGHT:
            return []
        slopes = views(recipe, self._gradient())[0]
        cost = np.sqrt(sum(float(np.square(slope, dtype=np.float64).sum()) for slope in slopes))
        pulls = [shares["l2"] * w + shares["l1"] * np.sign(w) for w in weights]
        pull = np.sqrt(sum(float(np.square(part, dtype=np.float64).sum()) for part in pulls))
        ratio = float(pull / cost) if cost else float(np.inf if pull else 0.0)
        if not ratio >= self._limit("penalised", PULL):
            return []
        names = " and ".join(
            f"{name.upper()} with λ = {write(getattr(recipe, name), 3)}"
            for name, share in shares.items()
            if share >= WEIGHT_SHARE
        )
        often = _times(ratio).removesuffix("-fold") if ratio < np.inf else "infinitely many"
        return [
            self._finding(
                "penalised",
                0,
                ratio,
                f"{self._failing_words()}, and {names} pulls the weights to 0 {often} times as "
                "strongly as the cost moves them",
                remedies.lighter_penalty(recipe, self._examples),
            )
        ]

    def _gradient(self, network: Network | None = None) -> Array:
        """Return the gradient of the sample's cost, 0 where parameters do not train."""
        gradient = (network or self._network).gradient(self._x, self._y)
        if self._recipe.only:
            rests = np.ones(len(gradient), dtype=bool)
            rests[list(self._recipe.only)] = False
            gradient[rests] = 0
        return gradient

    def _neurons(self) -> list[Finding]:
        """Look for hidden neurons that have nothing to learn from."""
        found = []
        for layer, name in enumerate(self._recipe.activations[:-1], start=1):
            a = self._passage.a[layer - 1]
            neurons = a.shape[1]
            entry = ACTIVATIONS[name]
            if entry.undying:
                dead = int((a <= 0).all(axis=0).sum())
                if dead / neurons >= self._limit("dead", DEAD):
                    found.append(
                        self._finding(
                            "dead",
                            layer,
                            dead / neurons,
                            f"{integer(dead)} of the {integer(neurons)} {entry.label}s in layer "
                            f"{layer} were silent for all {len(a)} examples of the sample, so no "
                            "gradient reaches them",
                            remedies.revive(self._recipe, self._eta, dead / neurons),
                            grave=self._failing >= NEVER_RIGHT,
                        )
                    )
            elif entry.saturates_both_ways:
                share = float((entry.slope(a) < SATURATED_SLOPE).mean())
                if share >= MANY:
                    found.append(
                        self._finding(
                            "saturated",
                            layer,
                            share,
                            f"{percent(share, 0)} of the {name} activations in layer {layer} are "
                            f"saturated, with a slope below {write(SATURATED_SLOPE)}, so that "
                            "layer learns slowly",
                            remedies.unsaturate(self._recipe, self._eta),
                            grave=self._failing >= NEVER_RIGHT and share >= MOST,
                        )
                    )
        return found

    def _stuck(self) -> list[Finding]:
        """Look for wrong answers whose outputs have no slope left to learn from."""
        if not self._failing >= NEVER_RIGHT:
            return []
        reach = np.abs(self._passage.delta[-1][self._wrong]).max(axis=1)
        missed = np.abs(self._passage.a[-1] - self._y)[self._wrong].max(axis=1)
        # An error is small on outputs that have all but arrived as well, and means no harm there.
        stuck = float(((reach < SATURATED_SLOPE) & (missed > NEAR)).mean())
        if stuck < STUCK or not ACTIVATIONS[self._recipe.output_activation].saturates:
            return []
        return [
            self._finding(
                "stuck",
                len(self._passage.a),
                stuck,
                f"{self._failing_words()}, and for "
                f"{percent(stuck, 0)} of those every output is so saturated that its error is "
                f"below {write(SATURATED_SLOPE)}: the net is stuck",
                remedies.unstick(self._recipe, self._eta),
            )
        ]

    # -- errors on their way back -------------------------------------------------------------

    def _errors(self) -> list[Finding]:
        """Compare the size of the error in the first layer with that in the last."""
        sizes = [
            float(np.sqrt(np.mean(np.square(delta, dtype=np.float64))))
            for delta in self._passage.delta
        ]
        if len(sizes) < 2 or not 0 < sizes[-1] < np.inf:
            return []
        silent = sum(size == 0 for size in sizes)
        ratio = sizes[0] / sizes[-1]
        if not silent and VANISHING <= ratio <= EXPLODING:
            return []
        if silent or ratio < VANISHING:
            return [self._fading(sizes, silent, ratio)]
        grows = (
            f"grows {_times(ratio)} on its way back"
            if ratio < np.inf
            else "grows beyond all bounds"
        )
        return [
            self._finding(
                "exploding",
                1,
                ratio,
                f"the error {grows} from layer {len(sizes)} ({write(sizes[-1], 2)}) to layer 1 "
                f"({write(sizes[0], 2)})",
                remedies.hold_back(self._recipe, self._eta),
            )
        ]

    def _fading(self, sizes: list[float], silent: int, ratio: float) -> Finding:
        recipe, last = self._recipe, len(sizes)
        if not silent:
            return self._finding(
                "vanishing",
                1,
                ratio,
                f"the error shrinks {_times(1 / ratio)} on its way back from layer {last} "
                f"({write(sizes[-1], 2)}) to layer 1 ({write(sizes[0], 2)})",
                remedies.carry_further(recipe, self._eta),
                grave=self._failing >= NEVER_RIGHT,
            )
        layers = "layer 1" if silent == 1 else f"layers 1 to {silent}"
        dead = ACTIVATIONS[recipe.activations[silent - 1]].undying
        return self._finding(
            "vanishing",
            1,
            0.0,
            f"no error reaches {layers} at all: of the error of layer {last} "
            f"({write(sizes[-1], 2)}) nothing is left there, so nothing is learned there",
            remedies.revive(recipe, self._eta, 1.0)
            if dead
            else remedies.carry_further(recipe, self._eta),
            grave=self._failing >= NEVER_RIGHT,
        )

    # -- steps --------------------------------------------------------------------------------

    def _steps(self) -> list[Finding]:
        """Compare a plain gradient step with what it changes, and see where some of them lead."""
        network, eta = self._network, self._eta
        optimiser = OPTIMISERS[self._recipe.optimiser]
        if optimiser.even:
            trained = len(self._recipe.only) or self._recipe.parameters
            return self._tiny(eta * float(np.sqrt(trained)))
        if not optimiser.takes_nudge:
            return []  # the other chooses the length of a step itself
        gradient = self._gradient()
        length = eta * float(np.linalg.norm(gradient))
        shares = [
            eta * float(np.linalg.norm(g)) / size if (size := float(np.linalg.norm(w))) else 0.0
            for w, g in zip(network.weights, views(self._recipe, gradient)[0], strict=True)
        ]
        worst = int(np.argmax(np.nan_to_num(shares, nan=np.inf)))
        share, limit = shares[worst], self._limit("giant_steps", GIANT)
        if not share <= limit:  # also where it is no number any more
            return [
                self._finding(
                    "giant_steps",
                    worst + 1,
                    share,
                    f"one step at η = {write(eta, 3)} changes the weights of layer {worst + 1} by "
                    f"{_of_their_size(share)}, so it jumps over every valley",
                    remedies.smaller_steps(eta, remedies.excess(share, GIANT)),
                )
            ]
        if self._recipe.parameters > LARGE:
            return self._tiny(length)
        costs = self._ahead(gradient)
        climb = max((after / before - 1 for before, after in pairwise(costs) if before), default=0)
        if not climb <= self._limit("giant_steps", CLIMB):
            path = " → ".join(write(cost, 3) for cost in costs)
            return [
                self._finding(
                    "giant_steps",
                    0,
                    climb,
                    f"steps at η = {write(eta, 3)} do not keep going down: from here the cost of "
                    f"{len(self._x)} training examples would go {path}",
                    remedies.smaller_steps(eta, 1.0),
                )
            ]
        return self._tiny(length)

    def _ahead(self, gradient: Array) -> list[float]:
        """Return the sample's cost now and after each of some plain steps on the sample."""
        ahead = Network(self._recipe, self._network.theta.copy())
        costs = [ahead.cost(self._x, self._y)]
        for _ in range(AHEAD):
            ahead.theta -= self._eta * gradient
            costs.append(ahead.cost(self._x, self._y))
            gradient = self._gradient(ahead)
        return costs

    def _tiny(self, length: float) -> list[Finding]:
        """Compare the length of a step with that of theta."""
        size = float(np.linalg.norm(self._network.theta))
        if not size or not length / size < TINY or self._failing < NEVER_RIGHT:
            return []
        share = length / size
        return [
            self._finding(
                "tiny_steps",
                0,
                share,
                f"{self._failing_words()}, yet one step at "
                f"η = {write(self._eta, 3)} changes the parameters by only {write(share, 1)} of "
                "their size: at this pace it takes for ever",
                remedies.larger_steps(self._eta),
            )
        ]


def _wrong(a: Array, y: Array) -> NDArray[np.bool_]:
    """Tell which answers are wrong, (n,); of numbers, those no better than the mean of all."""
    if _two_valued(y):
        return ~right_answers(a, y)
    missed = np.square(a - y).sum(axis=1)
    if (y == y[0]).all():  # nothing is better than their mean, so nearness is what counts
        return np.asarray(~(missed <= np.square(CLOSE * np.maximum(np.abs(y), 1)).sum(axis=1)))
    return np.asarray(~(missed < np.square(y - y.mean(axis=0)).sum(axis=1)))


def _same(part: Array, first: Array) -> bool:
    """Tell whether numbers are equal but for rounding."""
    far = ROUNDING * np.finfo(part.dtype).eps * np.abs(first)
    return bool((np.abs(part - first) <= far).all())


def _two_valued(y: Array) -> bool:
    return bool(((y == 0) | (y == 1)).all())


def _times(factor: float) -> str:
    # No whole part is longer than its meaning.
    return f"{write(rounded(factor, 3), 3)}-fold"


def _of_their_size(share: float) -> str:
    """Say how long a step is, in a few digits whatever it is."""
    if not np.isfinite(share):
        return "more than any number"
    return (
        f"{percent(share, 0)} of their size"
        if share < 10
        else f"{write(share, 2)} times their size"
    )
