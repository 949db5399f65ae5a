"""What lies over the cost curves: ghosts with their names, and the minibatch under way.

Ghosts are thin dashed lines; names stand near their ends where they hide
neither each other nor the curves. Notes on the curves stand in a corner that is
free. The cost of a minibatch that is looked at
phase by phase is a ring in the colour of the present moment.
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from nnviz.views.cost import text
from nnviz.views.cost.curve_items import SmoothPath
from nnviz.views.cost.curves import MOST_GHOSTS, MOST_LAID_OVER, Line
from nnviz.views.cost.labels import Room
from nnviz.views.cost.notes import Notes, put, written
from nnviz.views.cost.picture import CostPicture, on_axis
from nnviz.views.palette import DARK, Theme

DASHES = (4.0, 3.0)
"""Length of a ghost's dashes and of the gaps between, in widths of its line."""
STILL = 8
"""Pixels that a line may grow by before names look for new places."""
RING = 0.42
"""Radius of the ring, in heights of a letter."""


class Overlay:
    """The items over the curves of one plot."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        item = plot.getPlotItem()
        self._box = item.getViewBox()
        self._paths = [SmoothPath() for _ in range(MOST_GHOSTS + MOST_LAID_OVER)]
        for path in self._paths:
            path.setVisible(False)
            plot.addItem(path)
        # Not in the box, which would cut it off where the cost is the lowest.
        self.ring = SmoothPath(item)
        self.names = [QGraphicsSimpleTextItem(self._box) for _ in self._paths]
        self.label = QGraphicsSimpleTextItem(self._box)
        self.note = Notes(self._box)
        for over in (*self.names, self.label, self.note, self.ring):
            over.setZValue(10)
            over.setVisible(False)
        self.lines: list[Line] = []
        self._picture: CostPicture | None = None
        self._curves: tuple[Sequence[Line], Sequence[Line]] = ((), ())
        self._drawn: tuple[object, ...] = ()
        self._arranged: tuple[object, ...] = ()
        self._theme, self._unit = DARK, 0

    def dress(self, theme: Theme, font: QFont, small: QFont) -> None:
        """Take on colours and letters: those of names, and small ones of notes."""
        self._theme = theme
        self._unit = unit = font.pixelSize()
        pen = QPen(QColor(theme.dim), max(theme.scale.line(1.4), unit / 9))
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(DASHES)
        for path in self._paths:
            path.setPen(pen)
        for item in (*self.names, self.label):
            item.setFont(font)
            item.setBrush(QColor(theme.now if item is self.label else theme.dim))
        self.note.dress(theme, small)
        self.ring.setPen(pg.mkPen(theme.now, width=max(theme.scale.line(1.8), unit / 7)))
        radius = RING * unit
        circle = QPainterPath()
        circle.addEllipse(QPointF(0, 0), radius, radius)
        self.ring.setPath(circle)

    def draw(self, picture: CostPicture, curves: Sequence[Line], aside: Sequence[Line]) -> None:
        """Draw ghosts, ring, names and notes; curves must be told apart, lines aside just seen."""
        self._picture, self._curves = picture, (curves, aside)
        self._draw_ghosts(picture)
        self.arrange()

    def _draw_ghosts(self, picture: CostPicture) -> None:
        """Draw the ghosts; nothing is done where they are the last ones."""
        wanted = (*picture.ghosts, picture.log)
        if wanted == self._drawn:
            return
        self._drawn, self.lines = wanted, []
        for place, path in enumerate(self._paths):
            path.setVisible(place < len(picture.ghosts))
            self.names[place].setVisible(False)
            if place >= len(picture.ghosts):
                path.setPath(QPainterPath())
                continue
            ghost = picture.ghosts[place]
            x, y = on_axis((ghost.epochs, ghost.costs), log=picture.log)
            self.lines.append((x, np.log10(y) if picture.log else y))
            path.setPath(pg.arrayToQPath(*self.lines[-1]))

    def arrange(self) -> None:
        """Put the names where they hide nothing."""
        if self._picture is None:
            return
        picture, (curves, aside) = self._picture, self._curves
        size = self._box.size()
        to_pixels = _Pixels(self._box.viewRange(), size.width(), size.height())
        # While lines only grow by some pixels, names stay where they are.
        ends = [
            tuple(part // STILL for part in to_pixels.point(float(x[-1]), float(y[-1])))
            for x, y in curves
            if len(x)
        ]
        seen = (
            *(self._drawn, picture.ring, str(self._box.viewRange()), size),
            *(self._theme, self._unit, ends, picture.notes),
        )
        if seen == self._arranged:
            return
        self._arranged = seen
        self.ring.setVisible(picture.ring is not None)
        self.label.setVisible(False)
        if not (picture.ghosts or picture.ring or picture.notes):
            put(self.note, None)
            return
        lines = [*curves, *aside, *self.lines]
        pixels = [to_pixels.line(line) for line in lines]
        room = Room(size.width(), size.height(), pixels)
        gap = 0.5 * self._unit
        if picture.ring is not None:
            epoch, cost = picture.ring
            at = to_pixels.point(epoch, float(np.log10(cost)) if picture.log else cost)
            self.ring.setPos(self._box.mapToParent(QPointF(*at)))
            reach = (RING + 0.1) * self._unit
            room.taken.append((at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach))
            wide, high = written(self.label, text.this_minibatch(cost))
            put(self.label, room.place([at], wide, high, gap + reach))
        self.note.place(picture.notes, room, size.width(), size.height())
        first = len(curves) + len(aside)
        unnamed = range(len(curves), first)
        only = len(picture.ghosts) == 1 and picture.ghosts[0].look is not None
        for place, (name, ghost) in enumerate(zip(self.names, picture.ghosts, strict=False), first):
            line_x, line_y = pixels[place]
            anchors = [(float(line_x[at]), float(line_y[at])) for at in _along(len(line_x))]
            wide, high = written(name, text.branch(ghost.name, only=only))
            others = [at for at in range(len(lines)) if at not in (place, *unnamed)]
            put(name, room.place(anchors, wide, high, gap, others))


def _along(points: int) -> list[int]:
    """Return which points of a line its name may stand at: its end, or another place."""
    return [] if not points else [points - 1, *(points * share // 8 for share in (6, 4, 2, 1))]


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
