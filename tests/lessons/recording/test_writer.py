"""New lessons: what is written is read again, passes the check, and so do its sample scenes."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.dataset import DataError
from nnviz.engine.selection import Selection
from nnviz.lesson_command import check
from nnviz.lessons import load_example, load_lesson, save_example
from nnviz.lessons.recording import (
    Beginning,
    LessonFiles,
    Moment,
    beginning,
    beginning_of,
    write_lesson,
)
from nnviz.lessons.recording.samples import BEGIN
from nnviz.messages.ui_state import UiState
from tests.lessons.moments import moment as observed


def taken_up(text):
    """A lesson's text as its author leaves it who takes all samples up."""
    head, _, samples = text.partition(BEGIN)
    plain = (line.removeprefix("#").removeprefix(" ") for line in samples.splitlines())
    whole = (line for line in head.splitlines() if not line.startswith("draft"))
    return "\n".join((*whole, *plain)) + "\n"


def moment(*known, ui=None, own=None, page="", **more):
    return Moment(observed(*known, **more).snapshot, ui or UiState(), own, page)


def write(path, at):
    begun = beginning_of(at)
    files = LessonFiles.at(path, begun)
    write_lesson(files, at, begun)
    return load_lesson(files.path)


CHOSEN = UiState(
    Selection("neuron", 1, 2),
    "phase",
    7,
    ("recipe", "minibatch", "cost"),
    ("minibatch",),
    {"network": {"numbers": True, "edges": "weights", "focused": [], "question": None}},
)


def test_an_example_that_nobody_changed_is_named(tmp_path):
    at = moment("linear-163", ui=CHOSEN, page="why")
    lesson = write(tmp_path / "Layers.toml", at)
    assert (lesson.id, lesson.heading.title["en"]) == ("layers", "Layers")
    assert lesson.start.example == "linear-163"
    look = lesson.start.look
    assert (look.ui, look.page) == (replace(CHOSEN, selection=None), "why")
    assert look.selection.source == "neuron(1, 2)"
    assert [scene.kind for scene in lesson.scenes] == ["watch"]


def test_numbers_that_were_changed_by_hand_are_written_with_all_their_digits(tmp_path):
    at = moment("linear-163", theta={0: 0.1 + 0.2, 13: -1e-9})
    changes = write(tmp_path / "l.toml", at).scenes[0].changes
    found = {name.thing(observed("linear-163")).parameter: value for name, value in changes.edits}
    assert {at: float(value.source) for at, value in found.items()} == {0: 0.1 + 0.2, 13: -1e-9}


@pytest.mark.parametrize("past", [{"steps": 1}, {"reached": 3}, {"theta": {0: 7.0, 1: 8.0}}])
def test_whatever_has_a_past_or_many_changes_is_a_session(past, monkeypatch):
    monkeypatch.setattr(beginning, "MOST_EDITS", 1)
    assert beginning_of(moment("linear-163", **past)).session


@pytest.mark.parametrize(
    ("dataset", "own"),
    [
        ("xor", False),
        ("example:xor", False),
        ('typed:{"columns":["a","b"],"targets":[1],"rows":[[1,2]]}', False),
        ("/elsewhere/pictures", True),
        ("/elsewhere/rows.csv:target=kind", True),
        ("digits+/elsewhere/pictures", True),
    ],
)
def test_a_session_without_its_data_says_so(tmp_path, dataset, own):
    at = moment("xor", steps=1)
    recipe = replace(at.snapshot.recipe, dataset=dataset)
    at = replace(at, snapshot=replace(at.snapshot, recipe=recipe))
    (tmp_path / "l.nnviz").write_text("stands for the session")
    files = LessonFiles(tmp_path / "l.toml", tmp_path / "l.nnviz")
    write_lesson(files, at, beginning_of(at))
    assert ("no part of the session" in files.path.read_text("utf-8")) == own
    assert load_lesson(files.path).start.session == tmp_path / "l.nnviz"


def test_a_session_that_is_there_is_never_written_over(tmp_path):
    (tmp_path / "mine.nnviz").write_text("a run of the user's")
    files = LessonFiles.at(tmp_path / "Mine", Beginning())
    assert (files.path.name, files.session.name) == ("Mine.toml", "mine-2.nnviz")
    assert (tmp_path / "mine.nnviz").read_text() == "a run of the user's"


def test_an_own_input_comes_back_row_by_row(tmp_path):
    own = np.random.default_rng(3).random(3)
    lesson = write(tmp_path / "l.toml", moment("linear-163", own=own))
    values = [one.value(observed("linear-163")) for one in lesson.scenes[0].changes.input]
    assert values == own.tolist()


@pytest.mark.parametrize(
    "selection",
    [
        None,
        Selection("neuron", 1, 2),
        Selection("neuron", 0, 1),
        Selection("output", 2, 0),
        Selection("parameter", 1, 0, 4),
        Selection("cost"),
    ],
)
def test_it_passes_the_check_and_so_do_the_samples_once_they_are_taken_up(
    tmp_path, selection, capsys
):
    at = moment("linear-163", ui=UiState(selection, open_panels=("recipe",)), page="network")
    path = write(tmp_path / "new.toml", at).path
    assert check([str(path)]) == 0, capsys.readouterr().out
    path.write_text(taken_up(path.read_text("utf-8")), "utf-8")
    lesson = load_lesson(path)
    assert [scene.kind for scene in lesson.scenes] == [
        "watch", "predict", "observe", "do", "transfer"
    ]  # fmt: skip
    assert check([str(path)]) == 0, capsys.readouterr().out


def test_a_draft_that_says_it_is_none_has_to_be_whole(tmp_path, capsys):
    path = write(tmp_path / "new.toml", moment("linear-163")).path
    path.write_text(path.read_text("utf-8").replace("draft = true", "draft = false"), "utf-8")
    assert check([str(path)]) == 1
    assert "nobody predicts anything" in capsys.readouterr().out


def test_an_example_of_ones_own_is_put_beside_the_lesson(tmp_path):
    own = tmp_path / "xor.toml"
    save_example(own, replace(load_example("xor"), title="Mine"))
    at = moment("xor")
    course = tmp_path / "course"
    course.mkdir()
    snapshot = replace(at.snapshot, recipe=load_example(own).recipe)
    lesson = write(course / "a.toml", replace(at, snapshot=snapshot))
    assert Path(lesson.start.example) == course / "examples" / "own-xor.toml"
    assert load_example(lesson.start.example).title == "Mine"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_bad_place_is_one_sentence_and_leaves_nothing(tmp_path, monkeypatch, code):
    def full(self, target):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError) as told:
        write(tmp_path / "l.toml", moment("linear-163"))
    assert str(told.value).startswith(f"The lesson cannot be saved as {tmp_path / 'l.toml'}, ")
    assert "\n" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(DataError, match="cannot be saved as"):
        write(tmp_path / "none" / "l.toml", moment("linear-163"))
