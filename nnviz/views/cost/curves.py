"""Curves of minibatch costs, thinned to what a panel can show: the band and its running mean."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.run.history import CostCurve
from nnviz.engine.training.epoch_layout import EpochLayout

Array = NDArray[np.floating[Any]]
Line = tuple[Array, Array]
"""x, rising, and y of a line's points, (points,) each."""

MOST_POINTS = 300
"""Points of a line: more than a panel has pixels to tell apart."""


def window(per_epoch: int, step: int) -> int:
    """Return over how many minibatches costs are averaged for a smooth line."""
    return max(per_epoch // 30, step // 100, 1)


def running_mean(curve: CostCurve, epoch_layout: EpochLayout, step: int) -> Array:
    """Return the running mean of the minibatch costs at every point of a curve, (points,)."""
    with np.errstate(all="ignore"):
        return curve.smoothed(window(epoch_layout.per_epoch, step))


def thinned(
    curve: CostCurve, costs: Array, epoch_layout: EpochLayout, first: int = 0, every: int = 1
) -> Line:
    """Return each so-manieth point of a curve from the first on, over the epochs.

    Points are counted from the end, so that the line always reaches the last one.
    """
    points = np.arange(first, len(costs))[::-every][::-1]
    return epoch_layout.epochs(curve.steps[points]), costs[points]


def band(curve: CostCurve, epoch_layout: EpochLayout) -> Line:
    """Return the outline of what lies between the smallest and the largest minibatch costs.

    Where every minibatch has its own point, that is the plain line through them.

    Returns:
        x in epochs and y, at most 2·MOST_POINTS each: the upper side out, the lower back.
    """
    count = len(curve.mean)
    if not count:
        return np.zeros(0), np.zeros(0)
    starts = np.arange(0, count, -(-count // MOST_POINTS))
    low, high = np.minimum.reduceat(curve.low, starts), np.maximum.reduceat(curve.high, starts)
    x = epoch_layout.epochs(curve.steps[starts])
    return np.concatenate((x, x[::-1])), np.concatenate((high, low[::-1]))
