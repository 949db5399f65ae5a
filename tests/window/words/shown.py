"""All that a window shows: texts of widgets and actions as Qt has them, and what is painted."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QLineEdit,
    QTableView,
    QWidget,
)

PROPERTIES = (
    *("text", "title", "windowTitle", "toolTip", "accessibleName", "accessibleDescription"),
    "placeholderText",
)


class Painted:
    """Remembers what is painted, below whatever rewrites it."""

    def __init__(self, monkeypatch):
        self.texts = []
        usual = QPainter.drawText

        def note(painter, *args):
            self.texts += [str(one) for one in args if isinstance(one, str)]
            return usual(painter, *args)

        monkeypatch.setattr(QPainter, "drawText", note)

    def of(self, widget):
        """What a widget paints now."""
        self.texts.clear()
        widget.grab()
        return {upright(text) for text in self.texts}


def upright(text):
    """A text with the italic letters of formulas as plain ones."""
    return "".join(
        unicodedata.normalize("NFKC", one) if "\U0001d400" <= one <= "\U0001d7ff" else one
        for one in text
    )


def texts_of(window):
    """Every text that the parts of a window have, with whose it is."""
    things = [window, *window.findChildren(QWidget), *window.findChildren(QAction)]
    for thing in things:
        if (
            thing.property("verbatim") or thing.window().property("verbatim")
            if isinstance(thing, QWidget)
            else False
        ):
            continue
        for name in PROPERTIES:
            if name == "text" and isinstance(thing, QLineEdit):
                continue
            text = thing.property(name)
            if isinstance(text, str) and text:
                yield text, f"{type(thing).__name__}.{name} {thing.objectName()}"
        if isinstance(thing, QComboBox):
            for number in range(thing.count()):
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    if isinstance(text := thing.itemData(number, role), str):
                        yield text, f"item of {thing.accessibleName() or thing.objectName()}"
        if isinstance(thing, QTableView) and thing.model() is not None:
            for column in range(thing.model().columnCount()):
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    text = thing.model().headerData(column, Qt.Orientation.Horizontal, role)
                    if isinstance(text, str):
                        yield text, f"head of {thing.objectName()}"
        if isinstance(thing, QGraphicsView) and thing.scene() is not None:
            for item in thing.scene().items():
                kinds = {QGraphicsSimpleTextItem: "text", QGraphicsTextItem: "toPlainText"}
                for kind, name in kinds.items():
                    if isinstance(item, kind):
                        get = getattr(kind, name)
                        yield getattr(get, "__wrapped__", get)(item), f"{kind.__name__}"
