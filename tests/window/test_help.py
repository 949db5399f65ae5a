"""The help sheet: by task, with every command and gesture once, and a line that finds them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from nnviz.views import VIEWS
from nnviz.window.commands import COMMANDS, MENUS
from nnviz.window.help import HelpSheet
from nnviz.window.help.contents import TASKS, Row, Section, contents, found


def test_every_command_stands_under_one_task():
    rows = [row for section in contents(COMMANDS, ()) for row in section.rows]
    for command in COMMANDS.values():
        same = [row for row in rows if (row.name, row.tip) == _said(command)]
        assert len(same) == 1, command.id
    assert set(TASKS) == set(MENUS)


def _said(command):
    return command.name or command.text, command.tip


def test_tasks_are_in_the_order_of_what_one_does_first():
    titles = [section.title for section in contents(COMMANDS, VIEWS)]
    assert titles[:3] == ["Play and step", "Look closer", "Change something"]
    assert titles[-1] == "Symbols"
    assert "In the panel “Network”" in titles


def test_every_panel_says_what_pointer_and_keys_do_in_it():
    for spec in VIEWS:
        assert spec.gestures, spec.id
        for gesture, does in spec.gestures:
            assert gesture
            assert does.endswith((".", "?")), (spec.id, does)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", [True, True]),
        ("weight", [True, False]),
        ("CTRL+Z", [False, True]),
        ("task x", [False] * 2),
    ],
)
def test_all_words_that_are_typed_have_to_be_there(typed, shown):
    section = Section(
        "A task", (Row("Drag", "", "Changes its weight."), Row("Undo", "Ctrl+Z", "Takes back."))
    )
    assert found(section, typed) == shown


@pytest.fixture
def sheet(stage):
    stage.window(VIEWS, (1280, 720))
    stage.press(Qt.Key.Key_F1)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HelpSheet))
    return QApplication.activeWindow()


def seen(sheet):
    return {label.text() for label in sheet.findChildren(QLabel) if label.isVisible()}


def test_what_is_typed_leaves_only_what_says_it(stage, sheet):
    assert {"Play and step", "Undo", "Symbols"} <= seen(sheet)
    stage.qtbot.keyClicks(QApplication.focusWidget(), "take back")
    assert "Undo" in seen(sheet)
    assert "Change something" in seen(sheet)
    assert not {"Play and step", "Save session"} & seen(sheet)
    stage.press(Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.search.clear()
    stage.qtbot.keyClicks(sheet.search, "qqq")
    assert any(text.startswith("Nothing here") for text in seen(sheet))
    stage.press(Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), HelpSheet))


def test_gestures_of_a_panel_are_found_by_its_name(stage, sheet):
    sheet.search.insert("race of the optimisers")
    assert "In the panel “Race of the optimisers”" in seen(sheet)
    assert "Click a place" in seen(sheet)
    assert "Undo" not in seen(sheet)
