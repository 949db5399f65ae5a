"""Number targets: what came out against what was desired, a point for each test example.

On the diagonal an output is exact; how far a point lies above or below it is how far off
it is, in the unit of the file. Each target has a chart of its own.
"""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from nnviz.data.description import Column
from nnviz.engine.measure.measured import NO_BREAK, parts_of
from nnviz.engine.measure.number_report import NumberReport
from nnviz.engine.measure.report import Report
from nnviz.engine.training.scores import Score
from nnviz.numbers import integer, write
from nnviz.views.evaluation.pane import CENTRE, LEFT, RIGHT, Pane, letters

MOST = 6
"""Targets that have a chart."""
NEAR = 12.0
"""Pixels from a point within which a click means it."""


class NumberHeadline(Pane):
    """The error of all targets together, and when that was so."""

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint the figures large, the rest beside it."""
        numbers = report.numbers
        if numbers is None:
            return
        at = f"as of step {integer(report.step)}"
        kind = "test examples" if numbers.count != 1 else "test example"
        found = parts_of(numbers.score, numbers.targets)
        figure = " · ".join(f"{name} {value}" for name, value in found)
        many = f"{integer(numbers.count)} {kind}"
        line = self.rect().toRectF()
        painter.setFont(letters(self.font(), 1.3 * self.unit, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(figure)
        self.say(painter, line, (figure or "no figure",), self.theme.text)
        painter.setFont(self.font())
        line.setLeft(wide + 0.6 * self.unit)
        self.say(painter, line, (f"{many}, {at}", at, integer(report.step)), self.theme.dim)


class NumberCharts(Pane):
    """A chart for each target: actual against desired.

    Signals:
        chosen(int): the test example whose point was clicked.
    """

    chosen = Signal(int)
    title = ("Actual against desired: on the line it is exact", "Actual against desired")

    def charts(self) -> list[QRectF]:
        """Return where the charts stand, their axes not included."""
        numbers = None if self.report is None else self.report.numbers
        if numbers is None:
            return []
        room, count = self.room(), min(len(numbers.targets), MOST)
        columns = min(count, max(1, round(sqrt(count * room.width() / max(room.height(), 1)))))
        rows = ceil(count / columns)
        wide, high = room.width() / columns, room.height() / rows
        unit = self.unit
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
        assert self.report is not None
        assert self.report.numbers is not None
        return _Scale(self.charts()[place], bounds(self.report.numbers, place)).at(desired, actual)

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint the charts."""
        numbers = report.numbers
        if numbers is None:
            return
        painter.setFont(letters(self.font(), 0.9 * self.unit))
        for place, plot in enumerate(self.charts()):
            self._paint_axes(painter, numbers, place, plot)
            low, high = bounds(numbers, place)
            scale = _Scale(plot, (low, high))
            painter.setPen(QPen(QColor(self.theme.dim), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(scale.at(low, low), scale.at(high, high))
            painter.setPen(Qt.PenStyle.NoPen)
            colour = QColor(self.theme.text)
            colour.setAlpha(150)
            painter.setBrush(colour)
            size = max(1.6, self.unit / 6)
            for _, desired, actual in pairs(numbers, place):
                painter.drawEllipse(scale.at(desired, actual), size, size)

    def _paint_axes(
        self, painter: QPainter, numbers: NumberReport, place: int, plot: QRectF
    ) -> None:
        theme, unit = self.theme, self.unit
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        column, low_high = numbers.targets[place], bounds(numbers, place)
        score = Score(rmse=float(numbers.rmse[place]), r2=float(numbers.r2[place]))
        said = " · ".join(f"{name} {value}" for name, value in parts_of(score, (column,)))
        name = name_of(column, place, len(numbers.targets))
        head = QRectF(plot.left(), plot.top() - 1.4 * unit, plot.width(), 1.3 * unit)
        several = len(numbers.targets) > 1
        words = (f"{name}: {said}", name) if several else (name,)
        self.say(painter, head, words, theme.text)
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), 1.2 * unit)
        for value, where in zip(low_high, (LEFT, RIGHT), strict=True):
            self.say(painter, below, (write(value, 3),), theme.dim, where)
        side = QRectF(plot.left() - 4.2 * unit, 0, 4.0 * unit, 1.2 * unit)
        for value, y in zip(low_high, (plot.bottom() - side.height(), plot.top()), strict=True):
            side.moveTop(y)
            self.say(painter, side, (write(value, 3),), theme.dim, RIGHT)
        side.moveTop(plot.center().y() - side.height() / 2)
        self.say(painter, side, ("actual",), theme.dim, RIGHT)
        below.translate(0, below.height())
        unit_of = f" in{NO_BREAK}{column.unit}" if column.unit else ""
        self.say(painter, below, (f"desired{unit_of}", "desired"), theme.dim, CENTRE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the example whose point is nearest."""
        found = self.example_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.chosen.emit(found)

    def example_at(self, where: QPointF) -> int | None:
        """Return the test example whose point is near a place; None for none."""
        numbers = None if self.report is None else self.report.numbers
        if numbers is None:
            return None
        best, found = NEAR, None
        for place, plot in enumerate(self.charts()):
            scale = _Scale(plot, bounds(numbers, place))
            for index, desired, actual in pairs(numbers, place):
                off = scale.at(desired, actual) - where
                far = sqrt(off.x() ** 2 + off.y() ** 2)
                if far < best:
                    best, found = far, index
        return found


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values stand in a chart whose both axes have these ends."""

    plot: QRectF
    ends: tuple[float, float]

    def at(self, desired: float, actual: float) -> QPointF:
        """Return the place of a pair; an output far astray stands at the edge."""
        plot, (low, high) = self.plot, self.ends
        return QPointF(
            plot.left() + plot.width() * (desired - low) / (high - low),
            plot.bottom() - plot.height() * (min(max(actual, low), high) - low) / (high - low),
        )


def name_of(column: Column, place: int, count: int) -> str:
    """Return the name of a target; nameless ones are counted."""
    return column.name or ("output" if count == 1 else f"output {place + 1}")


def pairs(numbers: NumberReport, place: int) -> list[tuple[int, float, float]]:
    """Return (test example, desired, actual) of one target for the examples kept.

    Those whose output is no number have no place in a chart.
    """
    known = ~np.isnan(numbers.actual[:, place])
    columns = numbers.index, numbers.desired[:, place], numbers.actual[:, place]
    return list(zip(*(column[known].tolist() for column in columns), strict=True))


def bounds(numbers: NumberReport, place: int) -> tuple[float, float]:
    """Return both ends of the axes of a target, the same for desired and actual.

    Outputs that are far astray do not squash the rest: they stand at the edge.
    """
    desired, actual = numbers.desired[:, place], numbers.actual[:, place]
    low, high = float(desired.min()), float(desired.max())
    spread = (high - low) or abs(high) or 1.0
    finite = actual[np.isfinite(actual)]
    if len(finite):
        low = max(min(low, float(finite.min())), low - spread)
        high = min(max(high, float(finite.max())), high + spread)
    return low - 0.05 * spread, high + 0.05 * spread
