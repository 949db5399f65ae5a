"""What hands do to the network view: mouse, wheel, pinch and keys, as a few plain wishes.

Here is only which gesture means what; the view itself answers. A press that moves
on empty ground shifts the drawing, one that does not is a click.
"""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QToolTip, QWidget

from nnviz.views.view import View

NOTCH = 120.0
"""What Qt tells of one notch of a wheel."""
SHIFT = 4
"""Neurons a layer is shifted by one notch."""

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFTED = Qt.KeyboardModifier.ShiftModifier


class GesturedView(View):
    """A view that is told what hands wish; a base to fill in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._pressed: QPointF | None = None
        self._panning = False
        self._turned = 0.0

    # -- what is wished ---------------------------------------------------------------------

    def point_at(self, where: QPointF | None) -> bool:
        """Follow the mouse; return whether a click would do anything. None: it has left."""
        raise NotImplementedError

    def press_at(self, where: QPointF, *, edit: bool) -> bool:
        """Answer a click on what lies there, to edit it or else to select it; False if nothing."""
        raise NotImplementedError

    def click_ground(self) -> None:
        """Answer a click on empty ground."""
        raise NotImplementedError

    def focus_at(self, where: QPointF | None) -> None:
        """Answer a double click: look at one neuron; None for what is selected."""
        raise NotImplementedError

    def leaf_at(self, where: QPointF, steps: int) -> bool:
        """Answer the wheel over the input: leaf through examples; False if it is not there."""
        raise NotImplementedError

    def scroll_at(self, where: QPointF, neurons: int) -> bool:
        """Answer the wheel over a layer: shift its neurons; False if there is none to shift."""
        raise NotImplementedError

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Look nearer at a place."""
        raise NotImplementedError

    def pan(self, way: QPointF) -> bool:
        """Shift the drawing; False if all of it is in sight anyway."""
        raise NotImplementedError

    def fit(self) -> None:
        """Show all of the drawing."""
        raise NotImplementedError

    def move_selection(self, neurons: int, layers: int) -> None:
        """Select another neuron."""
        raise NotImplementedError

    def toggle_numbers(self) -> None:
        """Write numbers beside the neurons, or not any more."""
        raise NotImplementedError

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the place."""
        raise NotImplementedError

    # -- mouse --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what lies there, or shift the drawing."""
        where = event.position()
        if self._pressed is not None and event.buttons() & LEFT:
            way = where - self._pressed
            if self._panning or way.manhattanLength() >= QApplication.startDragDistance():
                self._panning = True
                if self.pan(way):
                    self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._pressed = where
            return
        clickable = self.point_at(where)
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self.point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select or edit what lies there; on empty ground wait for what comes."""
        right = event.button() == Qt.MouseButton.RightButton
        if event.button() != LEFT and not right:
            return
        edit = right or bool(event.modifiers() & SHIFTED)
        if not self.press_at(event.position(), edit=edit) and not right:
            self._pressed, self._panning = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a shift, or answer a click on empty ground."""
        if event.button() != LEFT or self._pressed is None:
            return
        clicked = not self._panning
        self._pressed, self._panning = None, False
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if clicked:
            self.click_ground()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look at one neuron and all of its edges, or at everything again."""
        if event.button() == LEFT:
            self.focus_at(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; else leaf through examples, or shift a layer's neurons."""
        # Some systems turn the wheel's direction while Shift is held.
        delta = event.angleDelta().y() or event.angleDelta().x()
        where = event.position()
        if event.modifiers() & CONTROL:
            self.zoom_at(where, 2.0 ** (delta / (3 * NOTCH)))
            return
        if self._turned * delta < 0:
            self._turned = 0.0
        # Touch pads tell of a small part of a notch at a time.
        self._turned += delta
        for size, answer in ((NOTCH, self.leaf_at), (NOTCH / SHIFT, self.scroll_at)):
            steps = int(self._turned / size)
            if answer(where, -steps):
                self._turned -= steps * size
                return
        self._turned = 0.0
        event.ignore()

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the neurons, look at one, write numbers, zoom and go back."""
        key, modifiers = event.key(), event.modifiers()
        step = 32 if modifiers & SHIFTED else 1
        middle = QPointF(self.width() / 2, self.height() / 2)
        if key in (Qt.Key.Key_F, Qt.Key.Key_0):
            self.fit()
        elif key == Qt.Key.Key_Escape and self.leave():
            pass
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focus_at(None)
        elif key == Qt.Key.Key_N and not modifiers:
            self.toggle_numbers()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_selection(step if key == Qt.Key.Key_Down else -step, 0)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and modifiers & CONTROL:
            self.move_selection(0, 1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and modifiers & CONTROL:
            self.zoom_at(middle, 1.25)
        elif key == Qt.Key.Key_Minus and modifiers & CONTROL:
            self.zoom_at(middle, 0.8)
        else:
            super().keyPressEvent(event)

    # -- the rest -----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Name what is under the mouse; pinch."""
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if kind == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_at(event.position(), 1 + event.value())
                return True
        elif kind == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.mapFromGlobal(pinch.hotSpot().toPoint()))
                self.zoom_at(at, pinch.scaleFactor())
                return True
        return super().event(event)
