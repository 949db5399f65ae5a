"""What hands do to the network view: mouse, wheel, pinch and keys, as a few plain wishes.

Here is only which gesture means what; the drawing says what lies at a place, and who owns it does
what is wished. A press that moves on empty ground shifts the drawing, one that does not is a click.
One that moves up or down on a knob, or the wheel over it, turns it: finely with Shift.
"""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from nnviz.views.network.drawing import NetworkDrawing
from nnviz.views.network.knobs import FINE, Knob
from nnviz.views.shared.event_filter import hear

NOTCH = 120.0
"""What Qt tells of one notch of a wheel."""
TURN = 10
"""Steps that one notch turns a knob by."""
SHIFT = 4
"""Neurons a layer is shifted by one notch."""

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFTED = Qt.KeyboardModifier.ShiftModifier
Shape = Qt.CursorShape
EDITING = frozenset({Qt.Key.Key_Menu, Qt.Key.Key_F2})
"""Keys that edit what is selected, as the right button does what it is over."""
_HEARD = (
    *(QEvent.Type.MouseMove, QEvent.Type.Leave, QEvent.Type.Wheel, QEvent.Type.KeyPress),
    *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease),
    *(QEvent.Type.MouseButtonDblClick, QEvent.Type.ToolTip),
    *(QEvent.Type.NativeGesture, QEvent.Type.Gesture),
)


class Gestures(QObject):
    """Watches a widget's mouse, wheel and keys, and tells what they wish.

    Signals:
        pointed(object): the mouse is at this place, or None: it has left.
        pressed(object, bool): a click on what lies at a place; True to edit it.
        ground_clicked(): a click on empty ground.
        focus_wanted(object): look at the neuron at a place; None for what is selected.
        leafed(int): so many examples further on.
        scrolled(object, int): shift the layer at a place by so many neurons.
        zoomed(object, float): look so many times nearer at a place.
        panned(object): shift the drawing by so much.
        fit_wanted(): show all of the drawing.
        asked(object, object): tell of a place, at this one of the screen.
        moved(int, int): select the neuron so many further on, so many layers on; where a weight is
            selected, that from so many neurons further on, or the neuron at one of its ends.
        weight_wanted(): select the strongest weight into the neuron selected, then the next one.
        edit_wanted(): edit the weight that is selected.
        numbers_toggled(): write numbers beside the neurons, or not any more.
        turned(object, float, object): turn a knob by so many steps from where it stood at first,
            and write its value at this place of the screen.
        clicked_through(object): an edge at a place was let go of unturned.
        let_go(): the knob stays as it is turned.
        switched(object): a click on a knob that is a switch.
        nudged(object, float, object): turn a knob, or None for what is selected, further by so
            many steps, and write its value at this place of the screen.
    """

    pointed = Signal(object)
    pressed = Signal(object, bool)
    ground_clicked = Signal()
    focus_wanted = Signal(object)
    leafed = Signal(int)
    scrolled = Signal(object, int)
    zoomed = Signal(object, float)
    panned = Signal(object)
    fit_wanted = Signal()
    asked = Signal(object, object)
    moved = Signal(int, int)
    weight_wanted = Signal()
    edit_wanted = Signal()
    numbers_toggled = Signal()
    turned = Signal(object, float, object)
    clicked_through = Signal(object)
    let_go = Signal()
    switched = Signal(object)
    nudged = Signal(object, float, object)

    def __init__(
        self,
        view: QWidget,
        drawing: NetworkDrawing,
        knob_at: Callable[[QPointF], Knob | None] = lambda _where: None,
    ) -> None:
        """Watch a widget; its drawing knows what lies where, `knob_at` what can be turned there."""
        super().__init__(view)
        self._ground, self._knob_at = drawing, knob_at
        self._knob: Knob | None = None
        self._turning, self._by, self._edits = False, 0.0, False
        view.setMouseTracking(True)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.grabGesture(Qt.GestureType.PinchGesture)
        self._drag: QPointF | None = None
        self._panning = False
        self._turned = 0.0
        hear(view, _HEARD, self._hear)

    @property
    def _view(self) -> QWidget:
        # Only Qt knows it: a reference of our own would keep it alive when Qt has let it go.
        return cast(QWidget, self.parent())

    def _hear(self, _view: QObject, event: QEvent) -> bool:
        """Take what is meant for the drawing, and leave all else to the view."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._move(event)
        elif kind == QEvent.Type.Leave:
            self.pointed.emit(None)
            return False
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._press(event)
        elif kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._release(event)
        elif kind == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            knob = self._knob_at(event.position()) if event.button() == LEFT else None
            if knob is not None and (knob.switch is not None or knob.kind == "weight"):
                self._press(event)  # whoever flips it quickly, or clicks through edges
            elif event.button() == LEFT:
                self.focus_wanted.emit(event.position())
        elif kind == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return self._wheel(event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        elif kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.asked.emit(QPointF(event.pos()), event.globalPos())
        elif kind == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self.zoomed.emit(event.position(), 1 + event.value())
        elif kind == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if not isinstance(pinch, QPinchGesture):
                return False
            at = QPointF(self._view.mapFromGlobal(pinch.hotSpot().toPoint()))
            self.zoomed.emit(at, pinch.scaleFactor())
        else:
            return False
        return True

    # -- mouse --------------------------------------------------------------------------------

    def _move(self, event: QMouseEvent) -> None:
        where = event.position()
        if self._drag is None or not event.buttons() & LEFT:
            self._knob = None
            self.pointed.emit(where)
            self._view.setCursor(self._cursor_at(where))
            return
        way = where - self._drag
        if self._knob is not None:
            self._turn(event)
        elif self._panning or way.manhattanLength() >= QApplication.startDragDistance():
            self._panning, self._drag = True, where
            self.panned.emit(way)
            if self._ground.camera.zoom != 1:
                self._view.setCursor(Shape.ClosedHandCursor)

    def _cursor_at(self, where: QPointF) -> Qt.CursorShape:
        knob = self._knob_at(where)
        if knob is not None and knob.switch is None:
            return Shape.SizeVerCursor
        clickable = self._ground.clickable(where, edit=False)
        return Shape.PointingHandCursor if clickable else Shape.ArrowCursor

    def _turn(self, event: QMouseEvent) -> None:
        """Turn the knob that is held by how far the mouse has moved up."""
        assert self._knob is not None
        assert self._drag is not None
        way = event.position() - self._drag
        if not self._turning and way.manhattanLength() < QApplication.startDragDistance():
            return
        self._turning, self._drag = True, event.position()
        self._by -= way.y() * (FINE if event.modifiers() & SHIFTED else 1.0)
        self.turned.emit(self._knob, self._by, event.globalPosition().toPoint())

    def _press(self, event: QMouseEvent) -> None:
        right, where = event.button() == Qt.MouseButton.RightButton, event.position()
        if event.button() != LEFT and not right:
            return
        edit = right or bool(event.modifiers() & SHIFTED)
        self._knob = None if right else self._knob_at(where)
        if self._knob is not None:
            # With Shift it is edited where it is let go of unturned.
            self._drag, self._turning, self._by, self._edits = where, False, 0.0, edit
            if not edit:
                self.pressed.emit(where, False)
        elif self._ground.clickable(where, edit=edit):
            self.pressed.emit(where, edit)
        elif not right:
            self._drag, self._panning = where, False

    def _release(self, event: QMouseEvent) -> None:
        if event.button() != LEFT or self._drag is None:
            return
        if self._knob is not None:
            self._let_go(self._knob, self._drag)
            return
        clicked = not self._panning
        self._drag, self._panning = None, False
        self._view.setCursor(Shape.ArrowCursor)
        if clicked:
            self.ground_clicked.emit()

    def _let_go(self, knob: Knob, where: QPointF) -> None:
        self._drag = self._knob = None
        if self._turning:
            self.let_go.emit()
        elif self._edits:
            self.pressed.emit(where, True)
        elif knob.switch is not None:
            self.switched.emit(knob)
        elif knob.kind == "weight":
            self.clicked_through.emit(where)

    def _wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl; else turn a knob, leaf through examples, or shift a layer's neurons."""
        # Some systems turn the wheel's direction while Shift is held.
        delta = event.angleDelta().y() or event.angleDelta().x()
        where = event.position()
        if event.modifiers() & CONTROL:
            self.zoomed.emit(where, 2.0 ** (delta / (3 * NOTCH)))
            return True
        if self._turned * delta < 0:
            self._turned = 0.0
        # Touch pads tell of a small part of a notch at a time.
        self._turned += delta
        if self._ground.on_input(where):
            steps = self._steps(NOTCH)
            if steps:
                self.leafed.emit(-steps)
        elif self._wheel_turns(event, delta):
            self._turned = 0.0
        elif self._ground.scrolls(where):
            self.scrolled.emit(where, -self._steps(NOTCH / SHIFT))
        else:
            self._turned = 0.0
            event.ignore()
        return True

    def _wheel_turns(self, event: QWheelEvent, delta: float) -> bool:
        """Turn the knob under the wheel; a neuron's in a layer that the wheel shifts stays."""
        knob = self._knob_at(event.position())
        if knob is None or (knob.kind != "weight" and self._ground.scrolls(event.position())):
            return False
        steps = TURN * delta / NOTCH * (FINE if event.modifiers() & SHIFTED else 1.0)
        self.nudged.emit(knob, steps, event.globalPosition().toPoint())
        return True

    def _steps(self, size: float) -> int:
        """Take whole steps of what has been turned."""
        steps = int(self._turned / size)
        self._turned -= steps * size
        return steps

    # -- keys ---------------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        """Walk through neurons and examples, look at one, write numbers, zoom and go back."""
        key, modifiers = event.key(), event.modifiers()
        step = 32 if modifiers & SHIFTED else 1
        middle = QPointF(self._view.width() / 2, self._view.height() / 2)
        if key in (Qt.Key.Key_F, Qt.Key.Key_0):
            self.fit_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focus_wanted.emit(None)
        elif key == Qt.Key.Key_E and not modifiers:
            self.weight_wanted.emit()
        elif key == Qt.Key.Key_X and not modifiers & ~SHIFTED:
            self.leafed.emit(-1 if modifiers else 1)
        elif key in EDITING or (key == Qt.Key.Key_F10 and modifiers == SHIFTED):
            self.edit_wanted.emit()
        elif key == Qt.Key.Key_N and not modifiers:
            self.numbers_toggled.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers & CONTROL:
            steps = TURN * (FINE if modifiers & SHIFTED else 1.0)
            at = self._view.mapToGlobal(middle).toPoint()
            self.nudged.emit(None, steps if key == Qt.Key.Key_Up else -steps, at)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(step if key == Qt.Key.Key_Down else -step, 0)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and modifiers & CONTROL:
            self.moved.emit(0, 1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and modifiers & CONTROL:
            self.zoomed.emit(middle, 1.25)
        elif key == Qt.Key.Key_Minus and modifiers & CONTROL:
            self.zoomed.emit(middle, 0.8)
        else:
            return False
        return True
