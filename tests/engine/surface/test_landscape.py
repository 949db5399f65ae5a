"""The cost surface is the true cost, wherever its two parameters stand."""

import time
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.batched import sheet
from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network
from nnviz.engine.parameters import Parameter, index_of, locate
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest, survey
from nnviz.engine.surface.memory import Memory
from nnviz.engine.surface.path import Extent
from nnviz.engine.training.trainer import Trainer
from tests.planes import along, theta_at
from tests.sampled import sampled, tried

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
    recipe = surface.request.recipe
    costs = np.empty(surface.cost.shape)
    for i, w1 in enumerate(surface.w1):
        for j, w2 in enumerate(surface.w2):
            theta = theta_at(surface, float(w1), float(w2))
            costs[i, j] = Network(recipe, theta).cost(x, y)
    return costs


def wandering(network: Network, points: int = 5, seed: int = 0) -> tuple[TrailPoint, ...]:
    """A way that ends near the network's parameters."""
    draw = np.random.default_rng(seed)
    size = network.theta.shape
    steps = [draw.normal(size=size) / 4 for _ in range(points)]
    thetas = (network.theta + np.sum(steps[:count], axis=0) for count in range(points, 0, -1))
    return tuple(
        TrailPoint(10 * step, theta.astype(network.theta.dtype))
        for step, theta in enumerate(thetas)
    )


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


@settings(max_examples=tried(120), deadline=None)
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


@settings(max_examples=tried(60), deadline=None)
@given(recipes(), st.sampled_from([Kind.RANDOM, Kind.PRINCIPAL]), st.integers(0, 9))
def test_a_plane_of_directions_is_the_networks_cost(recipe: Recipe, kind: Kind, seed: int) -> None:
    network = Network(recipe)
    x, y = examples(recipe, 7)
    asked = replace(request(network, 0, 1), kind=kind, seed=seed, trail=wandering(network))

    surface = survey(asked, x, y)

    assert surface is not None
    assert surface.cost.dtype == np.float64
    if "step" in recipe.activations:  # rounding may put a sum of zero to either side
        return
    np.testing.assert_allclose(surface.cost, true_costs(surface, x, y), rtol=1e-10, atol=1e-13)
    assert surface.present == network.cost(x, y)


@pytest.mark.parametrize("kind", [Kind.RANDOM, Kind.PRINCIPAL])
@pytest.mark.parametrize("cost", sampled(COSTS, every=3))
@pytest.mark.parametrize("output", ["sigmoid", "softmax", "linear"])
def test_planes_of_directions_in_float32(
    kind: Kind, cost: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        recipe = Recipe(layers=(12, 8, 7, 6), cost=cost, output_activation=output)
    except RecipeError:
        return
    network = Network(recipe)
    # Neither examples nor points go evenly into what is taken at a time: 256 and 9.
    monkeypatch.setattr(sheet, "BUFFER", 20_000)
    x, y = examples(recipe, 300)
    asked = replace(request(network, 0, 1, points=11), kind=kind, trail=wandering(network))

    surface = survey(replace(asked, sample=300), x, y)

    assert surface is not None
    chosen = np.linspace(0, 10, 5).round().astype(int)
    coarse = replace(surface, w1=surface.w1[chosen], w2=surface.w2[chosen],
                     cost=surface.cost[np.ix_(chosen, chosen)])  # fmt: skip
    np.testing.assert_allclose(coarse.cost, true_costs(coarse, x, y), rtol=1e-5)


@pytest.mark.parametrize("kind", [Kind.RANDOM, Kind.PRINCIPAL])
def test_a_network_without_hidden_layers_has_planes_of_directions(kind: Kind) -> None:
    network = Network(Recipe(layers=(4, 3), dtype="float64"))
    x, y = examples(network.recipe, 9)
    surface = survey(replace(request(network, 0, 1), kind=kind, trail=wandering(network)), x, y)
    assert surface is not None
    np.testing.assert_allclose(surface.cost, true_costs(surface, x, y), rtol=1e-12)


@settings(max_examples=tried(60), deadline=None)
@given(recipes(), st.data())
def test_a_line_is_the_networks_cost_with_its_tangent(recipe: Recipe, data: st.DataObject) -> None:
    network = Network(recipe)
    index = data.draw(st.integers(0, recipe.parameters - 1))
    x, y = examples(recipe, 7)
    asked = replace(request(network, index, 0, points=5), kind=Kind.LINE, trail=wandering(network))

    surface = survey(asked, x, y)

    assert surface is not None
    assert surface.line is not None
    assert surface.cost.shape == (5, 1)
    assert surface.w2.size == 0
    assert surface.path.at.shape == (6, 1)
    true = [Network(recipe, theta_at(surface, float(w))).cost(x, y) for w in surface.w1]
    np.testing.assert_allclose(surface.cost[:, 0], true, rtol=1e-11, atol=1e-13)
    slope = along(surface.axes, network.gradient(x, y))
    assert surface.line.slope == pytest.approx(slope[0], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("cost", COSTS)
def test_every_kind_of_plane_with_every_cost(kind: Kind, cost: str) -> None:
    output = "softmax" if cost == "categorical_cross_entropy" else "sigmoid"
    recipe = Recipe(layers=(6, 5, 4), output_activation=output, dtype="float64")
    if alone := COSTS[cost].single_layer_of:
        recipe = replace(recipe, layers=(11, 4), output_activation=alone)
    recipe = replace(recipe, cost=cost)
    network = Network(recipe)
    x, y = examples(recipe, 40)
    asked = replace(request(network, 3, 45, points=7), kind=kind, trail=wandering(network))

    surface = survey(asked, x, y)

    assert surface is not None
    places = [(i, j) for i in range(7) for j in range(surface.cost.shape[1])]
    for i, j in places:
        values = (float(surface.w1[i]), *surface.w2[j : j + 1].tolist())
        true = Network(recipe, theta_at(surface, *values)).cost(x, y)
        assert surface.cost[i, j] == pytest.approx(true, rel=1e-11)
    assert len(np.unique(surface.cost)) > len(places) // 2


def test_a_lines_step_can_be_the_optimisers() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    asked = replace(request(network, 3, 0), kind=Kind.LINE, nudge=0.25, fit=True)
    surface = survey(asked, *examples(network.recipe, 5))
    assert surface is not None
    assert surface.line is not None
    assert surface.line.landing.w == pytest.approx(network.theta[3] + 0.25)


def on_the_way_of_two(network: Network, pair: tuple[int, int]) -> tuple[TrailPoint, ...]:
    """A way on which only two parameters were trained."""
    points = []
    for step, (dx, dy) in enumerate([(0.5, -0.5), (0.25, 0.75), (-0.5, 0.25)]):
        theta = network.theta.copy()
        theta[list(pair)] += (dx, dy)
        points.append(TrailPoint(step, theta))
    return tuple(points)


def test_where_only_two_parameters_train_the_path_lies_on_the_surface() -> None:
    network = Network(Recipe(layers=(4, 3, 2), dtype="float64"))
    x, y = examples(network.recipe, 30)
    asked = request(network, 2, 7, points=17)  # a grid that has the points of the way

    surface = survey(replace(asked, trail=on_the_way_of_two(network, (2, 7))), x, y)

    assert surface is not None
    path = surface.path
    assert path.distance.tolist() == [0, 0, 0, 0]
    for at, cost in zip(path.at, path.cost, strict=True):
        i = int(np.argmin(abs(surface.w1 - at[0])))
        j = int(np.argmin(abs(surface.w2 - at[1])))
        assert (surface.w1[i], surface.w2[j]) == pytest.approx(at, abs=1e-12)
        assert surface.cost[i, j] == pytest.approx(cost, rel=1e-6)
    assert path.at[-1].tolist() == network.theta[[2, 7]].tolist()


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
def test_where_training_moves_only_two_parameters_its_path_is_on_the_surface(
    optimiser: str,
) -> None:
    pair = (1, 7)
    recipe = Recipe(
        dataset="xor", layers=(2, 3, 1), trained="1,7", optimiser=optimiser, learning_rate=0.3
    )
    dataset = load_dataset("xor")
    trainer = Trainer(recipe, dataset)
    trail = []
    for step in range(40):
        trail.append(TrailPoint(step, trainer.network.theta.copy()))
        trainer.step()
    theta = trainer.network.theta.copy()
    asked = replace(request(Network(recipe, theta), *pair, points=3), trail=tuple(trail), step=40)
    way = survey(asked, dataset.x_test, dataset.y_test)
    assert way is not None
    assert len(way.path.at) == 41
    assert np.ptp(way.path.at, axis=0).min() > 1e-3  # both have moved
    assert way.path.distance.max() == 0
    for at, cost in zip(way.path.at, way.path.cost, strict=True):
        # A grid of which this point of the way is the middle one.
        low, high = (tuple((at - theta[list(pair)] + by).tolist()) for by in (-0.5, 0.5))
        near = survey(replace(asked, extent=Extent(low, high)), dataset.x_test, dataset.y_test)
        assert near is not None
        assert near.cost[1, 1] == pytest.approx(cost, rel=1e-6)


def test_the_share_of_variance_is_that_of_a_singular_value_decomposition() -> None:
    network = Network(Recipe(layers=(6, 5, 3), dtype="float64"))
    trail = wandering(network, points=12)
    asked = replace(request(network, 0, 1), kind=Kind.PRINCIPAL, trail=trail, step=999)
    surface = survey(asked, *examples(network.recipe, 20))
    assert surface is not None
    offsets = np.stack([point.theta for point in trail]) - network.theta
    sizes = np.linalg.svd(offsets, compute_uv=False) ** 2
    assert surface.axes.explained == pytest.approx(sizes[:2] / sizes.sum(), rel=1e-9)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_path_has_the_true_costs_and_ends_with_the_present(kind: Kind) -> None:
    network = Network(Recipe(layers=(6, 5, 3)))
    x, y = examples(network.recipe, 40)
    trail = wandering(network)
    surface = survey(replace(request(network, 2, 7), kind=kind, trail=trail, step=99), x, y)
    assert surface is not None
    path = surface.path
    assert path.steps.tolist() == [0, 10, 20, 30, 40, 99]
    costs = [Network(network.recipe, point.theta).cost(x, y) for point in trail]
    assert path.cost.tolist() == [*costs, network.cost(x, y)]
    assert path.distance[-1] == 0
    assert path.cost[-1] == surface.present
    for point, at, distance in zip(trail, path.at, path.distance, strict=False):
        found, apart = surface.locate(point.theta)
        assert found == pytest.approx(at, rel=1e-5, abs=1e-6)
        assert apart == pytest.approx(distance, rel=1e-4)


def test_without_a_trail_the_path_is_the_present_alone() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    surface = survey(request(network, 0, 1), *examples(network.recipe, 5))
    assert surface is not None
    assert len(surface.path.cost) == 1


@pytest.mark.parametrize("kind", [Kind.PARAMETERS, Kind.RANDOM, Kind.PRINCIPAL])
def test_the_gradient_seen_from_the_plane_is_the_surfaces_slope(kind: Kind) -> None:
    network = Network(Recipe(layers=(4, 3, 2), dtype="float64"))
    x, y = examples(network.recipe, 30)
    asked = replace(request(network, 2, 7, half_width=1e-5, points=3), kind=kind)
    surface = survey(replace(asked, trail=wandering(network)), x, y)
    assert surface is not None
    w1, w2, cost = surface.w1, surface.w2, surface.cost
    differences = (
        (cost[2, 1] - cost[0, 1]) / (w1[2] - w1[0]),
        (cost[1, 2] - cost[1, 0]) / (w2[2] - w2[0]),
    )
    assert along(surface.axes, network.gradient(x, y)) == pytest.approx(differences, rel=1e-5)


def test_the_grid_covers_what_is_asked_for() -> None:
    network = Network(Recipe(layers=(4, 3, 2), dtype="float64"))
    x, y = examples(network.recipe, 5)
    extent = Extent((-1.0, 0.5), (3.0, 0.75))
    surface = survey(replace(request(network, 2, 7), extent=extent), x, y)
    assert surface is not None
    assert surface.w1[[0, -1]] == pytest.approx(network.theta[2] + [-1, 3])
    assert surface.w2[[0, -1]] == pytest.approx(network.theta[7] + [0.5, 0.75])


@pytest.mark.parametrize("kind", [Kind.PARAMETERS, Kind.RANDOM, Kind.PRINCIPAL])
def test_a_fitting_grid_holds_the_path_and_stands_still(kind: Kind) -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    x, y = examples(network.recipe, 5)
    asked = replace(request(network, 2, 7, 0.01), kind=kind, trail=wandering(network), fit=True)
    surface = survey(asked, x, y)
    assert surface is not None
    for axis, values in enumerate((surface.w1, surface.w2)):
        assert values[0] < surface.path.at[:, axis].min()
        assert values[-1] > surface.path.at[:, axis].max()
    network.theta[...] += 0.001
    again = survey(replace(asked, theta=network.theta, extent=surface.extent), x, y)
    assert again is not None
    assert again.extent == surface.extent


def test_axes_of_an_earlier_answer_are_used_again() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    x, y = examples(network.recipe, 5)
    asked = replace(request(network, 0, 1), kind=Kind.PRINCIPAL, trail=wandering(network))
    first = survey(asked, x, y)
    assert first is not None
    later = replace(asked, theta=network.theta + 1, axes=first.axes)
    second = survey(later, x, y)
    assert second is not None
    assert second.axes is first.axes


def test_random_planes_of_one_seed_are_the_same() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    x, y = examples(network.recipe, 5)
    surfaces = [
        survey(replace(request(network, 0, 1), kind=Kind.RANDOM, seed=seed), x, y)
        for seed in (1, 1, 2)
    ]
    costs = [surface.cost for surface in surfaces if surface is not None]
    assert (costs[0] == costs[1]).all()
    assert not np.allclose(costs[0], costs[2])


PLACES = {
    "first layer, two neurons": (Parameter(1, 3, 1), Parameter(1, 5, 2)),
    "first layer, one neuron": (Parameter(1, 3, 1), Parameter(1, None, 1)),
    "middle layer, two neurons": (Parameter(2, 3, 1), Parameter(2, 5, 2)),
    "last layer, two neurons": (Parameter(3, 3, 1), Parameter(3, 5, 2)),
    "last layer, one neuron": (Parameter(3, 3, 1), Parameter(3, 5, 1)),
    "first and second": (Parameter(1, 3, 1), Parameter(2, 1, 2)),
    "last and first": (Parameter(3, 3, 1), Parameter(1, 1, 2)),
}


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("cost", sampled(COSTS, every=3))
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_every_pair_of_places_in_float32(
    places: tuple[Parameter, Parameter], cost: str, output: str
) -> None:
    try:
        recipe = Recipe(layers=(12, 8, 7, 6), cost=cost, output_activation=output)
    except RecipeError:
        return
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
        group = (network.biases if place.source is None else network.weights)[place.layer - 1]
        at = place.target if place.source is None else (place.source, place.target)
        assert group[at] == network.theta[index]
    for outside in (-1, recipe.parameters):
        with pytest.raises(IndexError):
            locate(recipe, outside)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_diverged_net_gives_no_warning(kind: Kind) -> None:
    network = Network(Recipe(layers=(4, 3, 2), activation="relu", output_activation="linear"))
    trail = wandering(network)
    for factor in (1e30, np.inf, np.nan):
        with np.errstate(all="ignore"):
            theta = (network.theta * factor).astype(np.float32)
        asked = replace(request(network, 0, 5), kind=kind, theta=theta, fit=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # Also where the way leads through what is no number.
            for way in ((), (*trail, TrailPoint(50, theta)), (TrailPoint(0, theta), *trail)):
                surface = survey(replace(asked, trail=way), *examples(network.recipe, 5))
                assert surface is not None
                # A slice is computed in double precision, where 1e30 is not yet too large.
                assert not np.isfinite(surface.cost).any() or kind is Kind.LINE


@pytest.mark.parametrize("kind", list(Kind))
def test_a_way_from_infinity_still_has_a_plane(kind: Kind) -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    broken = TrailPoint(0, np.full_like(network.theta, np.inf))
    asked = replace(request(network, 0, 5), kind=kind, fit=True)
    trail = (broken, *wandering(network))
    surface = survey(replace(asked, trail=trail), *examples(network.recipe, 5))
    assert surface is not None
    assert np.isfinite(surface.cost).all()
    assert np.isfinite(surface.path.cost[1:]).all()
    assert np.isfinite(surface.path.distance[1:]).all()


def test_what_does_not_exist_is_refused() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    for first, second in ((-1, 0), (0, network.recipe.parameters)):
        with pytest.raises(IndexError):
            survey(request(network, first, second), *examples(network.recipe, 5))


@pytest.mark.parametrize("kind", [Kind.PARAMETERS, Kind.RANDOM, Kind.PRINCIPAL])
def test_progress_grows_to_the_end(kind: Kind) -> None:
    network = Network(Recipe(layers=(40, 30, 20, 10)))
    told: list[float] = []
    asked = replace(request(network, 0, 1, points=31), kind=kind)
    survey(asked, *examples(network.recipe, 1000), progress=told.append)
    assert told == sorted(told)
    assert told[0] >= 0
    assert told[-1] < 1
    assert max(np.diff([*told, 1.0])) < 0.1


def test_costs_along_the_way_are_computed_once() -> None:
    network = Network(Recipe(layers=(4, 3, 2)))
    x, y = examples(network.recipe, 50)
    memory = Memory()
    asked = replace(request(network, 0, 1), trail=wandering(network), step=99)
    calls: list[int] = []

    def cancelled() -> bool:
        calls.append(1)
        return False

    def count(request: PlaneRequest) -> int:
        calls.clear()
        surface = survey(request, x, y, cancelled, memory=memory)
        assert surface is not None
        return len(calls) - request.points  # asked once for each row of the grid

    assert count(asked) == 6
    assert count(asked) == 1  # the present, which the trail has not
    assert count(replace(asked, sample=20)) == 6
    assert count(asked) == 1
    assert count(replace(asked, recipe=replace(network.recipe, cost="absolute"))) == 6
    assert count(replace(asked, trail=asked.trail[:2])) == 1
    assert count(asked) == 4
    x = x.copy()
    assert count(asked) == 6


@pytest.mark.parametrize("kind", [Kind.PARAMETERS, Kind.RANDOM])
def test_cancelling_ends_the_work_soon(kind: Kind) -> None:
    recipe = Recipe(layers=(784, 100, 100, 10))
    network = Network(recipe)
    x, y = examples(recipe, 1000)
    times: list[float] = []

    def cancelled() -> bool:
        times.append(time.thread_time())
        return len(times) > 20

    asked = replace(request(network, 0, 1, points=61), kind=kind)
    assert survey(asked, x, y, cancelled) is None
    assert len(times) == 21
    # The processor's time, so that a busy machine makes no difference.
    assert np.median(np.diff(times)) < 0.03
