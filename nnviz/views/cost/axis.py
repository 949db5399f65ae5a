"""Axes of the cost plot: round bounds that hold still, and labels such as 0.03, 0.1, 0.3.

A plot whose axes follow every frame cannot be read. Bounds are therefore round
numbers that only ever grow during a run. With a logarithmic scale the plot's
own coordinate is log₁₀ of the cost, and the labels turn it back.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from nnviz.numbers import write

MANTISSAS: tuple[tuple[float, ...], ...] = (
    (1.0,),
    (1.0, 3.0),
    (1.0, 2.0, 5.0),
    (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0),
    tuple(np.arange(10, 100) / 10),
)
"""Digits that labels of a logarithmic scale may begin with, from few to many."""
ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Digits that a bound may begin with."""


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


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return the costs to label between two costs on a logarithmic scale.

    Args:
        low: lower bound, positive.
        high: upper bound.
        most: labels there is room for.
    """
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    found: list[float] = []
    for digits in MANTISSAS:
        ticks = np.sort(np.outer(powers, digits).ravel())
        ticks = ticks[(ticks >= low * (1 - 1e-9)) & (ticks <= high * (1 + 1e-9))]
        if found and len(ticks) > most:
            break
        found = ticks.tolist()
    while len(found) > max(most, 2):
        found = found[::2]
    return found


def label(value: float) -> str:
    """Write a cost or an epoch without useless digits."""
    return write(value, 4)


class CostAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis with plain labels, linear or logarithmic.

    Attributes:
        logarithmic: True where the plot's coordinate is log₁₀ of the value.
    """

    logarithmic = False

    def tickValues(self, low: float, high: float, size: float) -> list[Any]:
        """Return where labels stand, as pyqtgraph asks: (spacing, values) by level."""
        if not self.logarithmic:
            return list(super().tickValues(low, high, size)[:1])
        line = 2.2 * self.style["tickFont"].pixelSize() if self.style["tickFont"] else 30
        ticks = log_ticks(10.0**low, 10.0**high, max(2, int(size / line)))
        return [(1.0, [float(np.log10(tick)) for tick in ticks])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of these coordinates."""
        if self.logarithmic:
            return [label(round(10.0**value, 9)) for value in values]
        return [label(round(value, 9)) for value in values]


LEAST_END = 0.005
"""Epochs that the axis shows at least: of less nobody can read the labels."""


class Bounds:
    """What a plot shows of x and y: round numbers that only grow while a run lasts."""

    def __init__(self) -> None:
        self.end, self.low, self.high = 0.0, np.inf, 0.0

    def include(self, epoch: float, costs: NDArray[np.floating[Any]]) -> None:
        """Make room for a moment and for costs; those that are no numbers do not count."""
        if epoch > self.end:
            self.end = max(round_up(epoch), LEAST_END)
        finite = costs[np.isfinite(costs) & (costs > 0)]
        if len(finite):
            self.high = max(self.high, round_up(float(finite.max())))
            self.low = min(self.low, round_down(float(finite.min())))

    def y(self, *, logarithmic: bool) -> tuple[float, float]:
        """Return the lower and upper end of the axis in the plot's coordinate."""
        if not self.high:
            return (-1.0, 0.0) if logarithmic else (0.0, 1.0)
        if not logarithmic:
            return 0.0, self.high
        low = min(self.low, self.high / 2)
        return float(np.log10(low)), float(np.log10(self.high))
