"""A hand being learned, as plain values: what is asked for, what is kept, what is refused."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from nnviz.engine.taught import NONE, TaughtError, drawing
from nnviz.views.pad.hand_state import UNKNOWN, HandState, asked_in_turn


def one(label: int, seed: int | None = None) -> object:
    draws = np.random.default_rng(label if seed is None else seed)
    return drawing(label, draws.random((28, 28)))


def drawn(each: int = 3, most: int = 99) -> HandState:
    state, seed = HandState(each=each), 0
    while state.wanted is not None and seed < most:
        state, seed = state.with_drawing(one(state.wanted, seed)), seed + 1
    return state


def test_three_of_each_are_asked_for_and_none_three_times_running() -> None:
    state = drawn()
    labels = [each.label for each in state.hand]
    assert labels == list(asked_in_turn(3, trying=False))
    assert sorted(labels) == sorted([*range(10)] * 3)
    assert not any(a == b == c for a, b, c in zip(labels, labels[1:], labels[2:], strict=False))
    assert labels[:10] != sorted(labels[:10])
    assert (state.total, state.wanted) == (30, None)


def test_a_digit_that_is_left_out_is_asked_for_no_more() -> None:
    state = drawn(most=13)
    digit = state.wanted
    assert digit is not None
    there = sum(each.label == digit for each in state.hand)
    assert state.copy_of(digit) == there + 1
    state = state.without(digit)
    assert state.wanted != digit
    assert state.total == 30 - 3 + there
    while state.wanted is not None:
        state = state.with_drawing(one(state.wanted, 50 + len(state.hand)))
    assert len(state.hand) == state.total


def test_the_last_one_is_drawn_again() -> None:
    state = drawn(most=5)
    before = drawn(most=4)
    learned = replace(state, kept=5, trying=True, before="12345")
    assert learned.without_last() == replace(before, kept=4)
    assert state.without_last().wanted == state.hand[-1].label
    assert HandState().without_last() == HandState()


def test_the_same_drawing_does_not_count_twice() -> None:
    state = HandState().with_drawing(one(HandState().wanted or 0, 1))
    with pytest.raises(TaughtError, match="draw another"):
        state.with_drawing(one(3, 1))


def test_what_is_tried_is_no_part_of_the_hand() -> None:
    state = drawn(each=1).taught_with([1] * 10).trying_out()
    hand = state.hand
    assert (state.total, state.before) == (10, "1" * 10)
    while state.wanted is not None:
        state = state.with_drawing(one(state.wanted, 40 + len(state.tries)), "7")
    assert sorted(each.label for each in state.tries) == list(range(10))
    assert (state.hand, state.before_tried) == (hand, "7" * 10)
    assert not set(hand) & set(state.tries)
    assert state.trying_out().tries == ()
    assert state.anew() == HandState(each=1)


@pytest.mark.parametrize("each", [1, 3])
def test_it_is_kept_and_gone_on_with(each: int) -> None:
    state = drawn(each, most=7)
    assert HandState().restored(asdict(state)) == state
    tried = drawn(1).taught_with([3] * 10).trying_out()
    tried = tried.with_drawing(one(tried.wanted or 0, 77))
    assert tried.before_tried == UNKNOWN
    assert HandState().restored(asdict(tried)) == tried


@pytest.mark.parametrize(
    "broken",
    [{"drawn": "3:nonsense"}, {"drawn": 4}, {"tried": "x"}, {"each": 0}, {"each": 40},
     {"kept": 9}, {"kept": -1}, {"skipped": "3x"}, {"before": "12"}, {"before_tried": "1"},
     {"before": "ab"}, {"open": "yes"}],
)  # fmt: skip
def test_what_is_broken_is_left_out(broken: dict[str, object]) -> None:
    state = drawn(most=4)
    assert state.restored(asdict(state) | broken) == state


def test_nobody_s_hand_takes_the_place_of_ones_own() -> None:
    state = replace(drawn(most=4), open=True)
    found = state.restored(asdict(HandState()))
    assert found == state
    assert HandState().restored(asdict(state)) == state
    assert HandState().drawn == NONE
