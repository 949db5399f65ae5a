"""Which points of a way are drawn, and the part of a plane that holds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.run.history import TrailPoint
from nnviz.engine.surface.path import MOST, Extent, fitting, thinned, way_to


def trail(points):
    return [TrailPoint(step, np.array([step, 0.0])) for step in range(points)]


@given(st.integers(1, 1000), st.integers(3, 200))
def test_a_thinned_way_is_even_and_has_both_ends(points, most):
    way = trail(points)
    steps = [point.step for point in thinned(way, most)]
    assert len(steps) <= most
    assert steps[0] == 0
    assert steps[-1] == points - 1
    assert len(set(np.diff(steps[:-1]))) <= 1
    assert len(steps) > min(points, most) // 2 - 1


def test_a_way_that_grows_keeps_its_points():
    way = trail(300)
    before, after = thinned(way[:290]), thinned(way)
    assert set(map(id, before[:-1])) <= set(map(id, after))


def test_a_way_ends_with_the_present_once():
    way = trail(400)
    theta = way[-1].theta.copy()
    same = way_to(theta, 399, way)
    assert len(same) <= MOST
    assert same[-1].theta is theta
    assert [point.step for point in same].count(399) == 1
    # An edit by hand at the very step of the last point: both are shown.
    edited = way_to(theta + 1, 399, way)
    assert [point.step for point in edited].count(399) == 2
    assert [point.step for point in way_to(theta, 5, ())] == [5]


def test_a_fitting_part_has_room_to_grow():
    path = np.array([[-4.0, 0.0], [np.nan, np.inf], [0.0, 0.0]])
    extent = fitting(path, 0.5)
    assert extent.low == pytest.approx((-4.6, -0.5))
    assert extent.high == pytest.approx((0.6, 0.5))


def test_a_fitting_part_is_kept_until_it_is_too_small_or_far_too_large():
    before = Extent((-2.0,), (2.0,))
    assert fitting(np.array([[-1.9], [0.0]]), 0.5, before) == before
    assert fitting(np.array([[-2.1], [0.0]]), 0.5, before) != before
    assert fitting(np.array([[-0.1], [0.0]]), 0.5, before) != before
