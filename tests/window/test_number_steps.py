"""The next number up or down: even steps over short ranges, 1, 2, 5, 10 … over long ones."""

import pytest

from nnviz.window.recipe.number_steps import next_number


@pytest.mark.parametrize(
    ("value", "up", "found"),
    [
        (0.1, True, 0.2), (0.2, True, 0.5), (0.5, True, 1.0), (3.0, True, 5.0), (3.0, False, 2.0),
        (1.0, False, 0.5), (0.03, True, 0.05), (0.03, False, 0.02), (0.0, True, 1e-4),
        (1e-4, False, 0.0), (0.0, False, 0.0), (10, True, 20), (10, False, 5), (7, True, 10),
        (1, False, 0),
    ],
)  # fmt: skip
def test_long_ranges_go_by_one_two_five(value, up, found):
    assert next_number(value, up=up) == found
    assert type(next_number(value, up=up)) is type(value)


@pytest.mark.parametrize(
    ("value", "up", "found"),
    [(0.1, True, 0.15), (0.1, False, 0.05), (0.12, True, 0.15), (0.12, False, 0.1),
     (0.0, False, 0.0), (1.0, True, 1.0)],
)  # fmt: skip
def test_short_ranges_go_evenly(value, up, found):
    assert next_number(value, up=up, low=0.0, high=1.0) == pytest.approx(found, abs=1e-12)


def test_ends_are_kept():
    assert next_number(2, up=False, low=2, high=8) == 2
    assert next_number(7, up=True, low=2, high=8) == 8
    assert next_number(1e-4, up=False, open_low=True) == 1e-4
    assert next_number(1, up=False, low=1) == 1
    assert next_number(15000, up=True, low=8, high=20_000) == 20_000
