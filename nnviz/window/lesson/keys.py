"""Keys of a lesson: on and back, answers by digits, hands by H, and what comes after the lesson."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from nnviz.window.lesson.answers import AnswerWidget
from nnviz.window.lesson.shown import Asked

_DIGITS = {getattr(Qt.Key, f"Key_{digit}").value: digit for digit in range(10)}
_ENTER = (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
Deed = Callable[[], object]


def deed_of(
    event: QKeyEvent,
    on: Deed,
    back: Deed,
    count: Deed,
    asked: Asked | None,
    answer: AnswerWidget | None,
) -> Deed | None:
    """Return what a key does in a lesson that nothing inside uses; None for nothing."""
    if event.modifiers() not in _PLAIN:
        return None
    key = event.key()
    if key == Qt.Key.Key_PageDown:
        return on
    if key == Qt.Key.Key_PageUp:
        return back
    if answer is None or asked is None or asked.answer is not None:
        return None
    if key == Qt.Key.Key_H and asked.may_count:
        return count
    if key in _DIGITS and asked.kind in ("choice", "class"):
        return partial(answer.take_digit, _DIGITS[key])
    return answer.enter if key in _ENTER and asked.can_take else None
