"""Starts: which run took the place of which, for undo and redo."""

from collections.abc import Callable, Mapping
from typing import Any

from nnviz.runtime.run import Run


class Starts:
    """Remembers the run that was replaced last, and the start that undo took back last."""

    def __init__(self, set_aside: Callable[[Run], None]) -> None:
        """Begin with none.

        Args:
            set_aside: writes a run that gives way to another to its file.
        """
        self._set_aside = set_aside
        self._replaced: tuple[Run, Mapping[str, Any]] | None = None  # with its window's view
        self._taken_back: Run | None = None

    def begin(self, run: Run, before: Run | None, view: Mapping[str, Any]) -> None:
        """Let a run take the place of another, which is kept.

        Args:
            run: the one that begins.
            before: the one on screen, if there is one.
            view: what the window remembers of that.
        """
        self._taken_back = None
        if before is not None and before.worth_keeping:
            self._set_aside(before)
            self._replaced = before, view
        if self._replaced is not None:
            run.replaced = f"what took the place of {self._replaced[0].title()}"

    def take_back(self, run: Run) -> tuple[Run, Mapping[str, Any]] | None:
        """Return the run that this one replaced, and its window's view, if there is one."""
        if self._replaced is None or not run.replaced:
            return None
        if run.worth_keeping:
            self._set_aside(run)
        (before, view), self._replaced = self._replaced, None
        self._taken_back, before.again = run, f"the start of {run.title()}"
        return before, view

    def again(self, run: Run) -> Run | None:
        """Return the run whose start was taken back last, in favour of this one."""
        return self._taken_back if run.again else None

    def forget(self, run: Run) -> None:
        """Let go of the runs that undo or redo could bring back: the memory is needed."""
        self._replaced = self._taken_back = None
        run.replaced = run.again = ""
