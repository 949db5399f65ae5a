"""Runs in the whole program: none is lost, and an example goes through without training."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from nnviz.engine.run.snapshot import OWN
from nnviz.engine.run.start import start_recipe
from nnviz.engine.selection import Selection
from tests.waiting import settled
from tests.window.program import Program
from tests.window.recipe.groups import field

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qtbot, tmp_path):
    program = Program(qtbot, tmp_path)
    yield program
    program.quit()


def recent(window):
    window.recent.aboutToShow.emit()
    return window.recent.actions()


def test_a_new_start_is_undone_and_the_run_before_is_in_the_menu_as_well(program):
    window = program.start()
    program.choose("xor")
    trained = program.train(7)
    program.key(Qt.Key.Key_R, CTRL)
    fresh = program.wait(lambda s: s.run != trained.run)
    assert fresh.step == 0
    program.key(Qt.Key.Key_R, CTRL)
    program.wait(lambda s: s.run > fresh.run)
    assert "step 7" in window.actions_by_id["undo"].text()
    program.key(Qt.Key.Key_Z, CTRL)
    back = program.wait(lambda s: s.run == trained.run)
    assert (back.step, back.theta.tobytes()) == (7, trained.theta.tobytes())
    said = window.status.toolTip
    program.qtbot.waitUntil(lambda: said() == "The run before is back.")
    program.choose("and")
    program.qtbot.waitUntil(lambda: "Ctrl+Z" in said() and "Recent runs" in said())
    program.qtbot.waitUntil(lambda: "XOR" in recent(window)[0].text())
    (entry,) = recent(window)
    assert "2-3-1" in entry.text()
    assert "step 7" in entry.text()
    program.train(2)
    entry.trigger()
    again = program.wait(lambda s: s.recipe.dataset == "xor")
    assert (again.step, again.theta.tobytes()) == (7, trained.theta.tobytes())
    program.qtbot.waitUntil(lambda: len(recent(window)) == 2)
    assert "AND" in recent(window)[0].text()


def test_after_quitting_in_mid_training_the_window_offers_to_go_on_where_it_was(program):
    program.start()
    program.choose("xor")
    trained = program.train(5)
    program.quit()
    window = program.start()
    window.start()
    program.wait(lambda s: s.step == 0)
    assert program.recovery.offer_last()
    assert "step 5" in window.banner.text
    take = next(b for b in window.banner.findChildren(QPushButton) if b.isVisible())
    program.qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    back = program.wait(lambda s: s.step == 5)
    assert back.theta.tobytes() == trained.theta.tobytes()
    program.key(Qt.Key.Key_Right)
    program.wait(lambda s: s.step == 6)
    program.quit()
    window = program.start()  # one run went on: it is there once, as far as it came
    (entry,) = recent(window)
    assert "step 6" in entry.text()


def test_a_run_that_is_quit_while_it_plays_is_kept_as_far_as_it_came(program):
    window = program.start()
    program.choose("xor")
    program.key(Qt.Key.Key_Space)
    playing = program.wait(lambda s: s.playing and s.step > 50)
    program.quit()
    window = program.start()
    recent(window)[0].trigger()
    assert program.wait(lambda s: s.step > 0).step >= playing.step


@pytest.mark.slow
def test_two_windows_that_go_on_with_the_same_run_lose_neither(qtbot, program, tmp_path):
    program.start()
    program.choose("xor")
    program.train(4)
    program.quit()
    others = [program, Program(qtbot, tmp_path)]
    for steps, one in enumerate(others, 1):
        window = one.start()
        recent(window)[0].trigger()
        one.wait(lambda s: s.step == 4)
        for _ in range(steps):
            one.window.stepping.forward()
        one.wait(lambda s, steps=steps: s.step == 4 + steps)
    for one in others:
        one.quit()
    kept = [action.text() for action in recent(program.start())]
    assert len(kept) == 2
    assert "step 6" in kept[0]
    assert "step 5" in kept[1]


def test_a_switch_of_one_run_is_none_of_the_next_data(program):
    window = program.start()
    program.choose("and")
    window.requests.edit("trained", "0,1")
    program.wait(lambda s: s.recipe.only == (0, 1))
    program.choose("xor")
    snapshot = program.wait(lambda s: s.recipe.dataset == "xor")
    assert snapshot.recipe == start_recipe("xor")
    assert field(window.form, "trained").text() == "all"


def test_an_example_goes_through_every_view_forwards_and_back_without_training(program):
    window = program.start()
    program.choose("xor")
    before = program.train(3)
    window.dock("minibatch").show()
    program.key(Qt.Key.Key_L)
    program.wait(lambda s: s.phase is not None and s.phase.name == "pick")
    names = ["forward 1", "forward 2", "cost", "backward 2", "backward 1", "average"]
    window.dock("minibatch").raise_()
    for name in names:
        program.key(Qt.Key.Key_Right)
        moment = program.wait(lambda s, name=name: s.phase.name == name)
        assert moment.theta.tobytes() == before.theta.tobytes()
        assert (moment.step, moment.reached) == (3, 3)
        for view in window.views.values():
            view.show_snapshot(moment)  # also those behind others
    assert "Average" in window.views["minibatch"].sheet.picture.title
    program.key(Qt.Key.Key_Left)
    program.wait(lambda s: s.phase.name == "backward 1")
    program.key(Qt.Key.Key_Escape)
    after = program.wait(lambda s: s.phase is None)
    assert np.array_equal(after.theta, before.theta)


def test_a_drawing_on_screen_goes_through_as_far_as_its_outputs(program):
    window = program.start()
    program.choose("xor")
    program.train(2)
    network = window.views["network"]
    drawn = np.array([0.25, 0.75], np.float32)
    network.show_drawing(drawn)
    program.qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    program.key(Qt.Key.Key_L)
    moment = program.wait(lambda s: s.phase is not None)
    assert moment.focus.index == OWN
    assert np.array_equal(moment.focus.x, drawn)
    for name in ("forward 1", "forward 2"):
        program.key(Qt.Key.Key_Right)
        moment = program.wait(lambda s, name=name: s.phase.name == name)
        for view in window.views.values():
            view.show_snapshot(moment)
        assert str(moment.focus.index) not in window.views["minibatch"].sheet.picture.sentence
    program.key(Qt.Key.Key_L)  # once more from the start
    again = program.wait(lambda s: s.phase.name == "pick")
    assert np.array_equal(again.focus.x, drawn)
    program.key(Qt.Key.Key_Escape)
    program.wait(lambda s: s.phase is None)


def test_phases_play_by_themselves_in_the_window(program):
    window = program.start()
    program.choose("xor")
    program.key(Qt.Key.Key_1)
    program.key(Qt.Key.Key_Space)
    program.wait(lambda s: s.playing and s.phase is not None and s.phase.name == "cost")
    assert window.actions_by_id["play"].text() == "pause"
    program.key(Qt.Key.Key_Space)
    paused = program.wait(lambda s: not s.playing)
    assert paused.phase is not None
    program.key(Qt.Key.Key_Left)
    program.wait(lambda s: s.phase != paused.phase)


def test_a_stray_click_on_the_surface_says_what_it_did_and_how_to_take_it_back(program):
    window = program.start()
    program.choose("xor")
    before = program.wait(lambda s: s.step == 0)
    window.open_panel("surface")
    surface = window.views["surface"]
    program.qtbot.waitUntil(lambda: surface.picture.relief is not None)
    scene = next(drawing for drawing in surface.drawings() if drawing.isVisible())
    program.qtbot.mouseClick(scene, Qt.MouseButton.LeftButton, pos=scene.rect().center())
    after = program.wait(lambda s: s.changes)
    (change,) = after.changes
    assert change.indices == before.watched
    said = window.status.findChild(QLabel, "notice")
    assert said.text() == f"{change.told(after.recipe)}.  Ctrl+Z takes it back."
    program.key(Qt.Key.Key_Z, CTRL)
    back = program.wait(lambda s: not s.changes)
    assert np.array_equal(back.theta, before.theta)


TABLE = "height,weight,kind\n" + "".join(
    f"{150 + place},{50 + place % 7},{'ab'[place % 2]}\n" for place in range(40)
)


def test_a_table_says_what_it_predicts_and_predicts_another_column(program, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text(TABLE)
    window = program.start()
    program.choose(str(table))
    first = program.wait(lambda s: "people" in s.recipe.dataset)
    button = window.findChild(QToolButton, "target")
    assert button.text() == "→ kind ▾"
    menu = button.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "height").trigger()
    other = program.wait(lambda s: s.run != first.run)
    assert [column.name for column in other.description.targets] == ["height"]
    assert other.recipe.layers[-1] == 1
    assert button.text() == "→ height ▾"
    assert "you" in button.toolTip()
    program.train(2)
    table.write_text(TABLE + "300,60,a\n" * 40)  # changed on disk: a new run reads it anew
    window.choose_data(other.recipe.dataset)
    anew = program.wait(lambda s: s.run > other.run)
    assert anew.minibatches_per_epoch > other.minibatches_per_epoch


def test_what_was_on_screen_comes_back_with_a_run_that_was_closed(program):
    window = program.start()
    program.choose("xor")
    program.train(3)
    window.stepping.by_epoch()
    window.toolbar.slider.setValue(4)
    window.select(Selection("neuron", 1, 2))
    window.open_panel("evaluation")
    settled(window)
    state = window.ui_state()
    program.quit()
    (program.folder / "app.json").unlink()  # so that only the run knows
    window = program.start()
    assert window.ui_state() != state
    recent(window)[0].trigger()
    program.wait(lambda s: s.step == 3)
    program.qtbot.waitUntil(lambda: window.toolbar.slider.value() == 4)
    settled(window)
    assert window.ui_state() == state
