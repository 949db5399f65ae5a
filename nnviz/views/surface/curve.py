"""The cost over one weight, C(w): the curve, its tangent, the next step and the way so far."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from nnviz.engine.explain.line import CostLine
from nnviz.engine.surface.path import PlanePath
from nnviz.numbers import write
from nnviz.views.palette import DARK, Theme
from nnviz.views.surface.text import exact
from nnviz.views.surface3d.numbers import log_ticks, short, some_ticks
from nnviz.views.surface3d.shape import TINY, SteadyRange

Array = NDArray[np.floating[Any]]


class SurfaceCurve(QWidget):
    """The drawing of a slice.

    Signals:
        hovered(object): the value of the weight under the pointer, or None.
        chosen(object): a value that was clicked.
    """

    hovered = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._theme = DARK
        self._line: CostLine | None = None
        self._path: PlanePath | None = None
        self._name = ""
        self._log = False
        self._steady = SteadyRange()
        self._range = 0.0, 1.0
        self._cross: float | None = None

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the curve can be read."""
        return QSize(110, 90)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.update()

    def show_line(
        self, line: CostLine | None, path: PlanePath | None, name: str, *, log: bool
    ) -> None:
        """Show another slice.

        Args:
            line: the slice; None for none, the next is then drawn in its own range.
            path: the way to the present.
            name: of the weight.
            log: True for heights even in the logarithm of the cost.
        """
        if line is None or log != self._log:
            self._steady.forget()
        self._line, self._path, self._name, self._log = line, path, name, log
        if line is not None:
            costs = self._scaled(line.costs[np.isfinite(line.costs)])
            if len(costs):
                self._range = self._steady.follow(float(costs.min()), float(costs.max()))
        self.update()

    def mark(self, value: float | None) -> None:
        """Draw a cross over a value of the weight; None for no cross."""
        self._cross = value
        self.update()

    def cost_at(self, value: float) -> float:
        """Return the curve's height over a value of the weight."""
        line = self._line
        return float(np.interp(value, line.values, line.costs)) if line is not None else np.nan

    def value_at(self, at: QPointF) -> float | None:
        """Return the value of the weight under a pixel, or None beside the drawing."""
        area = self.area()
        if self._line is None or not area.contains(at):
            return None
        low, high = self._line.values[[0, -1]].tolist()
        return float(low + (at.x() - area.left()) / area.width() * (high - low))

    def area(self) -> QRectF:
        """Return where the curve itself stands, in pixels."""
        metrics = QFontMetricsF(self._font())
        left, tall = metrics.horizontalAdvance("0.0000") + 8, metrics.height()
        wide, high = self.width() - left - 10, self.height() - 3 * tall - 8
        return QRectF(left, tall + 4, max(wide, 8.0), max(high, 8.0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        self.hovered.emit(self.value_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing is under the pointer any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a value."""
        value = self.value_at(event.position())
        if value is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(value)

    def _font(self) -> QFont:
        font = QFont(self.font())
        part = max(0.78, min(1.8, self.width() / 320, self.height() / 210))
        font.setPixelSize(max(round(QFontInfo(font).pixelSize() * part), 9))
        return font

    def _scaled(self, cost: Array) -> Array:
        return np.log10(np.maximum(cost, TINY)) if self._log else np.asarray(cost)

    def _place(self, value: float, cost: float) -> QPointF:
        """Return where a value and a cost stand, no farther out than painting can bear."""
        assert self._line is not None
        area, (low, high) = self.area(), self._range
        first, last = self._line.values[[0, -1]].tolist()
        across = (value - first) / (last - first)
        up = (float(self._scaled(np.array(cost))) - low) / (high - low)
        return QPointF(
            area.left() + float(np.clip(across, -9, 9)) * area.width(),
            area.bottom() - float(np.clip(up, -9, 9)) * area.height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, curve, tangent, way and step."""
        line = self._line
        if line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        area, theme = self.area(), self._theme
        scale = max(1.0, min(area.height() / 220, area.width() / 320))
        self._paint_axes(painter, area, line)
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(theme.text), 2 * scale))
        good = np.isfinite(line.costs)
        curve = zip(line.values[good].tolist(), line.costs[good].tolist(), strict=True)
        painter.drawPolyline(QPolygonF([self._place(*point) for point in curve]))
        self._paint_way(painter, scale)
        if np.isfinite(line.slope):
            wide = line.values[-1] - line.values[0]
            reach = line.present.w + np.linspace(-0.3, 0.3, 30) * wide
            heights = line.tangent(reach)
            tangent = [
                self._place(w, cost) for w, cost in zip(reach, heights, strict=True) if cost > 0
            ]
            painter.setPen(QPen(QColor(theme.now), 1.5 * scale, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(tangent))
            self._paint_step(painter, line, scale)
        if np.isfinite(line.present.cost):
            here = self._place(line.present.w, line.present.cost)
            painter.setPen(QPen(QColor(theme.panel), 1.5))
            painter.setBrush(QColor(theme.now))
            painter.drawEllipse(here, 5 * scale, 5 * scale)
        if self._cross is not None:
            at = self._place(self._cross, self.cost_at(self._cross))
            painter.setPen(QPen(QColor(theme.text), 1))
            painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
            painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))

    def _paint_way(self, painter: QPainter, scale: float) -> None:
        """Dot the way so far at its true cost."""
        path = self._path
        if path is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.dim))
        for (value, *_), cost in zip(path.at.tolist(), path.cost.tolist(), strict=True):
            if np.isfinite(value) and np.isfinite(cost):
                painter.drawEllipse(self._place(value, cost), 1.8 * scale, 1.8 * scale)

    def _paint_step(self, painter: QPainter, line: CostLine, scale: float) -> None:
        """Draw the step as an arrow along the weight's axis from here to where it lands.

        One that would be hidden by the ball is drawn longer: then only its number is true.
        """
        start = self._place(line.present.w, line.present.cost)
        end = self._place(line.landing.w, line.landing.cost)
        nudge = line.landing.w - line.present.w
        if not (np.isfinite(nudge) and nudge):
            return
        painter.setPen(QPen(QColor(self._theme.now), 2.4 * scale))
        toward, least = (1 if nudge > 0 else -1), 16 * scale
        far = abs(end.x() - start.x()) > least
        tip = QPointF(end.x() if far else start.x() + toward * least, start.y())
        painter.drawLine(start, tip)
        head = 7 * scale * toward
        painter.drawLine(tip, tip - QPointF(head, head / 2))
        painter.drawLine(tip, tip - QPointF(head, -head / 2))
        if far:
            painter.setPen(QPen(QColor(self._theme.now), 1, Qt.PenStyle.DotLine))
            painter.drawLine(tip, end)

    def _paint_axes(self, painter: QPainter, area: QRectF, line: CostLine) -> None:
        theme, metrics = self._theme, QFontMetricsF(painter.font())
        tall = metrics.height()
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(area)
        first, last = line.values[[0, -1]].tolist()
        room = metrics.horizontalAdvance("−0.00")
        marks = some_ticks(first, last, int(min(max(area.width() / (1.8 * room), 2), 8)))
        centred = Qt.AlignmentFlag.AlignCenter
        for value in marks:
            x = self._place(value, line.present.cost).x()
            painter.setPen(QColor(theme.dim))
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 3))
            box = QRectF(x - room, area.bottom() + 3, 2 * room, tall)
            painter.drawText(box, centred, short(value, marks))
        low, high = self._range
        if self._log:
            marks = log_ticks(10**low, 10**high)
        else:
            marks = some_ticks(low, high, int(min(max(area.height() / (2 * tall), 2), 6)))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in marks:
            y = self._place(first, value).y()
            painter.setPen(QColor(theme.dim))
            painter.drawLine(QPointF(area.left() - 3, y), QPointF(area.left(), y))
            text = write(value, 6) if self._log else short(value, marks)
            painter.drawText(QRectF(0, y - tall / 2, area.left() - 5, tall), right, text)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(2, 0, area.width(), tall), "C(w)")
        box = QRectF(area.left(), area.bottom() + tall + 3, area.width(), tall)
        painter.drawText(box, right, f"w = {self._name}")
        self._write_step(painter, area, line)

    def _write_step(self, painter: QPainter, area: QRectF, line: CostLine) -> None:
        """Write tangent and step in numbers above the curve, in as many as there is room for."""
        nudge = line.landing.w - line.present.w
        if not np.isfinite([line.slope, nudge]).all():
            return
        step, metrics = f"step {exact(nudge)}", QFontMetricsF(painter.font())
        left = metrics.horizontalAdvance("C(w)") + 12
        room = QRectF(left, 0, area.right() - left, metrics.height())
        for text in (f"tangent: slope {exact(line.slope)} · next {step}", f"next {step}", step):
            if metrics.horizontalAdvance(text) <= room.width():
                painter.setPen(QColor(self._theme.now))
                painter.drawText(room, Qt.AlignmentFlag.AlignRight, text)
                return
