"""A network's cost over a plane of two parameters, computing only what the two touch.

A parameter into neuron j changes one column of that layer's weighted sums and
nothing before it. So the layers before are computed once, the layer after is
"the others' part plus this neuron's activation times its outgoing weights", and
of an output neuron only its own share of the cost changes. Nothing is
approximated. The outer parameter stands no later in the network than the inner
one; all inner values are computed in one go, for as many examples as fit in
the processor's cache.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe

Array = NDArray[np.floating[Any]]

BUFFER = 65_536
"""Numbers worked on at a time: a few such buffers stay in a core's own cache."""
FEWEST_ROWS = 16
"""Examples taken at a time at least, so that wide layers still multiply matrices."""


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


_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def place_name(place: Parameter) -> str:
    """Write a place in the network: "w² 4→7" from neuron 4 to 7 of layer 2, or "b² 7"."""
    layer = str(place.layer + 1).translate(_SUPERSCRIPT)
    if place.source is None:
        return f"b{layer} {place.target}"
    return f"w{layer} {place.source}→{place.target}"


def parameter_name(recipe: Recipe, index: int) -> str:
    """Write one entry of theta as `place_name` does."""
    return place_name(locate(recipe, index))


def index_of(recipe: Recipe, place: Parameter) -> int:
    """Find the entry of theta that stands at a place of the network: undoes `locate`."""
    pairs = list(zip(recipe.layers, recipe.layers[1:], strict=False))
    if place.source is not None:
        before = sum(inputs * outputs for inputs, outputs in pairs[: place.layer])
        return before + place.source * pairs[place.layer][1] + place.target
    weights = sum(inputs * outputs for inputs, outputs in pairs)
    return weights + sum(outputs for _, outputs in pairs[: place.layer]) + place.target


class Plane:
    """The computation of one surface, some examples at a time, outer value by outer value."""

    def __init__(
        self,
        recipe: Recipe,
        theta: Array,
        outer: tuple[Parameter, Array],
        inner: tuple[Parameter, Array],
    ) -> None:
        """Freeze a network but for two parameters.

        Args:
            recipe: of the network.
            theta: its parameters, (parameters,); left alone.
            outer: the parameter that stands first, and its values.
            inner: the other, in the same layer or a later one, and its values.
        """
        self.outer, self.outer_values = outer
        self.inner, self.inner_values = inner
        # With both parameters at zero the rest is frozen; their own part is then added value
        # by value. Subtracting the present part instead would cancel digits where it is large.
        frozen = np.array(theta, recipe.dtype)
        frozen[[index_of(recipe, place) for place in (self.outer, self.inner)]] = 0
        self.weights, self.biases = views(recipe, frozen)
        self.functions = [ACTIVATIONS[name].function for name in recipe.activations]
        self.cost = COSTS[recipe.cost]
        self.stable = self.cost.stable.get(recipe.output_activation)
        self.last = len(self.weights) - 1
        mixes = ACTIVATIONS[recipe.output_activation].output_only
        # Whether only one output's part of the cost depends on the inner parameter.
        self.one_column = self.inner.layer == self.last and not mixes
        # Whether what the inner parameter does to its neuron is the same at every outer value.
        self.apart = self.outer.layer == self.inner.layer and self.outer.target != self.inner.target
        self.share = self._share_of_one_output()
        self._buffers: dict[tuple[str, tuple[int, ...]], Array] = {}

    def costs(self, x: Array, y: Array) -> Iterator[tuple[int, Array]]:
        """Yield (i, summed costs of some examples over all inner values at outer value i)."""
        widest = 1 if self.one_column else max(map(len, self.biases[self.inner.layer :]))
        rows = max(FEWEST_ROWS, BUFFER // (len(self.inner_values) * widest))
        for start in range(0, len(x), rows):
            part = slice(start, start + rows)
            yield from self._costs_of(x[part], y[part])

    def _costs_of(self, x: Array, y: Array) -> Iterator[tuple[int, Array]]:
        below = x
        for layer in range(self.outer.layer):
            below = self.activate(layer, self.sums(layer, below))
        z = self.sums(self.outer.layer, below)
        source = self._source(self.outer, below)
        frozen = z[:, self.outer.target].copy()
        sweep = _Sweep(self, y)
        if self.outer.layer == self.inner.layer:
            inner_source = self._source(self.inner, below)
            for row, value in enumerate(self.outer_values):
                z[:, self.outer.target] = frozen + value * source
                yield row, sweep.costs(z, inner_source)
            return
        # The layer after the outer neuron: the other neurons' part, then this one's added.
        a = self.activate(self.outer.layer, z)
        a[:, self.outer.target] = 0
        rest = self.sums(self.outer.layer + 1, a)
        outgoing = self.weights[self.outer.layer + 1][self.outer.target]
        for row, value in enumerate(self.outer_values):
            column = (frozen + value * source)[:, np.newaxis]
            active = self.activate(self.outer.layer, column)
            a[:, self.outer.target] = active[:, 0]
            z_next, a_next = rest + active * outgoing, a
            for layer in range(self.outer.layer + 1, self.inner.layer):
                a_next = self.activate(layer, z_next)
                z_next = self.sums(layer + 1, a_next)
            yield row, sweep.costs(z_next, self._source(self.inner, a_next))

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

    def _source(self, place: Parameter, below: Array) -> Array:
        if place.source is None:
            return np.ones(len(below), below.dtype)
        return below[:, place.source]

    def sums(self, layer: int, below: Array) -> Array:
        """Return a layer's weighted sums of the activations below."""
        return np.asarray(below @ self.weights[layer] + self.biases[layer])

    def activate(self, layer: int, z: Array) -> Array:
        """Return a layer's activations."""
        out = np.empty_like(z)
        self.functions[layer](z, out)
        return out

    def buffer(self, use: str, shape: tuple[int, ...]) -> Array:
        """Return memory for one use, the same again whenever the shape is the same."""
        key = use, shape
        if key not in self._buffers:
            self._buffers[key] = np.empty(shape, self.weights[0].dtype)
        return self._buffers[key]


class _Sweep:
    """What some examples cost over all values of the inner parameter."""

    def __init__(self, plane: Plane, y: Array) -> None:
        self.plane = plane
        self.y = y
        points = len(plane.inner_values)
        target = plane.inner.target
        wanted = y[:, target : target + 1] if plane.one_column else y
        self.wanted = np.tile(wanted, (points, 1))
        self.ones = np.ones(wanted.size, y.dtype)
        self._kept: Array | None = None

    def costs(self, z: Array, source: Array) -> Array:
        """Sum the examples' costs for every inner value, (points,) float64.

        Args:
            z: weighted sums of the inner parameter's layer without its own part, (n, neurons).
            source: what the inner parameter weighs, (n,).
        """
        plane = self.plane
        if plane.one_column:
            others = self._terms("other", z, self.y)
            others[:, plane.inner.target] = 0
            own = self._keep(self._own_costs, z, source)
            return np.asarray(own + others.sum(dtype=np.float64))
        if plane.inner.layer == plane.last:
            sums = plane.buffer("sums", (len(plane.inner_values), *z.shape))
            sums[...] = z
            sums[:, :, plane.inner.target] = self._column(z, source)
            return self._onward(plane.inner.layer, sums)
        a = plane.activate(plane.inner.layer, z)
        a[:, plane.inner.target] = 0
        rest = plane.sums(plane.inner.layer + 1, a)
        rise = self._keep(self._rise, z, source)
        sums = plane.buffer("sums", (len(plane.inner_values), *rest.shape))
        # As rows, so that NumPy runs along more than one narrow layer at a time.
        np.add(rise.reshape(len(sums), -1), rest.reshape(-1), sums.reshape(len(sums), -1))
        return self._onward(plane.inner.layer + 1, sums)

    def _keep(self, compute: Callable[[Array, Array], Array], z: Array, source: Array) -> Array:
        """Compute, but only once where the outer parameter has no say in it."""
        if self._kept is None or not self.plane.apart:
            self._kept = compute(z, source)
        return self._kept

    def _column(self, z: Array, source: Array) -> Array:
        """The inner neuron's weighted sums at every inner value, (points, n)."""
        values = self.plane.inner_values[:, np.newaxis]
        return np.asarray(z[:, self.plane.inner.target] + values * source)

    def _own_costs(self, z: Array, source: Array) -> Array:
        """The one output's part of the costs, (points,) float64."""
        column = self._column(z, source)
        terms = self._terms("own", column.reshape(-1, 1), self.wanted)
        return self.plane.share * self._row_sums(terms)

    def _rise(self, z: Array, source: Array) -> Array:
        """What the inner neuron adds to the next layer's sums, (points · n, neurons)."""
        plane, layer = self.plane, self.plane.inner.layer
        active = plane.activate(layer, self._column(z, source)).reshape(-1, 1)
        outgoing = plane.weights[layer + 1][plane.inner.target : plane.inner.target + 1]
        # A product of matrices is three times faster here than one with broadcasting.
        return np.dot(active, outgoing, plane.buffer("rise", (len(active), outgoing.size)))

    def _onward(self, layer: int, sums: Array) -> Array:
        """Go on from a layer's weighted sums (points, n, neurons) to summed costs, (points,)."""
        plane = self.plane
        z = sums.reshape(-1, sums.shape[-1])
        for above in range(layer + 1, plane.last + 1):
            a = plane.buffer("active", z.shape)
            plane.functions[above - 1](z, a)
            z = plane.buffer("next", (len(a), len(plane.biases[above])))
            np.dot(a, plane.weights[above], z)
            np.add(z, plane.biases[above], z)
        return self._row_sums(self._terms("onward", z, self.wanted))

    def _terms(self, use: str, z: Array, y: Array) -> Array:
        """Each output's part of the cost, a buffer shaped like z."""
        plane = self.plane
        out, scratch = (plane.buffer(use + part, z.shape) for part in ("", " scratch"))
        if plane.stable is not None:
            plane.stable.terms(z, y, out, scratch)
        else:
            a = plane.buffer(use + " active", z.shape)
            plane.functions[plane.last](z, a)
            plane.cost.terms(a, y, out, scratch)
        return out

    def _row_sums(self, terms: Array) -> Array:
        """Sum the terms of each inner value, (points,) float64; ones are the fastest way."""
        rows = terms.reshape(len(self.plane.inner_values), -1)
        return np.asarray(rows @ self.ones, dtype=np.float64)
