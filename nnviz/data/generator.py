"""The embedded data set "digits": handwriting that nnviz makes up itself.

Each example picks one form of its digit and writes it the way hands do: control
points wander, the writing leans, turns and stretches, the paper seems to warp,
the pen is thin or thick. Everything is drawn from one seeded generator, so the
same seed gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.glyphs import Form, forms
from nnviz.data.handwriting import PEN, SIDE, Strokes, strokes_to_images

VERSION = 3
"""Raised whenever the same seed would give other digits, so that caches are made again."""

Progress = Callable[[float, str], None]
"""Called with the part done, 0..1, and a word for people; may raise to cancel."""

_ROUNDS = 3  # of smoothing
_BATCH = 40  # digits written together: small enough for their canvases to stay in the cache


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


def generate(
    count: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
    hand: Hand | None = None,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Write digits.

    Args:
        count: how many; the ten digits come equally often, in random order.
        rng: where all variety comes from.
        progress: told about every batch; may raise to cancel.
        hand: how much the writing varies.

    Returns:
        Images (count, 28, 28) uint8 and labels (count,) uint8.
    """
    hand = hand or Hand()
    labels = rng.permutation(np.arange(count) % 10).astype(np.uint8)
    images = np.zeros((count, SIDE, SIDE), dtype=np.uint8)
    done = 0
    for digit, ways in enumerate(forms()):
        boldest = ways[0].boldest
        places = rng.permutation(np.flatnonzero(labels == digit))
        chosen = rng.choice(len(ways), size=len(places), p=[way.share for way in ways])
        for number, form in enumerate(ways):
            mine = places[chosen == number]
            # Digits of like pens are written together: the widest pen sets the work of a batch.
            spread = rng.standard_normal(len(mine), dtype=np.float32).clip(-2, boldest)
            pens = (PEN * np.exp(hand.pen * np.sort(spread))).astype(np.float32)
            for first in range(0, len(mine), _BATCH):
                batch = mine[first : first + _BATCH]
                written = _write(form, pens[first : first + _BATCH], rng, hand)
                images[batch] = np.rint(written * 255).astype(np.uint8)
                done += len(batch)
                if progress:
                    progress(done / count, "Writing digits")
    return images, labels


def _write(form: Form, pens: FloatArray, rng: np.random.Generator, hand: Hand) -> FloatArray:
    """Write one form once with each pen; (n, 28, 28) in 0..1."""
    count = len(pens)

    def normal(*shape: int) -> FloatArray:
        return rng.standard_normal((count, *shape), dtype=np.float32)

    wander = hand.jitter * np.where(form.ends, hand.ends, 1.0).astype(np.float32)
    mess = np.exp(hand.mess * normal(1, 1))  # some hands are neat, some are not
    stray = _drifts(form, hand.drift) @ normal(len(form.control), 2)
    control = form.control - 50 + stray * wander[:, np.newaxis] * mess
    points = form.curve @ control
    points = _hurry(points, form, hand.haste * rng.random((count, 1, 1), dtype=np.float32))
    points = _proportion(points, normal(2), hand)
    points += hand.tremor * normal(*points.shape[1:])
    points += _warp(points, normal(2, 3), rng.random((count, 2, 2), dtype=np.float32), hand.warp)
    points = points @ _lean(normal(3), form.lean, hand)
    each = len(form.stroke)
    strokes = Strokes(
        points.reshape(-1, 2),
        np.tile(form.stroke, count),
        np.repeat(np.arange(count), each),
        count,
    )
    return strokes_to_images(strokes, pens)


@cache
def _drifts(form: Form, drift: float) -> FloatArray:
    """Return the matrix that makes independent draws follow one another along each stroke."""
    stroke = np.cumsum(form.ends) // 2 + (np.cumsum(form.ends) % 2)  # ends come in pairs
    place = np.arange(len(stroke))
    apart = np.abs(place[:, np.newaxis] - place)
    same = stroke[:, np.newaxis] == stroke
    return np.linalg.cholesky(np.where(same, drift**apart, 0.0)).astype(np.float32)


def _hurry(points: FloatArray, form: Form, haste: FloatArray) -> FloatArray:
    """Cut corners as a fast hand does: pull every point towards its neighbours; (n, p, 2)."""
    place = np.arange(len(form.stroke))
    same = form.stroke[1:] == form.stroke[:-1]
    before = place - np.concatenate([[False], same])
    after = place + np.concatenate([same, [False]])
    within = (before < place) & (after > place)  # where the pen touches down, it does
    pull = haste * within[:, np.newaxis]
    for _ in range(_ROUNDS):
        points = points + pull * ((points[:, before] + points[:, after]) / 2 - points)
    return points


def _proportion(points: FloatArray, draws: FloatArray, hand: Hand) -> FloatArray:
    """Make the upper part of digits larger or smaller than the lower; (n, p, 2)."""
    x, y = points[..., 0], points[..., 1] / 50
    wider = 1 + hand.taper * draws[:, :1] * y
    lower = hand.middle * draws[:, 1:] * (1 - y * y)
    return np.stack([x * wider, points[..., 1] + lower], axis=-1)


def _lean(draws: FloatArray, lean: float, hand: Hand) -> FloatArray:
    """Matrices (n, 2, 2) that stretch, slant and turn points given as rows."""
    width = np.exp(hand.stretch * draws[:, 0])
    slant = lean + hand.slant * draws[:, 1]
    cos, sin = np.cos(hand.turn * draws[:, 2]), np.sin(hand.turn * draws[:, 2])
    # x' = width·x − slant·y leans to the right, because y runs down; then comes the turn.
    across = np.stack([width * cos, width * sin], axis=-1)
    down = np.stack([-slant * cos - sin, cos - slant * sin], axis=-1)
    return np.stack([across, down], axis=1)


def _warp(points: FloatArray, draws: FloatArray, phase: FloatArray, amplitude: float) -> FloatArray:
    """Displace points by one slow wave in x and one in y; (n, p, 2)."""
    waves = draws[:, :, :2] * 0.02
    angle = points @ waves.transpose(0, 2, 1) + 2 * np.pi * phase[:, np.newaxis, :, 0]
    shift: FloatArray = amplitude * draws[:, np.newaxis, :, 2] * np.sin(angle)
    return shift
