"""What a run leaves behind for the eye: its cost curve and the trail of its parameters.

Both grow for as long as training goes on, yet keep to a fixed size: when they
are full, neighbours are merged (costs) or every other one is dropped (trail)
and from then on one entry stands for twice as many minibatches. Early steps
are thus shown one by one, millions of steps as a curve of some thousand points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

CURVE_POINTS = 4096
"""Most points of a cost curve; even, so that a full curve halves exactly."""
TRAIL_POINTS = 400
TRAIL_BYTES = 64 * 2**20
"""Most parameter vectors a trail keeps, and the memory they may take."""


@dataclass(frozen=True, slots=True, eq=False)
class CostCurve:
    """The cost of every minibatch so far, `stride` minibatches to a point.

    Attributes:
        stride: minibatches a point stands for.
        steps: step at which each point's last minibatch was done, (points,).
        mean: mean cost of the point's minibatches, (points,).
        low: smallest cost among them, (points,).
        high: largest cost among them, (points,).
    """

    stride: int
    steps: NDArray[np.int64]
    mean: Array
    low: Array
    high: Array

    def until(self, step: int) -> "CostCurve":
        """Return the part of the curve up to a step."""
        end = int(np.searchsorted(self.steps, step, side="right"))
        return CostCurve(
            self.stride, self.steps[:end], self.mean[:end], self.low[:end], self.high[:end]
        )

    def smoothed(self, minibatches: int) -> Array:
        """Return the running mean over about so many minibatches, (points,).

        Near the start the window is as long as there are points, so the curve is never
        shifted against the costs it averages.
        """
        window = max(1, minibatches // self.stride)
        if not len(self.mean):
            return self.mean
        total = np.concatenate(([0.0], np.cumsum(self.mean, dtype=np.float64)))
        index = np.arange(1, len(total))
        start = np.maximum(index - window, 0)
        return np.asarray((total[index] - total[start]) / (index - start))


class CostHistory:
    """Collects minibatch costs into a curve of bounded size."""

    def __init__(self, points: int = CURVE_POINTS) -> None:
        self._points = points + points % 2
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._stride = 1
        self._count = 0
        self._rows = np.zeros((3, self._points))
        self._rest = np.zeros(0)

    def extend(self, costs: Sequence[float]) -> None:
        """Add the costs of the next minibatches, in order."""
        rest = np.concatenate((self._rest, np.asarray(costs, dtype=np.float64)))
        while len(rest) >= self._stride:
            if self._count == self._points:
                self._halve()
                continue
            buckets = min(len(rest) // self._stride, self._points - self._count)
            used = rest[: buckets * self._stride].reshape(buckets, self._stride)
            target = self._rows[:, self._count : self._count + buckets]
            target[0] = used.mean(axis=1)
            target[1] = used.min(axis=1)
            target[2] = used.max(axis=1)
            self._count += buckets
            rest = rest[buckets * self._stride :]
        self._rest = rest

    def _halve(self) -> None:
        pairs = self._rows.reshape(3, -1, 2)
        half = self._points // 2
        self._rows[0, :half] = pairs[0].mean(axis=1)
        self._rows[1, :half] = pairs[1].min(axis=1)
        self._rows[2, :half] = pairs[2].max(axis=1)
        self._count = half
        self._stride *= 2

    def curve(self) -> CostCurve:
        """Return a frozen copy of what was collected; an unfinished point is left out."""
        rows = self._rows[:, : self._count].copy()
        steps = np.arange(1, self._count + 1, dtype=np.int64) * self._stride
        for array in (rows, steps):
            array.flags.writeable = False
        return CostCurve(self._stride, steps, rows[0], rows[1], rows[2])


class Trail:
    """Parameter vectors along the run, evenly spaced, for paths on a cost surface."""

    def __init__(self, parameters: int, dtype: str) -> None:
        size = parameters * np.dtype(dtype).itemsize
        capacity = max(8, min(TRAIL_POINTS, TRAIL_BYTES // size))
        self._thetas = np.zeros((capacity - capacity % 2, parameters), dtype=dtype)
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._stride = 1
        self._count = 0
        self.next_step = 0

    def record(self, step: int, theta: Array) -> None:
        """Keep theta if `step` is one the trail wants; call it at every `next_step`."""
        if step != self.next_step:
            return
        if self._count == len(self._thetas):
            self._thetas[: self._count // 2] = self._thetas[::2].copy()
            self._count //= 2
            self._stride *= 2
        self._thetas[self._count] = theta
        self._count += 1
        self.next_step = self._count * self._stride

    def path_to(self, step: int, theta: Array, parameters: Sequence[int]) -> Array:
        """Return how the given parameters went, up to theta as the present.

        Args:
            step: minibatches done by now; what was recorded later is left out.
            theta: the parameters now, (parameters,).
            parameters: indices into theta.

        Returns:
            (points, len(parameters)), a copy.
        """
        chosen = list(parameters)
        past = min(self._count, step // self._stride + 1)
        return np.concatenate((self._thetas[:past, chosen], theta[np.newaxis, chosen]))
