"""The cost surface C(w1, w2): the live net's cost over two of its parameters.

All other parameters stay frozen at the moment of the request; the cost is the
true mean cost of a fixed sample of examples. A parameter into neuron j changes
one column of that layer's weighted sums and nothing before it, so only what
the two touch is computed again: the layers before once, the layer after as
"the others' part plus this neuron's activation times its outgoing weights",
and of an output neuron only its own share of the cost. Nothing is approximated.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network, views
from nnviz.engine.recipe import Recipe

Array = NDArray[np.floating[Any]]

BUFFER = 16_384
"""Numbers worked on at a time: a few such buffers stay in a core's own cache."""
FEWEST_ROWS = 16
"""Examples taken at a time at least, so that wide layers still multiply matrices."""


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


@dataclass(frozen=True, slots=True)
class Parameter:
    """Where a parameter stands in the network.

    Attributes:
        layer: which layer's neuron it feeds; 0 is the first after the input.
        source: the neuron of the layer before that it weighs, or None for a bias.
        target: the neuron it feeds.
    """

    layer: int
    source: int | None
    target: int


def locate(recipe: Recipe, index: int) -> Parameter:
    """Find the place in the network of one entry of theta.

    Raises:
        IndexError: theta has no such entry.
    """
    pairs = list(zip(recipe.layers, recipe.layers[1:], strict=False))
    left = index
    for layer, (inputs, outputs) in enumerate(pairs):
        if 0 <= left < inputs * outputs:
            return Parameter(layer, *divmod(left, outputs))
        left -= inputs * outputs
    for layer, (_, outputs) in enumerate(pairs):
        if 0 <= left < outputs:
            return Parameter(layer, None, left)
        left -= outputs
    raise IndexError(f"theta has {recipe.parameters} entries, so there is no number {index}")


def index_of(recipe: Recipe, place: Parameter) -> int:
    """Find the entry of theta that stands at a place of the network: undoes `locate`."""
    pairs = list(zip(recipe.layers, recipe.layers[1:], strict=False))
    if place.source is not None:
        before = sum(inputs * outputs for inputs, outputs in pairs[: place.layer])
        return before + place.source * pairs[place.layer][1] + place.target
    weights = sum(inputs * outputs for inputs, outputs in pairs)
    return weights + sum(outputs for _, outputs in pairs[: place.layer]) + place.target


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
        plane = _Plane(request, outer, inner)
        for row, sums in plane.costs(x, y):
            if cancelled():
                return None
            total[row] += sums
        present = Network(request.recipe, request.theta).cost(x, y)
    total /= len(x)
    return Landscape(request, w1, w2, total.T if swapped else total, present, len(x))


class _Plane:
    """The computation of one surface, a few examples at a time."""

    def __init__(
        self, request: PlaneRequest, outer: tuple[Parameter, Array], inner: tuple[Parameter, Array]
    ) -> None:
        recipe = request.recipe
        self.outer, self.outer_values = outer
        self.inner, self.inner_values = inner
        # With both parameters at zero the rest is frozen; their own part is then added value
        # by value. Subtracting the present part instead would cancel digits where it is large.
        frozen = np.array(request.theta, recipe.dtype)
        frozen[[request.first, request.second]] = 0
        self.weights, self.biases = views(recipe, frozen)
        self.functions = [ACTIVATIONS[name].function for name in recipe.activations]
        self.mixes = ACTIVATIONS[recipe.output_activation].output_only
        self.cost = COSTS[recipe.cost]
        self.stable = self.cost.stable.get(recipe.output_activation)
        self.last = len(self.weights) - 1
        self.share = self._share_of_one_output()

    def costs(self, x: Array, y: Array) -> Iterator[tuple[int, Array]]:
        """Yield (i, summed costs of some examples over all inner values at outer value i)."""
        columns = 1 if self._one_column() else max(map(len, self.biases[self.inner.layer :]))
        rows = max(FEWEST_ROWS, BUFFER // (len(self.inner_values) * columns))
        for start in range(0, len(x), rows):
            part = slice(start, start + rows)
            yield from self._costs_of(x[part], y[part])

    def _costs_of(self, x: Array, y: Array) -> Iterator[tuple[int, Array]]:
        below = x
        for layer in range(self.outer.layer):
            below = self._activate(layer, self._sums(layer, below))
        z = self._sums(self.outer.layer, below)
        source = self._source(self.outer, below)
        frozen = z[:, self.outer.target].copy()
        # Rebuilding the layer after the outer neuron from the other neurons' part.
        others = None
        if self.outer.layer < self.inner.layer:
            a = self._activate(self.outer.layer, z)
            a[:, self.outer.target] = 0
            others = a, self._sums(self.outer.layer + 1, a)
        for row, value in enumerate(self.outer_values):
            column = frozen + value * source
            if others is None:
                z[:, self.outer.target] = column
                yield row, self._sweep(z, self._source(self.inner, below), y)
            else:
                a, rest = others
                active = self._activate(self.outer.layer, column[:, np.newaxis])
                a[:, self.outer.target] = active[:, 0]
                out = self.weights[self.outer.layer + 1][self.outer.target]
                z_next, a_next = rest + active * out, a
                for layer in range(self.outer.layer + 1, self.inner.layer):
                    a_next = self._activate(layer, z_next)
                    z_next = self._sums(layer + 1, a_next)
                yield row, self._sweep(z_next, self._source(self.inner, a_next), y)

    def _sweep(self, z: Array, source: Array, y: Array) -> Array:
        """Sum the examples' costs for every inner value, (points,) float64.

        Args:
            z: weighted sums of the inner parameter's layer without its own part, (n, neurons).
            source: what the inner parameter weighs, (n,).
            y: desired outputs, (n, outputs).
        """
        target, layer = self.inner.target, self.inner.layer
        column = z[:, target] + self.inner_values[:, np.newaxis] * source
        if layer < self.last:
            a = self._activate(layer, z)
            a[:, target] = 0
            rest = self._sums(layer + 1, a)
            active = self._activate(layer, column)
            outgoing = self.weights[layer + 1][target]
            sums = rest + active[:, :, np.newaxis] * outgoing
            return self._onward(layer + 1, sums, y)
        if self._one_column():
            others = self._terms(z, y)
            others[:, target] = 0
            constant = others.sum(dtype=np.float64)
            wanted = np.broadcast_to(y[:, target], column.shape)
            own = self._terms(column.reshape(-1, 1), np.ascontiguousarray(wanted).reshape(-1, 1))
            return np.asarray(constant + self.share * _row_sums(own.reshape(column.shape)))
        sums = np.repeat(z[np.newaxis], len(column), axis=0)
        sums[:, :, target] = column
        return self._onward(layer, sums, y)

    def _onward(self, layer: int, sums: Array, y: Array) -> Array:
        """Go on from weighted sums (points, n, neurons) to summed costs, (points,)."""
        points = len(sums)
        z = sums.reshape(-1, sums.shape[-1])
        for above in range(layer + 1, self.last + 1):
            z = self._sums(above, self._activate(above - 1, z))
        wanted = np.broadcast_to(y, (points, *y.shape)).reshape(z.shape)
        return _row_sums(self._terms(z, wanted).reshape(points, -1))

    def _one_column(self) -> bool:
        """Whether only one output's part of the cost depends on the inner parameter."""
        return self.inner.layer == self.last and not self.mixes

    def _sums(self, layer: int, below: Array) -> Array:
        return np.asarray(below @ self.weights[layer] + self.biases[layer])

    def _activate(self, layer: int, z: Array) -> Array:
        out = np.empty_like(z)
        self.functions[layer](z, out)
        return out

    def _source(self, place: Parameter, below: Array) -> Array:
        if place.source is None:
            return np.ones(len(below), below.dtype)
        return below[:, place.source]

    def _terms(self, z: Array, y: Array) -> Array:
        """Each output's part of the cost, shaped like z (n, outputs)."""
        out, scratch = np.empty_like(z), np.empty_like(z)
        if self.stable is not None:
            self.stable.terms(z, y, out, scratch)
        else:
            self.cost.terms(self._activate(self.last, z), y, out, scratch)
        return out

    def _share_of_one_output(self) -> float:
        """What a term counts among all outputs, against the same term on its own.

        Some costs average over the outputs and must not take one column for all of them.
        """
        outputs = len(self.biases[-1])
        alone, among = (np.full((1, n), 0.25) for n in (1, outputs))
        parts = []
        for a in (alone, among):
            out = np.empty_like(a)
            self.cost.terms(a, np.full_like(a, 0.75), out, np.empty_like(a))
            parts.append(float(out[0, 0]))
        return parts[1] / parts[0]


def _row_sums(terms: Array) -> Array:
    """Sum each row, (rows,) float64; a product with ones is the fastest way."""
    sums = terms @ np.ones(terms.shape[1], terms.dtype)
    return np.asarray(sums, dtype=np.float64)
