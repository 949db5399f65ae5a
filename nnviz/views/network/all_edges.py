"""All edges of a network at once, as a picture: tens of thousands of curves in a fifth of a second.

Painting so many lines is too slow for a window, so NumPy draws them, a column of
pixels at a time: where every edge crosses the column, its weight's colour is put,
the strongest last. Every edge is there, in the colour it has in every view, and
what is seen of a crowd are its strongest, dashed where they are negative. NumPy lets go
of Python's lock in each of its loops, so that the window and the training go on meanwhile.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array
from nnviz.views.network.edges import DASH, GAP
from nnviz.views.network.layout import Layout
from nnviz.views.palette import STEPS

Sorted = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int16]]
"""Start, rise and colour of edges, the weakest first."""

FINE = 2
"""Points drawn to a pixel of the screen each way; their mean is the pixel."""
BLOCK = 16
"""Columns of pixels whose colours are mixed at a time, so that they stay in the cache."""
STRONG = 600
"""Strongest edges of a gap that are drawn without gaps however steep, and wider."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """All edges between two layers, from `left` to `right` in pixels.

    Neurons before stand at heights y0, (inputs,), those after at y1, (outputs,); each edge has a
    weight, (inputs, outputs).
    """

    left: float
    right: float
    y0: Array
    y1: Array
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """A picture of `gaps` that is wanted, `width` by `height` pixels large.

    Attributes:
        largest: the value that takes the full colour.
        table: colours from −largest over 0 to +largest, (2·STEPS + 1, 3).
        left: where the picture begins; its top is that of the view.
        ratio: pixels of the screen to one of ours.
        step: of the moment drawn.
        line: pixels of ours to a line of one pixel at a factor of 1.
        generation: counts orders; a picture of an earlier one is stale.
    """

    gaps: tuple[Gap, ...]
    largest: float
    table: NDArray[np.uint8]
    left: int
    width: int
    height: int
    ratio: float
    step: int
    line: float = 1.0
    generation: int = 0

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return sum(gap.weight.size for gap in self.gaps)


def heights(place: Layout, layer: int) -> Array:
    """Return a height for every neuron of a layer: nearer together where not all have circles.

    The outputs that have circles stay there, beside their names.
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
    """Return all edges of a network, with its weights or a vector laid out alike."""
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


def paint(order: Order, cancelled: Callable[[], bool] = lambda: False) -> NDArray[np.uint32] | None:
    """Draw all edges: pixels as 0xffrrggbb, (height · ratio, width · ratio).

    It is asked now and then whether the work is `cancelled`: then it is dropped, for None.
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
    sides = gap.left - order.left, gap.right - order.left
    first, last = (round(side * order.ratio) * FINE for side in sides)
    first, last = max(first, 0), min(last, len(levels))
    edges, columns = _sorted(gap, order.largest, scale), levels[first:last]
    if not len(edges[0]) or last <= first:
        return True
    y0, rise, level = edges
    strong = y0[-STRONG:], rise[-STRONG:], level[-STRONG:]
    crowd = y0[:-STRONG], rise[:-STRONG], level[:-STRONG]
    dash = round(DASH * order.line * scale), round((DASH + GAP) * order.line * scale)
    return _draw_all(crowd, columns, cancelled) and _draw_strong(
        strong, columns, round(order.line), dash, cancelled
    )


def _draw_all(edges: Sorted, columns: NDArray[np.int16], cancelled: Callable[[], bool]) -> bool:
    """Draw edges a point to a pixel: one to each of its points takes twice as long."""
    y0, rise, level = edges
    # Kept for all columns: making such arrays anew costs as much as filling them.
    y, row = np.empty_like(y0), np.empty(len(y0), np.intp)
    risen = _risen(len(columns) // FINE, 1)[:, 0]
    for at, share in enumerate(risen):
        if cancelled():
            return False
        np.multiply(rise, share, out=y)
        np.add(y, y0, out=y)
        np.copyto(row, y, casting="unsafe")
        column = columns[at * FINE]
        column[row] = level
        columns[at * FINE + 1 : (at + 1) * FINE] = column
    return True


def _draw_strong(
    edges: Sorted,
    columns: NDArray[np.int16],
    around: int,
    dash: tuple[int, int],
    cancelled: Callable[[], bool],
) -> bool:
    """Draw edges so thick that at least one pixel is theirs alone, without gaps where w > 0.

    `around` is how many points lie above and below the one in the middle, `dash` how many columns
    a negative one is drawn, and from where on again.
    """
    y0, rise, level = edges
    # Where an edge is steep, one point to a column would leave some.
    steepest = 1.5 * float(np.abs(rise).max()) / len(columns)
    times = int(np.clip(np.ceil(steepest), 1, 8))
    across = np.arange(-around, around + 1)
    # All points of an edge together, so that those of the stronger ones come after.
    points = times * len(across)
    positive = level >= STEPS
    # No two neighbours begin alike: else gaps would be stripes across the crowd.
    begin = np.arange(len(level)) * (dash[0] - 1)
    for at, (column, shares) in enumerate(zip(columns, _risen(len(columns), times), strict=True)):
        if cancelled():
            return False
        drawn = np.flatnonzero(positive | ((begin + at) % dash[1] < dash[0]))
        row = (y0[drawn, np.newaxis] + rise[drawn, np.newaxis] * shares).astype(np.intp)
        column[(row[:, :, np.newaxis] + across).ravel()] = np.repeat(level[drawn], points)
    return True


def _risen(columns: int, times: int) -> NDArray[np.float32]:
    """Return how far an edge has risen in each column, 3t² − 2t³, (columns, times)."""
    t = (np.arange(columns * times) + 0.5) / (columns * times)
    return (3 * t * t - 2 * t**3).astype(np.float32).reshape(columns, times)


def _sorted(gap: Gap, largest: float, scale: float) -> Sorted:
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
    # Three colours in one number, with room for the sum of some: one look-up does for all.
    parts = table.astype(np.uint32)
    packed = parts[:, 0] << np.uint32(20) | parts[:, 1] << np.uint32(10) | parts[:, 2]
    pixels = np.empty((width, height), np.uint32)
    for start in range(0, width, BLOCK):
        block = packed[levels[start * FINE : (start + BLOCK) * FINE]]
        total = np.zeros((len(block) // FINE, height), np.uint32)
        for across in range(FINE):
            for down in range(FINE):
                total += block[across::FINE, down::FINE]
        mean = pixels[start : start + BLOCK]
        mean[...] = 0xFF
        for shift in (20, 10, 0):
            mean <<= np.uint32(8)
            mean |= (total >> np.uint32(shift) & np.uint32(0x3FF)) // np.uint32(FINE**2)
    return np.ascontiguousarray(pixels.T)
