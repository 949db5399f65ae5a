"""Where hands draw: with a mouse, a finger, or a pen that feels how hard it is pressed.

A pen and a finger have events of their own, which are taken so that Qt does not make
mouse events of them as well: no stroke comes twice. The pen's other end rubs out. Keys draw with
a cursor: Tab brings it, arrows move it, Space puts it down and lifts it.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QEventPoint,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.views.pad.ink_drawing import PAPER
from nnviz.views.pad.sheet import ERASER, PadSheet
from nnviz.views.pad.strokes import Sheet, erased
from nnviz.views.pad.text import NOT_ERASED
from nnviz.views.palette import DARK
from nnviz.views.shared.key_cursor import KeyCursor

CLICK = 0.012
"""How far a click on a frame may stray, as a part of the sheet's side, before it is a stroke."""
TURNED_TO = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""Why the focus comes where hands are on the keys."""
LIGHTEST, HEAVIEST = 0.5, 1.6
"""Width of a pen that is hardly pressed, and as hard as it can be, in usual widths."""


class PadCanvas(PadSheet):
    """A square sheet for strokes; while `erasing` a mouse or a finger rubs out.

    Signals:
        paste_wanted(): a picture is to be pasted.
        frame_clicked(int): a frame was clicked, and nothing drawn.

    Attributes:
        keeps_keys: whether the keys stay here when the pointer leaves.
    """

    draws_with_fingers = True

    paste_wanted = Signal()
    frame_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Drawing pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.erasing = self.keeps_keys = False
        self._device = ""  # what holds the tool: "mouse", "touch", "tablet" or "keys"
        self.cursor_of_keys = KeyCursor()
        self._finger = -1
        self._waiting: tuple[float, ...] | None = None  # pressed in a frame: a click or a stroke

    @property
    def drawing(self) -> bool:
        """True in the middle of a stroke."""
        return bool(self._device)

    def lift(self) -> None:
        """Lift whatever is down."""
        waiting, self._device, self._waiting = self._waiting, "", None
        self.cursor_of_keys.down = False
        super().lift()
        frame = None if waiting is None else self.frames.at((waiting[0], waiting[1]))
        if frame is not None:
            self.frame_clicked.emit(frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; the right button clears."""
        self._put_cursor_away()
        if event.button() == Qt.MouseButton.RightButton:
            self.clear()
        elif event.button() == Qt.MouseButton.LeftButton and not _made_of_touch(event):
            self._press("mouse", event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._device == "mouse" and event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        if self._device == "mouse" and event.button() == Qt.MouseButton.LeftButton:
            self._move(event.position())
            self.lift()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat the second press of a double click as the dot that it is."""
        self.mousePressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen, as wide as it is pressed, and rub out with its other end."""
        kind, place = event.type(), event.position()
        if kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._press("tablet", place, _width(event), eraser=eraser)
        elif self._device == "tablet":
            if kind == QEvent.Type.TabletRelease:
                self.lift()  # its pressure is 0 by now
            else:
                self._move(place, _width(event))
        event.accept()  # else Qt makes mouse events of it, and every stroke comes twice

    def event(self, event: QEvent) -> bool:
        """Draw with the first finger; others are ignored."""
        touches = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
        if isinstance(event, QTouchEvent) and event.type() in touches:
            for point in event.points():
                if self._device != "touch" and event.isBeginEvent():
                    self._finger = point.id()
                    self._press("touch", point.position())
                elif (
                    self._device == "touch"
                    and point.id() == self._finger
                    and point.state() != QEventPoint.State.Stationary
                ):
                    self._move(point.position())
                    if point.state() == QEventPoint.State.Released:
                        self.lift()
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self.lift()
            return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Take the keys of the pad while the pointer is over it, unless something is typed."""
        super().enterEvent(event)
        focused = QApplication.focusWidget()
        if self.window().isActiveWindow() and (focused is None or focused is self.window()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def leaveEvent(self, event: QEvent) -> None:
        """Give the keys back to the run."""
        super().leaveEvent(event)
        if self.hasFocus() and not self._tool and not self.keeps_keys:
            self.window().setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the last change back with Backspace, clear with Delete, paste as everywhere."""
        if self.takes_key(event):
            self._draw_with(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    # -- drawing with keys ----------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the cursor of keys where Tab has come here."""
        super().focusInEvent(event)
        if event.reason() in TURNED_TO:
            self.cursor_of_keys.show()
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the cursor of keys away."""
        super().focusOutEvent(event)
        self._put_cursor_away()

    def _put_cursor_away(self) -> None:
        if self._device == "keys":
            self.lift()
        if self.cursor_of_keys.shown:
            self.cursor_of_keys.hide()
            self.update()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key draws; Escape lifts the pen."""
        lifts = event.key() == Qt.Key.Key_Escape and self._device == "keys"
        return lifts or self.cursor_of_keys.takes_key(event)

    def _draw_with(self, event: QKeyEvent) -> None:
        cursor, sheet = self.cursor_of_keys, QRectF(self.rect())
        if cursor.moves(event, sheet):
            if self._device == "keys":
                self._move(cursor.place(sheet))
        elif self._device == "keys":
            self.lift()
        elif not event.isAutoRepeat() and not self._tool:
            self._press("keys", cursor.place(sheet))
            cursor.down = bool(self._tool)
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of an arrow."""
        self.cursor_of_keys.lets_go(event)
        super().keyReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet, and on it the cursor of keys."""
        super().paintEvent(event)
        if self.cursor_of_keys.shown:
            painter = QPainter(self)
            black = replace(DARK, scale=self._theme.scale)  # the sheet is black in every theme
            self.cursor_of_keys.paint(painter, QRectF(self.rect()), black, PAPER.name())

    def _press(
        self, device: str, at: QPointF, width: float | None = None, *, eraser: bool = False
    ) -> None:
        if self._tool:
            return
        self._device, self._tool = device, "eraser" if eraser or self.erasing else "pen"
        place = self._fraction(at)
        start = place if width is None else (*place, width)
        if self._tool == "pen" and self.frames.at(place) is not None:
            self._waiting = start
        else:
            self._touch_down(start)

    def _touch_down(self, start: tuple[float, ...]) -> None:
        place = start[0], start[1]
        self.say("")
        begins = self._tool == "pen" and self._sheet.picture is not None
        if begins:
            self.leaving.emit()
        self._remember()
        if self._tool == "eraser":
            self._rub(place, place)
            return
        if begins:
            self._sheet = Sheet()
        self._line = [start]
        self._renew()

    def _move(self, at: QPointF, width: float | None = None) -> None:
        place = self._fraction(at)
        if self._waiting is not None:
            if max(abs(place[0] - self._waiting[0]), abs(place[1] - self._waiting[1])) < CLICK:
                return
            start, self._waiting = self._waiting, None
            self._touch_down(start)
        if self._tool == "eraser":
            self._rub(self._rubber or place, place)
        elif place != self._line[-1][:2]:
            wide = len(self._line[-1]) > 2
            last = self._line[-1][2] if wide and width is None else width
            self._line.append((*place, last) if wide and last is not None else place)
            self.update()
            self.changed.emit()

    def _rub(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self._rubber = end
        if self._sheet.picture is not None:
            self.say(NOT_ERASED)
            return
        left = erased(self._sheet.strokes, start, end, ERASER)
        if list(map(id, left)) != list(map(id, self._sheet.strokes)):
            self._sheet = Sheet(left)
            self._renew()
        self.update()

    def _fraction(self, position: QPointF) -> tuple[float, float]:
        x, y = position.x() / max(self.width(), 1), position.y() / max(self.height(), 1)
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def _made_of_touch(event: QMouseEvent) -> bool:
    """Tell whether a press comes from a touch or a pen, which have events of their own."""
    kind = event.device().type()
    return kind in (QPointingDevice.DeviceType.TouchScreen, QPointingDevice.DeviceType.Stylus)


def _width(event: QTabletEvent) -> float:
    return LIGHTEST + (HEAVIEST - LIGHTEST) * min(max(event.pressure(), 0.0), 1.0)
