"""A picture's windows: averages and extremes of squares around every place, and its rim."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray

Mask = NDArray[np.bool_]
Values = NDArray[np.floating[Any]]

_PLACES = 80  # rows and columns of places that tell a median well enough


def rim_of(picture: FloatArray) -> FloatArray:
    """Return the outermost rows and columns of a picture, one after the other."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def usual_of(values: FloatArray) -> np.float32:
    """Return the median of a picture's values, of every few places where it is large."""
    every = max(1, min(values.shape) // _PLACES)
    return np.float32(np.median(values[::every, ::every]))


def smoothed(values: FloatArray) -> FloatArray:
    """Average each square of 3×3; the rim goes on outside."""
    rows, columns = values.shape
    framed = np.pad(values, 1, "edge")
    total = sum(framed[i : i + rows, j : j + columns] for i in range(3) for j in range(3))
    return np.asarray(total / np.float32(9), dtype=np.float32)


def averaged(values: FloatArray, reach: int) -> FloatArray:
    """Average each square of 2·reach + 1, however large; the rim goes on outside."""
    width = 2 * reach + 1
    total = np.pad(values.astype(np.float64), reach, "edge")
    for axis in (0, 1):
        sums = np.moveaxis(np.insert(total.cumsum(axis=axis), 0, 0, axis=axis), axis, 0)
        total = np.moveaxis(sums[width:] - sums[:-width], 0, axis) / width
    return total.astype(np.float32)


def extreme(values: FloatArray, reach: int, join: np.ufunc) -> FloatArray:
    """Take the largest or smallest of each square of 2·reach + 1; the rim goes on outside."""
    whole = 2 * reach + 1
    for axis in (0, 1):
        length = values.shape[axis]
        around = [(reach, reach) if axis == at else (0, 0) for at in (0, 1)]
        joined = np.moveaxis(np.pad(values, around, "edge"), axis, 0)
        width = 1
        while 2 * width <= whole:  # windows of twice the width out of two neighbours
            joined, width = join(joined[:-width], joined[width:]), 2 * width
        joined = join(joined[:length], joined[whole - width :][:length])
        values = np.moveaxis(joined, 0, axis)
    return values


def grown(chosen: Mask) -> Mask:
    """Add the soft edge around chosen pieces: one place either way."""
    grown = chosen.copy()
    for axis in (0, 1):
        ahead = np.moveaxis(grown.copy(), axis, 0)
        out = np.moveaxis(grown, axis, 0)
        out[1:] |= ahead[:-1]
        out[:-1] |= ahead[1:]
    return grown
