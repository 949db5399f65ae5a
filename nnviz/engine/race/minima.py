"""Where a plane through a network is lowest: the bottoms of its valleys, to the last digits.

A grid shows where to look; Newton's method on the exact slopes leads down from
there. What has no bottom, a plateau, a saddle or a valley that is level along
its floor, is refused.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.race.descent import AT_REST
from nnviz.engine.race.valleys import Grid

Places = NDArray[np.float64]

MINIMA = 4
"""Most minima of a plane that are marked, the lowest."""
REFINEMENTS = 12
"""Newton steps from the lowest grid point of a valley to its bottom, at most."""
REACH = 3
"""Grid points between the lowest one of a valley and its bottom, at most."""
BEND = 0.01
"""Curvatures are measured across this share of the way that a bottom may be away."""
FLAT = 1e-7
"""A valley that is so much flatter along than across has no bottom that could be found."""


def minima_of(
    grid: Grid, cost: Callable[[Places], Places], slope: Callable[[Places], Places]
) -> list[Places]:
    """Find the bottoms of the valleys inside a grid.

    `cost` and `slope` return the exact C and ∂C/∂w, (axes,), at a place (axes,).

    Returns:
        At most MINIMA places (axes,), the lowest first, none within AT_REST of another.
    """
    sides = [side for side in (grid.w1, grid.w2) if len(side)]
    costs = grid.cost if len(sides) == 2 else grid.cost[:, 0]
    inner = costs[(slice(1, -1),) * costs.ndim]
    lowest = np.ones(inner.shape, bool)
    for shift in np.ndindex(*(3,) * costs.ndim):
        if any(step != 1 for step in shift):
            near = tuple(
                slice(step, len(side) - 2 + step) for step, side in zip(shift, sides, strict=True)
            )
            lowest &= inner < costs[near]
    places = sorted(np.argwhere(lowest) + 1, key=lambda place: float(costs[tuple(place)]))
    cell = np.array([side[1] - side[0] for side in sides])
    apart = AT_REST * max(float(side[-1] - side[0]) for side in sides)
    found: list[Places] = []
    for place in places[:MINIMA]:
        at = np.array([side[i] for side, i in zip(sides, place, strict=True)])
        bottom = bottom_near(slope, at, REACH * cell)
        if bottom is not None and not among(found, bottom, apart):
            found.append(bottom)
    return sorted(found, key=lambda one: float(cost(one)))


def among(places: Iterable[Places], place: Places, apart: float) -> bool:
    """Tell whether a place is one of some places, which lie further apart than that."""
    return any(float(np.linalg.norm(place - other)) <= apart for other in places)


def bottom_near(slope: Callable[[Places], Places], at: Places, cell: Places) -> Places | None:
    """Walk from a low place to where the slope is zero, by Newton's method.

    Args:
        slope: returns ∂C/∂w at a place (axes,).
        at: the place, (axes,).
        cell: how far the bottom lies away at most along each axis, (axes,).

    Returns:
        The bottom; None where there is none, but the edge of something flat or a saddle.
    """
    middle = at.copy()
    for _ in range(REFINEMENTS):
        rows = [
            (slope(at + aside) - slope(at - aside)) / (2 * BEND * length)
            for aside, length in zip(np.diag(BEND * cell), cell, strict=True)
        ]
        curvature = np.add(rows, np.transpose(rows)) / 2
        if not np.isfinite(curvature).all():
            return None
        sizes = np.linalg.eigvalsh(curvature)
        if sizes.min() <= FLAT * max(sizes.max(), 0.0):
            return None
        step = np.linalg.solve(curvature, slope(at))
        at = np.clip(at - step, middle - cell, middle + cell)
        if (np.abs(step) < 1e-9 * cell).all():
            break
    # Where slopes have kinks, as with ReLU, the last steps go to and fro a little.
    arrived = (np.abs(step) < 1e-2 * cell).all() and (np.abs(at - middle) < cell).all()
    return at if arrived else None
