"""The cost and its slopes at single points of a plane through a network.

The first layer's weighted sums are linear in the parameters, so those at the
plane's origin and along its directions are computed once; a point then costs no
more than the small layers above. Slopes come from backpropagation in the same
pass: the errors of the first layer meet what the directions do to its weighted
sums, the gradient above it meets the directions themselves. All in float64, so
that descent in the plane can be followed to its last digits. Of a big net a few
examples are taken at a time, so that whoever wants an end of it waits for no
more than those.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.backprop import Workspace
from nnviz.engine.network import AT_ONCE, CHUNK, FEWEST, layer_views, views
from nnviz.engine.ops import Array, Plan, run
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.surface.directions import Axes

Places = NDArray[np.float64]

KEPT = 20_000
"""Places whose cost and slopes are remembered: races on a plane go to the same ones again."""


PASSES = 4
"""How many times as long as in training an example takes: forwards and back, in double precision.
"""
PIECE = 2**20
"""Numbers of a vector through all parameters that are brought to double precision at a time."""


def _rows_at_once(recipe: Recipe) -> int:
    """Return how many examples are propagated at a time."""
    return max(FEWEST, min(CHUNK, AT_ONCE // (PASSES * recipe.parameters)))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some of the examples, and what propagates them forwards and backwards."""

    rows: slice
    work: Workspace
    plan: Plan


class PlaneCost:
    """A network's mean cost over a plane, as a function of its one or two coordinates.

    It works in buffers of its own, so it belongs to one thread.
    """

    def __init__(
        self,
        recipe: Recipe,
        theta: Array,
        axes: Axes,
        x: Array,
        y: Array,
        between: Callable[[], object] = lambda: None,
    ) -> None:
        """Freeze the network at theta, (parameters,), the plane's origin.

        The cost is the mean of the examples x (n, inputs) and y (n, outputs). Before some of them
        are propagated `between` is called; what it raises ends the work.
        """
        rows = np.asarray(x, np.float64)
        self._between = between
        # Of the origin and each direction; a single parameter's takes no vector of its own.
        self._sums: list[Places] = []
        self._above: list[tuple[Array, Array] | slice] = []
        with np.errstate(all="ignore"):
            for parameters in (theta, *(() if axes.indices else axes.vectors)):
                w, b = (layers[0].astype(np.float64) for layers in views(recipe, parameters))
                self._sums.append(rows @ w + b)
                self._above.append(_above_the_first(recipe, parameters))
        for index in axes.indices:
            self._sums.append(_sums_along(recipe, index, rows))
            self._above.append(_entry_above_the_first(recipe, index))
        origin = self._above.pop(0)
        assert isinstance(origin, tuple)
        self._origin = origin
        self._there, self._gradient = (np.zeros(sum(map(len, origin))) for _ in range(2))
        desired = np.asarray(y, np.float64)
        self._parts = self._parts_of(replace(recipe, dtype="float64"), desired)
        self._share = self._parts[0].work.cost_share / len(rows)
        self._known: dict[bytes, tuple[float, Places]] = {}

    def _parts_of(self, exact: Recipe, y: Places) -> list[_Part]:
        """Cut the examples, desired outputs (n, outputs), into parts that take a moment each."""
        layers, gradients = (
            _layers_above(exact, vector) for vector in (self._there, self._gradient)
        )
        works: dict[int, Workspace] = {}
        parts: list[_Part] = []
        at_once = _rows_at_once(exact)
        for start in range(0, len(y), at_once):
            desired = y[start : start + at_once]
            if len(desired) not in works:
                works[len(desired)] = Workspace(exact, len(desired), *layers)
            work = works[len(desired)]
            plan = [
                *work.plan_forward(None),
                *work.plan_head(desired),
                *work.plan_backward(None, *gradients, np.array(1 / len(y))),
            ]
            parts.append(_Part(slice(start, start + at_once), work, plan))
        return parts

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
        self._go_to(place)
        total, slopes = 0.0, np.zeros(len(place))
        with np.errstate(all="ignore"):
            for part in self._parts:
                self._between()
                first, work = [sums[part.rows] for sums in self._sums], part.work
                np.copyto(work.z[0], first[0])
                for amount, sums in zip(place, first[1:], strict=True):
                    work.z[0] += amount * sums
                run(part.plan)
                total += float(work.total)
                slopes += [
                    np.vdot(work.delta[0], sums) + self._slope_above(above)
                    for sums, above in zip(first[1:], self._above, strict=True)
                ]
        return total * self._share, slopes

    def _go_to(self, place: Places) -> None:
        """Set the parameters above the first layer to those at one place (axes,)."""
        with np.errstate(all="ignore"):
            for here, origin in _pieces(self._there, self._origin):
                np.copyto(here, origin)
            for amount, above in zip(place, self._above, strict=True):
                if isinstance(above, slice):
                    self._there[above] += amount
                else:
                    for here, along in _pieces(self._there, above):
                        here += amount * along

    def _slope_above(self, above: tuple[Array, Array] | slice) -> float:
        """Return what the parameters above the first layer add to the slope of a direction."""
        if isinstance(above, slice):
            return float(self._gradient[above].sum())
        return sum(float(slopes @ along) for slopes, along in _pieces(self._gradient, above))


def _above_the_first(recipe: Recipe, vector: Array) -> tuple[Array, Array]:
    """Return a flat vector's (weights, biases) above the first layer, as views, each flat."""
    wide = recipe.layers[0] * recipe.layers[1]
    biases = recipe.parameters - sum(recipe.layers[1:])
    return vector[wide:biases], vector[biases + recipe.layers[1] :]


def _pieces(vector: Places, parts: tuple[Array, Array]) -> Iterator[tuple[Places, Array]]:
    """Yield a vector piece by piece, each beside what stands there in the parts that it holds."""
    begun = 0
    for part in parts:
        for start in range(0, len(part), PIECE):
            piece = part[start : start + PIECE]
            yield vector[begun + start : begun + start + len(piece)], piece
        begun += len(part)


def _sums_along(recipe: Recipe, index: int, rows: Places) -> Places:
    """Return what one parameter adds to the first layer's sums per unit, (n, neurons)."""
    sums, place = np.zeros((len(rows), recipe.layers[1])), locate(recipe, index)
    if place.layer == 1:
        sums[:, place.target] = 1 if place.source is None else rows[:, place.source]
    return sums


def _entry_above_the_first(recipe: Recipe, index: int) -> slice:
    """Return where a parameter stands above the first layer: nowhere if it is of that layer."""
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
