"""Keys of the stage: number keys turn to a page, and letters are made larger there alone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nnviz.messages.commands import Command as Message
from nnviz.window.actions import make_action
from nnviz.window.commands import COMMANDS

DIGITS = "1234567890"
"""Keys of the pages, in their order."""
OWN = {
    "theme": "next_theme",
    "larger": "larger",
    "smaller": "smaller",
    "usual_size": "usual_size",
}
"""Commands that do on the stage what they do on the desktop, and which method does it."""


def add_stage_actions(
    stage: QWidget,
    owner: QObject,
    show_page: Callable[[int], None],
    send: Callable[[Message], None],
) -> None:
    """Give the stage its shortcuts; the methods named in `OWN` are its owner's."""
    for id, does in OWN.items():
        make_action(replace(COMMANDS[id], does=does), stage, send, owner)
    for number, digit in enumerate(DIGITS):
        action = QAction(f"Page {digit}", stage)
        action.setShortcut(QKeySequence(digit))
        action.triggered.connect(partial(_turn, show_page, number))
        stage.addAction(action)


def _turn(show_page: Callable[[int], None], number: int, _checked: bool = False) -> None:
    show_page(number)
