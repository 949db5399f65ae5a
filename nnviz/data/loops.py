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
    leaning = _slant(drawn)
    upright = [_sheared(stroke, -leaning) for stroke in drawn]
    together = np.concatenate(upright) if upright else np.zeros((1, 2))
    width, height = np.ptp(together, axis=0)
    if width >= WIDE * height or width == 0:
        return list(strokes)
    stretch = np.array([min(MOST, WIDE * height / width), 1.0])
    wider = [_sheared(stroke * stretch, leaning) for stroke in upright]
    return wider if _enclosed(wider) >= _LEAST else list(strokes)


def _sheared(points: Points, slant: float) -> Points:
    return np.stack([points[:, 0] + slant * points[:, 1], points[:, 1]], axis=1)


def _slant(strokes: Sequence[Points]) -> float:
    """Return how far ink goes to the right on its way down, by least squares."""
    steps = [np.diff(stroke, axis=0) for stroke in strokes]
    lengths = np.concatenate([np.hypot(*step.T) for step in steps] or [np.zeros(0)])
    if not lengths.sum():
        return 0.0
    middles = np.concatenate([(stroke[1:] + stroke[:-1]) / 2 for stroke in strokes])
    x, y = (middles - np.average(middles, axis=0, weights=lengths)).T
    spread = float(lengths @ (y * y))
    return float(lengths @ (x * y)) / spread if spread else 0.0


def _enclosed(strokes: Sequence[Points]) -> int:
    """Count the pixels of a canvas that a thin pen leaves blank inside of loops."""
    together = np.concatenate(strokes)
    low, high = together.min(axis=0), together.max(axis=0)
    pen = _HAIR * CANVAS
    scale = (CANVAS - pen - 2) / (high - low).max()
    placed = [(stroke - (low + high) / 2) * scale + CANVAS / 2 for stroke in strokes]
    ground = np.pad(rasterise(placed, CANVAS, pen) < 0.5, 1, constant_values=True)
    outside = np.zeros_like(ground)
    outside[0] = True
    before = 0
    while (reached := int(outside.sum())) > before:
        before = reached
        for lines, found in ((ground, outside), (ground.T, outside.T)):
            for way in (1, -1):
                found |= _flooded(lines[:, ::way], found[:, ::way])[:, ::way]
    return int(ground.sum()) - before


def _flooded(ground: Mask, outside: Mask) -> Mask:
    """Return what is reached to the right, along rows of ground, from what is outside."""
    place = np.arange(ground.shape[1])
    last_ink = np.maximum.accumulate(np.where(ground, -1, place), axis=1)
    last_outside = np.maximum.accumulate(np.where(outside, place, -1), axis=1)
    flooded: Mask = last_outside > last_ink
    return flooded
