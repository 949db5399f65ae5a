"""Every view joins itself by ports, as often as one likes, and leaves nothing behind."""

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from nnviz.data.drawings import Kept
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import OWN
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import survey
from nnviz.messages import events
from nnviz.messages.commands import GoTo, MakeEdit
from nnviz.messages.data_commands import TeachDrawing
from nnviz.messages.window_commands import OpenPanel, Select
from nnviz.views import VIEWS, augment, minibatch, network, pad, surface, timeline
from tests.ports import ListedPorts
from tests.snapshots import make_dataset, make_snapshot

NEURON = Selection("neuron", 1, 2)


@pytest.fixture(scope="module")
def dataset():
    return make_dataset()


@pytest.fixture(scope="module")
def moment(dataset):
    return make_snapshot(Recipe(dataset="tiny", layers=(784, 8, 10)), dataset)


@pytest.fixture
def ports(qapp):
    return ListedPorts()


@pytest.fixture
def joined(qtbot, ports):
    """Makes a view of a kind, joined and on screen; the caller alone holds it."""

    def join(spec, size=(420, 320)):
        view = spec.view()
        view.resize(*size)
        view.join(ports)
        view.show()
        qtbot.waitExposed(view)
        return view

    return join


def end(view):
    """Close a view for good, as the window does that it stands in."""
    view.close()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def tell_everything(ports, dataset):
    """Let every event be heard that a view can hear without having asked for it."""
    picture = np.full(784, 0.5, np.float32)
    for event in (
        events.Selected(NEURON), events.Selected(None),
        events.DrawingWanted(picture), events.DrawingShown(picture),
        events.DrawingWanted(None), events.DrawingShown(None),
        events.RecipeTyped(Recipe(dataset="tiny", shift=2.0)), events.StepWanted(),
        events.DrawingAdded(), events.DrawingsLearned((3,)), Kept(()),
        events.Surveying(10**9, 0.5), events.Racing(10**9, 0.5), events.CalledOff(),
    ):  # fmt: skip
        ports.publish(event)


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.id)
def test_a_second_view_joins_as_the_first_and_each_is_let_go(
    qtbot, ports, joined, spec, dataset, moment
):
    first, second = joined(spec), joined(spec)
    for view in (first, second):
        view.show_snapshot(moment)
    tell_everything(ports, dataset)
    for view in (first, second):
        ports.sent.clear()
        edit = MakeEdit("learning_rate", 0.1)
        view.wanted.emit(edit)
        assert ports.sent == [edit]
        view.picked.emit(NEURON)
        assert ports.sent[1:] == [Select(NEURON)]
    gone = weakref.ref(first)
    end(first)
    del first, view
    gc.collect()
    assert gone() is None
    tell_everything(ports, dataset)  # what is raised in a slot fails the test
    second.show_snapshot(moment)
    end(second)
    gone = weakref.ref(second)
    del second
    gc.collect()
    assert gone() is None
    tell_everything(ports, dataset)


def test_both_hear_what_is_typed_wanted_and_shown(joined, ports, moment, qtbot):
    typed = [joined(augment.SPEC) for _ in range(2)]
    nets = [joined(network.SPEC, (500, 400)) for _ in range(2)]
    examples = [joined(minibatch.SPEC) for _ in range(2)]
    for view in (*typed, *nets, *examples):
        view.show_snapshot(moment)
    shown = []
    ports.on(events.DrawingShown, shown.append)
    picture = np.full(784, 0.5, np.float32)
    ports.publish(events.DrawingWanted(picture))
    qtbot.waitUntil(lambda: all(view._snapshot.focus.index == OWN for view in nets))
    assert [event.picture is picture for event in shown] == [True, True]
    assert all(view._drawing is picture for view in examples)
    for view in (*typed, *nets, *examples):
        end(view)


def test_either_pad_offers_and_teaches_and_both_confirm(joined, ports):
    pads = [joined(pad.SPEC) for _ in range(2)]
    wanted, image = [], np.zeros((28, 28), np.float32)
    ports.on(events.DrawingWanted, wanted.append)
    for number, view in enumerate(pads):
        view.focus_wanted.emit(None)
        assert len(wanted) == number + 1
        view.wanted.emit(TeachDrawing(7, image, []))
        sent = ports.sent[-1]
        assert isinstance(sent, TeachDrawing)
        assert (sent.label, sent.image is image, sent.strokes) == (7, True, [])
    said = []
    for view in pads:
        view.canvas.say = said.append
    ports.publish(events.DrawingsLearned((7,)))
    assert said == ["It joins the training data as a 7."] * 2
    for view in pads:
        end(view)


def test_a_picture_that_is_opened_brings_the_pad_forward(joined, ports, tmp_path):
    view = joined(pad.SPEC)
    ports.publish(events.PictureChosen(tmp_path / "none.png"))
    assert ports.sent == [OpenPanel("pad")]
    end(view)


def test_each_timeline_moves_the_run_and_takes_a_step_that_is_typed(joined, ports):
    lines = [joined(timeline.SPEC, (600, 66)) for _ in range(2)]
    typing = []
    for line in lines:
        line.field.begin_typing = lambda: typing.append(1)
        line.wanted.emit(GoTo(3))
        line.wanted.emit(GoTo(4, rough=True))
    assert ports.sent == [GoTo(3), GoTo(4, rough=True)] * 2
    ports.publish(events.StepWanted())
    assert typing == [1, 1]
    for line in lines:
        end(line)


def test_each_surface_takes_the_answer_to_its_own_request(joined, ports, dataset, moment):
    views = [joined(surface.SPEC, (460, 250)) for _ in range(2)]
    for view in views:
        view.show_snapshot(moment)
    requests = list(ports.asked)
    assert len(requests) == len({request.generation for request in requests}) == 2
    for place, request in enumerate(requests):
        ports.publish(events.Surveying(request.generation, 0.4))
        assert [view.banner.cancel.isVisible() for view in views] == [place == 0, place == 1]
        ports.publish(survey(request, dataset.x_test, dataset.y_test))
        assert [view._requests.shown is not None for view in views] == [True, place == 1]
    for view in views:
        end(view)
