"""What lies over the cost curves: ghosts with their names, and the minibatch under way.

Ghosts are thin dashed lines; names stand near their ends where they hide
neither each other nor the curves. Notes on the curves stand in a corner that is
free. The cost of a minibatch that is looked at
phase by phase is a ring in the colour of the present moment.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from nnviz.views.cost.ghosts import MOST_GHOSTS, Ghost
from nnviz.views.cost.labels import Line, Room
from nnviz.views.palette import Theme

Array = NDArray[np.floating[Any]]
DASHES = (4.0, 3.0)
"""Length of a ghost's dashes and of the gaps between, in widths of its line."""
STILL = 8
"""Pixels that a line may grow by before names look for new places."""
NOTE, SMALLEST = 0.8, 10
"""Height of a note's letters, in heights of other letters; and the least in pixels."""
RING = 0.42
"""Radius of the ring, in heights of a letter."""


class Overlay:
    """The items over the curves of one plot.

    Attributes:
        names: the names of ghosts, as many as may be drawn.
        label: what the ring means.
        note: what the curves do not say by themselves.
    """

    def __init__(self, plot: pg.PlotWidget) -> None:
        item = plot.getPlotItem()
        self._box = item.getViewBox()
        self._paths = [_SmoothPath() for _ in range(MOST_GHOSTS)]
        for path in self._paths:
            path.setVisible(False)
            plot.addItem(path)
        # Not in the box, which would cut it off where the cost is the lowest.
        self.ring = _SmoothPath(item)
        self.names = [QGraphicsSimpleTextItem(self._box) for _ in range(MOST_GHOSTS)]
        self.label = QGraphicsSimpleTextItem(self._box)
        self.note = QGraphicsSimpleTextItem(self._box)
        for over in (*self.names, self.label, self.note, self.ring):
            over.setZValue(10)
            over.setVisible(False)
        self._drawn: tuple[object, ...] = ()
        self._arranged: tuple[object, ...] = ()
        self._lines: list[Line] = []
        self._ring: tuple[float, float, str] | None = None
        self._unit = 12.0

    def style(self, theme: Theme, font: QFont, unit: float) -> None:
        """Take on colours, and letters of this height."""
        self._unit = unit
        pen = QPen(QColor(theme.dim), max(1.4, unit / 9))
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(DASHES)
        for path in self._paths:
            path.setPen(pen)
        for text in (*self.names, self.label):
            text.setFont(font)
            text.setBrush(QColor(theme.now if text is self.label else theme.dim))
        small = QFont(font)
        small.setPixelSize(max(round(NOTE * unit), SMALLEST))
        self.note.setFont(small)
        self.note.setBrush(QColor(theme.dim))
        self.ring.setPen(pg.mkPen(theme.now, width=max(1.8, unit / 7)))
        radius = RING * unit
        circle = QPainterPath()
        circle.addEllipse(QPointF(0, 0), radius, radius)
        self.ring.setPath(circle)

    def show_ghosts(self, ghosts: Sequence[Ghost], *, logarithmic: bool) -> None:
        """Draw these lines; nothing is done where they are the last ones."""
        wanted = (*ghosts, logarithmic)
        if wanted == self._drawn:
            return
        self._drawn, self._lines = wanted, []
        for place, path in enumerate(self._paths):
            path.setVisible(place < len(ghosts))
            self.names[place].setVisible(False)
            if place >= len(ghosts):
                path.setPath(QPainterPath())
                continue
            ghost = ghosts[place]
            good = np.isfinite(ghost.costs) & ((ghost.costs > 0) | (not logarithmic))
            y = np.log10(ghost.costs[good]) if logarithmic else ghost.costs[good]
            path.setPath(pg.arrayToQPath(ghost.epochs[good], y))
            self._lines.append((ghost.epochs[good], y))

    def show_ring(self, place: tuple[float, float] | None, text: str) -> None:
        """Mark a point of the plot, in its own coordinates; None for nothing."""
        self._ring = None if place is None else (*place, text)

    def arrange(
        self,
        curves: Sequence[Line],
        aside: Sequence[Line],
        ghosts: Sequence[Ghost],
        notes: Sequence[str] = (),
    ) -> None:
        """Put the names where they hide nothing.

        Args:
            curves: the lines that must be seen and told apart, in the plot's coordinates.
            aside: lines that must only be seen.
            ghosts: those drawn, for their names.
            notes: lines of text that are shown wherever there is most room.
        """
        size = self._box.size()
        to_pixels = _Pixels(self._box.viewRange(), size.width(), size.height())
        # While lines only grow by some pixels, names stay where they are.
        ends = [
            tuple(part // STILL for part in to_pixels.point(float(x[-1]), float(y[-1])))
            for x, y in curves
            if len(x)
        ]
        seen = (
            self._drawn,
            self._ring,
            str(self._box.viewRange()),
            size,
            self._unit,
            ends,
            tuple(notes),
        )
        if seen == self._arranged:
            return
        self._arranged = seen
        lines = [*curves, *aside, *self._lines]
        pixels = [to_pixels.line(line) for line in lines]
        room = Room(size.width(), size.height(), pixels)
        gap = 0.5 * self._unit
        self.ring.setVisible(self._ring is not None)
        self.label.setVisible(False)
        if self._ring is not None:
            x, y, text = self._ring
            at = to_pixels.point(x, y)
            self.ring.setPos(self._box.mapToParent(QPointF(*at)))
            reach = (RING + 0.1) * self._unit
            room.taken.append((at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach))
            wide, high = _written(self.label, text)
            _put(self.label, room.place([at], wide, high, gap + reach))
        self._put_note(room, size.width(), size.height(), notes)
        head = "branch " if len(ghosts) == 1 else ""
        first = len(curves) + len(aside)
        unnamed = range(len(curves), first)
        for place, (name, ghost) in enumerate(zip(self.names, ghosts, strict=False), first):
            line_x, line_y = pixels[place]
            anchors = [(float(line_x[at]), float(line_y[at])) for at in _along(len(line_x))]
            wide, high = _written(name, f"{head}“{ghost.name}”")
            others = [at for at in range(len(lines)) if at not in (place, *unnamed)]
            _put(name, room.place(anchors, wide, high, gap, others))

    def _put_note(self, room: Room, width: float, height: float, notes: Sequence[str]) -> None:
        """Write the notes into a corner that is free; else, as they are needed, into the first."""
        self.note.setVisible(bool(notes))
        if not notes:
            return
        wide, high = _written(self.note, "\n".join(notes))
        if wide > width:  # after what they are about
            wide, high = _written(self.note, "\n".join(notes).replace(": ", ":\n"))
        right, bottom = width - wide - 3, height - high - 2
        places = [(x, y) for y in (2.0, bottom) for x in (right, right / 2, 3.0)]
        left, top = next((at for at in places if room.take(*at, wide, high)), places[0])
        self.note.setPos(max(left, 0.0), top)


def _along(points: int) -> list[int]:
    """Return which points of a line its name may stand at: its end, or another place."""
    return [] if not points else [points - 1, *(points * share // 8 for share in (6, 4, 2, 1))]


def _written(item: QGraphicsSimpleTextItem, text: str) -> tuple[float, float]:
    """Write a name and return its width and height."""
    if item.text() != text:
        item.setText(text)
    box = item.boundingRect()
    return box.width(), box.height()


def _put(item: QGraphicsSimpleTextItem, place: tuple[float, float] | None) -> None:
    if place is not None:
        item.setPos(*place)
    item.setVisible(place is not None)


class _SmoothPath(QGraphicsPathItem):
    """A path without jagged edges, in a plot that is drawn without smoothing."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        super().paint(painter, option, widget)


class _Pixels:
    """Turns coordinates of a plot into pixels of its box."""

    def __init__(self, ranges: Sequence[Sequence[float]], width: float, height: float) -> None:
        (self._left, right), (bottom, self._top) = ranges
        self._x = width / ((right - self._left) or 1.0)
        self._y = height / ((self._top - bottom) or 1.0)
        self._height = height

    def line(self, line: Line) -> Line:
        x, y = line
        return (x - self._left) * self._x, np.clip(
            (self._top - y) * self._y, -2.0, self._height + 2.0
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._left) * self._x, (self._top - y) * self._y
