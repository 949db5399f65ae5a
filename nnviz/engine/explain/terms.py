"""The terms of a weighted sum, as arrays that turn into terms one by one.

A neuron that looks at a picture has 784 of them. Few are ever written out, so
symbols are made only for those that are asked for.
"""

from collections.abc import Callable, Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.symbols import Quantity, Term


class Terms(Sequence[Term]):
    """Weight times activation for each neuron of the layer before.

    Attributes:
        neurons: which neuron of the layer before each term belongs to, (n,).
        weights: the first factors, (n,) float64.
        sources: the second factors, (n,) float64.
        products: their products, (n,) float64.
    """

    def __init__(
        self,
        weights: ArrayLike,
        sources: ArrayLike,
        weight: Callable[[int, float], Quantity],
        source: Callable[[int, float], Quantity],
    ) -> None:
        """Multiply weights, (n,), by the activations of the layer before, (n,).

        `weight` and `source` make a quantity of a neuron's value of either.
        """
        self.weights: NDArray[np.float64] = np.array(weights, np.float64)
        self.sources: NDArray[np.float64] = np.array(sources, np.float64)
        with np.errstate(all="ignore"):
            self.products: NDArray[np.float64] = self.weights * self.sources
        self.neurons: NDArray[np.intp] = np.arange(len(self.products))
        self._quantities = weight, source

    def by_size(self) -> "Terms":
        """Return the same terms, the largest first; equal ones stay in their order."""
        order = np.argsort(-np.abs(self.products), kind="stable")
        other = Terms((), (), *self._quantities)
        other.weights, other.sources = self.weights[order], self.sources[order]
        other.products, other.neurons = self.products[order], self.neurons[order]
        return other

    def __len__(self) -> int:
        return len(self.products)

    @overload
    def __getitem__(self, index: int) -> Term: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Term, ...]: ...

    def __getitem__(self, index: int | slice) -> Term | tuple[Term, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        neuron = int(self.neurons[index])
        weight, source = self._quantities
        return Term(
            neuron,
            weight(neuron, float(self.weights[index])),
            source(neuron, float(self.sources[index])),
            float(self.products[index]),
        )
