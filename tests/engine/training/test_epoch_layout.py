"""The epoch layout: every example of an epoch once, however it is cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.training.epoch_layout import EpochLayout, Place


def test_without_changes_it_is_plain_division():
    epoch_layout = EpochLayout.of(103, 10)
    assert epoch_layout.per_epoch == 11
    assert [epoch_layout.place(step) for step in (0, 10, 11)] == [
        Place(0, 0, 10), Place(0, 100, 3), Place(1, 0, 10)
    ]  # fmt: skip
    steps = np.arange(50)
    assert (epoch_layout.epochs(steps) == steps / 11).all()
    assert epoch_layout.epoch_start(25) == 22
    assert [epoch_layout.epoch_end(step) for step in (25, 22)] == [33, 33]


def test_another_batch_size_in_the_middle_of_an_epoch_finishes_it_with_the_examples_left():
    epoch_layout = EpochLayout.of(100, 10).changed(3, 100, 32)
    assert [epoch_layout.place(step) for step in range(2, 8)] == [
        Place(0, 20, 10), Place(0, 30, 32), Place(0, 62, 32), Place(0, 94, 6), Place(1, 0, 32),
        Place(1, 32, 32),
    ]  # fmt: skip
    assert epoch_layout.epochs([0, 3, 6, 10]) == pytest.approx([0, 0.3, 1, 2])
    assert epoch_layout.epoch_end(0) == epoch_layout.epoch_end(5) == 6
    assert epoch_layout.epoch_start(5) == 0


def test_other_data_go_on_at_the_same_share_of_the_epoch():
    epoch_layout = EpochLayout.of(100, 10).changed(5, 40, 10)
    assert epoch_layout.place(5) == Place(0, 20, 10)
    assert epoch_layout.epoch_end(5) == 7


changes = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 70), st.integers(1, 40)), max_size=5
)


@given(count=st.integers(1, 70), size=st.integers(1, 40), cuts=changes)
def test_however_often_it_is_cut_steps_epochs_and_examples_agree(count, size, cuts):
    epoch_layout = EpochLayout.of(count, size)
    for step, examples, batch in sorted(cuts):
        epoch_layout = epoch_layout.changed(step, examples, batch)
    epochs = epoch_layout.epochs(np.arange(101))
    assert (np.diff(epochs) > 0).all()
    for step in range(100):
        place = epoch_layout.place(step)
        assert place.rows >= 1
        start, end = epoch_layout.epoch_start(step), epoch_layout.epoch_end(step)
        assert start <= step < end
        assert place.epoch == int(epochs[step] + 1e-9)
        assert epochs[start] == epoch_layout.place(start).epoch == place.epoch
        assert float(epoch_layout.epochs(end)) == place.epoch + 1
        following = epoch_layout.place(step + 1)
        cut = any(stretch.step == step + 1 for stretch in epoch_layout.stretches)
        if step + 1 == end:
            assert (following.epoch, following.start) == (place.epoch + 1, 0)
        elif not cut:
            assert following.start == place.start + place.rows


def test_of_two_changes_at_one_step_only_the_last_counts():
    seven = EpochLayout.of(7, 1)
    again = seven.changed(6, 8, 1).changed(6, 7, 1)
    assert again.place(6) == Place(0, 6, 1), "a row that came and went changes nothing"
    assert seven.changed(3, 2, 1).changed(3, 7, 1).place(3) == Place(0, 3, 1)


@given(
    count=st.integers(1, 12),
    size=st.integers(1, 5),
    cuts=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12), st.integers(1, 5)), max_size=6),
    last=st.tuples(st.integers(1, 12), st.integers(1, 5)),
)
def test_a_change_replaces_those_before_it_at_its_step(count, size, cuts, last):
    epoch_layout = EpochLayout.of(count, size)
    for step, examples, batch in sorted(cuts):
        before = epoch_layout
        epoch_layout = epoch_layout.changed(step, examples, batch)
        assert epoch_layout.changed(step, *last) == before.changed(step, *last)
        assert all(stretch.start < stretch.count for stretch in epoch_layout.stretches)


@given(count=st.integers(1, 70), size=st.integers(1, 40), cuts=changes)
def test_with_the_same_examples_every_one_is_used_once_an_epoch(count, size, cuts):
    epoch_layout = EpochLayout.of(count, size)
    for step, _, batch in sorted(cuts):
        epoch_layout = epoch_layout.changed(step, count, batch)
    used = [range(p.start, p.start + p.rows) for p in map(epoch_layout.place, range(100))]
    for step in range(100):
        if epoch_layout.epoch_start(step) == step and epoch_layout.epoch_end(step) <= 100:
            rows = [row for part in used[step : epoch_layout.epoch_end(step)] for row in part]
            assert rows == list(range(count))
