"""Where the names of lines stand in a plot: near their place, on no line and on no other name.

Everything here is in pixels, y downwards. The lines are drawn on a coarse grid
once; all places that come into question for a name are then looked at in one
go. No line may pass between a name and what it names, and a name without room
is left out rather than written over something.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.run.snapshot import Array
from nnviz.views.cost.curves import Line

CELL = 2.0
"""Side of the grid's cells in pixels."""
ROWS = 7
"""How far from its place a name may stand, in halves of its height."""


class Room:
    """The part of a plot where names can stand."""

    def __init__(self, width: float, height: float, lines: Sequence[Line]) -> None:
        """Draw the lines, which names must not cover, on the grid."""
        self._width, self._height = width, height
        columns, rows = int(width / CELL) + 2, int(height / CELL) + 2
        x = np.arange(columns) * CELL
        self._ways = np.full((len(lines), columns), np.nan)
        full = np.zeros((rows, columns), dtype=bool)
        levels = np.arange(rows)[:, np.newaxis] * CELL
        for way, (line_x, line_y) in zip(self._ways, lines, strict=True):
            if len(line_x):
                way[:] = np.interp(x, line_x, line_y, left=np.nan, right=np.nan)
            ahead = np.append(way[1:], np.nan)
            top, bottom = np.fmin(way, ahead), np.fmax(way, ahead)
            full |= (levels >= top - CELL) & (levels <= bottom + CELL)
        # Summed up, so that any rectangle is known by its four corners.
        self._sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
        self._sums[1:, 1:] = full.cumsum(axis=0).cumsum(axis=1)
        self.taken: list[tuple[float, float, float, float]] = []

    def place(
        self,
        anchors: Sequence[tuple[float, float]],
        wide: float,
        high: float,
        gap: float,
        barriers: Sequence[int] = (),
    ) -> tuple[float, float] | None:
        """Find room for a name near one of some points, the best first, and take it.

        It stands off the point by `gap` at least; the lines of these numbers may not pass
        between. Returns where its left and top are, or None where there is no room near by.
        """
        right, bottom = self._width - wide - 2, self._height - high - 2
        if right < 2 or bottom < 2:
            return None
        across = np.array([-wide, -wide / 2, gap, -1.5 * wide])
        away = gap + 0.5 * high * np.arange(ROWS)
        down = np.stack((-high - away, away), axis=1).ravel()
        for x, y in anchors:
            left, top = (found.ravel() for found in np.meshgrid(x + across, y + down))
            left, top = np.clip(left, 2, right), np.clip(top, 2, bottom)
            good = self._free(left, top, wide, high)
            good &= self._near(x, y, left + wide / 2, top + high / 2, barriers)
            if good.any():
                first = int(np.argmax(good))
                place = float(left[first]), float(top[first])
                self.taken.append((*place, place[0] + wide, place[1] + high))
                return place
        return None

    def take(self, left: float, top: float, wide: float, high: float) -> bool:
        """Take a rectangle, where it covers nothing; tell whether it does."""
        free = bool(self._free(np.array([left]), np.array([top]), wide, high)[0])
        if free:
            self.taken.append((left, top, left + wide, top + high))
        return free

    def is_blank(self, left: float, top: float, wide: float, high: float) -> bool:
        """Tell whether nothing is written in a rectangle, whatever lines go through it."""
        return bool(self._off_text(np.array([left]), np.array([top]), wide, high)[0])

    def hidden(self, left: float, top: float, wide: float, high: float) -> int:
        """Return how much of the lines a rectangle would cover, in cells of the grid."""
        return int(self._covered(np.array([left]), np.array([top]), wide, high)[0])

    def _free(self, left: Array, top: Array, wide: float, high: float) -> NDArray[np.bool_]:
        """Tell which rectangles cover nothing, (places,)."""
        clear = self._covered(left, top, wide, high) == 0
        return np.asarray(clear & self._off_text(left, top, wide, high))

    def _covered(self, left: Array, top: Array, wide: float, high: float) -> NDArray[np.int64]:
        """Return how many cells with a line in them rectangles cover, (places,)."""
        rows, columns = (side - 1 for side in self._sums.shape)
        x0 = np.clip(((left - 3) / CELL).astype(int), 0, columns)
        x1 = np.clip(((left + wide + 3) / CELL).astype(int) + 1, 0, columns)
        y0 = np.clip((top / CELL).astype(int), 0, rows)
        y1 = np.clip(((top + high) / CELL).astype(int) + 1, 0, rows)
        sums = self._sums
        return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])

    def _off_text(self, left: Array, top: Array, wide: float, high: float) -> NDArray[np.bool_]:
        """Tell which rectangles meet nothing that is written, (places,)."""
        good = np.ones(len(left), dtype=bool)
        for a, b, c, d in self.taken:
            good &= (left > c + 6) | (left + wide < a - 6) | (top > d) | (top + high < b)
        return good

    def _near(
        self, x: float, y: float, to_x: Array, to_y: Array, barriers: Sequence[int]
    ) -> NDArray[np.bool_]:
        """Tell from which places the point can be seen, (places,)."""
        share = np.linspace(0, 1, 13)[1:]
        way_x = x + share * (to_x - x)[:, np.newaxis]
        way_y = y + share * (to_y - y)[:, np.newaxis]
        columns = np.clip((way_x / CELL).astype(int), 0, self._ways.shape[1] - 1)
        below = way_y - self._ways[list(barriers)][:, columns]  # (barriers, places, way)
        with np.errstate(invalid="ignore"):
            crossed = (below < 0).any(axis=2) & (below > 0).any(axis=2)
        return np.asarray(~crossed.any(axis=0))
