"""The player: a lesson is gone through by clicks and keys, and nobody is locked in."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from nnviz.engine.selection import Selection
from nnviz.engine.training.findings import Finding
from nnviz.messages.window_commands import Select
from nnviz.window.lesson.listing import answers_of
from tests.window.lesson.conftest import LESSON


def test_a_lesson_opens_beside_the_panels_with_its_numbers(at):
    player = at.open()
    assert player.screen.panel.isVisible()
    assert player.screen.panel.sheet.text.text() == "A net at step 0, with 3 hidden neurons."
    assert at.window.stepping.granularity == "phase"
    assert at.window.selection == Selection("neuron", 1, 0)
    assert not at.window._docks["recipe"].isVisible()
    assert len(player.screen.marks.rings) >= 3


def test_on_and_back_by_buttons_and_keys(at):
    player = at.open()
    at.click(player.screen.panel.on)
    at.ready()
    assert at.scene == "click"
    at.key(Qt.Key.Key_PageUp)
    at.qtbot.waitUntil(lambda: at.scene == "first" and at.script.arrived, timeout=60_000)
    assert not player.screen.panel.back.isEnabled()


def test_a_scene_is_finished_by_what_is_done_in_it(at):
    at.open()
    at.on()
    assert not at.script.can_go_on
    at.window.gate.send(Select(Selection("neuron", 1, 1)))
    at.qtbot.waitUntil(lambda: at.script.can_go_on)
    assert at.window.selection == Selection("neuron", 1, 1)


def test_three_hints_and_then_on(at):
    player = at.open()
    at.on()
    for number in (1, 2, 3):
        at.click(player.screen.panel.hint)
        assert len(at.shown.hints) == number
    assert at.script.can_go_on


def test_on_says_what_is_missing_and_goes_on_the_second_time(at):
    at.open()
    at.on()
    at.key(Qt.Key.Key_PageDown)
    assert at.scene == "click"
    assert at.shown.line
    at.on()
    assert at.scene == "guess"


def test_a_prediction_locks_play_until_it_stands_and_comes_back_beside_the_result(at):
    player = at.open()
    at.go_to("guess")
    assert at.window.snapshot.recipe.learning_rate == 1
    assert not at.window.actions_by_id["play"].isEnabled()
    for _ in range(3):
        at.key(Qt.Key.Key_PageDown)
    assert at.scene == "guess", "a prediction has to stand"
    at.key(Qt.Key.Key_1)
    assert at.shown.asked.answer == 0
    assert at.window.actions_by_id["play"].isEnabled()
    at.on()
    assert at.scene == "see"
    assert player.screen.panel.sheet.prediction.text() == "You said: Yes"
    at.qtbot.waitUntil(lambda: at.script.can_go_on, timeout=60_000)
    assert at.window.snapshot.step >= 10
    at.qtbot.waitUntil(lambda: at.shown.right is not None)
    assert at.shown.feedback in ("It fell.", "It did not.")


def test_nothing_is_remarked_as_long_as_a_question_is_open(at):
    at.open()
    remark, step = at.window.status.remark, at.window.stepping.forward
    grave = Finding("stuck", "nothing moves", "start again with ReLU", True)

    def remarks():
        at.window.status.show_snapshot(replace(at.window.snapshot, findings=(grave,)))
        return remark.isVisible()

    assert remarks(), "nothing is asked here"
    remark.open()
    at.go_to("guess")
    assert not remarks()
    remark.open()
    assert not remark.panel.isVisible()
    at.key(Qt.Key.Key_1)
    step()
    assert not remarks(), "nobody has seen yet whether it is right"
    at.on()
    at.qtbot.waitUntil(lambda: at.shown.right is not None, timeout=60_000)
    assert remarks()
    at.on()
    assert at.scene == "number"
    assert not remarks()
    at.player.leave()
    assert remarks()


def test_a_choice_by_click(at):
    player = at.open()
    at.go_to("guess")
    at.click(player.screen.panel.sheet.answer.buttons[1])
    assert at.shown.asked.answer == 1


def test_a_number_is_typed_and_a_wrong_one_gets_the_right_one(at):
    player = at.open()
    at.go_to("number")
    field = player.screen.panel.sheet.answer.field
    field.setFocus()
    at.qtbot.keyClicks(field, "x")
    at.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert at.shown.asked.answer is None
    field.clear()
    at.qtbot.keyClicks(field, "2,5")
    at.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert at.shown.asked.answer == 2.5
    assert at.shown.right is False
    assert player.screen.panel.sheet.feedback.text() == "✗ Not quite. There are 3."


def test_an_output_is_pointed_at_and_then_taken(at):
    player = at.open()
    at.go_to("point")
    before = at.window.selection
    at.window.gate.send(Select(Selection("neuron", 2, 0)))
    assert at.window.selection == before, "what is pointed at is not selected"
    assert at.shown.asked.can_take
    at.click(player.screen.panel.sheet.answer.take)
    assert at.shown.right is True
    at.on()
    assert at.script.finished
    assert player.screen.panel.again.isVisible()


def test_back_gives_back_what_a_scene_began_with(at):
    at.open()
    at.go_to("guess")
    at.key(Qt.Key.Key_1)
    theta = at.window.snapshot.theta
    at.on()
    at.qtbot.waitUntil(lambda: at.window.snapshot.step >= 10, timeout=60_000)
    at.key(Qt.Key.Key_PageUp)
    at.qtbot.waitUntil(lambda: at.scene == "guess" and at.script.arrived, timeout=60_000)
    assert at.window.snapshot.step == 0
    assert np.array_equal(at.window.snapshot.theta, theta)
    assert at.window.snapshot.recipe.learning_rate == 1


def test_the_field_of_a_weight_goes_with_its_scene(at):
    player = at.open()
    at.window.edit_parameter(0)
    assert at.window._weights.isVisible()
    at.click(player.screen.panel.on)  # the field keeps the keys
    assert not at.window._weights.isVisible()


def test_progress_is_kept(at, qtbot):
    at.open()
    at.go_to("guess")
    at.player.leave()
    at.open()
    assert at.scene == "guess"
    assert at.window.snapshot.recipe.learning_rate == 1


def test_answers_are_kept_until_they_are_handed_in(at):
    player = at.open()
    at.go_to("guess")
    at.click(player.screen.panel.sheet.answer.buttons[1])
    player.leave()
    (kept,) = answers_of(player._parts.settings)
    assert (kept.lesson, kept.scene, kept.answer, kept.words) == ("little", "guess", 1.0, "No")
    assert kept.right is None
    assert kept.when
    assert kept.origin == str(at.path)


def test_a_lesson_that_is_saved_is_read_anew(at):
    player = at.open()
    at.on()
    text = LESSON.replace("Click the second hidden neuron.", "Now click it.")
    at.path.write_text(text, encoding="utf-8")
    at.qtbot.waitUntil(
        lambda: player.screen.panel.sheet.text.text() == "Now click it.", timeout=60_000
    )
    assert at.scene == "click"


def test_a_file_with_a_mistake_is_told_and_the_lesson_goes_on(at, qtbot):
    at.open()
    at.path.write_text(LESSON.replace('kind = "watch"', 'kind = "look"'), encoding="utf-8")
    found = lambda: at.window.findChildren(QMessageBox, "failure")  # noqa: E731
    qtbot.waitUntil(lambda: bool(found()), timeout=60_000)
    found()[0].close()
    assert at.scene == "first"


def test_a_lesson_with_a_mistake_does_not_open(at, qtbot):
    at.path.write_text(LESSON.replace('kind = "watch"', 'kind = "look"'), encoding="utf-8")
    run = at.window.snapshot.run
    at.window.files.open_path(at.path)
    (told,) = at.window.findChildren(QMessageBox, "failure")
    assert "little.toml" in told.text()
    told.close()
    assert at.player is None
    assert at.window.snapshot.run == run
