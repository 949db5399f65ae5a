"""Drawing on the plane: points of either class are put, moved and erased by hand.

A gesture goes from press to release. What it has done so far is shown at once; the data change when
it is over, as one edit of the run.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.data.drawn_points import DRAWN, MOST, Point
from nnviz.data.naming import referred, source_of
from nnviz.data.options import options_of, with_options
from nnviz.dataclass import dataclass

ERASE = 2
"""The tool that takes points away; 0 and 1 put points of these classes."""
APART = 14.0
"""Pixels at a factor of 1 between two points that one gesture puts."""


def drawn_on(dataset: str) -> tuple[Point, ...] | None:
    """Return the points drawn onto a data set of this name; None where nothing can be drawn."""
    reference = referred(dataset)
    source = source_of(reference.name)
    if source is None or all(option.name != DRAWN for option in source.options):
        return None
    points: tuple[Point, ...] = options_of(reference, source.options)[DRAWN]
    return points


def with_drawn(dataset: str, points: Sequence[Point]) -> str:
    """Return the name of the same data set with these points drawn onto it."""
    reference = referred(dataset)
    source = source_of(reference.name)
    assert source is not None
    values = {**options_of(reference, source.options), DRAWN: tuple(points)}
    return str(with_options(reference.name, values, source.options))


Place = tuple[float, float]
"""Two coordinates."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """A gesture under way; places are coordinates, and `scale` is how many a pixel is, x and y.

    Attributes:
        tool: 0, 1 or `ERASE`.
        points: all drawn points as they would be if it ended now.
        held: which of them is moved; −1 for none.
        last: where it put the last one.
    """

    tool: int
    points: tuple[Point, ...]
    held: int = -1
    last: Place | None = None

    @staticmethod
    def begun(
        tool: int,
        points: tuple[Point, ...],
        at: Place,
        scale: Place,
        reach: float,
    ) -> "Gesture":
        """Begin at a place: take hold of a point within reach, in pixels, or put one, or erase."""
        near = _near(points, at, scale, reach)
        if tool != ERASE and near is not None:
            return Gesture(tool, points, near)
        return Gesture(tool, points).moved(at, scale, reach)

    def moved(
        self,
        at: Place,
        scale: Place,
        reach: float,
        apart: float = APART,
    ) -> "Gesture":
        """Go on to a place."""
        if self.held >= 0:
            points = list(self.points)
            points[self.held] = (points[self.held][0], *at)
            return Gesture(self.tool, tuple(points), self.held)
        if self.tool == ERASE:
            near = _near(self.points, at, scale, reach)
            if near is None:
                return self
            return Gesture(ERASE, (*self.points[:near], *self.points[near + 1 :]))
        far = self.last is None or _pixels(self.last, at, scale) >= apart
        if not far or len(self.points) >= MOST:
            return self
        return Gesture(self.tool, (*self.points, (self.tool, *at)), -1, at)


def _pixels(one: Place, other: Place, scale: Place) -> float:
    return float(np.hypot((one[0] - other[0]) / scale[0], (one[1] - other[1]) / scale[1]))


def _near(points: Sequence[Point], at: Place, scale: Place, reach: float) -> int | None:
    """Return the drawn point next to a place, within reach; None where there is none."""
    away = [_pixels((x, y), at, scale) for _, x, y in points]
    best = int(np.argmin(away)) if away else -1
    return best if away and away[best] <= reach else None
