"""The main window: real clicks and keys become messages, snapshots reach what can be seen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)

from nnviz.messages import commands
from nnviz.messages.events import Failure, Loading
from nnviz.views.palette import DARK, LIGHT
from nnviz.window.commands import COMMANDS
from nnviz.window.main_window import MainWindow
from nnviz.window.settings import Settings
from nnviz.window.toolbar import PACES
from tests.window.menus import entries_of
from tests.window.recipe.groups import field


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("first", commands.GoTo(0)),
        ("back", commands.StepBack()),
        ("play", commands.Play()),
        ("step", commands.StepMinibatch()),
        ("epoch", commands.StepEpoch()),
    ],
)
def test_every_time_button_sends_its_message(stage, qtbot, id, message):
    window = stage.window()
    qtbot.mouseClick(stage.button(window, id), Qt.MouseButton.LeftButton)
    assert stage.sent == [message]


@pytest.mark.parametrize(
    ("key", "modifier", "message"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, commands.Play()),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, commands.StepMinibatch()),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, commands.StepEpoch()),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, commands.StepBack()),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, commands.StepBack(epoch=True)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, commands.GoTo(0)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, commands.GoTo(None)),
    ],
)
def test_every_time_key_sends_its_message(stage, qtbot, key, modifier, message):
    window = stage.window()
    qtbot.keyClick(window.views["middle"], key, modifier)
    assert stage.sent == [message]


def test_control_r_starts_the_recipe_again_as_a_new_run(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    qtbot.keyClick(window.views["middle"], Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    (start,) = stage.sent
    assert start.recipe == stage.recipe


def test_play_becomes_pause_and_back(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(playing=True))
    assert stage.button(window, "play").text() == "pause"
    qtbot.mouseClick(stage.button(window, "play"), Qt.MouseButton.LeftButton)
    assert stage.sent == [commands.Pause()]
    window.show_snapshot(stage.snapshot())
    assert stage.button(window, "play").text() == "play"


def test_speed_keys_and_slider_send_a_pace(stage, qtbot):
    window = stage.window()
    qtbot.keyClick(window, Qt.Key.Key_Minus)
    qtbot.keyClick(window, Qt.Key.Key_Minus)
    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert stage.sent == [commands.Pace(5000), commands.Pace(2000), commands.Pace(5000)]
    window.toolbar.slider.setValue(0)
    assert stage.sent[-1] == commands.Pace(1)


def test_a_resting_snapshot_reaches_every_view_and_the_status_line(stage):
    window = stage.window()
    snapshot = stage.snapshot(steps=3)
    window.show_snapshot(snapshot)
    for view in window.views.values():
        assert view.snapshots[-1] is snapshot
    assert "step 3" in window.status.text
    assert f"minibatch cost {snapshot.minibatch_cost:.4f}" in window.status.text


def test_below_the_frame_rate_every_view_shows_the_same_moment(stage):
    window = stage.window()
    window.toolbar.slider.setValue(PACES.index(50))
    for _ in range(4):
        snapshot = stage.snapshot(playing=True, steps=1)
        window.show_snapshot(snapshot)
        assert all(view.snapshots[-1] is snapshot for view in window.views.values())
        assert f"step {snapshot.step}" in window.status.text
    window.toolbar.slider.setValue(PACES.index(None))
    slow = replace(stage.snapshot(playing=True, steps=1), minibatches_per_second=7.0)
    window.show_snapshot(slow)  # a large net needs no one to hold it back
    assert all(view.snapshots[-1] is slow for view in window.views.values())


def test_a_playing_snapshot_reaches_one_view_at_a_time(stage):
    window = stage.window()
    for _ in range(4):
        window.show_snapshot(stage.snapshot(playing=True))
    assert [len(view.snapshots) for view in window.views.values()] == [1, 1, 1]
    last = stage.snapshot(playing=True)
    window.show_snapshot(last)
    window.show_everywhere()
    assert all(view.snapshots[-1] is last for view in window.views.values())
    assert "1\u202f234 minibatches/s" in window.status.text


def test_a_closed_panel_is_left_alone_and_gets_the_last_snapshot_when_brought_back(stage, qtbot):
    window = stage.window()
    dock = window.dock("side")
    closer = next(
        b for b in dock.titleBarWidget().findChildren(QToolButton) if b.toolTip() == "Close Side"
    )
    qtbot.mouseClick(closer, Qt.MouseButton.LeftButton)
    assert not dock.isVisible()
    snapshot = stage.snapshot()
    window.show_snapshot(snapshot)
    assert window.views["side"].snapshots == []
    dock.toggleViewAction().trigger()
    assert dock.isVisible()
    assert window.views["side"].snapshots == [snapshot]


def test_a_panel_floats_and_keys_work_in_it(stage, qtbot):
    window = stage.window()
    dock = window.dock("side")
    floater = next(
        b for b in dock.titleBarWidget().findChildren(QToolButton) if b.toolTip() == "Float Side"
    )
    qtbot.mouseClick(floater, Qt.MouseButton.LeftButton)
    assert dock.isFloating()
    with qtbot.waitActive(dock):
        dock.activateWindow()
    qtbot.keyClick(window.views["side"], Qt.Key.Key_Right)
    assert stage.sent == [commands.StepMinibatch()]


def test_layout_speed_and_recipe_are_kept_between_starts(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    window.dock("side").close()
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, window.dock("other"))
    window.toolbar.slider.setValue(2)
    window.close()
    again = stage.window()
    assert not again.dock("side").isVisible()
    assert again.dockWidgetArea(again.dock("other")) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert again.toolbar.slider.value() == 2
    again.start()
    assert stage.sent[-1].recipe == stage.recipe
    again.restore_layout()
    assert again.dock("side").isVisible()
    assert again.dockWidgetArea(again.dock("other")) == Qt.DockWidgetArea.RightDockWidgetArea


def test_the_form_starts_a_run_and_follows_the_run(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    assert window.form.recipe() == stage.recipe
    start = next(b for b in window.findChildren(QPushButton) if b.text() == "Start new run")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert stage.sent[-1].recipe == stage.recipe


def test_choosing_data_lets_the_recipe_follow_with_all_parameters_training(stage):
    window = stage.window()
    window.show_snapshot(replace(stage.snapshot(), recipe=replace(stage.recipe, trained="0,1")))
    window.show_snapshot(stage.snapshot())
    menu = next(b for b in window.findChildren(QToolButton) if b.text() == "Data: XOR ▾").menu()
    menu.aboutToShow.emit()
    entries = entries_of(menu)
    assert entries["XOR"].isChecked()
    entries["nnviz digits"].trigger()
    start = stage.sent[-1]
    assert start.fit
    assert start.recipe == replace(stage.recipe, dataset="digits")
    entries["AND"].trigger()
    assert stage.sent[-1].recipe == replace(stage.recipe, dataset="and")


def test_a_new_run_and_the_next_start_train_all_parameters_and_say_so(stage, qtbot):
    window = stage.window()
    only = replace(stage.recipe, trained="0,1")
    window.show_snapshot(replace(stage.snapshot(), recipe=only))
    start = next(b for b in window.findChildren(QPushButton) if b.text() == "Start new run")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert stage.sent[-1].recipe == stage.recipe
    assert (
        window.status.findChild(QWidget, "notice").text() == "All parameters train in the new run."
    )
    qtbot.keySequence(window, "Ctrl+R")
    assert stage.sent[-1].recipe == stage.recipe
    window.close()
    window = stage.window()
    window.start()
    assert stage.sent[-1].recipe == stage.recipe


def test_which_parameters_train_may_be_typed_for_a_new_run(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    editor = field(window.form, "trained")
    editor.selectAll()
    qtbot.keyClicks(editor, "3,4")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert stage.sent[-1].recipe == replace(stage.recipe, trained="3,4")


def test_a_failure_is_one_sentence_in_a_box(stage, qtbot):
    window = stage.window()
    window.telling.show_failure(Failure("The disk is full: make room."))
    box = window.findChild(QMessageBox, "failure")
    assert box.text() == "The disk is full: make room."
    with qtbot.waitSignal(box.finished):
        box.button(QMessageBox.StandardButton.Ok).click()


def test_an_impossible_recipe_opens_the_box_and_sends_nothing(stage, qtbot):
    window = stage.window()
    editor = window.form.findChild(QWidget, "layers")
    editor.setText("784,0,10")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    box = window.findChild(QMessageBox, "failure")
    assert "0 neurons" in box.text()
    assert stage.sent == []
    box.close()


def test_loading_is_shown_and_goes_away(stage):
    window = stage.window()
    stage.ports.publish(Loading("Writing digits", 0.4))
    assert "Writing digits" in [label.text() for label in window.status.findChildren(QWidget)
                                if hasattr(label, "text") and label.isVisible()]  # fmt: skip
    stage.ports.publish(Loading("", 1.0))
    assert not window.status._bar.isVisible()


def test_the_theme_changes_everywhere_and_is_remembered(stage, qtbot):
    window = stage.window()
    assert {view.theme for view in window.views.values()} == {DARK}
    assert ground(window) == DARK.ground
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert {view.theme for view in window.views.values()} == {LIGHT}
    assert ground(window) == LIGHT.ground
    assert Settings(stage.folder / "w.json").theme is LIGHT


def ground(window):
    return QColor(window.grab().toImage().pixel(QPoint(2, window.height() // 2))).name()


def test_the_help_sheet_lists_every_command(stage, qtbot):
    window = stage.window()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = next(d for d in window.findChildren(QWidget) if d.windowTitle() == "Keys and help")
    texts = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    for id, command in COMMANDS.items():
        assert {command.name or command.text, command.tip} <= texts, id
    sheet.close()


def test_nan_costs_do_not_reach_the_status_line(stage):
    window = stage.window()
    snapshot = stage.snapshot()
    assert np.isnan(snapshot.minibatch_cost)
    window.show_snapshot(snapshot)
    assert "nan" not in window.status.text


def test_the_centre_says_what_is_waited_for_until_there_is_something_to_see(stage):
    window = stage.window()
    assert not window.views["middle"].isVisible()
    stage.ports.publish(Loading("Writing digits", 0.4))
    seen = [w.text() for w in window.centralWidget().findChildren(QLabel) if w.isVisible()]
    assert "Writing digits… 40\u202f%" in seen
    window.show_snapshot(stage.snapshot())
    assert window.views["middle"].isVisible()


def test_keys_belong_to_the_run_from_the_start_and_again_after_editing(stage, qtbot):
    window = stage.window()
    stage.press(Qt.Key.Key_Space)
    assert stage.sent == [commands.Play()]
    editor = field(window.form, "seed")
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_Right)
    assert stage.sent == [commands.Play()], "a key typed into a row moved the run"
    qtbot.mouseClick(window.views["middle"], Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_Right)
    assert stage.sent[-1] == commands.StepMinibatch()
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_Return)
    assert stage.sent[-1] == commands.StepMinibatch(), "Enter with nothing new did something"
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor, "7")
    stage.press(Qt.Key.Key_Return)
    assert isinstance(stage.sent[-1], commands.Start)
    stage.press(Qt.Key.Key_Left)
    assert stage.sent[-1] == commands.StepBack()


CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def test_undo_and_redo_say_what_they_would_do(stage):
    window = stage.window()
    undo, redo = window.actions_by_id["undo"], window.actions_by_id["redo"]
    stage.press(Qt.Key.Key_Z, CTRL)
    window.show_snapshot(stage.snapshot())
    stage.press(Qt.Key.Key_Z, CTRL)
    assert stage.sent == []
    window.show_snapshot(stage.snapshot(undo="η 3 → 1", redo="data → AND & OR"))
    assert (undo.text(), redo.text()) == ("Undo η 3 → 1", "Redo data → AND && OR")
    stage.press(Qt.Key.Key_Z, CTRL)
    stage.press(Qt.Key.Key_Z, CTRL_SHIFT)
    stage.press(Qt.Key.Key_Y, CTRL)
    assert stage.sent == [commands.Undo(), commands.Redo(), commands.Redo()]
    window.show_snapshot(stage.snapshot())
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo", False, False)


def test_in_a_field_undo_is_the_fields_own_while_it_has_something_to_undo(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(undo="η 3 → 1", redo="η 3 → 1"))
    editor = field(window.form, "seed")
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_7)
    assert "7" in editor.text()
    stage.press(Qt.Key.Key_Z, CTRL)
    assert editor.text() == "0"
    assert stage.sent == []
    stage.press(Qt.Key.Key_Z, CTRL)
    assert stage.sent == [commands.Undo()]
    stage.press(Qt.Key.Key_Z, CTRL_SHIFT)
    assert "7" in editor.text()
    stage.press(Qt.Key.Key_Z, CTRL_SHIFT)
    assert stage.sent == [commands.Undo(), commands.Redo()]


def test_fields_that_are_changed_together_from_here_are_one_edit(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=4))
    for name, text in (("learning_rate", "0.5"), ("l2", "0.1")):
        editor = field(window.form, name)
        qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
        editor.selectAll()
        qtbot.keyClicks(editor, text)
    stage.press(Qt.Key.Key_Return)
    assert stage.sent == [commands.MakeEdits((("learning_rate", 0.5), ("l2", 0.1)))]
    stage.press(Qt.Key.Key_Right)  # the next key is the run's
    assert stage.sent[-1] == commands.StepMinibatch()
    window.show_snapshot(stage.snapshot(recipe=replace(stage.recipe, learning_rate=0.5, l2=0.1)))
    assert not any(b.text() == "Revert" and b.isVisible() for b in window.findChildren(QPushButton))
    window.show_snapshot(stage.snapshot(step=0))  # undone, and gone back to the beginning
    assert window.form.recipe() == stage.recipe
    editor = field(window.form, "l2")
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor, "5")
    stage.press(Qt.Key.Key_Return)
    assert isinstance(stage.sent[-1], commands.MakeEdit), "a run gone back to step 0 can be changed"


def test_a_new_run_shows_its_recipe_whatever_was_typed(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=4))
    qtbot.keyClicks(field(window.form, "seed"), "5")
    window.show_snapshot(stage.snapshot(run=2))
    assert window.form.recipe() == stage.recipe


def test_training_on_with_other_data_is_an_edit(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=4))
    menu = next(b for b in window.findChildren(QToolButton) if b.text() == "Data: XOR ▾").menu()
    menu.aboutToShow.emit()
    inner = next(a.menu() for a in menu.actions() if a.text() == "Train on with")
    entries = entries_of(inner)
    assert set(entries) <= set(entries_of(menu))
    assert entries["XOR"].isChecked()
    entries["AND"].trigger()
    assert stage.sent == [commands.MakeEdit("dataset", "and")]
    window.show_snapshot(stage.snapshot(recipe=replace(stage.recipe, dataset="and")))
    assert any(b.text() == "Data: AND ▾" for b in window.findChildren(QToolButton))


def test_every_command_is_in_a_menu_or_on_the_toolbar_or_has_a_key(stage):
    window = stage.window()
    reachable = {action.objectName() for action in window.toolbar.actions()}
    for button in window.toolbar.findChildren(QToolButton):
        reachable |= {action.objectName() for action in button.actions()}
        if button.menu():
            button.menu().aboutToShow.emit()
            reachable |= {action.objectName() for action in button.menu().actions()}
    for menu in (action.menu() for action in window.menus.actions()):
        reachable |= {action.objectName() for action in menu.actions()}
    for id, command in COMMANDS.items():
        assert command.shortcuts or id in reachable, id


def test_no_two_commands_share_a_key():
    keys = [keys for command in COMMANDS.values() for keys in command.shortcuts]
    assert len(keys) == len(set(keys))


def test_the_help_sheet_fits_a_small_window(stage, qtbot):
    window = stage.window(size=(1280, 720))
    stage.press(Qt.Key.Key_F1)
    sheet = next(d for d in window.findChildren(QWidget) if d.windowTitle() == "Keys and help")
    assert sheet.height() <= window.height()
    assert sheet.width() <= window.width()
    close = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)


def test_the_data_button_names_the_data_from_the_first_moment_on(stage):
    window = stage.window(size=(1440, 700))
    window.start()
    (start,) = stage.sent
    window.show_snapshot(stage.snapshot(recipe=start.recipe))
    texts = [button.text() for button in window.toolbar.findChildren(QToolButton)]
    assert "Data: nnviz digits ▾" in texts


def test_the_window_is_painted_without_the_interpreter():
    # An `event` of its own would hold Python's lock while Qt paints all of the window.
    own = [cls for cls in MainWindow.__mro__ if cls.__module__.startswith("nnviz")]
    assert MainWindow in own
    assert not [cls for cls in own if "event" in vars(cls) or "eventFilter" in vars(cls)]
