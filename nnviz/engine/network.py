"""The network: one flat vector of parameters and what it computes.

`theta` holds every weight and bias, the weights of all layers first, then the
biases. `weights[l]` and `biases[l]` are views into it, so whoever changes the
one changes the other. A snapshot is one copy, a gradient has the same layout.
"""

from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from weakref import ref
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.backprop import Workspace
from nnviz.engine.big_arrays import BIG, empty_like
from nnviz.engine.initialisers import INITIALISERS
from nnviz.engine.ops import Array, run
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError

CHUNK = 1000
"""Examples propagated at a time when there are many: their activations stay in the cache."""
AT_ONCE, FEWEST = 2 * 10**9, 50
"""Examples times parameters at a time, about 50 ms; and the fewest examples that are worth it."""


def rows_at_once(recipe: Recipe) -> int:
    """Return how many examples are propagated at a time: fewer in a net of millions of weights.

    So whoever waits for a turn, such as a pause, waits no longer for a big net than for a small.
    """
    return max(FEWEST, min(CHUNK, AT_ONCE // recipe.parameters))


def views(recipe: Recipe, vector: Array) -> tuple[list[Array], list[Array]]:
    """Return the (weights, biases) in a vector laid out like theta as views, layer by layer."""
    return layer_views(recipe.layers, vector)


def layer_views(layers: Sequence[int], vectors: Array) -> tuple[list[Array], list[Array]]:
    """Return (weights, biases) of some layers as views, layer by layer.

    Args:
        layers: their sizes, what they work on first.
        vectors: one or many, (..., parameters): all weights, then all biases.
    """
    weights, biases, start = [], [], 0
    for inputs, outputs in pairwise(layers):
        part = vectors[..., start : start + inputs * outputs]
        weights.append(part.reshape(*vectors.shape[:-1], inputs, outputs))
        start += inputs * outputs
    for outputs in layers[1:]:
        biases.append(vectors[..., start : start + outputs])
        start += outputs
    return weights, biases


def above_the_first(recipe: Recipe, vector: Array) -> Array:
    """Return a copy of a flat vector without the weights and biases of the first layer."""
    wide, neurons = recipe.layers[0] * recipe.layers[1], recipe.layers[1]
    biases = sum(inputs * outputs for inputs, outputs in pairwise(recipe.layers))
    return np.concatenate((vector[wide:biases], vector[biases + neurons :]))


def initial_theta(recipe: Recipe) -> Array:
    """Draw the start parameters of a recipe, (parameters,), from its seed alone."""
    theta = np.zeros(recipe.parameters, dtype=recipe.dtype)
    draw = generator(recipe.seed, Purpose.START)
    deviations = INITIALISERS[recipe.initialiser].deviations
    for w, b in zip(*views(recipe, theta), strict=True):
        of_weights, of_biases = deviations(*w.shape)
        # Drawn in float64 whatever the dtype, so that both precisions start alike.
        w[...] = draw.standard_normal(w.shape) * of_weights
        b[...] = draw.standard_normal(b.shape) * of_biases
    return theta


@dataclass(frozen=True, slots=True, eq=False)
class Propagation:
    """All numbers of some examples on their way forwards and backwards.

    Attributes:
        z: weighted sums of each layer after the input, (n, neurons) each.
        a: activations of the same layers.
        delta: errors δ = ∂C_x/∂z of the same layers, example by example, not averaged.
        terms: each output's part of each example's cost, (n, outputs).
    """

    z: list[Array]
    a: list[Array]
    delta: list[Array]
    terms: Array

    @property
    def cost(self) -> float:
        """Mean cost of the examples."""
        return float(self.terms.sum(dtype=np.float64)) / len(self.terms)


def mark_of(recipe: Recipe, theta: Array) -> int:
    """Return a number that tells what is said of one net from what is said of another.

    A step alone does not: at one step there are other parameters after a change, and the same
    ones may be asked about other data.
    """
    return crc32(f"{recipe.dataset} {recipe.cost}".encode(), _sum_of(theta))


def _sum_of(theta: Array) -> int:
    """Return a checksum, of a big read-only vector that which it had when last asked.

    Millions of numbers take a tenth of a second, and are asked about again with every answer.
    """
    lasting = theta.nbytes >= BIG and not theta.flags.writeable
    for known, checksum in tuple(_known_sums) if lasting else ():
        if known() is theta:
            return checksum
    checksum = crc32(np.ascontiguousarray(theta).data)
    if lasting:
        _known_sums.append((ref(theta), checksum))
    return checksum


_known_sums: deque[tuple["ref[Array]", int]] = deque(maxlen=4)


class Network:
    """A feed-forward network.

    Examples are rows: inputs x are (n, inputs), desired outputs y are (n, outputs). Rows that do
    not fit are refused as an `NnvizError`, and so are none at all where a mean is asked for.

    Attributes:
        recipe: what it was made from.
        theta: all parameters, (parameters,), contiguous.
        weights: for each layer after the input, a view (inputs, outputs) into theta;
            `weights[l][k, j]` is w^(l+1)_jk, from neuron k to neuron j.
        biases: for each layer after the input, a view (outputs,) into theta.
        between: called before each part of many examples; what it raises ends the work.
    """

    between: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, recipe: Recipe, theta: ArrayLike | None = None) -> None:
        """Make a network with the recipe's start parameters, or with those given.

        Args:
            recipe: layers, activations, cost, initialiser, seed and dtype.
            theta: parameters to use instead, (parameters,). An array of the recipe's dtype
                is used as it is, not copied.

        Raises:
            NnvizError: theta has another size than the layers need.
        """
        self.recipe = recipe
        if theta is None:
            self.theta = initial_theta(recipe)
        else:
            self.theta = np.ascontiguousarray(theta, dtype=recipe.dtype)
            if self.theta.shape != (recipe.parameters,):
                raise NnvizError(
                    f"The layers {recipe.layers} have {recipe.parameters} parameters, but "
                    f"{self.theta.size} were given."
                )
        self.weights, self.biases = views(recipe, self.theta)

    def predict(self, x: ArrayLike) -> Array:
        """Return the outputs for inputs x: (n, inputs) -> (n, outputs)."""
        return self.activations(x, len(self.recipe.layers) - 1)

    def activations(self, x: ArrayLike, layer: int) -> Array:
        """Return the activations of a layer, at least 1, for inputs x: (n, inputs) -> (n, neurons).

        Later layers are computed as well.
        """
        rows = self._rows(x, self.recipe.layers[0], "inputs")
        out = np.empty((len(rows), self.recipe.layers[layer]), dtype=self.recipe.dtype)
        with np.errstate(all="ignore"):
            for chunk, work in self._chunks(len(rows)):
                self.between()
                run(work.plan_forward(rows[chunk]))
                out[chunk] = work.a[layer - 1]
        return out

    def propagation(self, x: ArrayLike, y: ArrayLike) -> Propagation:
        """Propagate examples forwards and backwards and return every layer's numbers."""
        rows, desired = self._pair(x, y)
        work = Workspace(self.recipe, len(rows), self.weights, self.biases)
        with np.errstate(all="ignore"):
            run(work.plan_forward(rows) + work.plan_terms(desired) + work.plan_head(desired))
            run(work.plan_backward(rows, (), (), np.ones((), self.theta.dtype)))
        return Propagation(work.z, work.a, work.delta, work.terms)

    def cost_terms(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return each output's part of each example's cost, (n, outputs)."""
        rows, desired = self._pair(x, y)
        out = np.empty(desired.shape, dtype=self.recipe.dtype)
        with np.errstate(all="ignore"):
            for chunk, work in self._chunks(len(rows)):
                self.between()
                run(work.plan_forward(rows[chunk]) + work.plan_terms(desired[chunk]))
                out[chunk] = work.terms
        return out

    def cost(self, x: ArrayLike, y: ArrayLike) -> float:
        """Return the mean cost of the examples, without the terms of L1 and L2."""
        terms = self.cost_terms(*self.pair(x, y))
        return float(terms.sum(dtype=np.float64)) / len(terms)

    def gradient(self, x: ArrayLike, y: ArrayLike) -> Array:
        """Return the gradient of `cost` at theta, laid out like theta."""
        rows, desired = self._pair(x, y)
        if not len(rows):
            raise NnvizError("The gradient of no examples is not defined: give at least one.")
        parts = [empty_like(self.theta)]
        share = np.array(1 / len(rows), self.theta.dtype)
        with np.errstate(all="ignore"):
            for chunk, work in self._chunks(len(rows)):
                if chunk.start and len(parts) < 2:
                    parts.append(empty_like(self.theta))
                run(work.plan_forward(rows[chunk]) + work.plan_head(desired[chunk]))
                run(work.plan_backward(rows[chunk], *views(self.recipe, parts[-1]), share))
                if chunk.start:
                    parts[0] += parts[1]
        return parts[0]

    def pair(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Return examples in its precision: inputs (n, inputs) and desired outputs (n, outputs).

        Raises:
            NnvizError: they do not fit the network, or there are none, so that they have no cost.
        """
        rows, desired = self._pair(x, y)
        if not len(rows):
            raise NnvizError("The cost of no examples at all is not defined: give at least one.")
        return rows, desired

    def _chunks(self, count: int) -> "list[tuple[slice, Workspace]]":
        """Split `count` rows into slices, each with a workspace of its size."""
        workspaces: dict[int, Workspace] = {}
        chunks = []
        most = rows_at_once(self.recipe)
        for start in range(0, count, most):
            rows = min(most, count - start)
            if rows not in workspaces:
                workspaces[rows] = Workspace(self.recipe, rows, self.weights, self.biases)
            chunks.append((slice(start, start + rows), workspaces[rows]))
        return chunks

    def _rows(self, values: ArrayLike, width: int, what: str) -> Array:
        rows = np.asarray(values, dtype=self.recipe.dtype)
        if rows.ndim != 2 or rows.shape[1] != width:
            raise NnvizError(
                f"The network has {width} {what}, so it takes rows of {width} numbers, not an "
                f"array of shape {rows.shape}."
            )
        return rows

    def _pair(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        rows = self._rows(x, self.recipe.layers[0], "inputs")
        desired = self._rows(y, self.recipe.layers[-1], "outputs")
        if len(rows) != len(desired):
            raise NnvizError(
                f"There are {len(rows)} inputs but {len(desired)} desired outputs: give one for "
                "each."
            )
        return rows, desired
