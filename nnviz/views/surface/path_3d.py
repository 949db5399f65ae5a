"""The way training took as it is drawn in 3-D: at its true cost, beside the surface or on it."""

from collections.abc import Sequence

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.views.surface3d.shape import HEIGHT, PATH_STEPS, Array, Relief

BAND = -0.27, 1.3
"""Heights between which the path is drawn: beyond them its cost is another world's."""
PIECES = 8
"""Most pieces that are drawn of a path which leaves those heights now and then."""
DROPS = 24
"""Most lines that join the path with the surface below it."""
APART = 0.02
"""Height between path and surface from which they are joined by lines."""


@dataclass(frozen=True, slots=True, eq=False)
class Path3D:
    """A path ready to be drawn.

    Attributes:
        flat: all of it seen from above, in unit coordinates, evenly spaced, (n, 2).
        pieces: those drawn in 3-D, each with its places (m, 2) and heights (m,) at its true
            cost, evenly spaced; the last first.
        drops: places where a line leads down to the surface, (k, 2).
        drop_height: the path's height there, (k,).
    """

    flat: Array
    pieces: Sequence[tuple[Array, Array]]
    drops: Array
    drop_height: Array


_NONE = np.empty((0, 2))
NOWHERE = Path3D(_NONE, (), _NONE, np.empty(0))
"""No path at all."""


def lay_path(relief: Relief, at: Array, cost: Array, now: Array | None) -> Path3D:
    """Prepare a path for drawing: places (points, 2) in the units of w1 and w2, their true costs.

    The present, (2,) in unit coordinates, lies on the surface at its end.
    """
    unit, height = relief.unit(np.asarray(at, np.float64)), relief.height_of(cost)
    if now is not None:
        unit = np.concatenate((unit, now[np.newaxis]))
        height = np.append(height, relief.height_at(now[np.newaxis]))
    good = np.isfinite(unit).all(axis=1) & np.isfinite(height)
    last_bad = np.flatnonzero(~good)
    first = last_bad[-1] + 1 if len(last_bad) else 0
    unit, height = unit[first:], height[first:]
    outside = np.flatnonzero((unit < -1e-6).any(axis=1) | (unit > 1 + 1e-6).any(axis=1))
    inside = outside[-1] + 1 if len(outside) else 0
    unit, height = unit[inside:], height[inside:]
    places, heights = _even(unit, height)
    level = relief.height_at(places) if len(places) else heights
    inside = (heights >= BAND[0]) & (heights <= BAND[1])
    # Where it goes out of the heights that are drawn and comes in again.
    turns = np.flatnonzero(np.diff(inside)) + 1
    runs = [run for run in np.split(np.arange(len(places)), turns) if len(run) and inside[run[0]]]
    pieces = [(places[run], heights[run]) for run in runs[-PIECES:][::-1]]
    apart = inside & (np.abs(heights - level) > APART)
    picked = np.unique(np.linspace(0, len(places) - 1, DROPS).round().astype(np.intp))
    picked = picked[apart[picked]] if len(places) else np.empty(0, np.intp)
    return Path3D(_even(unit, np.zeros(len(unit)))[0], pieces, places[picked], heights[picked])


def _even(path: Array, height: Array) -> tuple[Array, Array]:
    """Return points evenly spaced along a path (n, 2) with heights (n,)."""
    if len(path) < 2:
        return path, height
    near = np.clip(height, BAND[0] - 0.3, BAND[1] + 0.3)
    places = np.column_stack((2 * path, HEIGHT * near))
    steps, along = places[1:] - places[:-1], np.zeros(len(places))
    np.cumsum(np.sqrt(np.einsum("ij,ij->i", steps, steps)), out=along[1:])
    if along[-1] < 1e-6:
        return path[-1:], height[-1:]
    pieces = int(np.clip(np.ceil(along[-1] * 40), 2, 2 * PATH_STEPS))
    even = np.linspace(0, along[-1], pieces + 1)
    parts = [np.interp(even, along, column) for column in (*path.T, height)]
    return np.stack(parts[:2], axis=1), parts[2]
