"""Points that somebody put onto the plane or moved there: as text in a data set's name.

A drawn point is its class, x₁ and x₂, written as `1~0.5~-2`; one that was moved is its number, from
0, and where it lies now. Several are joined by +. So the name says all there is of them, and the
same name is the same points.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError
from nnviz.data.greys import FloatArray
from nnviz.data.options import JOINT, Option
from nnviz.dataclass import dataclass
from nnviz.numbers import NumberError, count, integer, named, read_number

Point = tuple[int, float, float]
"""Class 0 or 1, or the number of a point that was made; x₁ and x₂."""
DRAWN, MOVED = "drawn", "moved"
"""The names of the options."""
MOST = 500
"""Most points that can be drawn, and that can be moved: all of them stand in a name."""
FARTHEST = 100.0
"""How far a point may lie from the middle along each axis."""
BETWEEN = "~"
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class DrawnPoints(Option):
    """The option whose value are points.

    Attributes:
        first: what the first number of each is.
        last: the highest that it can be.
    """

    typed: bool = False
    first: str = "class"
    last: int = 1

    @property
    def takes(self) -> str:
        """What values it has, in words."""
        return (
            f"up to {integer(MOST)} points, each as {self.first}{BETWEEN}x₁{BETWEEN}x₂, "
            f"joined by {JOINT}"
        )

    def read(self, text: str) -> Any:
        """Return the points that a text stands for.

        Raises:
            DataError: it stands for none, or for too many.
        """
        try:
            points = tuple(map(self._read, text.split(JOINT))) if text.strip() else ()
        except (NumberError, ValueError):
            raise self._refusal(text) from None
        if len(points) > MOST:
            raise DataError(
                f"There can be {integer(MOST)} {self.name} points, not more: take some back."
            )
        return points

    def write(self, value: Any) -> str:
        """Return the text that `read` reads."""
        return JOINT.join(map(_write, value))

    def told(self, text: str) -> str:
        """Say in a title how many there are."""
        return f"{count(len(self.read(text)), 'point')} {self.name}"

    def change(self, old: Sequence[Point], new: Sequence[Point]) -> str:
        """Say how many points were put, moved or taken away."""
        gone, come = (
            [one for one in some if one not in others] for some, others in ((old, new), (new, old))
        )
        if self.last > 1 or len(gone) == len(come):
            return f"{count(max(len(gone), len(come)), 'point')} moved"
        verb, many = (self.name, len(come)) if len(come) > len(gone) else ("erased", len(gone))
        return f"{count(many, 'point')} {verb}"

    def _read(self, text: str) -> Point:
        first, x1, x2 = text.split(BETWEEN)
        point = int(first), round(read_number(x1), _DECIMALS), round(read_number(x2), _DECIMALS)
        if not 0 <= point[0] <= self.last or max(abs(point[1]), abs(point[2])) > FARTHEST:
            raise ValueError(text)
        return point


def _write(point: Point) -> str:
    label, *place = point
    numbers = (named(round(float(x), _DECIMALS) + 0.0) for x in place)
    return BETWEEN.join((str(label), *numbers))


def arrays(points: Sequence[Point]) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return where points lie, (n, 2) float32, and their classes, (n,)."""
    places = np.array([point[1:] for point in points], np.float32).reshape(-1, 2)
    return places, np.array([point[0] for point in points], np.intp)


def moved(places: FloatArray, points: Sequence[Point]) -> FloatArray:
    """Return places (n, 2) with those that points say by their numbers; others stay."""
    there = [point for point in points if point[0] < len(places)]
    if not there:
        return places
    at, numbers = arrays(there)
    places = places.copy()
    places[numbers] = at
    return places
