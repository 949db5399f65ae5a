"""From the texts of written digits (resources/digits.toml) to curves written with jitter.

Because a spline depends linearly on its control points, a form holds one matrix
that turns any (jittered) control points into the points of the curve.
"""

import tomllib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.dataclass import dataclass
from nnviz.paths import resource

_STEPS = 4  # curve points between two control points


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One way to write a digit.

    Attributes:
        lean: how far the digit usually leans to the right: shear, x over y.
        boldest: how far its pen may be above the usual, in standard deviations.
        share: how often it is written this way; a digit's shares sum to 1.
        control: (k, 2) control points in 0..100.
        ends: (k,) true where the pen touches down or leaves.
        curve: (p, k) turns control points into points of the curve.
        stroke: (p,) which stroke a point of the curve belongs to.
    """

    lean: float
    boldest: float
    share: float
    control: FloatArray
    ends: NDArray[np.bool_]
    curve: FloatArray
    stroke: NDArray[np.intp]


@cache
def forms() -> tuple[tuple[Form, ...], ...]:
    """Return the forms of each digit, 0 to 9."""
    digits = tomllib.loads(resource("digits.toml").read_text("utf-8"))["digit"]
    return tuple(
        tuple(
            form_of(
                digit["lean"], digit["boldest"], weight / sum(w for w, _ in digit["forms"]), text
            )
            for weight, text in digit["forms"]
        )
        for digit in digits
    )


def form_of(lean: float, boldest: float, share: float, text: str) -> Form:
    """Return the form that a text of strokes describes; see resources/digits.toml."""
    control: list[list[float]] = []
    ends: list[bool] = []
    rows: list[tuple[int, int, FloatArray]] = []  # stroke, first control point, spline matrix
    for stroke, written in enumerate(text.split("/")):
        start = len(control)
        sections = [
            [[float(number) for number in point.split(",")] for point in section.split()]
            for section in written.split("|")
        ]
        for section in sections:
            # A corner's point ends one smooth section and begins the next.
            first = max(len(control) - 1, start)
            control += section
            rows.append((stroke, first, _spline(np.array(control[first:]))))
        ends += [index in (start, len(control) - 1) for index in range(start, len(control))]
    curve = np.zeros((sum(len(matrix) for _, _, matrix in rows), len(control)), dtype=np.float32)
    below = 0
    for _, first, matrix in rows:
        curve[below : below + len(matrix), first : first + matrix.shape[1]] = matrix
        below += len(matrix)
    return Form(
        lean,
        boldest,
        share,
        np.array(control, dtype=np.float32),
        np.array(ends),
        curve,
        np.repeat([stroke for stroke, _, _ in rows], [len(matrix) for _, _, matrix in rows]),
    )


def _spline(control: FloatArray) -> FloatArray:
    """Matrix of the cubic through the control points, a Catmull-Rom with chord-root spacing."""
    count = len(control)
    knots = np.concatenate([[0.0], np.cumsum(np.sqrt(np.hypot(*np.diff(control, axis=0).T)))])
    points = np.eye(count)
    slopes = np.zeros((count, count))
    chord = np.diff(points, axis=0) / np.diff(knots)[:, np.newaxis]
    slopes[0], slopes[-1] = chord[0], chord[-1]
    for inner in range(1, count - 1):
        before, after = knots[inner] - knots[inner - 1], knots[inner + 1] - knots[inner]
        slopes[inner] = (chord[inner - 1] * after + chord[inner] * before) / (before + after)
    rows = []
    for index in range(count - 1):
        width = knots[index + 1] - knots[index]
        last = index == count - 2
        rows += [
            (1 + 2 * t) * (1 - t) ** 2 * points[index]
            + t * (1 - t) ** 2 * width * slopes[index]
            + t * t * (3 - 2 * t) * points[index + 1]
            + t * t * (t - 1) * width * slopes[index + 1]
            for t in np.linspace(0, 1, _STEPS + last, endpoint=last)
        ]
    return np.array(rows)
