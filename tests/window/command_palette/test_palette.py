"""The command palette in the window: every action, panel, example, data set and field by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from nnviz.engine.recipe import settings
from nnviz.lessons import EXAMPLES
from nnviz.messages import commands
from nnviz.views import VIEWS
from nnviz.window.command_palette import Entry
from nnviz.window.command_palette.dialog import PaletteDialog
from nnviz.window.commands import COMMANDS
from tests.waiting import events_done

CTRL = Qt.KeyboardModifier.ControlModifier


SIZE = (1280, 720)


@pytest.fixture
def window(stage):
    window = stage.window(VIEWS, SIZE)
    window.show_snapshot(stage.snapshot(steps=8))
    return window


@pytest.fixture(scope="module")
def kept(stage_of_module):
    """The window of all tests that do nothing in it but by the palette, and that undo nothing."""
    window = stage_of_module.window(VIEWS, SIZE)
    window.show_snapshot(stage_of_module.snapshot(steps=8))
    return stage_of_module, window


@pytest.fixture
def on_stage(kept):
    """The stage and its window, with the keys and without a palette, before and after."""
    stage, window = kept
    stage.sent.clear()
    window.activateWindow()
    stage.qtbot.waitUntil(window.isActiveWindow)
    yield stage, window
    for dialog in window.findChildren(PaletteDialog):
        dialog.close()
    closed(stage, window)
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()


def opened(stage, window):
    """Open the palette by its key; it has the keys then."""
    stage.press(Qt.Key.Key_K, CTRL)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PaletteDialog))
    dialog = QApplication.activeWindow()
    stage.qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def closed(stage, window):
    stage.qtbot.waitUntil(lambda: not window.findChildren(PaletteDialog))
    stage.qtbot.waitUntil(window.isActiveWindow)
    events_done()


def titles(dialog):
    return [entry.title for entry in dialog.entries()]


def do(stage, window, typed):
    """Type, and let Enter do the first that is meant."""
    dialog = opened(stage, window)
    dialog.field.insert(typed)
    stage.press(Qt.Key.Key_Return)
    closed(stage, window)


def test_it_lists_all_there_is(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    ids = {entry.id for entry in dialog.entries()}
    assert {f"action:{id}" for id in COMMANDS} - ids == {"action:command_palette"}
    assert {f"panel:{spec.id}" for spec in VIEWS} <= ids
    assert {f"field:{name}" for name, one in settings().items() if one.typed} - ids == {
        "field:dataset"
    }
    assert {f"Example:{one.title}" for one in EXAMPLES.values()} <= ids
    assert {"Data:XOR", "Data:Spiral", "Data:Train on with ▸ XOR"} <= ids
    assert len(ids) == len(dialog.entries())
    assert all(entry.title and entry.said for entry in dialog.entries() if entry.kind != "Data")


def test_an_entry_says_its_keys(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    said = {entry.id: entry for entry in dialog.entries()}
    assert said["action:play"].keys == "Space"
    assert said["action:play"].tip == COMMANDS["play"].tip


def test_enter_does_what_is_meant_and_it_comes_first_next_time(stage, window):
    stage.sent.clear()
    do(stage, window, "epoch back")
    stage.qtbot.waitUntil(lambda: commands.StepBack(epoch=True) in stage.sent)
    assert titles(opened(stage, window))[0] == "Epoch back"
    stage.press(Qt.Key.Key_Escape)
    closed(stage, window)
    window.close()
    again = stage.window(VIEWS, (1280, 720))
    assert titles(opened(stage, again))[0] == "Epoch back"


def test_arrows_choose_and_go_round(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    second, last = dialog.entries()[1], dialog.entries()[-1]
    stage.press(Qt.Key.Key_Down)
    assert dialog.current() is second
    stage.press(Qt.Key.Key_Up)
    stage.press(Qt.Key.Key_Up)
    assert dialog.current() is last
    stage.press(Qt.Key.Key_PageUp)
    assert dialog.current() not in (last, second)
    assert dialog.field.hasFocus()


def test_a_click_does_it(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    dialog.field.insert("faster")
    window.toolbar.slider.setValue(3)
    row = dialog.list.visualRect(dialog.list.currentIndex()).center()
    stage.qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    stage.qtbot.waitUntil(lambda: window.toolbar.slider.value() == 4)


def test_what_is_refused_says_why_and_is_not_done(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    dialog.field.insert("undo")
    assert dialog.current().said == "Not now. There is nothing to undo."
    stage.press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.field.clear()
    assert all(one.refusal.endswith(".") for one in dialog.entries() if one.refusal)
    dialog.field.insert("momentum")
    assert "Choose momentum or Nesterov first" in dialog.current().said


def test_nothing_that_is_meant_says_so(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    dialog.field.insert("qqq")
    assert dialog.current() is None
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.list.isVisible()


def test_a_panel_that_is_closed_is_shown_and_has_the_keys(stage, window):
    do(stage, window, "parameters")
    stage.qtbot.waitUntil(lambda: window.views["parameters"].in_sight())
    focused = QApplication.focusWidget()
    assert window.views["parameters"].isAncestorOf(focused)
    do(stage, window, "close parameters")
    stage.qtbot.waitUntil(window.dock("parameters").isHidden)


def test_the_recipe_s_field_is_typed_over(on_stage):
    stage, window = on_stage
    do(stage, window, "eta")
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    assert QApplication.focusWidget().objectName() == "learning_rate"
    assert QApplication.focusWidget().hasSelectedText()


def test_a_value_behind_a_field_s_name_is_set(stage, window):
    stage.sent.clear()
    do(stage, window, "η 0.125")
    stage.qtbot.waitUntil(lambda: commands.MakeEdit("learning_rate", 0.125) in stage.sent)
    do(stage, window, "cost cross")
    stage.qtbot.waitUntil(lambda: any(isinstance(one, commands.Start) for one in stage.sent))
    assert stage.sent[-1].recipe.cost == "cross_entropy"


def test_a_value_that_cannot_be_is_refused(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    dialog.field.insert("learning rate = -1")
    assert dialog.current().title == "Set learning rate η to −1"
    assert dialog.current().refusal.startswith("The learning rate must be")
    dialog.field.clear()
    dialog.field.insert("learning rate 1/4")
    assert (dialog.current().title, dialog.current().refusal) == (
        "Set learning rate η to 0.25",
        "",
    )
    dialog.field.clear()
    dialog.field.insert("train on")
    assert dialog.current().kind == "Data"


def test_a_step_is_gone_to(on_stage):
    stage, window = on_stage
    stage.sent.clear()
    do(stage, window, "step 3")
    stage.qtbot.waitUntil(lambda: commands.GoTo(3) in stage.sent)
    dialog = opened(stage, window)
    dialog.field.insert("go to 900")
    assert dialog.current().refusal == "Trained so far: 8 steps."


def test_it_leaves_by_escape_by_its_key_and_where_another_window_is_gone_to(on_stage):
    stage, window = on_stage
    for key, modifier in ((Qt.Key.Key_Escape, None), (Qt.Key.Key_K, CTRL)):
        opened(stage, window)
        stage.press(key, modifier)
        closed(stage, window)
    opened(stage, window)
    window.activateWindow()
    closed(stage, window)


def test_keys_of_the_run_are_not_pressed_while_it_is_open(on_stage):
    stage, window = on_stage
    dialog = opened(stage, window)
    stage.sent.clear()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_3):
        stage.press(key)
    assert stage.sent == []
    assert dialog.field.text() == " 3" or dialog.field.text() == "3 "


def test_it_opens_where_a_panel_floats_and_gives_the_keys_back(stage, window):
    dock = window.dock("cost")
    dock.setFloating(True)
    dock.activateWindow()
    stage.qtbot.waitUntil(dock.isActiveWindow)
    window.command_palette.open()
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PaletteDialog))
    dialog = QApplication.activeWindow()
    assert dialog.parentWidget() is window
    stage.sent.clear()
    dialog.field.insert("epoch back")
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: commands.StepBack(epoch=True) in stage.sent)
    stage.qtbot.waitUntil(dock.isActiveWindow)


def test_whatever_has_more_entries_adds_a_source(stage, window):
    done = []
    page = Entry("page:3", "Race and cost", "Page", lambda: done.append(3), "Page 3.", "3")
    window.command_palette.sources.append(lambda: [page])
    do(stage, window, "race and")
    stage.qtbot.waitUntil(lambda: done == [3])


def test_an_example_is_started(on_stage):
    stage, window = on_stage
    stage.sent.clear()
    do(stage, window, EXAMPLES["xor-by-hand"].title)
    stage.qtbot.waitUntil(lambda: any(isinstance(one, commands.Start) for one in stage.sent))
    assert stage.sent[-1].recipe.dataset == "example:xor-by-hand"


def test_a_page_of_the_projector_is_shown_and_it_opens_there_too(stage, window):
    opened(stage, window).field.insert("fields page")
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: window.projector.has_keys)
    assert window.projector.page.id == "fields"
    dialog = opened(stage, window)
    assert dialog.parentWidget() is window.projector.stage
    assert {entry.kind for entry in dialog.entries()} >= {"Action", "Page", "Example"}
    assert not [entry for entry in dialog.entries() if entry.kind == "Panel"]
    dialog.field.insert("the plane")
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: window.projector.page.id == "plane")
    stage.qtbot.waitUntil(lambda: window.projector.has_keys)
    window.projector.close()
