"""The end of an epoch: validation on what is held back, and stopping early."""

from dataclasses import replace

import pytest

from nnviz.engine import RecipeError, Trainer
from tests.engine.training.test_trainer import RECIPE, random_dataset


def test_validation_examples_are_held_back_and_measured():
    trainer = Trainer(replace(RECIPE, validation_size=30, train_size=60), random_dataset(count=120))
    held, used = trainer._data.examples.x_validation, trainer.x_train
    assert (len(held), len(used)) == (30, 60)
    assert not {row.tobytes() for row in held} & {row.tobytes() for row in used}
    evaluation = trainer.evaluate()
    cost = trainer.network.cost(held, trainer._data.examples.y_validation)
    assert evaluation.validation_cost == pytest.approx(cost)
    with pytest.raises(RecipeError, match="too few"):
        Trainer(replace(RECIPE, validation_size=100, train_size=60), random_dataset(count=120))


def test_early_stopping_says_when_and_why():
    recipe = replace(RECIPE, validation_size=60, train_size=12, patience=2, learning_rate=20.0)
    trainer = Trainer(recipe, random_dataset(count=120))
    for _ in range(300):
        trainer.run_epoch()
        if trainer.finished:
            break
    assert "has not fallen" in trainer.finished
    assert trainer.edits[-1].name == "stopped"
    assert trainer.edits[-1].step == trainer.steps
