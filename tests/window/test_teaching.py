"""Teaching: the drawing goes to the run and to the store, and neither waits for the other."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.drawings import DrawingStore
from nnviz.engine.recipe import Recipe
from nnviz.engine.taught import NONE, drawing, with_drawings
from nnviz.messages.commands import Teach
from nnviz.messages.data_commands import ShowDrawings, TeachDrawing
from nnviz.messages.events import DrawingAdded, DrawingsLearned, Failure, Notice
from nnviz.window.teaching import Teaching
from tests.ports import ListedPorts

IMAGE = np.pad(np.ones((20, 4), np.float32), ((4, 4), (12, 12)))
STROKES = [np.array([[0.5, 0.1], [0.5, 0.9]])]


class Desk:
    """Teaching with lists in place of the worker, of the data thread and of the window."""

    def __init__(self, folder):
        self.ports = ListedPorts()
        self.store = DrawingStore(folder)
        self.teaching = Teaching(self.store, self.ports)
        self.learned, self.failed, self.told, self.added = [], [], [], []
        for kind, events in (
            (DrawingsLearned, self.learned), (Failure, self.failed),
            (Notice, self.told), (DrawingAdded, self.added),
        ):  # fmt: skip
            self.ports.on(kind, events.append)

    @property
    def labels(self):
        return [label for learned in self.learned for label in learned.labels]

    def teach(self, label, image):
        self.ports.send(TeachDrawing(label, image, STROKES))


@pytest.fixture
def desk(qapp, tmp_path):
    return Desk(tmp_path / "drawings")


def test_a_drawing_is_sent_and_kept(desk):
    desk.teach(1, IMAGE)
    desk.teach(7, IMAGE.T)
    taught = [command for command in desk.ports.sent if isinstance(command, Teach)]
    assert [[label for label, _ in one.drawings] for one in taught] == [[1], [7]]
    assert desk.ports.sent[-1] == ShowDrawings()
    assert len(desk.added) == 2
    (first, _) = desk.store.kept().drawings
    np.testing.assert_array_equal(first.image, IMAGE * 255)
    np.testing.assert_array_equal(first.strokes[0], STROKES[0])


def test_a_disk_that_refuses_does_not_stop_the_lesson(desk):
    desk.store.folder.parent.joinpath("drawings").write_text("no folder")
    desk.teach(1, IMAGE)
    assert (len(desk.ports.sent), desk.added) == (1, [])
    (failure,) = desk.failed
    assert failure.sentence.endswith("The run learns the drawing all the same.")
    assert "Traceback" not in failure.sentence


def snapshot_of(stage, taught, **more):
    recipe = replace(Recipe(layers=(784, 3, 10)), taught=taught)
    return replace(stage.snapshot(), recipe=recipe, **more)


def test_the_run_s_answer_is_told_once(desk, stage):
    one = with_drawings(NONE, [drawing(4, IMAGE)])
    two = with_drawings(one, [drawing(9, IMAGE.T)])
    desk.ports.publish(snapshot_of(stage, NONE))
    for _ in range(2):
        desk.ports.publish(snapshot_of(stage, one, playing=True))
    assert desk.labels == [4]
    assert desk.told == []  # training goes on
    desk.ports.publish(snapshot_of(stage, two))
    assert desk.labels == [4, 9]
    assert "press play" in desk.told[0].sentence
    desk.ports.publish(snapshot_of(stage, one))  # taken back
    assert desk.labels == [4, 9]


def test_a_session_that_is_opened_teaches_nothing_new(desk, stage):
    desk.ports.publish(snapshot_of(stage, NONE, run=1))
    desk.ports.publish(snapshot_of(stage, with_drawings(NONE, [drawing(4, IMAGE)]), run=2))
    assert desk.labels == []


@pytest.mark.parametrize(
    ("bias", "says"), [(-9.0, "saturated"), (0.3, "still read as 0."), (9, "")]
)
def test_what_is_not_learned_in_an_epoch_is_told_with_its_reason(desk, stage, bias, says):
    taught = with_drawings(NONE, [drawing(4, IMAGE)])
    theta = np.zeros(Recipe(layers=(784, 3, 10)).parameters, np.float32)
    theta[-10:] = (0.5, 0, 0, 0, bias, 0, 0, 0, 0, 0)
    desk.ports.publish(snapshot_of(stage, NONE, epoch=1.0))
    desk.ports.publish(snapshot_of(stage, taught, epoch=1.0, playing=True))
    desk.ports.publish(snapshot_of(stage, taught, epoch=1.9, theta=theta, playing=True))
    assert desk.told == []
    for _ in range(2):  # once is enough
        desk.ports.publish(snapshot_of(stage, taught, epoch=2.1, theta=theta))
    assert len(desk.told) == bool(says)
    assert all(says in notice.sentence for notice in desk.told)


def test_what_was_taken_back_is_not_asked_after(desk, stage):
    taught = with_drawings(NONE, [drawing(4, IMAGE)])
    desk.ports.publish(snapshot_of(stage, NONE, epoch=1.0))
    desk.ports.publish(snapshot_of(stage, taught, epoch=1.0, playing=True))
    desk.ports.publish(snapshot_of(stage, NONE, epoch=3.0, playing=True))
    assert desk.told == []
