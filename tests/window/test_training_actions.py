"""A network that can only be looked at: play, step and epoch are grey and say why."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.run.walk import walk_of_test
from nnviz.messages import commands
from nnviz.messages.events import Notice

STEPS = Recipe(dataset="xor", layers=(2, 3, 1), activation="step", output_activation="step")
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYS = {
    "play": [(Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)],
    "step": [
        (key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown)
    ],
    "epoch": [(Qt.Key.Key_Right, SHIFT)],
}


@pytest.fixture
def steps(stage):
    stage.trainer = Trainer(STEPS, load_dataset("xor"))
    return stage


def walking(snapshot, trainer):
    dataset = trainer.dataset
    walk = walk_of_test(trainer.network, 0, 1, dataset.x_test[1], dataset.y_test[1], 1.0)
    return replace(snapshot, minibatch=walk.minibatch, phase=walk.phase, focus=walk.focus)


def test_what_trains_is_grey_and_its_tip_says_why(steps):
    window = steps.window()
    usual = {id: window.actions_by_id[id].toolTip() for id in KEYS}
    window.show_snapshot(steps.snapshot())
    for id in KEYS:
        button = steps.button(window, id)
        assert not button.isEnabled()
        assert button.toolTip().startswith("A step unit's slope is zero everywhere")
    window.stepping.choose("phase")
    assert "slope is zero" in window.actions_by_id["step"].toolTip()
    window.stepping.choose("minibatch")
    steps.trainer = Trainer(replace(STEPS, activation="tanh", output_activation="tanh"),
                            load_dataset("xor"))  # fmt: skip
    window.show_snapshot(steps.snapshot(run=2))
    assert {id: window.actions_by_id[id].toolTip() for id in KEYS} == usual
    assert all(steps.button(window, id).isEnabled() for id in KEYS)


def test_their_keys_say_why_in_the_status_line_and_train_nothing(steps):
    window = steps.window()
    window.show_snapshot(steps.snapshot())
    for keys in KEYS.values():
        for key, held in keys:
            window.status.show_notice("")
            steps.press(key, held)
            assert "slope is zero everywhere" in window.status._notice.text()
    assert steps.sent == []
    steps.press(Qt.Key.Key_Left)
    assert steps.sent == [commands.StepBack()]


def test_an_example_is_led_through_the_layers_all_the_same(steps):
    window = steps.window()
    heard = []
    steps.ports.on(Notice, heard.append)
    window.stepping.choose("phase")
    window.show_snapshot(walking(steps.snapshot(), steps.trainer))
    steps.press(Qt.Key.Key_Right)
    steps.press(Qt.Key.Key_Space)
    steps.press(Qt.Key.Key_Right, SHIFT)
    assert steps.sent == [commands.StepPhase(), commands.Play(by_phase=True)]
    assert len(heard) == 1
