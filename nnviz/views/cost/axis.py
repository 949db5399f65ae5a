"""Axes of the cost plot, with labels such as 0.03, 0.1, 0.3 that have room.

With a logarithmic scale the plot's own coordinate is log₁₀ of the cost, and the
labels turn it back.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from nnviz.numbers import write

MANTISSAS: tuple[tuple[float, ...], ...] = (
    (1.0,),
    (1.0, 3.0),
    (1.0, 2.0, 5.0),
    (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0),
    tuple(np.arange(10, 100) / 10),
)
"""Digits that labels of a logarithmic scale may begin with, from few to many."""
OFFSET = 0.45
"""Between a label and the axis, in heights of a letter."""
BEYOND = 0.6
"""How far a label may reach beyond the ends of its axis, in heights of a letter."""


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most so many costs to label between two positive ones on a logarithmic scale."""
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


def linear_ticks(low: float, high: float, spacing: float) -> list[float]:
    """Return the multiples of a spacing between two values, both included."""
    first, last = np.ceil(low / spacing - 1e-9), np.floor(high / spacing + 1e-9)
    return [float(number * spacing) for number in np.arange(first, last + 1)]


def coarser(spacing: float) -> float:
    """Return the next spacing after 1, 2 or 5 times a power of ten."""
    digit = round(spacing / 10.0 ** np.floor(np.log10(spacing) + 1e-9))
    return spacing * (2.5 if digit == 2 else 2.0)


class CostAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis with plain labels; logarithmic where its coordinate is log₁₀ of the value."""

    logarithmic = False

    def tickValues(self, low: float, high: float, size: float) -> list[Any]:
        """Return where labels stand, as pyqtgraph asks: (spacing, values) by level."""
        if self.logarithmic:
            ticks = log_ticks(10.0**low, 10.0**high, max(2, int(size / (2.2 * self._letter))))
            places = [float(np.log10(tick)) for tick in ticks]
            return [(1.0, places if self._apart(places, (high - low) / size) else places[:1])]
        spacing, values = super().tickValues(low, high, size)[0]
        while len(values) > 1 and not self._apart(values, (high - low) / size):
            spacing = coarser(spacing)
            values = linear_ticks(low, high, spacing)
        return [(spacing, values)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of these coordinates."""
        costs = [10.0**value for value in values] if self.logarithmic else values
        return [write(cost, 4, decimals=9) for cost in costs]

    def boundingRect(self) -> QRectF:
        """Return where labels may stand: also at both ends, half of them beyond."""
        beyond = BEYOND * self._letter if self.style["tickFont"] else 0.0
        across = self.orientation == "bottom"
        x, y = (beyond, 0.0) if across else (0.0, beyond)
        return QRectF(super().boundingRect()).adjusted(-x, -y, x, y)

    def width_for(self, low: float, high: float, size: float) -> float:
        """Return how wide the labels between two coordinates are, with what keeps them apart."""
        metrics = QFontMetricsF(self.style["tickFont"])
        labels = self.tickStrings(self.tickValues(low, high, size)[0][1], 1.0, 1.0)
        # pyqtgraph leaves out what it measures to be a pixel too wide.
        widest = max((metrics.horizontalAdvance(text) for text in labels), default=0.0)
        return widest + OFFSET * self._letter + 4

    @property
    def _letter(self) -> int:
        """Height of a letter."""
        return int(self.style["tickFont"].pixelSize())

    def _apart(self, values: list[float], pixel: float) -> bool:
        """Tell whether the labels of these coordinates stand apart; `pixel` is one in theirs."""
        if self.orientation == "left":
            sizes = np.full(len(values), 1.1 * self._letter)
        else:
            metrics = QFontMetricsF(self.style["tickFont"])
            labels = self.tickStrings(values, 1.0, 1.0)
            sizes = np.array([metrics.horizontalAdvance(text) + self._letter for text in labels])
        room = np.diff(values) / pixel
        return bool((room >= (sizes[1:] + sizes[:-1]) / 2).all())
