"""Hints: each at the moment when it helps, once, as a line that waits."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from nnviz.engine.selection import Selection
from nnviz.engine.training.evaluation import Evaluation
from nnviz.messages.commands import LookThrough
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import OpenPanel, Select
from nnviz.views import VIEWS
from nnviz.window.first_minute.hints import HINTS, WATCHABLE, Situation, known_hints, next_hint
from nnviz.window.panel import PanelTitle
from nnviz.window.settings import Settings
from nnviz.window.toolbar import PACES
from tests.waiting import events_done
from tests.window.conftest import Probe

UI = UiState(open_panels=())


@pytest.fixture
def moment(stage):
    """Returns moments of a little run, with some fields replaced."""
    return lambda **changes: stage.snapshot(**{"epoch": 0.0, "reached": 0, **changes})


def evaluation(train, test):
    return Evaluation(
        step=9, epoch=3.0, train_cost=0.1, test_cost=0.1, train_accuracy=train, test_accuracy=test
    )


def given(snapshot, before=None, ui=UI, pace=None, earlier=()):
    hint = next_hint(Situation(snapshot, before, ui, pace), list(earlier))
    return None if hint is None else hint.id


def test_the_speed_of_watching_is_that_of_the_plane():
    assert PACES[WATCHABLE] == 200


def test_nothing_is_suggested_at_the_start(moment):
    assert given(moment()) is None


def test_phases_after_some_steps_by_hand(moment):
    assert given(moment(reached=5, step=5)) == "phases"
    assert given(moment(reached=2, step=2)) is None
    assert given(moment(reached=5, step=5, playing=True)) is None
    assert given(moment(reached=5, step=5), ui=replace(UI, granularity="phase")) is None


def test_speed_while_it_rushes_by(moment):
    fast = moment(reached=500, step=500, epoch=2.0, playing=True)
    assert given(fast) == "speed"
    assert given(fast, pace=200.0) is None
    assert given(moment(reached=5, step=5, epoch=0.1, playing=True)) is None


def test_why_once_it_rests_having_learned(moment):
    rests = moment(reached=500, step=500, epoch=2.0)
    assert given(rests) == "why"
    assert given(rests, ui=replace(UI, selection=Selection("neuron", 1, 0))) is None


def test_fields_where_there_are_pictures(moment):
    rests = moment(reached=500, step=500, epoch=2.0, image_shape=(1, 2))
    assert given(rests, earlier=["why"]) == "fields"
    shown = replace(UI, views={"network": {"fields": True}})
    assert given(rests, ui=shown, earlier=["why"]) is None


def test_evaluation_once_it_is_good(moment):
    good = moment(
        reached=500,
        step=500,
        epoch=2.0,
        class_names=("a", "b"),
        evaluations=(evaluation(0.96, 0.95),),
    )
    assert given(good, earlier=["why"]) == "evaluation"
    assert given(good, ui=replace(UI, open_panels=("evaluation",)), earlier=["why"]) is None


def test_augmentation_where_training_pictures_are_known_better(moment):
    heart = moment(
        reached=500,
        step=500,
        epoch=2.0,
        class_names=("a", "b"),
        image_shape=(1, 2),
        evaluations=(evaluation(0.99, 0.85),),
    )
    assert given(heart, earlier=["why", "fields"]) == "augmentation"


def test_race_where_another_optimiser_was_taken(moment):
    before = moment()
    after = moment(run=2, recipe=replace(before.recipe, optimiser="adam"))
    assert given(after, before) == "race"
    assert given(moment(run=2), before) is None


def test_branches_after_going_back(moment):
    assert given(moment(reached=500, step=300, epoch=0.5)) == "branches"


def test_a_hint_that_was_given_is_not_given_again(moment):
    assert given(moment(reached=5, step=5), earlier=["phases"]) is None


def test_what_cannot_be_trained_has_none(moment):
    assert given(moment(reached=5, step=5, missing="There are no points yet.")) is None


def test_what_is_found_without_a_hint_is_known(moment):
    now = Situation(moment(), None, replace(UI, open_panels=("race", "augment")), 50.0)
    assert {"race", "augmentation", "speed"} <= known_hints(now)


def test_each_is_one_short_sentence_with_something_to_do(moment):
    now = Situation(moment(), None, UI, None)
    ids = [hint.id for hint in HINTS]
    assert len(set(ids)) == len(ids)
    assert {
        "phases",
        "fields",
        "why",
        "race",
        "evaluation",
        "augmentation",
        "branches",
        "speed",
    } == {*ids}
    for hint in HINTS:
        assert len(hint.sentence) < 100, hint.id
        assert hint.button
        assert hint.does(now) is not None


# -- in the window -------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(stage):
    return Clock()


@pytest.fixture
def window(stage, clock):
    window = stage.window(VIEWS, (1280, 720))
    window.first_minute.hints._clock = clock
    window.first_minute.hints._next_look = window.first_minute.hints._next_hint = 0.0
    window.first_minute.welcome(first=False)
    return window


def show(stage, clock, **changes):
    clock.now += 100
    snapshot = stage.snapshot(**changes)
    stage.ports.publish(snapshot)
    return snapshot


def test_a_hint_is_a_line_whose_button_does_it_and_which_comes_once(stage, window, clock):
    show(stage, clock)
    assert not window.banner.isVisible()
    show(stage, clock, step=5, reached=5, epoch=0.1)
    assert window.banner.isVisible()
    assert "phases" in window.banner.text
    show(stage, clock, step=6, reached=6, epoch=0.1)
    assert window.banner.isVisible()  # it waits
    stage.sent.clear()
    stage.qtbot.mouseClick(
        window.banner.findChild(QPushButton, "Primary"), Qt.MouseButton.LeftButton
    )
    assert [type(one) for one in stage.sent] == [LookThrough]
    assert not window.banner.isVisible()
    show(stage, clock, step=7, reached=7, epoch=0.1)
    assert not window.banner.isVisible()


def test_a_hint_covers_nothing_and_the_window_does_not_grow_for_it(stage, window, clock):
    panel, size = window.banner.parentWidget(), window.size()
    views = panel.findChildren(Probe)
    before, least = [view.geometry() for view in views], panel.minimumSizeHint()
    show(stage, clock, step=5, reached=5, epoch=0.1)
    events_done()
    line = window.banner.geometry()
    assert window.banner.isVisible()
    for view in views:
        assert view.mapTo(panel, view.rect().topLeft()).y() > line.bottom()
    assert panel.findChild(PanelTitle).geometry().top() > line.bottom()
    assert (window.size(), panel.minimumSizeHint()) == (size, least)
    window.resize(size.width() - 200, size.height() - 100)
    events_done()
    assert panel.findChild(PanelTitle).geometry().top() > window.banner.geometry().bottom()
    window.resize(size)
    window.banner.end()
    events_done()
    assert [view.geometry() for view in views] == before


def test_one_that_is_put_away_never_comes_back(stage, window, clock):
    show(stage, clock, step=5, reached=5, epoch=0.1)
    close = window.banner.findChild(QToolButton, "banner_close")
    assert "Run ▸" in close.toolTip()
    stage.qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    window.close()
    assert "phases" in Settings(stage.folder / "w.json").hints_given


def situation(id):
    """What is shown before and at the moment when a hint helps."""
    rests = {"step": 500, "reached": 500, "epoch": 2.0}
    pictures = {**rests, "image_shape": (1, 2), "class_names": ("a", "b")}
    good, heart = evaluation(0.96, 0.95), evaluation(0.99, 0.85)
    return {
        "phases": ({}, {"step": 5, "reached": 5, "epoch": 0.1}),
        "speed": ({}, {**rests, "playing": True}),
        "why": ({}, rests),
        "fields": ({}, pictures),
        "evaluation": ({}, {**rests, "class_names": ("a", "b"), "evaluations": (good,)}),
        "augmentation": ({}, {**pictures, "evaluations": (heart,)}),
        "race": ({"run": 4}, {"run": 5, "step": 0, "reached": 0, "epoch": 0.0}),
        "branches": ({}, {"step": 300, "reached": 500, "epoch": 0.5}),
    }[id]


@pytest.mark.parametrize("id", [hint.id for hint in HINTS])
def test_each_comes_at_its_moment_is_put_away_for_good_and_stays_away(stage, window, clock, id):
    """Those before it in the list have been given; what it says of where to look is in its tip."""
    hint = next(hint for hint in HINTS if hint.id == id)
    window._settings.hints_given = [one.id for one in HINTS[: HINTS.index(hint)]]
    before, moment = situation(id)
    show(stage, clock, step=0, reached=0, epoch=0.0, **before)
    assert not window.banner.isVisible()
    if id == "race":
        recipe = replace(stage.snapshot().recipe, optimiser="adam")
        moment = {**moment, "recipe": recipe}
    show(stage, clock, **moment)
    assert window.banner.isVisible()
    assert window.banner.text == hint.sentence
    assert window.rect().contains(window.banner.geometry())
    close = window.banner.findChild(QToolButton, "banner_close")
    assert hint.stays in close.toolTip()
    stage.qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()
    show(stage, clock, **moment)
    assert window.banner.text != hint.sentence or not window.banner.isVisible()
    window.close()
    assert id in Settings(stage.folder / "w.json").hints_given


def test_between_two_hints_there_is_quiet(stage, window, clock):
    show(stage, clock, step=5, reached=5, epoch=0.1)
    window.banner.hide()
    clock.now -= 99
    show(stage, clock, step=300, reached=500, epoch=0.5)
    clock.now -= 99
    assert not window.banner.isVisible() or "branch" in window.banner.text


def test_windows_that_were_not_welcomed_give_none(stage):
    window = stage.window(VIEWS, (1280, 720))
    window.first_minute.hints._next_look = 0.0
    stage.ports.publish(stage.snapshot(step=5, reached=5, epoch=0.1))
    assert not window.banner.isVisible()


def test_commands_of_hints_are_taken(moment):
    now = Situation(moment(), None, UI, None)
    by_id = {hint.id: hint.does(now) for hint in HINTS}
    assert by_id["evaluation"] == OpenPanel("evaluation")
    assert isinstance(by_id["why"], Select)
    assert by_id["why"].selection.fits(now.snapshot.recipe)
    assert {one.id for one in by_id.values() if isinstance(one, OpenPanel)} <= {
        spec.id for spec in VIEWS
    }
    assert PACES[by_id["speed"].state.speed] == 200
