"""Everything the network view shows of one network, in one size and one theme.

It is built once and then shows moment after moment; another network, size or
theme is another stage on the same scene.
"""

import numpy as np
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from nnviz.engine.snapshot import Snapshot
from nnviz.views.network_board import Board
from nnviz.views.network_edges import Edges, Scale, ends
from nnviz.views.network_figures import Circles, InputNames, Outputs, Tile
from nnviz.views.network_strands import Strands, edge_path
from nnviz.views.network_words import Caption, Footer, write_headings


class Stage:
    """The figures of one network on a board that has just been cleared."""

    def __init__(self, board: Board, snapshot: Snapshot) -> None:
        place = board.place
        self._place = place
        board.scene.setBackgroundBrush(board.ink.panel)
        self._strands = Strands(board)
        write_headings(board, snapshot)
        self._footer = Footer(board)
        self._highlight = QGraphicsPathItem()
        self._highlight.setPen(QPen(board.ink.now, max(3.0, 0.22 * place.unit)))
        board.add(self._highlight)
        self._input = InputNames(board) if place.tile is None else Tile(board, snapshot)
        names = ("linear", *snapshot.recipe.activations)
        self._circles = [
            Circles(board, column, name) if column.radius else None
            for column, name in zip(place.columns, names, strict=True)
        ]
        self._caption = Caption(board)
        self._outputs = Outputs(board, snapshot)

    def show_edges(self, edges: Edges, largest: float) -> None:
        """Show the edges chosen; `largest` is the |w| of the full colour."""
        self._strands.show(edges, largest)
        self._footer.show(len(edges), edges.total, largest)

    def highlight(self, edges: Edges, parameter: int) -> None:
        """Highlight the edge of a weight if it is drawn, and no other."""
        found = np.flatnonzero(edges.parameter == parameter)
        self._highlight.setVisible(bool(len(found)))
        if len(found):
            corners = np.array([part[found[0]] for part in ends(self._place, edges)])
            self._highlight.setPath(edge_path(corners))

    def show_neurons(self, snapshot: Snapshot, scales: list[Scale]) -> None:
        """Show the example on its way through the network.

        Args:
            snapshot: the moment.
            scales: the largest activation of each layer, inputs first.
        """
        self._input.show(snapshot)
        largest = 1.0
        values = (snapshot.focus.x, *snapshot.focus.a)
        for circles, scale, a in zip(self._circles, scales, values, strict=True):
            if circles is not None:
                largest = max(1.0, scale.follow(a))
                circles.show(a, largest)
        self._caption.show(snapshot)
        self._outputs.show(snapshot, largest)
