"""C(w) is the network's own cost with one weight replaced, and its tangent touches it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnviz.engine import Network, Recipe
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.batched import pair, tail
from nnviz.engine.explain import explain_line
from nnviz.engine.explain.line import costs_along

HIDDEN = [name for name, e in ACTIVATIONS.items() if e.trainable and not e.output_only]
PAIRS = [
    ("sigmoid", "quadratic"),
    ("sigmoid", "cross_entropy"),
    ("softmax", "categorical_cross_entropy"),
    ("tanh", "mean_squared"),
    ("linear", "sum_of_squares"),
    ("softplus", "absolute"),
]


@st.composite
def networks(draw):
    layers = (draw(st.integers(1, 4)), *draw(st.lists(st.integers(1, 5), max_size=3)), 3)
    output, cost = draw(st.sampled_from(PAIRS))
    recipe = Recipe(
        layers=layers,
        activation=draw(st.sampled_from(HIDDEN)),
        output_activation=output,
        cost=cost,
        seed=draw(st.integers(0, 10_000)),
        dtype="float64",
    )
    return Network(recipe)


def examples(network, rows=5):
    draw = np.random.default_rng(network.recipe.seed)
    x = draw.normal(size=(rows, network.recipe.layers[0]))
    return x, np.eye(network.recipe.layers[-1])[draw.integers(3, size=rows)]


def cost_at(network, parameter, value, x, y):
    changed = Network(network.recipe, network.theta.copy())
    changed.theta[parameter] = value
    return changed.cost(x, y)


@given(networks(), st.data())
def test_of_a_big_net_the_costs_are_as_exact_although_it_is_not_copied(network, data):
    network = Network(replace(network.recipe, dtype="float32"))
    x, y = examples(network)
    parameter = data.draw(st.integers(0, network.theta.size - 1))
    values = [-0.5, 0.0, float(network.theta[parameter]), 2.0]
    theta = network.theta.tobytes()
    expected = costs_along(network, x, y, parameter, values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair, "BIG", 0)
        patch.setattr(tail, "NEURONS", 2)
        got = costs_along(network, x, y, parameter, values)
    assert np.allclose(got, expected, rtol=1e-13, atol=1e-15)
    assert network.theta.tobytes() == theta


@given(networks(), st.data())
def test_the_line_is_the_networks_cost(network, data):
    parameter = data.draw(st.integers(0, network.recipe.parameters - 1))
    x, y = examples(network)

    line = explain_line(network, x, y, parameter, half_width=2, points=6, learning_rate=0.5)

    assert len(line.values) == 7
    assert line.values[[0, 3, 6]] == pytest.approx(line.present.w + np.array([-2, 0, 2]))
    true = [cost_at(network, parameter, value, x, y) for value in line.values]
    assert line.costs == pytest.approx(true, rel=1e-10)
    assert line.present.w == network.theta[parameter]
    assert line.present.cost == line.costs[3]
    assert line.slope == pytest.approx(network.gradient(x, y)[parameter], rel=1e-10, abs=1e-14)
    assert line.nudge == -0.5 * line.slope
    assert line.landing.w == line.present.w + line.nudge
    assert line.landing.cost == pytest.approx(
        cost_at(network, parameter, line.landing.w, x, y), rel=1e-10
    )


@given(networks(), st.data())
def test_the_tangent_touches_the_curve(network, data):
    parameter = data.draw(st.integers(0, network.recipe.parameters - 1))
    x, y = examples(network)
    propagation = network.propagation(x, y)
    # Next to a corner of |·| or ReLU the two sides have two tangents.
    assume(min(np.abs(z).min() for z in propagation.z) > 1e-4)
    assume(np.abs(propagation.a[-1] - y).min() > 1e-4)

    line = explain_line(network, x, y, parameter, half_width=1e-6, points=3)

    assert line.slope == pytest.approx(
        (line.costs[2] - line.costs[0]) / 2e-6, rel=2e-5, abs=2e-8 * (1 + line.present.cost)
    )
    assert line.tangent(line.values)[1] == line.costs[1]
    intercept = line.present.cost - line.slope * line.present.w
    assert line.tangent(np.zeros(1))[0] == pytest.approx(intercept)


def test_another_optimisers_step_can_be_shown():
    network = Network(Recipe(layers=(2, 3, 3), dtype="float64"))
    x, y = examples(network)
    line = explain_line(network, x, y, 4, nudge=0.25)
    assert line.landing.w == line.present.w + 0.25
    assert line.landing.cost == pytest.approx(cost_at(network, 4, line.landing.w, x, y))


def test_the_curve_of_a_float32_network_is_smooth():
    network = Network(Recipe(layers=(2, 3, 3), seed=1))
    x, y = examples(network)
    line = explain_line(network, x, y, 0, half_width=1e-5, points=61)
    assert line.costs.dtype == np.float64
    steps = np.diff(line.costs)
    assert np.ptp(steps) < 1e-3 * np.abs(steps).mean()
    assert not line.costs.flags.writeable
