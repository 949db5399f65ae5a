"""Keys of the stage: number keys turn to a page, and letters are made larger there alone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nnviz.messages.commands import Command as Message
from nnviz.window.actions import make_action
from nnviz.window.commands import COMMANDS

if TYPE_CHECKING:
    from nnviz.window.projector.projector import Projector

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
    stage: QWidget, projector: "Projector", send: Callable[[Message], None]
) -> None:
    """Give the stage its shortcuts."""
    for id, does in OWN.items():
        make_action(replace(COMMANDS[id], does=does), stage, send, projector)
    for number, digit in enumerate(DIGITS):
        action = QAction(f"Page {digit}", stage)
        action.setShortcut(QKeySequence(digit))
        action.triggered.connect(partial(_turn, projector, number))
        stage.addAction(action)


def _turn(projector: "Projector", number: int, _checked: bool = False) -> None:
    projector.show_page(number)
