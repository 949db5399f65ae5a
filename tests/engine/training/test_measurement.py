"""Measuring over whole sets: what is right is counted, in every part, and it can be cancelled."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.data.mixture import mixed
from nnviz.engine import Recipe, Trainer
from tests.engine.training.test_trainer import RECIPE, random_dataset


def test_evaluation_counts_what_is_right():
    trainer = Trainer(RECIPE, random_dataset())
    evaluation = trainer.evaluate()
    a = trainer.network.predict(trainer.dataset.x_test)
    right = (a.argmax(axis=1) == trainer.dataset.test_labels).mean()
    assert evaluation.test_accuracy == pytest.approx(right)
    assert evaluation.train_cost == pytest.approx(
        trainer.network.cost(trainer.x_train, trainer.y_train)
    )


def test_evaluation_can_be_cancelled():
    assert Trainer(RECIPE, random_dataset()).evaluate(lambda: True) is None


def test_a_single_output_is_right_on_its_side_of_one_half():
    x = np.array([[0.0], [1.0]], np.float32)
    y = np.array([[0.0], [1.0]], np.float32)
    trainer = Trainer(Recipe(layers=(1, 1), dtype="float64"), Dataset("line", x, y, x, y))
    trainer.network.weights[0][...], trainer.network.biases[0][...] = 9, 1
    assert trainer.evaluate().test_accuracy == 0.5


def test_test_accuracy_is_said_for_each_part_of_a_mixture():
    data = replace(random_dataset(200), class_names=("a", "b", "c"), image_shape=(2, 3))
    data = mixed([replace(data, name="left"), replace(random_dataset(60, seed=1), name="right",
                                                      image_shape=(2, 3))])  # fmt: skip
    trainer = Trainer(RECIPE, data)
    trainer.run_epoch()
    found = trainer.evaluate()
    right = trainer.network.predict(data.x_test).argmax(axis=1) == data.test_labels
    parts = [right[data.parts.test == place].mean() for place in (0, 1)]
    assert found.test_parts == found.test.parts == tuple(parts)
    assert found.train.parts == found.validation.parts == ()
    assert found.test_accuracy == pytest.approx(np.mean(parts)), "both have seven test examples"
    assert Trainer(RECIPE, random_dataset()).evaluate().test_parts == ()
