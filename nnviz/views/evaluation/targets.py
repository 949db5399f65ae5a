"""What the charts of number targets show: what came out against what was desired."""

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.measure.number_report import NumberReport
from nnviz.views.evaluation import text
from nnviz.views.evaluation.text import Wordings

Floats = NDArray[np.float64]

MOST_TARGETS = 6
"""Targets that have a chart."""


@dataclass(frozen=True, slots=True, eq=False)
class TargetChart:
    """What came out against what was desired, of one target.

    Attributes:
        head, axis: its name and error, and the name of the axis of what is desired.
        low, high: both ends of both axes.
        index: which test examples have a point, (n,).
        desired, actual: where the points stand, in the unit of the file, (n,).
    """

    head: Wordings
    axis: Wordings
    low: float
    high: float
    index: NDArray[np.intp]
    desired: Floats
    actual: Floats


def charts_of(found: NumberReport) -> tuple[TargetChart, ...]:
    """Return a chart for each target."""
    charts = []
    for place, column in enumerate(found.targets[:MOST_TARGETS]):
        desired, actual = found.desired[:, place], found.actual[:, place]
        low, high = bounds(desired, actual)
        known = ~np.isnan(actual)  # what is no number has no place in a chart
        rmse, r2 = float(found.rmse[place]), float(found.r2[place])
        charts.append(
            TargetChart(
                text.of_target(found.targets, place, rmse, r2),
                text.desired_axis(column),
                low,
                high,
                found.index[known],
                desired[known],
                actual[known],
            )
        )
    return tuple(charts)


def bounds(desired: Floats, actual: Floats) -> tuple[float, float]:
    """Return both ends of the axes of a target, the same for desired and actual.

    Outputs that are far astray do not squash the rest: they stand at the edge.
    """
    low, high = float(desired.min()), float(desired.max())
    spread = (high - low) or abs(high) or 1.0
    finite = actual[np.isfinite(actual)]
    if len(finite):
        low = max(min(low, float(finite.min())), low - spread)
        high = min(max(high, float(finite.max())), high + spread)
    return low - 0.05 * spread, high + 0.05 * spread
