"""The book of digits: all drawings of some forms, stacked, and a hand that writes them.

All forms are written together: their matrices are padded to the same size.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.digit_forms import DigitForm
from nnviz.data.hand import Hand, drifts, hurry, lean, proportion, warp, within_strokes
from nnviz.data.handwriting import PEN, Strokes, strokes_to_images
from nnviz.data.portable_math import chain, exact, exp, product
from nnviz.dataclass import dataclass

_CALM = 0.75  # of the usual jitter is left where knobs already turn


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Digits before they are put on paper.

    Attributes:
        ways: (n,) which drawing of the book each is.
        pens: (n,) pen widths.
        points: (n, p, 2) points of the curves, padded.
    """

    ways: NDArray[np.intp]
    pens: FloatArray
    points: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Book:
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
    def of(cls, among: Sequence[DigitForm], hand: Hand) -> "Book":
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

    def labels(self, count: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        """Return the digits that `draw` gives with this many and this generator."""
        return self.digits[self._kinds(count, rng)].astype(np.uint8)

    def draw(self, count: int, rng: np.random.Generator) -> Drawn:
        """Draw forms, pens and points of one block of digits."""
        kinds = self._kinds(count, rng)
        ways = np.searchsorted(self.bounds, kinds + rng.random(count), side="right")
        ways = np.minimum(ways, len(self.bounds) - 1)
        spread = rng.standard_normal(count, dtype=np.float32)
        pens = PEN * exp(self.hand.pen * np.clip(spread, -2, self.boldest[ways]))
        return Drawn(ways, pens, self._points(ways, rng))

    def put_on_paper(self, drawn: Drawn, rows: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return pictures of some drawn digits, (len(rows), 28, 28)."""
        ways = drawn.ways[rows]
        present = self.present[ways]
        strokes = Strokes(
            drawn.points[rows][present],
            self.stroke[ways][present],
            np.repeat(np.arange(len(rows)), present.sum(axis=1)),
            len(rows),
        )
        return np.rint(strokes_to_images(strokes, drawn.pens[rows]) * 255).astype(np.uint8)

    def _kinds(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        return rng.permutation(np.arange(count) % len(self.digits))

    def _points(self, ways: NDArray[np.intp], rng: np.random.Generator) -> FloatArray:
        """Return the points of the curves of one drawing each, (n, p, 2)."""
        hand, count = self.hand, len(ways)

        def normal(*shape: int) -> FloatArray:
            return rng.standard_normal((count, *shape), dtype=np.float32)

        turns = 2 * rng.random((count, self.knobs.shape[1]), dtype=np.float32) - 1
        mess = exp(hand.mess * normal(1, 1))  # some hands are neat, some are not
        stray = product(self.sway[ways], normal(self.control.shape[1], 2))
        control = self.control[ways] + mess * stray
        control += _turned(turns, self.knobs[ways]).reshape(control.shape)
        points = product(self.curve[ways], control)
        haste = hand.haste * rng.random((count, 1, 1), dtype=np.float32)
        points = hurry(points, haste * self.within[ways])
        points = proportion(points, normal(2), hand)
        points += hand.tremor * normal(*points.shape[1:])
        phase = rng.random((count, 2, 2), dtype=np.float32)
        points += warp(points, normal(2, 3), phase, hand.warp)
        return product(points, lean(normal(3), self.lean[ways], hand))


def _turned(turns: FloatArray, knobs: FloatArray) -> FloatArray:
    """Return how far all knobs of one digit each, (n, m, q), move it when turned, (n, m); (n, q).

    The order of the sums is that in which the fourth generation came: the first four knobs as one,
    in its first columns two and two, and then one by one.
    """
    terms = [exact(turns[:, knob, np.newaxis], knobs[:, knob]) for knob in range(turns.shape[1])]
    moved = chain(terms[:4]) if terms else np.zeros((len(knobs), knobs.shape[2]), np.float32)
    if len(terms) > 1:
        paired = knobs.shape[2] % 16
        moved[:, :paired] = (chain(terms[:4:2]) + chain(terms[1:4:2]))[:, :paired]
    for term in terms[4:]:
        moved += term.astype(np.float32)
    return moved
