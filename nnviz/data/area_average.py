"""Scaling by area average: parts of a square of pixels, each with the mean of what it covers."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.greys import FloatArray
from nnviz.data.portable_math import chain, exact

_BOX, _CANVAS = 20, 40


def _paired() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which means of a digit come of even and odd pixels apart, first down, then across.

    The others take pixel after pixel. That is the order in which both generations of digits came,
    and it decides the last bits.
    """
    down = np.zeros((_BOX, _CANVAS), np.bool_)
    down[:6, :8] = down[6:12, 32:] = down[12:] = True
    across = np.zeros((_BOX, _BOX), np.bool_)
    across[:16, :6] = across[:16, 12:] = True
    return down, across


_DOWN, _ACROSS = _paired()


def average_squares(
    canvases: FloatArray,
    down: NDArray[np.intp],
    across: NDArray[np.intp],
    side: NDArray[np.intp],
    box: int,
) -> FloatArray:
    """Scale a square of each canvas (n, rows, columns) to (n, box, box).

    Args:
        canvases: where the squares are; what lies outside is blank.
        down: (n,) twice the first row of each square.
        across: (n,) twice its first column.
        side: (n,) its rows and columns.
        box: rows and columns that it gets.
    """
    lower = _averaged(canvases, down, side, box, _DOWN)
    narrower = _averaged(lower.transpose(0, 2, 1), across, side, box, _ACROSS)
    return np.ascontiguousarray(narrower.transpose(0, 2, 1))


def _averaged(
    canvases: FloatArray,
    twice_start: NDArray[np.intp],
    side: NDArray[np.intp],
    box: int,
    paired: NDArray[np.bool_],
) -> FloatArray:
    """Average the rows of (n, rows, columns) over the square's parts: (n, box, columns)."""
    count, length, others = canvases.shape
    step = (side / box)[:, np.newaxis].astype(np.float32)
    start = (twice_start / 2).astype(np.float32)[:, np.newaxis]
    edge = start + step * np.arange(box, dtype=np.float32)
    first = np.floor(edge)
    rows = np.ascontiguousarray(canvases).reshape(count * length, others)
    above = np.arange(count)[:, np.newaxis] * length
    terms = []
    for pixel in (first + nth for nth in range(int(np.ceil(step.max(initial=0))) + 1)):
        overlap = np.minimum(edge + step, pixel + 1) - np.maximum(edge, pixel)
        inside = (pixel >= 0) & (pixel < length)
        weight: FloatArray = np.divide(np.maximum(overlap, 0) * inside, step, dtype=np.float32)
        row = above + pixel.clip(0, length - 1).astype(np.intp)
        terms.append(exact(weight[:, :, np.newaxis], rows[row]))
    means = chain(terms)
    if paired.shape == means.shape[1:] and len(terms) > 1:
        return np.where(paired, chain(terms[::2]) + chain(terms[1::2]), means)
    return means
