"""Curves, bands and marks as Qt's own paths: of pyqtgraph's items each frame asks a great deal.

Those work out anew, in Python and many times a frame, how far a line reaches beyond its points.
Here everything is said to lie within the same room, a little more than the plot shows: it is
painted whole anyway.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from nnviz.engine.run.snapshot import Array
from nnviz.views.cost.curves import Line

NOWHERE: Line = (np.zeros(0), np.zeros(0))
"""The line of an item that shows nothing."""
_TURN = 2 * np.pi * np.arange(24) / 24
DISC = np.stack((np.cos(_TURN), np.sin(_TURN)), axis=1) / 2
TRIANGLE = np.array([(-0.5, 0.5), (0.0, -0.5), (0.5, 0.5)])
DIAMOND = np.array([(0.0, -0.5), (-0.4, 0.0), (0.0, 0.5), (0.4, 0.0)])
"""Outlines of marks of size 1, (corners, 2), y downwards."""


class SmoothPath(QGraphicsPathItem):
    """A path without jagged edges, in a plot that is drawn without smoothing."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        super().paint(painter, option, widget)


class Band(QGraphicsPathItem):
    """What lies within an outline; without one it is not to be seen.

    Attributes:
        line: its points in the plot's coordinates.
    """

    def __init__(self) -> None:
        super().__init__()
        self.line = NOWHERE
        self._room = QRectF()

    def boundingRect(self) -> QRectF:
        """Return the room that it is told to be in: Qt would work out the outline of its pen."""
        return self._room

    def lie_in(self, room: QRectF) -> None:
        """Be painted with whatever else is in a room, in the plot's coordinates."""
        self.prepareGeometryChange()
        self._room = room

    def show_line(self, line: Line) -> None:
        """Run through other points."""
        some = bool(len(line[0]))
        if some or self.isVisible():
            self.line = line
            self.setPath(pg.arrayToQPath(*line) if some else QPainterPath())
        self.setVisible(some)


class Curve(Band, SmoothPath):
    """A line without jagged edges."""


class Marks(Curve):
    """Marks of one shape at some points, as large at every scale."""

    def __init__(self, outline: Array) -> None:
        """Begin without points; the outline, (corners, 2), is that of a mark of size 1."""
        super().__init__()
        self._outline, self._size = outline, 1.0
        self.setPen(QPen(Qt.PenStyle.NoPen))

    def resize(self, size: float) -> None:
        """Be so many pixels large."""
        self._size = size
        self.update()

    def show_line(self, line: Line) -> None:
        """Stand at other points."""
        some = bool(len(line[0]))
        if some or self.isVisible():
            self.line = line
            self.update()
        self.setVisible(some)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint them in pixels, where the plot's scale puts them."""
        to, (x, y) = painter.worldTransform(), self.line
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.resetTransform()
        painter.setPen(self.pen())
        painter.setBrush(self.brush())
        painter.drawPath(self._marks(x * to.m11() + to.dx(), y * to.m22() + to.dy()))
        painter.restore()

    def _marks(self, x: Array, y: Array) -> QPainterPath:
        """Return the outlines of marks at places in pixels."""
        corners = self._size * np.vstack((self._outline, self._outline[:1]))
        across = (x[:, np.newaxis] + corners[:, 0]).ravel()
        down = (y[:, np.newaxis] + corners[:, 1]).ravel()
        joins = np.ones((len(x), len(corners)), np.int32)
        joins[:, -1] = 0  # the last corner of one is not joined to the first of the next
        path: QPainterPath = pg.arrayToQPath(across, down, connect=joins.ravel())
        path.setFillRule(Qt.FillRule.WindingFill)
        return path
