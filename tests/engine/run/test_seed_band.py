"""Seed bands: what other seeds come to, each as if it were trained alone."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.run.seed_band import SEEDS, SeedTask

RECIPE = Recipe(dataset="moons", layers=(2, 4, 1), learning_rate=2.0, seed=3)


@pytest.fixture(scope="module")
def moons():
    return load_dataset("moons")


def alone(recipe, dataset, epochs):
    trainer = Trainer(recipe, dataset)
    found = [trainer.evaluate()]
    for _ in range(epochs):
        trainer.run_epoch()
        found.append(trainer.evaluate())
    return found


def test_the_band_is_what_each_seed_comes_to_alone(moons):
    told = []
    SeedTask(RECIPE, moons, 7, 2).train(lambda: True, told.append)
    band = told[-1]
    runs = [alone(replace(RECIPE, seed=seed), moons, 2) for seed in range(4, 4 + SEEDS)]
    costs = np.array([[one.test_cost for one in run] for run in runs])
    assert band.seeds == (4, 5, 6, 7, 8)
    assert (band.run, band.over, band.fraction) == (7, True, 1.0)
    assert band.epochs.tolist() == [0.0, 1.0, 2.0]
    assert np.array_equal(band.low, costs.min(axis=0))
    assert np.array_equal(band.middle, np.median(costs, axis=0))
    assert np.array_equal(band.high, costs.max(axis=0))
    assert band.scores == tuple(run[-1].test_accuracy for run in runs)
    assert band.classes


def test_what_is_called_off_keeps_what_was_measured(moons):
    told, steps = [], iter(range(40))
    SeedTask(RECIPE, moons, 7, 50).train(lambda: next(steps, None) is not None, told.append)
    band = told[-1]
    assert band.over
    assert band.scores == ()
    assert len(band.epochs) >= 1
    assert band.fraction < 0.1


def test_a_seed_that_diverges_is_no_score_and_ends_nothing(moons):
    wild = replace(
        RECIPE, layers=(2, 4, 1), activation="relu", output_activation="linear", learning_rate=1e6
    )
    told = []
    SeedTask(wild, moons, 7, 3).train(lambda: True, told.append)
    assert np.isnan(told[-1].scores).all()
    assert len(told[-1].scores) == SEEDS
    assert told[-1].fraction == 1.0
    assert np.isfinite(told[-1].high).all()
