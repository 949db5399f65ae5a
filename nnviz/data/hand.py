"""A hand: how much handwriting varies, and what that does to the points of strokes.

All of it works on many digits at once, points (n, p, 2) in hundredths of a digit's height
around its middle, x right and y down; every random draw is handed in.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.glyphs import Form
from nnviz.data.portable_math import cos, exp, product, sin
from nnviz.dataclass import dataclass

_ROUNDS = 3  # of smoothing


@dataclass(frozen=True, slots=True)
class Hand:
    """How much handwriting varies; lengths in hundredths of the digit's height.

    Attributes:
        jitter: standard deviation of a control point's displacement.
        drift: correlation of a control point's displacement with the next one's.
        mess: standard deviation of the logarithm of how much worse than others a hand writes.
        ends: how many times more the ends of strokes wander.
        slant: standard deviation of the shear around what is usual for the digit.
        turn: standard deviation of the rotation in radians.
        stretch: standard deviation of the logarithm of width over height.
        middle: how far the middle goes up or down against top and bottom.
        taper: standard deviation of how much wider the bottom is than the top, as a part.
        warp: amplitude of the smooth warp of the paper.
        tremor: standard deviation of the tablet's noise.
        haste: most that a fast hand cuts corners, from 0 for not at all to 1.
        pen: standard deviation of the logarithm of the pen's width.
    """

    jitter: float = 5.0
    drift: float = 0.5
    mess: float = 0.3
    ends: float = 1.2
    slant: float = 0.22
    turn: float = 0.08
    stretch: float = 0.22
    middle: float = 8.0
    taper: float = 0.22
    warp: float = 4.0
    tremor: float = 0.4
    haste: float = 0.4
    pen: float = 0.34


@cache
def drifts(form: Form, drift: float) -> FloatArray:
    """Return the matrix that makes independent draws follow one another along each stroke."""
    stroke = np.cumsum(form.ends) // 2 + (np.cumsum(form.ends) % 2)  # ends come in pairs
    place = np.arange(len(stroke))
    apart = np.abs(place[:, np.newaxis] - place)
    same = stroke[:, np.newaxis] == stroke
    return np.linalg.cholesky(np.where(same, drift**apart, 0.0)).astype(np.float32)


def within_strokes(stroke: NDArray[np.intp]) -> FloatArray:
    """Return 1 where both neighbours of a point are of its stroke, else 0, (..., p, 1).

    Args:
        stroke: (..., p) which stroke a point belongs to; below 0 for none.
    """
    within = np.zeros((*stroke.shape, 1), dtype=np.float32)
    same = (stroke[..., 1:] == stroke[..., :-1]) & (stroke[..., 1:] >= 0)
    within[..., 1:-1, 0] = same[..., 1:] & same[..., :-1]
    return within


def hurry(points: FloatArray, pull: FloatArray) -> FloatArray:
    """Cut corners as a fast hand does: pull every point towards its neighbours; (n, p, 2).

    `pull`, (n, p, 1), is 0 where the pen touches down.
    """
    points = points.copy()
    for _ in range(_ROUNDS):
        middle = (points[:, :-2] + points[:, 2:]) / 2 - points[:, 1:-1]
        points[:, 1:-1] += pull[:, 1:-1] * middle
    return points


def proportion(points: FloatArray, draws: FloatArray, hand: Hand) -> FloatArray:
    """Make the upper part of digits larger or smaller than the lower; (n, p, 2)."""
    x, y = points[..., 0], points[..., 1] / 50
    wider = 1 + hand.taper * draws[:, :1] * y
    lower = hand.middle * draws[:, 1:] * (1 - y * y)
    return np.stack([x * wider, points[..., 1] + lower], axis=-1)


def lean(draws: FloatArray, usual: FloatArray | float, hand: Hand) -> FloatArray:
    """Matrices (n, 2, 2) that stretch, slant and turn points given as rows."""
    width = exp(hand.stretch * draws[:, 0])
    slant = usual + hand.slant * draws[:, 1]
    turned, sunk = cos(hand.turn * draws[:, 2]), sin(hand.turn * draws[:, 2])
    # x' = width·x − slant·y leans to the right, because y runs down; then comes the turn.
    across = np.stack([width * turned, width * sunk], axis=-1)
    down = np.stack([-slant * turned - sunk, turned - slant * sunk], axis=-1)
    return np.stack([across, down], axis=1)


def warp(points: FloatArray, draws: FloatArray, phase: FloatArray, amplitude: float) -> FloatArray:
    """Displace points by one slow wave in x and one in y; (n, p, 2)."""
    waves = draws[:, :, :2] * 0.02
    angle = product(points, waves.transpose(0, 2, 1)) + 2 * np.pi * phase[:, np.newaxis, :, 0]
    shift: FloatArray = amplitude * draws[:, np.newaxis, :, 2] * sin(angle)
    return shift
