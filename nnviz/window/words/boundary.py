"""The boundary to Qt: all text that is handed to it is shown in the words that are chosen.

While another book's words are chosen, every method by which Qt takes a text to show, or measures
one, passes it through `said` first; what is asked back is the text as nnviz has it, so nothing
depends on the choice. With nnviz's own words Qt's methods are untouched.

A few texts reach Qt by no such method: a model of a table says them when it is asked, and calls
`said` itself; so does the typesetting of formulas, whose signs are no texts yet.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import shiboken6
from PySide6.QtGui import QAction, QClipboard, QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDockWidget,
    QFormLayout,
    QGroupBox,
    QLabel,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTableWidgetItem,
    QToolButton,
    QToolTip,
    QWidget,
)

from nnviz.window.words import items
from nnviz.window.words.texts import TEXTS, all_texts, getting, own, say, setting
from nnviz.wording import Choice, Said, choose, said, unmarked

MADE_WITH_TEXT = (
    *(QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton, QGroupBox),
    *(QAction, QMenu, QDockWidget, QMessageBox, QTableWidgetItem),
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
            usual_set, usual_get = getattr(text.owner, text.set), getattr(text.owner, text.get)
            self._put(text.owner, text.set, setting(text, usual_set))
            self._put(text.owner, text.get, getting(text, usual_get))
        for made in MADE_WITH_TEXT:
            self._replace(made, "__init__", _making)
        for metrics in (QFontMetrics, QFontMetricsF):
            for name in MEASURES:
                self._replace(metrics, name, _rewriting)
            self._replace(metrics, "elidedText", _eliding)
        self._replace(QPainter, "drawText", _rewriting)
        self._replace(QPainter, "boundingRect", _rewriting)
        self._replace(QClipboard, "setText", _copying)
        self._replace(QToolTip, "showText", lambda usual: staticmethod(_rewriting(usual)))
        for name in ("setTabText", "setTabToolTip"):
            self._replace(QTabBar, name, _rewriting)
        self._replace(QComboBox, "addItem", items.adding)
        for name in ("addItems", "insertItem", "insertItems", "setItemText"):
            self._replace(QComboBox, name, items.listing)
        self._put(QComboBox, "itemText", items.text_of)
        self._replace(QComboBox, "currentText", items.current_text)
        self._replace(QComboBox, "setItemData", items.setting_data)
        makers: tuple[tuple[type, str], ...] = (
            *((QWidget, "addAction"), (QMenu, "addAction")),
            *((QMenu, "addMenu"), (QMenuBar, "addMenu")),
        )
        for maker, name in makers:
            self._replace(maker, name, _adding)
        self._replace(QFormLayout, "addRow", _rowing)

    def open(self) -> None:
        """Let Qt take every text as it is again."""
        for owner, name, usual in reversed(self._usual):
            setattr(owner, name, usual)
        self._usual.clear()

    def _replace(self, owner: type, name: str, by: Callable[[Any], Any]) -> None:
        self._put(owner, name, by(getattr(owner, name)))

    def _put(self, owner: type, name: str, method: Any) -> None:
        self._usual.append((owner, name, getattr(owner, name)))
        setattr(owner, name, method)


BOUNDARY = Boundary()
"""The only one: Qt's methods are the whole process's."""


def show_in(choice: Choice) -> None:
    """Show all that is on screen, and all that comes, in the words that are chosen."""
    texts = [(text, thing, own(text, thing)) for text, thing in all_texts()]
    listed = items.all_items()
    choose(choice)
    if choice.wished:
        BOUNDARY.close()
    for text, thing, words in texts:
        if shiboken6.isValid(thing):
            say(text, thing, words)
    for item in listed:
        if shiboken6.isValid(item[0]):
            items.say_item(item)
            item[0].updateGeometry()
    if not choice.wished:
        BOUNDARY.open()


# -- what takes the place of methods that know no memory -------------------------------------------


def _rewriting(usual: Any) -> Any:
    """For a method that shows or measures a text."""

    @wraps(usual)
    def call(*args: Any, **named: Any) -> Any:
        return usual(*(said(one) if isinstance(one, str) else one for one in args), **named)

    return call


def _copying(usual: Any) -> Any:
    """For the method that copies a text, which is copied as nnviz has it."""

    @wraps(usual)
    def copy(clipboard: Any, text: str, *args: Any) -> None:
        usual(clipboard, unmarked(text), *args)

    return copy


def _eliding(usual: Any) -> Any:
    @wraps(usual)
    def elide(metrics: Any, text: str, *args: Any) -> str:
        return Said(usual(metrics, said(text), *args))

    return elide


def _making(usual: Any) -> Any:
    """For a constructor: what it was given is said once it is there."""

    @wraps(usual)
    def make(thing: Any, *args: Any, **named: Any) -> None:
        usual(thing, *args, **named)
        if given := [one for one in (*args, *named.values()) if isinstance(one, str)]:
            _say_all(thing, given)

    return make


def _adding(usual: Any) -> Any:
    """For a method that makes an entry of a menu."""

    @wraps(usual)
    def add(to: Any, *args: Any, **named: Any) -> Any:
        made = usual(to, *args, **named)
        if given := [one for one in args if isinstance(one, str)]:
            _say_all(made, given)
        return made

    return add


def _rowing(usual: Any) -> Any:
    """For the method that makes a row of a form, with a label of its own."""

    @wraps(usual)
    def add(layout: QFormLayout, *args: Any) -> None:
        usual(layout, *args)
        for field in args[1:]:
            label = layout.labelForField(field)
            if isinstance(label, QLabel):
                label.setText(label.text())

    return add


def _say_all(thing: Any, given: Sequence[str]) -> None:
    """Say what a thing was made with: as it was given, for that may be a sign or said already."""
    for text in TEXTS:
        if isinstance(thing, text.owner) and (words := own(text, thing)):
            say(text, thing, next((one for one in given if one == words), words))
