"""How hands set the start in the drawings of a race: all of them start where it is clicked."""

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from nnviz.views.race.picture import RacePicture


class PicksStart:
    """What a drawing does with the pointer; it has a signal `start_picked`."""

    start_picked: Any
    _race: RacePicture | None = None

    def values_at(self, at: QPointF) -> tuple[float, ...]:
        """Return the place under a pixel, on the drawing at least."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let all of them start here."""
        if event.button() == Qt.MouseButton.LeftButton and self._race is not None:
            self.start_picked.emit(self.values_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the start follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._race is not None:
            self.start_picked.emit(self.values_at(event.position()))
