"""Drawing on the plane: points of either class are put, moved and erased by hand.

A gesture goes from press to release. What it has done so far is shown at once; the data change when
it is over, as one edit of the run.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.drawn_points import DRAWN, MOST, MOVED, Point
from nnviz.data.naming import referred, source_of
from nnviz.data.options import options_of, with_options
from nnviz.data.plane import TEST, tested
from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Array

ERASE, MOVE = 2, 3
"""The tools that take points away and that move them; 0 and 1 put points of these classes."""
APART = 14.0
"""Pixels at a factor of 1 between two points that one gesture puts."""


@dataclass(frozen=True, slots=True)
class HandMade:
    """What hands have done to the points of a data set.

    Attributes:
        drawn: points put onto the plane.
        moved: points that were made, with their numbers and where they were moved to.
        movable: False where no points are made, so that none can be moved.
    """

    drawn: tuple[Point, ...] = ()
    moved: tuple[Point, ...] = ()
    movable: bool = True


def hand_made_of(dataset: str) -> HandMade | None:
    """Return what was done to a data set of this name; None where nothing can be."""
    reference = referred(dataset)
    source = source_of(reference.name)
    if source is None or all(option.name != DRAWN for option in source.options):
        return None
    values = options_of(reference, source.options)
    return HandMade(values[DRAWN], values.get(MOVED, ()), MOVED in values)


def with_hand_made(dataset: str, done: HandMade) -> str:
    """Return the name of the same data set with this done to it."""
    reference = referred(dataset)
    source = source_of(reference.name)
    assert source is not None
    values = {**options_of(reference, source.options), DRAWN: done.drawn}
    if done.movable:
        values[MOVED] = done.moved
    return str(with_options(reference.name, values, source.options))


Place = tuple[float, float]
"""Two coordinates."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """A gesture under way; places are coordinates, and `scale` is how many a pixel is, x and y.

    Attributes:
        tool: 0, 1, `ERASE` or `MOVE`.
        done: what hands would have done if it ended now.
        held: which drawn point is moved; −1 for none.
        carried: the number of the point that was made which is moved; −1 for none.
        last: where it put the last one.
    """

    tool: int
    done: HandMade
    held: int = -1
    carried: int = -1
    last: Place | None = None

    @staticmethod
    def begun(
        tool: int, done: HandMade, at: Place, scale: Place, reach: float, made: Array | None = None
    ) -> "Gesture":
        """Begin at a place: take hold of a point within reach, in pixels, or put one, or erase.

        Points that were made, (n, 2) in the order of their numbers, are only held to be moved.
        """
        drawn = np.array([point[1:] for point in done.drawn]).reshape(-1, 2)
        near = _near(drawn, at, scale, reach)
        if tool != ERASE and near is not None:
            return Gesture(tool, done, near)
        if tool == MOVE:
            carried = None if made is None else _near(made, at, scale, reach)
            return Gesture(tool, done, carried=-1 if carried is None else carried)
        return Gesture(tool, done).moved(at, scale, reach)

    @property
    def full(self) -> bool:
        """True where there are as many points as there can be of what it would add to."""
        if self.tool == MOVE:
            others = [point for point in self.done.moved if point[0] != self.carried]
            return self.carried >= 0 and len(others) >= MOST
        return self.tool != ERASE and self.held < 0 and len(self.done.drawn) >= MOST

    def moved(self, at: Place, scale: Place, reach: float, apart: float = APART) -> "Gesture":
        """Go on to a place."""
        drawn = self.done.drawn
        if self.held >= 0:
            now = (drawn[self.held][0], *at)
            return self._with((*drawn[: self.held], now, *drawn[self.held + 1 :]))
        if self.tool == MOVE:
            return self if self.carried < 0 or self.full else self._carrying(at)
        if self.tool == ERASE:
            near = _near(np.array([point[1:] for point in drawn]), at, scale, reach)
            return self if near is None else self._with((*drawn[:near], *drawn[near + 1 :]))
        far = self.last is None or _pixels(np.array([self.last]), at, scale)[0] >= apart
        if not far or self.full:
            return self
        return replace(self._with((*drawn, (self.tool, *at))), last=at)

    def _with(self, drawn: tuple[Point, ...]) -> "Gesture":
        return replace(self, done=replace(self.done, drawn=drawn))

    def _carrying(self, at: Place) -> "Gesture":
        """Let the point that is carried lie at a place; they stand in order of their numbers."""
        others = [point for point in self.done.moved if point[0] != self.carried]
        moved = tuple(sorted([*others, (self.carried, *at)]))
        return replace(self, done=replace(self.done, moved=moved))


def _pixels(points: Array, at: Place, scale: Place) -> Array:
    """Return how far points (n, 2) are from a place, in pixels, (n,)."""
    return np.asarray(np.hypot(*((points - np.array(at)) / np.array(scale)).T))


def _near(points: Array, at: Place, scale: Place, reach: float) -> int | None:
    """Return the point next to a place, within reach; None where there is none."""
    if not len(points):
        return None
    away = _pixels(points, at, scale)
    best = int(np.argmin(away))
    return best if away[best] <= reach else None


@lru_cache(maxsize=2)
def made_points(dataset: str) -> tuple[Array, NDArray[np.intp]]:
    """Return where the points lie that are made for a data set of this name, and their classes.

    Both are in the order of the points' numbers, (n, 2) and (n,).
    """
    reference = referred(dataset)
    source = source_of(reference.name)
    assert source is not None
    assert source.make is not None
    options = options_of(reference, source.options)
    data, count = source.make({**options, DRAWN: ()}, dataset), options["points"]
    assert data.train_points is not None
    assert data.test_points is not None
    places, classes = np.empty((count, 2)), np.empty(count, np.intp)
    for_tests = tested(count, count, options[TEST])
    places[~for_tests], places[for_tests] = data.train_points, data.test_points
    classes[~for_tests], classes[for_tests] = data.y_train[:, 0], data.y_test[:, 0]
    return places, classes
