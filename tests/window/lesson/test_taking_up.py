"""A lesson that is left is taken up at the beginning of its scene, as that was, and can be done."""

import threading

import numpy as np
import pytest

from nnviz.lessons import LESSONS, load_lesson
from nnviz.lessons.texts import UNKNOWN
from nnviz.messages.commands import SaveSession
from nnviz.messages.events import Saved
from nnviz.messages.ui_state import UiState
from nnviz.rehearsal.actor import Actor
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.tour.guide import FRAME, Guide
from tests.sampled import sampled
from tests.window.conftest import WIDE

SIZE = WIDE
SHORT = ("from-neuron-to-layers", "backpropagation")
"""Lessons in which weights are changed, examples sent through, edits set, and phases trained."""

PATIENCE = 180.0
"""Seconds: runs that are kept go to disk in the background, and digits are drawn to be marked."""

LOOKS = 200
"""Looks, at least a frame apart, after which what is not as it was will not be."""


class Restless:
    """Somebody who leaves a lesson in every scene, and takes it up again."""

    def __init__(self, guide, lesson):
        self.guide, self.lesson, self.problems = guide, lesson, []

    @property
    def player(self):
        return self.guide.app.window.course.player

    def at(self, scene):
        player = self.player
        return player is not None and player.script.scene.id == scene.id and player.script.arrived

    def arrived(self, scene):
        if scene is self.lesson.scenes[0]:
            return
        before = self.seen()
        self.guide.app.window.course.close()
        self.guide.wait("one's own run", lambda: not self.guide.at().demonstration)
        run = self.guide.app.window.snapshot.run
        self.guide.app.window.course.open(self.lesson.path)
        self.guide.wait(f"'{scene.id}' again", lambda: self.at(scene))
        assert self.guide.app.window.snapshot.run != run
        if UNKNOWN not in before["text"]:  # a report may take a while to be made anew
            self.guide.wait("all numbers", lambda: UNKNOWN not in self.player.script.text)
        for _ in range(LOOKS):
            if not (differs := self.differs(before, self.seen())):
                return
            self.guide.live(FRAME)
        self.problems += [f"{scene.id}: {name}" for name in differs]

    def seen(self):
        self.guide.settle()
        at, player = self.guide.at(), self.player
        script, ui = player.script, self.guide.app.window.ui_state()
        return {
            "text": script.text,
            "memory": dict(script.memory),
            "given": tuple(script.given),
            "layers": at.recipe.layers,
            "recipe": at.recipe,
            "theta": at.theta.copy(),
            "step": at.step,
            "phase": at.phase,
            "own": player.playback._happenings.own_input,
            "selection": ui.selection,
            "panels": set(ui.open_panels or ()),
            "granularity": ui.granularity,
            "edges": UiState().views if "network" not in ui.views else ui.views["network"]["edges"],
        }

    def differs(self, before, after):
        playing = self.player.script.scene.play is not None
        free = {"theta", "step", "text", "phase"} if playing else set()
        return [name for name in before if name not in free and not same(before[name], after[name])]


def same(one, other):
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    return one == other or (one != one and other != other)


@pytest.fixture
def guide(app_at_rest, tmp_path):
    guide, window = Guide(app_at_rest, tmp_path, PATIENCE), app_at_rest.window
    window.resize(1280, 720)
    window.examples.open("example:and")
    guide.wait("the example", lambda: guide.at().recipe.dataset == "example:and")
    return guide


def take_up_everywhere(guide, id, folder):
    lesson = load_lesson(id)
    restless = Restless(guide, lesson)
    actor = Actor(guide, lambda _name: None, wrong=False, arrived=restless.arrived)
    played = actor.play(lesson)
    assert played.failures == []
    assert restless.problems == []
    guide.app.window.course.close()
    guide.wait("one's own run", lambda: not guide.at().demonstration)
    saved, gate = [], guide.app.window.gate
    gate.on(Saved, saved.append)  # it is written after the runs that were kept before
    gate.send(SaveSession(folder / "last.nnviz", {}, copy=True))
    guide.wait("all to be on disk", lambda: bool(saved))


@pytest.mark.parametrize("id", sampled(SHORT, every=2))
def test_lessons_are_taken_up(guide, id, tmp_path):
    take_up_everywhere(guide, id, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("id", [id for id in LESSONS if id not in SHORT])
def test_every_lesson_is_taken_up(guide, id, tmp_path):
    take_up_everywhere(guide, id, tmp_path)


def test_it_is_taken_up_before_its_run_is_on_disk(guide, qtbot, monkeypatch):
    lesson, window = load_lesson("from-neuron-to-layers"), guide.app.window
    window.course.open(lesson.path)
    guide.wait("the lesson", lambda: window.course.player.script.arrived)
    window.course.player.playback.on()
    second, written = lesson.scenes[1], threading.Event()
    guide.wait("the second scene", lambda: Restless(guide, lesson).at(second))
    run, write = window.course.player._record.run_of(lesson), AutosaveThread._do

    def slowly(self, task):
        if task.path == run:
            assert written.wait(60)
        write(self, task)

    monkeypatch.setattr(AutosaveThread, "_do", slowly)
    window.course.close()
    window.course.open(lesson.path)
    qtbot.waitUntil(lambda: Restless(guide, lesson).at(second), timeout=60_000)
    assert not run.is_file()
    written.set()


def test_without_its_run_it_begins_anew(guide, qtbot):
    lesson = load_lesson("from-neuron-to-layers")
    window = guide.app.window
    window.course.open(lesson.path)
    guide.wait("the lesson", lambda: window.course.player.script.arrived)
    window.course.player.playback.on()
    second = lesson.scenes[1]
    guide.wait("the second scene", lambda: Restless(guide, lesson).at(second))
    record, path = window.course.player._record, window.course.player._record.run_of(lesson)
    window.course.close()
    guide.wait("its run on disk", path.is_file)
    path.write_bytes(b"no session")
    assert record.left_off(lesson) is not None
    window.course.open(lesson.path)
    first = lesson.scenes[0]
    qtbot.waitUntil(lambda: Restless(guide, lesson).at(first), timeout=60_000)
    player = window.course.player
    assert player.playback.shown.line == player.words("anew")
