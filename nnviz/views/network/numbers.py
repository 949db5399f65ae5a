"""Numbers beside the neurons: bias b, weighted sum z and error δ, as far as they are known.

Where neurons stand wide apart their numbers stand below them, where they are
crowded beside them, and those of outputs below their bars: as many as have room. Where the
reader wishes more digits than usual they have them if there is room, else they are brief.
"""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.numbers import digits
from nnviz.views.network.board import Board, Line
from nnviz.views.network.tips import NumbersOfLayer, more_wished
from nnviz.views.shared.type_scale import Step, sized

TEMPLATES = {"z": "z −00.00", "b": "b −00.00", "δ": "δ −0.000"}
"""The widest that is usually written of each number in few letters."""

Written = tuple[int, str, Line, float, float]
"""A neuron, which of its numbers stand in a line, the line and its place."""


class Numbers:
    """The numbers of every neuron that has room for them."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._ground = QColor(board.ink.panel)
        self._ground.setAlphaF(0.82)
        columns = board.place.columns
        self._brief = dict.fromkeys(range(1, len(columns)), True)
        self._layers = [(layer, self._place(layer)) for layer in range(1, len(columns))]

    def show(self, numbers: tuple[NumbersOfLayer, ...]) -> None:
        """Show the example's numbers, those of each layer after the input by their letters."""
        for texts, (layer, places) in zip(numbers, self._layers, strict=True):
            first = self._board.place.columns[layer].first
            for neuron, kinds, line, x, y in places:
                said = texts[neuron - first]
                line.write(x, y, "  ".join(said[kind][self._brief[layer]] for kind in kinds))

    def _place(self, layer: int) -> list[Written]:
        columns, unit = self._board.place.columns, self._board.place.unit
        column, last = columns[layer], layer == len(columns) - 1
        size = self._board.place.letters(Step.LABEL)
        if last:
            wide = self._board.place.bars.right - self._board.place.names
            names = self._board.place.lettering(Step.HEADING, column)[0]
            below = 0.5 * names + 0.55 * size
            if column.spacing < names + 1.1 * size:
                return []
            right = self._board.place.bars.right
            most = 1 if column.spacing < 4.0 * unit else 2
            rows = self._in_full(layer, size, wide, most) or self._rows(size, wide)[:most]
            return self._lines(layer, rows, size, right, below, 1.0)
        gap = columns[layer + 1].x - columns[layer + 1].radius - column.x - column.radius
        below = column.radius + 0.65 * size
        free = self._board.place.footer.top - float(column.y[-1]) - below
        most = max(int(free / (1.1 * size)), 0)
        apart = int((column.spacing - 2 * column.radius) / (1.15 * size))
        rows = self._in_full(layer, size, gap, min(most, apart)) or self._rows(size, gap)[:most]
        if rows and column.spacing >= 2 * column.radius + 1.15 * size * len(rows):
            return self._lines(layer, rows, size, column.x, below, 0.5)
        size = min(size, self._board.place.lettering(Step.LABEL, column)[0])
        # Edges are to be seen beside them, but for one number nearly all of the gap may go.
        rows = self._rows(size, 0.7 * gap)[:1] or self._rows(size, gap - 0.7 * unit)[:1]
        return self._lines(layer, rows, size, column.x + column.radius + 0.5 * unit, 0.0, 0.0)

    def _in_full(self, layer: int, size: int, room: float, lines: int) -> list[str]:
        """Return the lines of a layer where all digits wished have room; none where they do not."""
        if not more_wished():
            return []
        rows = self._rows(size, room, brief=False)
        self._brief[layer] = not 0 < len(rows) <= lines
        return [] if self._brief[layer] else rows

    def _rows(self, size: int, room: float, *, brief: bool = True) -> list[str]:
        """Return which numbers stand in each line of a width; none where not one has room."""
        metrics, templates = QFontMetricsF(sized(self._board.base, size)), _templates(brief)
        for rows in (["zbδ"], ["zδ", "b"], ["z", "δ", "b"]):
            widest = "  ".join(templates[kind] for kind in rows[0])
            if metrics.horizontalAdvance(widest) <= room:
                return rows
        return []

    def _lines(
        self, layer: int, rows: list[str], size: int, x: float, below: float, align: float
    ) -> list[Written]:
        """Put the lines of a layer on the board, each neuron's on a patch of its own."""
        if not rows:
            return []
        column, templates = self._board.place.columns[layer], _templates(self._brief[layer])
        board, step = self._board, 1.1 * size
        font = sized(board.base, size)
        metrics = QFontMetricsF(font)
        every = max(1, int(np.ceil(1.05 * size / column.spacing)))
        neurons = range(column.first, column.first + column.shown, every)
        widest = max(
            metrics.horizontalAdvance("  ".join(templates[kind] for kind in row)) for row in rows
        )
        for neuron in neurons:
            top = column.height_of(neuron) + below - 0.5 * step
            box = QRectF(x - align * widest - 2, top, widest + 4, step * len(rows))
            board.put(QGraphicsRectItem(box), brush=self._ground)
        return [
            (neuron, row, board.line(align, font=font), x, column.height_of(neuron) + below + at)
            for neuron in neurons
            for row, at in zip(rows, step * np.arange(len(rows)), strict=True)
        ]


def _templates(brief: bool) -> Mapping[str, str]:
    """Return the widest that is usually written of each number."""
    if brief:
        return TEMPLATES
    return {kind: f"{kind} −0.0{'0' * digits()}" for kind in TEMPLATES}
