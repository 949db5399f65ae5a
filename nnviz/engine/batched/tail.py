"""The last layers of many versions of a network at once, from weighted sums to costs.

The versions differ by their weighted sums in one layer, or also in the weights
above it. Everything is laid out neuron by neuron, (neurons, versions, examples),
so that NumPy runs along many examples of one neuron however narrow the layer is;
and every call is bound to its buffers once, so that a grid of thousands of
versions is mostly arithmetic.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.ops import Array, Op, Plan, run
from nnviz.engine.recipe import Recipe

NEURONS = 256
"""Neurons whose weights are brought to another precision at a time."""


class Tail:
    """Buffers and the plan for a fixed number of versions and examples.

    Attributes:
        z: weighted sums of the first layer it computes, (neurons, versions, n); written by
            the caller before each run.
        y: desired outputs, (outputs, versions, n); written once for some examples.
    """

    def __init__(
        self,
        recipe: Recipe,
        layer: int,
        versions: int,
        examples: int,
        weights: Sequence[Array],
        biases: Sequence[Array],
        *,
        one_output: bool = False,
    ) -> None:
        """Bind every call to its buffers.

        The weighted sums of `layer` are given, 1 being the first after the input. Weights
        (inputs, neurons) and biases (neurons,) are those of the layers above it, with an axis of
        versions first where every version has its own. Where `layer` is the last one,
        `one_output` computes a single output's part of the cost.
        """
        self._recipe, self._shape = recipe, (versions, examples)
        self.z = self._buffer(1 if one_output else recipe.layers[layer])
        z = self.z
        plan: Plan = []
        names = recipe.activations[layer - 1 : -1]
        for name, w, b in zip(names, weights, biases, strict=True):
            a = self._buffer(len(z))
            plan += ACTIVATIONS[name].forward(_rows(z), _rows(a))
            z = self._buffer(w.shape[-1])
            plan += _plan_sums(a, w, b, z)
        self.y = self._buffer(len(z))
        self._terms = self._buffer(len(z))
        self._ones = np.ones(examples, recipe.dtype)
        self._share = 1.0
        self._plan = plan + self._plan_terms(z)

    def _buffer(self, neurons: int) -> Array:
        return np.zeros((neurons, *self._shape), self._recipe.dtype)

    def _plan_terms(self, z: Array) -> Plan:
        """Plan to write each output's part of the costs; `_share` is still to be multiplied."""
        recipe, terms = self._recipe, self._terms
        cost = COSTS[recipe.cost]
        stable = cost.stable.get(recipe.output_activation)
        if stable is not None:
            return stable.plan_terms(_rows(z), _rows(self.y), _rows(terms), _rows(np.zeros_like(z)))
        a = self._buffer(len(z))
        plan = ACTIVATIONS[recipe.output_activation].forward(_rows(z), _rows(a))
        if cost.square_share is None:
            # z has been used by then.
            return plan + cost.plan_terms(_rows(a), _rows(self.y), _rows(terms), _rows(z))
        self._share = cost.square_share(recipe.layers[-1])
        return [
            *plan,
            partial(np.subtract, a, self.y, terms),
            partial(np.multiply, terms, terms, terms),
        ]

    def costs(self, without: int | None = None) -> NDArray[np.float64]:
        """Return what the examples cost in sum in every version, (versions,).

        The part of the output `without` is left out.
        """
        run(self._plan)
        if without is not None:
            self._terms[without] = 0
        # A product with ones adds up several times faster than a reduction.
        sums = self._terms.reshape(-1, len(self._ones)) @ self._ones
        parts = sums.reshape(-1, self._shape[0]).sum(axis=0, dtype=np.float64)
        return np.asarray(parts * self._share)


def _rows(array: Array) -> Array:
    """Return (neurons, versions, n) as the tables' functions take it, (versions · n, neurons)."""
    return array.reshape(len(array), -1).T


def _plan_sums(a: Array, weights: Array, biases: Array, z: Array) -> Plan:
    """Plan to write a layer's weighted sums of the activations below it to z."""
    if weights.ndim == 2:
        flat, into = (part.reshape(len(part), -1) for part in (a, z))
        product: Op = partial(np.dot, weights.T, flat, into)
        if weights.dtype != z.dtype:
            product = partial(_multiply, weights, flat, into)
        return [product, partial(np.add, into, biases[:, np.newaxis], into)]
    products = partial(
        np.matmul, weights.transpose(0, 2, 1), a.transpose(1, 0, 2), out=z.transpose(1, 0, 2)
    )
    return [products, partial(np.add, z, biases.T[:, :, np.newaxis], z)]


def _multiply(weights: Array, below: Array, into: Array) -> None:
    """Write Wᵀ·below, (neurons, n), where the weights are of another precision."""
    for part, of_part in in_precision(weights, into.dtype):
        np.dot(of_part.T, below, into[part])


def in_precision(
    weights: Array, dtype: np.dtype[np.floating[Any]]
) -> Iterator[tuple[slice, Array]]:
    """Yield which neurons, and the weights into them in another precision, some at a time."""
    for start in range(0, weights.shape[1], NEURONS):
        part = slice(start, start + NEURONS)
        yield part, weights[:, part].astype(dtype)
