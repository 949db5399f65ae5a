"""A moment on screen: the run, what is looked at, and what the screen shows, to be recorded."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import UiState

NOTHING = "nothing"
"""What selects nothing, as lessons say it."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What is on screen.

    Attributes:
        snapshot: the run as it stands.
        ui: what is chosen, of those views alone that can be seen.
        own_input: what the net shows in place of an example, (inputs,); None for nothing.
        page: the projector's, where that is on; empty where it is not.
        stage: what stands on it, where it is the teacher's own: views and their shares.
    """

    snapshot: Snapshot
    ui: UiState
    own_input: NDArray[np.floating[Any]] | None = None
    page: str = ""
    stage: tuple[tuple[str, float], ...] = ()

    @property
    def walks(self) -> bool:
        """Whether an example is on its way through the net, and nothing is trained."""
        return self.snapshot.minibatch is not None and bool(self.snapshot.minibatch.alone)

    @property
    def phase_of_step(self) -> bool:
        """Whether a step has been begun and is not done yet."""
        return self.snapshot.minibatch is not None and not self.walks

    @property
    def example(self) -> int | None:
        """The test example that is looked at, from 0; None where none is."""
        index = self.snapshot.focus.index
        return None if self.phase_of_step or index < 0 else index


def parameter_expression(recipe: Recipe, index: int) -> str:
    """Return what a lesson calls an entry of theta: w[1][0,2] or b[1][0]."""
    place = locate(recipe, index)
    if place.source is None:
        return f"b[{place.layer}][{place.target}]"
    return f"w[{place.layer}][{place.target},{place.source}]"


def selection_expression(recipe: Recipe, selection: Selection | None) -> str:
    """Return what a lesson calls what is selected."""
    if selection is None or not selection.fits(recipe):
        return NOTHING
    match selection.kind:
        case "parameter":
            return parameter_expression(recipe, selection.parameter)
        case "neuron":
            return f"neuron({selection.layer}, {selection.neuron})"
        case "output":
            return f"output({selection.neuron})"
        case "cost":
            return "cost"


def weight_in_question(recipe: Recipe, selection: Selection | None) -> str:
    """Return a weight to ask about: the one that is selected, else one of what is selected."""
    if selection is not None and selection.fits(recipe):
        if selection.kind == "parameter":
            return parameter_expression(recipe, selection.parameter)
        if selection.kind in ("neuron", "output"):
            layer, neuron = selection.layer, selection.neuron
            return f"w[{layer}][{neuron},0]" if layer else f"w[1][0,{neuron}]"
    return "w[1][0,0]"
