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


def draw_maps(
    draw: np.random.Generator,
    strengths: Strengths,
    shape: tuple[int, int],
    count: int,
    pictures: int,
) -> NDArray[np.int32]:
    """Draw maps.

    Args:
        draw: where all variety comes from.
        strengths: how far they go.
        shape: rows and columns of a picture.
        count: how many maps.
        pictures: how many framed pictures a plane holds.

    Returns:
        (count, pixels) where each pixel comes from, for the first picture of the planes.
    """
    return _places(*_sources(draw, strengths, shape, count), shape, pictures)


def _sources(
    draw: np.random.Generator, strengths: Strengths, shape: tuple[int, int], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the column and row that every pixel comes from, (count, rows, columns) each."""
    rows, columns = shape
    across, down, turn, larger, slant = draw.uniform(-1, 1, (5, count, 1, 1))
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
    warp = strengths.elastic * _warps(draw, (2, count), shape)
    return x + warp[0] + (columns - 1) / 2, y + warp[1] + (rows - 1) / 2


def _warps(
    draw: np.random.Generator, counts: tuple[int, int], shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Draw smooth fields (*counts, rows, columns) with standard deviation 1 everywhere."""
    smooth_rows, smooth_columns = (_smoothing(length) for length in shape)
    return smooth_rows @ draw.standard_normal((*counts, *shape)) @ smooth_columns.T


def _smoothing(length: int) -> NDArray[np.float64]:
    """Return the matrix that blurs white noise along one side and keeps its variance."""
    place = np.arange(length)
    blur = np.exp(-((place[:, np.newaxis] - place) ** 2) / (2 * SMOOTH**2))
    return np.asarray(blur / np.sqrt((blur**2).sum(axis=1, keepdims=True)))


def _places(
    x: NDArray[np.float64], y: NDArray[np.float64], shape: tuple[int, int], pictures: int
) -> NDArray[np.int32]:
    """Write columns and rows as indices into the four planes, (count, pixels)."""
    rows, columns = shape
    width, area = columns + 2, (rows + 2) * (columns + 2)
    # In half pixels of the framed picture, of which the outermost lies on the blank frame.
    right = np.rint(2 * (x + 1)).astype(np.intp).clip(0, 2 * (columns + 1))
    down = np.rint(2 * (y + 1)).astype(np.intp).clip(0, 2 * (rows + 1))
    plane = right % 2 + 2 * (down % 2)
    places = plane * (pictures * area) + (down // 2) * width + right // 2
    flat: NDArray[np.int32] = places.reshape(len(x), -1).astype(np.int32)
    return flat
