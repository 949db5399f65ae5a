"""The fourth generation of nnviz's digits: many hands, each with the habits of its school.

Every digit picks a form and turns its knobs; then a hand writes it as in the third generation.
Digits are written in blocks of their own draws, so that a block does not depend on how many
others there are. Inside a block all forms are written together: their matrices are padded to the
same size and stacked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.digit_forms import DigitForm, digit_forms
from nnviz.data.generator import WRITING, Progress
from nnviz.data.hand import Hand, drifts, hurry, lean, proportion, warp, within_strokes
from nnviz.data.handwriting import PEN, SIDE, Strokes, strokes_to_images

BLOCK = 1000
"""Digits that are drawn together."""

_BATCH = 40  # digits put on paper together: small enough for their canvases to stay in the cache
_CALM = 0.75  # of the usual jitter is left where knobs already turn

# Writers differ more in slant and width than the third generation had it; its jitter, which no
# writer has of intent, may be less, because the forms themselves vary.
_HAND = Hand(jitter=4.4, slant=0.26, stretch=0.26)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A block of digits before they are put on paper: labels, drawings (n,), pens, points."""

    labels: NDArray[np.uint8]
    ways: NDArray[np.intp]
    pens: FloatArray
    points: FloatArray


def write_digits(
    count: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
    hand: Hand = _HAND,
    among: Sequence[DigitForm] = (),
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Write digits.

    Args:
        count: how many; the digits come equally often in every block, in random order.
        rng: where all variety comes from.
        progress: told about every batch; may raise to cancel.
        hand: how much the writing varies.
        among: the forms to write; without, all.

    Returns:
        Images (count, 28, 28) uint8 and labels (count,) uint8.
    """
    book = _Book.of(among or digit_forms(), hand)
    images = np.zeros((count, SIDE, SIDE), dtype=np.uint8)
    labels = np.zeros(count, dtype=np.uint8)
    firsts = range(0, count, BLOCK)
    for first, own in zip(firsts, rng.spawn(len(firsts)), strict=True):
        block = slice(first, min(first + BLOCK, count))

        def told(part: float, first: int = first, block: slice = block) -> None:
            if progress:
                progress((first + part * (block.stop - first)) / count, WRITING)

        labels[block] = book.write(images[block], own, told)
    return images, labels


def write_strokes(
    count: int,
    rng: np.random.Generator,
    hand: Hand = _HAND,
    among: Sequence[DigitForm] = (),
) -> list[tuple[list[FloatArray], float]]:
    """Return the strokes, (points, 2) each, and the pen of up to a block of digits.

    Put on paper, they are what `write_digits` makes of the first block's own generator.
    """
    book = _Book.of(among or digit_forms(), hand)
    drawn = book.draw(count, rng)
    found = []
    for way, points, pen in zip(drawn.ways, drawn.points, drawn.pens, strict=True):
        strokes = range(book.stroke[way].max() + 1)
        found.append(([points[book.stroke[way] == stroke] for stroke in strokes], float(pen)))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Book:
    """All drawings of some forms, one beside the other, padded to the same numbers of points.

    Attributes:
        hand: who writes them.
        digits: (d,) the digits, rising.
        bounds: (f,) place of its digit plus the share of drawings up to this one, rising.
        control: (f, k, 2) control points around the middle.
        knobs: (f, m, k * 2) what knobs do to them.
        sway: (f, k, k) makes independent draws a hand's displacements.
        curve: (f, p, k) turns control points into points of the curve.
        stroke: (f, p) which stroke a point belongs to.
        present: (f, p) false for what is padded.
        within: (f, p, 1) 1 where both neighbours are of the same stroke, else 0.
        lean: (f,) usual slant.
        boldest: (f,) how far the pen may be above the usual, in standard deviations.
    """

    hand: Hand
    digits: NDArray[np.intp]
    bounds: NDArray[np.float64]
    control: FloatArray
    knobs: FloatArray
    sway: FloatArray
    curve: FloatArray
    stroke: NDArray[np.intp]
    present: NDArray[np.bool_]
    within: FloatArray
    lean: FloatArray
    boldest: FloatArray

    @classmethod
    def of(cls, among: Sequence[DigitForm], hand: Hand) -> "_Book":
        """Stack forms, in order of their digits."""
        ordered = sorted(among, key=lambda form: form.digit)
        pairs = [(form, way) for form in ordered for way in form.ways]
        kinds, place = np.unique([form.digit for form, _ in pairs], return_inverse=True)
        shares = np.array([way.share for _, way in pairs])
        bounds = np.zeros(len(pairs))
        for kind in range(len(kinds)):
            mine = place == kind
            bounds[mine] = kind + np.cumsum(shares[mine]) / shares[mine].sum()
        total, most = len(pairs), max(len(way.control) for _, way in pairs)
        longest = max(len(way.stroke) for _, way in pairs)
        turned = max(len(form.knobs) for form, _ in pairs)
        control = np.zeros((total, most, 2), dtype=np.float32)
        knobs = np.zeros((total, turned, most, 2), dtype=np.float32)
        sway = np.zeros((total, most, most), dtype=np.float32)
        curve = np.zeros((total, longest, most), dtype=np.float32)
        stroke = np.full((total, longest), -1, dtype=np.intp)
        for row, (form, way) in enumerate(pairs):
            points, length = len(way.control), len(way.stroke)
            control[row, :points] = way.control - 50
            if len(form.knobs):
                knobs[row, : len(form.knobs), :points] = form.knobs
            calm = _CALM if len(form.knobs) else 1.0
            wander = hand.jitter * calm * np.where(way.ends, hand.ends, 1.0)
            sway[row, :points, :points] = wander[:, np.newaxis] * drifts(way, hand.drift)
            curve[row, :length, :points] = way.curve
            stroke[row, :length] = way.stroke
        return cls(
            hand,
            kinds,
            bounds,
            control,
            knobs.reshape(total, turned, most * 2),
            sway,
            curve,
            stroke,
            stroke >= 0,
            within_strokes(stroke),
            np.array([way.lean for _, way in pairs], dtype=np.float32),
            np.array([way.boldest for _, way in pairs], dtype=np.float32),
        )

    def write(
        self, images: NDArray[np.uint8], rng: np.random.Generator, told: Callable[[float], None]
    ) -> NDArray[np.uint8]:
        """Write one block of digits into `images`; their labels."""
        drawn = self.draw(len(images), rng)
        # Digits of like pens are put on paper together: the widest sets the work of a batch.
        order = np.argsort(drawn.pens, kind="stable")
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            present = self.present[drawn.ways[batch]]
            strokes = Strokes(
                drawn.points[batch][present],
                self.stroke[drawn.ways[batch]][present],
                np.repeat(np.arange(len(batch)), present.sum(axis=1)),
                len(batch),
            )
            images[batch] = np.rint(strokes_to_images(strokes, drawn.pens[batch]) * 255)
            told((first + len(batch)) / len(order))
        return drawn.labels

    def draw(self, count: int, rng: np.random.Generator) -> _Drawn:
        """Draw forms, pens and points of one block of digits."""
        kinds = rng.permutation(np.arange(count) % len(self.digits))
        ways = np.searchsorted(self.bounds, kinds + rng.random(count), side="right")
        ways = np.minimum(ways, len(self.bounds) - 1)
        spread = rng.standard_normal(count, dtype=np.float32)
        pens = PEN * np.exp(self.hand.pen * np.clip(spread, -2, self.boldest[ways]))
        points = self._points(ways, rng)
        return _Drawn(self.digits[kinds].astype(np.uint8), ways, pens, points)

    def _points(self, ways: NDArray[np.intp], rng: np.random.Generator) -> FloatArray:
        """Return the points of the curves of one drawing each, (n, p, 2)."""
        hand, count = self.hand, len(ways)

        def normal(*shape: int) -> FloatArray:
            return rng.standard_normal((count, *shape), dtype=np.float32)

        turns = 2 * rng.random((count, 1, self.knobs.shape[1]), dtype=np.float32) - 1
        mess = np.exp(hand.mess * normal(1, 1))  # some hands are neat, some are not
        control = self.control[ways] + mess * (self.sway[ways] @ normal(self.control.shape[1], 2))
        control += (turns @ self.knobs[ways]).reshape(control.shape)
        points = self.curve[ways] @ control
        haste = hand.haste * rng.random((count, 1, 1), dtype=np.float32)
        points = hurry(points, haste * self.within[ways])
        points = proportion(points, normal(2), hand)
        points += hand.tremor * normal(*points.shape[1:])
        phase = rng.random((count, 2, 2), dtype=np.float32)
        points += warp(points, normal(2, 3), phase, hand.warp)
        slanted: FloatArray = points @ lean(normal(3), self.lean[ways], hand)
        return slanted
