"""Every control says over it what it does, and which key does it; surfaces say it in the help."""

from datetime import datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QToolButton,
    QWidget,
)

from nnviz.messages.commands import Start
from nnviz.messages.events import DataMissing, Failure
from nnviz.views import VIEWS
from nnviz.window import questions
from nnviz.window.commands import COMMANDS
from tests.sampled import sampled
from tests.waiting import events_done
from tests.window.conftest import RECIPE

CONTROLS = (
    *(QAbstractButton, QAbstractSlider, QAbstractSpinBox),
    *(QComboBox, QLineEdit, QTabBar),
)
"""What is clicked, dragged or typed into."""
OF_QT = ("qt_", "ScrollLeftButton", "ScrollRightButton")
"""Beginnings of names of parts that Qt makes itself within a control, and never shows here."""
SAYS_IT_WHEN_SHOWN = ("remark", "shape")
"""Parts that stay hidden until there is something to say, and then have a tip of what that is."""


@pytest.fixture(scope="module")
def shared(stage_of_module):
    """A window with every panel open, each with its view."""
    window = stage_of_module.window(VIEWS, (1600, 900))
    window.show_snapshot(stage_of_module.snapshot(steps=6))
    for id in window.views:
        assert window.views[id] is not None
    for id, dock in window._docks.items():
        dock.show()
        assert not dock.isHidden(), id
    stage_of_module.qtbot.waitUntil(window.settled)
    events_done()
    return window


@pytest.fixture
def window(shared):
    """The window; every test finds it without a dialog."""
    yield shared
    shared.projector.close()
    for dialog in shared.findChildren(QDialog):
        dialog.close()


def names(widget):
    """The names of a widget and of what stands around it, from the inside."""
    found = []
    while widget is not None:
        found.append(widget.objectName() or type(widget).__name__)
        widget = widget.parentWidget()
    return found


def is_control(widget):
    """Tell whether somebody clicks, drags or types here; the field of a box is the box."""
    if not isinstance(widget, CONTROLS) or isinstance(widget, QScrollBar):
        return False
    if names(widget)[0].startswith(OF_QT):
        return False
    around = [widget, widget.parentWidget()]
    hidden = any(one.isHidden() for one in around)
    return not (hidden and any(one.objectName() in SAYS_IT_WHEN_SHOWN for one in around))


def is_sentence(line):
    """Tell whether a line says something: words, of which the first begins as one does."""
    return len(line.split()) > 1 and not line[0].islower()


def without_a_sentence(window):
    """The controls of a window that have no sentence over them."""
    wrong = []
    for widget in window.findChildren(QWidget):
        if is_control(widget):
            said = widget.toolTip()
            if not any(map(is_sentence, said.splitlines())):
                wrong.append(f"{type(widget).__name__} {said!r} in {' < '.join(names(widget)[:5])}")
    return wrong


def without_its_key(window):
    """The buttons of commands that do not name the key of the table."""
    wrong = []
    for button in window.findChildren(QToolButton):
        action = button.defaultAction()
        if action is not None and (command := COMMANDS.get(action.objectName())):
            keys = QKeySequence(command.shortcuts[0]) if command.shortcuts else QKeySequence()
            written = keys.toString(QKeySequence.SequenceFormat.NativeText)
            if written and not button.toolTip().endswith(f"[{written}]"):
                wrong.append(f"{command.id}: {button.toolTip()}")
    return wrong


def test_every_control_says_what_it_does_and_its_key(window):
    assert without_a_sentence(window) == []
    assert without_its_key(window) == []


OPENED = (
    *("help", "preferences", "about", "words", "glossary", "command_palette"),
    *("save_page", "arrange_pages", "start_page", "guide"),
)
"""Commands that open a dialog, a page or a guide."""


@pytest.mark.parametrize("id", OPENED)
def test_every_control_of_a_dialog_says_what_it_does(window, id):
    before = {*window.findChildren(QWidget)}
    window.actions_by_id[id].trigger()
    events_done()
    new = {*window.findChildren(QWidget)} - before
    assert any(widget.isVisible() for widget in new)
    assert without_a_sentence(window) == []


@pytest.mark.parametrize("covering", sampled([True, False], every=2))
def test_every_control_of_the_projector_says_what_it_does(window, covering):
    """With a second screen that is the presenter's panel, too; every page is turned to."""
    projector = window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=covering)
    projector.show_bar()
    for number in range(len(projector.pages)):
        projector.show_page(number)
        events_done()
    assert projector.stage.bar.isVisible()
    assert without_a_sentence(window) == []


def test_every_control_of_what_pops_up_says_what_it_does(window):
    window.first_minute.welcome(first=False)
    window.banner.suggest("There is something.", "Take it", lambda: None, "Help", lasts=True)
    window.edit_parameter(0)
    questions.tell_failure(window, Failure("It went wrong: do this.", "why"))
    questions.offer_recovery(window, datetime.now(), lambda _answer: None)
    questions.ask_for_data(window, DataMissing(Start(RECIPE), "/a/b.csv", "It is gone."), print)
    events_done()
    assert without_a_sentence(window) == []


def test_no_control_takes_keys_that_another_test_would_miss(window):
    """What takes the keys by Tab is a control, or a view's surface, which the help sheet tells."""
    surfaces = {
        id: [
            widget
            for widget in (view, *view.findChildren(QWidget))
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not is_control(widget)
        ]
        for id, view in window.views.items()
    }
    told = {spec.id for spec in VIEWS if spec.gestures}
    assert {id for id, found in surfaces.items() if found} <= told


def test_a_command_says_what_it_does_in_the_menu_too(window):
    for id, action in window.actions_by_id.items():
        assert len(action.toolTip().split()) > 1, id
        keys = COMMANDS[id].shortcuts
        if keys:
            assert "[" in action.toolTip(), id


@pytest.mark.parametrize("planted", ["", "go", "does something"])
def test_a_control_without_a_sentence_is_found(window, planted):
    button = QPushButton("do it", window)
    button.setToolTip(planted)
    assert len(without_a_sentence(window)) == 1
    button.setParent(None)


def test_a_key_of_another_table_is_found(window):
    button = window.toolbar.findChild(QToolButton, "play")
    usual = button.toolTip()
    button.setToolTip("Play.  [P]")
    assert without_its_key(window) == ["play: Play.  [P]"]
    button.setToolTip(usual)
