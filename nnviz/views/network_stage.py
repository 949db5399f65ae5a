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
from nnviz.views.network_play import WEIGHTS, Play, Subject
from nnviz.views.network_strands import Strands, edge_path
from nnviz.views.network_veil import Veil
from nnviz.views.network_words import Caption, Footer, Headings


class Stage:
    """The figures of one network on a board that has just been cleared."""

    def __init__(self, board: Board, snapshot: Snapshot) -> None:
        place = board.place
        self._place = place
        board.scene.setBackgroundBrush(board.ink.panel)
        self._strands = Strands(board)
        self._veil = Veil(board)
        self._headings = Headings(board, snapshot)
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
        self._play: Play | None = None
        self._counts: tuple[int, int, float, Subject] = (0, 0, 0.0, WEIGHTS)

    def show_edges(self, edges: Edges, largest: float, subject: Subject) -> None:
        """Show the edges chosen.

        Args:
            edges: which, and the value of each.
            largest: the value that takes the full colour.
            subject: what the values are.
        """
        self._strands.show(edges, largest)
        self._counts = len(edges), edges.total, largest, subject
        self._footer.show(*self._counts)

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
        if self._play is not None:
            self._set_play(None)
        self._input.show(snapshot)
        largest = 1.0
        values = (snapshot.focus.x, *snapshot.focus.a)
        for circles, scale, a in zip(self._circles, scales, values, strict=True):
            if circles is not None:
                largest = max(1.0, scale.follow(a))
                circles.show(a, largest)
        self._caption.show(snapshot)
        self._outputs.show(snapshot, largest)

    def show_phase(self, snapshot: Snapshot, play: Play) -> None:
        """Show the example as far as the phase has brought it, and what is in play.

        Args:
            snapshot: the moment.
            play: its phase.
        """
        self._set_play(play)
        focus = snapshot.focus
        self._input.show(snapshot)
        largest = 1.0
        for layer, (circles, a) in enumerate(zip(self._circles, (focus.x, *focus.a), strict=True)):
            if circles is None:
                continue
            largest = max(1.0, Scale().follow(a))
            if play.has_error(layer):
                circles.show_errors(focus.delta[layer - 1])
            else:
                circles.show(a if play.has_activation(layer) else np.zeros_like(a), largest)
        self._caption.show(snapshot, known=play.known.outputs)
        self._outputs.show(snapshot, largest, known=play.known.outputs)
        if play.phase.kind == "backward":
            layer = play.phase.layer
            self._footer.show_errors(Scale().follow(focus.delta[layer - 1]), layer)
        else:
            self._footer.show(*self._counts)

    def _set_play(self, play: Play | None) -> None:
        """Make what is in play stand out, and nothing else; None is for no phase."""
        self._play = play
        layer = None if play is None else play.layer
        for number, circles in enumerate(self._circles):
            if circles is not None:
                circles.ring(play is not None and number == layer)
        self._veil.show(None if play is None else play.lit)
        self._headings.show(() if play is None else play.wordings, layer)
        if play is None:
            self._footer.show(*self._counts)
