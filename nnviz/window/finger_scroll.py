"""Scrolling with a finger: one that moves over a list, grid, table or sheet shifts it along.

Qt makes a mouse of a finger, and a mouse that is dragged over a list scrolls nothing. The press is
held back until it is clear what the finger does: where it moves, the list follows it; where it is
lifted, that is a click; where it stays, that is a long press.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollBar,
    QWidget,
)
from shiboken6 import isValid

from nnviz.views.view import DrawnWithFingers

LEFT = Qt.MouseButton.LeftButton
_BEGINS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class FingerScroll(QObject):
    """Watches the mouse that Qt makes of fingers; a mouse of its own is left alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bars: list[tuple[QScrollBar, int, int]] = []  # with value and step of each, at first
        self._on: QWidget | None = None
        self._begun: tuple[QEvent.Type, QPointF, QPoint] | None = None
        self._moves = False
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a press back, scroll, or let it be a click."""
        if isinstance(event, QTouchEvent) and len(event.points()) > 1:
            self._moves = True  # two fingers click nothing
        if not isinstance(event, QMouseEvent) or not isinstance(watched, QWidget):
            return False
        if event.source() == Qt.MouseEventSource.MouseEventNotSynthesized:
            if event.button() == Qt.MouseButton.RightButton:
                self._on = None  # the finger has pressed long
            return False
        if event.type() in _BEGINS:
            return event.button() == LEFT and self._begin(watched, event)
        if self._on is None or self._begun is None or watched is not self._on:
            return False
        if event.type() == QEvent.Type.MouseMove:
            self._move(event.globalPosition().toPoint() - self._begun[2])
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._end(event)
            return True
        return False

    def _begin(self, widget: QWidget, event: QMouseEvent) -> bool:
        bars = scrolled_by(widget)
        self._on, self._moves = (widget if bars else None), False
        self._bars = [(bar, bar.value(), way) for bar, way in bars]
        self._begun = event.type(), event.position(), event.globalPosition().toPoint()
        return bool(bars)

    def _move(self, by: QPoint) -> None:
        if not self._moves and by.manhattanLength() < QApplication.startDragDistance():
            return
        self._moves = True
        for bar, value, way in self._bars:
            bar.setValue(value - (by.y() if way else by.x()))

    def _end(self, event: QMouseEvent) -> None:
        widget, begun, self._on = self._on, self._begun, None
        if widget is None or begun is None or self._moves:
            return
        for kind, at, held in (
            (begun[0], begun[1], LEFT),
            (event.type(), event.position(), Qt.MouseButton.NoButton),
        ):
            if isValid(widget):
                QApplication.sendEvent(
                    widget,
                    QMouseEvent(kind, at, widget.mapToGlobal(at), LEFT, held, event.modifiers()),
                )


def scrolled_by(widget: QWidget) -> list[tuple[QScrollBar, int]]:
    """Return the bars of what a finger on a widget scrolls, each with 1 where it goes up and down.

    None where the widget does something else with a finger that moves.
    """
    if isinstance(widget, DrawnWithFingers):
        return []
    at: QWidget | None = widget.parentWidget()
    inside = widget
    while at is not None:
        if isinstance(at, QAbstractScrollArea):
            own = inside is at.viewport()
            bars = [(at.verticalScrollBar(), 1), (at.horizontalScrollBar(), 0)]
            found = [(bar, way) for bar, way in bars if bar.maximum() > bar.minimum()]
            if own and found:
                return found
            if widget is at.viewport():
                return []  # what is dragged within a plot stays there
        elif at.isWindow() or not _still(widget):
            return []
        inside = at
        at = at.parentWidget()
    return []


def _still(widget: QWidget) -> bool:
    """Tell whether a widget has no use for a mouse that is dragged over it."""
    return isinstance(widget, QLabel | QAbstractButton) or type(widget) is QWidget
