"""What the cost would be if one weight were another: C(w) with its tangent.

All other parameters stay as they are. The costs are exact, computed in double
precision whatever the network's own, so that the curve is smooth however close
one looks. No copy is made of a big net.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.batched.pair import Plane
from nnviz.engine.big_arrays import BIG
from nnviz.engine.explain.forward import parameter_quantity, place_of
from nnviz.engine.network import Network
from nnviz.engine.ops import Array, freeze, frozen
from nnviz.engine.parameters import Parameter
from nnviz.engine.symbols import Quantity
from nnviz.errors import NnvizError
from nnviz.numbers import write


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the curve: a value of the parameter and the cost there."""

    w: float
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class CostLine:
    """C(w) over one parameter.

    Attributes:
        parameter: the weight or bias with its present value.
        values: values of the parameter, (points,), read-only; the present one is among them.
        costs: the mean cost of the examples at each, (points,) float64, read-only.
        slope: ∂C/∂w at the present value.
        present: the present point.
        nudge: what the step adds to the parameter.
        landing: where the step lands, also outside `values`.
        examples: how many examples the costs are averaged over.
    """

    parameter: Quantity
    values: NDArray[np.float64]
    costs: NDArray[np.float64]
    slope: float
    present: Point
    nudge: float
    landing: Point
    examples: int

    def tangent(self, w: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the tangent's height at values of the parameter."""
        # From the present point: slope · w + intercept would cancel digits at a large w.
        return np.asarray(self.present.cost + self.slope * (w - self.present.w))


def explain_line(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    parameter: int,
    *,
    half_width: float = 1.0,
    points: int = 61,
    learning_rate: float | None = None,
    nudge: float | None = None,
) -> CostLine:
    """Compute C(w) around a parameter's present value.

    The cost is that of the examples alone, without the terms of L1 and L2.

    Args:
        network: left alone.
        x: inputs, (n, inputs), n ≥ 1.
        y: desired outputs, (n, outputs).
        parameter: index into theta; `parameters.index_of` finds it.
        half_width: how far the line reaches either side of the present value, > 0.
        points: how many values, at least 3; an even number is raised by one, so that the
            present value is in the middle.
        learning_rate: η of the step; the recipe's without one.
        nudge: what the optimiser would add to the parameter; −η·∂C/∂w without one.
    """
    if not (half_width > 0 and np.isfinite(half_width)) or points < 3:
        raise NnvizError(
            "A line of costs needs a width above 0 and at least 3 points; "
            f"{write(half_width)} and {points} were asked for."
        )
    place = place_of(network.recipe, parameter)
    own = parameter_quantity(network, place)
    eta = network.recipe.learning_rate if learning_rate is None else learning_rate
    # Rounded as the network rounds them, so that curve and tangent see the same examples.
    rows, desired = network.pair(x, y)
    exact = network
    if network.theta.nbytes < BIG:  # of a big net the slope is as exact as its other numbers
        exact = Network(replace(network.recipe, dtype="float64"), network.theta)
    slope = float(slopes_of_examples(exact, rows, desired, place).mean())
    change = -eta * slope if nudge is None else nudge
    middle = points // 2
    offsets = np.arange(-middle, middle + 1) * (half_width / middle)
    values = np.asarray(own.value + offsets)
    costs = costs_along(network, x, y, parameter, [*values, own.value + change])
    present = Point(own.value, float(costs[middle]))
    landing = Point(own.value + change, float(costs[-1]))
    curve = costs[:-1].copy()
    freeze(values, curve)
    return CostLine(own, values, curve, slope, present, change, landing, len(rows))


def costs_along(
    network: Network, x: ArrayLike, y: ArrayLike, parameter: int, values: Sequence[float]
) -> NDArray[np.float64]:
    """Return the mean cost of examples for some values of one parameter, (values,) float64."""
    place = place_of(network.recipe, parameter)
    recipe = replace(network.recipe, dtype="float64")
    rows, desired = network.pair(x, y)
    # A line is a plane whose other parameter stays put: any one into the same neuron will do.
    other = Parameter(place.layer, 0 if place.source is None else None, place.target)
    stays = parameter_quantity(network, other).value
    total = np.zeros(len(values))
    with np.errstate(all="ignore"):
        held = other, np.array([stays])
        plane = Plane(recipe, network.theta, held, (place, np.array(values, np.float64)))
        for _, sums in plane.costs(rows.astype(np.float64), desired.astype(np.float64)):
            total += sums
    return np.asarray(total / len(rows))


def slopes_of_examples(network: Network, x: ArrayLike, y: ArrayLike, place: Parameter) -> Array:
    """Return ∂C_x/∂w of each example, δ^l_j · a^(l−1)_k, (n,) float64, read-only.

    The factors are the network's own, their product is rounded no further, as in `mean_slopes`.
    """
    propagation = network.propagation(x, y)
    slopes = propagation.delta[place.layer - 1][:, place.target].astype(np.float64)
    if place.source is not None:
        below = (np.asarray(x, network.recipe.dtype), *propagation.a)[place.layer - 1]
        slopes *= below[:, place.source]
    return frozen(slopes)
