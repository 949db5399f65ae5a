"""What is known of a minibatch after one of its phases.

All numbers of a minibatch are computed beforehand; whoever shows it phase by
phase shows no number before the phase that computes it.
"""

from dataclasses import dataclass

from nnviz.engine.recipe import Recipe
from nnviz.engine.training.phases import Phase, phases_of


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
