"""Whatever hands do in a lesson: nobody is locked in, nothing unlocked, one's own run is safe.

`NNVIZ_SEED` chooses other scenes and other gestures than those of every run.
"""

import os
import random

import numpy as np
import pytest

from nnviz.lessons import LESSONS, load_lesson
from nnviz.messages.commands import Pause, ShowData
from nnviz.messages.events import DataInUse
from tests.sampled import sampled
from tests.window.conftest import WIDE
from tests.window.lesson.random_hands import Hands, answer_of, check_passed, same

SEED = int(os.environ.get("NNVIZ_SEED", "18"))
GESTURES, FEW = 60, 25
"""Gestures in a scene of a sample, and in every scene of the course."""
LONG = 600_000
"""Milliseconds that a lesson's start may take which writes digits and trains on them first."""
SIZE = WIDE
LITTLE = "first", "click", "guess", "see", "number", "point"


def scenes_that_begin_at_once():
    """Return the scenes of lessons whose data are a few rows, as lesson and scene."""
    for id in LESSONS:
        lesson = load_lesson(id)
        recipes = lesson.start.recipe, *(scene.changes.recipe for scene in lesson.scenes)
        if not any("dataset" in recipe for recipe in recipes):
            yield from ((id, scene.id) for scene in lesson.scenes)


SAMPLE = random.Random(SEED).sample(list(scenes_that_begin_at_once()), 4)


class OwnRun:
    """What is on screen before a lesson is opened."""

    def __init__(self, at):
        self.at, window = at, at.window
        self.snapshot, self.selection = window.snapshot, window.selection
        self.recipe, self.ui = window.requests.recipe, window.ui_state()

    def is_given_back(self):
        at, window, own = self.at, self.at.window, self.snapshot
        at.player.leave()
        at.qtbot.waitUntil(lambda: window.snapshot.run == own.run, timeout=60_000)
        assert window.snapshot.step == own.step
        assert np.array_equal(window.snapshot.theta, own.theta)
        assert window.requests.recipe == self.recipe
        assert window.selection == self.selection


def play_about(at, seed, gestures):
    """Do anything in a scene, and see that it is still that scene of that lesson."""
    scene, hands = at.scene, Hands(at.window, seed)
    settle(at, hands)
    for _ in range(gestures):
        hands.do()
        assert at.scene == scene
        assert at.window.snapshot.demonstration
    at.window.gate.judge = hands._judge
    check_passed(hands)


def settle(at, hands):
    """Wait until all is done that was on its way when the scene began, and is on screen."""
    if at.script.scene.play is not None:
        return
    answered, ports = [], at.window.gate.beyond
    ports.on(DataInUse, answered.append)
    ports.send(Pause())  # hands may have left it playing in the scene before, and nothing stands
    ports.send(ShowData())  # it is obeyed after all that was asked for before
    at.qtbot.waitUntil(lambda: bool(answered), timeout=60_000)
    before = None
    while before is None or not all(map(same, before.values(), hands.seen().values())):
        before = hands.seen()
        at.qtbot.wait(200)


def go_on(at):
    """Nobody is locked in: an answer, and On at most twice, lead on."""
    at.qtbot.waitUntil(lambda: at.script.arrived and not at.player.playback._applying.busy)
    scene, playback = at.scene, at.player.playback
    if at.script.scene.question is not None and at.script.given.of(at.script.scene) is None:
        playback.answer(answer_of(at.script))
    for _ in range(2):
        if at.scene == scene and not at.script.finished:
            playback.on()
    assert at.script.finished or at.scene != scene


@pytest.mark.parametrize("scene", sampled(LITTLE, every=2))
def test_every_kind_of_scene(at, scene):
    own = OwnRun(at)
    at.open()
    at.go_to(scene)
    play_about(at, SEED + LITTLE.index(scene), GESTURES)
    go_on(at)
    own.is_given_back()


@pytest.mark.parametrize(("id", "scene"), sampled(SAMPLE, every=2, rows=True))
def test_some_scenes_of_the_course(at, id, scene):
    own, lesson = OwnRun(at), load_lesson(id)
    at.window.course.open(lesson.path)
    at.player.play(lesson, scene)
    at.ready()
    play_about(at, f"{SEED} {id} {scene}", GESTURES)
    go_on(at)
    own.is_given_back()


@pytest.mark.slow
@pytest.mark.parametrize("id", LESSONS)
def test_every_scene_of_the_course(at, id):
    own, lesson = OwnRun(at), load_lesson(id)
    at.window.course.open(lesson.path)
    at.ready(LONG)
    for place, scene in enumerate(lesson.scenes):
        assert at.scene == scene.id
        play_about(at, f"{SEED} {id} {scene.id}", FEW)
        go_on(at)
        if place + 1 < len(lesson.scenes):
            at.ready(LONG)
    assert at.script.finished
    own.is_given_back()
