"""The cost surface is the true cost, wherever its two parameters stand."""

import time
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.landscape import Landscape, PlaneRequest, survey
from nnviz.engine.network import Network
from nnviz.engine.plane import Parameter, index_of, locate
from nnviz.engine.recipe import Recipe, RecipeError

HIDDEN = [name for name, entry in ACTIVATIONS.items() if not entry.output_only]


def request(
    network: Network, first: int, second: int, half_width: float = 1.0, points: int = 4
) -> PlaneRequest:
    return PlaneRequest(
        0, 0, network.recipe, 0, network.theta, first, second, half_width, points, 1000
    )


def examples(recipe: Recipe, count: int, seed: int = 0) -> tuple[Any, Any]:
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(count, recipe.layers[0])).astype(recipe.dtype)
    labels = draw.integers(recipe.layers[-1], size=count)
    return x, np.eye(recipe.layers[-1], dtype=recipe.dtype)[labels]


def true_costs(surface: Landscape, x: Any, y: Any) -> Any:
    asked = surface.request
    costs = np.empty(surface.cost.shape)
    for i, w1 in enumerate(surface.w1):
        for j, w2 in enumerate(surface.w2):
            network = Network(asked.recipe, asked.theta.copy())
            network.theta[asked.first] = w1
            network.theta[asked.second] = w2
            costs[i, j] = network.cost(x, y)
    return costs


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    layers = tuple(draw(st.lists(st.integers(1, 5), min_size=2, max_size=5)))
    try:
        return Recipe(
            layers=layers,
            activation=tuple(draw(st.sampled_from(HIDDEN)) for _ in layers[2:]) or "sigmoid",
            output_activation=draw(st.sampled_from(list(ACTIVATIONS))),
            cost=draw(st.sampled_from(list(COSTS))),
            seed=draw(st.integers(0, 99)),
            dtype="float64",
        )
    except RecipeError:  # some pairs of output and cost are refused
        return Recipe(layers=layers, seed=draw(st.integers(0, 99)), dtype="float64")


@settings(max_examples=300, deadline=None)
@given(recipes(), st.data())
def test_surface_is_the_networks_cost(recipe: Recipe, data: st.DataObject) -> None:
    network = Network(recipe)
    entries = st.integers(0, recipe.parameters - 1)
    first = data.draw(entries)
    second = data.draw(entries.filter(lambda index: index != first))
    x, y = examples(recipe, 7)

    surface = survey(request(network, first, second), x, y)

    assert surface is not None
    np.testing.assert_allclose(surface.cost, true_costs(surface, x, y), rtol=1e-11, atol=1e-13)
    assert surface.present == network.cost(x, y)
    assert surface.examples == 7


PLACES = {
    "first layer, two neurons": (Parameter(0, 3, 1), Parameter(0, 5, 2)),
    "first layer, one neuron": (Parameter(0, 3, 1), Parameter(0, None, 1)),
    "middle layer, two neurons": (Parameter(1, 3, 1), Parameter(1, 5, 2)),
    "last layer, two neurons": (Parameter(2, 3, 1), Parameter(2, 5, 2)),
    "last layer, one neuron": (Parameter(2, 3, 1), Parameter(2, 5, 1)),
    "first and second": (Parameter(0, 3, 1), Parameter(1, 1, 2)),
    "last and first": (Parameter(2, 3, 1), Parameter(0, 1, 2)),
}


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_every_pair_of_places_in_float32(
    places: tuple[Parameter, Parameter], cost: str, output: str
) -> None:
    recipe = Recipe(layers=(12, 8, 7, 6), cost=cost, output_activation=output)
    network = Network(recipe)
    # More examples than the survey takes at a time.
    x, y = examples(recipe, 600)
    first, second = (index_of(recipe, place) for place in places)

    surface = survey(request(network, first, second, points=5), x, y)

    assert surface is not None
    np.testing.assert_allclose(surface.cost, true_costs(surface, x, y), rtol=1e-5)


def test_grid_surrounds_the_present() -> None:
    network = Network(Recipe(layers=(4, 3, 2), dtype="float64"))
    x, y = examples(network.recipe, 5)

    surface = survey(request(network, 2, 7, half_width=2.0, points=9), x, y)

    assert surface is not None
    assert surface.w1[0] == network.theta[2] - 2.0
    assert surface.w2[-1] == network.theta[7] + 2.0
    assert surface.w1[4] == network.theta[2]
    assert surface.cost[4, 4] == pytest.approx(surface.present, rel=1e-12)


def test_sample_is_spread_over_the_examples() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    x, y = examples(network.recipe, 50)

    surface = survey(replace(request(network, 2, 7), sample=5), x, y)

    assert surface is not None
    assert surface.examples == 5
    rows = [0, 12, 24, 37, 49]
    assert surface.present == network.cost(x[rows], y[rows])


def test_theta_is_left_alone() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    before = network.theta.copy()
    network.theta.flags.writeable = False

    survey(request(network, 0, 20), *examples(network.recipe, 5))

    np.testing.assert_array_equal(network.theta, before)


def test_every_entry_of_theta_has_a_place() -> None:
    recipe = Recipe(layers=(5, 4, 3))
    places = [locate(recipe, index) for index in range(recipe.parameters)]

    assert [index_of(recipe, place) for place in places] == list(range(recipe.parameters))
    network = Network(recipe)
    for index, place in enumerate(places):
        group = (network.biases if place.source is None else network.weights)[place.layer]
        at = place.target if place.source is None else (place.source, place.target)
        assert group[at] == network.theta[index]
    for outside in (-1, recipe.parameters):
        with pytest.raises(IndexError):
            locate(recipe, outside)


def test_a_diverged_net_gives_no_warning() -> None:
    network = Network(Recipe(layers=(4, 3, 2), activation="relu", output_activation="linear"))
    network.theta *= 1e30
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        surface = survey(request(network, 0, 5), *examples(network.recipe, 5))

    assert surface is not None
    assert not np.isfinite(surface.cost).any()


def test_cancelling_ends_the_work_soon() -> None:
    recipe = Recipe(layers=(784, 100, 100, 10))
    network = Network(recipe)
    x, y = examples(recipe, 1000)
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(time.perf_counter())
        return len(asked) > 20

    assert survey(request(network, 0, 1, points=61), x, y, cancelled) is None
    assert len(asked) == 21
    assert np.median(np.diff(asked)) < 0.02
