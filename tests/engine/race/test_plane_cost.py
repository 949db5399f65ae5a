"""The cost at single points of a plane: the network's own, and slopes that are derivatives."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Network, Recipe
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.race import plane_cost
from nnviz.engine.race.plane_cost import PlaneCost
from nnviz.engine.recipe import RecipeError
from nnviz.engine.surface.directions import parameter_axes, principal_axes, random_axes
from tests.planes import along, moved

STEP = 1e-6
DEEP = Recipe(layers=(5, 4, 3, 2), activation=("tanh", "sigmoid"), initialiser="xavier", seed=3)


def axes_of(kind, network):
    recipe, theta = network.recipe, network.theta
    count = recipe.parameters
    if kind == "principal":
        way = np.random.default_rng(5).normal(size=(6, count)).astype(theta.dtype)
        return principal_axes(way)
    if kind == "random":
        return random_axes(recipe, theta, 1)
    indices = {"first": (0, 6), "last": (count - 9, count - 1), "both": (1, count - 2), "one": (7,)}
    return parameter_axes(recipe, indices[kind])


def examples(recipe, count=7):
    draw = np.random.default_rng(2)
    outputs = recipe.layers[-1]
    x = draw.normal(size=(count, recipe.layers[0]))
    return x, np.eye(outputs)[draw.integers(0, outputs, count)]


def recipes():
    """Every cost with every output activation that goes with it and can be trained."""
    known = []
    for cost in COSTS:
        for output, activation in ACTIVATIONS.items():
            try:
                recipe = replace(DEEP, cost=cost, output_activation=output)
            except RecipeError:
                continue
            if activation.trainable:
                known.append(pytest.param(recipe, id=f"{cost}-{output}"))
    return known


@pytest.mark.parametrize("kind", ["first", "last", "both", "one", "random", "principal"])
@pytest.mark.parametrize("recipe", recipes())
def test_cost_and_slopes_are_those_of_the_whole_network(recipe, kind):
    network = Network(replace(recipe, dtype="float64"))
    axes, (x, y) = axes_of(kind, network), examples(recipe)
    exact = PlaneCost(network.recipe, network.theta, axes, x, y)
    place = np.array([0.3, -0.2])[: axes.count]
    there = Network(network.recipe, moved(axes, network.theta, place.tolist()))
    assert exact.cost(place) == pytest.approx(there.cost(x, y), rel=1e-12)
    slopes = exact.gradient(place)
    np.testing.assert_allclose(slopes, along(axes, there.gradient(x, y)), rtol=1e-9, atol=1e-13)
    ends = STEP * np.eye(axes.count)
    differences = (exact.cost(place + ends) - exact.cost(place - ends)) / (2 * STEP)
    np.testing.assert_allclose(slopes, differences, rtol=1e-5, atol=1e-8)


def test_many_places_are_one_call_and_theta_is_left_alone():
    network = Network(DEEP)
    before = network.theta.copy()
    x, y = examples(DEEP)
    exact = PlaneCost(DEEP, network.theta, random_axes(DEEP, network.theta, 0), x, y)
    places = np.random.default_rng(0).normal(size=(3, 4, 2))
    costs, slopes = exact.cost(places), exact.gradient(places)
    assert (costs.shape, slopes.shape) == ((3, 4), (3, 4, 2))
    assert costs[1, 2] == exact.cost(places[1, 2])
    assert np.array_equal(slopes[2, 3], exact.gradient(places[2, 3]))
    assert np.array_equal(network.theta, before)


def test_a_network_without_hidden_layers_has_its_cost_too():
    recipe = Recipe(layers=(4, 3), dtype="float64", seed=1)
    network, (x, y) = Network(recipe), examples(recipe)
    axes = parameter_axes(recipe, (2, 13))
    exact = PlaneCost(recipe, network.theta, axes, x, y)
    assert exact.cost(np.zeros(2)) == pytest.approx(network.cost(x, y), rel=1e-12)
    np.testing.assert_allclose(
        exact.gradient(np.zeros(2)), along(axes, network.gradient(x, y)), rtol=1e-10
    )


@pytest.mark.parametrize("kind", ["first", "both", "one", "random"])
def test_a_few_examples_at_a_time_have_the_same_cost_and_slopes(kind, monkeypatch):
    network = Network(replace(DEEP, dtype="float64"))
    axes, (x, y) = axes_of(kind, network), examples(DEEP)
    place = np.array([0.3, -0.2])[: axes.count]
    whole = PlaneCost(network.recipe, network.theta, axes, x, y)
    monkeypatch.setattr(plane_cost, "FEWEST", 3)
    monkeypatch.setattr(plane_cost, "AT_ONCE", 0)
    monkeypatch.setattr(plane_cost, "PIECE", 4)
    asked = []
    parts = PlaneCost(network.recipe, network.theta, axes, x, y, lambda: asked.append(1))
    assert parts.cost(place) == pytest.approx(whole.cost(place), rel=1e-13)
    np.testing.assert_allclose(parts.gradient(place), whole.gradient(place), rtol=1e-12)
    assert len(asked) == 3, "seven examples, three at a time; both are known after the first"


def test_work_that_is_ended_between_two_parts_can_be_done_later(monkeypatch):
    network, (x, y) = Network(DEEP), examples(DEEP)
    axes, wanted = axes_of("random", network), [False]

    def between():
        if not wanted[0]:
            raise KeyboardInterrupt

    cost = PlaneCost(DEEP, network.theta, axes, x, y, between)
    place = np.array([0.3, -0.2])
    with pytest.raises(KeyboardInterrupt):
        cost.cost(place)
    wanted[0] = True
    assert cost.cost(place) == PlaneCost(DEEP, network.theta, axes, x, y).cost(place)
