"""Ctrl+Q closes the program wherever the keyboard is, in a dialog, too."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog

from nnviz.messages.events import Failure
from nnviz.views import VIEWS
from nnviz.window import questions
from tests.waiting import events_done, until


def failure(window):
    questions.tell_failure(window, Failure("It went wrong: do this.", "why"))


def asked(window):
    say = window.said.append
    answers = [("Go on", lambda: say("on")), ("No", lambda: say("no"))]
    questions.ask(window, "asked", "Go on?", "More.", answers)


OPENED = {
    "help": lambda window: window.actions_by_id["help"].trigger(),
    "preferences": lambda window: window.actions_by_id["preferences"].trigger(),
    "about": lambda window: window.actions_by_id["about"].trigger(),
    "command_palette": lambda window: window.actions_by_id["command_palette"].trigger(),
    "failure": failure,
    "question": asked,
}
"""What is opened, and how."""


@pytest.mark.parametrize("on_stage", [False, True], ids=["desktop", "stage"])
@pytest.mark.parametrize("id", OPENED)
def test_it_closes_the_program_from_a_dialog(stage, id, on_stage):
    window = stage.window(VIEWS, (1280, 720))
    window.said = []
    if on_stage:
        window.projector.show_at(QRect(0, 0, 1280, 720), covering=True, full=False)
        events_done()
    OPENED[id](window)
    found = lambda: [one for one in window.findChildren(QDialog) if one.isVisible()]  # noqa: E731
    until(found)
    (dialog,) = found()
    dialog.activateWindow()
    until(lambda: QApplication.activeWindow() is dialog)
    target = QApplication.focusWidget() or dialog
    stage.qtbot.keyClick(target, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    until(lambda: not window.isVisible())
    assert not found()
    assert not window.projector.on
    assert window.said == (["no"] if id == "question" else [])
