"""Edges of a digit's picture: how much of it rises in each of eight directions, in 7×7 places.

A histogram of oriented gradients (Dalal and Triggs, 2005) in its plainest form: what a
stroke's shape is made of, whatever its width and wherever exactly it runs.
"""

from math import pi

import numpy as np
from numpy.typing import NDArray

from nnviz.data.handwriting import SIDE
from nnviz.engine.ops import Array

DIRECTIONS, PLACES = 8, 7
FEATURES = DIRECTIONS * PLACES * PLACES
_CHUNK = 500  # pictures at a time: what is worked out of them stays in the cache
_MEAN = np.repeat(np.eye(PLACES, dtype=np.float32), SIDE // PLACES, axis=1) * PLACES / SIDE
_MEAN = _MEAN.astype(np.float32)  # (places, side): averages over equal parts of a side


def edges_of(x: Array) -> NDArray[np.float32]:
    """Return the edges in pictures x, (n, 784) of 0..1: (n, `FEATURES`), 0 or more."""
    found = np.zeros((len(x), FEATURES), np.float32)
    for first in range(0, len(x), _CHUNK):
        chunk = np.asarray(x[first : first + _CHUNK], np.float32)
        found[first : first + len(chunk)] = _edges(chunk.reshape(-1, SIDE, SIDE))
    return found


def _edges(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    rises = np.zeros((2, *picture.shape), np.float32)
    np.subtract(picture[:, 2:], picture[:, :-2], out=rises[0, :, 1:-1])
    np.subtract(picture[:, :, 2:], picture[:, :, :-2], out=rises[1, :, :, 1:-1])
    found = []
    for place in range(DIRECTIONS):
        angle = 2 * pi * place / DIRECTIONS
        slope = np.float32(np.sin(angle)) * rises[0] + np.float32(np.cos(angle)) * rises[1]
        np.maximum(slope, 0, out=slope)
        found.append((_MEAN @ (slope @ _MEAN.T)).reshape(len(picture), -1))
    return np.asarray(np.sqrt(np.concatenate(found, axis=1)))
