"""The cost and its slopes at single points of a plane through a network.

The first layer's weighted sums are linear in the parameters, so those at the
plane's origin and along its directions are computed once; a point then costs no
more than the small layers above. Slopes come from backpropagation in the same
pass: the errors of the first layer meet what the directions do to its weighted
sums, the gradient above it meets the directions themselves. All in float64, so
that descent in the plane can be followed to its last digits.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.backprop import Workspace
from nnviz.engine.network import above_the_first, layer_views, views
from nnviz.engine.ops import Array, run
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.surface.directions import Axes

Places = NDArray[np.float64]

KEPT = 20_000
"""Places whose cost and slopes are remembered: races on a plane go to the same ones again."""


class PlaneCost:
    """A network's mean cost over a plane, as a function of its one or two coordinates.

    It works in buffers of its own, so it belongs to one thread.
    """

    def __init__(self, recipe: Recipe, theta: Array, axes: Axes, x: Array, y: Array) -> None:
        """Freeze the network at theta, (parameters,), the plane's origin.

        The cost is the mean of the examples x (n, inputs) and y (n, outputs).
        """
        exact, rows = replace(recipe, dtype="float64"), np.asarray(x, np.float64)
        # Of the origin and each direction; a single parameter's takes no vector of its own.
        self._sums: list[Places] = []
        self._above: list[Array | slice] = []
        with np.errstate(all="ignore"):
            for parameters in (theta, *(() if axes.indices else axes.vectors)):
                w, b = (layers[0].astype(np.float64) for layers in views(recipe, parameters))
                self._sums.append(rows @ w + b)
                self._above.append(above_the_first(recipe, parameters).astype(np.float64))
        for index in axes.indices:
            self._sums.append(_sums_along(recipe, index, rows))
            self._above.append(_entry_above_the_first(recipe, index))
        self._origin = np.asarray(self._above.pop(0))
        self._there, self._gradient = (np.zeros_like(self._origin) for _ in range(2))
        self._work = Workspace(exact, len(rows), *_layers_above(recipe, self._there))
        gradients = _layers_above(recipe, self._gradient)
        self._plan = [
            *self._work.plan_forward(None),
            *self._work.plan_head(np.asarray(y, np.float64)),
            *self._work.plan_backward(None, *gradients, np.array(1 / len(rows))),
        ]
        self._share = self._work.cost_share / len(rows)
        self._known: dict[bytes, tuple[float, Places]] = {}

    def cost(self, offsets: Places) -> Places:
        """Return the mean cost at places (..., axes), offsets from the origin: (...)."""
        flat = offsets.reshape(-1, offsets.shape[-1])
        costs = [self._at(place)[0] for place in flat]
        return np.array(costs, np.float64).reshape(offsets.shape[:-1])

    def gradient(self, offsets: Places) -> Places:
        """Return ∂C/∂α of each coordinate α at places (..., axes), of the same shape."""
        flat = offsets.reshape(-1, offsets.shape[-1])
        return np.array([self._at(place)[1] for place in flat]).reshape(offsets.shape)

    def _at(self, place: Places) -> tuple[float, Places]:
        """Return the cost and the slopes (axes,) at one place (axes,)."""
        key = place.tobytes()
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = self._computed(place)
        return self._known[key]

    def _computed(self, place: Places) -> tuple[float, Places]:
        """Propagate forwards and backwards: ∂C/∂α = Σ δ¹·∂z¹/∂α + Σ ∂C/∂w·∂w/∂α above."""
        if not np.isfinite(place).all():
            return np.nan, np.full(len(place), np.nan)
        work = self._work
        with np.errstate(all="ignore"):
            np.copyto(work.z[0], self._sums[0])
            np.copyto(self._there, self._origin)
            for amount, sums, above in zip(place, self._sums[1:], self._above, strict=True):
                work.z[0] += amount * sums
                if isinstance(above, slice):
                    self._there[above] += amount
                else:
                    self._there += amount * above
            run(self._plan)
            slopes = [
                np.vdot(work.delta[0], sums)
                + (
                    self._gradient[above].sum()
                    if isinstance(above, slice)
                    else self._gradient @ above
                )
                for sums, above in zip(self._sums[1:], self._above, strict=True)
            ]
        return float(work.total) * self._share, np.array(slopes)


def _sums_along(recipe: Recipe, index: int, rows: Places) -> Places:
    """Return what one parameter adds to the first layer's sums per unit, (n, neurons)."""
    sums, place = np.zeros((len(rows), recipe.layers[1])), locate(recipe, index)
    if place.layer == 1:
        sums[:, place.target] = 1 if place.source is None else rows[:, place.source]
    return sums


def _entry_above_the_first(recipe: Recipe, index: int) -> slice:
    """Return where a parameter stands in `above_the_first`: nowhere if it is of that layer."""
    place = locate(recipe, index)
    if place.layer == 1:
        return slice(0, 0)
    wide, neurons = recipe.layers[0] * recipe.layers[1], recipe.layers[1]
    start = index - wide - (neurons if place.source is None else 0)
    return slice(start, start + 1)


def _layers_above(recipe: Recipe, vector: Array) -> tuple[list[Array], list[Array]]:
    """Return (weights, biases) of every layer as views of what stands above the first.

    The vector holds the weights above the first layer, then the biases; the first layer's own,
    which are in its weighted sums already, are no numbers at all.
    """
    weights, biases = layer_views(recipe.layers[1:], vector)
    return [np.zeros((0, 0)), *weights], [np.zeros(0), *biases]
