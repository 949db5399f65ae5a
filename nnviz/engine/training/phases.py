"""Phases: what a minibatch does, one after the other, with all of its numbers.

Nothing but the last phase changes the network, so a minibatch can be computed
whole before its step is taken and then be looked at phase by phase, forwards
and backwards, without disturbing the run by a single bit. Whoever shows it so
shows no number before the phase that computes it, see `known_after`.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.examples import Rows

Kind = Literal["pick", "forward", "cost", "backward", "average", "update"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase.

    Attributes:
        kind: what is done.
        layer: where, for forward and backward: 1 is the first layer after the input; else 0.
    """

    kind: Kind
    layer: int = 0

    @property
    def name(self) -> str:
        """A short name, for example "forward 1"."""
        return f"{self.kind} {self.layer}" if self.layer else self.kind


def phases_of(recipe: Recipe) -> tuple[Phase, ...]:
    """Return the phases of a minibatch in order."""
    layers = range(1, len(recipe.layers))
    return (
        Phase("pick"),
        *(Phase("forward", layer) for layer in layers),
        Phase("cost"),
        *(Phase("backward", layer) for layer in reversed(layers)),
        Phase("average"),
        Phase("update"),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Minibatch:
    """All that one minibatch computes; every array is read-only.

    Attributes:
        step: minibatches done before it.
        rows: which training examples it takes, (n,).
        x: their inputs, (n, inputs), with the noise that the recipe adds.
        y: their desired outputs, (n, outputs).
        z, a, delta, terms: as their `Propagation` has them.
        cost: mean cost of the examples.
        eta: the learning rate of its update.
        gradient: the examples' mean gradient, L1 and L2 included, (parameters,).
        nudge: what its update adds to theta, (parameters,).
        alone: what it is where it is one example that is only looked at, and nothing is trained:
            "test example", "drawing" or "own input"; empty for a minibatch of training.
        theta: the parameters that all of this was computed with, (parameters,); None where
            nobody kept them.
    """

    step: int
    rows: Rows
    x: Array
    y: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    delta: tuple[Array, ...]
    terms: Array
    cost: float
    eta: float
    gradient: Array
    nudge: Array
    alone: str = ""
    theta: Array | None = None

    @property
    def costs(self) -> NDArray[np.float64]:
        """The cost of each example, (n,)."""
        return np.asarray(self.terms.sum(axis=1, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Known:
    """How far a minibatch has come.

    Attributes:
        activations: layers after the input whose sums and activations are known, first to last.
        outputs: True once the last layer's are among them.
        cost: True once the cost is known.
        errors: the first layer whose δ is known, 1 being the first after the input; those
            after it are known too. One more than the last layer as long as none is.
        gradient: True once the examples' slopes have been averaged.
        nudge: True once the update has been made.
    """

    activations: int
    outputs: bool
    cost: bool
    errors: int
    gradient: bool
    nudge: bool


def known_after(recipe: Recipe, phase: Phase) -> Known:
    """Return what is known after a phase."""
    phases = phases_of(recipe)
    done = phases[: phases.index(phase) + 1]
    kinds = [each.kind for each in done]
    layers = len(recipe.layers) - 1
    forward = kinds.count("forward")
    return Known(
        activations=forward,
        outputs=forward == layers,
        cost="cost" in kinds,
        errors=layers + 1 - kinds.count("backward"),
        gradient="average" in kinds,
        nudge="update" in kinds,
    )
