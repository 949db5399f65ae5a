"""Cost functions: values, averaging and saturated outputs."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Network, Recipe, RecipeError
from nnviz.engine.costs import COSTS
from nnviz.engine.ops import run


def identity_cost(cost, a, y):
    """The cost of outputs a, through a linear net that passes its inputs on."""
    a, y = np.atleast_2d(a), np.atleast_2d(y)
    entry = COSTS[cost]
    terms = np.empty(a.shape)
    run(entry.plan_terms(a, y, terms, np.empty(a.shape)))
    return terms.sum() / len(a)


@pytest.mark.parametrize(
    ("cost", "value"),
    [
        ("absolute", 0.5 + 0.3),
        ("sum_of_squares", 0.25 + 0.09),
        ("quadratic", 0.17),
        ("mean_squared", 0.17),
        ("cross_entropy", -np.log(0.5) - np.log(0.7)),
        ("categorical_cross_entropy", -np.log(0.5)),
    ],
)
def test_values(cost, value):
    assert identity_cost(cost, [0.5, 0.3], [1, 0]) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("cost", COSTS)
def test_the_cost_of_several_examples_is_the_mean(cost):
    a, y = np.array([[0.5, 0.3], [0.9, 0.2]]), np.array([[1.0, 0], [0, 1]])
    single = [identity_cost(cost, a[i], y[i]) for i in range(2)]
    assert identity_cost(cost, a, y) == pytest.approx(np.mean(single), rel=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@pytest.mark.parametrize("cost", [name for name, one in COSTS.items() if not one.single_layer_of])
def test_saturated_outputs_stay_finite(cost, output, dtype):
    recipe = Recipe(layers=(2, 2), output_activation=output, cost=cost, dtype=dtype)
    network = Network(recipe)
    network.weights[0][...] = np.eye(2)
    network.biases[0][...] = 0
    x = np.array([[1e4, -1e4], [-1e4, 1e4], [0, 0], [40, 40]])
    for y in ([[1, 0]] * 4, [[0, 1]] * 4, [[1, 1]] * 4, [[0, 0]] * 4):
        assert np.isfinite(network.cost(x, y))
        assert np.isfinite(network.gradient(x, y)).all()


def test_cross_entropy_of_a_badly_wrong_output_is_exact():
    network = Network(Recipe(layers=(1, 1), cost="cross_entropy", dtype="float64"))
    network.weights[0][...], network.biases[0][...] = 1, 0
    assert network.cost([[1e4]], [[0]]) == 1e4
    assert network.gradient([[1e4]], [[0]])[1] == 1


@pytest.mark.parametrize("output", ["linear", "tanh", "relu", "softplus"])
def test_cross_entropy_refuses_outputs_beyond_zero_and_one(output):
    with pytest.raises(RecipeError, match="choose sigmoid or softmax"):
        Recipe(output_activation=output, cost="cross_entropy")


PERCEPTRON = Recipe(
    layers=(2, 1), output_activation="step", cost="perceptron", initialiser="zeros", dtype="float64"
)


def test_the_perceptrons_cost_is_how_far_wrong_sums_lie_beyond_the_line():
    network = Network(PERCEPTRON)
    network.weights[0][...], network.biases[0][...] = [[3], [1]], -2
    x = [[1, 1], [0, 0], [1, 1], [0, 0]]  # z = 2, −2, 2, −2
    y = [[1], [0], [0], [1]]
    assert network.cost_terms(x, y)[:, 0].tolist() == [0, 0, 2, 2]
    assert network.propagation(x, y).delta[0][:, 0].tolist() == [0, 0, 1, -1]


def test_on_the_line_a_mistake_costs_nothing_and_is_learned_from():
    network = Network(PERCEPTRON)  # all zeros: z = 0 fires
    assert network.cost([[1, 1]], [[0]]) == 0
    assert network.gradient([[1, 1]], [[0]]).tolist() == [1, 1, 1]
    assert network.gradient([[1, 1]], [[1]]).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "other",
    [{"output_activation": "sigmoid"}, {"layers": (2, 3, 1)}, {"layers": (2, 2, 1),
     "activation": "step"}, {"output_activation": "softmax", "layers": (2, 2)}],
)  # fmt: skip
def test_the_perceptrons_cost_demands_a_single_layer_of_steps(other):
    with pytest.raises(RecipeError, match="a single layer of step units: choose step outputs"):
        replace(PERCEPTRON, **other)


def test_only_that_cost_trains_steps():
    assert PERCEPTRON.untrainable == ""
    assert (
        "or the cost perceptron for a single layer"
        in replace(PERCEPTRON, cost="quadratic").untrainable
    )
