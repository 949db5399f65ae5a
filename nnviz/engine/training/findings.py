"""Findings: what is unhealthy about a network, and one look at it, which tells what is.

A look is a network on a fixed sample of training examples: what comes out, which answers
are wrong, how the errors go back. What is looked for stands in the modules of each kind.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import Network, Propagation
from nnviz.engine.ops import Array
from nnviz.engine.training.remedies import Remedy
from nnviz.engine.training.scores import right_answers
from nnviz.numbers import percent, rounded, write

NEVER_RIGHT = 0.5
"""Share of wrong answers from which training is called stuck, and what slows it grave."""
SATURATED_SLOPE = 0.01
"""Below this slope (a sigmoid's at |z| = 4.6) a neuron hardly learns any more."""
CLOSE = 0.01
"""How near outputs must come to targets that are all equal, in their size, but at least 1."""
STILL = 0.5
"""What was reported before is reported until it is below this share of its limit."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unhealthy.

    Attributes:
        kind: mismatched, unreachable, alike, penalised, dead, saturated, stuck, vanishing,
            exploding, giant_steps, tiny_steps or mistakes.
        sentence: what is wrong, with numbers.
        remedy: what to do about it, in words.
        grave: True where training hardly gets anywhere like this.
        action: what to do about it, to be carried out.
    """

    kind: str
    sentence: str
    remedy: str
    grave: bool = True
    action: Remedy | None = None


class Look:
    """One look at a network, with what all that is looked for needs.

    Attributes:
        network, recipe: what is looked at.
        x, y: the sample, (n, inputs) and (n, outputs).
        eta: the learning rate in force.
        examples: how many there are to train on.
        propagation: the sample on its way through the network and back.
        wrong: which answers are wrong, (n,).
        failing: their share.
    """

    def __init__(
        self,
        network: Network,
        x: Array,
        y: Array,
        eta: float,
        before: Collection[str],
        examples: int,
    ) -> None:
        self.network, self.recipe, self.x, self.y = network, network.recipe, x, y
        self.eta, self._before, self.examples = eta, before, examples
        self.propagation: Propagation = network.propagation(x, y)
        wrong = _wrong(self.propagation.a[-1], y)
        self.wrong, self.failing = wrong, float(wrong.mean())

    def finding(self, kind: str, sentence: str, remedy: Remedy, *, grave: bool = True) -> Finding:
        """Return a finding, with the words of its remedy."""
        return Finding(kind, sentence, remedy.words(self.recipe, self.eta), grave, remedy)

    def failing_words(self) -> str:
        """Say how many answers are wrong; a number is never right, but it may be no use."""
        share = percent(self.failing, 0)
        if _two_valued(self.y):
            return f"{share} of the answers are wrong"
        return f"{share} of the outputs are no better than the mean of all targets"

    def limit(self, kind: str, limit: float) -> float:
        """Return a limit, lower where this kind was found before."""
        return STILL * limit if kind in self._before else limit

    def gradient(self, network: Network | None = None) -> Array:
        """Return the gradient of the sample's cost, 0 where parameters do not train."""
        gradient = (network or self.network).gradient(self.x, self.y)
        if self.recipe.only:
            rests = np.ones(len(gradient), dtype=bool)
            rests[list(self.recipe.only)] = False
            gradient[rests] = 0
        return gradient


def _wrong(a: Array, y: Array) -> NDArray[np.bool_]:
    """Tell which answers are wrong, (n,); of numbers, those no better than the mean of all."""
    if _two_valued(y):
        return ~right_answers(a, y)
    missed = np.square(a - y).sum(axis=1)
    if (y == y[0]).all():  # nothing is better than their mean, so nearness is what counts
        return np.asarray(~(missed <= np.square(CLOSE * np.maximum(np.abs(y), 1)).sum(axis=1)))
    return np.asarray(~(missed < np.square(y - y.mean(axis=0)).sum(axis=1)))


def _two_valued(y: Array) -> bool:
    return bool(((y == 0) | (y == 1)).all())


def times(factor: float) -> str:
    """Write a factor in the three digits that count: "12-fold"."""
    # No whole part is longer than its meaning.
    return f"{write(rounded(factor, 3), 3)}-fold"
