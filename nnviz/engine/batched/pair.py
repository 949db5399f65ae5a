"""A network's cost over a plane of two parameters, computing only what the two touch.

A parameter into neuron j changes one column of that layer's weighted sums and
nothing before it. So the layers before are computed once, the layer after is
"the others' part plus this neuron's activation times its outgoing weights", and
of an output neuron only its own share of the cost changes. Nothing is
approximated. The outer parameter stands no later in the network than the inner
one; all inner values are computed in one go, for as many examples as fit in
the processor's cache.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.batched.tail import Tail, in_precision
from nnviz.engine.big_arrays import BIG
from nnviz.engine.network import views
from nnviz.engine.ops import Array
from nnviz.engine.parameters import Parameter
from nnviz.engine.recipe import Recipe

Costs = NDArray[np.float64]
Sweep = Callable[[Array, Array], Costs]
"""Takes the weighted sums of the inner parameter's layer without its own part, (n, neurons), and
what it weighs, (n,); returns the summed costs at every inner value, (points,)."""

BUFFER = 262_144
"""Numbers worked on at a time: fewer cost more calls, each of which may hold up another thread;
more no longer stay near the processor."""
FEWEST_ROWS = 16
"""Examples taken at a time at least, so that wide layers still multiply matrices."""


class Plane:
    """The computation of one surface, some examples at a time, outer value by outer value."""

    def __init__(
        self,
        recipe: Recipe,
        theta: Array,
        outer: tuple[Parameter, Array],
        inner: tuple[Parameter, Array],
    ) -> None:
        """Freeze a network but for two parameters, each given with its values.

        The inner one stands in the same layer as the outer one, or in a later one; theta,
        (parameters,), is left alone.
        """
        self.outer, self.outer_values = outer
        self.inner, self.inner_values = inner
        # With both parameters at zero the rest is frozen; their own part is then added value
        # by value. Subtracting the present part instead would cancel digits where it is large.
        self.recipe = recipe
        self.weights, self.biases = _without(recipe, theta, {self.outer, self.inner})
        self.last = len(self.weights)
        mixes = ACTIVATIONS[recipe.output_activation].output_only
        # Whether only one output's part of the cost depends on the inner parameter.
        self.one_column = self.inner.layer == self.last and not mixes
        self._tails: dict[tuple[int, int, int, int | None], Tail] = {}

    def parts(self, examples: int) -> int:
        """Return how many parts `costs` yields for so many examples."""
        return -(-examples // self._rows()) * len(self.outer_values)

    def _rows(self) -> int:
        """Return how many examples are taken at a time."""
        above = self.biases[min(self.inner.layer, self.last - 1) :]
        widest = 1 if self.one_column else max(map(len, above))
        return max(FEWEST_ROWS, BUFFER // (len(self.inner_values) * widest))

    def costs(self, x: Array, y: Array) -> Iterator[tuple[int, Costs]]:
        """Yield (i, summed costs of some examples over all inner values at outer value i)."""
        rows = self._rows()
        for start in range(0, len(x), rows):
            part = slice(start, start + rows)
            yield from self._costs_of(x[part], y[part])

    def _costs_of(self, x: Array, y: Array) -> Iterator[tuple[int, Costs]]:
        below = x
        for layer in range(1, self.outer.layer):
            below = self._activate(layer, self._sums(layer, below))
        z = self._sums(self.outer.layer, below)
        source = _source(self.outer, below)
        same_layer = self.outer.layer == self.inner.layer
        inner_source = _source(self.inner, below) if same_layer else source
        if same_layer and self.inner.layer < self.last:
            yield from self._within_a_layer(z, source, inner_source, y)
            return
        frozen = z[:, self.outer.target].copy()
        sweep = self._sweep(y)
        if same_layer:
            for row, value in enumerate(self.outer_values):
                z[:, self.outer.target] = frozen + value * source
                yield row, sweep(z, inner_source)
            return
        # The layer after the outer neuron: the other neurons' part, then this one's added.
        a = self._activate(self.outer.layer, z)
        a[:, self.outer.target] = 0
        rest = self._sums(self.outer.layer + 1, a)
        outgoing = self.weights[self.outer.layer][self.outer.target]
        for row, value in enumerate(self.outer_values):
            column = (frozen + value * source)[:, np.newaxis]
            active = self._activate(self.outer.layer, column)
            a[:, self.outer.target] = active[:, 0]
            z_next, a_next = rest + active * outgoing, a
            for layer in range(self.outer.layer + 1, self.inner.layer):
                a_next = self._activate(layer, z_next)
                z_next = self._sums(layer + 1, a_next)
            yield row, sweep(z_next, _source(self.inner, a_next))

    def _within_a_layer(
        self, z: Array, outer_source: Array, inner_source: Array, y: Array
    ) -> Iterator[tuple[int, Costs]]:
        """As `_costs_of`, where both parameters feed the same hidden layer."""
        layer = self.inner.layer
        tail = self._tail(layer + 1, y)
        a = self._activate(layer, z)
        a[:, [self.outer.target, self.inner.target]] = 0
        rest = _across(self._sums(layer + 1, a))
        outgoing = self.weights[layer]
        outer_out, inner_out = (
            outgoing[place.target][:, np.newaxis] for place in (self.outer, self.inner)
        )
        along = self._along(z, inner_source)
        if self.outer.target != self.inner.target:
            # What the inner parameter does to its neuron is the same at every outer value.
            rise = inner_out[:, :, np.newaxis] * self._activate(layer, along)
            frozen = z[:, self.outer.target]
            for row, value in enumerate(self.outer_values):
                active = self._activate(layer, frozen + value * outer_source)
                np.add(rise, (rest + outer_out * active)[:, np.newaxis], tail.z)
                yield row, tail.costs()
            return
        rests = np.empty_like(tail.z)
        rests[...] = rest[:, np.newaxis]
        sums = np.empty_like(along)
        for row, value in enumerate(self.outer_values):
            np.add(along, value * outer_source, sums)
            np.multiply(inner_out[:, :, np.newaxis], self._activate(layer, sums), tail.z)
            np.add(tail.z, rests, tail.z)
            yield row, tail.costs()

    def _sweep(self, y: Array) -> Sweep:
        if self.one_column:
            return self._sweep_of_one_output(y)
        target, layer = self.inner.target, self.inner.layer
        if layer == self.last:
            tail = self._tail(layer, y)

            def sweep(z: Array, source: Array) -> Costs:
                tail.z[...] = z.T[:, np.newaxis]
                tail.z[target] = self._along(z, source)
                return tail.costs()

            return sweep
        tail = self._tail(layer + 1, y)
        outgoing = self.weights[layer][target][:, np.newaxis, np.newaxis]

        def sweep_below(z: Array, source: Array) -> Costs:
            a = self._activate(layer, z)
            a[:, target] = 0
            rest = _across(self._sums(layer + 1, a))
            np.multiply(outgoing, self._activate(layer, self._along(z, source)), tail.z)
            np.add(tail.z, rest[:, np.newaxis], tail.z)
            return tail.costs()

        return sweep_below

    def _sweep_of_one_output(self, y: Array) -> Sweep:
        target = self.inner.target
        own, others = self._tail(self.last, y, target), self._tail(self.last, y, versions=1)
        # Which part is the same at every outer value: where both parameters feed one output the
        # others', where they feed two this one's, else none.
        in_last, same = self.outer.layer == self.last, self.outer.target == target
        parts: list[Costs] = []

        def sweep(z: Array, source: Array) -> Costs:
            first = not parts
            if first:
                parts[:] = np.zeros(0), np.zeros(0)
            if first or not in_last or same:
                own.z[0] = self._along(z, source)
                parts[0] = own.costs()
            if first or not in_last or not same:
                others.z[:, 0] = z.T
                parts[1] = others.costs(without=target)
            return np.asarray(parts[0] + parts[1])

        return sweep

    def _along(self, z: Array, source: Array) -> Array:
        """The inner neuron's weighted sums at every inner value, (points, n)."""
        return np.asarray(z[:, self.inner.target] + self.inner_values[:, np.newaxis] * source)

    def _tail(
        self, layer: int, y: Array, output: int | None = None, versions: int | None = None
    ) -> Tail:
        """Return what computes the costs from a layer's weighted sums on, y being desired.

        There is one version for each inner value unless so many are asked for; with `output`
        only the part of that one is computed.
        """
        versions = versions or len(self.inner_values)
        key = layer, versions, len(y), output
        if key not in self._tails:
            above = slice(layer, None)
            self._tails[key] = Tail(
                self.recipe,
                layer,
                versions,
                len(y),
                self.weights[above],
                self.biases[above],
                one_output=output is not None,
            )
        tail = self._tails[key]
        wanted = y.T if output is None else y.T[output : output + 1]
        tail.y[...] = wanted[:, np.newaxis]
        return tail

    def _sums(self, layer: int, below: Array) -> Array:
        """Return a layer's weighted sums of the activations below."""
        weights = self.weights[layer - 1]
        if weights.dtype == below.dtype:
            return np.asarray(below @ weights + self.biases[layer - 1])
        sums = np.empty((len(below), weights.shape[1]), below.dtype)
        for part, of_part in in_precision(weights, below.dtype):
            sums[:, part] = below @ of_part
        return np.asarray(sums + self.biases[layer - 1])

    def _activate(self, layer: int, z: Array) -> Array:
        """Return a hidden layer's activations."""
        out = np.empty_like(z)
        ACTIVATIONS[self.recipe.activations[layer - 1]].function(z, out)
        return out


def _without(
    recipe: Recipe, theta: Array, places: Iterable[Parameter]
) -> tuple[list[Array], list[Array]]:
    """Return (weights, biases) layer by layer, in which some parameters are zero.

    Of a big net only the layers with such a parameter are copied. If the recipe's precision is
    higher than that of theta, the others are brought to it as they are used, bit by bit.
    """
    if theta.nbytes < BIG:
        theta = theta.astype(recipe.dtype)
    weights, biases = views(recipe, theta)
    for place in places:
        parts = weights if place.source is not None else biases
        part = parts[place.layer - 1].copy()
        part[place.target if place.source is None else (place.source, place.target)] = 0
        parts[place.layer - 1] = part
    return weights, biases


def _source(place: Parameter, below: Array) -> Array:
    """Return what a parameter weighs, (n,)."""
    if place.source is None:
        return np.ones(len(below), below.dtype)
    return below[:, place.source]


def _across(rows: Array) -> Array:
    """Return (n, neurons) as (neurons, n), neuron by neuron in memory."""
    return np.ascontiguousarray(rows.T)
