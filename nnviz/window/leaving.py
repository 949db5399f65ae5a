"""Leaving, as on Escape: one thing at a time, the innermost first."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from nnviz.window.keys import is_field, leave_field, left_around
from nnviz.window.parts import Parts


class Leaving:
    """Knows what can be left in a window, in this order: field, then whatever it was given."""

    def __init__(
        self,
        steps: Sequence[Callable[[], object]],
        give_back_keys: Callable[[], None],
    ) -> None:
        """Know what can be left.

        Args:
            steps: each leaves one thing and says whether there was any, from the innermost.
            give_back_keys: lets the keys belong to the run again.
        """
        self._steps, self._give_back_keys = tuple(steps), give_back_keys

    def leave(self) -> None:
        """Leave one thing; what was left last gives its keys back to the run."""
        focused = QApplication.focusWidget()
        if focused is not None and is_field(focused):
            leave_field(focused)
            self._give_back_keys()
        elif not any(step() for step in self._steps):
            self._give_back_keys()


def leave_inside(window: QWidget, parts: Parts) -> bool:
    """Leave what is opened in the view with the keys, else in the centre or what covers it."""
    if left_around(QApplication.focusWidget(), window):
        return True
    if not parts.enlarged.id:
        return parts.middle.leave()
    over = parts.views.built.get(parts.enlarged.id)
    return over is not None and over.leave()
