"""Parameters and examples of which some are tried at all times, and all among the slow tests."""

from collections.abc import Iterable
from typing import Any

import pytest

USUAL = "not slow"
"""The expression of marks with which tests are run as long as nobody asks for others."""
PART = 4
"""Of so many examples that are drawn among the slow tests, one is drawn at all times."""
FEW = 10
"""Examples that are drawn at all times."""

_asked = [USUAL]


def ask(expression: str) -> None:
    """Say which tests are run, as an expression of marks: before any is collected."""
    _asked[0] = expression


def sampled(values: Iterable[Any], *, every: int, rows: bool = False) -> list[Any]:
    """Return values as parameters: one in so many, the first included, is tried at all times.

    Args:
        values: what stands for one parameter, or, in rows, for several.
        every: one in so many is no slow test.
        rows: each value is a tuple of several parameters.
    """
    return [
        value
        if place % every == 0
        else pytest.param(*(value if rows else (value,)), marks=pytest.mark.slow)
        for place, value in enumerate(values)
    ]


def tried(number: int) -> int:
    """Return how many of some examples are drawn: a part of them unless slow tests are run."""
    return number if _asked[0] != USUAL else min(number, max(FEW, number // PART))
