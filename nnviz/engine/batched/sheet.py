"""A network's cost over a plane of two directions through all parameters.

The first layer, usually by far the widest, sees the same inputs at every point:
x·(W + α·D₁ + β·D₂) is x·W + α·x·D₁ + β·x·D₂, so three products serve the whole
grid and a point costs two additions there. The layers above have weights of
their own at every point; they are computed for several points at once. Nothing
is approximated.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.batched.tail import Tail
from nnviz.engine.network import above_the_first, layer_views, views
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe

BUFFER = 524_288
"""Numbers worked on at a time: each call may hold up another thread, so let them be few."""
ROWS = 256
"""Examples taken at a time at least, so that products are of matrices worth the name."""


_SWIFT = {"sigmoid": "tanh"}
"""Hidden activations that are computed as another one, twice as fast."""


def with_tanh(recipe: Recipe, vector: Array) -> Array:
    """Return parameters with which tanh computes what they compute with hidden sigmoids, a copy.

    σ(z) = ½ + ½·tanh(z/2): sums into such a layer are halved, and so are the weights out of it,
    whose other half of the column sums goes to the biases. All of it is linear, so that
    directions turn into directions.
    """
    changed = vector.copy()
    weights, biases = views(recipe, changed)
    for i, name in enumerate(recipe.activations[:-1]):
        if name in _SWIFT:
            weights[i] *= 0.5
            biases[i] *= 0.5
            weights[i + 1] *= 0.5
            biases[i + 1] += weights[i + 1].sum(axis=0)
    return changed


class Sheet:
    """The computation of one surface, some examples and points at a time."""

    def __init__(
        self, recipe: Recipe, theta: Array, vectors: Array, alphas: Array, betas: Array
    ) -> None:
        """Freeze a network but for two directions, (2, parameters).

        The points are at coordinates `alphas` along the first and `betas` along the second;
        theta, (parameters,), is left alone.
        """
        points = [with_tanh(recipe, np.asarray(part, recipe.dtype)) for part in (theta, *vectors)]
        names = tuple(_SWIFT.get(name, name) for name in recipe.activations[:-1])
        recipe = replace(recipe, activation=names or recipe.activation)
        self.recipe, self.alphas, self.betas = recipe, alphas, betas
        # The first layer's weights and biases: the present ones and both directions.
        self._first = [(w[0], b[0]) for w, b in (views(recipe, point) for point in points)]
        # All that stands above it, likewise.
        self.above = [above_the_first(recipe, point) for point in points]
        self._widest = max(recipe.layers[1:])
        self._tails: dict[tuple[int, int], _Versions] = {}

    def parts(self, examples: int) -> int:
        """Return how many parts `costs` yields for so many examples."""
        rows = self._rows(examples)
        at_once = self._at_once(rows)
        return -(-examples // rows) * len(self.alphas) * -(-len(self.betas) // at_once)

    def _rows(self, examples: int) -> int:
        """Return how many examples are taken at a time."""
        return min(examples, max(ROWS, BUFFER // (self._widest * len(self.betas))))

    def _at_once(self, rows: int) -> int:
        """Return how many points are taken at a time."""
        return min(len(self.betas), max(1, BUFFER // (self._widest * rows)))

    def costs(self, x: Array, y: Array) -> Iterator[tuple[int, slice, NDArray[np.float64]]]:
        """Yield (i, j, summed costs of some examples at alphas[i] and betas[j])."""
        rows = self._rows(len(x))
        at_once = self._at_once(rows)
        for start in range(0, len(x), rows):
            chunk = slice(start, start + rows)
            sums, along_first, along_second = (
                np.ascontiguousarray((x[chunk] @ w + b).T) for w, b in self._first
            )
            made = {}
            for i, alpha in enumerate(self.alphas):
                base = sums + alpha * along_first
                for first in range(0, len(self.betas), at_once):
                    batch = slice(first, first + at_once)
                    betas = self.betas[batch]
                    if len(betas) not in made:
                        made[len(betas)] = self._versions(len(betas), y[chunk])
                    versions = made[len(betas)]
                    versions.take(alpha, betas)
                    z = versions.tail.z
                    np.multiply(along_second[:, np.newaxis], betas[:, np.newaxis], z)
                    np.add(z, base[:, np.newaxis], z)
                    yield i, batch, versions.tail.costs()

    def _versions(self, count: int, y: Array) -> "_Versions":
        key = count, len(y)
        if key not in self._tails:
            self._tails[key] = _Versions(self, count, len(y))
        versions = self._tails[key]
        versions.tail.y[...] = y.T[:, np.newaxis]
        return versions


class _Versions:
    """Several points' parameters above the first layer, and what computes their costs."""

    def __init__(self, sheet: Sheet, count: int, examples: int) -> None:
        self._above = sheet.above
        self._values = np.empty((count, len(self._above[0])), self._above[0].dtype)
        weights, biases = layer_views(sheet.recipe.layers[1:], self._values)
        self.tail = Tail(sheet.recipe, 1, count, examples, weights, biases)

    def take(self, alpha: np.floating, betas: Array) -> None:
        """Set the parameters to those at alpha and each of betas."""
        present, first, second = self._above
        np.multiply(betas[:, np.newaxis], second, self._values)
        np.add(self._values, present + alpha * first, self._values)
