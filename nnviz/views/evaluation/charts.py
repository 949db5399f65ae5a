"""Charts of the evaluation: accuracy class by class, now and so far, and whether clear is right."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.views.evaluation import text
from nnviz.views.evaluation.pane import CENTRE, LEFT, RIGHT, Pane, bar
from nnviz.views.evaluation.picture import HistoryLine, HistoryPicture
from nnviz.views.evaluation.text import percent
from nnviz.views.shared.type_scale import Step

MOST_COLUMNS = 5
ROW = 1.25
"""Height of a class's row in its letters."""


class ClassBars(Pane):
    """A bar for every class: the share that is read right, and in orange what is missing."""

    def title(self) -> tuple[str, ...]:
        """Say what the colours are."""
        return text.CLASSES

    def least_height(self, width: int) -> int:
        """Return the height in which every class has a row of the smallest letters."""
        size = self.theme.scale.px(Step.CAPTION)
        columns = self._columns(size, width)
        return ceil(1.7 * self.unit + self._rows(columns) * ROW * size)

    def _rows(self, columns: int) -> int:
        return ceil(len(self.picture.classes) / columns)

    def _columns(self, size: int, width: float) -> int:
        """Return how many columns have room side by side; the largest number of use."""
        metrics = QFontMetricsF(self.sized(size))
        names = (metrics.horizontalAdvance(one.name) for one in self.picture.classes)
        least = max(names, default=0.0) + metrics.horizontalAdvance(percent(1, 0)) + 2.6 * size
        gap = 0.9 * self.unit
        return max(1, min(int((width + gap) / (least + gap)), MOST_COLUMNS))

    def _fitting(self) -> tuple[int, int]:
        """Return the columns, and the height of letters, in which every class has room."""
        room, least = self.room(), self.theme.scale.px(Step.CAPTION)
        for size in range(self.unit, least - 1, -1):
            most = self._columns(size, room.width())
            for columns in range(1, most + 1):
                if self._rows(columns) * ROW * size <= room.height():
                    return columns, size
        return self._columns(least, room.width()), least

    def paint(self, painter: QPainter) -> None:
        """Paint a row for each class, in as many columns as it takes."""
        if not self.picture.classes:
            return
        room = self.room()
        columns, size = self._fitting()
        rows = self._rows(columns)
        height = min(room.height() / rows, 2.2 * self.unit)
        painter.setFont(self.sized(size))
        metrics = QFontMetricsF(painter.font())
        gap = 0.9 * self.unit
        width = (room.width() - (columns - 1) * gap) / columns
        brief = width <= 11 * self.unit
        figure = metrics.horizontalAdvance(percent(1, 0 if brief else 1)) + self.gap(2)
        widest = max(metrics.horizontalAdvance(one.name) for one in self.picture.classes)
        name = min(widest, 0.75 * (width - figure)) + 0.4 * self.unit
        for place, one in enumerate(self.picture.classes):
            column, row = divmod(place, rows)
            left, top = column * (width + gap), room.top() + row * height
            self.say(painter, QRectF(left, top, name, height), (one.name,), self.theme.text)
            thick = 0.52 * height
            box = QRectF(left + name, top + (height - thick) / 2, width - name - figure, thick)
            box.setRight(max(box.right() - 0.3 * size, box.left()))
            known = one.share == one.share
            bar(painter, box, one.share, self.theme, self.theme.minus if known else "")
            end = QRectF(left + width - figure, top, figure, height)
            self.say(painter, end, one.figures[brief:], self.theme.text, RIGHT)


class CalibrationCurve(Pane):
    """How often it is right against its largest output: on the diagonal it is honest."""

    def title(self) -> tuple[str, ...]:
        """Say how far off it is."""
        found = self.picture.calibration
        return () if found is None else found.title

    def plot(self) -> QRectF:
        """Return where the curve stands."""
        metrics = QFontMetricsF(self.sized(self.small))
        left = metrics.horizontalAdvance(percent(1, 0)) + self.gap(6)
        room = self.room()
        over = (1.5 if self._names_height() else 0.5) * self.small
        return QRectF(
            left,
            room.top() + over,
            max(room.width() - left - 0.8 * self.unit, 1),
            max(room.height() - over - 2.8 * self.small, 1),
        )

    def _names_height(self) -> bool:
        """Tell whether there is room over the curve for what its height means."""
        return self.room().height() >= 6 * self.small

    def point(self, confidence: float, accuracy: float) -> QPointF:
        """Return where a confidence and an accuracy meet."""
        plot = self.plot()
        return QPointF(
            plot.left() + confidence * plot.width(), plot.bottom() - accuracy * plot.height()
        )

    def paint(self, painter: QPainter) -> None:
        """Paint axes, the diagonal, the numbers of examples and the curve."""
        found, plot, theme = self.picture.calibration, self.plot(), self.theme
        if found is None:
            return
        line = theme.scale.line
        painter.setFont(self.sized(self.small))
        self._paint_axes(painter, plot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.raised))
        wide, hair = plot.width() / len(found.bars), line(1)
        for place, share in enumerate(found.bars):
            high, left = 0.6 * plot.height() * share, plot.left() + wide * place + hair
            painter.drawRect(QRectF(left, plot.bottom() - high, wide - 2 * hair, high))
        painter.setPen(QPen(QColor(theme.dim), line(1.5), Qt.PenStyle.DashLine))
        painter.drawLine(self.point(0, 0), self.point(1, 1))
        for sure, right, _ in found.points:
            painter.setPen(QPen(QColor(theme.plus if right > sure else theme.minus), self.unit / 5))
            painter.drawLine(self.point(sure, sure), self.point(sure, right))
        painter.setPen(QPen(QColor(theme.text), max(line(1.5), self.unit / 9)))
        places = [self.point(sure, right) for sure, right, _ in found.points]
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(QColor(theme.text))
        for point, (_, _, weight) in zip(places, found.points, strict=True):
            size = self.unit * (0.18 + 0.22 * weight)
            painter.drawEllipse(point, size, size)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        theme, small = self.theme, self.small
        tall = plot.height() >= 3 * small
        for share in (0.0, 0.5, 1.0) if tall else (0.0, 1.0):
            painter.setPen(QPen(QColor(theme.line), theme.scale.line(1)))
            here, figure = self.point(share, share), percent(share, 0)
            painter.drawLine(QPointF(here.x(), plot.top()), QPointF(here.x(), plot.bottom()))
            # The corner has one 0 for both.
            self.paint_level(painter, plot, here.y(), figure if share else "")
            wide = 5 * small
            left = min(here.x() - wide / 2, self.width() - wide)
            below = QRectF(left, plot.bottom() + self.gap(2), wide, 1.3 * small)
            if share != 0.5 or plot.width() >= 10 * small:
                self.say(painter, below, (figure,), theme.dim, CENTRE if share < 1 else RIGHT)
        if self._names_height():
            top = QRectF(plot.left(), plot.top() - 1.5 * small, plot.width(), 1.3 * small)
            self.say(painter, top, text.RIGHT_AXIS, theme.dim, LEFT)
        end = QRectF(plot.left(), plot.bottom() + 1.45 * small, plot.width(), 1.3 * small)
        self.say(painter, end, text.OUTPUT_AXIS, theme.dim, CENTRE)


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
