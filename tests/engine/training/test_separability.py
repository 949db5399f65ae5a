"""Linear separability: decided as counted long ago, and only said where it is proved."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.engine.training import separability
from nnviz.engine.training.separability import separable


@pytest.mark.parametrize(("inputs", "functions"), [(1, 4), (2, 14), (3, 104)])
def test_as_many_truth_tables_are_separable_as_there_are_threshold_functions(inputs, functions):
    rows = np.array(list(product((0.0, 1.0), repeat=inputs)), np.float32)
    tables = product((0.0, 1.0), repeat=2**inputs)
    found = [separable(rows, np.array(table)[:, np.newaxis]) for table in tables]
    assert None not in found
    assert found.count(True) == functions


@pytest.mark.parametrize(
    ("name", "known"), [("and", True), ("or", True), ("nand", True), ("park", True), ("xor", False)]
)
def test_the_gates(name, known):
    data = load_dataset(name)
    assert separable(data.x_train, data.y_train) is known


def test_one_output_that_no_line_is_enough_for_is_enough():
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    both = np.array([[0, 0], [0, 1], [0, 1], [1, 0]], np.float32)
    assert separable(rows, both[:, :1]) is True
    assert separable(rows, both) is False


def test_a_point_of_both_classes_is_on_no_side():
    assert separable(np.array([[0.1], [0.1]]), np.array([[0.0], [1.0]])) is False


@given(
    points=st.lists(st.tuples(*[st.integers(-4, 4)] * 2), min_size=1, max_size=12, unique=True),
    scale=st.sampled_from([2**-20, 0.1, 1.0, 2**25]),
    data=st.data(),
)
def test_small_sets_of_points_are_decided_as_by_trying_every_line(points, scale, data):
    y = data.draw(st.lists(st.integers(0, 1), min_size=len(points), max_size=len(points)))
    x = np.array(points, float) * scale
    found = separable(x, np.array(y, float)[:, np.newaxis])
    # What only rounding separates, as of tenths, may be left open; nothing may be said wrongly.
    assert found is tried(x, y) or (found is None and scale == 0.1)


def tried(x, y):
    """Try every line through two of the points, moved and turned a little: exact, and slow."""
    ones, rest = ([tuple(map(Fraction, p)) for p, one in zip(x.tolist(), y, strict=True)
                   if one == side] for side in (1, 0))  # fmt: skip
    if not ones or not rest:
        return True
    everything = ones + rest
    ways = [(b[1] - a[1], a[0] - b[0]) for a in everything for b in everything if a != b]
    ways += [(b[0] - a[0], b[1] - a[1]) for a in everything for b in everything if a != b]
    turned = [
        (w[0] + sign * v[0] / 10**6, w[1] + sign * v[1] / 10**6)
        for w in ways for v in [(-w[1], w[0])] for sign in (-1, 0, 1)
    ]  # fmt: skip
    return any(
        min(w[0] * p[0] + w[1] * p[1] for p in ones) > max(w[0] * p[0] + w[1] * p[1] for p in rest)
        for w in turned
    )


def test_what_takes_too_long_or_is_no_class_is_not_known():
    draw = np.random.default_rng(0)
    y = draw.integers(0, 2, (separability.MOST_EXAMPLES + 1, 1)).astype(float)
    assert separable(draw.normal(size=(len(y), 2)), y) is None
    wide = draw.normal(size=(10, separability.MOST_INPUTS + 1))
    assert separable(wide, y[:10]) is None
    assert separable(draw.normal(size=(10, 2)), np.full((10, 1), 0.5)) is None


@pytest.mark.parametrize("spoilt", [False, True])
def test_thousands_of_examples_are_decided(spoilt):
    draw = np.random.default_rng(1)
    x = draw.normal(size=(3000, 8)) * [1e-3, 1, 1e4, 1, 1, 1, 1, 1]
    sums = x @ draw.normal(size=8)
    y = (sums > 0.3).astype(float)
    if spoilt:  # deep within the one class
        y[sums.argmax()] = 0
    assert separable(x, y[:, np.newaxis]) is not spoilt


def test_without_a_proof_nothing_is_said(monkeypatch):
    data = load_dataset("xor")
    monkeypatch.setattr(separability, "_adds_up_to_nothing", lambda _rows: False)
    assert separable(data.x_train, data.y_train) is None
