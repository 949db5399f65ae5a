"""The field for a parameter's number, typed or dragged; what is none is refused in words."""

from math import floor, inf, isfinite, log10
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from nnviz.numbers import NumberError, editable, read_number, write

SLACK = 3
"""Pixels that the mouse may move in a click."""
FINE = 0.1
"""What Shift makes of a drag."""


class FieldUndo(QObject):
    """Lets undo and redo pass a text field that has none of its own: they are meant for the run.

    A text field of Qt claims these keys even when it has nothing to undo.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give away the claim to a key that the field has no use for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self._field.isUndoAvailable()) or (
                redo and not self._field.isRedoAvailable()
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


class NumberField(QLineEdit):
    """A field in which a parameter's number is typed.

    Signals:
        changed(float, bool): the value is wanted; True while it follows the mouse.
        refused(str): what was typed is none, in a sentence; empty once nothing is wrong.
    """

    changed = Signal(float, bool)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._value: float | np.floating[Any] = 0.0
        self._largest = inf
        self._untouched = ""  # what was there to be typed over
        FieldUndo(self)
        self.returnPressed.connect(self.take)
        self.textEdited.connect(lambda _text: self.refuse(""))

    def show_value(self, value: float | np.floating[Any]) -> None:
        """Take note of the present value, in the precision it has."""
        self._value = value
        self._largest = float(np.finfo(np.asarray(value).dtype).max)

    def begin_typing(self) -> None:
        """Let a number be typed over the present one, which is there with all of its digits."""
        self._untouched = editable(self._value)
        self.setText(self._untouched)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selectAll()

    def take(self) -> None:
        """Want what was typed; say why not where it is no number."""
        if self.text() == self._untouched:  # it may have moved on since: nothing was asked for
            self.rest()
            return
        try:
            value = read_number(self.text())
            if abs(value) > self._largest:
                raise NumberError("A weight must be a finite number: write one like −0.5.")
        except NumberError as error:
            self.refuse(str(error))
        else:
            self.give(value)

    def give(self, value: float) -> None:
        """Want a value as if it had been typed."""
        self._value, self._untouched = value, ""
        self.rest()
        self.changed.emit(value, False)

    def rest(self) -> None:
        """Be ready for the next number."""
        self.refuse("")
        self.selectAll()

    def refuse(self, sentence: str) -> None:
        """Say in a sentence why not; empty when all is well."""
        if self.property("refused") != bool(sentence):
            self.setProperty("refused", bool(sentence))
            self.style().unpolish(self)
            self.style().polish(self)
        self.refused.emit(sentence)


class DraggedNumberField(NumberField):
    """Shows a value; dragged it changes, clicked it is typed over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector_value")
        self.setAccessibleName("Value")
        self.setToolTip("Drag sideways to change it (with Shift finely), or click and type.")
        self._pressed: float | None = None
        self._start = self._wanted = 0.0
        self._dragged = False
        self.refused.connect(self._say)
        self.rest()

    @property
    def typing(self) -> bool:
        """True while a number is being typed."""
        return not self.isReadOnly()

    @property
    def dragging(self) -> bool:
        """True while the value follows the mouse."""
        return self._dragged

    def show_value(self, value: float | np.floating[Any]) -> None:
        """Show the present value unless another one is being set."""
        super().show_value(value)
        if not self.typing and not self._dragged:
            self._write(float(value))

    def _write(self, value: float) -> None:
        text = write(value)
        if text != self.text():
            self.setText(text)

    def rest(self) -> None:
        """Show the value, to be dragged or clicked."""
        self.setReadOnly(True)
        self.refuse("")
        self.deselect()
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._write(float(self._value))

    def take(self) -> None:
        """Want what was typed, if anything is."""
        if self.typing:
            super().take()

    def _say(self, sentence: str) -> None:
        if sentence:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), sentence, self)

    # -- dragging ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag, or a click."""
        if self.typing or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed = event.position().x()
        self._start = self._wanted = float(self._value) if isfinite(self._value) else 0.0
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the value follow the mouse."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        way = event.position().x() - self._pressed
        if not self._dragged and abs(way) <= SLACK:
            return
        self._dragged = True
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = step_of(self._start) * (FINE if fine else 1.0)
        # Onwards from where it is, so that Shift can be pressed on the way.
        self._pressed = event.position().x()
        if self._wanted == self._start:
            way -= SLACK if way > 0 else -SLACK
        self._want(self._wanted + way * step, fine=fine)

    def _want(self, value: float, *, fine: bool) -> None:
        digits = max(0, 1 - floor(log10(step_of(self._start) * (FINE if fine else 1.0))))
        wanted = min(max(round(value, digits), -self._largest), self._largest)
        self._wanted = wanted
        self._write(wanted)
        self.changed.emit(wanted, True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; after a click let a number be typed."""
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        self._pressed = None
        if self._dragged:
            self._dragged = False
            self._value = self._wanted
            self.changed.emit(self._wanted, True)
        else:
            self.begin_typing()

    def begin_typing(self) -> None:
        """Let a number be typed over the present one."""
        self.setReadOnly(False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        super().begin_typing()

    # -- typing -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim keys only while a number is being typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not self.typing:
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape; begin to type on Enter."""
        if self.typing and event.key() == Qt.Key.Key_Escape:
            self.rest()
        elif not self.typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.begin_typing()
        elif not self.typing:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up what was being typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.typing:
            self.rest()


def step_of(value: float) -> float:
    """Return what a pixel of a drag adds: a hundredth of the size of the value, at least .01."""
    size = abs(value)
    return 0.01 if size <= 2 else 10.0 ** (floor(log10(size)) - 1.0)
