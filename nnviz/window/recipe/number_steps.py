"""The next number up or down, as a wheel or an arrow key asks for it."""

from math import floor, inf, log10

from nnviz.numbers import rounded

FEW = 20
"""Steps over a range that are walked evenly; wider ones go by 1, 2, 5, 10, 20 …"""
LEAST = 1e-4
"""The least rung of that ladder; below it is 0, where 0 is allowed."""
_RUNGS = (1.0, 2.0, 5.0, 10.0)


def next_number(
    value: float, *, up: bool, low: float = 0.0, high: float = inf, open_low: bool = False
) -> float:
    """Return the number a step above or below a value, within the range from low to high.

    Whole numbers stay whole. Where `open_low` is True, low itself is not reached.
    """
    whole = isinstance(value, int)
    if high - low <= (FEW if whole else 10):
        step = 1 if whole else (high - low) / FEW
        found = step * (floor(value / step + 1e-9) + 1 if up else -floor(-value / step + 1e-9) - 1)
        found = round(found, 9)
    else:
        found = _on_ladder(abs(value), up=up == (value >= 0), least=1.0 if whole else LEAST)
        found = -found if value < 0 else found
    found = min(max(found, low), high)
    if open_low and found <= low:
        return value
    return int(found) if whole else found


def _on_ladder(size: float, *, up: bool, least: float) -> float:
    """Return the next of 1, 2, 5 times a power of ten; from the least one down it is 0."""
    if size < least * (1 - 1e-9) or (not up and size <= least * (1 + 1e-9)):
        return least if up else 0.0
    power = 10.0 ** floor(log10(size) + 1e-9)
    rungs = [power * rung / 10 for rung in _RUNGS[:-1]] + [power * rung for rung in _RUNGS]
    if up:
        return next(rounded(rung, 3) for rung in rungs if rung > size * (1 + 1e-9))
    return next(rounded(rung, 3) for rung in reversed(rungs) if rung < size * (1 - 1e-9))
