"""Which edges of a network are drawn, and along which curves.

Of the thousands of weights only the strongest of every layer are drawn, so many
that they can still be followed by eye, or all those of one neuron; how many are
left out is said on screen.
An edge leaves one neuron and reaches the next horizontally, on the smooth curve
y = y₀ + (y₁ − y₀)·(3t² − 2t³).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array
from nnviz.views.network.layout import Layout

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Spot:
    """A neuron of a layer, both counted from 0: layer 0 is the input."""

    layer: int
    neuron: int

    def is_in(self, layers: Sequence[int]) -> bool:
        """Tell whether a net of these layers has such a neuron."""
        return 0 <= self.layer < len(layers) and 0 <= self.neuron < layers[self.layer]


DASH, GAP = 7.0, 4.0
"""Pixels at a factor of 1 that a line one pixel wide is drawn, and left out, where w < 0."""
BUDGET = 640
"""Most edges drawn at a time."""
FIRST_SHARE = 340
"""Of these, edges out of the inputs; the other layers share the rest."""
CROSSING = 0.15
"""Edges lie on each other where their distances differ by less than this share of the reach."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """The edges that are drawn, the weakest first.

    Attributes:
        parameter: indices into theta, (edges,).
        layer: l of w^l_jk, counted from 1, (edges,); neurons k and j are source and target.
        weight: w, or another value of each weight, (edges,); never nan.
        total: number of weights they were chosen from: all of the network, or of a neuron.
        cut: True where others than zeros between neurons drawn were left out.
        only: the neuron whose edges alone are drawn; None for those of all neurons.
    """

    parameter: Indices
    layer: Indices
    source: Indices
    target: Indices
    weight: Array
    total: int
    cut: bool = False
    only: Spot | None = None

    def __len__(self) -> int:
        """Return how many edges are drawn."""
        return len(self.parameter)


def budgets(shown: Sequence[int]) -> list[int]:
    """Return how many edges may be drawn into each layer, so many neurons of each being drawn."""
    every = [k * j for k, j in pairwise(shown)]
    if sum(every) <= BUDGET:
        return every
    gaps = len(every)
    others = (BUDGET - FIRST_SHARE) // max(gaps - 1, 1)
    return [FIRST_SHARE, *[others] * (gaps - 1)]


def strongest(
    recipe: Recipe,
    theta: Array,
    shown: Sequence[slice],
    only: Spot | None = None,
    *,
    zeros: bool = False,
) -> Edges:
    """Choose each layer's edges of largest |w| among the neurons drawn, inputs first.

    A weight of exactly zero is no edge, and one that is not a number cannot be drawn. Instead of
    weights theta may hold a vector laid out alike, such as a gradient. `only` chooses all edges of
    one neuron, in and out, and no others. With `zeros` a weight of zero is an edge, too, in a net
    that is drawn as a whole: a hand may want to turn it up.
    """
    parts: list[tuple[Indices, ...]] = []
    weights, _ = views(recipe, theta)
    most_of = budgets([part.stop - part.start for part in shown])
    zeros = zeros and sum(w.size for w in weights) <= sum(most_of)
    start, total, cut = 0, 0, False
    for number, (w, most) in enumerate(zip(weights, most_of, strict=True), 1):
        outputs = w.shape[1]
        rows, columns = shown[number - 1], shown[number]
        if only is not None:
            rows, columns = _of(only, number - 1, rows), _of(only, number, columns)
            joins = only.layer in (number - 1, number)
            total += (w.shape[only.layer == number - 1]) if joins else 0
            columns = columns if joins else slice(0, 0)
            most = w.size
        drawn = w[rows, columns]
        size = np.abs(drawn).ravel()
        broken = ~np.isfinite(size)
        size[broken] = 0
        cut = cut or bool(broken.any())
        # Zeros go first: so many equal numbers would make the choice slow.
        chosen = np.flatnonzero(~broken if zeros else size)
        if len(chosen) > most:
            cut = True
            chosen = chosen[np.argpartition(size[chosen], -most)[-most:]]
        source, target = np.divmod(chosen, max(drawn.shape[1], 1))
        source, target = source + rows.start, target + columns.start
        parameter = start + source * outputs + target
        parts.append((parameter, np.full(len(chosen), number), source, target))
        start += w.size
    parameter, layer, source, target = (np.concatenate(part) for part in zip(*parts, strict=True))
    weight = theta[parameter]
    # Ties are broken by the index, so that equal weights never swap places.
    order = np.lexsort((parameter, np.abs(weight)))
    return Edges(
        parameter[order],
        layer[order],
        source[order],
        target[order],
        weight[order],
        start if only is None else total,
        cut,
        only,
    )


def _of(only: Spot, layer: int, drawn: slice) -> slice:
    """Return which neurons of a layer may be at an edge's end where one neuron is looked at."""
    if only.layer != layer:
        return drawn
    inside = drawn.start <= only.neuron < drawn.stop
    return slice(only.neuron, only.neuron + inside)


def largest_of(values: Array) -> float:
    """Return the largest finite |value|; 0 where there is none."""
    if not values.size:
        return 0.0
    low, high = values.min(), values.max()
    if np.isfinite(low) and np.isfinite(high):  # the usual case, without copying millions
        return float(max(-low, high))
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))


class Scale:
    """The largest size a colour scale shows; it follows the data without flickering."""

    def __init__(self) -> None:
        self.largest = 0.0

    def follow(self, values: Array, *, fixed: bool = False, shrink: bool = True) -> float:
        """Grow at once when a value is beyond the scale, shrink only when all are far within.

        A `fixed` one stays once it has been set; it must not `shrink` where but a part is shown.
        """
        if fixed and self.largest:
            return self.largest
        largest = largest_of(values)
        if largest > self.largest or (shrink and largest < 0.8 * self.largest):
            self.largest = largest
        return self.largest


def ends(place: Layout, edges: Edges) -> tuple[Array, Array, Array, Array]:
    """Return where edges begin and end: x₀, y₀, x₁, y₁, (edges,) each."""
    starts = np.array([column.out for column in place.columns])
    stops = np.array([column.x - column.radius for column in place.columns])
    y0, y1 = np.empty(len(edges)), np.empty(len(edges))
    for number in range(1, len(place.columns)):
        of_layer = edges.layer == number
        before, after = place.columns[number - 1], place.columns[number]
        y0[of_layer] = before.y[edges.source[of_layer] - before.first]
        y1[of_layer] = after.y[edges.target[of_layer] - after.first]
    return starts[edges.layer - 1], y0, stops[edges.layer], y1


def corners_of(place: Layout, layer: int, source: int, target: int) -> Array:
    """Return x₀, y₀, x₁, y₁ of the edge between two neurons that are drawn, (4,)."""
    before, after = place.columns[layer - 1], place.columns[layer]
    y0, y1 = before.height_of(source), after.height_of(target)
    return np.array([before.out, y0, after.x - after.radius, y1])


def nearest(place: Layout, edges: Edges, x: float, y: float, reach: float) -> int | None:
    """Return which edge passes closest to a point, or None if none is within reach."""
    return next(iter(within(place, edges, x, y, reach)), None)


def within(place: Layout, edges: Edges, x: float, y: float, reach: float) -> list[int]:
    """Return which edges pass a point within reach, in the order in which a hand gets them."""
    if not len(edges):
        return []
    x0, y0, x1, y1 = ends(place, edges)
    t = (x - x0) / (x1 - x0)
    inside = np.flatnonzero((t >= 0) & (t <= 1))
    if not len(inside):
        return []
    t, rise = t[inside], (y1 - y0)[inside]
    slope = rise * 6 * t * (1 - t) / (x1 - x0)[inside]
    away = np.abs(y - y0[inside] - rise * t * t * (3 - 2 * t)) / np.hypot(1, slope)
    order = np.argsort(away, kind="stable")
    order = order[: np.count_nonzero(away <= reach)]
    if not len(order):
        return []
    # Where several cross, the strongest, drawn last, is the one that is seen; beside that place
    # each is reached, however strong its neighbours are.
    seen = np.flatnonzero(away <= away[order[0]] + CROSSING * reach)[-1]
    return [int(inside[seen]), *(int(inside[one]) for one in order if one != seen)]
