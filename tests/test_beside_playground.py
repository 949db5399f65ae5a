"""What tensorflow/playground lets one choose, nnviz takes: all values of its index.html."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.features import FEATURES
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.start import start_recipe
from nnviz.engine.training.trainer import Trainer

RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
CIRCLES = Recipe(dataset="circles", layers=(2, 4, 2, 1), activation="tanh")


@pytest.mark.parametrize("name", ["circles", "clouds", "blobs", "spiral", "plane", "bumps"])
def test_its_data_sets_with_every_noise_and_share_for_testing(name):
    for percent in range(0, 51, 5):
        assert len(load_dataset(f"{name}:noise={percent / 100}").x_train) == 250
    for tenths in range(1, 10):
        data = load_dataset(f"{name}:test={tenths / 10}")
        assert abs(len(data.x_test) - 50 * tenths) <= 1
    again = load_dataset(f"{name}:seed=1").x_train
    assert not np.array_equal(load_dataset(name).x_train, again), "its button Regenerate"


@pytest.mark.parametrize("feature", list(FEATURES))
def test_each_of_its_seven_features_alone(feature):
    data = load_dataset(f"circles:features={feature}")
    trainer = Trainer(start_recipe(data), data)
    assert data.x_train.shape[1] == 1
    assert np.isfinite(trainer.step())
    assert len(FEATURES) == 7


def test_its_layers_activations_rates_penalties_and_batches():
    for activation in ("relu", "tanh", "sigmoid", "linear"):
        deepest = replace(CIRCLES, layers=(2, *[8] * 6, 1), activation=activation)
        assert Network(deepest).theta.size == deepest.parameters
    data = load_dataset("circles")
    for rate in RATES:
        assert replace(CIRCLES, learning_rate=rate).learning_rate == rate
    for penalty in PENALTIES:
        assert (replace(CIRCLES, l1=penalty).l1, replace(CIRCLES, l2=penalty).l2) == (penalty,) * 2
    for size in range(1, 31):
        trainer = Trainer(replace(CIRCLES, batch_size=size), data)
        assert np.isfinite(trainer.step())
