"""The cost over one weight, C(w): its axes, the curve itself, and where places on it stand."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from nnviz.views.shared.plot import FAR, Array, Plot
from nnviz.views.surface3d.curve import Curve, Marks

COST = "C(w)"
"""What stands over the axis of costs."""


class CurvePlot(Plot):
    """The drawing of a curve; where GRID is True, lines lead across at its numbers."""

    GRID = False
    NAME = "Curve of the cost"
    _curve: Curve | None = None

    def area(self) -> QRectF:
        """Return where the curve itself stands, in pixels."""
        metrics = self.metrics()
        tall, texts = metrics.height(), ["0.000"]
        if self._curve is not None:
            _, upwards = self._marks()
            texts += [text for _, text in upwards]
        left = min(max(map(metrics.horizontalAdvance, texts)), 0.4 * self.width()) + self.space(8)
        above, below = tall + self.space(4), 2 * tall + self.space(4)
        # A number may stand under the very end of the axis.
        right = max(self.space(8), metrics.horizontalAdvance("0.00") / 2)
        wide, high = self.width() - left - right, self.height() - above - below
        return QRectF(round(left), round(above), round(max(wide, 8)), round(max(high, 8)))

    def _marks(self) -> tuple[Marks, Marks]:
        assert self._curve is not None
        metrics = self.metrics()
        wide = self.width() / (1.15 * metrics.horizontalAdvance("−0.00"))
        high = (self.height() - 3.4 * metrics.height()) / metrics.height()
        return self._curve.marks(max(wide, 1.0), max(high, 1.0))

    def places_of(self, w: Array, cost: Array) -> Array:
        """Return where points (n,) stand in the widget, in pixels, (n, 2)."""
        assert self._curve is not None
        with np.errstate(all="ignore"):
            return self.pixels(self._curve.share(w, cost))

    def place_of(self, w: float, cost: float) -> QPointF:
        """Return where one point stands in the widget, no farther out than painting can bear."""
        at = self.places_of(np.array([w]), np.array([cost]))[0]
        # What is no number stands far above, as an infinite cost does.
        return QPointF(*np.clip(np.nan_to_num(at, nan=-FAR), -FAR, FAR).tolist())

    def weight_at(self, at: QPointF) -> float:
        """Return the weight under a pixel, on the axis at least."""
        assert self._curve is not None
        first, last = self._curve.w[[0, -1]].tolist()
        return float(first + np.clip(self.share_at(at)[0], 0, 1) * (last - first))

    def paint_axes(self, painter: QPainter, area: QRectF) -> None:
        """Paint numbers and names along both axes."""
        curve, theme, metrics = self._curve, self._theme, self.metrics()
        assert curve is not None
        painter.setFont(self.letters())
        tall, tick, gap = metrics.height(), self.space(3), self.space(5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.thin(theme.line))
        if not self.GRID:
            painter.drawRect(area)
        across, upwards = self._marks()
        centred = Qt.AlignmentFlag.AlignCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        room = metrics.horizontalAdvance("−0.00")
        for w, text in across:
            x = self.place_of(w, curve.bottom).x()
            foot = QPointF(x, area.bottom())
            self._rule(painter, foot, QPointF(x, area.top()), foot + QPointF(0, tick))
            box = QRectF(x - room, area.bottom() + tick, 2 * room, tall)
            painter.drawText(box, centred, text)
        for cost, text in upwards:
            y = self.place_of(float(curve.w[0]), cost).y()
            foot = QPointF(area.left(), y)
            self._rule(painter, foot, QPointF(area.right(), y), foot - QPointF(tick, 0))
            box = QRectF(0, y - tall / 2, area.left() - gap, tall)
            painter.drawText(box, right, text)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(0, 0, area.width(), tall), Qt.AlignmentFlag.AlignLeft, COST)
        box = QRectF(area.left(), area.bottom() + tall + tick, area.width(), tall)
        painter.drawText(box, right, curve.name)

    def _rule(self, painter: QPainter, foot: QPointF, across: QPointF, tick: QPointF) -> None:
        """Draw a line of the grid, or only a tick, and leave the pen of numbers."""
        painter.setPen(self.thin(self._theme.line if self.GRID else self._theme.dim))
        painter.drawLine(foot, across if self.GRID else tick)
        painter.setPen(QColor(self._theme.dim))
