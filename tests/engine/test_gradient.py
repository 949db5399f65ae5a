"""Every gradient against central differences in float64."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnviz.engine import Network, Recipe, RecipeError
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS

STEP = 1e-6


def numeric_gradient(network, x, y):
    gradient = np.zeros_like(network.theta)
    for index, value in enumerate(network.theta.copy()):
        network.theta[index] = value + STEP
        above = network.cost(x, y)
        network.theta[index] = value - STEP
        gradient[index] = (above - network.cost(x, y)) / (2 * STEP)
        network.theta[index] = value
    return gradient


def far_from_kinks(network, x, y):
    """True where no weighted sum or difference is so near a corner that a step crosses it."""
    propagation = network.propagation(x, y)
    margins = [np.abs(z).min() for z in propagation.z] + [np.abs(propagation.a[-1] - y).min()]
    return min(margins) > 1e-4


def examples(outputs, seed, rows=5, inputs=3):
    draw = np.random.default_rng(seed)
    return draw.normal(size=(rows, inputs)), draw.uniform(0.05, 0.95, size=(rows, outputs))


TRAINABLE = [name for name, entry in ACTIVATIONS.items() if entry.trainable]
HIDDEN = [name for name in TRAINABLE if not ACTIVATIONS[name].output_only]


def possible(**recipe):
    try:
        return Recipe(dtype="float64", initialiser="scaled_normal", **recipe)
    except RecipeError:
        return None


PAIRS = [
    (output, cost)
    for output in TRAINABLE
    for cost in COSTS
    if possible(layers=(3, 4, 2), output_activation=output, cost=cost)
]


@pytest.mark.parametrize(("output", "cost"), PAIRS)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_pair_of_output_and_cost_behind_every_hidden_activation(hidden, output, cost):
    for seed in range(20):
        recipe = possible(
            layers=(3, 4, 2), activation=hidden, output_activation=output, cost=cost, seed=seed
        )
        network = Network(recipe)
        x, y = examples(2, seed)
        analytic = network.gradient(x, y)
        # A gradient of nothing (all outputs silent ReLUs) would prove nothing.
        if far_from_kinks(network, x, y) and np.abs(analytic).max() > 1e-6:
            break
    numeric = numeric_gradient(network, x, y)
    assert analytic == pytest.approx(numeric, rel=2e-6, abs=2e-9)
    assert np.abs(analytic).max() > 1e-6


@pytest.mark.parametrize("outputs", [1, 3])
def test_the_perceptrons_cost_is_a_polygon_whose_slopes_are_the_mistakes(outputs):
    kept = 0
    for seed in range(50):
        recipe = Recipe(
            layers=(3, outputs), output_activation="step", cost="perceptron", dtype="float64",
            initialiser="normal", seed=seed,
        )  # fmt: skip
        network = Network(recipe)
        draw = np.random.default_rng(seed)
        x, y = draw.normal(size=(6, 3)), draw.integers(0, 2, size=(6, outputs)).astype(float)
        propagation = network.propagation(x, y)
        assert (propagation.delta[-1] == propagation.a[-1] - y).all()
        if np.abs(propagation.z[-1]).min() > 1e-4:  # no step of the differences crosses a corner
            kept += 1
            numeric = numeric_gradient(network, x, y)
            assert network.gradient(x, y) == pytest.approx(numeric, rel=2e-6, abs=2e-9)
    assert kept > 40


@given(
    layers=st.lists(st.integers(1, 6), min_size=0, max_size=3),
    hidden=st.sampled_from(HIDDEN),
    seed=st.integers(0, 10_000),
    rows=st.integers(1, 7),
)
def test_any_depth_and_any_number_of_examples(layers, hidden, seed, rows):
    recipe = Recipe(layers=(3, *layers, 2), activation=hidden, dtype="float64", seed=seed)
    network = Network(recipe)
    x, y = examples(2, seed, rows)
    assume(far_from_kinks(network, x, y))
    assert network.gradient(x, y) == pytest.approx(
        numeric_gradient(network, x, y), rel=2e-5, abs=2e-8
    )


def test_a_gradient_of_many_examples_is_the_mean_of_its_parts():
    network = Network(Recipe(layers=(3, 4, 2), dtype="float64"))
    x, y = examples(2, 0, rows=2500)
    parts = np.mean([network.gradient(x[i : i + 1], y[i : i + 1]) for i in range(2500)], axis=0)
    assert network.gradient(x, y) == pytest.approx(parts, rel=1e-10, abs=1e-14)
