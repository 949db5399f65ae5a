"""The cost surface C(w1, w2): the live net's cost over two of its parameters.

All other parameters stay frozen at the moment of the request; the cost is the
true mean cost of a fixed sample of examples.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        cost: cost[i, j] = C(w1[i], w2[j]), (points, points).
        present: C at theta itself over the same sample.
        examples: how many examples the costs are averaged over.
    """

    request: PlaneRequest
    w1: Array
    w2: Array
    cost: Array
    present: float
    examples: int
