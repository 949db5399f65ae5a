"""Rehearsal: lessons play themselves in the real window, and what is wrong with one is told."""

import shutil
from importlib import import_module
from pathlib import Path

import pytest

from nnviz.lessons import LESSONS
from nnviz.rehearsal import rehearse
from nnviz.rehearsal.actor import Actor
from tests.sampled import sampled

SHORT = ("what-a-neuron-does", "threshold-becomes-bias", "backpropagation")
"""Lessons of nets that train in no time: stepped, typed, dragged and selected."""
SCENE = "\n[[scene]]"
"""Where the next scene of a lesson begins."""


@pytest.mark.parametrize("lessons", [SHORT[:1], pytest.param(SHORT, marks=pytest.mark.slow)])
def test_lessons_are_played_to_their_end(capsys, lessons):
    assert rehearse(lessons) == 0, capsys.readouterr().out
    assert capsys.readouterr().out.endswith(f"{len(lessons)} of {len(lessons)} lessons passed\n")


def test_on_the_stage_too(capsys):
    assert rehearse(SHORT[:1], projector=True) == 0, capsys.readouterr().out


@pytest.mark.parametrize("lesson", sampled((SHORT[0], "a-line-in-the-plane"), every=2))
def test_what_is_answered_wrongly_is_wrong_whenever_that_is_seen(monkeypatch, capsys, lesson):
    played = []

    class Noting(Actor):
        def play(self, lesson):
            played.append(super().play(lesson))
            return played[-1]

    monkeypatch.setattr(import_module("nnviz.rehearsal.rehearse"), "Actor", Noting)
    assert rehearse((lesson,), wrong=True) == 0, capsys.readouterr().out
    assert played[0].right
    assert not played[0].missed


@pytest.fixture
def spoiled(tmp_path: Path):
    """Return what writes a lesson up to the scene with some text, that text replaced."""

    def write(old: str, new: str) -> str:
        source = LESSONS["what-a-neuron-does"].path
        shutil.copytree(source.parent, tmp_path / "lessons")
        text = source.read_text("utf-8")
        before, found, after = text.partition(old)
        assert found
        after = after.partition(SCENE)[0]
        before = before.replace('to = "which-counts"\n', "")  # a scene that is left out
        path = tmp_path / "lessons" / source.name
        path.write_text(before + new + after, "utf-8")
        return str(path)

    return write


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"12"', '"12.5"', "should read 12.5"),
        ('text = "', 'text = "' + "word " * 46, "says"),
    ],
)
def test_what_is_wrong_with_a_lesson_is_told(spoiled, capsys, old, new, told):
    assert rehearse([spoiled(old, new)]) == 1
    out = capsys.readouterr().out
    assert told in out
    assert out.endswith("0 of 1 lessons passed\n")


@pytest.mark.slow
@pytest.mark.parametrize("projector", [False, True])
def test_all_lessons_are_played_to_their_end(capsys, projector):
    assert rehearse(projector=projector) == 0, capsys.readouterr().out
