"""Epochs are measured while training goes on: the figures are those of waiting for them."""

from dataclasses import astuple
from threading import get_ident
from time import perf_counter, sleep

import pytest

from nnviz.engine import Trainer
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.measurement import Measurement
from nnviz.messages import commands
from nnviz.runtime import parallel_measurement
from nnviz.runtime.measuring import Measuring
from nnviz.runtime.parallel_measurement import ParallelMeasurement
from tests.runtime.conftest import RECIPE, random_dataset


@pytest.fixture(autouse=True)
def always_worth_it(monkeypatch):
    """Let even so small a run be measured beside training."""
    monkeypatch.setattr(parallel_measurement, "SLIGHT", -1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def own_figures(steps):
    """What a bare trainer measures at some steps."""
    trainer, found = Trainer(RECIPE, random_dataset()), []
    for step in range(max(steps) + 1):
        if step in steps:
            found.append(trainer.evaluate())
        trainer.step()
    return found


def paused_after(stage, step):
    """The moment at which a run is paused that has played at full speed beyond a step."""
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.playing and s.step > step)
    stage.worker.send(commands.Pause())
    return stage.snapshot(lambda s: not s.playing)


def test_the_figures_are_of_the_step_at_which_they_were_asked_for():
    timeline = Timeline(RECIPE, random_dataset())
    parallel, measuring = ParallelMeasurement(), Measuring(timeline)
    for _ in range(40):
        timeline.trainer.step()
    assert parallel.fits(measuring)
    parallel.begin(timeline, measuring)
    for _ in range(7):
        timeline.trainer.step()
    parallel.settle()
    (found,), (own,) = timeline.evaluations(), own_figures([40])
    assert repr(astuple(found)) == repr(astuple(own))  # nan is not equal to itself
    parallel.begin(timeline, measuring)
    parallel.settle()
    assert len(timeline.evaluations()) == 1, "seven steps later is near"
    parallel.stop()


def test_a_run_at_full_speed_has_every_epoch_when_it_is_paused(stage, monkeypatch):
    threads, go_on = set(), Measurement.go_on

    def noted(self, cancelled):
        threads.add(get_ident())
        return go_on(self, cancelled)

    monkeypatch.setattr(Measurement, "go_on", noted)
    paused = paused_after(stage, 300)
    assert len(threads) == 2
    steps = [*range(0, paused.step, 40), paused.step]
    assert [one.step for one in paused.evaluations] == steps
    own = own_figures(steps)
    assert [repr(astuple(one)) for one in paused.evaluations] == [repr(astuple(o)) for o in own]


def test_training_goes_on_meanwhile_and_what_is_asked_of_the_run_waits(stage, monkeypatch):
    trained_on, go_on = [], Measurement.go_on

    def slow(self, cancelled):
        if self._step == 40:
            end = perf_counter() + 60
            while stage.worker._run.trainer.steps == 40 and perf_counter() < end:
                sleep(0.001)
            trained_on.append(stage.worker._run.trainer.steps)
            stage.worker.send(commands.MakeEdit("learning_rate", 0.25))
        return go_on(self, cancelled)

    monkeypatch.setattr(Measurement, "go_on", slow)
    paused = paused_after(stage, 100)
    assert trained_on[0] > 40
    assert 40 in [one.step for one in paused.evaluations]
    assert paused.recipe.learning_rate == 0.25


def test_what_fails_is_told_and_the_worker_lives_on(stage, monkeypatch, caplog):
    go_on = Measurement.go_on

    def broken(self, cancelled):
        if self._step == 40:
            raise RuntimeError("a bug")
        return go_on(self, cancelled)

    monkeypatch.setattr(Measurement, "go_on", broken)
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: not s.playing and s.step >= 40)
    assert "a bug" in caplog.text
    stage.worker.send(commands.StepMinibatch())
    stage.snapshot(lambda s: s.step > 40)
