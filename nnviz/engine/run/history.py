"""What a run leaves behind for the eye: its cost curve and the trail of its parameters.

Both grow for as long as training goes on, yet keep to a fixed size: when they
are full, neighbours are merged (costs) or every other one is dropped (trail)
and from then on one entry stands for twice as many minibatches. Early steps
are thus shown one by one, millions of steps as a curve of some thousand points.
A run that was rewound and changed has a curve in pieces, each with points of
its own length; they join into one without a gap.
"""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.big_arrays import copied
from nnviz.engine.ops import Array, frozen
from nnviz.engine.run.record import CostRecord

CURVE_POINTS = 4096
"""Most points of a cost curve; even, so that a full curve halves exactly."""
TRAIL_POINTS = 400
TRAIL_BYTES = 32 * 2**20
"""Most parameter vectors a trail keeps, and the memory they may take."""
FEWEST_POINTS = 4
"""Parameter vectors that a trail keeps whatever they take."""


@dataclass(frozen=True, slots=True, eq=False)
class CostCurve:
    """The costs of all minibatches after one step, some minibatches to a point.

    A point stands for the minibatches since the point before it, the first for those since
    `origin`.

    Attributes:
        steps: step at which each point's last minibatch was done, (points,).
        mean: mean cost of the point's minibatches, (points,).
        low: smallest cost among them, (points,).
        high: largest cost among them, (points,).
        origin: minibatches done before the first one.
    """

    steps: NDArray[np.int64]
    mean: Array
    low: Array
    high: Array
    origin: int = 0

    @property
    def edges(self) -> NDArray[np.int64]:
        """The steps between which the points' minibatches lie, (points + 1,)."""
        return np.concatenate((np.array([self.origin], dtype=np.int64), self.steps))

    def until(self, step: int) -> "CostCurve":
        """Return the part of the curve up to a step.

        A point that reaches beyond the step is cut short and keeps its mean: the costs
        within it are not known one by one.
        """
        count = int(np.searchsorted(self.edges[:-1], step, side="left"))
        steps = self.steps[:count]
        if count and steps[-1] > step:
            steps = frozen(np.append(steps[:-1], step))
        return CostCurve(steps, self.mean[:count], self.low[:count], self.high[:count], self.origin)

    def joined(self, later: "CostCurve") -> "CostCurve":
        """Return this curve and behind it one that begins where it ends."""
        return CostCurve(
            frozen(np.concatenate((self.steps, later.steps))),
            frozen(np.concatenate((self.mean, later.mean))),
            frozen(np.concatenate((self.low, later.low))),
            frozen(np.concatenate((self.high, later.high))),
            later.origin if len(later.steps) and not len(self.steps) else self.origin,
        )

    def smoothed(self, minibatches: int) -> Array:
        """Return the running mean over about so many minibatches, (points,).

        Near the start the window is as long as there are minibatches, so the curve is never
        shifted against the costs it averages. Costs that are no finite numbers have no mean
        and are left out of that of others.
        """
        edges = self.edges
        good = np.isfinite(self.mean)
        weight = np.diff(edges) * good
        total = _running(np.where(good, self.mean, 0.0) * weight)
        count = _running(weight)
        end = np.arange(1, len(edges))
        start = np.minimum(np.searchsorted(edges, edges[1:] - minibatches), end - 1)
        means = (total[end] - total[start]) / np.maximum(count[end] - count[start], 1)
        return np.asarray(np.where(good, means, self.mean))


def _running(values: Array) -> NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))


class CostHistory:
    """Collects the costs of the minibatches after one step into a curve of bounded size."""

    def __init__(self, origin: int = 0, points: int = CURVE_POINTS) -> None:
        """Begin with nothing, after `origin` minibatches; the curve has so many points at most."""
        self._origin = origin
        self._points = points + points % 2
        self._stride = 1
        self._filled = 0
        self._rows = np.zeros((3, self._points))
        self._rest = np.zeros(0)

    @staticmethod
    def of(record: CostRecord) -> "CostHistory":
        """Return a history that goes on where a record was taken."""
        points = record.rows.shape[1]
        history = CostHistory(record.origin, max(CURVE_POINTS, points))
        history._stride, history._filled = record.stride, points
        history._rows[:, :points] = record.rows
        history._rest = np.array(record.rest, dtype=np.float64)
        return history

    def record(self) -> CostRecord:
        """Return all that was collected."""
        rows = self._rows[:, : self._filled].copy()
        return CostRecord(self._origin, self._stride, frozen(rows), frozen(self._rest.copy()))

    @property
    def count(self) -> int:
        """How many costs were given to it in all."""
        return self._filled * self._stride + len(self._rest)

    def extend(self, costs: Sequence[float]) -> None:
        """Add the costs of the next minibatches, in order."""
        rest = np.concatenate((self._rest, np.asarray(costs, dtype=np.float64)))
        while len(rest) >= self._stride:
            if self._filled == self._points:
                self._halve()
                continue
            buckets = min(len(rest) // self._stride, self._points - self._filled)
            used = rest[: buckets * self._stride].reshape(buckets, self._stride)
            self._rows[:, self._filled : self._filled + buckets] = _summary(used)
            self._filled += buckets
            rest = rest[buckets * self._stride :]
        self._rest = rest

    def _halve(self) -> None:
        pairs = self._rows.reshape(3, -1, 2)
        half = self._points // 2
        self._rows[0, :half] = pairs[0].mean(axis=1)
        self._rows[1, :half] = pairs[1].min(axis=1)
        self._rows[2, :half] = pairs[2].max(axis=1)
        self._filled = half
        self._stride *= 2

    def curve(self) -> CostCurve:
        """Return a frozen copy of what was collected; the last point may be unfinished."""
        rows = self._rows[:, : self._filled]
        steps = np.arange(1, self._filled + 1, dtype=np.int64) * self._stride
        if len(self._rest):
            rows = np.concatenate((rows, _summary(self._rest[np.newaxis])), axis=1)
            steps = np.append(steps, self.count)
        rows = frozen(rows.copy())
        return CostCurve(frozen(steps + self._origin), rows[0], rows[1], rows[2], self._origin)


def _summary(costs: Array) -> Array:
    """Return mean, smallest and largest of every row, (3, rows)."""
    return np.stack((costs.mean(axis=1), costs.min(axis=1), costs.max(axis=1)))


@dataclass(frozen=True, slots=True, eq=False)
class TrailPoint:
    """The parameters at one step of a run.

    Attributes:
        step: minibatches done.
        theta: all parameters there, (parameters,), read-only; the same object for as long as
            the trail keeps it, so that what is known of it can be remembered.
    """

    step: int
    theta: Array


class Trail:
    """Parameter vectors along the run, about evenly spaced, for paths on a cost surface.

    Attributes:
        next_step: the next step at which it wants a vector.
    """

    def __init__(self, parameters: int, dtype: str) -> None:
        size = parameters * np.dtype(dtype).itemsize
        capacity = max(FEWEST_POINTS, min(TRAIL_POINTS, TRAIL_BYTES // size))
        self._capacity = capacity - capacity % 2
        self._dtype = dtype
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._stride = 1
        self._points: list[TrailPoint] = []
        self.next_step = 0

    def record(self, step: int, theta: Array) -> None:
        """Keep theta if `step` is one the trail wants; call it at every `next_step`.

        Parameters that are read-only, as those of a keyframe, are shared; others are copied.
        """
        if step < self.next_step:
            return
        if len(self._points) == self._capacity:
            self._points = self._points[::2]
            self._stride *= 2
        kept = theta.astype(self._dtype, copy=False)
        if kept is theta and theta.flags.writeable:
            kept = copied(theta)
        self._points.append(TrailPoint(step, frozen(kept)))
        self.next_step = step + self._stride

    def cut(self, step: int) -> None:
        """Forget what lies after a step: from there on the run takes another way."""
        del self._points[self._past(step) :]
        # As finely spaced from here on as if the run had never been longer.
        while self._stride > 1 and step < self._capacity * self._stride // 2:
            self._stride //= 2
        last = self._points[-1].step if self._points else -self._stride
        self.next_step = max(last + self._stride, 0)

    def points_to(self, step: int) -> tuple[TrailPoint, ...]:
        """Return what was kept up to a step, in order; the vectors are shared, not copied."""
        return tuple(self._points[: self._past(step)])

    def _past(self, step: int) -> int:
        """Return how many of the points kept lie at or before a step."""
        return bisect_right(self._points, step, key=lambda point: point.step)
