"""The long press: a finger that stays where it is does what the right mouse button does.

Qt makes a left press of a finger that comes down. Where it stays, that press is let go of far
away, so that it clicks nothing, and a right one follows at the finger.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QTouchEvent,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from nnviz.views.view import DrawnWithFingers
from nnviz.window.finger_scroll import FingerScroll

MILLISECONDS = 600
"""How long a finger stays for it."""
FAR = QPointF(-10_000, -10_000)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class LongPress(QObject):
    """Watches the fingers of the whole program; those that draw are left alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._on: QWidget | None = None
        self._at = QPointF()
        self._swallows = False
        self._wait = QTimer(self, singleShot=True, interval=MILLISECONDS)
        self._wait.timeout.connect(self.press)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait where one finger comes down; leave it once it moves, or is not alone."""
        if isinstance(event, QTouchEvent):
            # A window hears of every finger; a widget only where it asks for that.
            if isinstance(watched, QWindow):
                self._follow(event)
        elif self._swallows and isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            return self._swallow(event)
        return False

    def _follow(self, event: QTouchEvent) -> None:
        kind, fingers = event.type(), event.points()
        if kind == QEvent.Type.TouchBegin and len(fingers) == 1:
            self._begin(fingers[0].globalPosition())
        elif kind != QEvent.Type.TouchUpdate or self._strays(fingers):
            self._give_up()

    def _begin(self, at: QPointF) -> None:
        widget = QApplication.widgetAt(at.toPoint())
        if widget is None or isinstance(widget, DrawnWithFingers):
            self._give_up()
            return
        self._on, self._at, self._swallows = widget, at, False
        self._wait.start()

    def _strays(self, fingers: list[QEventPoint]) -> bool:
        far = QApplication.startDragDistance()
        away = (fingers[0].globalPosition() - self._at).manhattanLength()
        return len(fingers) != 1 or away >= far

    def _give_up(self) -> None:
        self._wait.stop()
        self._on = None

    def _swallow(self, event: QMouseEvent) -> bool:
        """Keep what Qt makes of a finger that has pressed long from being a click."""
        touch = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        if not touch or event.button() == RIGHT:
            return False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._swallows = False  # another finger; soon after the first it is a double click
            return False
        return True

    def press(self) -> None:
        """Press the right button where the finger is."""
        widget = self._on
        self._give_up()
        if widget is None or not isValid(widget) or not widget.isVisible():
            return
        at = widget.mapFromGlobal(self._at)
        _send(widget, QEvent.Type.MouseButtonRelease, FAR, LEFT)
        _send(widget, QEvent.Type.MouseButtonPress, at, RIGHT)
        _send(widget, QEvent.Type.MouseButtonRelease, at, RIGHT)
        place = at.toPoint()
        menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, menu)
        self._swallows = True


def watch_fingers(window: QObject) -> None:
    """Watch for fingers that stay or scroll, while a window lives, where a screen feels any."""
    kinds = (device.type() for device in QInputDevice.devices())
    if QInputDevice.DeviceType.TouchScreen in kinds:
        LongPress(window)
        FingerScroll(window)


def _send(widget: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
    held = button if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, held, none)
    QApplication.sendEvent(widget, event)
