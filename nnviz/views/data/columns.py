"""The columns of a table: each as a histogram by class, with smallest, mean and largest value."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.data.overview import Column, Overview
from nnviz.views.data import text
from nnviz.views.shared.painted_scroll import PaintedScroll
from nnviz.wording import given

MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = MIDDLE | Qt.AlignmentFlag.AlignRight


class Columns(PaintedScroll):
    """A legend of the classes with their counts, then every column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(text.COLUMNS, parent)
        self._overview: Overview | None = None

    def show_overview(self, overview: Overview | None) -> None:
        """Show these columns."""
        self._overview = overview
        self.verticalScrollBar().setValue(0)
        self.arrange()

    @property
    def _columns(self) -> tuple[Column, ...]:
        return () if self._overview is None else self._overview.columns

    @property
    def _legend(self) -> float:
        classes = 0 if self._overview is None else len(self._overview.names)
        return 1.5 * self.unit * classes + 0.6 * self.unit

    def total(self) -> tuple[float, float]:
        """Return the height of everything, and of one row."""
        row = 4.2 * self.unit
        return self._legend + len(self._columns) * row, row

    def row(self, place: int) -> QRectF:
        """Return where a column stands in the viewport."""
        height = self.total()[1]
        top = self._legend + place * height - self.verticalScrollBar().value()
        return QRectF(0, top, self.across, height)

    def colour(self, label: int) -> QColor:
        """Return a class's colour; beyond the sixth they come round again."""
        return QColor(self.theme.racer(label))

    def tip_at(self, where: QPointF) -> str:
        """Return the figures of the column at a place of the viewport, a line for each class."""
        for place in range(len(self._columns)):
            if self._overview is not None and self.row(place).contains(where):
                return text.column_tip(self._overview, place)
        return ""

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the figures of the column under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def paint(self, painter: QPainter) -> None:
        """Paint the legend and the columns in sight."""
        if self._overview is None:
            return
        self._paint_legend(painter, self._overview)
        seen = QRectF(self.viewport().rect())
        for place, column in enumerate(self._columns):
            row = self.row(place)
            if row.intersects(seen):
                self._paint_column(painter, column, row)

    def _paint_legend(self, painter: QPainter, overview: Overview) -> None:
        height, metrics = 1.5 * self.unit, QFontMetricsF(self.font())
        counts = overview.train.counts, overview.test.counts
        most, width = max(1, int(np.max(counts))), self.across
        named = min(0.35 * width, 12 * self.unit)
        figured = metrics.horizontalAdvance(text.counts(60_000, 10_000)) + 0.5 * self.unit
        if width - named - figured < 3 * self.unit:
            figured = 0.0  # bars and tips say it as well
        for label, name in enumerate(overview.names):
            top = label * height - self.verticalScrollBar().value()
            painter.setPen(QColor(self.theme.text))
            shown = metrics.elidedText(given(name) or text.ALL, Qt.TextElideMode.ElideRight, named)
            painter.drawText(QRectF(0, top, named, height), MIDDLE, shown)
            gap = self.theme.scale.space(4)
            room = QRectF(named + gap, top, max(width - named - figured - 2 * gap, 1), height)
            painter.setPen(Qt.PenStyle.NoPen)
            train, test = (int(count[label]) for count in counts)
            for count, colour, shift in (
                (train, self.colour(label), 0.25),
                (test, QColor(self.theme.dim), 0.6),
            ):
                painter.setBrush(colour)
                thick = 0.28 * height
                wide = room.width() * count / most
                painter.drawRect(QRectF(room.left(), top + shift * height - 1, wide, thick))
            if figured:
                painter.setPen(QColor(self.theme.dim))
                end = QRectF(width - figured, top, figured, height)
                painter.drawText(end, RIGHT, text.counts(train, test))

    def _paint_column(self, painter: QPainter, column: Column, row: QRectF) -> None:
        metrics, scale = QFontMetricsF(self.font()), self.theme.scale
        head = QRectF(row.left(), row.top() + 0.3 * self.unit, row.width(), 1.2 * self.unit)
        if np.isfinite(column.low).any():
            low, high = float(np.nanmin(column.low)), float(np.nanmax(column.high))
            span = f"{text.figure(low)} … {text.figure(high)}"
        else:
            span = ""
        if metrics.horizontalAdvance(span) > 0.7 * head.width():
            span = ""
        painter.setPen(QColor(self.theme.dim))
        painter.drawText(head, RIGHT, span)
        room = head.width() - metrics.horizontalAdvance(span) - self.unit
        painter.setPen(QColor(self.theme.text))
        painter.drawText(
            head, MIDDLE, metrics.elidedText(given(column.name), Qt.TextElideMode.ElideRight, room)
        )
        plot = row.adjusted(0, head.bottom() + scale.space(3) - row.top(), 0, -scale.space(2))
        most = max(1, int(column.bars.sum(axis=0).max()))
        width = plot.width() / column.bars.shape[1]
        painter.setPen(Qt.PenStyle.NoPen)
        for bin in range(column.bars.shape[1]):
            bottom = plot.bottom()
            for label, count in enumerate(column.bars[:, bin]):
                high = plot.height() * int(count) / most
                painter.setBrush(self.colour(label))
                left = plot.left() + bin * width
                painter.drawRect(QRectF(left, bottom - high, max(width - 1, 1), high))
                bottom -= high
        painter.setPen(QColor(self.theme.line))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        span_width = float(column.edges[-1] - column.edges[0])
        for label, mean in enumerate(column.mean):
            if np.isfinite(mean):
                x = plot.left() + plot.width() * float(mean - column.edges[0]) / span_width
                painter.setPen(QColor(self.theme.panel))
                painter.setBrush(self.colour(label))
                radius = scale.line(4)
                painter.drawEllipse(QPointF(x, plot.bottom() - 1), radius, radius)
