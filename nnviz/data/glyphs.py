"""Ways to write each digit, drawn by hand for nnviz.

A form is one way of writing a digit: pen strokes through control points in a
square of 100 by 100, x right, y down. In its text a slash lifts the pen and a
bar turns a point into a corner; elsewhere the pen runs smoothly. Because a
spline depends linearly on its control points, a form holds one matrix that turns
any (jittered) control points into the points of the curve.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray

_STEPS = 6  # curve points between two control points

_WRITTEN: dict[int, tuple[tuple[float, str], ...]] = {
    0: (
        (3, "50,0 26,12 15,48 26,86 50,100 76,86 85,48 75,13 50,0"),
        (3, "64,5 38,1 17,28 14,62 32,96 60,97 84,66 84,30 62,4 46,6"),
        (2, "35,6 17,35 15,70 34,98 64,94 84,62 83,25 60,2 38,4"),
        (1, "72,16 48,0 22,18 13,56 30,95 62,96 86,60 80,22 58,6 44,14"),
    ),
    1: (
        (6, "50,0 50,33 50,66 50,100"),
        (1.2, "36,16 52,0 | 51,50 50,100"),
        (0.8, "22,34 40,20 56,0 | 55,50 54,100"),
        (0.5, "34,20 52,0 | 51,50 50,100 / 26,100 50,99 76,100"),
    ),
    2: (
        (3, "18,24 32,4 58,0 77,17 70,45 42,76 14,98 | 50,96 90,97"),
        (3, "17,26 32,5 57,1 75,18 70,44 48,72 25,95 9,92 18,78 44,86 68,97 92,92"),
        (1.5, "22,16 45,2 70,12 70,38 48,66 20,92 16,84 34,80 60,94 84,96"),
    ),
    3: (
        (3, "18,14 42,0 70,10 70,34 40,48 | 70,54 82,76 58,99 16,90"),
        (2, "20,10 46,0 70,14 64,36 42,46 40,50 66,54 80,74 60,98 30,99 12,86"),
        (1, "16,4 45,3 76,3 | 56,26 42,42 | 72,50 80,76 56,99 16,92"),
    ),
    4: (
        (2.5, "28,2 22,28 18,54 | 48,56 86,50 / 76,4 70,50 66,100"),
        (2, "20,8 18,34 34,50 72,42 / 78,2 74,48 70,100"),
        (1.5, "62,0 38,32 10,66 | 48,66 92,64 / 64,2 62,50 60,100"),
        (1.5, "24,4 18,36 32,50 58,44 76,12 | 72,50 68,100"),
    ),
    5: (
        (3, "34,2 28,42 | 54,36 78,54 74,84 46,100 14,90 / 34,3 60,3 88,0"),
        (2, "84,2 58,2 36,4 | 28,42 | 54,38 78,56 74,86 46,100 14,90"),
        (1.5, "82,3 46,4 32,22 44,42 70,60 70,86 42,100 12,90"),
    ),
    6: (
        (3, "70,0 40,24 20,60 28,92 54,100 77,82 68,60 44,57 22,76"),
        (2, "56,0 30,36 18,74 38,99 68,92 76,68 54,56 30,66 20,84"),
        (1, "60,0 32,20 16,56 26,92 56,99 80,76 66,54 40,62 26,84"),
    ),
    7: (
        (3, "12,8 48,6 86,5 | 66,48 50,100"),
        (1.5, "12,22 14,6 | 48,8 84,5 | 66,48 48,100"),
        (1.5, "12,8 48,6 86,5 | 64,48 48,100 / 30,52 56,50 82,47"),
        (1, "14,14 36,4 62,12 84,4 | 68,40 56,100"),
    ),
    8: (
        (3, "72,14 50,0 28,14 34,37 62,58 76,80 50,100 24,82 36,60 62,40 73,18"),
        (2, "30,22 44,40 68,62 68,90 42,100 26,82 42,58 66,38 72,12 50,0 30,16"),
        (1.5, "50,0 28,20 48,44 72,22 52,1 / 50,45 24,70 48,100 76,74 52,46"),
        (1, "78,10 50,2 30,18 46,40 70,62 66,92 38,98 26,78 50,50 80,12"),
    ),
    9: (
        (3, "74,20 50,2 26,22 32,46 56,46 74,18 | 72,60 68,100"),
        (2, "76,20 50,0 24,24 38,48 66,38 77,12 80,50 66,90 32,96"),
        (2, "70,10 40,6 24,32 44,46 66,30 74,6 | 66,54 52,100"),
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One way to write a digit.

    Attributes:
        digit: which one.
        share: how often it is written this way; a digit's shares sum to 1.
        control: (k, 2) control points in 0..100.
        ends: (k,) true where the pen touches down or leaves.
        curve: (p, k) turns control points into points of the curve.
        stroke: (p,) which stroke a point of the curve belongs to.
    """

    digit: int
    share: float
    control: FloatArray
    ends: NDArray[np.bool_]
    curve: FloatArray
    stroke: NDArray[np.intp]


@cache
def forms() -> tuple[tuple[Form, ...], ...]:
    """Return the forms of each digit, 0 to 9."""
    return tuple(
        tuple(_form(digit, weight / sum(w for w, _ in written), text) for weight, text in written)
        for digit, written in sorted(_WRITTEN.items())
    )


def _form(digit: int, share: float, text: str) -> Form:
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
        digit,
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
