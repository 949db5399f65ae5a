"""The cost surface C(w1, w2): the live net's cost over two of its parameters.

All other parameters stay frozen at the moment of the request; the cost is the
true mean cost of a fixed sample of examples.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.network import Network
from nnviz.engine.plane import Plane, locate
from nnviz.engine.recipe import Recipe

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class PlaneRequest:
    """Which surface is wanted.

    Attributes:
        generation: counts a view's requests; answers to older ones are stale.
        run: the run the parameters come from, as in `Snapshot.run`.
        recipe: of that run.
        step: minibatches done at theta.
        theta: all parameters at that moment, read-only, (parameters,).
        first, second: indices into theta of w1 and w2.
        half_width: the grid reaches this far either side of the present w1 and w2.
        points: grid points along each side.
        sample: how many test examples the cost is averaged over.
    """

    generation: int
    run: int
    recipe: Recipe
    step: int
    theta: Array
    first: int
    second: int
    half_width: float
    points: int
    sample: int


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """A computed surface.

    Attributes:
        request: what was asked.
        w1: the first parameter's values, (points,).
        w2: the second's, (points,).
        cost: cost[i, j] = C(w1[i], w2[j]), (points, points) float64.
        present: C at theta itself over the same sample.
        examples: how many examples the costs are averaged over.
    """

    request: PlaneRequest
    w1: Array
    w2: Array
    cost: Array
    present: float
    examples: int


def survey(
    request: PlaneRequest, x: Array, y: Array, cancelled: Callable[[], bool] = lambda: False
) -> Landscape | None:
    """Compute the mean cost on a grid around the present values of two parameters.

    Args:
        request: which parameters, how far and how fine; its theta is left alone.
        x: inputs of the examples, (n, inputs), n ≥ 1; of more than `request.sample` that
            many are taken, evenly spread.
        y: their desired outputs, (n, outputs).
        cancelled: asked every few milliseconds; True ends the work.

    Returns:
        The surface, its costs equal to `Network.cost` with the two parameters
        replaced; None when cancelled.
    """
    dtype = np.dtype(request.recipe.dtype)
    if len(x) > request.sample:
        # Spread over the whole set, which may be sorted by class.
        rows = np.linspace(0, len(x) - 1, request.sample).round().astype(np.intp)
        x, y = x[rows], y[rows]
    x, y = np.asarray(x, dtype), np.asarray(y, dtype)
    offsets = np.linspace(-request.half_width, request.half_width, request.points)
    w1, w2 = (
        (float(request.theta[index]) + offsets).astype(dtype)
        for index in (request.first, request.second)
    )
    first, second = (locate(request.recipe, index) for index in (request.first, request.second))
    # The outer loop runs over the parameter that stands first in the network.
    swapped = first.layer > second.layer
    outer, inner = ((second, w2), (first, w1)) if swapped else ((first, w1), (second, w2))
    total = np.zeros((request.points, request.points))
    with np.errstate(all="ignore"):
        plane = Plane(request.recipe, request.theta, outer, inner)
        for row, sums in plane.costs(x, y):
            if cancelled():
                return None
            total[row] += sums
        present = Network(request.recipe, request.theta).cost(x, y)
    total /= len(x)
    return Landscape(request, w1, w2, total.T if swapped else total, present, len(x))
