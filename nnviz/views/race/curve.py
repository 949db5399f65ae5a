"""The race over one weight: the curve C(w), everyone's steps on it, the tangent of one."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
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
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.engine.race.descent import Race
from nnviz.engine.race.valleys import Array
from nnviz.views.palette import DARK, Theme
from nnviz.views.race.marks import colour_of, paint_line, paint_mark, paint_present, painted
from nnviz.views.surface3d.numbers import short, ticks

POINTS = 241
"""Points that the curve is drawn with."""


class RaceCurve(QWidget):
    """The drawing of a race on a surface of one weight.

    Signals:
        start_picked(object): a place (w,) that was clicked or dragged to.
    """

    start_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip("Click or drag: all of them start there")
        self._theme = DARK
        self._race: Race | None = None
        self._selected = ""

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.update()

    def show_race(self, race: Race, selected: str) -> None:
        """Show a race on a surface of one weight; the selected racer has the tangent."""
        self._race, self._selected = race, selected
        self.update()

    def area(self) -> QRectF:
        """Return where the curve itself stands, in pixels."""
        metrics = QFontMetricsF(self._small())
        numbers = "−0.0" if self._race is None or self._race.valley.grid is None else "0.0000"
        left, below = metrics.horizontalAdvance(numbers) + 8, 2 * metrics.height() + 4
        above = metrics.height() + 3
        width, height = self.width() - left - 6, self.height() - below - above
        return QRectF(round(left), round(above), round(max(width, 8)), round(max(height, 8)))

    def _box(self) -> tuple[float, float, float, float]:
        """Return the values at the left, right, bottom and top."""
        assert self._race is not None
        valley = self._race.valley
        low, high = valley.low[0], valley.high[0]
        if valley.grid is not None:
            bottom, top = float(valley.grid.cost.min()), float(valley.grid.cost.max())
            room = (top - bottom) or abs(top) or 1.0
            return low, high, bottom - 0.08 * room, top + 0.04 * room
        top = float(valley.cost(np.array([[low], [high]])).max())
        return low, high, -0.06 * top, 1.02 * top

    def _line(self) -> tuple[Array, Array]:
        """Return the curve's weights and costs, (n,) each."""
        assert self._race is not None
        valley = self._race.valley
        if valley.grid is not None:
            return valley.grid.w1, valley.grid.cost[:, 0]
        w = np.linspace(valley.low[0], valley.high[0], POINTS)
        return w, valley.cost(w[:, np.newaxis])

    def places_of(self, w: Array, cost: Array) -> Array:
        """Return where weights and costs (n,) stand in the widget, in pixels, (n, 2)."""
        low, high, bottom, top = self._box()
        area = self.area()
        x = area.left() + (w - low) / (high - low) * area.width()
        y = area.bottom() - (cost - bottom) / (top - bottom) * area.height()
        return np.stack((x, y), axis=-1)

    def place_of(self, w: float, cost: float) -> QPointF:
        """Return where one weight and its cost stand in the widget."""
        return painted(self.places_of(np.array([w]), np.array([cost])))[0]

    def values_at(self, at: QPointF) -> tuple[float]:
        """Return the weight under a pixel."""
        area, (low, high, _, _) = self.area(), self._box()
        share = min(max((at.x() - area.left()) / area.width(), 0.0), 1.0)
        return (low + share * (high - low),)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let all of them start here."""
        if event.button() == Qt.MouseButton.LeftButton and self._race is not None:
            self.start_picked.emit(self.values_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the start follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._race is not None:
            self.start_picked.emit(self.values_at(event.position()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, curve, steps, tangent and racers."""
        race = self._race
        if race is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, theme = self.area(), self._theme
        unit = QFontInfo(self.font()).pixelSize()
        self._paint_axes(painter, area)
        painter.setClipRect(area)
        line = painted(self.places_of(*self._line()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.dim), max(1.5, 0.14 * unit)))
        painter.drawPolyline(QPolygonF(line))
        runs = sorted(race.runs(), key=lambda run: run.optimiser == self._selected)
        width = max(1.3, 0.11 * unit)
        for run in runs:
            wide = width * (1.5 if run.optimiser == self._selected else 1)
            path, costs = run.path[: race.step + 1, 0], run.costs[: race.step + 1]
            points = painted(self.places_of(path, costs), apart=1.5)
            paint_line(painter, points, wide, run.optimiser, theme)
        if race.valley.present is not None:
            here = race.valley.present[0]
            cost = float(np.interp(here, *self._line()))
            paint_present(painter, self.place_of(here, cost), 0.3 * unit, theme)
        for run in runs:
            here, cost = float(run.path[race.step, 0]), float(run.costs[race.step])
            if not math.isfinite(cost):
                continue
            if run.optimiser == self._selected:
                self._paint_tangent(painter, here, cost, unit)
            radius = (0.55 if run.optimiser == self._selected else 0.45) * unit
            inner = area.adjusted(radius, radius, -radius, -radius)
            at = self.place_of(here, cost)
            shown = QPointF(
                min(max(at.x(), inner.left()), inner.right()),
                min(max(at.y(), inner.top()), inner.bottom()),
            )
            paint_mark(painter, shown, radius, run.optimiser, theme)

    def _paint_tangent(self, painter: QPainter, w: float, cost: float, unit: int) -> None:
        assert self._race is not None
        slope = float(self._race.descent(self._selected).slopes[self._race.step, 0])
        low, high, _, _ = self._box()
        reach = 0.2 * (high - low)
        ends = [self.place_of(w + side * reach, cost + side * reach * slope) for side in (-1, 1)]
        pen = QPen(QColor(colour_of(self._selected, self._theme)), max(1.5, 0.13 * unit))
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.drawLine(*ends)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self._small())
        metrics, theme = QFontMetricsF(painter.font()), self._theme
        tall, room = metrics.height(), metrics.horizontalAdvance("−0.00")
        low, high, bottom, top = self._box()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        marks = ticks(low, high, int(min(area.width() / (1.6 * room), 8)))
        for value in marks:
            x = self.place_of(value, bottom).x()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(QColor(theme.dim))
            box = QRectF(x - room, area.bottom() + 3, 2 * room, tall)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short(value, marks))
        marks = ticks(max(bottom, 0), top, int(min(area.height() / (1.8 * tall), 6)))
        for value in marks:
            y = self.place_of(low, value).y()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.dim))
            box = QRectF(0, y - tall / 2, area.left() - 5, tall)
            painter.drawText(box, right, short(value, marks))
        painter.setPen(QColor(theme.text))
        box = QRectF(area.left(), area.bottom() + tall + 3, area.width(), tall)
        assert self._race is not None
        painter.drawText(box, right, self._race.valley.names[0])
        box = QRectF(0, area.top() - tall - 3, area.left() + room, tall)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "C(w)")

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(0.85 * QFontInfo(font).pixelSize()), 9))
        return font
