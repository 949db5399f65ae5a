"""The status line: numbers in words, what is wrong, and what was changed."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from nnviz.engine.training.findings import Finding
from nnviz.engine.training.state import ScheduleEvent
from nnviz.messages.events import EVALUATION, Loading
from nnviz.window.finding_panel import NAMES
from nnviz.window.status import StatusLine
from tests.views.grabbing import pixels
from tests.waiting import settled


@pytest.fixture
def line(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    return line


@pytest.fixture
def snapshot(stage):
    evaluation = stage.trainer.evaluate()
    return stage.snapshot(evaluations=(evaluation,))


def remark(line):
    return line.findChild(QPushButton, "remark")


def test_figures_are_those_of_the_snapshot(line, snapshot):
    line.show_snapshot(replace(snapshot, step=12345, epoch=2.06, minibatch_cost=0.031))
    assert "step 12\u202f345" in line.text
    assert "epoch 2.06" in line.text
    assert "minibatch cost 0.03100 " in line.text
    assert f"test cost {snapshot.evaluations[-1].test_cost:.4f}" in line.text


@pytest.mark.parametrize("kind", NAMES)
def test_a_grave_finding_is_named_with_its_remedy(line, snapshot, kind):
    finding = Finding(kind, "half of it is wrong", "halve η")
    line.show_snapshot(replace(snapshot, findings=(finding,)))
    assert remark(line).text() == f"⚠ {NAMES[kind]}: halve η"
    assert "half of it is wrong" in remark(line).toolTip()
    line.show_snapshot(replace(snapshot, findings=(replace(finding, grave=False),)))
    assert remark(line).text() == ""


def test_the_last_change_of_the_learning_rate_is_told_with_its_reason(line, snapshot):
    edit = ScheduleEvent(500, "learning_rate", 3.0, 1.5, "the mean cost did not fall")
    line.show_snapshot(replace(snapshot, edits=(edit,)))
    assert remark(line).text() == "η 3 → 1.5"
    assert "step 500: the mean cost did not fall" in remark(line).toolTip()


def test_the_tip_says_how_good_every_set_is_and_where_early_stopping_stands(line, snapshot):
    figures = replace(snapshot.evaluations[-1], validation_cost=0.25, validation_accuracy=0.5)
    recipe = replace(snapshot.recipe, validation_size=1, patience=4)
    moment = replace(
        snapshot, evaluations=(figures,), recipe=recipe, best_validation=0.125, waited=1
    )
    line.show_snapshot(moment)
    whole, *tip = line.findChild(QLabel, "status_text").toolTip().split("\n")
    assert whole == line.text, "where there is no room for all of it, it is here"
    assert tip[0].startswith("train: cost ")
    assert tip[1] == "validation: cost 0.2500 · accuracy 50.0\u202f%"
    assert tip[2].startswith("test: cost ")
    assert tip[3] == (
        "early stopping: lowest validation cost 0.1250; 1 epoch without a lower one, of 4 that "
        "are waited for"
    )


def test_the_tip_says_how_good_each_part_of_a_mixture_is(line, snapshot):
    figures = replace(snapshot.evaluations[-1], test_accuracy=0.5, test_parts=(0.25, 0.75))
    moment = replace(snapshot, evaluations=(figures,), parts=("mnist", "digits"))
    line.show_snapshot(moment)
    said = "accuracy 50.0\u202f% · mnist 25.0\u202f% · digits 75.0\u202f%"
    assert said in line.findChild(QLabel, "status_text").toolTip()
    line.show_snapshot(replace(moment, changed=True))
    tip = line.findChild(QLabel, "status_text").toolTip()
    assert "mnist" not in tip, "the figures may be those of other data"


def test_where_there_is_no_room_the_figures_that_say_how_good_it_is_stay(stage, qtbot):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=4))
    label = window.status.findChild(QLabel, "status_text")
    label.say({0: "step 4", 1: "epoch 1.00", 2: "minibatch cost 0.1", 3: "test cost 0.2"})
    assert label.text() == "step 4  ·  epoch 1.00  ·  minibatch cost 0.1  ·  test cost 0.2"
    advance = label.fontMetrics().horizontalAdvance
    assert label.shown(advance(label.text())) == label.text()
    assert label.shown(advance(label.text()) - 1) == "step 4  ·  epoch 1.00  ·  test cost 0.2"
    assert label.shown(advance("step 4  ·  test cost 0.2")) == "step 4  ·  test cost 0.2"
    assert label.shown(advance("step 4  ·  test cos")).endswith("…")


def test_a_long_notice_is_written_smaller_before_its_end_is_left_out(stage):
    window = stage.window(size=(1280, 720))
    window.show_snapshot(stage.snapshot())
    label = window.status.findChild(QLabel, "notice")
    window.status.show_notice("NNN")
    settled(window)
    usual = painted_height(label)
    room = window.status.width()
    text = "N" * round(1.08 * room / label.fontMetrics().horizontalAdvance("N"))
    window.status.show_notice(text)
    settled(window)
    assert label.toolTip() == text
    small = painted_height(label)
    assert 0.7 * usual < small < usual
    window.status.show_notice(2 * text)
    settled(window)
    assert 0.7 * usual < painted_height(label) <= small, "letters stay as large as can be read"


def painted_height(label):
    """How many rows of a label hold letters."""
    rows = pixels(label).max(axis=2)
    return int((np.ptp(rows, axis=1) > 60).sum())


def test_of_two_that_are_at_something_long_the_other_is_told_once_one_is_over(line, qtbot):
    line.show()
    line.show_loading(Loading("a way", 0.2))
    line.show_loading(Loading("a report", 0.1, who=EVALUATION))
    assert line._loading.text() == "a report"
    line.show_loading(Loading("a way", 0.4))
    line.show_loading(Loading("", 1.0, who=EVALUATION))
    assert (line._loading.text(), line._bar.value()) == ("a way", 400)
    assert line._bar.isVisible()
    line.show_loading(Loading("", 1.0))
    assert not line._bar.isVisible()


def test_nothing_ends_what_was_told_in_passing(line):
    line.show()
    line.show_notice("Saved.")
    assert line._notice.isVisible()
    line.show_notice("")
    assert not line._notice.isVisible()
    assert line._notice.toolTip() == ""
