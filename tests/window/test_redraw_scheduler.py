"""Turns: all draw at rest; at full speed they keep within a budget, and nobody starves."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.window.drawing_budget import FRAMES, OVER, SHARED, DrawingBudget, Spent
from nnviz.window.redraw_scheduler import FEWEST, RedrawScheduler
from tests.sampled import tried


class Display:
    """A display whose frames take as long as what is drawn in them, on a clock of its own."""

    def __init__(self, costs, together=(), rates=None, beside=0.0):
        self.turns = RedrawScheduler(rates or dict.fromkeys(costs, 60.0), together)
        self.costs, self.beside = costs, beside
        self.now, self.spent = 0.0, Spent()
        self.frames: list[tuple[float, list[str]]] = []

    def run(self, seconds, looked_at=(), seen=None, waits=lambda: 0.0):
        """Let frames come for so long; return who drew how often a second."""
        end, first = self.now + seconds, len(self.frames)
        while self.now < end:
            drawn = self.turns.due(self.now, self.spent, seen or list(self.costs), looked_at)
            self.frames.append((self.now, drawn))
            took = sum(self.costs[name] for name in drawn)
            step = max(self.turns.frame_interval, took) + waits()
            self.now += step
            self.spent = Spent(self.spent.drawing + took, self.spent.beside + self.beside * step)
        counts = defaultdict(float)
        for _, drawn in self.frames[first:]:
            for name in drawn:
                counts[name] += 1 / seconds
        return counts

    def longest_wait(self, name):
        times = [time for time, drawn in self.frames if name in drawn]
        return max(after - before for before, after in pairwise(times))


def test_everybody_in_sight_draws_when_training_rests():
    turns = RedrawScheduler({"a": 10, "b": 5, "c": 5})
    for frame in range(3):
        assert turns.draw_all(frame / 60, Spent(), ["a", "c"]) == ["a", "c"]
        assert turns.frame_interval == 1 / FRAMES


def test_what_is_cheap_draws_at_its_own_rate():
    display = Display(dict.fromkeys("abc", 1e-4), rates={"a": 20.0, "b": 10.0, "c": 5.0})
    display.run(2)
    counts = display.run(10)
    assert 0.7 * 20 <= counts["a"] <= 20.2
    assert 0.7 * 10 <= counts["b"] <= 10.2
    assert 0.7 * 5 <= counts["c"] <= 5.2


def test_all_together_keep_within_the_budget():
    costs = {"a": 0.016, "b": 0.004, "c": 0.002}
    display = Display(costs)
    display.run(2)
    counts = display.run(10)
    spent = sum(counts[name] * cost for name, cost in costs.items())
    assert 0.8 * SHARED.interpreter <= spent <= 1.02 * SHARED.interpreter
    # As the roots of what each costs, so that they are as fresh as can be for it.
    assert counts["b"] / counts["a"] == pytest.approx(2, rel=0.25)
    assert counts["c"] / counts["b"] == pytest.approx(2**0.5, rel=0.25)


def test_what_is_looked_at_draws_more_often():
    costs = dict.fromkeys("abcd", 0.006)
    display = Display(costs)
    display.run(2)
    before = display.run(6)
    display.run(2, looked_at=["b"])
    counts = display.run(6, looked_at=["b"])
    assert counts["b"] > 1.3 * before["b"]
    assert counts["a"] < before["a"]
    assert all(counts[name] >= FEWEST for name in costs)


@settings(max_examples=tried(30), deadline=None)
@given(
    st.lists(st.floats(1e-4, 0.02), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
    st.floats(0, 3),
)
def test_nothing_in_sight_falls_below_four_refreshes_a_second(costs, draw, beside):
    """Frames may come late, and whatever else is computed may leave no budget at all."""
    display = Display({f"v{i}": cost for i, cost in enumerate(costs)}, beside=beside)
    counts = display.run(8, waits=lambda: draw.choice((0.0, 0.0, 0.004, 0.012)))
    for name in display.costs:
        assert counts[name] >= FEWEST
        assert display.longest_wait(name) <= 1 / FEWEST + SHARED.evenly + 0.02


def test_frames_come_evenly_one_group_in_each():
    display = Display({"a": 0.014, "b": 0.012, "c": 0.012, "d": 0.002, "e": 0.001, "f": 0.001})
    display.run(3)
    first = len(display.frames)
    display.run(5)
    frames = display.frames[first:]
    gaps = [after - before for (before, _), (after, _) in pairwise(frames)]
    assert max(gaps) <= 0.033
    assert sum(len(drawn) <= 1 for _, drawn in frames) >= 0.98 * len(frames)


def test_those_that_show_the_same_figures_draw_in_the_same_frame():
    display = Display(dict.fromkeys("abcd", 0.003), together=("b", "d"))
    display.run(5)
    for _, drawn in display.frames:
        assert ("b" in drawn) == ("d" in drawn)
    assert sum("b" in drawn for _, drawn in display.frames) >= 20
    seen = ["a", "b"]
    first = len(display.frames)
    display.run(2, seen=seen)
    assert {name for _, drawn in display.frames[first:] for name in drawn} == set(seen)


def test_what_is_computed_beside_training_leaves_less():
    budget, spent = DrawingBudget(cores=2), Spent()
    for second in range(5):
        budget.note(second * OVER, spent)
        spent = Spent(0.0, spent.beside + 0.3 * OVER)
    assert budget.left == pytest.approx(2 * SHARED.cores - 0.3)
    for second in range(5, 10):
        budget.note(second * OVER, spent)
    assert budget.left == SHARED.interpreter
    more = DrawingBudget(cores=16)
    for second in range(5):
        more.note(second * OVER, Spent(0.0, second * OVER))
    assert more.left == SHARED.interpreter


@given(
    tick=st.sampled_from([1e-7, 1e-3, 1 / 64, 10.0]),
    cost=st.sampled_from([1e-8, 1e-4, 5e-3, 5e-2]),
)
@settings(deadline=None, max_examples=tried(20))
def test_a_clock_that_ticks_coarsely_or_not_at_all_keeps_the_display_going(tick, cost):
    """Windows counts a thread's time in ticks of 1/64 s: most frames then took nothing."""
    display = Display({"a": cost, "b": cost / 10})
    due = display.turns.due
    display.turns.due = lambda now, spent, *rest: due(
        now, Spent(spent.drawing // tick * tick, spent.beside), *rest
    )
    display.run(4)
    display.run(4)
    assert display.longest_wait("a") <= 1 / FEWEST + cost + 2 * SHARED.evenly
    assert display.longest_wait("b") <= 1 / FEWEST + cost + 2 * SHARED.evenly


def test_frames_that_cost_nothing_measurable_are_no_division_by_zero():
    turns = RedrawScheduler({"a": 60.0, "b": 60.0})
    drawn = [turns.due(frame / 60, Spent(), ["a", "b"]) for frame in range(120)]
    assert {name for names in drawn for name in names} == {"a", "b"}
