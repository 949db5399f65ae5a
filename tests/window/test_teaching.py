"""Teaching: the drawing goes to the run and to the store, and neither waits for the other."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.drawings import DrawingStore
from nnviz.engine.recipe import Recipe
from nnviz.engine.taught import NONE, drawing, with_drawing
from nnviz.messages import commands
from nnviz.window.teaching import Teaching

IMAGE = np.pad(np.ones((20, 4), np.float32), ((4, 4), (12, 12)))
STROKES = [np.array([[0.5, 0.1], [0.5, 0.9]])]


class Desk:
    """Teaching with lists in place of the worker and of the window."""

    def __init__(self, folder):
        self.sent, self.added, self.kept = [], 0, []
        self.learned, self.failed, self.told = [], [], []
        self.store = DrawingStore(folder)
        self.teaching = Teaching(self.store, self.sent.append)
        for name in ("kept", "learned", "failed", "told"):
            getattr(self.teaching, name).connect(getattr(self, name).append)
        self.teaching.added.connect(self.count)

    def count(self):
        self.added += 1


@pytest.fixture
def desk(qapp, tmp_path):
    return Desk(tmp_path / "drawings")


def test_a_drawing_is_sent_and_kept(desk):
    desk.teaching.teach(1, IMAGE, STROKES)
    desk.teaching.teach(7, IMAGE.T, STROKES)
    assert [(one.label, one.image is not None) for one in desk.sent] == [(1, True), (7, True)]
    assert isinstance(desk.sent[0], commands.Teach)
    assert desk.added == 2
    desk.teaching.show_kept(desk.store.kept())
    assert [label for label, _, _ in desk.kept[-1]] == [7, 1]  # the newest first
    (first, _) = desk.store.kept().drawings
    np.testing.assert_array_equal(first.image, IMAGE * 255)
    np.testing.assert_array_equal(first.strokes[0], STROKES[0])


def test_a_disk_that_refuses_does_not_stop_the_lesson(desk):
    desk.store.folder.parent.joinpath("drawings").write_text("no folder")
    desk.teaching.teach(1, IMAGE, STROKES)
    assert (len(desk.sent), desk.added) == (1, 0)
    (failure,) = desk.failed
    assert failure.sentence.endswith("The run learns the drawing all the same.")
    assert "Traceback" not in failure.sentence


def snapshot_of(stage, taught, **more):
    recipe = replace(Recipe(layers=(784, 3, 10)), taught=taught)
    return replace(stage.snapshot(), recipe=recipe, **more)


def test_the_run_s_answer_is_told_once(desk, stage):
    one = with_drawing(NONE, drawing(4, IMAGE))
    two = with_drawing(one, drawing(9, IMAGE.T))
    desk.teaching.show_snapshot(snapshot_of(stage, NONE))
    for _ in range(2):
        desk.teaching.show_snapshot(snapshot_of(stage, one, playing=True))
    assert desk.learned == [4]
    assert desk.told == []  # training goes on
    desk.teaching.show_snapshot(snapshot_of(stage, two))
    assert desk.learned == [4, 9]
    assert "press play" in desk.told[0].sentence
    desk.teaching.show_snapshot(snapshot_of(stage, one))  # taken back
    assert desk.learned == [4, 9]


def test_a_session_that_is_opened_teaches_nothing_new(desk, stage):
    desk.teaching.show_snapshot(snapshot_of(stage, NONE, run=1))
    desk.teaching.show_snapshot(snapshot_of(stage, with_drawing(NONE, drawing(4, IMAGE)), run=2))
    assert desk.learned == []


@pytest.mark.parametrize(
    ("bias", "says"), [(-9.0, "saturated"), (0.3, "still read as 0."), (9, "")]
)
def test_what_is_not_learned_in_an_epoch_is_told_with_its_reason(desk, stage, bias, says):
    taught = with_drawing(NONE, drawing(4, IMAGE))
    theta = np.zeros(Recipe(layers=(784, 3, 10)).parameters, np.float32)
    theta[-10:] = (0.5, 0, 0, 0, bias, 0, 0, 0, 0, 0)
    desk.teaching.show_snapshot(snapshot_of(stage, NONE, epoch=1.0))
    desk.teaching.show_snapshot(snapshot_of(stage, taught, epoch=1.0, playing=True))
    desk.teaching.show_snapshot(snapshot_of(stage, taught, epoch=1.9, theta=theta, playing=True))
    assert desk.told == []
    for _ in range(2):  # once is enough
        desk.teaching.show_snapshot(snapshot_of(stage, taught, epoch=2.1, theta=theta))
    assert len(desk.told) == bool(says)
    assert all(says in notice.sentence for notice in desk.told)


def test_what_was_taken_back_is_not_asked_after(desk, stage):
    taught = with_drawing(NONE, drawing(4, IMAGE))
    desk.teaching.show_snapshot(snapshot_of(stage, NONE, epoch=1.0))
    desk.teaching.show_snapshot(snapshot_of(stage, taught, epoch=1.0, playing=True))
    desk.teaching.show_snapshot(snapshot_of(stage, NONE, epoch=3.0, playing=True))
    assert desk.told == []
