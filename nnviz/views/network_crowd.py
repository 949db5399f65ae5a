"""All edges of a network at once, as a picture: tens of thousands of curves in a fifth of a second.

Painting so many lines is too slow for a window, so NumPy draws them, a column of
pixels at a time: where every edge crosses the column, its weight's colour is put,
the strongest last. Every edge is there, in the colour it has in every view, and
what is seen of a crowd are its strongest. NumPy lets go of Python's lock in
each of its loops, so that the window and the training go on meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.views.network_layout import Layout
from nnviz.views.palette import STEPS

Array = NDArray[np.floating[Any]]

FINE = 2
"""Points drawn to a pixel of the screen each way; their mean is the pixel."""
MANY = 200_000
"""From so many edges in a gap on, every column of pixels is drawn once only."""
WIDE = 600
"""Strongest edges of a gap that are drawn twice as wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """All edges between two layers.

    Attributes:
        left, right: from where to where they run, in pixels.
        y0: height of each neuron before, (inputs,).
        y1: height of each neuron after, (outputs,).
        weight: the value of each edge, (inputs, outputs).
    """

    left: float
    right: float
    y0: Array
    y1: Array
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """A picture that is wanted.

    Attributes:
        gaps: what is to be drawn.
        largest: the value that takes the full colour.
        table: colours from −largest over 0 to +largest, (2·STEPS + 1, 3).
        width, height: of the picture in pixels; its origin is that of the view.
        ratio: pixels of the screen to one of ours.
        step: of the moment drawn.
        generation: counts orders; a picture of an earlier one is stale.
    """

    gaps: tuple[Gap, ...]
    largest: float
    table: NDArray[np.uint8]
    width: int
    height: int
    ratio: float
    step: int
    generation: int = 0

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return sum(gap.weight.size for gap in self.gaps)


def heights(place: Layout, layer: int) -> Array:
    """Return a height for every neuron of a layer: nearer together where not all have circles.

    Args:
        place: where things stand.
        layer: which; the outputs that have circles stay there, beside their names.
    """
    column = place.columns[layer]
    if column.shown == column.size:
        return column.y
    first, last = float(column.y[0]), float(column.y[-1])
    if layer < len(place.columns) - 1:
        return np.linspace(first - 0.5 * column.spacing, last + 1.2 * place.unit, column.size)
    crowded = np.linspace(last + 0.6 * column.spacing, last + 1.2 * place.unit, column.size)
    crowded[column.drawn] = column.y
    return crowded


def gaps_of(recipe: Recipe, vector: Array, place: Layout) -> tuple[Gap, ...]:
    """Return all edges of a network.

    Args:
        recipe: gives the layers.
        vector: the weights, or a vector laid out alike.
        place: where things stand.
    """
    rows = [heights(place, layer) for layer in range(len(place.columns))]
    weights, _ = views(recipe, vector)
    return tuple(
        Gap(
            place.columns[number].out,
            place.columns[number + 1].x - place.columns[number + 1].radius,
            rows[number],
            rows[number + 1],
            w,
        )
        for number, w in enumerate(weights)
    )


def largest_of(recipe: Recipe, vector: Array) -> float:
    """Return the largest finite |w| of a network, or of a vector laid out like theta."""
    biases = sum(recipe.layers[1:])
    size = np.abs(vector[: len(vector) - biases])
    return float(np.where(np.isfinite(size), size, 0).max(initial=0.0))


def paint(order: Order, cancelled: Callable[[], bool] = lambda: False) -> NDArray[np.uint32] | None:
    """Draw all edges.

    Args:
        order: what is wanted.
        cancelled: asked now and then; the work is dropped once it says True.

    Returns:
        Pixels as 0xffrrggbb, (height · ratio, width · ratio), or None where cancelled.
    """
    width, height = round(order.width * order.ratio), round(order.height * order.ratio)
    # Transposed: a column of pixels lies in one piece, and what is written stays in the cache.
    levels = np.full((width * FINE, height * FINE), STEPS, np.int16)
    for gap in order.gaps:
        if not _paint_gap(gap, order, levels, cancelled):
            return None
    return _mixed(levels, order.table, width, height)


def _paint_gap(
    gap: Gap, order: Order, levels: NDArray[np.int16], cancelled: Callable[[], bool]
) -> bool:
    """Draw the edges of a gap, the strongest in front; say whether it was done."""
    scale = order.ratio * FINE
    y0, rise, level = _sorted(gap, order.largest, scale)
    first = max(0, int(np.floor(gap.left * scale)))
    last = min(len(levels), int(np.ceil(gap.right * scale)))
    if not len(level) or last <= first:
        return True
    each = FINE if len(level) > MANY else 1
    # Where an edge is steep, one point to a column would leave gaps.
    steepest = 1.5 * float(np.abs(rise[-WIDE:]).max()) / (last - first)
    times = int(np.clip(np.ceil(steepest), 1, 4)) if len(level) <= MANY // 20 else 1
    wide = slice(max(0, len(level) - WIDE), None)
    y, row = np.empty_like(y0), np.empty(len(y0), np.intp)
    for at in range(first, last, each):
        if cancelled():
            return False
        for part in range(times):
            t = (at + (part + 0.5) / times - first) / (last - first)
            np.multiply(rise, np.float32(3 * t * t - 2 * t**3), out=y)
            np.add(y, y0, out=y)
            np.copyto(row, y, casting="unsafe")
            column = levels[at]
            column[row] = level
            column[row[wide] + 1] = level[wide]
        if each > 1:
            levels[at + 1 : at + each] = levels[at]
    return True


def _sorted(
    gap: Gap, largest: float, scale: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16]]:
    """Return start, rise and colour of all edges that are any, the weakest first."""
    outputs = gap.weight.shape[1]
    weight = gap.weight.ravel()
    size = np.abs(weight)
    order = np.argsort(size, kind="stable")
    # Those that are nothing come first and those that are no numbers last.
    size = size[order]
    order = order[np.searchsorted(size, 0, "right") : np.searchsorted(size, np.inf, "left")]
    source, target = np.divmod(order, outputs)
    y0, y1 = (np.asarray(y * scale, np.float32) for y in (gap.y0, gap.y1))
    share = weight[order] / (largest or 1.0)
    level = np.round(np.clip(share, -1, 1) * STEPS) + STEPS
    return y0[source], y1[target] - y0[source], level.astype(np.int16)


def _mixed(
    levels: NDArray[np.int16], table: NDArray[np.uint8], width: int, height: int
) -> NDArray[np.uint32]:
    """Return the mean colour of the points of each pixel."""
    colours = table.astype(np.uint16)
    pixels = np.full((height, width), 0xFF000000, np.uint32)
    for channel, shift in enumerate((16, 8, 0)):
        shades = colours[:, channel][levels]
        total = np.zeros((width, height), np.uint16)
        for across in range(FINE):
            for down in range(FINE):
                total += shades[across::FINE, down::FINE]
        pixels |= (total.T // FINE**2).astype(np.uint32) << np.uint32(shift)
    return pixels
