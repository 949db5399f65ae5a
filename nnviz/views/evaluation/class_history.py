"""The history of every class: its accuracy as a line over the reports of a run."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.views.evaluation import text
from nnviz.views.evaluation.pane import LEFT, RIGHT, Pane
from nnviz.views.evaluation.picture import HistoryLine, HistoryPicture
from nnviz.views.evaluation.text import percent


class ClassHistory(Pane):
    """Accuracy per class over the steps reported on; the class read worst now stands out."""

    def title(self) -> tuple[str, ...]:
        """Say what the colours are."""
        return text.HISTORY

    def plot(self) -> QRectF:
        """Return where the lines stand."""
        metrics = QFontMetricsF(self.sized(self.small))
        left, room = metrics.horizontalAdvance(percent(1, 0)) + self.gap(6), self.room()
        names = [one.name for one in self.picture.classes]
        widest = max(map(metrics.horizontalAdvance, (*names, "all")))
        right = min(widest, 0.25 * self.width()) + 0.8 * self.unit
        return QRectF(
            left,
            room.top() + 0.5 * self.unit,
            max(room.width() - left - right, 1),
            max(room.height() - 2.1 * self.unit, 1),
        )

    def point(self, step: int, share: float) -> QPointF:
        """Return where a step and an accuracy meet."""
        plot, found = self.plot(), self.picture.history
        assert found is not None
        along = (step - found.first) / max(found.last - found.first, 1)
        up = (share - found.low) / (1 - found.low)
        return QPointF(plot.left() + along * plot.width(), plot.bottom() - up * plot.height())

    def paint(self, painter: QPainter) -> None:
        """Paint axes, a line for each class, one for all, and where the report shown stands."""
        theme, found = self.theme, self.picture.history
        painter.setFont(self.sized(self.small))
        if found is None:
            self.say(painter, self.room(), text.NO_HISTORY, theme.dim)
            return
        plot = self.plot()
        self._paint_axes(painter, plot, found)
        if found.here is not None:
            here = self.point(found.here, 1).x()
            painter.setPen(QPen(QColor(theme.now), theme.scale.line(1.5)))
            painter.drawLine(QPointF(here, plot.top()), QPointF(here, plot.bottom()))
        colours = {"class": theme.dim, "worst": theme.minus, "all": theme.text}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in found.lines:
            wide = (1.0 if line.kind == "class" else 2.0) * max(1.0, self.unit / 12)
            painter.setPen(QPen(QColor(colours[line.kind]), wide))
            points = map(self.point, line.steps, line.shares)
            painter.drawPolyline(QPolygonF(list(points)))
        self._paint_ends(painter, plot, *found.lines[-2:])

    def _paint_ends(
        self, painter: QPainter, plot: QRectF, worst: HistoryLine, whole: HistoryLine
    ) -> None:
        """Name the two lines that stand out at their ends, one above the other."""
        high = 1.25 * self.small
        upper, lower = (
            self.point(line.steps[-1], line.shares[-1]).y() if line.shares else plot.bottom()
            for line in (whole, worst)
        )
        if lower - upper < high:  # all is never worse than the worst
            lower = upper + high
        for line, y, colour in (
            (whole, upper, self.theme.text),
            (worst, lower, self.theme.minus),
        ):
            left = plot.right() + 0.4 * self.unit
            room = QRectF(left, y - high / 2, self.width() - left, high)
            self.say(painter, room, (line.name,), colour)

    def _paint_axes(self, painter: QPainter, plot: QRectF, found: HistoryPicture) -> None:
        theme, small = self.theme, self.small
        shares = (found.low, (1 + found.low) / 2, 1.0)
        for share in shares if plot.height() >= 3 * small else (found.low, 1.0):
            level = self.point(found.first, share).y()
            self.paint_level(painter, plot, level, percent(share, 0))
        half = plot.width() / 2
        below = QRectF(plot.left(), plot.bottom() + self.gap(2), half, 1.3 * small)
        self.say(painter, below, text.step(found.first), theme.dim, LEFT)
        self.say(painter, below.translated(half, 0), text.step(found.last), theme.dim, RIGHT)
