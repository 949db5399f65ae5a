"""What surveys of the same examples can use again: the sample, costs along the way, axes.

A surface that follows training is asked for several times a second, yet its way
grows by a point now and then. A true cost once computed is remembered for as
long as the trail keeps that point.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.surface.directions import Axes
from nnviz.engine.surface.path import MOST

SAMPLES = 2
"""Samples whose costs are remembered: views ask for a small one and a large one by turns."""
KEPT = 16 * 2**20
"""Most bytes of the buffer that is kept for the next survey, with room for the way to grow."""

_Function = tuple[tuple[int, ...], tuple[str, ...], str, str]


class Memory:
    """Belongs to one caller of `survey`; forgets everything when the examples change.

    Attributes:
        axes: those last found, by the run that they are of.
    """

    def __init__(self) -> None:
        self._of: tuple[Array, Array] | None = None
        self._samples: dict[tuple[int, str], tuple[Array, Array]] = {}
        self._costs: dict[tuple[int, _Function], dict[int, tuple[Array, float]]] = {}
        self.axes: dict[int, Axes] = {}
        self._offsets = np.zeros((0, 0))

    def sampled(self, recipe: Recipe, x: Array, y: Array, count: int) -> tuple[Array, Array]:
        """Return at most so many examples in the recipe's dtype, evenly spread."""
        if self._of is None or self._of[0] is not x or self._of[1] is not y:
            self._of = x, y
            self._samples.clear()
            self._costs.clear()
        key = min(count, len(x)), recipe.dtype
        if key not in self._samples:
            if len(x) > count:
                # Spread over the whole set, which may be sorted by class.
                rows = np.linspace(0, len(x) - 1, count).round().astype(np.intp)
                x, y = x[rows], y[rows]
            while len(self._samples) >= SAMPLES:
                del self._samples[next(iter(self._samples))]
            self._samples[key] = np.asarray(x, recipe.dtype), np.asarray(y, recipe.dtype)
        return self._samples[key]

    def offsets_of(self, theta: Array, way: Sequence[TrailPoint]) -> Array:
        """Return the parameters along a way minus theta, (points, parameters).

        They are the caller's until the next call: making so large an array anew every time
        would cost more than filling it.
        """
        before = self._offsets
        if before.shape[1] != len(theta) or before.dtype != theta.dtype or len(before) < len(way):
            room = min(MOST, 2 * len(way), KEPT // theta.nbytes)
            self._offsets = before = np.zeros((0, 0))  # let go of first
            before = np.empty((max(len(way), room), len(theta)), theta.dtype)
            if before.nbytes <= KEPT:
                self._offsets = before
        rows = before[: len(way)]
        np.stack([point.theta for point in way], out=rows)
        return np.subtract(rows, theta, rows)

    def parts_of(self, theta: Array, way: Sequence[TrailPoint]) -> Iterator[Array]:
        """Yield the same some points at a time: of millions of parameters a few take enough."""
        points = max(1, KEPT // theta.nbytes)
        for first in range(0, len(way), points):
            yield self.offsets_of(theta, way[first : first + points])

    def costs_of(
        self,
        recipe: Recipe,
        way: Sequence[TrailPoint],
        trail: Sequence[TrailPoint],
        examples: tuple[Array, Array],
        cancelled: Callable[[], bool],
    ) -> Callable[[TrailPoint], float] | None:
        """Compute what is not known of the costs along a way.

        Args:
            recipe: of the network.
            way: points whose costs are wanted, the present last.
            trail: what may be asked for again; costs of all other points are forgotten.
            examples: inputs and desired outputs, as `sampled` returned them.
            cancelled: asked before every point.

        Returns:
            What tells a point's mean cost; None when cancelled.
        """
        key = len(examples[0]), (recipe.layers, recipe.activations, recipe.cost, recipe.dtype)
        known = self._costs.pop(key, {})
        staying = {id(point.theta) for point in trail}
        known = {name: kept for name, kept in known.items() if name in staying}
        self._costs[key] = known  # last in the order: used last
        while len(self._costs) > SAMPLES:
            del self._costs[next(iter(self._costs))]
        for point in way:
            if id(point.theta) not in known:
                if cancelled():
                    return None
                cost = Network(recipe, point.theta).cost(*examples)
                # With the array itself, so that its number is not given to another one.
                known[id(point.theta)] = point.theta, cost
        return lambda point: known[id(point.theta)][1]
