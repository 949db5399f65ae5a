"""A run that is trained with the help of the training process, as the worker does it."""

from collections.abc import Iterator
from time import perf_counter, sleep

import pytest

from nnviz.engine.run.timeline import Timeline
from nnviz.runtime.run import Run
from nnviz.runtime.training_process import process as process_module
from nnviz.runtime.training_process.process import TrainingProcess


def until(happened, what):
    """Wait until something has happened; what it is, is told where it does not."""
    end = perf_counter() + 60
    while not happened():
        assert perf_counter() < end, f"it never happens that {what}"
        sleep(0.001)


class TrainedAhead:
    """A training process, and how much of what was trained came from it."""

    def __init__(self):
        self.process = TrainingProcess(cores=2)
        self.taken = 0
        self.measured = {}

    def train(self, run, steps):
        """Train to a step, by what the process has ready or else here, as playing does."""
        trainer = run.trainer
        while trainer.steps < steps:
            self.burst(run, steps)

    def burst(self, run, stop):
        trainer, before = run.trainer, run.trainer.steps
        done = (
            None
            if run.timeline.passes_changes
            else self.process.next(trainer, lambda: run.measuring.last)
        )
        if done is None or done.steps > stop:
            run.train(lambda: trainer.steps < min(stop, before + 16))
        elif self.process.proved:
            run.take_over(done)
            evaluation = self.process.evaluation(done, lambda _step: trainer.evaluate())
            if evaluation is not None:
                self.measured[evaluation.step] = evaluation
                run.measuring.keep(evaluation)
            self.taken += done.steps - done.before
        else:
            run.train(lambda: trainer.steps < done.steps)
            self.process.prove(done, trainer)

    def ready(self, run):
        """Wait until the process has loaded the examples of a run, which stays where it is."""
        until(lambda: self.process.loaded(run.trainer), "the examples are loaded")


def begin(recipe, dataset):
    return Run(1, Timeline(recipe, dataset), {})


@pytest.fixture
def ahead(monkeypatch) -> Iterator[TrainedAhead]:
    monkeypatch.setattr(process_module, "PLAYED", 0.0)
    monkeypatch.setattr(process_module, "WAIT", 10.0)  # a busy machine has its time
    ahead = TrainedAhead()
    yield ahead
    ahead.process.stop()
