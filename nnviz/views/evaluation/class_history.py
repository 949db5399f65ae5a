"""The history of every class: its accuracy as a line over the reports of a run."""

from collections.abc import Sequence
from math import floor

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.engine.measure.report import Report
from nnviz.numbers import integer
from nnviz.views.evaluation.pane import LEFT, RIGHT, Pane, letters, percent

FEW = "No earlier report yet: choose “every epoch” below and train"


class ClassHistory(Pane):
    """Accuracy per class over the steps reported on; the class read worst now stands out.

    Attributes:
        reports: of the run, in order of step.
        low: the accuracy at the bottom: whole tenths, no higher than any that is drawn.
    """

    title = ("Accuracy per class so far: orange is the worst now", "Accuracy per class so far")
    reports: tuple[Report, ...] = ()
    low = 0.0

    def show_course(self, reports: Sequence[Report]) -> None:
        """Show these reports."""
        self.reports = tuple(reports)
        shares = [float(np.nanmin([one.accuracy, *one.class_accuracy])) for one in reports
                  if one.examples]  # fmt: skip
        self.low = min(floor(10 * min(shares)) / 10, 0.9) if shares else 0.0
        self.update()

    def plot(self) -> QRectF:
        """Return where the lines stand."""
        metrics = QFontMetricsF(letters(self.font(), 0.9 * self.unit))
        left, right = metrics.horizontalAdvance("100 %") + 6, self._margin(metrics)
        room = self.room()
        return QRectF(
            left,
            room.top() + 0.5 * self.unit,
            max(room.width() - left - right, 1),
            max(room.height() - 2.1 * self.unit, 1),
        )

    def _margin(self, metrics: QFontMetricsF) -> float:
        widest = max(map(metrics.horizontalAdvance, (*self.names, "all")), default=0.0)
        return float(min(widest, 0.25 * self.width()) + 0.8 * self.unit)

    def point(self, step: int, share: float) -> QPointF:
        """Return where a step and an accuracy meet."""
        plot, first, last = self.plot(), self.reports[0].step, self.reports[-1].step
        along = (step - first) / max(last - first, 1)
        up = (share - self.low) / (1 - self.low)
        return QPointF(plot.left() + along * plot.width(), plot.bottom() - up * plot.height())

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint axes, a line for each class, one for all, and where the report shown stands."""
        theme = self.theme
        painter.setFont(letters(self.font(), 0.9 * self.unit))
        found = [one for one in self.reports if one.classes == report.classes]
        if len(found) < 2:
            self.say(painter, self.room(), (FEW, "No earlier report yet"), theme.dim)
            return
        plot = self.plot()
        self._paint_axes(painter, plot)
        if found[0].step <= report.step <= found[-1].step:
            here = self.point(report.step, 1).x()
            painter.setPen(QPen(QColor(theme.now), 1.5))
            painter.drawLine(QPointF(here, plot.top()), QPointF(here, plot.bottom()))
        shares = np.array([one.class_accuracy for one in found])
        known = np.where(np.isnan(shares[-1]), 2.0, shares[-1])
        worst = int(known.argmin())
        for label in range(report.classes):
            if label != worst:
                self._paint_line(painter, found, shares[:, label], theme.dim, 1.0)
        self._paint_line(painter, found, shares[:, worst], theme.minus, 2.0)
        whole = np.array([one.accuracy for one in found])
        self._paint_line(painter, found, whole, theme.text, 2.0)
        self._paint_ends(painter, (whole[-1], "all"), (shares[-1, worst], self.name(worst)))

    def _paint_line(
        self,
        painter: QPainter,
        found: Sequence[Report],
        shares: "np.ndarray[tuple[int], np.dtype[np.float64]]",
        colour: str,
        wide: float,
    ) -> None:
        painter.setPen(QPen(QColor(colour), wide * max(1.0, self.unit / 12)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [
            self.point(one.step, float(share))
            for one, share in zip(found, shares, strict=True)
            if share == share
        ]
        painter.drawPolyline(QPolygonF(points))

    def _paint_ends(
        self, painter: QPainter, whole: tuple[float, str], worst: tuple[float, str]
    ) -> None:
        """Name the two lines that stand out at their ends, one above the other."""
        high, plot = 1.1 * self.unit, self.plot()
        places = [self.point(self.reports[-1].step, share).y() for share, _ in (whole, worst)]
        if places[1] - places[0] < high:  # all is never worse than the worst
            places[1] = places[0] + high
        for (_, name), place, colour in zip(
            (whole, worst), places, (self.theme.text, self.theme.minus), strict=True
        ):
            line = QRectF(plot.right() + 0.4 * self.unit, place - high / 2, 0, high)
            line.setRight(self.width())
            self.say(painter, line, (name,), colour)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        theme, small = self.theme, 0.9 * self.unit
        for share in (self.low, (1 + self.low) / 2, 1.0):
            painter.setPen(QPen(QColor(theme.line), 1))
            here = self.point(self.reports[0].step, share).y()
            painter.drawLine(QPointF(plot.left(), here), QPointF(plot.right(), here))
            side = QRectF(0, here - small, plot.left() - 4, 2 * small)
            self.say(painter, side, (percent(share, 0),), theme.dim, RIGHT)
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), 1.3 * small)
        first, last = self.reports[0].step, self.reports[-1].step
        self.say(painter, below, (f"step {integer(first)}", f"{integer(first)}"), theme.dim, LEFT)
        self.say(painter, below, (f"step {integer(last)}", f"{integer(last)}"), theme.dim, RIGHT)
