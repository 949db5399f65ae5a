"""The perceptron in the whole program: AND comes to a faultless epoch, XOR says why it does not."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from nnviz.engine import Recipe
from nnviz.engine.training.state import FAULTLESS

RULE = Recipe(
    dataset="and", layers=(2, 1), output_activation="step", cost="perceptron",
    initialiser="zeros", batch_size=1,
)  # fmt: skip


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def begin(app, qtbot, recipe):
    before = app.window.snapshot.run
    app.window.start(recipe)
    qtbot.waitUntil(lambda: app.window.snapshot.run > before, timeout=60_000)


def play_until(app, qtbot, happened):
    window = app.window
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: happened(window.snapshot), timeout=60_000)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.snapshot.playing, timeout=60_000)
    return window.snapshot


def test_the_form_makes_a_perceptron_and_and_is_learned(app, qtbot):
    window = app.window
    begin(app, qtbot, Recipe(dataset="and", layers=(2, 1)))
    wanted = {"output_activation": "step", "cost": "perceptron", "initialiser": "zeros"}
    for name, choice in wanted.items():
        row = window.form.findChild(QComboBox, name)
        row.setCurrentIndex(row.findData(choice))
    for name, typed in {"batch_size": "1", "learning_rate": "1"}.items():
        window.form.findChild(QLineEdit, name).setText(typed)
    before = window.snapshot.run
    window.form.start()
    qtbot.waitUntil(lambda: window.snapshot.run > before, timeout=60_000)
    assert window.snapshot.recipe == RULE
    assert "test cost 0  ·  test accuracy 25.0\u202f% · mistakes 3" in window.status.text
    assert window.actions_by_id["play"].isEnabled()
    done = play_until(app, qtbot, lambda s: any(e.name == FAULTLESS for e in s.edits))
    (event,) = done.edits
    assert event.step <= 12 * 4
    assert window.status.remark.text() == "faultless epoch"
    assert "no step changed anything" in window.status.remark.toolTip()
    assert "mistakes 0" in window.status.text
    assert "0 mistakes" in window.views["cost"].legend.text()


def test_on_xor_the_status_line_says_that_there_can_be_none(app, qtbot):
    window = app.window
    begin(app, qtbot, replace(RULE, dataset="xor"))
    play_until(app, qtbot, lambda s: s.epoch >= 50)
    qtbot.waitUntil(lambda: "no faultless epoch" in window.status.remark.text(), timeout=60_000)
    window.actions_by_id["finding"].trigger()
    said = window.status.remark.panel.text
    assert "the classes cannot be separated by a line" in said
    assert not any(event.name == FAULTLESS for event in window.snapshot.edits)
    before = window.snapshot.run
    window.status.remark.panel.buttons[0].click()
    qtbot.waitUntil(lambda: window.snapshot.run > before, timeout=60_000)
    assert window.snapshot.recipe.layers == (2, 4, 1)


@pytest.mark.parametrize("wrong", [{"layers": "2,3,1"}, {"output_activation": "sigmoid"}])
def test_what_the_rule_cannot_do_is_refused_in_a_sentence(app, qtbot, wrong):
    window, refused = app.window, []
    begin(app, qtbot, RULE)
    window.form.refused.disconnect()  # which would be a dialog
    window.form.refused.connect(refused.append)
    for name, value in wrong.items():
        row = window.form.findChild(QComboBox, name) or window.form.findChild(QLineEdit, name)
        if isinstance(row, QComboBox):
            row.setCurrentIndex(row.findData(value))
        else:
            row.setText(value)
    window.form.start()
    assert refused == [
        "The cost perceptron is that of a single layer of step units: choose step outputs and no "
        "hidden layer, as in 2,1."
    ]
