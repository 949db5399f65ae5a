"""Leaving, as on Escape: one thing at a time, the innermost first."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from nnviz.window.keys import is_field, leave_field, left_around


class Leaving:
    """Knows what can be left in a window, in this order: field, then whatever it was given."""

    def __init__(
        self,
        window: QWidget,
        steps: Sequence[Callable[[], object]],
        give_back_keys: Callable[[], None],
    ) -> None:
        """Join it to a window.

        Args:
            window: whose focus is looked at.
            steps: each leaves one thing and says whether there was any, from the innermost.
            give_back_keys: lets the keys belong to the run again.
        """
        self._window, self._steps, self._give_back_keys = window, tuple(steps), give_back_keys

    def leave(self) -> None:
        """Leave one thing; what was left last gives its keys back to the run."""
        focused = QApplication.focusWidget()
        if focused is not None and is_field(focused):
            leave_field(focused)
            self._give_back_keys()
        elif not any(step() for step in self._steps):
            self._give_back_keys()

    def around_focus(self) -> bool:
        """Leave what is opened in the view that has the keys; tell whether there was any."""
        return left_around(QApplication.focusWidget(), self._window)
