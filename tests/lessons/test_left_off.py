"""Where a lesson was left, as a file: all of it comes back; what is broken is as good as none."""

import json

import numpy as np
import pytest

from nnviz.engine.selection import Selection
from nnviz.lessons import load_lesson
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.left_off import Found, LeftOff, Phase, read_left_off, save_left_off
from nnviz.lessons.script import Script
from nnviz.messages.ui_state import UiState

UI = UiState(Selection("neuron", 1, 1), "phase", 3, ("network",), (), {"network": {"edges": "all"}})


@pytest.fixture
def lesson():
    return load_lesson("from-neuron-to-layers")


@pytest.fixture
def left():
    memory = {"before": 0.25, "word": "adam", "row": np.array([1.0, 2.0]), "on": True, "none": None}
    given = (
        GivenAnswer("guess-the-output", 163.0, "163", True, "Right.", "163", judged=True),
        GivenAnswer("another-net", Selection("output", 2, 0), "the output"),
        GivenAnswer("why-four", ((0.0, 1.0), (1.0, 0.0)), "a line", hands=()),
    )
    found = Found(UI, np.array([1.0, 0.5]), Phase("forward 1", True))
    return LeftOff("why-four", found, memory, given)


def test_all_of_it_comes_back(lesson, left, tmp_path):
    path = tmp_path / "left.json"
    save_left_off(path, lesson, left)
    read = read_left_off(path, lesson)
    assert (read.scene, read.found.ui, read.found.phase) == ("why-four", UI, left.found.phase)
    assert read.found.own.tolist() == [1.0, 0.5]
    assert read.given == left.given
    assert read.memory["row"].tolist() == [1.0, 2.0]
    assert {**read.memory, "row": 0} == {**left.memory, "row": 0}


def test_a_script_stands_where_it_was_left(lesson, left):
    script = Script(lesson, left=left)
    assert script.scene.id == "why-four"
    assert script.memory == left.memory
    assert [given.scene for given in script.given] == [given.scene for given in left.given]
    assert script.back() is None  # how the scene before was left nobody knows


@pytest.mark.parametrize(
    "broken", ["", "[]", "{}", '{"version": 1}', '{"version": 9}', "[" * 100_000, "\udcff"]
)
def test_what_is_broken_is_as_good_as_none(lesson, tmp_path, broken):
    path = tmp_path / "left.json"
    path.write_text(broken, "utf-8", errors="surrogateescape")
    assert read_left_off(path, lesson) is None
    assert read_left_off(tmp_path / "nowhere.json", lesson) is None


def test_a_lesson_that_was_changed_begins_anew(lesson, left, tmp_path):
    path = tmp_path / "left.json"
    save_left_off(path, lesson, left)
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({**kept, "lesson": "another"}))
    assert read_left_off(path, lesson) is None
