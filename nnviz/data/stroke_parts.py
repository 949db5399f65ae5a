"""Parts of a drawing, one or several strokes each, and the room between them.

All lengths are in heights of the writing; points lie so closely along the strokes that every
row of a part, a thin slice across, holds one where a stroke passes through it.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.handwriting import Points
from nnviz.dataclass import dataclass

ROWS = 32
"""Rows to a height of the writing."""


@dataclass(frozen=True, eq=False)
class Part:
    """Strokes that belong together: which, the points along them, and those where they end."""

    strokes: tuple[int, ...]
    points: Points
    ends: Points

    @cached_property
    def low(self) -> NDArray[np.float64]:
        """The left and the upper edge."""
        return np.asarray(self.points.min(axis=0), np.float64)

    @cached_property
    def high(self) -> NDArray[np.float64]:
        """The right and the lower edge."""
        return np.asarray(self.points.max(axis=0), np.float64)

    @cached_property
    def width(self) -> float:
        """How wide it is."""
        return float(self.high[0] - self.low[0])

    @cached_property
    def height(self) -> float:
        """How high it is."""
        return float(self.high[1] - self.low[1])

    @cached_property
    def sides(self) -> dict[int, tuple[float, float]]:
        """Where it begins and ends from left to right, by row."""
        rows = np.floor(self.points[:, 1] * ROWS).astype(np.intp)
        order = np.argsort(rows, kind="stable")
        present, starts = np.unique(rows[order], return_index=True)
        x = self.points[order, 0]
        first, last = np.minimum.reduceat(x, starts), np.maximum.reduceat(x, starts)
        pairs = zip(first.tolist(), last.tolist(), strict=True)
        return dict(zip(present.tolist(), pairs, strict=True))


def part_of(stroke: int, points: Points) -> Part:
    """Return a stroke as a part, with points at even steps of a row."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    places = np.linspace(0, along[-1], int(np.ceil(along[-1] * ROWS)) + 1)
    even = [np.interp(places, along, points[:, axis]) for axis in (0, 1)]
    return Part((stroke,), np.stack(even, axis=1), points[[0, -1]])


def joined(*parts: Part) -> Part:
    """Return parts as one."""
    strokes = sorted(stroke for part in parts for stroke in part.strokes)
    points, ends = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("points", "ends")
    )
    return Part(tuple(strokes), points, ends)


def gap(one: Part, other: Part, axis: int) -> float:
    """Return the room between the boxes around two parts, across (0) or down (1).

    Below 0 they overlap.
    """
    return float(max(one.low[axis] - other.high[axis], other.low[axis] - one.high[axis]))


def distances(one: Part, other: Part) -> NDArray[np.float64]:
    """Return how far each point of a part is from the nearest of another."""
    away = one.points[:, np.newaxis] - other.points
    return np.asarray(np.sqrt((away**2).sum(axis=2).min(axis=1)), np.float64)


def touch(one: Part, other: Part) -> float:
    """Return how far the nearest end of a stroke of either part is from the other part."""
    return min(
        float(np.sqrt(((part.ends[:, np.newaxis] - whole.points) ** 2).sum(axis=2).min()))
        for part, whole in ((one, other), (other, one))
    )


def common_rows(one: Part, other: Part) -> list[int]:
    """Return the rows in which both parts are, rising."""
    return sorted(one.sides.keys() & other.sides.keys())


def side_by_side(one: Part, other: Part, rows: list[int]) -> tuple[Part, Part, NDArray[np.float64]]:
    """Return which part is on the left, which on the right, and the room between in each row.

    Below 0 they overlap there. A shared slant makes no difference to it, as it does to boxes.
    """
    mine, theirs = (np.array([part.sides[row] for row in rows]) for part in (one, other))
    before, after = theirs[:, 0] - mine[:, 1], mine[:, 0] - theirs[:, 1]
    return (one, other, before) if before.min() >= after.min() else (other, one, after)
