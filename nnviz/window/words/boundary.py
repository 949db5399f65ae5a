"""The boundary to Qt: all text that is handed to it is shown in the words that are chosen.

While another book's words are chosen, every method by which Qt takes a text to show, or measures
one, passes it through `said` first; what is asked back is the text as nnviz has it, so nothing
depends on the choice. With nnviz's own words Qt's methods are untouched.

A few texts reach Qt by no such method: a model of a table says them when it is asked, and calls
`said` itself; so does the typesetting of formulas, whose signs are no texts yet.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QFormLayout,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QToolButton,
    QToolTip,
    QWidget,
)

from nnviz.dataclass import dataclass
from nnviz.wording import Choice, Said, choose, said

W = TypeVar("W", bound=QObject)
_VERBATIM = "verbatim"
ROLE, TIP_ROLE = 7_701, 7_702
"""Where the items of lists and of drawings keep texts that are shown in other words."""
_TIP = Qt.ItemDataRole.ToolTipRole


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a class of Qt: by which methods it is set and asked for."""

    owner: type
    set: str
    get: str


TEXTS = (
    _Text(QLabel, "setText", "text"),
    _Text(QAbstractButton, "setText", "text"),
    _Text(QGroupBox, "setTitle", "title"),
    _Text(QLineEdit, "setPlaceholderText", "placeholderText"),
    _Text(QMessageBox, "setText", "text"),
    _Text(QMessageBox, "setInformativeText", "informativeText"),
    _Text(QAction, "setText", "text"),
    _Text(QAction, "setToolTip", "toolTip"),
    _Text(QMenu, "setTitle", "title"),
    _Text(QWidget, "setWindowTitle", "windowTitle"),
    _Text(QWidget, "setToolTip", "toolTip"),
    _Text(QWidget, "setAccessibleName", "accessibleName"),
    _Text(QWidget, "setAccessibleDescription", "accessibleDescription"),
    _Text(QGraphicsSimpleTextItem, "setText", "text"),
    _Text(QGraphicsTextItem, "setPlainText", "toPlainText"),
    _Text(QGraphicsTextItem, "setHtml", "toHtml"),
    _Text(QListWidgetItem, "setToolTip", "toolTip"),
)
"""Copies that Qt makes of a text stand before what they are copied from."""
MADE_WITH_TEXT = (
    *(QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton, QGroupBox),
    *(QAction, QMenu, QDockWidget, QMessageBox),
)
"""What can be given a text where it is made."""
MEASURES = ("horizontalAdvance", "boundingRect", "tightBoundingRect", "size")


class Boundary:
    """Stands between nnviz and Qt while other words are chosen."""

    def __init__(self) -> None:
        """Begin open: Qt takes every text as it is."""
        self._usual: list[tuple[type, str, Any]] = []

    @property
    def closed(self) -> bool:
        """Whether texts are rewritten as they pass."""
        return bool(self._usual)

    def close(self) -> None:
        """Rewrite every text that passes from now on."""
        if self.closed:
            return
        for text in TEXTS:
            self._pass(text)
        for made in MADE_WITH_TEXT:
            self._replace(made, "__init__", self._making)
        for metrics in (QFontMetrics, QFontMetricsF):
            for name in MEASURES:
                self._replace(metrics, name, _rewriting)
            self._replace(metrics, "elidedText", _eliding)
        self._replace(QPainter, "drawText", _rewriting)
        self._replace(QPainter, "boundingRect", _rewriting)
        self._replace(QToolTip, "showText", lambda usual: staticmethod(_rewriting(usual)))
        for name in ("addItem", "insertItem", "addItems", "setItemText"):
            self._replace(QComboBox, name, self._listing)
        self._replace(QComboBox, "itemText", lambda usual: _item_text)
        self._replace(QComboBox, "currentText", _current_text)
        self._replace(QComboBox, "setItemData", _item_data)
        for adding, to in (("addAction", QMenu), ("addAction", QWidget), ("addMenu", QMenu)):
            self._replace(to, adding, self._adding)
        self._replace(QMenuBar, "addMenu", self._adding)
        self._replace(QFormLayout, "addRow", self._rowing)

    def open(self) -> None:
        """Let Qt take every text as it is again."""
        for owner, name, usual in reversed(self._usual):
            setattr(owner, name, usual)
        self._usual.clear()

    # -- what takes the place of Qt's methods -----------------------------------------------------

    def _replace(self, owner: type, name: str, by: Callable[[Any], Any]) -> None:
        usual = getattr(owner, name)
        self._usual.append((owner, name, usual))
        setattr(owner, name, by(usual))

    def _pass(self, text: _Text) -> None:
        usual_set, usual_get = getattr(text.owner, text.set), getattr(text.owner, text.get)
        self._replace(text.owner, text.set, lambda _: _setting(text, usual_set))
        self._replace(text.owner, text.get, lambda _: _getting(text, usual_get))

    def _making(self, usual: Any) -> Any:
        @wraps(usual)
        def make(thing: Any, *args: Any, **named: Any) -> None:
            usual(thing, *args, **named)
            if any(isinstance(one, str) for one in (*args, *named.values())):
                for text in TEXTS:
                    if isinstance(thing, text.owner):
                        _say_again(text, thing)

        return make

    def _adding(self, usual: Any) -> Any:
        @wraps(usual)
        def add(to: Any, *args: Any, **named: Any) -> Any:
            made = usual(to, *args, **named)
            if any(isinstance(one, str) for one in args):
                for text in TEXTS:
                    if isinstance(made, text.owner):
                        _say_again(text, made)
            return made

        return add

    def _rowing(self, usual: Any) -> Any:
        @wraps(usual)
        def add(layout: QFormLayout, *args: Any) -> None:
            usual(layout, *args)
            for field in args[1:]:
                label = layout.labelForField(field)
                if isinstance(label, QLabel):
                    label.setText(label.text())

        return add

    def _listing(self, usual: Any) -> Any:
        adding = usual if usual.__name__.startswith("add") else None  # at the end

        @wraps(usual)
        def add(box: QComboBox, *args: Any) -> None:
            before = box.count()
            usual(box, *args)
            for number in range(before if usual is adding else 0, box.count()):
                _say_item(box, number, _item_text(box, number))

        return add


BOUNDARY = Boundary()
"""The only one: Qt's methods are the whole process's."""


def show_in(choice: Choice) -> None:
    """Show all that is on screen, and all that comes, in the words that are chosen."""
    shown = Shown([(text, thing, _own(text, thing)) for text, thing in _all()], _combos())
    choose(choice)
    if choice.wished:
        BOUNDARY.close()
    shown.say()
    if not choice.wished:
        BOUNDARY.open()


def verbatim(widget: W) -> W:
    """Return a widget whose texts are shown as they are: they speak of words themselves."""
    widget.setProperty(_VERBATIM, True)
    return widget


class Shown:
    """Texts as nnviz has them, to be shown again in other words."""

    def __init__(
        self, texts: list[tuple[_Text, Any, str]], items: list[tuple[QComboBox, int, str, str]]
    ) -> None:
        self._texts, self._items = texts, items

    def say(self) -> None:
        """Show them in the words that are chosen now."""
        for text, thing, own in self._texts:
            if _lives(thing):
                getattr(text.owner, text.set)(thing, own)
        for box, number, own, tip in self._items:
            if _lives(box):
                _say_item(box, number, own)
                _say_tip(box, number, tip)
                box.updateGeometry()


def _lives(thing: Any) -> bool:
    return bool(shiboken6.isValid(thing))


def _all() -> Iterator[tuple[_Text, Any]]:
    """Yield every text there is that is not empty, copies first."""
    widgets = QApplication.allWidgets()
    actions = {a for widget in widgets for a in (*widget.findChildren(QAction), *widget.actions())}
    items = [
        item
        for widget in widgets
        if isinstance(widget, QGraphicsView) and widget.scene() is not None
        for item in widget.scene().items()
    ]
    for text in TEXTS:
        for thing in (*widgets, *actions, *items):
            if isinstance(thing, text.owner) and not _is_copy(text, thing) and _own(text, thing):
                yield text, thing


def _is_copy(text: _Text, thing: Any) -> bool:
    """Tell whether Qt itself makes this text of another one."""
    if isinstance(thing, QToolButton) and thing.defaultAction() is not None:
        return text.get in ("text", "toolTip")
    if not isinstance(thing, QAction):
        return False
    shown, tip = thing.property("text"), thing.property("toolTip")
    of_text = shown.replace("&", "").removesuffix("...")
    return thing.menu() is not None or (text.get == "toolTip" and tip == of_text)


def _combos() -> list[tuple[QComboBox, int, str, str]]:
    boxes = [one for one in QApplication.allWidgets() if isinstance(one, QComboBox)]
    return [
        (box, i, _item_text(box, i), _item_tip(box, i)) for box in boxes for i in range(box.count())
    ]


# -- texts and where nnviz's own are kept beside them ----------------------------------------------


def _key(text: _Text) -> str:
    return f"own_{text.get}"


def _kept(text: _Text, thing: Any) -> str | None:
    if isinstance(thing, QObject) and not isinstance(thing, QGraphicsTextItem):
        return thing.property(_key(text)) or None
    return thing.data(ROLE) or None


def _keep(text: _Text, thing: Any, own: str | None) -> None:
    if isinstance(thing, QObject) and not isinstance(thing, QGraphicsTextItem):
        if own is not None or thing.property(_key(text)):
            thing.setProperty(_key(text), own)
    elif own is not None or thing.data(ROLE):
        thing.setData(ROLE, own)


def _setting(text: _Text, usual: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    @wraps(usual)
    def put(thing: Any, own: str) -> None:
        shown = own if _is_verbatim(thing) else said(own)
        _keep(text, thing, str(own) if shown != own else None)
        usual(thing, shown)

    return put


def _getting(text: _Text, usual: Callable[[Any], str]) -> Callable[[Any], str]:
    @wraps(usual)
    def ask(thing: Any) -> str:
        shown, own = usual(thing), _kept(text, thing)
        return own if own is not None and said(own) == shown else shown

    return ask


def _is_verbatim(thing: Any) -> bool:
    return isinstance(thing, QObject) and bool(thing.property(_VERBATIM))


def _own(text: _Text, thing: Any) -> str:
    return str(getattr(text.owner, text.get)(thing))


def _say_again(text: _Text, thing: Any) -> None:
    if own := _own(text, thing):
        getattr(text.owner, text.set)(thing, own)


# -- methods of classes without a memory of their own ----------------------------------------------


def _rewriting(usual: Any) -> Any:
    @wraps(usual)
    def call(*args: Any, **named: Any) -> Any:
        return usual(*(said(one) if isinstance(one, str) else one for one in args), **named)

    return call


def _eliding(usual: Any) -> Any:
    @wraps(usual)
    def elide(metrics: Any, text: str, *args: Any) -> str:
        return Said(usual(metrics, said(text), *args))

    return elide


_plain_item_text = QComboBox.itemText
_plain_set_item_text = QComboBox.setItemText
_plain_set_item_data = QComboBox.setItemData


def _item_text(box: QComboBox, number: int) -> str:
    shown, own = _plain_item_text(box, number), box.itemData(number, ROLE)
    return own if isinstance(own, str) and said(own) == shown else shown


def _item_tip(box: QComboBox, number: int) -> str:
    return str(box.itemData(number, TIP_ROLE) or box.itemData(number, _TIP) or "")


def _say_tip(box: QComboBox, number: int, own: str) -> None:
    shown = own if _is_verbatim(box) else said(own)
    if own and shown != box.itemData(number, _TIP):
        _plain_set_item_data(box, number, shown, _TIP)
    if own and (shown != own or box.itemData(number, TIP_ROLE)):
        _plain_set_item_data(box, number, own if shown != own else None, TIP_ROLE)


def _current_text(usual: Any) -> Any:
    @wraps(usual)
    def ask(box: QComboBox) -> str:
        shown, number = usual(box), box.currentIndex()
        listed = number >= 0 and _plain_item_text(box, number) == shown
        return _item_text(box, number) if listed else shown

    return ask


def _say_item(box: QComboBox, number: int, own: str) -> None:
    shown = own if _is_verbatim(box) else said(own)
    if shown != own or box.itemData(number, ROLE) is not None:
        _plain_set_item_data(box, number, own if shown != own else None, ROLE)
    if shown != _plain_item_text(box, number):
        _plain_set_item_text(box, number, shown)


def _item_data(usual: Any) -> Any:
    @wraps(usual)
    def put(box: QComboBox, number: int, value: Any, role: int = Qt.ItemDataRole.UserRole) -> None:
        if role == _TIP and isinstance(value, str):
            _say_tip(box, number, value)
        else:
            usual(box, number, value, role)

    return put
