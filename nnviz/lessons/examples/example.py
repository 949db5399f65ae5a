"""An example: a net with its data, its exact weights and what of it is to be looked at."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe
from nnviz.messages.ui_state import UiState

DATA, LAYER, TRAINING, LOOK = "data", "layer", "training", "look"
"""The parts of an example file."""
OF_LAYERS = ("dataset", "layers", "activation", "output_activation", "parameter_names")
"""What of a recipe the parts [data] and [[layer]] say; [training] may say all else."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of examples says of one.

    Attributes:
        id: its name in commands, and that of its file.
        title: what people call it.
        sentence: what there is to see.
        place: the number of its place in menus; tens are chapters.
    """

    id: str
    title: str
    sentence: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One example.

    Attributes:
        id: its name in commands.
        title: what people call it.
        recipe: what is trained and how; its data set is called `example:ID`, or by the file's path,
            or as the file names what nnviz makes of a name.
        dataset: its few rows, in float64, or what was made.
        theta: the start parameters, (parameters,) float64.
        ui: what is to be looked at.
        sentence: what there is to see.
        focus: which test example is looked at, from 0.
    """

    id: str
    title: str
    recipe: Recipe
    dataset: Dataset
    theta: NDArray[np.float64]
    ui: UiState
    sentence: str = ""
    focus: int = 0

    def __post_init__(self) -> None:
        self.theta.flags.writeable = False

    @property
    def view(self) -> dict[str, Any]:
        """What is to be looked at, as plain values."""
        return {**self.ui.to_dict(), "focus": self.focus}
