"""Directions in the space of parameters: their norms, what they explain, and projections."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.network import Network, views
from nnviz.engine.recipe import Recipe
from nnviz.engine.surface.directions import Axes, parameter_axes, principal_axes, random_axes
from tests.planes import along, moved
from tests.sampled import tried

RECIPE = Recipe(layers=(7, 5, 4), dtype="float64")


def drawn(points: int, size: int, seed: int = 0, dtype: str = "float64"):
    return np.random.default_rng(seed).normal(size=(points, size)).astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_random_directions_have_each_neurons_norm_and_no_biases(dtype):
    recipe = Recipe(layers=(7, 5, 4), dtype=dtype, initialiser="normal")
    network = Network(recipe)
    axes = random_axes(recipe, network.theta, 3)
    assert axes.count == 2
    for vector in axes.vectors:
        weights, biases = views(recipe, vector)
        for part, own in zip(weights, network.weights, strict=True):
            expected = np.linalg.norm(own, axis=0)
            assert np.linalg.norm(part, axis=0) == pytest.approx(expected, rel=1e-6)
        assert not any(part.any() for part in biases)
    assert not np.allclose(axes.vectors[0], axes.vectors[1])


def test_random_directions_are_decided_by_the_seed():
    theta = Network(RECIPE).theta
    same, again, other = (random_axes(RECIPE, theta, seed).vectors for seed in (5, 5, 6))
    assert (same == again).all()
    assert not np.allclose(same, other)
    # Other parameters change the norms but not the draw.
    assert random_axes(RECIPE, 2 * theta, 5).vectors == pytest.approx(2 * same)


def test_a_neuron_without_weights_has_no_direction():
    axes = random_axes(RECIPE, np.zeros(RECIPE.parameters), 0)
    assert not axes.vectors.any()
    at, distance = axes.nearest(drawn(2, RECIPE.parameters))
    assert not at.any()
    assert (distance > 0).all()


@settings(max_examples=tried(80), deadline=None)
@given(st.integers(2, 30), st.integers(2, 60), st.integers(0, 99))
def test_principal_components_are_those_of_a_singular_value_decomposition(points, size, seed):
    way = drawn(points, size, seed)
    axes = principal_axes(way)
    _, sizes, directions = np.linalg.svd(way, full_matrices=False)
    assert axes.explained == pytest.approx((sizes**2 / (sizes**2).sum())[:2], rel=1e-9)
    for axis, direction in zip(axes.vectors, directions, strict=False):
        assert abs(axis @ direction) == pytest.approx(1, abs=1e-6)
    assert axes.vectors @ axes.vectors.T == pytest.approx(np.eye(2), abs=1e-12)


def test_principal_components_in_float32():
    way = drawn(120, 2000, dtype="float32") * np.linspace(10, 0.01, 2000, dtype="float32") ** 2
    axes = principal_axes(way)
    _, sizes, directions = np.linalg.svd(way.astype(np.float64), full_matrices=False)
    assert axes.vectors.dtype == np.float32
    assert axes.explained == pytest.approx((sizes**2 / (sizes**2).sum())[:2], rel=1e-5)
    for axis, direction in zip(axes.vectors, directions, strict=False):
        assert abs(axis @ direction) == pytest.approx(1, abs=1e-4)


def test_the_way_begins_on_the_negative_side_or_where_it_was_before():
    way = drawn(9, 20)
    axes = principal_axes(way)
    assert (axes.vectors @ way[0] < 0).all()
    turned = Axes((), -axes.vectors)
    assert principal_axes(way, turned).vectors == pytest.approx(-axes.vectors)


@pytest.mark.parametrize("points", [0, 1, 3])
def test_a_way_that_is_a_straight_line_or_nothing_still_has_two_directions(points):
    line = np.linspace(-3, -1, points)[:, np.newaxis] * drawn(1, 20)
    axes = principal_axes(line)
    assert axes.vectors @ axes.vectors.T == pytest.approx(np.eye(2), abs=1e-12)
    assert axes.explained == pytest.approx((float(points > 0), 0))
    _, distance = axes.nearest(line)
    assert distance == pytest.approx(np.zeros(points), abs=1e-7)


def test_points_that_are_no_numbers_do_not_spoil_the_components():
    way = drawn(9, 20)
    broken = np.insert(way, 4, np.nan, axis=0)
    broken = np.insert(broken, 2, np.inf, axis=0)
    assert principal_axes(broken).vectors == pytest.approx(principal_axes(way).vectors)


@st.composite
def planes(draw: st.DrawFn) -> Axes:
    kind = draw(st.sampled_from(["parameters", "line", "random", "principal", "skew"]))
    seed = draw(st.integers(0, 99))
    match kind:
        case "parameters":
            return parameter_axes(RECIPE, (seed % 50, 55))
        case "line":
            return parameter_axes(RECIPE, (seed % 50,))
        case "random":
            return random_axes(RECIPE, Network(RECIPE).theta, seed)
        case "principal":
            return principal_axes(drawn(6, RECIPE.parameters, seed))
        case _:
            return Axes((), drawn(2, RECIPE.parameters, seed))


@settings(deadline=None)
@given(planes(), st.integers(0, 99))
def test_nearest_point_and_rest_make_up_the_parameters(axes, seed):
    theta = Network(RECIPE).theta
    points = theta + drawn(4, RECIPE.parameters, seed)
    rest = points - theta
    at, distance = axes.nearest(rest)
    assert at.shape == (4, axes.count)
    for point, coordinates, beside, far in zip(points, at, rest, distance, strict=True):
        assert moved(axes, theta, coordinates) + beside == pytest.approx(point)
        assert far == pytest.approx(np.linalg.norm(beside))
        # At right angles to the plane: so no other point of it is nearer.
        assert along(axes, beside) == pytest.approx(np.zeros(axes.count), abs=1e-9)


@settings(deadline=None)
@given(planes(), st.floats(-3, 3), st.floats(-3, 3))
def test_a_point_of_the_plane_has_no_distance(axes, first, second):
    theta = Network(RECIPE).theta
    wanted = (first, second)[: axes.count]
    at, distance = axes.nearest((moved(axes, theta, wanted) - theta)[np.newaxis])
    assert at[0] == pytest.approx(wanted, abs=1e-9)
    assert distance[0] == pytest.approx(0, abs=1e-9)


def test_entries_that_theta_has_not_are_refused():
    for index in (-1, RECIPE.parameters):
        with pytest.raises(IndexError):
            parameter_axes(RECIPE, (0, index))
