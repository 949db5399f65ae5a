"""The neurons in the drawing: a circle each, filled by value, dashed where that is negative."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from nnviz.engine.run.snapshot import Array
from nnviz.views.network.board import Board
from nnviz.views.network.colours import Indices

DIMMED = 0.3
"""How much is left of what stands back."""


class Circles:
    """A layer's neurons, filled by their activations."""

    def __init__(self, board: Board, layer: int, activation: str) -> None:
        column, columns = board.place.columns[layer], board.place.columns
        unit, self._ink, self._activation = board.place.unit, board.ink, activation
        self._brushes = self._usual = board.ink.brushes(activation)
        usual, in_play = board.pen(board.ink.dim, 1.0, 0.08), board.pen(board.ink.text, 1.25, 0.1)
        self._pens = [(pen, _dashed(pen)) for pen in (usual, in_play)]
        self._in_play = False
        radius = max(1.0, column.radius - board.line_width(0.5))
        self._drawn, self._dim = column.drawn, (False, -1)
        part = board.part()
        self.set_visible = part.set_visible
        left, side = column.x - radius, 2 * radius
        self._circles = [
            part.put(QGraphicsEllipseItem(left, y - radius, side, side), usual)
            for y in column.y.tolist()
        ]
        self._negative = np.zeros(column.shown, bool)
        self._shown = np.full(column.shown, -1)
        rest = part.line(0.5)
        below = float(column.y[-1]) + column.radius + 0.9 * unit
        beside = [abs(other.x - column.x) for other in columns if other is not column]
        room, caption = min(beside) - 0.5 * unit, board.place.caption
        if caption.top < below + 0.6 * unit and below - 0.6 * unit < caption.bottom:
            # As far to the right as it reaches to the left, where the caption may stand.
            room = min(room, 2 * (column.x - caption.right - 0.3 * unit))
        rest.write_fitting(column.x, below, column.rest, room)

    def show(self, values: Array, largest: float, *, errors: bool) -> None:
        """Show the layer's activations, or its errors δ; `largest` takes the full colour."""
        ink, drawn = self._ink, values[self._drawn]
        if errors:
            self._fill(ink.signed, ink.diverging.index(drawn, largest))
        else:
            self._fill(self._usual, ink.fills(self._activation, drawn, largest))
        self._sign(drawn < 0)

    def ring(self, in_play: bool) -> None:
        """Ring the layer, or leave it plain."""
        if in_play != self._in_play:
            self._in_play = in_play
            for circle, negative in zip(self._circles, self._negative.tolist(), strict=True):
                circle.setPen(self._pens[in_play][negative])

    def dim(self, dimmed: bool, but: int = -1) -> None:
        """Let the layer stand back, but for one of its neurons, or not any more."""
        if (dimmed, but) == self._dim:
            return
        self._dim = dimmed, but
        for j, circle in enumerate(self._circles, self._drawn.start):
            circle.setOpacity(DIMMED if dimmed and j != but else 1.0)

    def _sign(self, negative: NDArray[np.bool_]) -> None:
        """Dash the rims of those whose value is negative."""
        for j in np.flatnonzero(negative != self._negative).tolist():
            self._circles[j].setPen(self._pens[self._in_play][bool(negative[j])])
        self._negative = negative

    def _fill(self, brushes: list[QBrush], fills: Indices) -> None:
        if brushes is not self._brushes:
            self._brushes, self._shown = brushes, np.full(len(self._circles), -1)
        for j in np.flatnonzero(fills != self._shown).tolist():
            self._circles[j].setBrush(brushes[fills[j]])
        self._shown = fills


def _dashed(pen: QPen) -> QPen:
    """Return the pen of a rim around what is negative."""
    dashed = QPen(pen)
    dashed.setDashPattern([2.5, 2.0])
    dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
    return dashed
