"""Stepping: what a press of a step button or key means follows the segmented control."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from nnviz.data.description import Column, DataDescription
from nnviz.engine.run.walk import walk_of_test
from nnviz.messages import commands
from nnviz.messages.events import Failure, Loading, Opened, Surveying
from nnviz.views import VIEWS
from nnviz.window.toolbar import ROOMY, SEGMENTS
from tests.waiting import settled
from tests.window.recipe.groups import field

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
STEPS = {
    "phase": (commands.StepPhase(), commands.StepPhase(back=True)),
    "minibatch": (commands.StepMinibatch(), commands.StepBack()),
    "epoch": (commands.StepEpoch(), commands.StepBack(epoch=True)),
}


@pytest.mark.parametrize("granularity", STEPS)
def test_buttons_and_keys_step_by_what_is_chosen(stage, qtbot, granularity):
    window = stage.window()
    chosen = stage.button(window, f"granularity_{granularity}")
    qtbot.mouseClick(chosen, Qt.MouseButton.LeftButton)
    assert chosen.isChecked()
    assert [stage.button(window, id).isChecked() for id in SEGMENTS].count(True) == 1
    forward, back = STEPS[granularity]
    qtbot.mouseClick(stage.button(window, "step"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(stage.button(window, "back"), Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_Right)
    stage.press(Qt.Key.Key_Left)
    assert stage.sent == [forward, back, forward, back]
    stage.sent.clear()
    stage.press(Qt.Key.Key_Right, SHIFT)
    stage.press(Qt.Key.Key_Left, SHIFT)
    assert stage.sent == [commands.StepEpoch(), commands.StepBack(epoch=True)]
    stage.sent.clear()
    stage.press(Qt.Key.Key_PageDown)
    stage.press(Qt.Key.Key_PageUp)
    assert stage.sent == [forward, back]


def test_tips_say_what_the_buttons_do_now(stage):
    window = stage.window()
    tips = set()
    for granularity in STEPS:
        window.stepping.choose(granularity)
        tips.add((stage.button(window, "step").toolTip(), stage.button(window, "back").toolTip()))
        assert granularity in stage.button(window, "step").toolTip()
        assert "Right" in stage.button(window, "step").toolTip()
    assert len(tips) == 3


def test_the_keys_1_2_3_choose_unless_a_number_is_being_typed(stage, qtbot):
    window = stage.window()
    for key, granularity in ((Qt.Key.Key_1, "phase"), (Qt.Key.Key_3, "epoch")):
        stage.press(key)
        assert window.stepping.granularity == granularity
    seed = field(window.form, "seed")
    qtbot.mouseClick(seed, Qt.MouseButton.LeftButton)
    seed.selectAll()
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_2)
    assert seed.text() == "12"
    assert window.stepping.granularity == "epoch"
    assert stage.sent == []


def test_what_a_step_is_is_kept_between_starts(stage):
    window = stage.window()
    assert window.stepping.granularity == "minibatch"
    window.stepping.choose("phase")
    window.close()
    again = stage.window()
    assert again.stepping.granularity == "phase"
    assert stage.button(again, "granularity_phase").isChecked()
    again.stepping.choose("century")
    assert again.stepping.granularity == "phase"


def test_phases_bring_the_minibatch_forward(stage, qtbot):
    window = stage.full_window()
    window.dock("branches").raise_()
    qtbot.waitUntil(lambda: window.views["branches"].isVisible())
    qtbot.mouseClick(stage.button(window, "granularity_epoch"), Qt.MouseButton.LeftButton)
    assert not shown(window, "minibatch")
    qtbot.mouseClick(stage.button(window, "granularity_phase"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(window, "minibatch"))


def shown(window, id):
    """Whether a view is in front of those it shares its place with."""
    return not window.views[id].visibleRegion().isEmpty()


HIDDEN = ("more",)
"""Buttons of the toolbar that are there only where others have no room."""


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_toolbar_shows_everything(stage, qtbot, size):
    window = stage.full_window(size)
    recipe = stage.recipe
    long = "/some/folder/with/quite-a-long-name-for-a-button"
    column = "a column of quite a long name as well"
    table = DataDescription(targets=(Column(column),), target_choices=(column, "b"))
    for dataset, meaning in (("park", DataDescription()), (long, table)):
        recipe = type(recipe)(dataset=dataset, layers=recipe.layers)
        window.show_snapshot(stage.snapshot(recipe=recipe, description=meaning))
        settled(window)
        assert window.width() == size[0]
        more = window.toolbar.findChild(QToolButton, "qt_toolbar_ext_button")
        assert more is None or not more.isVisible()
        for button in window.toolbar.findChildren(QToolButton):
            shown = button.objectName() not in (*HIDDEN, *(() if meaning is table else ("target",)))
            if button is not more and shown:
                right = button.mapTo(window.toolbar, button.rect().topRight()).x()
                assert button.isVisible(), button.text()
                assert right < window.toolbar.width(), button.text()
    assert window.toolbar.property("compact") == (size[0] < ROOMY)


@pytest.mark.parametrize("text", ["Going to step 12\u202f000", "whatever it says", ""])
def test_escape_calls_off_a_long_way_and_nothing_else(stage, text):
    _window = stage.window()
    stage.press(Qt.Key.Key_Escape)
    stage.ports.publish(Loading("Opening mnist", 0.2))
    stage.press(Qt.Key.Key_Escape)
    assert stage.sent == []
    stage.ports.publish(Loading(text, 0.2, stoppable=True))
    stage.press(Qt.Key.Key_Escape)
    assert stage.sent == [commands.Pause()]
    stage.ports.publish(Loading("", 1.0))
    stage.press(Qt.Key.Key_Escape)
    assert stage.sent == [commands.Pause()]


def test_escape_calls_off_what_a_view_waits_for(stage):
    window = stage.window()
    first, second = window.views["side"], window.views["other"]
    stage.press(Qt.Key.Key_Escape)
    first.busy.emit(True)
    second.busy.emit(True)
    second.busy.emit(False)
    stage.press(Qt.Key.Key_Escape)
    assert (first.called_off, second.called_off) == (1, 0)
    assert stage.sent == []  # training goes on
    first.busy.emit(False)
    stage.press(Qt.Key.Key_Escape)
    assert first.called_off == 1


def test_escape_calls_off_a_fine_surface(stage, qtbot):
    window = stage.window(VIEWS, (1280, 900))
    window.show_snapshot(stage.snapshot(steps=2))
    window.open_panel("surface")
    view = window.views["surface"]
    qtbot.waitUntil(view.in_sight)
    wanted, cancelled = [], []
    view.plane_wanted.connect(wanted.append)
    view.plane_cancelled.connect(lambda: cancelled.append(True))
    view.restore({"points": 201, "sample": 10**9})
    view.show_progress(Surveying(wanted[-1].generation, 0.3))
    assert view.banner.cancel.isVisible()
    stage.press(Qt.Key.Key_Escape)
    assert cancelled == [True]
    assert not view.banner.cancel.isVisible()
    assert stage.sent == []
    assert not window.actions_by_id["cancel"].isEnabled()


def test_ctrl_g_types_a_step_into_the_timeline(stage):
    ctrl = Qt.KeyboardModifier.ControlModifier
    window = stage.full_window()
    stage.press(Qt.Key.Key_G, ctrl)
    assert window.views["timeline"].typed == 1
    window.close()
    stage.window()  # one without a timeline
    stage.press(Qt.Key.Key_G, ctrl)


def test_a_session_brings_its_steps_and_its_speed_along(stage, tmp_path):
    window = stage.window()
    window.show_opened(Opened(tmp_path / "a.nnviz", {"granularity": "epoch", "speed": 3}, 2))
    assert window.stepping.granularity == "epoch"
    assert window.toolbar.slider.value() == 3
    for broken in ({}, {"granularity": 7, "speed": "fast"}, {"speed": 99}):
        window.show_opened(Opened(tmp_path / "a.nnviz", broken, 2))
    assert window.stepping.granularity == "epoch"
    assert window.toolbar.slider.value() == 3


def test_space_plays_phases_where_phases_are_chosen(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_Space)
    assert stage.sent == [commands.Play(by_phase=True)]
    window.show_snapshot(stage.snapshot(playing=True))
    stage.press(Qt.Key.Key_2)  # on at once by what was chosen
    stage.press(Qt.Key.Key_1)
    assert stage.sent[1:] == [commands.ByPhase(False), commands.ByPhase(True)]
    stage.press(Qt.Key.Key_Space)
    assert stage.sent[-1] == commands.Pause()


def test_l_sends_the_example_through_and_escape_ends_it(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    stage.press(Qt.Key.Key_L)
    (message,) = stage.sent
    assert isinstance(message, commands.LookThrough)
    assert message.picture is None
    assert window.stepping.granularity == "phase"
    moment = stage.snapshot()
    trainer = stage.trainer
    x, y = trainer.dataset.x_test[0], trainer.dataset.y_test[0]
    walk = walk_of_test(trainer.network, 0, 0, x, y, trainer.eta)
    window.show_snapshot(replace(moment, minibatch=walk.minibatch, phase=walk.phase))
    stage.press(Qt.Key.Key_Right)
    stage.press(Qt.Key.Key_Left)
    stage.press(Qt.Key.Key_Escape)
    forward, back, away = stage.sent[1:]
    assert (forward, back) == (commands.StepPhase(), commands.StepPhase(back=True))
    assert away == commands.LookAway()
    window.show_snapshot(moment)
    stage.press(Qt.Key.Key_Escape)
    assert len(stage.sent) == 4


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_play_and_pause_move_nothing_on_the_toolbar(stage, size):
    window = stage.full_window(size)
    window.show_snapshot(stage.snapshot())
    places = []
    for playing in (False, True, False):
        window.show_snapshot(stage.snapshot(playing=playing))
        window.toolbar.layout().activate()
        buttons = window.toolbar.findChildren(QToolButton)
        places.append([button.geometry().getRect() for button in buttons])
    assert places[0] == places[1] == places[2]


def test_h_and_d_halve_and_double_the_learning_rate(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    rate = window.requests.recipe.learning_rate
    stage.press(Qt.Key.Key_H)
    stage.press(Qt.Key.Key_D)
    wanted = [commands.MakeEdit("learning_rate", factor * rate) for factor in (0.5, 2.0)]
    assert stage.sent == wanted
    heard = []
    stage.ports.on(Failure, heard.append)
    window.requests.recipe = replace(window.requests.recipe, learning_rate=800_000.0)
    window.requests.double_rate()
    assert len(heard) == 1
    assert stage.sent == wanted
