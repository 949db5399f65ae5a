"""The shared memory of both processes: a file that both have mapped, one row a set of parameters.

Row 0 holds the state from which the training process is to go on; it fills the others one after
another, each with the steps it has trained.
"""

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.engine.ops import Array
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.state import State
from nnviz.engine.training.trained_steps import TrainedSteps

FEWEST, MOST = 6, 64
"""Rows of trained steps that may wait to be taken over: of small nets many short ones."""
BYTES = 8 * 2**20
"""What they may take, the fewest aside."""
MOST_STEPS = 256
"""Most minibatches in one of them."""

_NUMBERS = ("before", "steps", "eta", "epoch_cost", "mistakes")
_FIGURES = tuple(each.name for each in fields(Evaluation) if each.name != "test_parts")
"""What an evaluation says in numbers; those of a mixture's parts come behind them."""


class SharedMemory:
    """The rows, as one of the two processes sees them.

    Attributes:
        places: of the rows for trained steps.
    """

    def __init__(self, path: Path, recipe: Recipe, parts: int, *, create: bool = False) -> None:
        """Map a file for the parameters of a recipe, and figures of a data set of so many parts.

        Raises:
            OSError: there is no room for it, or it cannot be opened.
        """
        parameters, slots = recipe.parameters, OPTIMISERS[recipe.optimiser].slots
        row = np.dtype(
            [
                ("numbers", np.float64, (len(_NUMBERS),)),
                ("costs", np.float64, (MOST_STEPS,)),
                ("measured", np.bool_),
                ("figures", np.float64, (len(_FIGURES) + parts,)),
                ("theta", recipe.dtype, (parameters,)),
                ("slots", recipe.dtype, (slots, parameters)),
                ("gradient", recipe.dtype, (parameters,)),
            ],
            align=True,
        )
        count = min(max(BYTES // row.itemsize, FEWEST), MOST)
        self.places = range(1, count + 1)
        if create:
            # Written out, because the system ends a process that maps what a full disk cannot hold.
            path.write_bytes(bytes((count + 1) * row.itemsize))
        self._rows = np.asarray(np.memmap(path, row, "r+", shape=(count + 1,)))

    def put_state(self, state: State) -> None:
        """Leave the parameters of a state to go on from."""
        row = self._rows[0]
        row["theta"][...] = state.theta
        row["slots"][...] = state.slots

    def state_arrays(self) -> tuple[Array, Array]:
        """Return copies of theta and slots to go on from."""
        return self._rows[0]["theta"].copy(), self._rows[0]["slots"].copy()

    def put(self, place: int, done: TrainedSteps) -> None:
        """Leave trained steps in one of the rows."""
        row = self._rows[place]
        row["numbers"][...] = [float(getattr(done, name)) for name in _NUMBERS]
        row["costs"][: len(done.costs)] = done.costs
        row["theta"][...] = done.theta
        row["slots"][...] = done.slots
        row["gradient"][...] = done.gradient
        row["measured"] = done.evaluation is not None
        if done.evaluation is not None:
            figures = [getattr(done.evaluation, name) for name in _FIGURES]
            row["figures"][...] = [*figures, *done.evaluation.test_parts]

    def steps(self, place: int) -> TrainedSteps:
        """Return the steps in one of the rows; its arrays are the shared ones."""
        row = self._rows[place]
        before, steps, eta, epoch_cost, mistakes = row["numbers"].tolist()
        return TrainedSteps(
            int(before),
            int(steps),
            eta,
            row["costs"][: int(steps - before)],
            row["theta"],
            row["slots"],
            row["gradient"],
            epoch_cost,
            int(mistakes),
            _evaluation(row["figures"].tolist()) if row["measured"] else None,
        )


def _evaluation(figures: list[float]) -> Evaluation:
    """Return the evaluation that figures say."""
    known: dict[str, Any] = dict(zip(_FIGURES, figures, strict=False))
    counts = {
        name: int(value)  # as they are counted, so that they are written alike
        for name, value in known.items()
        if name == "step" or (name.endswith("_mistakes") and value == value)
    }
    return Evaluation(**{**known, **counts}, test_parts=tuple(figures[len(_FIGURES) :]))
