"""The timeline: every minibatch of the run on one line, to be dragged to.

Ticks mark epochs, flags mark changes made on the way, the ball is now. What has
been trained can be visited again, exactly, by dragging the ball or by a click.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from nnviz.engine.snapshot import Snapshot
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

DRAG_INTERVAL = 33
"""Milliseconds between two steps asked for while dragging."""
MARGIN = 16.0


class TimelineView(View):
    """Shows where training stands and lets it be moved.

    Signals:
        goto_requested(int): go to this step.
    """

    goto_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(240, 46)
        self.setToolTip("Drag to any minibatch trained so far (← and →, Home and End)")
        self._theme = DARK
        self._snapshot: Snapshot | None = None
        self._wanted: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAG_INTERVAL)
        self._timer.timeout.connect(self._send)

    def sizeHint(self) -> QSize:
        """Return the size at which it stands below the network."""
        return QSize(600, 50)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Move the ball to this moment."""
        self._snapshot = snapshot
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.update()

    def end(self) -> int:
        """Return the step at the right end: the end of the epoch being trained."""
        snapshot = self._snapshot
        if snapshot is None:
            return 1
        length = snapshot.minibatches_per_epoch
        return max(1, ceil(max(snapshot.reached, 1) / length)) * length

    def place_of(self, step: int) -> float:
        """Return where a step stands, in pixels from the left."""
        return MARGIN + (self.width() - 2 * MARGIN) * min(step / self.end(), 1.0)

    def step_at(self, x: float) -> int:
        """Return the step at a place in pixels from the left, among those trained so far."""
        if self._snapshot is None:
            return 0
        share = (x - MARGIN) / max(self.width() - 2 * MARGIN, 1)
        return min(max(round(share * self.end()), 0), self._snapshot.reached)

    # -- dragging -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._want(event.position().x())
            self._send()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer at display rate."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._want(event.position().x())
            if not self._timer.isActive():
                self._timer.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End where the pointer was let go."""
        if event.button() == Qt.MouseButton.LeftButton and self._timer.isActive():
            self._timer.stop()
            self._send()

    def _want(self, x: float) -> None:
        self._wanted = self.step_at(x)
        self.update()

    def _send(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._snapshot is not None and self._snapshot.reached:
            self.goto_requested.emit(wanted)

    # -- drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, ticks, flags and ball."""
        theme, snapshot = self._theme, self._snapshot
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        if snapshot is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        line = 0.62 * self.height()
        now = self.place_of(snapshot.step if self._wanted is None else self._wanted)
        trained = self.place_of(snapshot.reached)
        for colour, start, stop in (
            (theme.line, MARGIN, self.width() - MARGIN),
            (theme.dim, MARGIN, trained),
            (theme.text, MARGIN, now),
        ):
            pen = QPen(QColor(colour), 4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(start, line), QPointF(stop, line))
        self._draw_epochs(painter, metrics, line)
        self._draw_flags(painter, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.now))
        painter.drawEllipse(QPointF(now, line), 7, 7)

    def _draw_epochs(self, painter: QPainter, metrics: QFontMetricsF, line: float) -> None:
        assert self._snapshot is not None
        length = self._snapshot.minibatches_per_epoch
        epochs = self.end() // length
        room = metrics.horizontalAdvance(f"epoch {epochs}") + 16
        every = 1
        while every * (self.width() - 2 * MARGIN) / epochs < room:
            every = _rounder(every)
        taken = 0.0
        for epoch in range(0, epochs + 1, every):
            x = self.place_of(epoch * length)
            painter.setPen(QPen(QColor(self._theme.dim), 1))
            painter.drawLine(QPointF(x, line - 12), QPointF(x, line - 5))
            text = f"epoch {epoch}"
            wide = metrics.horizontalAdvance(text)
            # The last name may stand before its tick, if the one before leaves room for it.
            left = x + 5 if x + 5 + wide < self.width() else x - wide - 5
            if left >= taken:
                painter.drawText(QPointF(left, line - 8), text)
                taken = left + wide + 8

    def _draw_flags(self, painter: QPainter, line: float) -> None:
        assert self._snapshot is not None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.plus))
        for edit in self._snapshot.edits:
            x = self.place_of(edit.step)
            painter.drawRect(QRectF(x - 0.75, line - 20, 1.5, 20))
            flag = [(0, -20), (14, -20), (10, -15.5), (14, -11), (0, -11)]
            painter.drawPolygon(QPolygonF([QPointF(x + dx, line + dy) for dx, dy in flag]))


def _rounder(every: int) -> int:
    """Return the next larger number of the row 1, 2, 5, 10, 20, 50 and so on."""
    digits = str(every)
    step = {"1": 2, "2": 5, "5": 10}[digits[0]]
    return step * int(10 ** (len(digits) - 1))


SPEC = ViewSpec("timeline", "Timeline", "below", TimelineView, rate=10.0)
