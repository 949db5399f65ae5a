"""Formula surfaces: gradients are derivatives, optima are minima, texts say what is computed."""

import re

import numpy as np
import pytest

from nnviz.engine import Network, Recipe
from nnviz.engine.race.valleys import NEURON_B, NEURON_X, NEURON_Y, VALLEYS

EVERY = pytest.mark.parametrize("valley", VALLEYS.values(), ids=lambda valley: valley.name)
STEP = 1e-6


def places(valley, count=200):
    draw = np.random.default_rng(7)
    return draw.uniform(valley.low, valley.high, (count, valley.weights))


def differences(valley, w):
    """The gradient by central differences."""
    found = np.empty_like(w)
    for axis in range(valley.weights):
        aside = np.zeros(valley.weights)
        aside[axis] = STEP
        found[:, axis] = (valley.cost(w + aside) - valley.cost(w - aside)) / (2 * STEP)
    return found


@EVERY
def test_the_gradient_is_the_derivative(valley):
    w = places(valley)
    exact = valley.gradient(w)
    assert exact.shape == w.shape
    scale = np.abs(exact).max()
    np.testing.assert_allclose(differences(valley, w), exact, rtol=1e-6, atol=1e-7 * scale)


@EVERY
def test_grids_paths_and_points_are_one_call(valley):
    w = places(valley, 12).reshape(3, 4, valley.weights)
    cost, gradient = valley.cost(w), valley.gradient(w)
    assert cost.shape == (3, 4)
    assert cost.dtype == gradient.dtype == np.float64
    assert cost[2, 1] == valley.cost(w[2, 1])
    assert np.array_equal(gradient[2, 1], valley.gradient(w[2, 1]))


@EVERY
def test_every_optimum_is_a_minimum_and_the_lowest_stands_first(valley):
    optima = np.array(valley.optima)
    np.testing.assert_allclose(valley.gradient(optima), 0, atol=1e-12)
    costs = valley.cost(optima)
    assert costs[0] == costs.min()
    draw = np.random.default_rng(3)
    for optimum, cost in zip(optima, costs, strict=True):
        around = optimum + draw.normal(0, 1e-3, (50, valley.weights))
        assert (valley.cost(around) > cost).all()
    assert valley.cost(places(valley, 2000)).min() >= costs.min()


@EVERY
def test_start_and_optima_lie_where_it_is_worth_looking(valley):
    for place in (valley.start, *valley.optima):
        assert all(a < w < b for a, w, b in zip(valley.low, place, valley.high, strict=True))
    assert valley.cost(valley.start) > valley.cost(valley.optima[0])
    assert valley.label
    assert valley.formula.startswith("C")
    assert valley.remark.endswith(".")


def test_the_neuron_is_that_of_the_syllabus():
    valley = VALLEYS["neuron"]
    for w1, w2 in ((0.0, 0.0), (-1.5, 2.0), (3.0, 4.0)):
        cost = first = second = 0.0
        for (x1, x2), y in zip(NEURON_X.tolist(), NEURON_Y.tolist(), strict=True):
            miss = w1 * x1 + w2 * x2 + NEURON_B - y
            cost += miss**2
            first += 2 * x1 * miss
            second += 2 * x2 * miss
        assert valley.cost((w1, w2)) == pytest.approx(cost, abs=1e-12)
        assert valley.gradient((w1, w2)).tolist() == pytest.approx([first, second], abs=1e-12)
    # x = (1, 2) with weights 3 and 4 and bias 1 gives 12.
    assert NEURON_X[0].tolist() == [1, 2]
    assert NEURON_Y[0] == 12
    assert valley.cost((3, 4)) == 0


@pytest.mark.parametrize("w", [(0.0, 0.0), (-1.0, 1.0), (2.5, 4.5), (3.0, 4.0)])
def test_the_neurons_cost_is_the_sum_and_a_networks_the_mean_of_the_same_four(w):
    recipe = Recipe(
        layers=(2, 1), output_activation="linear", cost="mean_squared", dtype="float64",
    )  # fmt: skip
    network = Network(recipe, np.array([*w, NEURON_B]))
    mean = network.cost(NEURON_X, NEURON_Y[:, np.newaxis])
    valley = VALLEYS["neuron"]
    assert float(valley.cost(w)) == pytest.approx(len(NEURON_X) * mean)
    assert "Σ" in valley.formula
    assert "the sum of the four, 4 times their mean" in valley.remark


def test_the_named_shapes_are_what_they_are_named():
    low, high = np.linalg.eigvalsh(hessian(VALLEYS["saddle"], (0, 0)))
    assert low < 0 < high
    assert len(VALLEYS["two"].optima) == 2
    low, high = np.linalg.eigvalsh(hessian(VALLEYS["long"], (0, 0)))
    assert high / low > 30
    assert VALLEYS["square"].weights == 1


def hessian(valley, w):
    w = np.array(w, dtype=float)
    return np.stack(
        [
            (valley.gradient(w + STEP * aside) - valley.gradient(w - STEP * aside)) / (2 * STEP)
            for aside in np.eye(valley.weights)
        ]
    )


def test_far_out_it_is_infinite_and_silent():
    for valley in VALLEYS.values():
        far = np.full(valley.weights, 1e200)
        assert not np.isfinite(valley.cost(far))
        valley.gradient(far)


@EVERY
def test_partial_derivatives_are_written_as_they_are_computed(valley):
    if valley.name == "neuron":
        # A sum over examples, checked above; the text has the term of x₁.
        assert valley.slopes.startswith("∂C/∂w₁ = 2 Σ x₁(w₁x₁ + w₂x₂ + 1 − y)")
        return
    signs = {"−": "-", "²": "**2", "·": "*", "w₁": "W", "w₂": "V", "w": "W"}
    places_ = places(valley, 20)
    names = {"W": places_[:, 0], "V": places_[:, -1]}
    sides = [part.split(" = ")[1] for part in valley.slopes.split(", ")]
    assert len(sides) == valley.weights
    for axis, side in enumerate(sides):
        for mark, sign in signs.items():
            side = side.replace(mark, sign)
        side = re.sub(r"(?<=[\dWV)])(?=[WV(])", "*", side)
        np.testing.assert_allclose(eval(side, names), valley.gradient(places_)[:, axis])
