"""Level lines: where a field of values over a grid crosses some levels, in straight pieces."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

ALONE = np.array([0, 0, 1, 2, 2, 1, 0, 0])
"""The corner of a triangle alone on its side of a level, by the bits of those above it.

A line crosses the triangle on that corner's two edges.
"""


def level_lines(height: Array, levels: Array) -> tuple[Array, Array]:
    """Cut a height field (rows, columns) at some levels.

    Each grid cell is two triangles, as in the 3-D mesh, so the lines lie on it exactly, and a
    triangle is crossed in one piece or not at all. Returns pieces in unit coordinates, (pieces,
    2 ends, 2), and their levels, (pieces,).
    """
    corners = triangles(*height.shape)
    values = height.reshape(-1)[corners]
    # Which of a triangle's corners lie above a level, as bits: (levels, triangles).
    above = np.zeros((len(levels), len(corners)), np.uint8)
    for corner in range(3):
        above |= (values[:, corner] > levels[:, np.newaxis]).view(np.uint8) << corner
    which, crossed = np.nonzero((above > 0) & (above < 7))
    alone = ALONE[above[which, crossed]]
    at, start = levels[which], values[crossed, alone]
    first = _places(corners[crossed, alone], height.shape)
    pieces = np.empty((len(which), 2, 2))
    for turn in (1, 2):
        other = (alone + turn) % 3
        share = ((at - start) / (values[crossed, other] - start))[:, np.newaxis]
        second = _places(corners[crossed, other], height.shape)
        pieces[:, turn - 1] = first * (1 - share) + second * share
    return pieces, at


def _places(points: NDArray[np.intp], shape: tuple[int, ...]) -> Array:
    """Return where points of a grid stand in unit coordinates, (n, 2)."""
    rows, columns = shape
    return np.stack(np.divmod(points, columns), axis=-1) / (rows - 1, columns - 1)


def joined(pieces: Array) -> list[Array]:
    """Join pieces (n, 2 ends, 2) that meet into lines (points, 2), closed where they are."""
    keys = np.rint(pieces * 2**20).astype(np.int64)  # equal but for rounding
    _, ends = np.unique(keys[..., 0] * 2**22 + keys[..., 1], return_inverse=True)
    meets: dict[int, list[tuple[int, int]]] = {}
    ends_of = ends.reshape(-1, 2).tolist()
    for piece, (start, end) in enumerate(ends_of):
        meets.setdefault(start, []).append((piece, 0))
        meets.setdefault(end, []).append((piece, 1))
    places = pieces.tolist()
    used = [False] * len(pieces)
    lines = []
    # Open lines from their loose ends first; what is left then are rings.
    for corner in sorted(meets, key=lambda corner: len(meets[corner])):
        for piece, side in meets[corner]:
            if used[piece]:
                continue
            line = [places[piece][side]]
            onward: tuple[int, int] | None = (piece, side)
            while onward is not None:
                piece, side = onward
                used[piece] = True
                line.append(places[piece][1 - side])
                onward = None
                for found in meets[ends_of[piece][1 - side]]:
                    if not used[found[0]]:
                        onward = found
                        break
            lines.append(np.array(line))
    return lines


@cache
def triangles(rows: int, columns: int) -> NDArray[np.intp]:
    """Return the triangles of a grid, two a cell, as indices of its points: (triangles, 3)."""
    corner = (np.arange(rows - 1)[:, np.newaxis] * columns + np.arange(columns - 1)).ravel()
    lower = np.stack((corner, corner + columns, corner + columns + 1), axis=1)
    upper = np.stack((corner, corner + columns + 1, corner + 1), axis=1)
    return np.concatenate((lower, upper))
