"""Where the network view looks: how near, and at which part.

The drawing is never smaller than the view and never leaves it, so that one cannot
get lost; to see everything again is one key.
"""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

from nnviz.views.network.state import NEAREST


class Camera:
    """An enlargement and a shift of the drawing in a view of some size; a `zoom` of 1 shows all."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self._x, self._y = 0.0, 0.0
        self._width, self._height = 1.0, 1.0

    @property
    def transform(self) -> QTransform:
        """What turns a place of the drawing into one of the view."""
        return QTransform(self.zoom, 0, 0, self.zoom, self._x, self._y)

    def resize(self, width: float, height: float) -> None:
        """Take on the size of the view, looking at the same part of the drawing."""
        self._x *= width / self._width
        self._y *= height / self._height
        self._width, self._height = float(max(width, 1)), float(max(height, 1))
        self._stay()

    def fit(self) -> None:
        """Show all of the drawing."""
        self.zoom = 1.0
        self._stay()

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Look nearer or from further away; what is at a place of the view stays there."""
        world = self.world(where)
        self.zoom = min(max(self.zoom * factor, 1.0), NEAREST)
        if self.zoom < 1.02:
            self.zoom = 1.0
        self._x, self._y = where.x() - self.zoom * world.x(), where.y() - self.zoom * world.y()
        self._stay()

    @property
    def centre(self) -> tuple[float, float]:
        """Which place of the drawing is in the middle, as shares of its width and height."""
        middle = self.world(QPointF(self._width / 2, self._height / 2))
        # Rounded, so that what was kept and looked at again is the very same.
        return round(middle.x() / self._width, 9), round(middle.y() / self._height, 9)

    def look_at(self, zoom: float, centre: tuple[float, ...]) -> None:
        """Look at a place, given as `centre` is, and so near."""
        self.zoom = zoom
        self._x = (0.5 - zoom * centre[0]) * self._width
        self._y = (0.5 - zoom * centre[1]) * self._height
        self._stay()

    def pan(self, x: float, y: float) -> None:
        """Shift the drawing."""
        self._x += x
        self._y += y
        self._stay()

    def world(self, where: QPointF) -> QPointF:
        """Return which place of the drawing is seen at one of the view."""
        return QPointF((where.x() - self._x) / self.zoom, (where.y() - self._y) / self.zoom)

    def _stay(self) -> None:
        self._x = min(0.0, max(self._x, (1 - self.zoom) * self._width))
        self._y = min(0.0, max(self._y, (1 - self.zoom) * self._height))
