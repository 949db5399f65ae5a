"""Numbers written on one sheet: digits of one hand or several, beside one another on a line."""

from collections.abc import Sequence

import numpy as np

from nnviz.data.handwriting import Points

ROWS = 32
Digit = Sequence[Points]


def written(
    digits: Sequence[Digit],
    gap: float,
    draw: np.random.Generator,
    line: float = 0.06,
    size: float = 0.1,
) -> tuple[list[Points], list[tuple[int, ...]]]:
    """Write digits beside one another, each about one high.

    Args:
        digits: the strokes of each, in any units.
        gap: the least room between the lines of two neighbours at one height, in heights; boxes
            around digits that lean may overlap all the same.
        draw: where size and place vary.
        line: how far digits stray from the line, and
        size: how much their height varies; standard deviations.

    Returns:
        All strokes, and which are whose, as `separate_digits` returns them.
    """
    strokes: list[Points] = []
    whose: list[tuple[int, ...]] = []
    before: list[Points] = []
    for digit in digits:
        points = np.concatenate(digit)
        low, high = points.min(axis=0), points.max(axis=0)
        scale = float(np.exp(draw.normal(0, size))) / (high[1] - low[1])
        foot, off = (low[0], high[1]), (0, draw.normal(0, line))
        own = [scale * (stroke - foot) + off for stroke in digit]
        if before:
            own = [stroke + np.array((gap - _room(before, own), 0)) for stroke in own]
        whose.append(tuple(range(len(strokes), len(strokes) + len(own))))
        strokes += own
        before = own
    return strokes, whose


def _room(left: Digit, right: Digit) -> float:
    """Return the least room between two digits at one height."""
    ends, starts = _reach(left, 1), _reach(right, -1)
    common = ends.keys() & starts.keys()
    if not common:
        return float(np.concatenate(right)[:, 0].min() - np.concatenate(left)[:, 0].max())
    return min(-starts[row] - ends[row] for row in common)


def _reach(digit: Digit, side: int) -> dict[int, float]:
    """Return how far a digit reaches to one side, +1 right or -1 left, in each row."""
    reach: dict[int, float] = {}
    for stroke in digit:
        steps = np.hypot(*np.diff(stroke, axis=0).T)
        along = np.concatenate(([0.0], np.cumsum(steps)))
        places = np.linspace(0, along[-1], int(along[-1] * ROWS) + 2)
        x, y = (np.interp(places, along, stroke[:, axis]) for axis in (0, 1))
        for row, at in zip(
            np.floor(y * ROWS).astype(int).tolist(), (side * x).tolist(), strict=True
        ):
            reach[row] = max(reach.get(row, -np.inf), at)
    return reach
