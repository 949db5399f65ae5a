"""Texts of Qt's classes: by which methods each is set and asked for, and nnviz's own beside it.

What is shown in other words keeps nnviz's own text as a property, so that it can be asked back, and
said again in words that are chosen later.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from nnviz.dataclass import dataclass
from nnviz.wording import others_chosen, said, unmarked

W = TypeVar("W", bound=QObject)
_VERBATIM = "verbatim"
_ROLE = 7_701
"""Where items of lists and of drawings begin to keep texts, which they have no properties for."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a class of Qt: by which methods it is set and asked for."""

    owner: type
    set: str
    get: str


TEXTS = (
    Text(QLabel, "setText", "text"),
    Text(QAbstractButton, "setText", "text"),
    Text(QGroupBox, "setTitle", "title"),
    Text(QLineEdit, "setPlaceholderText", "placeholderText"),
    Text(QMessageBox, "setText", "text"),
    Text(QMessageBox, "setInformativeText", "informativeText"),
    Text(QAction, "setText", "text"),
    Text(QAction, "setToolTip", "toolTip"),
    Text(QMenu, "setTitle", "title"),
    Text(QWidget, "setWindowTitle", "windowTitle"),
    Text(QWidget, "setToolTip", "toolTip"),
    Text(QWidget, "setAccessibleName", "accessibleName"),
    Text(QWidget, "setAccessibleDescription", "accessibleDescription"),
    Text(QGraphicsSimpleTextItem, "setText", "text"),
    Text(QGraphicsTextItem, "setPlainText", "toPlainText"),
    Text(QGraphicsTextItem, "setHtml", "toHtml"),
    Text(QListWidgetItem, "setToolTip", "toolTip"),
    Text(QTableWidgetItem, "setText", "text"),
    Text(QTableWidgetItem, "setToolTip", "toolTip"),
)
"""Copies that Qt makes of a text stand before what they are copied from."""


def verbatim(widget: W) -> W:
    """Return a widget whose texts are shown as they are: they speak of words themselves."""
    widget.setProperty(_VERBATIM, True)
    return widget


def is_verbatim(thing: Any) -> bool:
    """Tell whether texts of a widget are shown as they are."""
    return isinstance(thing, QObject) and bool(thing.property(_VERBATIM))


def setting(text: Text, usual: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
    """Return what takes the place of the method that sets a text."""

    @wraps(usual)
    def put(thing: Any, own: str) -> None:
        shown = unmarked(own) if is_verbatim(thing) else said(own)
        _keep(text, thing, str(own) if shown != own else None)
        usual(thing, shown)

    return put


def getting(text: Text, usual: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return what takes the place of the method by which a text is asked for."""

    @wraps(usual)
    def ask(thing: Any) -> str:
        shown, own = usual(thing), _kept(text, thing)
        return own if own is not None and said(own) == shown else shown

    return ask


def own(text: Text, thing: Any) -> str:
    """Return a text as nnviz has it."""
    return str(getattr(text.owner, text.get)(thing))


def say(text: Text, thing: Any, own: str) -> None:
    """Show a text, as nnviz has it, in the words that are chosen now."""
    with _quiet(thing):
        getattr(text.owner, text.set)(thing, own if others_chosen() else unmarked(own))


@contextmanager
def _quiet(thing: Any) -> Iterator[None]:
    """Let the list or table that an item stands in not tell that it has changed."""
    holder: QWidget | None = None
    if isinstance(thing, QListWidgetItem):
        holder = thing.listWidget()
    elif isinstance(thing, QTableWidgetItem):
        holder = thing.tableWidget()
    if holder is None:
        yield
        return
    before = holder.blockSignals(True)
    yield
    holder.blockSignals(before)


def all_texts() -> Iterator[tuple[Text, Any]]:
    """Yield every text there is that is not empty, copies first."""
    widgets = QApplication.allWidgets()
    actions = {a for widget in widgets for a in (*widget.findChildren(QAction), *widget.actions())}
    items = [item for widget in widgets for item in _items_of(widget)]
    for text in TEXTS:
        for thing in (*widgets, *actions, *items):
            if isinstance(thing, text.owner) and not _is_copy(text, thing) and own(text, thing):
                yield text, thing


def _items_of(widget: QWidget) -> Iterable[Any]:
    """Yield what a widget shows that is no widget."""
    if isinstance(widget, QGraphicsView) and widget.scene() is not None:
        yield from widget.scene().items()
    elif isinstance(widget, QListWidget):
        yield from (widget.item(row) for row in range(widget.count()))
    elif isinstance(widget, QTableWidget):
        columns = range(widget.columnCount())
        heads = [widget.horizontalHeaderItem(column) for column in columns]
        cells = [widget.item(row, at) for row in range(widget.rowCount()) for at in columns]
        yield from (item for item in (*heads, *cells) if item is not None)


def _is_copy(text: Text, thing: Any) -> bool:
    """Tell whether a text comes of another one: Qt makes it, or it is the same in another form."""
    if isinstance(thing, QToolButton) and thing.defaultAction() is not None:
        return text.get in ("text", "toolTip")
    if isinstance(thing, QGraphicsTextItem):
        return text.get == "toPlainText"
    if not isinstance(thing, QAction):
        return False
    shown, tip = thing.property("text"), thing.property("toolTip")
    of_text = shown.replace("&", "").removesuffix("...")
    return thing.menu() is not None or (text.get == "toolTip" and tip == of_text)


def _has_properties(thing: Any) -> bool:
    return isinstance(thing, QWidget | QAction)


def _kept(text: Text, thing: Any) -> str | None:
    if _has_properties(thing):
        return thing.property(f"own_{text.get}") or None
    return thing.data(_ROLE + TEXTS.index(text)) or None


def _keep(text: Text, thing: Any, own: str | None) -> None:
    if own is None and _kept(text, thing) is None:
        return
    if _has_properties(thing):
        thing.setProperty(f"own_{text.get}", own)
    else:
        with _quiet(thing):
            thing.setData(_ROLE + TEXTS.index(text), own)
