"""Narrow loops kept open: what a pen would fill on a picture of 28×28 is drawn a little wider.

Where the strokes are known, so is the inside of a loop, however near its sides come: an 8 in one
narrow loop, a slim 6. On MNIST's 20 pixels a stroke is two and a half wide, and what is narrower
than three of them is a blot. Such a digit is stretched across its slant until it is half as wide as
high, or twice as wide as it was; everything else stays as it is drawn, to the last bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.data.handwriting import CANVAS, Points, drawn_strokes, rasterise

WIDE = 0.5
"""Width over height to which a narrow digit with a loop is stretched, across its slant."""
MOST = 2.0
"""How far it is stretched at most: what is still narrower is no loop, but a line drawn twice."""

_LINE = 0.12  # width over height of what is no loop even when it is stretched
_HAIR = 0.05  # width of the pen that looks for loops, as a part of the longer side
_LEAST = 12  # pixels of the canvas that a loop has inside, about three of MNIST's

Mask = NDArray[np.bool_]


def with_open_loops(strokes: Sequence[Points]) -> list[Points]:
    """Return one digit's strokes, stretched across their slant where a narrow loop would be filled.

    Args:
        strokes: arrays (points, 2), x right and y down, any units.

    Returns:
        The same arrays where there is nothing to keep open.
    """
    drawn = drawn_strokes(strokes)
    if not drawn:
        return list(strokes)
    together = np.concatenate(drawn)
    middle = together.mean(axis=0)
    points = together - middle
    ends = np.cumsum([len(stroke) for stroke in drawn])
    leaning = _slant(points, ends[:-1] - 1)
    upright = points[:, 0] - leaning * points[:, 1]
    width, height = np.ptp(upright), np.ptp(points[:, 1])
    if not _LINE * height < MOST * width or width >= WIDE * height:
        return list(strokes)
    stretch = min(MOST, WIDE * height / width)
    wider = np.stack([stretch * upright + leaning * points[:, 1], points[:, 1]], axis=1) + middle
    stretched = np.split(wider, ends[:-1])
    return stretched if _enclosed(stretched, wider) >= _LEAST else list(strokes)


def _slant(points: Points, last: NDArray[np.intp]) -> float:
    """Return how far ink goes to the right on its way down, by least squares.

    `last` are the places where strokes end, but for the last of them.
    """
    steps = np.diff(points, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    lengths[last] = 0
    whole = lengths.sum()
    if not whole:
        return 0.0
    x, y = ((points[1:] + points[:-1]) / 2).T
    weighted = lengths * (y - lengths @ y / whole)
    spread = float(weighted @ y)
    return float(weighted @ x) / spread if spread > 0 else 0.0


def _enclosed(strokes: Sequence[Points], together: Points) -> int:
    """Count the pixels of a canvas that a thin pen leaves blank inside of loops."""
    low, high = together.min(axis=0), together.max(axis=0)
    pen = _HAIR * CANVAS
    scale = (CANVAS - pen - 2) / (high - low).max()
    placed = [(stroke - (low + high) / 2) * scale + CANVAS / 2 for stroke in strokes]
    ground = rasterise(placed, CANVAS, pen) < 0.5  # its margin is blank
    outside = np.zeros_like(ground)
    outside[0] = True
    # Rows to the right and to the left, columns down and up: as far as there is no ink.
    ways = [
        (found, _last(~lines))
        for lines, found in zip(_four_ways(ground), _four_ways(outside), strict=True)
    ]
    before, reached = 0, 1
    while reached > before:
        before = reached
        for found, last_ink in ways:
            np.greater(_last(found), last_ink, out=found)
        reached = int(np.count_nonzero(outside))
    return int(np.count_nonzero(ground)) - reached


def _four_ways(mask: Mask) -> tuple[Mask, ...]:
    """Return views of a mask whose rows run to the right, to the left, down and up."""
    return mask, mask[:, ::-1], mask.T, mask.T[:, ::-1]


def _last(mask: Mask) -> NDArray[np.intp]:
    """Return the place up to each where a row was true last, -1 for nowhere."""
    return np.maximum.accumulate(np.where(mask, np.arange(mask.shape[1]), -1), axis=1)
