"""Bounds of the cost plot: round numbers that hold still, and only grow while a run lasts.

A plot whose axes follow every frame cannot be read.
"""

from dataclasses import dataclass

import numpy as np

from nnviz.views.cost.curves import Array

ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Digits that a bound may begin with."""
LEAST_END = 0.005
"""Epochs that the axis shows at least: of less nobody can read the labels."""


def round_up(value: float) -> float:
    """Return the next round number at or above a positive value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(power * next(end for end in ENDS if end * power >= value * (1 - 1e-9)))


def round_down(value: float) -> float:
    """Return the next round number at or below a positive value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(
        power * next(end for end in reversed(ENDS[:-1]) if end * power <= value * (1 + 1e-9))
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a plot shows: its last epoch, lowest positive and highest cost; 0, ∞ and 0 at first."""

    end: float = 0.0
    low: float = float("inf")
    high: float = 0.0

    def including(self, epoch: float, costs: Array) -> "Bounds":
        """Return bounds with room for a moment and for costs; what is no number does not count."""
        end = max(round_up(epoch), LEAST_END) if epoch > self.end else self.end
        positive = costs[np.isfinite(costs) & (costs > 0)]
        if not len(positive):
            return Bounds(end, self.low, self.high)
        return Bounds(
            end,
            min(self.low, round_down(float(positive.min()))),
            max(self.high, round_up(float(positive.max()))),
        )

    def costs(self, *, log: bool) -> tuple[float, float]:
        """Return the costs at the lower and the upper end of the axis."""
        if not self.high:
            return (0.1, 1.0) if log else (0.0, 1.0)
        return (min(self.low, self.high / 2), self.high) if log else (0.0, self.high)
