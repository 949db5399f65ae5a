"""Strokes as the pad keeps them: a sheet of them, and what an eraser leaves of it.

A stroke is an array (points, 2) in fractions of the sheet's side, x right and y
down; where a pen that feels pressure wrote it, a third column holds the width as a
factor of the usual one. Arrays are never changed in place, so that a sheet can be kept.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass

Points = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What lies on the pad: strokes, (points, 2) or (points, 3), or a picture, (rows, columns)."""

    strokes: tuple[Points, ...] = ()
    picture: Points | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing lies there."""
        return self.picture is None and not self.strokes


def cleaned(strokes: Sequence[Points]) -> tuple[Points, ...]:
    """Return strokes with every place on the sheet; those without points are left out."""
    kept = []
    for stroke in strokes:
        points = np.array(stroke, dtype=np.float64)
        if points.size:
            points[:, :2] = np.clip(points[:, :2], 0, 1)
            kept.append(points)
    return tuple(kept)


def fitted(strokes: Sequence[Points]) -> tuple[Points, ...]:
    """Return strokes in any units as strokes on a sheet; those that are on one stay there."""
    kept = [stroke for stroke in strokes if stroke.size]
    if not kept:
        return ()
    together = np.concatenate([stroke[:, :2] for stroke in kept])
    low, high = together.min(axis=0), together.max(axis=0)
    if (low >= 0).all() and (high <= 1).all():
        return cleaned(kept)
    scale = 0.7 / max(float((high - low).max()), 1e-9)
    moved = [stroke.copy() for stroke in kept]
    for stroke in moved:
        stroke[:, :2] = (stroke[:, :2] - (low + high) / 2) * scale + 0.5
    return cleaned(moved)


def erased(
    strokes: Sequence[Points], start: tuple[float, float], end: tuple[float, float], reach: float
) -> tuple[Points, ...]:
    """Rub out what lies within `reach` of a line, all in fractions of the side.

    A stroke rubbed through the middle becomes two; one that was not touched is the same array.
    """
    line = np.array([start, end])
    left: list[Points] = []
    for stroke in strokes:
        low, high = stroke[:, :2].min(axis=0), stroke[:, :2].max(axis=0)
        if (low > line.max(axis=0) + reach).any() or (high < line.min(axis=0) - reach).any():
            left.append(stroke)
            continue
        dense = _dense(stroke, reach / 4)
        kept = _distance(dense[:, :2], *line) > reach
        if kept.all():
            left.append(stroke)
            continue
        cuts = np.flatnonzero(np.diff(kept)) + 1
        left += [part for part, on in _split(dense, kept, cuts) if on]
    return tuple(left)


def _split(dense: Points, kept: NDArray[np.bool_], cuts: NDArray[np.intp]) -> list[Any]:
    parts = np.split(dense, cuts)
    first = np.concatenate([[0], cuts])
    return [(part, bool(kept[at])) for part, at in zip(parts, first, strict=True)]


def _dense(stroke: Points, spacing: float) -> Points:
    """Put points between those of a stroke, nowhere further apart than `spacing`."""
    if len(stroke) < 2:
        return stroke
    steps = np.hypot(*np.diff(stroke[:, :2], axis=0).T)
    counts = np.maximum(np.ceil(steps / spacing), 1).astype(np.intp)
    of = np.repeat(np.arange(len(steps)), counts)
    along = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    part = (along / counts[of])[:, np.newaxis]
    between = stroke[of] + part * (stroke[of + 1] - stroke[of])
    return np.concatenate([between, stroke[-1:]])


def _distance(points: Points, start: Points, end: Points) -> Points:
    """Distance of points (n, 2) from the line between two places, (n,)."""
    way = end - start
    size = float(way @ way)
    share = np.clip((points - start) @ way / size, 0, 1) if size else np.zeros(len(points))
    nearest = start + share[:, np.newaxis] * way
    return np.asarray(np.hypot(*(points - nearest).T))
