"""The plane map: what every neuron answers at fixed points, such as those of a grid.

All buffers are made once, so a net that trains is mapped again and again without making any. Maps
are for the eye: they are worked out in float32 whatever the net's own precision is.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.backprop import Workspace
from nnviz.engine.network import rows_at_once, views
from nnviz.engine.ops import Array, Plan, run
from nnviz.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Plane:
    """A part of the plane: ranges of x₁, left and right, and of x₂."""

    left: float
    right: float
    bottom: float
    top: float

    def share(self, points: Array) -> Array:
        """Return where points (n, 2) are on a map: right and down, 0 to 1, (n, 2)."""
        right = (points[:, 0] - self.left) / (self.right - self.left)
        down = (self.top - points[:, 1]) / (self.top - self.bottom)
        return np.stack((right, down), axis=1)

    def grid(self, side: int) -> Array:
        """Return the middles of a map's pixels, row by row from the top, (side · side, 2)."""
        at = (np.arange(side) + 0.5) / side
        x1 = self.left + (self.right - self.left) * at
        x2 = self.top - (self.top - self.bottom) * at
        return np.stack((np.tile(x1, side), np.repeat(x2, side)), axis=1)


class PlaneMap:
    """The answers of neurons at fixed points.

    Attributes:
        x: the inputs at these points, (points, inputs).
        z: weighted sums of each layer after the input, (points, neurons), as of the last `update`.
        a: activations of the same layers.
    """

    def __init__(self, recipe: Recipe, x: Array, keep: Collection[int] | None = None) -> None:
        """Make the buffers for the inputs x of all points, (points, inputs).

        Of other layers than those to keep, counted from 1 after the input, z and a are those of
        some of the points only: they have one small buffer, which stays in the processor's cache.
        """
        recipe = replace(recipe, dtype="float32")
        self.x = x = np.ascontiguousarray(x, np.float32)
        self._theta = np.zeros(recipe.parameters, np.float32)
        weights, biases = views(recipe, self._theta)
        most = min(rows_at_once(recipe), len(x))
        sizes = [
            (len(x) if keep is None or layer in keep else most, neurons)
            for layer, neurons in enumerate(recipe.layers[1:], start=1)
        ]
        self.z = [np.zeros(size, np.float32) for size in sizes]
        self.a = [np.zeros(size, np.float32) for size in sizes]
        works: dict[int, Workspace] = {}
        self._plan: Plan = []
        for start in range(0, len(x), most):
            part = slice(start, start + most)
            rows = x[part]
            if len(rows) not in works:
                works[len(rows)] = Workspace(recipe, len(rows), weights, biases)
            work = works[len(rows)]
            # It writes where all of them stand, so that nothing has to be copied.
            work.z, work.a = (
                [one[part] if len(one) > most else one[: len(rows)] for one in some]
                for some in (self.z, self.a)
            )
            self._plan += work.plan_forward(rows)

    def update(self, theta: Array) -> None:
        """Work out all answers of a net with other parameters, (parameters,)."""
        np.copyto(self._theta, theta, casting="same_kind")
        with np.errstate(all="ignore"):
            run(self._plan)
