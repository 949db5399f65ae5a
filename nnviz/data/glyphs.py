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

LEAN = (0.22, 0.26, 0.10, 0.03, 0.18, 0.01, 0.02, 0.06, 0.10, 0.10)
"""How far each digit's upright form usually leans to the right: shear, x over y."""

_STEPS = 6  # curve points between two control points

_WRITTEN: dict[int, tuple[tuple[float, str], ...]] = {
    0: (
        (1.5, "50,0 24,10 9,50 24,90 50,100 78,88 92,50 76,10 50,0"),
        (2, "64,5 38,1 15,28 12,62 30,96 60,97 86,66 86,30 62,4 46,6"),
        (1.5, "35,6 17,35 15,70 34,98 64,94 84,62 83,25 60,2 38,4"),
        (1, "72,16 48,0 22,18 11,56 30,95 62,96 88,60 80,22 58,6 44,14"),
        (1.5, "60,3 32,10 10,50 28,92 58,98 87,68 88,30 66,6"),
        (1.5, "26,16 56,0 86,28 86,70 54,100 18,84 10,46 28,14 46,4"),
        (1, "58,8 36,0 16,40 18,84 44,100 72,76 80,34 66,6 50,12 46,24"),
    ),
    1: (
        (6, "50,0 50,50 50,100"),
        (1, "38,18 52,0 | 51,50 50,100"),
        (0.5, "28,36 42,20 56,0 | 55,50 54,100"),
        (0.5, "34,20 52,0 | 51,50 50,100 / 26,100 50,99 76,100"),
        (2.5, "47,6 53,0 | 51,50 50,100"),
    ),
    2: (
        (0.5, "18,24 32,4 58,0 77,17 70,45 42,76 14,98 | 50,96 90,97"),
        (1, "20,22 35,4 58,2 72,18 66,42 46,68 24,92 8,96 6,84 22,78 44,84 66,94 94,88"),
        (0.5, "14,30 30,8 56,2 70,18 64,40 44,66 18,92 | 50,90 90,86"),
        (1, "28,18 48,2 70,10 72,34 54,62 28,88 | 60,84 96,80"),
        (0.5, "10,18 36,8 66,4 76,16 60,40 34,70 10,96 | 46,94 92,92"),
        (1.5, "24,28 34,8 56,0 74,14 72,44 52,76 30,98 12,92 20,76 48,80 76,96 96,84"),
        (0.5, "22,20 44,0 68,8 72,30 52,60 20,86 10,98 34,94 64,98 88,92"),
        (0.5, "8,36 26,14 50,14 54,38 34,70 8,94 2,84 24,76 60,90 98,82"),
        (2, "16,30 22,8 50,0 74,16 76,46 58,74 30,92 14,84 24,70 50,76 72,92 86,90"),
        (0.5, "22,12 48,0 72,10 72,36 50,62 22,94 | 40,90 60,94 90,88"),
        (0.5, "30,14 52,2 66,16 52,46 18,80 2,96 | 8,82 34,80 60,92 96,84"),
        (1.5, "26,14 46,0 66,12 60,42 36,74 12,96 2,84 16,72 42,82 68,98 96,86"),
        (1.5, "12,24 30,2 60,2 74,26 64,56 40,84 20,100 14,86 34,74 62,80 88,78"),
        (1.5, "18,20 36,2 60,6 64,30 46,60 22,88 6,84 14,70 36,74 60,92 80,98 92,90"),
    ),
    3: (
        (1.5, "20,10 44,0 70,8 68,30 42,44 | 72,54 76,80 48,100 14,92"),
        (1, "14,4 42,2 76,4 | 60,24 44,42 | 70,54 74,80 46,100 14,92"),
        (1, "22,8 50,0 70,14 60,36 44,44 62,50 76,70 62,94 34,100 12,90"),
        (1, "34,10 56,0 74,10 66,30 44,40 | 66,48 70,74 44,98 8,94"),
        (1, "20,10 50,0 70,16 56,40 38,46 42,38 62,46 76,70 60,96 20,98"),
        (0.5, "12,16 36,2 66,6 72,28 40,46 | 66,50 72,70 56,92 26,98 8,82"),
        (1, "16,16 30,2 58,0 74,14 66,34 36,46 | 62,46 84,62 82,86 52,100 22,98 8,88"),
        (1.5, "24,12 44,2 66,8 66,28 34,46 | 64,48 78,66 66,90 38,100 14,96"),
        (1, "12,6 36,0 64,8 60,30 34,44 | 66,44 86,64 76,90 44,100 14,94"),
    ),
    4: (
        (2, "26,6 18,34 14,58 | 44,58 90,48 / 74,0 66,50 58,100"),
        (2, "34,0 22,28 10,56 | 40,60 78,54 / 82,6 70,50 60,100"),
        (2.5, "20,10 16,34 26,52 50,50 72,40 / 78,6 72,50 68,100"),
        (1.5, "30,4 20,30 24,48 46,46 66,30 76,6 | 70,50 62,100"),
        (0.5, "58,0 34,30 8,62 | 50,62 96,60 / 60,0 58,50 56,100"),
        (0.5, "60,100 62,50 64,0 | 36,32 8,66 | 50,64 94,62"),
        (0.5, "40,4 24,30 8,56 | 50,54 98,46 / 60,26 54,60 48,100"),
    ),
    5: (
        (1.5, "34,2 28,42 | 54,36 78,54 74,84 46,100 14,90 / 34,3 60,3 88,0"),
        (1, "36,10 28,44 | 52,40 68,56 62,82 36,100 6,92 / 38,8 66,5 98,0"),
        (1.5, "98,0 68,4 42,8 | 28,44 | 50,44 64,60 56,86 28,100 4,92"),
        (1, "88,4 60,2 36,6 | 30,40 | 56,38 76,56 70,86 42,100 12,90"),
        (1, "70,4 44,2 28,8 | 26,40 | 52,34 74,52 74,80 46,100 16,94 10,84"),
        (1, "84,2 56,2 34,14 34,34 56,48 70,64 62,88 36,100 10,90"),
        (0.5, "94,0 64,6 42,10 | 32,38 | 48,40 58,58 46,84 22,100 2,94"),
        (1, "34,16 28,44 | 52,40 72,58 66,86 40,100 14,90 / 40,4 66,4 92,6"),
        (1, "42,18 24,46 | 48,42 60,60 50,84 26,100 4,88 / 44,18 70,10 100,0"),
        (1, "50,8 34,22 28,42 | 52,42 66,60 58,86 34,100 8,90 / 50,8 74,4 92,6"),
    ),
    6: (
        (1.5, "66,0 40,22 18,58 20,90 46,100 70,86 68,62 46,58 22,80"),
        (1.5, "48,0 28,34 14,72 28,98 58,96 76,76 62,60 38,68 20,90"),
        (1.5, "70,0 36,30 12,66 16,92 42,98 64,84 62,66 40,66 16,86"),
        (2, "40,0 22,36 14,72 30,98 62,94 80,72 66,58 42,66 26,88"),
        (1, "60,0 40,34 20,72 30,96 54,96 62,78 46,70 24,84"),
        (0.5, "72,2 44,8 18,40 14,78 40,100 72,90 80,62 58,46 30,54 16,72"),
        (2, "44,0 26,30 14,66 24,96 56,98 80,78 72,60 52,64 40,80"),
    ),
    7: (
        (1.5, "12,8 48,6 86,5 | 66,48 50,100"),
        (1, "10,10 46,8 88,2 | 66,44 40,100"),
        (1, "10,6 44,6 80,6 | 72,40 62,100"),
        (1, "14,24 18,6 | 50,8 84,2 | 62,48 48,100"),
        (0.5, "12,16 32,4 60,8 82,4 | 74,30 54,64 46,100"),
        (0.5, "12,8 48,6 86,5 | 64,48 48,100 / 30,52 56,50 82,47"),
        (0.5, "12,14 14,8 | 48,6 86,2 | 62,50 42,100 / 34,56 56,50 86,44"),
        (1, "16,22 38,6 70,4 78,16 62,50 48,100"),
        (1, "6,30 12,10 38,10 76,8 | 62,50 54,100"),
        (0.5, "10,22 16,8 34,12 54,12 84,2 | 62,44 46,100"),
        (1.5, "8,12 40,8 78,10 | 66,34 34,100"),
    ),
    8: (
        (1.5, "74,10 50,0 30,14 36,36 58,56 70,78 48,100 24,88 32,62 56,40 80,14"),
        (2, "88,6 60,0 38,12 40,34 54,54 58,78 38,100 18,88 28,64 58,36 92,6"),
        (1.5, "30,20 40,40 64,60 70,84 48,100 26,86 34,62 60,40 72,18 54,0 34,6 30,20"),
        (0.5, "50,0 28,20 48,44 72,22 52,1 / 50,45 24,70 48,100 76,74 52,46"),
        (1, "60,40 36,30 36,8 60,0 78,14 66,36 40,52 24,74 36,98 62,96 70,76 54,52 34,36"),
        (1, "50,46 22,36 18,12 50,0 84,10 82,36 50,46 16,60 14,88 50,100 86,90 84,60 50,46"),
        (1, "76,16 54,2 32,16 38,40 66,62 76,84 50,100 24,84 38,58 64,38 76,18"),
        (0.5, "78,12 60,2 46,14 52,34 62,58 56,88 32,100 18,82 34,60 66,38 84,14"),
        (1, "80,20 64,2 40,4 32,22 50,40 70,58 74,82 54,100 28,94 28,70 52,48 78,28"),
    ),
    9: (
        (1.5, "70,16 50,0 26,14 24,38 44,46 66,30 72,10 | 68,54 58,100"),
        (1, "66,20 46,6 22,24 26,44 50,42 72,16 | 60,56 46,100"),
        (1, "74,8 44,4 22,24 34,42 58,32 74,8 | 62,52 48,100"),
        (0.5, "72,18 48,0 24,20 36,44 62,36 74,16 74,52 60,90 30,98"),
        (1.5, "72,20 52,0 28,16 28,40 52,46 70,24 | 72,60 74,100"),
        (1.5, "76,24 54,0 22,14 16,44 40,58 68,42 78,16 | 74,60 66,100"),
        (0.5, "60,12 42,8 34,26 48,34 62,14 | 56,56 44,100"),
        (0.5, "60,8 34,4 20,28 36,46 60,34 64,10 / 72,4 66,50 56,100"),
        (1, "78,10 60,0 32,10 20,32 36,42 60,30 76,10 | 64,52 48,100"),
        (0.5, "82,4 52,4 26,20 28,38 52,34 78,8 | 58,56 38,100"),
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
