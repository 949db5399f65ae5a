"""The pointer: what mouse and wheel do in a window, heard before anything in it is asked.

A view that scrolls or zooms by the wheel would else keep it. What is heard are the events of the
window's own handle, which are few, so hearing them costs next to nothing.
"""

from collections.abc import Callable
from math import hypot, log2

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.view import View

NOTCH = 120.0
"""What Qt tells of one notch of a wheel."""
PINCHED = 3 * NOTCH
"""What a pinch to twice the size is worth in turns of the wheel."""


NEAR = 10.0
"""Pixels between two fingers below which their distance says nothing."""


def magnifies_itself(inside: QWidget, place: QPoint) -> bool:
    """Tell whether a view inside a widget, at a place of the screen, draws itself larger."""
    at = inside.childAt(inside.mapFromGlobal(place))
    while at is not None and not isinstance(at, View):
        at = at.parentWidget()
    return at is not None and at.magnifies


class Pointer(QObject):
    """Hears the mouse in one window.

    Attributes:
        moved: called with the place on the screen to which the mouse has moved.
        turned: called with what the wheel has turned, and the place on the screen; True where that
            is all that it is to do.
        magnified: the same where Ctrl is held, or for a pinch.
    """

    def __init__(self, window: QWidget) -> None:
        """Hear nothing yet."""
        super().__init__(window)
        self._window = window
        self._heard: QObject | None = None
        self._apart = 0.0  # how far two fingers are from each other, in pixels
        self.moved: Callable[[QPoint], object] = lambda _place: None
        self.turned: Callable[[QPoint, float], bool] = lambda _place, _delta: False
        self.magnified: Callable[[QPoint, float], bool] = lambda _place, _delta: False

    def hear(self) -> None:
        """Hear the window, which is on screen, from now on."""
        handle = self._window.windowHandle()
        if handle is not self._heard:
            self.stop()
            self._heard = handle
            handle.installEventFilter(self)

    def stop(self) -> None:
        """Hear nothing any more."""
        heard, self._heard = self._heard, None
        if heard is not None and shiboken6.isValid(heard):  # it may end with what it showed
            heard.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear an event; keep it from the window where it has done what it is to do."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.moved(event.globalPosition().toPoint())
        elif kind == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            place = event.globalPosition().toPoint()
            # Some systems turn the wheel's direction while a key is held.
            delta = float(event.angleDelta().y() or event.angleDelta().x())
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            return (self.magnified if held else self.turned)(place, delta)
        elif (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            place = event.globalPosition().toPoint()
            return self.magnified(place, PINCHED * event.value())
        elif isinstance(event, QTouchEvent):
            return self._pinched(event)
        return False

    def _pinched(self, event: QTouchEvent) -> bool:
        """Tell what two fingers on a screen have moved apart since they were heard last."""
        fingers = [one.globalPosition() for one in event.points()]
        before, self._apart = self._apart, 0.0
        if event.type() == QEvent.Type.TouchEnd or len(fingers) != 2:
            return False
        self._apart = hypot(*(fingers[1] - fingers[0]).toTuple())
        if before < NEAR or self._apart < NEAR:
            return False
        middle = ((fingers[0] + fingers[1]) / 2).toPoint()
        return self.magnified(middle, PINCHED * log2(self._apart / before))
