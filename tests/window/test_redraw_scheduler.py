"""Turns: nobody draws too often, nobody starves, everybody draws when training rests."""

from collections import Counter

from nnviz.window.redraw_scheduler import RedrawScheduler


def test_everybody_draws_when_training_rests():
    assert RedrawScheduler({"a": 10, "b": 5}).due(0.0, everything=True) == ["a", "b"]


def test_one_a_frame_and_each_at_its_own_rate():
    turns = RedrawScheduler({"a": 20, "b": 10, "c": 5})
    counts = Counter()
    for frame in range(600):
        due = turns.due(frame / 60, everything=False)
        assert len(due) <= 1
        counts.update(due)
    seconds = 10
    assert 0.7 * 20 <= counts["a"] / seconds <= 20
    assert 0.7 * 10 <= counts["b"] / seconds <= 10
    assert 0.7 * 5 <= counts["c"] / seconds <= 5


def test_too_many_wishes_are_shared_out_fairly():
    turns = RedrawScheduler(dict.fromkeys("abcdef", 60))
    counts = Counter()
    for frame in range(600):
        counts.update(turns.due(frame / 60, everything=False))
    assert max(counts.values()) - min(counts.values()) <= 1


def test_those_that_show_the_same_figures_draw_in_the_same_frame():
    turns = RedrawScheduler({"a": 20, "b": 10, "c": 5, "d": 5}, together=("b", "d"))
    for frame in range(300):
        due = turns.due(frame / 60, everything=False)
        assert ("b" in due) == ("d" in due)
        assert len(due) <= 1 or sorted(due) == ["b", "d"]
