"""Two charts of the evaluation: accuracy class by class, and whether clear means right."""

from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.engine.measure.report import BINS, Report
from nnviz.views.evaluation.pane import CENTRE, LEAST, LEFT, RIGHT, Pane, bar, letters, percent

FULL = "100.0 %"


class ClassBars(Pane):
    """A bar for every class: the share that is read right, and in orange what is missing."""

    title = ("Accuracy per class: orange is misread", "Accuracy per class")

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint a row for each class, in as many columns as it takes."""
        room = self.room()
        columns, size = self._fitting(report.classes)
        rows = ceil(report.classes / columns)
        height = min(room.height() / rows, 2.2 * self.unit)
        painter.setFont(letters(self.font(), size))
        metrics = QFontMetricsF(painter.font())
        gap = 0.9 * self.unit
        width = (room.width() - (columns - 1) * gap) / columns
        digits = 1 if width > 11 * self.unit else 0
        figure = metrics.horizontalAdvance(FULL if digits else "100 %") + 2
        widest = max(metrics.horizontalAdvance(name) for name in self.names)
        name = min(widest, 0.75 * (width - figure)) + 0.4 * self.unit
        for label, share in enumerate(report.class_accuracy):
            column, row = divmod(label, rows)
            left, top = column * (width + gap), room.top() + row * height
            self.say(painter, QRectF(left, top, name, height), (self.name(label),), self.theme.text)
            thick = 0.52 * height
            box = QRectF(left + name, top + (height - thick) / 2, width - name - figure, thick)
            rest = self.theme.minus if share == share else ""
            box.setRight(max(box.right() - 0.3 * size, box.left()))
            bar(painter, box, float(share), self.theme, rest)
            end = QRectF(left + width - figure, top, figure, height)
            self.say(painter, end, (percent(float(share), digits),), self.theme.text, RIGHT)

    def _fitting(self, count: int) -> tuple[int, float]:
        """Return the columns, and the height of letters, in which every name has room."""
        room = self.room()
        for size in range(self.unit, LEAST - 1, -1):
            metrics = QFontMetricsF(letters(self.font(), size))
            widest = max(metrics.horizontalAdvance(name) for name in self.names)
            least = widest + metrics.horizontalAdvance("100 %") + 2.6 * size
            for columns in range(1, 6):
                rows = ceil(count / columns)
                wide = (room.width() + 0.9 * self.unit) / columns - 0.9 * self.unit
                if rows * 1.25 * size <= room.height() and least <= wide:
                    return columns, size
        return min(3, count), LEAST


class CalibrationCurve(Pane):
    """How often it is right against its largest output: on the diagonal it is honest."""

    def titles(self) -> tuple[str, ...]:
        """Say how far off it is."""
        if self.report is None:
            return ()
        off = percent(self.report.calibration.error)
        return (
            f"Is it right as often as its output says? Off by {off} on average",
            f"Right as often as its output says? Off by {off}",
            f"As right as its output says? Off by {off}",
            f"Calibration: off by {off}",
        )

    def plot(self) -> QRectF:
        """Return where the curve stands."""
        small = 0.9 * self.unit
        metrics = QFontMetricsF(letters(self.font(), small))
        left = metrics.horizontalAdvance("100 %") + 6
        room = self.room()
        return QRectF(
            left,
            room.top() + 0.5 * small,
            max(room.width() - left - 0.8 * self.unit, 1),
            max(room.height() - 3.3 * small, 1),
        )

    def point(self, confidence: float, accuracy: float) -> QPointF:
        """Return where a confidence and an accuracy meet."""
        plot = self.plot()
        return QPointF(
            plot.left() + confidence * plot.width(), plot.bottom() - accuracy * plot.height()
        )

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint axes, the diagonal, the numbers of examples and the curve."""
        found, plot, theme = report.calibration, self.plot(), self.theme
        painter.setFont(letters(self.font(), 0.9 * self.unit))
        self._paint_axes(painter, plot)
        most = max(1, int(found.count.max()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        for place, count in enumerate(found.count):
            high = 0.6 * plot.height() * float(np.sqrt(count / most))
            left = plot.left() + plot.width() * place / BINS
            painter.drawRect(QRectF(left + 1, plot.bottom() - high, plot.width() / BINS - 2, high))
        painter.setPen(QPen(QColor(theme.dim), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(self.point(0, 0), self.point(1, 1))
        filled = np.flatnonzero(found.count)
        points = [
            self.point(float(found.confidence[at]), float(found.accuracy[at])) for at in filled
        ]
        for at, point in zip(filled, points, strict=True):
            gap = found.accuracy[at] - found.confidence[at]
            painter.setPen(QPen(QColor(theme.plus if gap > 0 else theme.minus), self.unit / 5))
            sure = float(found.confidence[at])
            painter.drawLine(self.point(sure, sure), point)
        painter.setPen(QPen(QColor(theme.text), max(1.5, self.unit / 9)))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(theme.text))
        for at, point in zip(filled, points, strict=True):
            size = self.unit * (0.18 + 0.22 * float(np.sqrt(found.count[at] / most)))
            painter.drawEllipse(point, size, size)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        theme, small = self.theme, 0.9 * self.unit
        for share in (0.0, 0.5, 1.0):
            painter.setPen(QPen(QColor(theme.line), 1))
            here = self.point(share, share)
            painter.drawLine(QPointF(plot.left(), here.y()), QPointF(plot.right(), here.y()))
            painter.drawLine(QPointF(here.x(), plot.top()), QPointF(here.x(), plot.bottom()))
            text = (percent(share, 0),)
            side = QRectF(0, here.y() - small, plot.left() - 4, 2 * small)
            if share:  # the corner has one 0 for both
                self.say(painter, side, text, theme.dim, RIGHT)
            wide = 5 * small
            left = min(here.x() - wide / 2, self.width() - wide)
            below = QRectF(left, plot.bottom() + 2, wide, 1.3 * small)
            self.say(painter, below, text, theme.dim, CENTRE if share < 1 else RIGHT)
        top = QRectF(plot.left() + 0.4 * small, plot.top() + 2, 0.45 * plot.width(), 1.4 * small)
        self.say(painter, top, ("how often it is right", "is right"), theme.dim, LEFT)
        end = QRectF(plot.left(), plot.bottom() + 1.45 * small, plot.width(), 1.3 * small)
        self.say(
            painter,
            end,
            ("its largest output; the dashed line is honest", "its largest output"),
            theme.dim,
            CENTRE,
        )
