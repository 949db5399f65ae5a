"""Everything the network view shows of one network, in one size and one theme.

It is built once and then shows moment after moment; another network, size, theme
or window of neurons is another stage on the same scene.
"""

import numpy as np
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsPathItem

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.network.board import Board
from nnviz.views.network.dimming import Dimming
from nnviz.views.network.edge_modes import Subject
from nnviz.views.network.edges import Edges, Scale, Spot, ends
from nnviz.views.network.figures import Circles, InputNames, Outputs, Tile
from nnviz.views.network.footer import Footer
from nnviz.views.network.hits import spot_of
from nnviz.views.network.layout import Box
from nnviz.views.network.marks import Marks
from nnviz.views.network.numbers import Numbers
from nnviz.views.network.overlays import Overlays, Wishes
from nnviz.views.network.phase_display import PhaseDisplay
from nnviz.views.network.strands import Strands, edge_path
from nnviz.views.network.text import Caption, Headings


class NetworkScene:
    """The figures of one network on a board that has just been cleared."""

    def __init__(
        self,
        board: Board,
        snapshot: Snapshot,
        *,
        wishes: Wishes | None = None,
        taken: float = 0.0,
        numbers: bool = False,
    ) -> None:
        """Put all figures on a board.

        Args:
            board: takes them.
            snapshot: gives the network.
            wishes: what else is to be shown; the usual if left out.
            taken: room that is taken at the left end of the footer.
            numbers: True to write numbers beside the neurons.
        """
        place, wishes = board.place, wishes or Wishes()
        self._place, self._world = place, board.world
        board.scene.setBackgroundBrush(board.ink.panel)
        self._strands = Strands(board)
        self._veil = Dimming(board)
        self._headings = Headings(board, snapshot)
        self._footer = Footer(board, taken)
        self._highlight = QGraphicsPathItem()
        self._highlight.setPen(board.pen(board.ink.now, 3.0, 0.22))
        board.add(self._highlight)
        self._input = InputNames(board) if place.tile is None else Tile(board, snapshot)
        names = ("linear", *snapshot.recipe.activations)
        self._circles = [
            Circles(board, layer, name) if place.columns[layer].radius else None
            for layer, name in enumerate(names)
        ]
        self._caption = Caption(board) if place.caption.height else None
        self._outputs = Outputs(board, snapshot)
        self._numbers = Numbers(board) if numbers and not wishes.wall else None
        self.extras = Overlays(board, snapshot, wishes, numbers=numbers)
        self._marks = Marks(board)
        self._play: PhaseDisplay | None = None
        self._counts: tuple[Edges, float, Subject, bool] | None = None
        self._step = snapshot.step
        self._weights = snapshot.recipe.layers[0] * snapshot.recipe.layers[1]

    @property
    def legend(self) -> Box:
        """Where the scale stands."""
        return self._footer.legend

    def look(self, transform: QTransform, zoom: float) -> None:
        """Show the drawing enlarged and shifted."""
        self._strands.zoom(zoom)
        self._world.setTransform(transform)

    def show_edges(
        self, edges: Edges, largest: float, subject: Subject, *, fixed: bool = False
    ) -> None:
        """Show the edges chosen.

        Args:
            edges: which, and the value of each.
            largest: the value that takes the full colour.
            subject: what the values are.
            fixed: True where that value stays whatever comes.
        """
        self._strands.show(edges, largest)
        self._counts = edges, largest, subject, fixed
        self._show_counts()

    def highlight(self, edges: Edges, parameter: int) -> None:
        """Highlight the edge of a weight if it is drawn, and no other."""
        found = np.flatnonzero(edges.parameter == parameter)
        self._highlight.setVisible(bool(len(found)))
        if len(found):
            corners = np.array([part[found[0]] for part in ends(self._place, edges)])
            self._highlight.setPath(edge_path(corners))

    def mark(self, snapshot: Snapshot, selection: Selection | None) -> None:
        """Mark what is selected, with its numbers of a moment."""
        spot = spot_of(snapshot.recipe, selection)
        replaced = spot is not None and self.extras.replaces(spot.layer)
        alone = self.extras.walled and selection is not None and selection.kind == "parameter"
        reach = 0.0 if spot is None else self.extras.reach(spot.layer)
        self._marks.show(snapshot, None if replaced or alone else selection, reach)

    def show_extras(
        self,
        snapshot: Snapshot,
        play: PhaseDisplay | None,
        pointed: Spot | None,
        picked: Spot | None,
    ) -> None:
        """Show what was asked for, in place of what it stands in for.

        Args:
            snapshot: the moment.
            play: its phase, if it has one.
            pointed: the neuron under the mouse.
            picked: the neuron that is selected.
        """
        extras, self._step = self.extras, snapshot.step
        extras.show(snapshot, play, pointed, picked)
        self._strands.set_visible(extras.single)
        for layer, circles in enumerate(self._circles):
            if circles is not None:
                circles.set_visible(not extras.replaces(layer))
        if play is None or play.phase.kind != "backward":
            self._show_counts()

    def focus(self, spot: Spot | None) -> None:
        """Let all neurons but one stand back; None for none."""
        for layer, circles in enumerate(self._circles):
            if circles is not None:
                but = spot.neuron if spot is not None and spot.layer == layer else -1
                circles.dim(spot is not None, but)
        self._outputs.dim(spot is not None)

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
        if self._caption is not None:
            self._caption.show(snapshot)
        self._outputs.show(snapshot, largest)
        self._show_numbers(snapshot)

    def show_phase(self, snapshot: Snapshot, play: PhaseDisplay) -> None:
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
        if self._caption is not None:
            self._caption.show(snapshot, known=play.known.outputs)
        self._outputs.show(snapshot, largest, known=play.known.outputs)
        self._show_numbers(snapshot)
        if play.phase.kind == "backward":
            layer = play.phase.layer
            self._footer.show_errors(Scale().follow(focus.delta[layer - 1]), layer)
        else:
            self._show_counts()

    def _show_numbers(self, snapshot: Snapshot) -> None:
        if self._numbers is not None:
            self._numbers.show(snapshot)

    def _show_counts(self) -> None:
        if self._counts is not None:
            edges, largest, subject, fixed = self._counts
            if self.extras.walled:
                self._footer.show_fields(self._weights)
                return
            finished = self.extras.crowd.finished
            if finished is not None and self.extras.crowded:
                order = finished.order
                late = None if order.step == self._step else order.step
                self._footer.show_all(order.edges, late, order.largest, subject)
                return
            self._footer.show(edges, largest, subject, fixed=fixed)

    def _set_play(self, play: PhaseDisplay | None) -> None:
        """Make what is in play stand out, and nothing else; None is for no phase."""
        self._play = play
        layer = None if play is None else play.layer
        for number, circles in enumerate(self._circles):
            if circles is not None:
                circles.ring(play is not None and number == layer)
        self._veil.show(None if play is None else play.lit)
        self._headings.show(() if play is None else play.wordings, layer)
        if play is None:
            self._show_counts()
