"""Keys of the stage: number keys turn to a page, and letters are made larger there alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nnviz.messages.command import Command as Message
from nnviz.window.actions import make_action
from nnviz.window.commands import COMMANDS
from nnviz.window.projector.pages import Page

DIGITS = "1234567890"
"""Keys of the built-in pages, in their order; with Alt those of a teacher's own."""
OWN = {
    "theme": "next_theme",
    "larger": "larger",
    "smaller": "smaller",
    "usual_size": "usual_size",
    "menu_bar": "show_bar",
    "save_page": "save_page",
}
"""Commands that do on the stage what they do on the desktop, and which method does it."""


def key_of(number: int, pages: Sequence[Page], is_own: Callable[[Page], bool]) -> str:
    """Return the key of a page by its place; "" where it has none."""
    own = is_own(pages[number])
    place = sum(is_own(page) == own for page in pages[:number])
    if place >= len(DIGITS):
        return ""
    return f"Alt+{DIGITS[place]}" if own else DIGITS[place]


def add_stage_actions(
    stage: QWidget,
    owner: QObject,
    press: Callable[[str], None],
    send: Callable[[Message], None],
) -> None:
    """Give the stage its shortcuts.

    The methods named in `OWN` are its owner's; `press` is called with the key of a page.
    """
    for id, does in OWN.items():
        make_action(replace(COMMANDS[id], does=does), stage, send, owner)
    for key in (*DIGITS, *(f"Alt+{digit}" for digit in DIGITS)):
        action = QAction(f"Page {key}", stage)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(partial(_press, press, key))
        stage.addAction(action)


def _press(press: Callable[[str], None], key: str, _checked: bool = False) -> None:
    press(key)
