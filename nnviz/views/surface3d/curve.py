"""The cost over one weight, C(w), made ready for drawing: its points, bounds, numbers and name."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.numbers import write
from nnviz.views.shared.ticks import log_ticks, short, some_ticks
from nnviz.views.surface3d.shape import TINY, Array, steady_range

Marks = list[tuple[float, str]]
"""Numbers as they stand along an axis, each with how it is written."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A curve, (n,) each, and the costs at the lower and the upper end within which it is drawn.

    With `log` heights are even in the logarithm of the cost.
    """

    w: Array
    cost: Array
    bottom: float
    top: float
    name: str
    log: bool = False

    def cost_at(self, w: float) -> float:
        """Return the curve's height over a value of the weight."""
        return float(np.interp(w, self.w, self.cost))

    def share(self, w: Array, cost: Array) -> Array:
        """Return how far along both axes points stand, 0..1 inside, (n, 2)."""
        first, last = float(self.w[0]), float(self.w[-1])
        ends = np.array([self.bottom, self.top])
        if self.log:
            cost, ends = np.log10(np.maximum(cost, TINY)), np.log10(ends)
        low, high = ends.tolist()
        return np.stack(((w - first) / (last - first), (cost - low) / (high - low)), axis=-1)

    def marks(self, wide: float, high: float) -> tuple[Marks, Marks]:
        """Return round numbers along both axes, as many as have room, and how each is written."""
        first, last = float(self.w[0]), float(self.w[-1])
        across = some_ticks(first, last, int(min(max(wide / 1.6, 2), 8)))
        if self.log:
            upwards = log_ticks(self.bottom, self.top)
        else:
            bottom = max(self.bottom, min(0.0, float(self.cost.min())))
            upwards = some_ticks(bottom, self.top, int(min(max(high / 2, 2), 6)))
        places = self.share(np.array(across), np.full(len(across), self.top))[:, 0]
        heights = self.share(np.full(len(upwards), first), np.array(upwards))[:, 1]
        costs = [write(cost, 6) if self.log else short(cost, upwards) for cost in upwards]
        weights = [short(w, across) for w in across]
        return (
            _apart(list(zip(across, weights, strict=True)), places, 1 / wide),
            _apart(list(zip(upwards, costs, strict=True)), heights, 1 / high),
        )


def _apart(marks: Marks, places: Array, least: float) -> Marks:
    """Return those numbers whose places, ascending, lie at least so far apart."""
    kept: Marks = []
    last = -np.inf
    for mark, place in zip(marks, places.tolist(), strict=True):
        if place - last >= least:
            kept.append(mark)
            last = place
    return kept


def make_curve(
    w: Array, cost: Array, name: str, before: Curve | None = None, *, log: bool = False
) -> Curve:
    """Prepare a curve for drawing, both (n,); costs that are not finite leave it.

    It keeps the bounds of the one drawn last where it can.
    """
    good = np.isfinite(cost)
    w_drawn, drawn = (w[good], cost[good]) if good.any() else (w, np.full(len(w), 0.5))
    heights = np.log10(np.maximum(drawn, TINY)) if log else drawn
    last = None
    if before is not None and before.log == log:
        ends = np.array([before.bottom, before.top])
        low, high = (np.log10(ends) if log else ends).tolist()
        last = low, high
    low, high = steady_range(float(heights.min()), float(heights.max()), last)
    bottom, top = (10.0**low, 10.0**high) if log else (low, high)
    return Curve(w_drawn, drawn, bottom, top, name, log)
