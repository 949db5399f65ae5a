"""A net that takes long to measure: shown first, its measuring told, called off or let go on."""

import pytest

from nnviz import paths
from nnviz.data.digits_cache import load_digits
from nnviz.engine import Recipe
from nnviz.engine.training.measurement import Measurement
from nnviz.messages import commands
from nnviz.messages.events import Loading
from nnviz.runtime import measuring, resting
from tests.runtime.conftest import RECIPE


@pytest.fixture
def slow(stage, monkeypatch):
    """Every net counts as one that takes long, and is measured for as long as it is let."""
    monkeypatch.setattr(resting, "QUICK", 0)
    monkeypatch.setattr(measuring, "LONG", 0.0)
    held = [True]
    go_on = Measurement.go_on

    def slowly(self, cancelled):
        while held[0]:
            if cancelled():
                return None
        return go_on(self, cancelled)

    monkeypatch.setattr(Measurement, "go_on", slowly)
    return held


def test_the_net_is_shown_first_and_measured_then(stage, slow):
    assert stage.begin(RECIPE).measured is None
    told = stage.event(Loading)
    while not told.stoppable:
        told = stage.event(Loading)
    assert told.fraction < 1
    slow[0] = False
    assert stage.snapshot(lambda s: s.measured is not None).measured.now
    while stage.event(Loading).fraction < 1:
        pass


def test_digits_that_are_not_made_yet_are_told_of(stage, slow, monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path)
    stage.tables["digits"] = load_digits(train=4000, test=20, later=True)
    stage.begin(Recipe(layers=(784, 3, 10)))
    told = stage.event(Loading)
    while not told.stoppable:
        told = stage.event(Loading)
    assert told.text == measuring.MAKING
    slow[0] = False
    stage.snapshot(lambda s: s.measured is not None)


def test_it_can_be_called_off_and_is_not_begun_again(stage, slow):
    stage.begin(RECIPE)
    while not stage.event(Loading).stoppable:
        pass
    stage.worker.send(commands.Pause())
    while stage.event(Loading).fraction < 1:
        pass
    slow[0] = False
    stage.worker.send(commands.FocusOn(1))
    assert stage.snapshot(lambda s: s.focus.index == 1).measured is None
    stage.worker.send(commands.StepMinibatch())  # another moment is measured again
    assert stage.snapshot(lambda s: s.step == 1 and s.measured is not None).measured


def test_another_message_goes_first_and_it_goes_on_then(stage, slow):
    stage.begin(RECIPE)
    while not stage.event(Loading).stoppable:
        pass
    stage.worker.send(commands.FocusOn(1))
    assert stage.snapshot(lambda s: s.focus.index == 1).measured is None
    slow[0] = False
    assert stage.snapshot(lambda s: s.measured is not None).measured.now


def test_closing_does_not_wait_for_it(stage, slow):
    stage.begin(RECIPE)
    while not stage.event(Loading).stoppable:
        pass
    assert stage.worker.stop()
