"""What is chosen in the evaluation: plain values that are kept and set again."""

from collections.abc import Mapping
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.messages.ui_state import read_state

Cell = tuple[int, int]
"""A class (row) and what it is read as (column)."""
PAGES = ("mistakes", "classes", "calibration", "trust", "noise", "history")
"""The parts, of which one is shown at a time where room is short."""
EVERY = {"rest": (False, 0), "epoch": (True, 0), "steps": (False, 1000)}
"""When reports are made besides the moment on screen: (at the end of epochs, every so many)."""


@dataclass(frozen=True, slots=True)
class EvaluationState:
    """What is chosen in the evaluation.

    Attributes:
        page: the part that is shown where one at a time has room, one of `PAGES`.
        cell: the cell of the matrix whose examples are shown; None for none.
        every: when reports are made besides the moment on screen, a key of `EVERY`.
        step: the earlier report that is shown, by its step; None for the newest.
        threshold: the least trust at which an answer counts as given, 0..1.
    """

    page: str = PAGES[0]
    cell: Cell | None = None
    every: str = "rest"
    step: int | None = None
    threshold: float = 0.5

    def restored(self, kept: Mapping[str, Any]) -> "EvaluationState":
        """Return it with what was kept; what is broken stays as it is."""
        found = read_state(kept, self)
        cell = _read_cell(found.cell)
        return EvaluationState(
            found.page if found.page in PAGES else self.page,
            self.cell if cell is None and found.cell is not None else cell,
            found.every if found.every in EVERY else self.every,
            found.step if found.step is None or type(found.step) is int else self.step,
            found.threshold if 0 <= found.threshold <= 1 else self.threshold,
        )


def _read_cell(kept: object) -> Cell | None:
    if not isinstance(kept, list | tuple) or len(kept) != 2:
        return None
    row, column = kept
    whole = type(row) is int and type(column) is int and min(row, column) >= 0
    return (row, column) if whole else None
