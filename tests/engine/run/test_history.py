"""Cost history and trail: bounded, and true to what they were given."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.ops import frozen
from nnviz.engine.run.history import FEWEST_POINTS, TRAIL_BYTES, CostCurve, CostHistory, Trail
from tests.sampled import tried

BURSTS = st.lists(st.lists(st.floats(0, 10), max_size=40), max_size=12)


def collected(costs, points=64, origin=0):
    history = CostHistory(origin, points)
    history.extend(costs)
    return history


@given(BURSTS, st.sampled_from([2, 4, 8]), st.sampled_from([0, 7]))
def test_a_curve_is_the_mean_low_and_high_of_equal_pieces_and_a_rest(bursts, points, origin):
    history = CostHistory(origin, points)
    for burst in bursts:
        history.extend(burst)
    costs = np.array([cost for burst in bursts for cost in burst])
    curve = history.curve()
    assert history.count == len(costs)
    assert len(curve.mean) <= points + 1
    assert curve.origin == origin
    assert len(set(np.diff(curve.edges[:-1]))) <= 1
    pieces = [
        costs[a - origin : b - origin] for a, b in zip(curve.edges, curve.steps, strict=False)
    ]
    assert sum(map(len, pieces)) == len(costs)
    assert curve.mean == pytest.approx([piece.mean() for piece in pieces])
    assert curve.low.tolist() == [piece.min() for piece in pieces]
    assert curve.high.tolist() == [piece.max() for piece in pieces]


@settings(max_examples=tried(40))
@given(BURSTS, BURSTS, st.sampled_from([0, 5]))
def test_a_record_goes_on_where_it_was_taken(before, after, origin):
    history = CostHistory(origin, 4096)
    for burst in before:
        history.extend(burst * 40)
    again = CostHistory.of(history.record())
    assert again.count == history.count
    for burst in after:
        for one in (history, again):
            one.extend(burst * 40)
    first, second = history.curve(), again.curve()
    assert first.origin == second.origin == origin
    for name in ("steps", "mean", "low", "high"):
        assert getattr(first, name).tolist() == getattr(second, name).tolist()


def test_a_record_is_independent_of_its_history():
    history = collected([1, 2, 3])
    record = history.record()
    history.extend([4])
    assert record.rows.shape == (3, 3)
    with pytest.raises(ValueError):
        record.rows[0, 0] = 9
    again = CostHistory.of(record)
    again.extend([9])
    assert history.curve().mean.tolist() == [1, 2, 3, 4]


def test_the_smoothed_curve_is_a_running_mean():
    curve = collected([4, 2, 6, 8]).curve()
    assert curve.smoothed(2).tolist() == [4, 3, 4, 7]
    assert curve.smoothed(1).tolist() == [4, 2, 6, 8]
    assert curve.smoothed(100).tolist() == [4, 3, 4, 5]
    assert len(CostHistory().curve().smoothed(5)) == 0


def test_smoothing_weighs_points_by_their_minibatches():
    steps = np.array([8, 10, 11, 12])
    mean = np.array([1.0, 4.0, 6.0, 8.0])
    curve = CostCurve(steps, mean, mean, mean)
    assert curve.smoothed(100)[-1] == pytest.approx((8 * 1 + 2 * 4 + 6 + 8) / 12)
    assert curve.smoothed(4).tolist() == [1, 4, pytest.approx(14 / 3), pytest.approx(22 / 4)]


def test_a_cost_that_is_no_number_does_not_spoil_what_comes_later():
    curve = collected([1, np.inf, np.nan, 3, 5]).curve()
    assert str(curve.smoothed(2).tolist()) == "[1.0, inf, nan, 3.0, 4.0]"
    assert curve.smoothed(5)[-1] == 3


def test_a_curve_does_not_change_behind_its_owners_back():
    history = CostHistory(0, 8)
    history.extend([1, 2, 3])
    curve = history.curve()
    history.extend(range(100))
    assert curve.mean.tolist() == [1, 2, 3]
    for array in (curve.mean, curve.steps):
        with pytest.raises(ValueError):
            array[0] = 7


@given(st.integers(0, 40), st.integers(0, 50), st.sampled_from([2, 4, 64]))
def test_a_curve_can_be_parted_anywhere_and_joined_again(count, step, points):
    costs = np.arange(count) % 7
    curve = collected(costs, points).curve()
    before, after = curve.until(step), collected(costs[step:], points, origin=step).curve()
    assert before.edges[-1] == min(step, count)
    assert before.mean.tolist() == curve.mean[: len(before.mean)].tolist()
    both = before.joined(after)
    assert both.edges[-1] == curve.edges[-1]
    assert (np.diff(both.edges) > 0).all()


def test_a_branch_joins_its_parent_without_a_gap():
    parent = collected(range(21), points=8).curve()  # three minibatches a point were too few
    own = collected([50, 60], origin=13).curve()
    line = parent.until(13).joined(own)
    assert line.origin == 0
    assert line.steps.tolist() == [4, 8, 12, 13, 14, 15]
    assert line.mean.tolist() == [1.5, 5.5, 9.5, 13.5, 50, 60]
    assert parent.until(0).joined(own).origin == 13


def test_a_curve_can_be_seen_as_it_was_at_an_earlier_step():
    curve = collected(range(10), points=8).curve()
    assert curve.steps.tolist() == [2, 4, 6, 8, 10]
    assert curve.until(7).mean.tolist() == [0.5, 2.5, 4.5, 6.5]
    assert curve.until(7).steps.tolist() == [2, 4, 6, 7]
    assert curve.until(99).steps.tolist() == [2, 4, 6, 8, 10]
    assert len(curve.until(0).mean) == 0


def filled(steps, capacity_of=2):
    trail = Trail(capacity_of, "float64")
    for step in steps:
        if step >= trail.next_step:
            trail.record(step, np.array([step, -step], float))
    return trail


def along(trail, step):
    return [int(point.theta[0]) for point in trail.points_to(step)]


def test_a_trail_is_evenly_thinned():
    points = filled(range(3001)).points_to(3000)
    assert len(points) <= 400
    assert (np.diff([point.step for point in points]) == 8).all()
    assert points[0].theta.tolist() == [0, 0]
    assert points[-1].theta.tolist() == [points[-1].step, -points[-1].step]


def test_a_trail_can_be_seen_as_it_was_at_an_earlier_step():
    assert along(filled(range(6)), 3) == [0, 1, 2, 3]


def test_a_trail_forgets_what_another_way_replaces():
    trail = filled(range(6))
    trail.cut(3)
    assert along(trail, 9) == [0, 1, 2, 3]
    assert trail.next_step == 4
    trail.record(4, np.array([40.0, 0]))
    assert along(trail, 9) == [0, 1, 2, 3, 40]
    trail.cut(-1)
    assert trail.next_step == 0


def test_a_trail_that_was_cut_is_as_fine_as_one_that_was_never_longer():
    trail = filled(range(100_000))
    trail.cut(500)
    assert trail.next_step <= 501
    for step in range(500, 2000):
        if step >= trail.next_step:
            trail.record(step, np.array([step, 0.0]))
    steps = along(trail, 2000)
    assert steps == sorted(set(steps))
    assert max(np.diff([step for step in steps if step >= 512])) <= 8
    assert len(steps) <= 400


def test_points_of_a_trail_are_shared_and_cannot_be_changed():
    trail = filled(range(3001))
    points = trail.points_to(3000)
    assert [point.step for point in points] == along(trail, 3000)
    assert list(map(id, points)) == list(map(id, trail.points_to(3000)))
    for point in points:
        assert point.theta.tolist() == [point.step, -point.step]
        with pytest.raises(ValueError):
            point.theta[0] = 9
    trail.record(3008, np.array([3008.0, -3008.0]))
    assert len(trail.points_to(3008)) == len(points) + 1
    assert [point.step for point in trail.points_to(17)] == [0, 8, 16]
    assert trail.points_to(-1) == ()
    trail.cut(100)
    assert trail.points_to(9999) == points[: len(trail.points_to(9999))]


def test_a_trail_thinned_keeps_the_very_points():
    trail = filled(range(400))
    before = trail.points_to(399)
    trail.record(400, np.zeros(2))
    assert trail.points_to(400)[:-1] == before[::2]


def test_a_trail_does_not_hold_on_to_what_it_is_given():
    trail, theta = Trail(2, "float32"), np.ones(2, np.float32)
    trail.record(0, theta)
    theta[:] = 7
    assert trail.points_to(0)[0].theta.tolist() == [1, 1]


@settings(max_examples=tried(30))
@given(st.lists(st.tuples(st.integers(1, 3000), st.floats(0, 1)), max_size=6))
def test_a_trail_stays_bounded_however_often_it_is_cut(stretches):
    trail, step = Trail(1, "float32"), 0
    for count, back in stretches:
        for at in range(step, step + count):
            trail.record(at, np.array([at]))
        step = int((step + count) * back)
        trail.cut(step)
        assert len(trail.points_to(step)) <= 400
        assert trail.next_step <= step + max(16, step // 50)


def test_a_trail_shares_what_is_read_only_and_copies_what_is_not():
    trail = Trail(2, "float64")
    trained, kept = np.zeros(2), frozen(np.ones(2))
    trail.record(0, trained)
    trail.record(1, kept)
    trained[:] = 7
    first, second = trail.points_to(1)
    assert first.theta.tolist() == [0, 0]
    assert second.theta is kept


def test_a_trail_of_large_vectors_keeps_few():
    trail = Trail(TRAIL_BYTES, "float32")
    for step in range(100):
        trail.record(step, frozen(np.zeros(1, "float32")))
    assert len(trail.points_to(100)) <= FEWEST_POINTS
