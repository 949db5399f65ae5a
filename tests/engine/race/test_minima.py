"""Minima of planes: found where they are, and not where there are none."""

import numpy as np
import pytest

from nnviz.engine.race.minima import among, bottom_near, minima_of
from nnviz.engine.race.valleys import VALLEYS, Grid

CELL = np.full(2, 0.5)


def grid_of(valley, points=41):
    sides = [np.linspace(a, b, points) for a, b in zip(valley.low, valley.high, strict=True)]
    cost = valley.cost(np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1))
    if valley.weights == 1:
        return Grid(sides[0], np.zeros(0), cost[:, np.newaxis])
    return Grid(sides[0], sides[1], cost)


@pytest.mark.parametrize("name", ["square", "neuron", "two", "saddle", "long"])
def test_all_minima_of_a_formula_are_found_on_its_grid(name):
    valley = VALLEYS[name]
    found = minima_of(grid_of(valley), valley.cost, valley.gradient)
    costs = [float(valley.cost(place)) for place in found]
    assert costs == sorted(costs)
    assert len(found) == len(valley.optima)
    for place in found:
        assert among([np.array(one) for one in valley.optima], place, 1e-6)


def test_a_plateau_a_slope_and_a_saddle_have_no_bottom():
    far = np.array([6.0, 6.0])
    assert bottom_near(lambda w: -np.exp(-w), far, CELL) is None
    assert bottom_near(lambda w: np.array([1.0, 2.0]), far, CELL) is None
    assert bottom_near(VALLEYS["saddle"].gradient, np.array([0.1, 0.05]), CELL) is None
    level = lambda w: np.array([2 * w[0], 0.0])  # noqa: E731
    assert bottom_near(level, np.array([0.1, 0.3]), CELL) is None
    assert bottom_near(lambda w: w * np.nan, far, CELL) is None


def test_a_bottom_further_away_than_that_is_not_this_place_s():
    slope = VALLEYS["neuron"].gradient
    assert bottom_near(slope, np.array([3.2, 4.1]), CELL) == pytest.approx([3, 4], abs=1e-9)
    assert bottom_near(slope, np.array([5.0, 4.0]), CELL) is None


def test_a_bottom_with_a_kink_beside_it_is_found_nearly():
    slope = lambda w: 2 * w + 1e-5 * np.sign(w)  # noqa: E731
    found = bottom_near(slope, np.array([0.2, -0.1]), CELL)
    assert found == pytest.approx([0, 0], abs=1e-3)
