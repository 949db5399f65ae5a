"""Maps that move the pixels of a picture: shift, rotation, scale, slant and warp.

A map says for every pixel of the new picture from which place of the old one
its value comes, to half a pixel. A place is written as one number: an index
into four planes that lie behind one another, the framed picture and the same
half a pixel to the right, down, and both; so one gather moves and interpolates.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SMOOTH = 4.0
"""How far a warp reaches before it changes: standard deviation of its blur in pixels."""


class Strengths(NamedTuple):
    """How far a map may go; each 0 for not at all.

    Attributes:
        shift: most pixels in either direction.
        rotation: most degrees to either side.
        scaling: most of the size added or taken away, as a share.
        slant: most shear to either side, sideways over upwards.
        elastic: standard deviation of the warp in pixels.
    """

    shift: float
    rotation: float
    scaling: float
    slant: float
    elastic: float


class Pool:
    """What chance decides about a run's maps, whatever their strengths.

    Drawing it takes some ten milliseconds, so that is done once; maps of other
    strengths are then quickly made, all of them or only a few.
    """

    def __init__(self, draw: np.random.Generator, shape: tuple[int, int], count: int) -> None:
        """Draw so many maps for pictures of a shape."""
        self._draw, self._shape, self._count = draw, shape, count
        self._moves = draw.uniform(-1, 1, (5, count, 1, 1))
        self._warps: NDArray[np.float32] | None = None

    def maps(self, strengths: Strengths, pictures: int, count: int) -> NDArray[np.intp]:
        """Return so many maps of the pool, the first ones, of some strengths.

        A plane holds so many framed pictures; map after map is written for one after the other.

        Returns:
            (count, pixels) where each pixel comes from, as an index into the four planes.
        """
        rows, columns = self._shape
        places = _places(*self._sources(strengths, count), self._shape, pictures)
        place = np.arange(count) % pictures
        places += place[:, np.newaxis] * ((rows + 2) * (columns + 2))
        return places

    def _sources(
        self, strengths: Strengths, count: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the column and row that every pixel comes from, (count, rows, columns) each."""
        rows, columns = self._shape
        across, down, turn, larger, slant = self._moves[:, :count]
        angle = np.deg2rad(strengths.rotation) * turn
        size = 1 + strengths.scaling * larger
        # From the new picture back to the old one, around the middle.
        x = np.arange(columns) - (columns - 1) / 2 - strengths.shift * across
        y = np.arange(rows)[:, np.newaxis] - (rows - 1) / 2 - strengths.shift * down
        x, y = (
            (np.cos(angle) * x + np.sin(angle) * y) / size,
            (np.cos(angle) * y - np.sin(angle) * x) / size,
        )
        x = x + strengths.slant * slant * y
        if strengths.elastic:
            if self._warps is None:
                self._warps = _warps(self._draw, (2, self._count), self._shape)
            warp = strengths.elastic * self._warps[:, :count]
            x, y = x + warp[0], y + warp[1]
        return x + (columns - 1) / 2, y + (rows - 1) / 2


def _warps(
    draw: np.random.Generator, counts: tuple[int, int], shape: tuple[int, int]
) -> NDArray[np.float32]:
    """Draw smooth fields (*counts, rows, columns) with standard deviation 1 everywhere."""
    smooth_rows, smooth_columns = (_smoothing(length) for length in shape)
    noise = draw.standard_normal((*counts, *shape), dtype=np.float32)
    warps = smooth_rows @ noise @ smooth_columns.T
    return np.asarray(warps, np.float32)


def _smoothing(length: int) -> NDArray[np.float32]:
    """Return the matrix that blurs white noise along one side and keeps its variance."""
    place = np.arange(length)
    blur = np.exp(-((place[:, np.newaxis] - place) ** 2) / (2 * SMOOTH**2))
    return np.asarray(blur / np.sqrt((blur**2).sum(axis=1, keepdims=True)), np.float32)


def _places(
    x: NDArray[np.float64], y: NDArray[np.float64], shape: tuple[int, int], pictures: int
) -> NDArray[np.intp]:
    """Write columns and rows as indices into the four planes, (count, pixels)."""
    rows, columns = shape
    width, area = columns + 2, (rows + 2) * (columns + 2)
    # In half pixels of the framed picture, of which the outermost lies on the blank frame.
    right = np.rint(2 * (x + 1)).astype(np.intp).clip(0, 2 * (columns + 1))
    down = np.rint(2 * (y + 1)).astype(np.intp).clip(0, 2 * (rows + 1))
    plane = right % 2 + 2 * (down % 2)
    places = plane * (pictures * area) + (down // 2) * width + right // 2
    flat: NDArray[np.intp] = places.reshape(len(x), -1)
    return flat
