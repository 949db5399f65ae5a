"""The cost and its slopes at single points of a plane through a network.

The first layer's weighted sums are linear in the parameters, so those at the
plane's origin and along its directions are computed once; a point then costs no
more than the small layers above. Slopes come from backpropagation: the errors of
the first layer meet what the directions do to its weighted sums, the gradient
above it meets the directions themselves. All in float64, so that descent in the
plane can be followed to its last digits.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.directions import Axes
from nnviz.engine.network import Network, views
from nnviz.engine.plan import Array
from nnviz.engine.recipe import ALL, Recipe

Places = NDArray[np.float64]


class PlaneCost:
    """A network's mean cost over a plane, as a function of its one or two coordinates."""

    def __init__(self, recipe: Recipe, theta: Array, axes: Axes, x: Array, y: Array) -> None:
        """Freeze the network.

        Args:
            recipe: of the network.
            theta: its parameters, (parameters,), the plane's origin; left alone.
            axes: the directions.
            x: inputs of the examples the cost is averaged over, (n, inputs).
            y: their desired outputs, (n, outputs).
        """
        self._y = np.asarray(y, np.float64)
        hidden = recipe.layers[1]
        # The layers above the first, with the first one's weighted sums for inputs.
        self._recipe = replace(
            recipe, layers=(hidden, *recipe.layers[1:]), dtype="float64", trained=ALL
        )
        inputs, rows = recipe.layers[0] * hidden, np.asarray(x, np.float64)
        above = sum(k * j for k, j in pairwise(recipe.layers))
        unit = np.eye(hidden).ravel()
        self._sums: list[Array] = []
        self._above: list[Array] = []
        directions = axes.vectors if len(axes.vectors) else np.zeros((axes.count, len(theta)))
        for axis, index in enumerate(axes.indices):
            directions[axis, index] = 1
        for parameters in (theta, *directions):
            vector = np.asarray(parameters, np.float64)
            w, b = (layers[0] for layers in views(recipe, vector))
            self._sums.append(rows @ w + b)
            own = np.zeros(hidden)  # the first layer's biases are in its sums already
            first = unit if not self._above else np.zeros_like(unit)
            rest = vector[inputs:above], own, vector[above + hidden :]
            self._above.append(np.concatenate((first, *rest)))

    def cost(self, offsets: Places) -> Places:
        """Return the mean cost at places (..., axes), offsets from the origin: (...)."""
        flat = offsets.reshape(-1, offsets.shape[-1])
        costs = [self._network(place).cost(self._at(self._sums, place), self._y) for place in flat]
        return np.array(costs, np.float64).reshape(offsets.shape[:-1])

    def gradient(self, offsets: Places) -> Places:
        """Return ∂C/∂α of each coordinate α at places (..., axes), of the same shape."""
        flat = offsets.reshape(-1, offsets.shape[-1])
        return np.array([self._slopes(place) for place in flat]).reshape(offsets.shape)

    def _slopes(self, place: Places) -> Places:
        """Return ∂C/∂α = Σ δ¹·∂z¹/∂α + Σ ∂C/∂w·∂w/∂α of the layers above, (axes,)."""
        network, z = self._network(place), self._at(self._sums, place)
        errors = network.passage(z, self._y).delta[0] / len(z)
        gradient = network.gradient(z, self._y)
        return np.array(
            [
                np.vdot(errors, sums) + gradient @ above
                for sums, above in zip(self._sums[1:], self._above[1:], strict=True)
            ]
        )

    def _network(self, place: Places) -> Network:
        return Network(self._recipe, self._at(self._above, place))

    @staticmethod
    def _at(parts: list[Array], place: Places) -> Array:
        """Return what stands at the origin plus the directions' parts."""
        there = parts[0].copy()
        for w, part in zip(place, parts[1:], strict=True):
            there += w * part
        return there
