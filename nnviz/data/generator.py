"""The third generation of the embedded data set "digits": handwriting that nnviz makes up itself.

New runs have the fourth (`digit_writer`); sessions that were trained on the third go on with it,
so what the same seed gives here never changes.

Each example picks one form of its digit and writes it the way hands do: control
points wander, the writing leans, turns and stretches, the paper seems to warp,
the pen is thin or thick. Everything is drawn from one seeded generator, so the
same seed gives the same bytes.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.glyphs import Form, forms
from nnviz.data.hand import Hand, drifts, hurry, lean, proportion, warp, within_strokes
from nnviz.data.handwriting import PEN, SIDE, Strokes, strokes_to_images
from nnviz.data.portable_math import exp, product

Progress = Callable[[float, str], None]
"""Called with the part done, 0..1, and a word for people; may raise to cancel."""

WRITING = "Writing digits"
"""The word for it."""

_BATCH = 40  # digits written together: small enough for their canvases to stay in the cache


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
            spread: FloatArray = rng.standard_normal(len(mine), np.float32).clip(-2, boldest)
            pens = (PEN * exp(hand.pen * np.sort(spread))).astype(np.float32)
            for first in range(0, len(mine), _BATCH):
                batch = mine[first : first + _BATCH]
                written = _write(form, pens[first : first + _BATCH], rng, hand)
                images[batch] = np.rint(written * 255).astype(np.uint8)
                done += len(batch)
                if progress:
                    progress(done / count, WRITING)
    return images, labels


def _write(form: Form, pens: FloatArray, rng: np.random.Generator, hand: Hand) -> FloatArray:
    """Write one form once with each pen; (n, 28, 28) in 0..1."""
    count = len(pens)

    def normal(*shape: int) -> FloatArray:
        return rng.standard_normal((count, *shape), dtype=np.float32)

    wander: FloatArray = np.where(form.ends, hand.ends, 1.0).astype(np.float32) * hand.jitter
    mess = exp(hand.mess * normal(1, 1))  # some hands are neat, some are not
    stray = product(drifts(form, hand.drift), normal(len(form.control), 2))
    control = form.control - 50 + stray * wander[:, np.newaxis] * mess
    points = product(form.curve, control)
    haste = hand.haste * rng.random((count, 1, 1), dtype=np.float32)
    points = hurry(points, haste * within_strokes(form.stroke))
    points = proportion(points, normal(2), hand)
    points += hand.tremor * normal(*points.shape[1:])
    points += warp(points, normal(2, 3), rng.random((count, 2, 2), dtype=np.float32), hand.warp)
    points = product(points, lean(normal(3), form.lean, hand))
    each = len(form.stroke)
    strokes = Strokes(
        points.reshape(-1, 2),
        np.tile(form.stroke, count),
        np.repeat(np.arange(count), each),
        count,
    )
    return strokes_to_images(strokes, pens)
