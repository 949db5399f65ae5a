"""Hidden sigmoids computed as tanh: the same network, and directions stay directions."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.batched.sheet import with_tanh
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("sigmoid", "sigmoid", "sigmoid"), ("tanh", "tanh", "tanh")),
        (("sigmoid", "relu", "sigmoid"), ("tanh", "relu", "tanh")),
        (("tanh", "elu", "relu"), ("tanh", "elu", "relu")),
    ],
)
def test_a_network_with_tanh_is_the_one_with_sigmoids(before, after):
    recipe = Recipe(layers=(6, 5, 4, 5, 3), activation=before, dtype="float64")
    network = Network(recipe)
    draw = np.random.default_rng(0)
    x, way = draw.normal(size=(20, 6)), draw.normal(size=network.theta.shape)
    other = replace(recipe, activation=after)
    theta, direction = with_tanh(recipe, network.theta), with_tanh(recipe, way)
    for amount in (0.0, 0.7, -2.0):
        expected = Network(recipe, network.theta + amount * way).predict(x)
        found = Network(other, theta + amount * direction).predict(x)
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-14)
