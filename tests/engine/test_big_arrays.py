"""Big arrays: memory that nobody holds any more is used again, and never while somebody does."""

import gc

import numpy as np
import pytest

from nnviz.engine import big_arrays
from nnviz.engine.big_arrays import copied, empty_like, make_spare


@pytest.fixture(autouse=True)
def all_are_big(monkeypatch):
    monkeypatch.setattr(big_arrays, "BIG", 8)
    monkeypatch.setattr(big_arrays, "SPARE_BYTES", 1000)
    big_arrays._spare.clear()
    yield
    gc.collect()
    big_arrays._spare.clear()


def place(array):
    return array.__array_interface__["data"][0]


def test_memory_is_used_again_once_no_view_is_left():
    numbers = np.arange(6.0)
    copy = copied(numbers)
    assert copy.tobytes() == numbers.tobytes()
    before, view = place(copy), copy[2:].reshape(2, 2)
    del copy
    others = [copied(numbers * 2) for _ in range(3)]
    assert before not in map(place, others)
    assert view.tolist() == [[2, 3], [4, 5]]
    del view
    assert place(empty_like(numbers)) == before


def test_a_copy_may_be_of_another_type_and_memory_of_another_shape_is_left_alone():
    kept = place(copied(np.zeros(4)))
    assert copied(np.arange(4, dtype="float32"), "float64").dtype == np.float64
    assert place(copied(np.zeros(5))) != kept
    assert copied(np.zeros((2, 2))).shape == (2, 2)


def test_what_was_read_only_is_lent_anew_as_writeable():
    first = copied(np.zeros(4))
    first.flags.writeable = False
    del first
    again = copied(np.ones(4))
    assert again.flags.writeable
    assert again.sum() == 4


def test_no_more_memory_is_kept_than_allowed():
    held = [copied(np.zeros(50)) for _ in range(10)]
    del held
    gc.collect()
    assert sum(memory.nbytes for memory in big_arrays._spare) <= big_arrays.SPARE_BYTES
    assert len(big_arrays._spare) <= big_arrays.SPARE


def test_spare_memory_is_made_as_far_as_there_is_time():
    asked = []
    make_spare(np.zeros(10), lambda: len(asked) == 2 or asked.append(1))
    assert len(big_arrays._spare) == 2
    make_spare(np.zeros(10), lambda: False)
    assert len(big_arrays._spare) == big_arrays.SPARE


def test_spare_memory_that_is_not_ready_when_time_is_up_is_let_go_of(monkeypatch):
    monkeypatch.setattr(big_arrays, "PIECE", 4)
    asked = []
    make_spare(np.zeros(10), lambda: len(asked) == 4 or asked.append(1))
    assert len(big_arrays._spare) == 1
