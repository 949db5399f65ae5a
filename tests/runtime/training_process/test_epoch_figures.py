"""Figures of epochs are worked out between steps: each is of its step, and done within an epoch."""

import pytest

from nnviz.engine import Trainer
from nnviz.engine.training import measurement
from nnviz.runtime.training_process import epoch_figures
from nnviz.runtime.training_process.epoch_figures import EpochFigures
from tests.runtime.conftest import RECIPE, random_dataset

EPOCH = 40
ROW = 4


@pytest.fixture
def trainer(monkeypatch):
    """A trainer whose examples are measured ten at a time, which counts as long."""
    monkeypatch.setattr(epoch_figures, "QUICK", -1)
    monkeypatch.setattr(measurement, "rows_at_once", lambda _recipe: 10)
    trainer = Trainer(RECIPE, random_dataset())
    assert trainer.minibatches_per_epoch == EPOCH
    return trainer


def rows(trainer, figures, steps, took=0.0):
    """Train rows of steps; return what is known after which of them."""
    found = []
    while trainer.steps < steps:
        for _ in range(ROW):
            trainer.step()
        evaluation = figures.ready()
        if evaluation is not None:
            found.append((trainer.steps, evaluation))
        figures.go_on(took)
    return found


def test_they_keep_step_with_the_epoch_that_follows(trainer):
    figures = EpochFigures(trainer)
    figures.begin(-1)
    found = rows(trainer, figures, 5 * EPOCH)
    assert [evaluation.step for _, evaluation in found] == [40, 80, 120, 160]
    for known, evaluation in found:
        assert ROW < known - evaluation.step <= EPOCH, "not in one piece, nor late"
        alone = Trainer(RECIPE, random_dataset())
        for _ in range(evaluation.step):
            alone.step()
        assert repr(alone.evaluate()) == repr(evaluation)


def test_where_there_is_time_they_are_done_at_once(trainer):
    figures = EpochFigures(trainer)
    figures.begin(-1)
    known = [known for known, _ in rows(trainer, figures, 2 * EPOCH, took=60.0)]
    assert known == [EPOCH + ROW]


def test_one_near_to_what_is_known_is_not_measured(trainer):
    figures = EpochFigures(trainer)
    figures.begin(EPOCH - 5)
    assert [evaluation.step for _, evaluation in rows(trainer, figures, 3 * EPOCH)] == [2 * EPOCH]


def test_begun_anew_it_forgets_what_was_under_way(trainer):
    figures = EpochFigures(trainer)
    figures.begin(-1)
    rows(trainer, figures, EPOCH + ROW)
    figures.begin(trainer.steps)
    assert rows(trainer, figures, 2 * EPOCH - ROW) == []


def test_what_takes_too_long_is_not_measured(trainer, monkeypatch):
    monkeypatch.setattr(epoch_figures, "SHORT", 0)
    figures = EpochFigures(trainer)
    figures.begin(-1)
    assert rows(trainer, figures, 3 * EPOCH) == []
