"""Learning-rate schedules: the epoch layout ones by formula, the others by what they react to."""

from dataclasses import replace
from math import cos, pi

import pytest

from nnviz.engine import Recipe, RecipeError, Trainer
from nnviz.engine.schedules import SCHEDULES, Pace
from tests.engine.training.test_trainer import RECIPE, random_dataset

BASE = Recipe(learning_rate=0.8, schedule_epochs=4, decay_factor=0.5)


def etas(name, costs):
    recipe = replace(BASE, schedule=name)
    pace, seen = Pace(recipe.learning_rate), []
    for epoch, cost in enumerate(costs, start=1):
        pace = SCHEDULES[name].next(recipe, pace, epoch, cost)
        seen.append(pace.eta)
    return seen


def test_constant():
    assert etas("constant", [3, 2, 5]) == [0.8] * 3


def test_step_decay():
    assert etas("step_decay", [1] * 9) == [0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2]


def test_cosine_falls_and_does_not_rise_again():
    expected = [0.4 * (1 + cos(pi * share / 4)) for share in (1, 2, 3, 3, 3)]
    assert etas("cosine", [1] * 5) == pytest.approx(expected)


def test_halve_until_it_falls():
    assert etas("halve", [5, 6, 7, 6, 6, 5]) == [0.8, 0.4, 0.2, 0.2, 0.1, 0.1]


def test_plateau_waits_for_its_patience():
    assert etas("plateau", [5, 5, 5, 5, 5, 4, 4, 4, 4, 4]) == [
        *[0.8] * 4,
        *[0.4] * 5,
        0.2,
    ]


def test_a_reaction_is_logged_as_an_edit_with_its_reason_and_used_from_then_on():
    recipe = replace(RECIPE, schedule="halve", learning_rate=60.0)
    trainer = Trainer(recipe, random_dataset())
    for _ in range(40):
        trainer.run_epoch()
    assert trainer.edits, "η = 60 must overshoot"
    edit = trainer.edits[0]
    assert edit.name == "learning_rate"
    assert edit.step % trainer.minibatches_per_epoch == 0
    assert edit.new == edit.old / 2
    assert "did not fall" in edit.reason
    assert trainer.eta == trainer.edits[-1].new


def test_the_rate_in_force_is_the_one_that_is_used():
    recipe = replace(RECIPE, schedule="step_decay", schedule_epochs=1, decay_factor=0.1)
    trainer = Trainer(recipe, random_dataset())
    for epoch in range(3):
        for _ in range(5):
            before = trainer.network.theta.copy()
            trainer.step()
            gradient = trainer.gradient
            moved = before - trainer.network.theta
            assert moved == pytest.approx(0.5 * 0.1**epoch * gradient, rel=1e-6, abs=1e-12)


def test_a_reset_takes_back_what_a_schedule_did():
    trainer = Trainer(replace(RECIPE, schedule="step_decay", schedule_epochs=1), random_dataset())
    trainer.run_epoch()
    assert trainer.eta == 0.25
    trainer.reset()
    assert (trainer.eta, trainer.edits) == (0.5, ())


def test_stopping_early_needs_validation():
    with pytest.raises(RecipeError, match="validation"):
        Recipe(patience=3)
