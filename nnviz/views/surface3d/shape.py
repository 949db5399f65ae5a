"""A computed cost surface made ready for drawing: heights, range, iso-lines, the path on it.

Both drawings of the surface, the 3-D one and the contour map, are made from the
same relief, so they cannot disagree. Places on it are unit coordinates: 0..1
along w1 and along w2. Costs that are not finite count as the highest.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.views.shared.level_lines import level_lines

Array = NDArray[np.floating[Any]]

LEVELS = 12
"""Iso-lines between the lowest and the highest cost of the range."""
TINY = 1e-12
"""Costs below it count as it where heights are logarithms."""
PATH_STEPS = 160
"""Most pieces that the path is drawn in."""
ROUNDED = 8
"""Costs are rounded to about as many units of the last place of the largest."""
HEIGHT = 1.05
"""Height of the 3-D surface's box, whose base reaches from −1 to 1."""

Range = tuple[float, float]


def steady_range(low: float, high: float, before: Range | None = None) -> Range:
    """Return the range to draw costs of low..high in; low is very near its lower end.

    It does not jump: an end of the range before moves only when the costs make it.
    """
    span = (high - low) or abs(high) or 1.0
    lowest, highest = before or (np.nan, np.nan)
    if not 0 <= low - lowest <= 0.03 * span:
        lowest = low - 0.01 * span
    if not 0 <= highest - high <= 0.5 * span:
        highest = high + 0.06 * span
    return lowest, highest


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """A surface ready to be drawn.

    Attributes:
        w1, w2: the values along its two sides, (rows,) and (columns,).
        height: 0 (lowest cost of the range) to 1, height[i, j] over w1[i], w2[j].
        low, high: the range of costs that heights 0 and 1 stand for.
        iso: iso-line pieces in unit coordinates, (pieces, 2 ends, 2).
        iso_height: each piece's height, (pieces,).
        cost: the costs themselves, cost[i, j] over w1[i], w2[j].
        range: low and high, or their logarithms where heights are even in those.
        log: True where heights are even in the logarithm of the cost.
    """

    w1: Array
    w2: Array
    height: Array
    low: float
    high: float
    iso: Array
    iso_height: Array
    cost: Array
    range: Range
    log: bool = False

    def unit(self, points: Array) -> Array:
        """Turn parameter values (n, 2) into unit coordinates (n, 2)."""
        w1, w2 = self.w1, self.w2
        start = np.array([w1[0], w2[0]], dtype=np.float64)
        span = np.array([w1[-1] - w1[0], w2[-1] - w2[0]], dtype=np.float64)
        return np.asarray((points - start) / np.where(span > 0, span, 1.0))

    def height_at(self, unit: Array) -> Array:
        """Return the surface's height at unit coordinates (n, 2); outside, at its border."""
        return _between(self.height, unit)

    def cost_at(self, unit: Array) -> Array:
        """Return the surface's cost at unit coordinates (n, 2); outside, at its border."""
        return _between(self.cost, unit)

    def height_of(self, cost: Array) -> Array:
        """Return the heights that costs (...) have, also those beyond 0..1."""
        return _height(cost, self.low, self.high, self.log)

    def values(self, unit: Array) -> Array:
        """Turn unit coordinates (n, 2) into parameter values (n, 2): undoes `unit`."""
        w1, w2 = self.w1, self.w2
        start = np.array([w1[0], w2[0]], dtype=np.float64)
        return np.asarray(start + unit * (np.array([w1[-1], w2[-1]], np.float64) - start))

    def slope_at(self, unit: Array, dtype: str = "float64") -> Array:
        """Return the surface's own slopes ∂C/∂w1 and ∂C/∂w2 at one place (2,), (2,).

        A rise that is no more than how costs of a `dtype` are rounded is none.
        """
        cell = 1 / (np.array(self.cost.shape) - 1)
        ends = np.repeat(unit[np.newaxis], 4, axis=0)
        ends += np.array([[-1, 0], [1, 0], [0, -1], [0, 1]]) * cell
        ends = np.clip(ends, 0, 1)
        with np.errstate(all="ignore"):
            costs, run = self.cost_at(ends), self.values(ends)
            across = run[1::2] - run[::2]
            rise, largest = costs[1::2] - costs[::2], np.abs(self.cost).max(initial=0)
            rise[np.abs(rise) <= ROUNDED * np.finfo(dtype).eps * largest] = 0
            return np.asarray(rise / across.diagonal())

    def path(self, values: Array) -> Array:
        """Return the end of a path (points, 2) that lies on this surface, evenly spaced.

        It is the part since the path last came in, in unit coordinates, (n, 2).
        """
        unit = self.unit(np.asarray(values, dtype=np.float64))
        inside = (np.isfinite(unit) & (unit >= 0) & (unit <= 1)).all(axis=1)
        outside = np.flatnonzero(~inside)
        unit = unit[outside[-1] + 1 if len(outside) else 0 :]
        if len(unit) < 2:
            return unit
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(unit, axis=0).T))))
        if along[-1] < 1e-6:
            return unit[-1:]
        pieces = int(np.clip(np.ceil(along[-1] * 80), 2, PATH_STEPS))
        even = np.linspace(0, along[-1], pieces + 1)
        return np.stack([np.interp(even, along, unit[:, axis]) for axis in (0, 1)], axis=1)


def make_relief(
    w1: Array, w2: Array, cost: Array, before: Relief | None = None, *, log: bool = False
) -> Relief | None:
    """Prepare a surface for drawing, cost[i, j] = C(w1[i], w2[j]); None where no cost is finite.

    It keeps the range of the one drawn last where it can.
    """
    cost = np.asarray(cost, dtype=np.float64)
    finite = cost[np.isfinite(cost)]
    if not finite.size:
        return None
    last = before.range if before is not None and before.log == log else None
    if log:
        tiny = np.log10(max(float(finite[finite > 0].min(initial=1.0)), TINY))
        top = np.log10(max(float(finite.max()), 10**tiny))
        ends = steady_range(float(tiny), float(top), last)
        low, high = (float(10**end) for end in ends)
    else:
        ends = low, high = steady_range(float(finite.min()), float(finite.max()), last)
    full = np.nan_to_num(cost, nan=high, posinf=high, neginf=low)
    height = np.clip(_height(full, low, high, log), 0, 1)
    # Around a minimum costs rise with the square of the distance. Even steps of the root
    # therefore make even rings, where even steps of the cost would leave the valley empty.
    levels = (np.arange(1, LEVELS + 1) / (LEVELS + 1)) ** (1 if log else 2)
    iso, iso_height = level_lines(height, levels)
    return Relief(w1, w2, height, low, high, iso, iso_height, cost, ends, log)


def _height(cost: Array, low: float, high: float, log: bool) -> Array:
    if not log:
        return np.asarray((cost - low) / (high - low))
    with np.errstate(all="ignore"):
        return np.asarray(np.log10(np.maximum(cost, TINY) / low) / np.log10(high / low))


def _between(field: Array, unit: Array) -> Array:
    """Interpolate a field (rows, columns) at unit coordinates (n, 2)."""
    rows, columns = field.shape
    place = np.minimum(np.maximum(unit, 0), 1) * (rows - 1, columns - 1)
    low = np.minimum(place.astype(np.intp), (rows - 2, columns - 2))
    (i, j), (u, v) = low.T, (place - low).T
    corner, flat = i * columns + j, field.reshape(-1)
    with np.errstate(all="ignore"):
        along = flat[corner] * (1 - u) + flat[corner + columns] * u
        beyond = flat[corner + 1] * (1 - u) + flat[corner + columns + 1] * u
        return np.asarray(along * (1 - v) + beyond * v)
