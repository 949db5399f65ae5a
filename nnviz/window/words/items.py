"""The items of choices: what each is called, and nnviz's own text beside it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from nnviz.window.words.texts import is_verbatim
from nnviz.wording import said

_OWN, _OWN_TIP = 7_751, 7_752
"""Where items keep texts that are shown in other words."""
_TIP = Qt.ItemDataRole.ToolTipRole
_usual_text, _usual_set_text = QComboBox.itemText, QComboBox.setItemText
_usual_set_data = QComboBox.setItemData
Item = tuple[QComboBox, int, str, str]
"""A choice, the number of one of its items, that one's text and tooltip."""


def all_items() -> list[Item]:
    """Return every item of every choice, with its texts as nnviz has them."""
    boxes = [one for one in QApplication.allWidgets() if isinstance(one, QComboBox)]
    return [(box, i, text_of(box, i), _tip_of(box, i)) for box in boxes for i in range(box.count())]


def say_item(item: Item) -> None:
    """Show an item in the words that are chosen now."""
    box, number, own, tip = item
    _say_text(box, number, own)
    _say_tip(box, number, tip)


def adding(usual: Any) -> Any:
    """Return what takes the place of a method that adds items at the end."""
    return _listing(usual, lambda box: range(box.count() - 1, box.count()))


def listing(usual: Any) -> Any:
    """Return what takes the place of a method that changes items anywhere."""
    return _listing(usual, lambda box: range(box.count()))


def _listing(usual: Any, changed: Callable[[QComboBox], range]) -> Any:
    @wraps(usual)
    def add(box: QComboBox, *args: Any) -> None:
        usual(box, *args)
        for number in changed(box):
            _say_text(box, number, text_of(box, number))

    return add


def text_of(box: QComboBox, number: int) -> str:
    """Return the text of an item as nnviz has it."""
    shown, own = _usual_text(box, number), box.itemData(number, _OWN)
    return own if isinstance(own, str) and said(own) == shown else shown


def current_text(usual: Any) -> Any:
    """Return what takes the place of the method by which the present text is asked for."""

    @wraps(usual)
    def ask(box: QComboBox) -> str:
        shown, number = usual(box), box.currentIndex()
        listed = number >= 0 and _usual_text(box, number) == shown
        return text_of(box, number) if listed else shown

    return ask


def setting_data(usual: Any) -> Any:
    """Return what takes the place of the method that sets a tooltip, among other things."""

    @wraps(usual)
    def put(box: QComboBox, number: int, value: Any, role: int = Qt.ItemDataRole.UserRole) -> None:
        if role == _TIP and isinstance(value, str):
            _say_tip(box, number, value)
        else:
            usual(box, number, value, role)

    return put


def _tip_of(box: QComboBox, number: int) -> str:
    return str(box.itemData(number, _OWN_TIP) or box.itemData(number, _TIP) or "")


def _say_text(box: QComboBox, number: int, own: str) -> None:
    shown = own if is_verbatim(box) else said(own)
    if shown != own or box.itemData(number, _OWN) is not None:
        _usual_set_data(box, number, own if shown != own else None, _OWN)
    if shown != _usual_text(box, number):
        _usual_set_text(box, number, shown)


def _say_tip(box: QComboBox, number: int, own: str) -> None:
    shown = own if is_verbatim(box) else said(own)
    if shown != own or box.itemData(number, _OWN_TIP) is not None:
        _usual_set_data(box, number, own if shown != own else None, _OWN_TIP)
    if shown != (box.itemData(number, _TIP) or ""):
        _usual_set_data(box, number, shown, _TIP)
