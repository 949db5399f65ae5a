"""Plane maps answer as the network does, at every point, in buffers made once."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Network, Recipe
from nnviz.engine.measure.plane_map import Plane, PlaneMap

PLANE = Plane(-2.0, 3.0, -1.0, 4.0)
RECIPE = Recipe(layers=(2, 5, 4, 3), activation="tanh", output_activation="sigmoid", seed=3)


def test_a_grid_runs_from_the_upper_left_to_the_lower_right():
    points = PLANE.grid(5).reshape(5, 5, 2)
    assert points[0, 0].tolist() == [-1.5, 3.5]
    assert points[0, -1].tolist() == [2.5, 3.5]
    assert points[-1, 0].tolist() == [-1.5, -0.5]
    assert np.allclose(PLANE.share(PLANE.grid(5))[0], [0.1, 0.1])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_neuron_answers_as_in_the_network(dtype):
    recipe = replace(RECIPE, dtype=dtype)
    points = PLANE.grid(40)  # more than are propagated at a time
    made = PlaneMap(recipe, points)
    for seed in (1, 2):
        network = Network(replace(recipe, seed=seed))
        made.update(network.theta)
        propagation = network.propagation(points, np.zeros((len(points), 3)))
        for ours, theirs in zip((*made.z, *made.a), (*propagation.z, *propagation.a), strict=True):
            assert ours.dtype == np.float32
            assert np.allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("keep", [{1}, {3}, {1, 2}])
def test_only_layers_that_are_kept_are_there_for_all_points(keep):
    points = PLANE.grid(40)
    made, whole = PlaneMap(RECIPE, points, keep), PlaneMap(RECIPE, points)
    for each in (made, whole):
        each.update(Network(RECIPE).theta)
    for layer in range(1, 4):
        ours, theirs = made.a[layer - 1], whole.a[layer - 1]
        assert (len(ours) == len(points)) == (layer in keep)
        if layer in keep:
            assert np.array_equal(ours, theirs)
            assert np.array_equal(made.z[layer - 1], whole.z[layer - 1])


def test_another_net_is_mapped_into_the_same_buffers():
    made = PlaneMap(RECIPE, PLANE.grid(10))
    before = [*made.z, *made.a]
    made.update(Network(RECIPE).theta)
    assert all(now is then for now, then in zip((*made.z, *made.a), before, strict=True))


def test_a_diverged_net_has_a_map_all_the_same():
    made = PlaneMap(RECIPE, PLANE.grid(4))
    made.update(np.full(RECIPE.parameters, np.nan))
    assert np.isnan(made.a[-1]).all()
