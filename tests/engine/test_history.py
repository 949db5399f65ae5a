"""Cost history and trail: bounded, and true to what they were given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.history import CostHistory, Trail


@given(st.lists(st.lists(st.floats(0, 10), max_size=40), max_size=12), st.sampled_from([2, 4, 8]))
def test_a_curve_is_the_mean_low_and_high_of_equal_pieces(bursts, points):
    history = CostHistory(points)
    for burst in bursts:
        history.extend(burst)
    costs = np.array([cost for burst in bursts for cost in burst])
    curve = history.curve()
    assert len(curve.mean) <= points
    used = len(costs) // curve.stride * curve.stride
    assert len(curve.mean) == used // curve.stride
    pieces = costs[:used].reshape(-1, curve.stride)
    assert curve.mean == pytest.approx(pieces.mean(axis=1))
    assert curve.low.tolist() == pieces.min(axis=1).tolist()
    assert curve.high.tolist() == pieces.max(axis=1).tolist()
    assert curve.steps.tolist() == [(i + 1) * curve.stride for i in range(len(pieces))]


def test_the_smoothed_curve_is_a_running_mean():
    history = CostHistory(64)
    history.extend([4, 2, 6, 8])
    assert history.curve().smoothed(2).tolist() == [4, 3, 4, 7]
    assert history.curve().smoothed(1).tolist() == [4, 2, 6, 8]
    assert len(CostHistory().curve().smoothed(5)) == 0


def test_a_curve_does_not_change_behind_its_owners_back():
    history = CostHistory(8)
    history.extend([1, 2, 3])
    curve = history.curve()
    history.extend(range(100))
    assert curve.mean.tolist() == [1, 2, 3]
    with pytest.raises(ValueError):
        curve.mean[0] = 7


def test_a_trail_is_evenly_thinned_and_ends_with_the_present():
    trail = Trail(2, "float64")
    capacity = 400
    for step in range(3001):
        if step == trail.next_step:
            trail.record(step, np.array([step, -step], float))
    path = trail.path_to(3000, np.array([3000.0, -3000.0]), (1, 0))
    assert len(path) <= capacity + 1
    assert (np.diff(path[:-1, 1]) == 8).all()
    assert path[0].tolist() == [0, 0]
    assert path[-1].tolist() == [-3000, 3000]


def test_a_curve_and_a_trail_can_be_seen_as_they_were_at_an_earlier_step():
    history, trail = CostHistory(8), Trail(1, "float64")
    history.extend(range(10))
    assert history.curve().until(7).mean.tolist() == [0.5, 2.5, 4.5]
    assert len(history.curve().until(0).mean) == 0
    for step in range(6):
        trail.record(step, np.array([float(step)]))
    assert trail.path_to(3, np.array([3.0]), [0]).ravel().tolist() == [0, 1, 2, 3, 3]
