"""Everything the network view shows of one network, in one size and one theme.

It is built once and then shows moment after moment; another network, size, theme
or window of neurons is another stage on the same scene.
"""

import numpy as np
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsPathItem

from nnviz.engine.symbols import Symbol
from nnviz.views.network.board import Board
from nnviz.views.network.dimming import Dimming
from nnviz.views.network.edges import Edges, Scale, Spot, ends, largest_of
from nnviz.views.network.footer import Footer
from nnviz.views.network.headings import Headings
from nnviz.views.network.input_figures import Caption, InputNames, Tile
from nnviz.views.network.layout import Box
from nnviz.views.network.marks import Marks
from nnviz.views.network.neuron_figures import Circles
from nnviz.views.network.numbers import Numbers
from nnviz.views.network.output_figures import Outputs
from nnviz.views.network.overlays import Overlays
from nnviz.views.network.phase_display import PhaseDisplay
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.network.strands import Strands, edge_path
from nnviz.views.network.text import ERRORS, texts_of, texts_of_all, texts_of_fields


class NetworkScene:
    """The figures of one network on a board that has just been cleared."""

    def __init__(self, board: Board, picture: NetworkPicture, taken: float = 0.0) -> None:
        """Put all figures on a board, beside the room that is taken at the footer's left end."""
        place, state, recipe = board.place, picture.state, picture.snapshot.recipe
        self._place, self._world = place, board.world
        board.scene.setBackgroundBrush(board.ink.panel)
        self._strands = Strands(board)
        self._dimming = Dimming(board)
        self._headings = Headings(board, recipe)
        self._footer = Footer(board, taken)
        self._highlight = board.put(QGraphicsPathItem(), board.pen(board.ink.now, 3.0, 0.22))
        shape = picture.facts.image_shape
        self._input = InputNames(board) if shape is None else Tile(board, shape)
        names = ("linear", *recipe.activations)
        self._circles = [
            Circles(board, layer, name) if place.columns[layer].radius else None
            for layer, name in enumerate(names)
        ]
        self._caption = Caption(board) if place.caption.height else None
        self._outputs = Outputs(board, picture.outputs)
        self._numbers = Numbers(board) if state.numbers and not state.fields else None
        self.overlays = Overlays(board, picture)
        self._marks = Marks(board)
        self._play: PhaseDisplay | None = None
        self._largest = 0.0
        self._whole = not any(column.rest for column in place.columns)

    @property
    def legend(self) -> Box:
        """Where the scale stands."""
        return self._footer.legend

    def look(self, transform: QTransform, zoom: float) -> None:
        """Show the drawing enlarged and shifted."""
        self._strands.zoom(zoom)
        self._world.setTransform(transform)

    def cover_headings(self, span: tuple[float, float] | None) -> None:
        """Leave out the headings between two places, where buttons stand; None for none."""
        self._headings.cover(span)

    def show_edges(self, edges: Edges, largest: float) -> None:
        """Show the edges chosen; `largest` is the value that takes the full colour."""
        self._strands.show(edges, largest)
        self._largest = largest

    def highlight(self, edges: Edges, parameter: int) -> None:
        """Highlight the edge of a weight if it is drawn, and no other."""
        found = np.flatnonzero(edges.parameter == parameter)
        self._highlight.setVisible(bool(len(found)))
        if len(found):
            corners = np.array([part[found[0]] for part in ends(self._place, edges)])
            self._highlight.setPath(edge_path(corners))

    def show_overlays(self, picture: NetworkPicture, pointed: Spot | None) -> None:
        """Show what was asked for in place of what it stands in for, and what is selected."""
        overlays = self.overlays
        overlays.show(picture, pointed)
        self._strands.set_visible(overlays.single)
        for layer, circles in enumerate(self._circles):
            if circles is not None:
                circles.set_visible(not overlays.replaces(layer))
        self._say(picture)
        self._mark(picture)

    def _mark(self, picture: NetworkPicture) -> None:
        spot, mark = picture.picked, picture.mark
        replaced = spot is not None and self.overlays.replaces(spot.layer)
        alone = self.overlays.shows_fields and mark is not None and mark.kind == "parameter"
        reach = 0.0 if spot is None else self.overlays.reach(spot.layer)
        mark = None if replaced or alone else mark
        self._marks.show(mark, reach, (*self.overlays.beside, *self._headings.boxes))

    def focus(self, spot: Spot | None) -> None:
        """Let all neurons but one stand back; None for none."""
        for layer, circles in enumerate(self._circles):
            if circles is not None:
                but = spot.neuron if spot is not None and spot.layer == layer else -1
                circles.dim(spot is not None, but)
        self._outputs.dim(spot is not None)

    def show(self, picture: NetworkPicture, scales: list[Scale]) -> None:
        """Show the example on its way through the network, as far as a phase has brought it.

        The scales are of the largest activation of each layer, inputs first.
        """
        play, largest = picture.play, 1.0
        if play is not None or self._play is not None:
            self._set_play(play)
        self._input.show(picture)
        focus = picture.snapshot.focus
        parts = zip(self._circles, scales, (focus.x, *focus.a), strict=True)
        for layer, (circles, scale, a) in enumerate(parts):
            if circles is None:
                continue
            largest = max(1.0, (scale if play is None else Scale()).follow(a))
            values, errors = picture.filling(layer)
            circles.show(values, largest_of(values) if errors else largest, errors=errors)
        if self._caption is not None:
            self._caption.show(picture.example)
        self._outputs.show(picture.outputs, largest)
        if self._numbers is not None:
            self._numbers.show(picture.numbers)

    def _say(self, picture: NetworkPicture) -> None:
        """Say how many edges are drawn, or what is shown in place of them."""
        play, subject, finished = picture.play, picture.subject, self.overlays.all_edges.finished
        snapshot = picture.snapshot
        if play is not None and play.phase.kind == "backward":
            layer = play.phase.layer
            legend = f"error {Symbol('δ', str(layer)).text}"
            self._footer.show(largest_of(snapshot.focus.delta[layer - 1]), legend, ERRORS)
        elif self.overlays.shows_fields:
            inputs, neurons = snapshot.recipe.layers[:2]
            self._footer.show(1.0, "of the largest |w|", texts_of_fields(inputs * neurons))
        elif finished is not None and self.overlays.shows_all_edges:
            order = finished.order
            late = None if order.step == snapshot.step else order.step
            self._footer.show(order.largest, subject.legend, texts_of_all(order.edges, late))
        else:
            legend = f"{subject.legend} · fixed" if picture.state.fixed else subject.legend
            texts = texts_of(picture.edges, subject, whole=self._whole)
            self._footer.show(self._largest, legend, texts)

    def _set_play(self, play: PhaseDisplay | None) -> None:
        """Make what is in play stand out, and nothing else; None is for no phase."""
        self._play = play
        layer = None if play is None else play.layer
        for number, circles in enumerate(self._circles):
            if circles is not None:
                circles.ring(play is not None and number == layer)
        self._dimming.show(None if play is None else play.lit)
        self._headings.show(() if play is None else play.wordings, layer)
