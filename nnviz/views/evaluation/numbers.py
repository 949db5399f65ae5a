"""Number targets: what came out against what was desired, a point for each test example.

On the diagonal an output is exact; how far a point lies above or below it is how far off
it is, in the unit of the file. Each target has a chart of its own.
"""

from math import ceil, hypot, sqrt

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.numbers import write
from nnviz.views.evaluation import text
from nnviz.views.evaluation.pane import CENTRE, LEFT, RIGHT, Pane
from nnviz.views.evaluation.targets import TargetChart

NEAR = 12
"""Pixels from a point within which a click means it, at a factor of 1."""
LOW, NARROW = 8.0, 10.0
"""Height and width that a chart with its axes needs, in letters."""


class NumberCharts(Pane):
    """A chart for each target, actual against desired; `chosen` tells an example clicked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text.TARGETS[0])

    def title(self) -> tuple[str, ...]:
        """Say how to read it."""
        return text.TARGETS

    def least_height(self, width: int) -> int:
        """Return the height in which every chart has room."""
        count = max(len(self.picture.targets), 1)
        across = min(count, max(1, int(width / (NARROW * self.unit))))
        return ceil((1.7 + LOW * ceil(count / across)) * self.unit)

    def charts(self) -> list[QRectF]:
        """Return where the charts stand, their axes not included."""
        count = len(self.picture.targets)
        if not count:
            return []
        room, unit = self.room(), self.unit
        shape = round(sqrt(count * room.width() / max(room.height(), 1)))
        across = min(count, max(1, int(room.width() / (NARROW * unit))))
        low = max(1, int(room.height() / (LOW * unit)))  # rows that have room
        columns = min(across, max(1, shape, ceil(count / low)))
        rows = ceil(count / columns)
        wide, high = room.width() / columns, room.height() / rows
        return [
            QRectF(
                room.left() + (place % columns) * wide + 4.2 * unit,
                room.top() + (place // columns) * high + 1.5 * unit,
                max(wide - 5.2 * unit, 1),
                max(high - 4.2 * unit, 1),
            )
            for place in range(count)
        ]

    def point(self, place: int, desired: float, actual: float) -> QPointF:
        """Return where a pair stands in the chart of a target."""
        target = self.picture.targets[place]
        return _Axes(self.charts()[place], target.low, target.high).at(desired, actual)

    def paint(self, painter: QPainter) -> None:
        """Paint the charts."""
        painter.setFont(self.sized(self.small))
        colour = QColor(self.theme.text)
        colour.setAlpha(150)
        size = max(self.theme.scale.line(1.6), self.unit / 6)
        for target, plot in zip(self.picture.targets, self.charts(), strict=True):
            self._paint_axes(painter, target, plot)
            axes = _Axes(plot, target.low, target.high)
            dashed = Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(self.theme.dim), self.theme.scale.line(1.5), dashed))
            painter.drawLine(axes.at(axes.low, axes.low), axes.at(axes.high, axes.high))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for desired, actual in zip(
                target.desired.tolist(), target.actual.tolist(), strict=True
            ):
                painter.drawEllipse(axes.at(desired, actual), size, size)

    def _paint_axes(self, painter: QPainter, target: TargetChart, plot: QRectF) -> None:
        theme, unit = self.theme, self.unit
        painter.setPen(QPen(QColor(theme.line), theme.scale.line(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        ends = (target.low, target.high)
        head = QRectF(plot.left(), plot.top() - 1.4 * unit, plot.width(), 1.3 * unit)
        self.say(painter, head, target.head, theme.text)
        below = QRectF(plot.left(), plot.bottom() + self.gap(2), plot.width(), 1.2 * unit)
        half = below.adjusted(0, 0, -plot.width() / 2, 0)
        self.say(painter, half, (write(target.low, 3), ""), theme.dim, LEFT)
        half.translate(plot.width() / 2, 0)
        self.say(painter, half, (write(target.high, 3), ""), theme.dim, RIGHT)
        side = QRectF(plot.left() - 4.2 * unit, 0, 4.0 * unit, 1.2 * unit)
        for value, y in zip(ends, (plot.bottom() - side.height(), plot.top()), strict=True):
            side.moveTop(y)
            self.say(painter, side, (write(value, 3),), theme.dim, RIGHT)
        side.moveTop(plot.center().y() - side.height() / 2)
        if plot.height() >= 3 * side.height():
            self.say(painter, side, ("actual",), theme.dim, RIGHT)
        below.translate(0, below.height())
        self.say(painter, below, target.axis, theme.dim, CENTRE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the example whose point is nearest."""
        found = self.example_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.chosen.emit(found)

    def example_at(self, where: QPointF) -> int | None:
        """Return the test example whose point is near a place; None for none."""
        best, found = float(self.gap(NEAR)), None
        for target, plot in zip(self.picture.targets, self.charts(), strict=True):
            axes = _Axes(plot, target.low, target.high)
            columns = (target.index, target.desired, target.actual)
            for index, desired, actual in zip(*(one.tolist() for one in columns), strict=True):
                off = axes.at(desired, actual) - where
                far = hypot(off.x(), off.y())
                if far < best:
                    best, found = far, index
        return found


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where values stand in a chart whose both axes have these ends."""

    plot: QRectF
    low: float
    high: float

    def at(self, desired: float, actual: float) -> QPointF:
        """Return the place of a pair; an output far astray stands at the edge."""
        plot, low, high = self.plot, self.low, self.high
        return QPointF(
            plot.left() + plot.width() * (desired - low) / (high - low),
            plot.bottom() - plot.height() * (min(max(actual, low), high) - low) / (high - low),
        )
