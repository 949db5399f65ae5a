"""Iso-lines, path and range of the cost surface are where the numbers are."""

from typing import Any

import numpy as np
import pytest

from nnviz.engine.notation import parameter_name
from nnviz.engine.recipe import Recipe
from nnviz.views.shared.level_lines import joined, level_lines, triangles
from nnviz.views.shared.ticks import ticks
from nnviz.views.surface3d.colours import viridis
from nnviz.views.surface3d.mesh import ball, surface, tube
from nnviz.views.surface3d.shape import (
    Relief,
    make_relief,
    steady_range,
)


def made_of(cost: Any) -> Relief | None:
    values = np.linspace(-2, 2, len(cost))
    return make_relief(values, values, np.asarray(cost, dtype=float))


def bowl(points: int = 41) -> Relief:
    w = np.linspace(-2, 2, points)
    made = made_of(w[:, np.newaxis] ** 2 + w**2)
    assert made is not None
    return made


def test_iso_lines_of_a_bowl_are_circles() -> None:
    u = np.linspace(-1, 1, 61)
    pieces, at = level_lines(u[:, np.newaxis] ** 2 + u**2, np.array([0.25, 0.64]))

    assert set(at) == {0.25, 0.64}
    radius = np.hypot(*(2 * pieces - 1).transpose(2, 0, 1))
    np.testing.assert_allclose(radius, np.sqrt(at)[:, np.newaxis].repeat(2, 1), atol=0.002)
    length = np.linalg.norm(pieces[:, 0] - pieces[:, 1], axis=1)[at == 0.25].sum()
    assert 2 * length == pytest.approx(2 * np.pi * 0.5, rel=0.01)


def test_pieces_are_joined_to_whole_lines() -> None:
    u = np.linspace(-1, 1, 31)
    pieces, _ = level_lines(u[:, np.newaxis] ** 2 + u**2, np.array([0.3, 1.2]))
    lines = joined(pieces)
    assert sum(len(line) - 1 for line in lines) == len(pieces)
    # One ring, and four arcs in the corners.
    assert sorted(bool(np.allclose(line[0], line[-1])) for line in lines) == [False] * 4 + [True]
    steps = np.concatenate([np.diff(line, axis=0) for line in lines])
    assert np.linalg.norm(steps, axis=1).max() < 0.06
    assert joined(np.empty((0, 2, 2))) == []


def test_iso_lines_of_a_plain_are_none() -> None:
    pieces, at = level_lines(np.full((5, 5), 0.3), np.array([0.3, 0.5]))
    assert pieces.shape == (0, 2, 2)
    assert at.shape == (0,)


def test_triangles_cover_the_grid_once() -> None:
    corners = np.stack(np.divmod(triangles(4, 5), 5), axis=-1).astype(float)
    a, b = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / 2
    assert abs(area).sum() == 3 * 4
    assert len(corners) == 2 * 3 * 4


def test_height_between_grid_points() -> None:
    relief = bowl()
    unit = relief.unit(np.array([[0.0, 0.0], [-2.0, -2.0], [1.03, -0.4]]))
    np.testing.assert_allclose(unit[:2], [[0.5, 0.5], [0, 0]])
    cost = relief.low + relief.height_at(unit) * (relief.high - relief.low)
    np.testing.assert_allclose(cost, [0, 8, 1.03**2 + 0.16], atol=0.01)
    assert np.isfinite(relief.height_at(np.array([[7.0, -7.0]]))).all()


def test_path_starts_where_it_last_came_in() -> None:
    relief = bowl()
    path = relief.path(np.array([[0, 0], [5, 0], [-1.0, 0], [-1, 0], [1, 0]]))
    np.testing.assert_allclose(path[[0, -1]], [[0.25, 0.5], [0.75, 0.5]])
    np.testing.assert_allclose(np.diff(path[:, 0]), np.diff(path[:, 0])[0])
    assert len(relief.path(np.array([[0.0, 0.0]]))) == 1
    assert len(relief.path(np.array([[0.0, 0.0], [0.0, 0.0]]))) == 1
    assert len(relief.path(np.array([[np.nan, 0.0]]))) == 0


def test_costs_that_are_no_numbers_count_as_highest() -> None:
    w = np.linspace(-2, 2, 9)
    cost = w[:, np.newaxis] ** 2 + w**2
    cost[0, 0], cost[0, 1], cost[8, 8] = np.nan, np.inf, 1e300
    made = made_of(cost)
    assert made is not None
    assert np.isfinite(made.height).all()
    assert made.height[0, 0] == made.height[0, 1] == 1
    assert made_of(np.full((5, 5), np.nan)) is None


def test_flat_surface_has_a_range() -> None:
    made = made_of(np.full((5, 5), 0.7))
    assert made is not None
    assert made.low < made.high
    assert np.isfinite(made.height).all()


def test_range_moves_only_when_it_must() -> None:
    first = steady_range(1.0, 2.0)
    assert steady_range(1.005, 1.9, first) == first
    assert steady_range(1.0, 2.05, first) == first
    lower = steady_range(0.9, 2.0, first)
    assert lower[0] < 0.9
    assert lower[1] == first[1]
    higher = steady_range(1.0, 3.0, lower)
    assert higher[1] > 3
    assert steady_range(0.1, 0.2, higher)[1] < 0.3


def test_meshes_lie_where_they_should() -> None:
    made = surface(bowl(11), viridis())
    assert made.vertexes.shape == (121, 3)
    assert made.vertexes[60].tolist() == pytest.approx([0, 0, 0], abs=0.02)
    assert made.colours.min() >= 0
    assert made.colours.max() <= 1
    line = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0.5]])
    pipe = tube(line, 0.1, "#ffffff")
    assert pipe is not None
    away = np.linalg.norm(pipe.vertexes.reshape(3, -1, 3) - line[:, np.newaxis], axis=2)
    np.testing.assert_allclose(away, 0.1, rtol=1e-5)
    assert tube(line[:1], 0.1, "#ffffff") is None
    upright = tube(np.array([[0, 0, 0], [0, 0, 1.0]]), 0.1, "#ffffff")
    assert upright is not None
    assert np.isfinite(upright.vertexes).all()
    sphere = ball(np.ones(3), 0.5, "#ffffff")
    np.testing.assert_allclose(np.linalg.norm(sphere.vertexes - 1, axis=1), 0.5, rtol=1e-5)


def test_names_and_numbers() -> None:
    recipe = Recipe(layers=(784, 30, 10))
    assert parameter_name(recipe, 784 * 30 + 4 * 10 + 7) == "w²₈,₅"
    assert parameter_name(recipe, 0) == "w¹₁,₁"
    assert parameter_name(recipe, recipe.parameters - 3) == "b²₈"
    assert ticks(-2.3, 5.7, 4) == [-2, 0, 2, 4]
    assert ticks(1.0, 1.0, 4) == []


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_at_a_minimum_there_is_no_slope_but_beside_it_there_is(dtype: str) -> None:
    # Two linear weights of an example that is answered exactly, as textbooks have them.
    w = np.linspace(3, 5, 61)
    outputs = 15 * w[:, np.newaxis].astype(dtype) + 23 * (w - 2).astype(dtype) + 57
    cost = np.asarray(outputs - np.asarray(163, dtype), dtype) ** 2
    relief = make_relief(w, w - 2, cost.astype(float))
    assert relief is not None
    assert relief.slope_at(np.array([0.5, 0.5]), dtype).tolist() == [0, 0]
    across = relief.slope_at(np.array([0.5 + 0.01, 0.5]), dtype)
    expected = 2 * (15 * 0.02) * np.array([15, 23])
    np.testing.assert_allclose(across, expected, rtol=0.1)
