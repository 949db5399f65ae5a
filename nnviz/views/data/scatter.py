"""Examples as points: of a table of two columns or of the plane; few rows in writing too."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.data.overview import Overview
from nnviz.views.data import text
from nnviz.views.data.picture import WRITTEN, Plotted, plotted
from nnviz.views.palette import Diverging
from nnviz.views.shared.class_shapes import shape
from nnviz.views.shared.painted_scroll import PaintedScroll

MOST = 4000
"""Most points that are painted: more only cover each other."""
CENTRE = Qt.AlignmentFlag.AlignCenter


class Scatter(PaintedScroll):
    """Two inputs as a plane, class or sign as colour and shape; beside it, few rows in writing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(text.SCATTER, parent)
        self._overview: Overview | None = None
        self._plotted: Plotted | None = None
        self._texts: tuple[tuple[str, ...], ...] = ()

    def show_overview(self, overview: Overview | None, *, test: bool = False) -> None:
        """Show the training examples, or the test examples."""
        self._overview, self._texts = overview, ()
        self._plotted = None if overview is None else plotted(overview, test=test)
        if overview is not None and len(overview.train.x) <= WRITTEN:
            self._texts = text.rows_in_writing(overview)
        self.arrange()

    def colour(self, label: int) -> QColor:
        """Return a class's colour; of two, that of the larger output is the positive one."""
        overview = self._overview
        if overview is not None and len(overview.names) == 2:
            return QColor((self.theme.minus, self.theme.plus)[label])
        return QColor(self.theme.racer(label))

    # -- where things stand ---------------------------------------------------------------------

    def total(self) -> tuple[float, float]:
        """Return the height of the rows in writing, and of one."""
        least, lines = round(1.3 * self.unit), len(self._texts)
        fair = self.viewport().height() / max(lines, 1)
        line = max(least, min(1.9 * self.unit, fair))
        return lines * line, line

    def plot(self) -> QRectF:
        """Return where the plane stands."""
        size = self.unit
        width = 0.55 * self.width() if self._texts else float(self.width())
        room = QRectF(
            1.8 * size, 0.4 * size, max(width - 2.6 * size, 1), self.height() - 2.3 * size
        )
        if self._plotted is None or not self._plotted.alike:
            return room
        side = max(min(room.width(), room.height()), 1)
        square = QRectF(0, 0, side, side)
        square.moveCenter(room.center())
        return square

    def point(self, x: float, y: float) -> QPointF:
        """Return where two inputs meet."""
        plot, (low, high) = self.plot(), self._range()
        share_x, share_y = (x - low[0]) / (high[0] - low[0]), (y - low[1]) / (high[1] - low[1])
        return QPointF(
            plot.left() + share_x * plot.width(), plot.bottom() - share_y * plot.height()
        )

    def _planar(self) -> bool:
        """Tell whether there is a plane: two inputs, and room, unless rows say the same."""
        roomy = not self._texts or (
            self.width() >= 15 * self.unit and self.height() >= 6 * self.unit
        )
        return self._plotted is not None and roomy

    def _range(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        assert self._plotted is not None
        at = self._plotted.at.astype(np.float64)
        low, high = at.min(axis=0), at.max(axis=0)
        wide = np.where(high > low, high - low, 1.0)
        if self._plotted.alike:
            middle, wide = (low + high) / 2, np.full(2, wide.max())
            low, high = middle - wide / 2, middle + wide / 2
        return low - 0.12 * wide, high + 0.12 * wide

    # -- painting -------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint the plane where there are two inputs, and the rows where there are few."""
        if self._overview is None:
            return
        if self._plotted is not None and self._planar():
            self._paint_plane(painter, self._plotted)
        if self._texts:
            left = 0.58 * self.width() if self._planar() else 0.0
            self._paint_rows(painter, self._overview, left)

    def _paint_plane(self, painter: QPainter, shown: Plotted) -> None:
        plot, part, scale = self.plot(), shown.part, self.theme.scale
        painter.setPen(QPen(QColor(self.theme.line), scale.line(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        painter.setPen(QColor(self.theme.dim))
        below = QRectF(plot.left(), plot.bottom() + scale.space(2), plot.width(), 1.5 * self.unit)
        painter.drawText(below, CENTRE, shown.names[0])
        painter.save()
        painter.rotate(-90)
        left = plot.left() - 1.8 * self.unit
        beside = QRectF(-plot.bottom(), left, plot.height(), 1.6 * self.unit)
        painter.drawText(beside, CENTRE, shown.names[1])
        painter.restore()
        radius = max(scale.line(2.5), (0.5 if self._texts else 0.25) * self.unit)
        colours = self._colours(shown)
        for row in range(min(len(part.x), MOST)):
            label, centre = int(part.labels[row]), self.point(*map(float, shown.at[row]))
            painter.setPen(QPen(QColor(self.theme.panel), scale.line(1)))
            painter.setBrush(colours(row))
            if shown.numbers is not None:
                label = int(shown.numbers[row] >= 0)
            painter.drawPath(shape(label, 0.9 * radius).translated(centre))

    def _colours(self, shown: Plotted) -> Callable[[int], QColor]:
        """Return what gives a row its colour: that of its class, or of its number's sign."""
        if shown.numbers is None:
            return lambda row: self.colour(int(shown.part.labels[row]))
        y = shown.numbers
        signed = Diverging(self.theme).colours(y, float(np.abs(y).max()))
        return lambda row: QColor(*signed[row].tolist())

    def _paint_rows(self, painter: QPainter, overview: Overview, left: float) -> None:
        """Write the names of the columns, and every row."""
        height, metrics = self.total()[1], QFontMetricsF(self.font())
        wished = max(map(metrics.horizontalAdvance, self._texts[0])) + self.unit
        width = min(max(5 * self.unit, wished), (self.across - left) / len(self._texts[0]))
        painter.setClipRect(QRectF(left, 0, self.width() - left, self.height()))
        for number, line in enumerate(self._texts):
            top = number * height - self.verticalScrollBar().value()
            for place, written in enumerate(line):
                painter.setPen(self._ink(overview, number - 1, place))
                box = QRectF(left + place * width, top, width, height)
                shown = metrics.elidedText(written, Qt.TextElideMode.ElideRight, width - 2)
                painter.drawText(box, CENTRE, shown)

    def _ink(self, overview: Overview, row: int, place: int) -> QColor:
        """Return the colour of a name, of an input, or of what is desired."""
        if row < 0:
            return QColor(self.theme.dim)
        if place < overview.dataset.inputs:
            return QColor(self.theme.text)
        return self.colour(int(overview.train.labels[row]))
