"""The trail: what was selected, one after the other, to go back and forward through."""

from collections.abc import Sequence
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import plain_selection, read_selection

LONGEST = 100


@dataclass(frozen=True, slots=True)
class InspectorState:
    """What was chosen in the inspector.

    Attributes:
        table: True where the table stands in the place of formulas or curve.
        height: that the panel was dragged to; 0 for its own.
        history, at: what was selected, as plain values, and which of it last; −1 for none.
    """

    table: bool = False
    height: int = 0
    history: tuple[list[Any], ...] = ()
    at: int = -1


class Trail:
    """What was selected so far; `current` is None for nothing."""

    def __init__(self) -> None:
        self.current: Selection | None = None
        self._steps: list[Selection] = []
        self._at = -1

    def go(self, selection: Selection) -> None:
        """Select something; what lay ahead is forgotten."""
        self.current = selection
        if 0 <= self._at < len(self._steps) and self._steps[self._at] == selection:
            return
        self._steps = [*self._steps[: self._at + 1], selection][-LONGEST:]
        self._at = len(self._steps) - 1

    def clear(self) -> None:
        """Select nothing; the way back stays."""
        self.current = None

    @property
    def kept(self) -> tuple[tuple[list[Any], ...], int]:
        """What was selected, as plain values, and which of it last."""
        return tuple(map(plain_selection, self._steps)), self._at

    def restore(self, kept: Sequence[object], at: int, recipe: Recipe | None) -> None:
        """Remember again what was kept, as far as a network of a recipe has it."""
        steps = [step for step in map(read_selection, kept) if step is not None]
        if len(steps) != len(kept) or not -1 <= at < len(steps):
            return
        if recipe is not None and not all(step.fits(recipe) for step in steps):
            return
        self._steps, self._at = steps[-LONGEST:], at - max(len(steps) - LONGEST, 0)
        if self.current is not None:
            self.go(self.current)

    def keep_what_fits(self, recipe: Recipe) -> None:
        """Forget what a network of this recipe does not have; what it has stays, the rest too."""
        steps: list[Selection] = []
        at = -1
        for place, step in enumerate(self._steps):
            if step.fits(recipe) and step not in steps[-1:]:
                steps.append(step)
            if place == self._at:
                at = len(steps) - 1
        self._steps, self._at = steps, at
        if self.current is not None and not self.current.fits(recipe):
            self.current = None

    @property
    def before(self) -> Selection | None:
        """What going back would select."""
        at = self._at if self.current is None else self._at - 1
        return self._steps[at] if at >= 0 else None

    @property
    def after(self) -> Selection | None:
        """What going forward would select."""
        at = self._at + 1
        return self._steps[at] if self.current is not None and at < len(self._steps) else None

    def move(self, way: int) -> Selection | None:
        """Go back (−1) or forward (1); None where there is nowhere to go."""
        found = self.before if way < 0 else self.after
        if found is not None:
            self._at += way if self.current is not None else 0
            self.current = found
        return found
