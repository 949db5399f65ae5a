"""Moments for the activation functions: a net of ReLUs with softmax, and one of sigmoids."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from tests.snapshots import make_dataset, make_snapshot

RELUS = Recipe(
    dataset="tiny",
    layers=(4, 5, 3),
    activation="relu",
    output_activation="softmax",
    cost="categorical_cross_entropy",
    dtype="float64",
)
DEAD = 1
"""The neuron that is silent whatever comes in."""


def moment_of(recipe, theta=None):
    """The moment of a small net, which has its test examples with it."""
    dataset = make_dataset(recipe.layers[0], recipe.layers[-1])
    snapshot = make_snapshot(recipe, dataset, 3, theta=theta)
    network = snapshot.network()
    focus = network.propagation(dataset.x_test[:1], dataset.y_test[:1])
    z, a = (tuple(rows[0] for rows in part) for part in (focus.z, focus.a))
    return replace(
        snapshot,
        focus=replace(snapshot.focus, z=z, a=a),
        sample=Sample(dataset.x_test, dataset.y_test),
    )


@pytest.fixture(scope="module")
def relus():
    theta = np.random.default_rng(3).normal(size=RELUS.parameters)
    biases = 4 * 5 + 5 * 3
    theta[biases + DEAD] = -50.0
    return moment_of(RELUS, theta)


@pytest.fixture(scope="module")
def sigmoids():
    return moment_of(Recipe(dataset="tiny", layers=(4, 6, 2), dtype="float64"))
