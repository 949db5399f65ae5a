"""The way training took, seen from a plane: where, how far beside it, and at what cost.

The way leads through all parameters, the plane through two directions only. So
each point of the way is drawn over its nearest point in the plane, at its own
true cost, and the distance says how much the plane leaves out.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array, freeze
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.surface.directions import Axes

MOST = 120
"""Most points of a way that are drawn, the present included."""


@dataclass(frozen=True, slots=True, eq=False)
class PlanePath:
    """Points of a way, in order; the last one is the present. All arrays are read-only.

    Attributes:
        steps: minibatches done at each, (points,).
        at: coordinates of the plane's point nearest to each, in the units of the surface's
            own grid values, (points, axes).
        distance: Euclidean distance of each from the plane, (points,); 0 lies in it.
        cost: true cost of each over the surface's examples, (points,).
    """

    steps: NDArray[np.int64]
    at: NDArray[np.float64]
    distance: NDArray[np.float64]
    cost: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Extent:
    """Which part of a plane the grid covers, as offsets from the present along each axis.

    Attributes:
        low, high: the first and the last offset, one for each axis.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]


def thinned(trail: Sequence[TrailPoint], most: int = MOST - 1) -> tuple[TrailPoint, ...]:
    """Return at most so many points, evenly spaced, the first and the last included.

    As a trail grows the same points are picked again, until every other one is dropped.
    """
    stride = 1
    while -(-len(trail) // stride) > max(most - 1, 1):
        stride *= 2
    picked = tuple(trail[::stride])
    return picked if not picked or picked[-1] is trail[-1] else (*picked, trail[-1])


def way_to(theta: Array, step: int, trail: Sequence[TrailPoint]) -> tuple[TrailPoint, ...]:
    """Return the points to draw of a way that ends with theta as the present."""
    past = thinned(trail)
    if past and past[-1].step == step and np.array_equal(past[-1].theta, theta):
        past = past[:-1]
    return (*past, TrailPoint(step, theta))


def lay_path(
    axes: Axes,
    way: Sequence[TrailPoint],
    parts: Iterable[Array],
    cost_of: Callable[[TrailPoint], float],
) -> PlanePath:
    """Place a way, the present last, in a plane; its coordinates are offsets from the origin.

    The points' offsets from the origin come in parts, (some points, parameters) each, which are
    written over.
    """
    placed = [axes.nearest(offsets) for offsets in parts]
    at, distance = (np.concatenate(part) for part in zip(*placed, strict=True))
    steps = np.array([point.step for point in way], np.int64)
    cost = np.array([cost_of(point) for point in way], np.float64)
    freeze(steps, at, distance, cost)
    return PlanePath(steps, at, distance, cost)


def fitting(path: Array, half_width: float, before: Extent | None = None) -> Extent:
    """Choose the part of a plane in which a path lies with some room to grow.

    Args:
        path: offsets from the present, (points, axes); those that are not finite do not count.
        half_width: half the smallest width along each axis, > 0.
        before: kept if the path still lies in it and it is not over twice too wide, so that
            a picture that follows training stands still most of the time.
    """
    low, high = [], []
    for axis, offsets in enumerate(path.T):
        good = np.append(offsets[np.isfinite(offsets)], 0.0)
        first, last = float(good.min()), float(good.max())
        if before is not None and axis < len(before.low):
            wide = before.high[axis] - before.low[axis]
            needed = max(2.0 * half_width, 1.3 * (last - first))
            if before.low[axis] <= first and last <= before.high[axis] and wide <= 2 * needed:
                low.append(before.low[axis])
                high.append(before.high[axis])
                continue
        room = max(0.15 * (last - first), half_width - 0.5 * (last - first))
        low.append(first - room)
        high.append(last + room)
    return Extent(tuple(low), tuple(high))
