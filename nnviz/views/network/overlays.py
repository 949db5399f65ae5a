"""What the network view shows when asked to: fields, maps, all edges, and signals on their way.

Each is a figure of its own that stands in for plainer ones. Here is only which of
them is on the board at a moment, and which neuron of theirs the mouse points at.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.views.network.all_edges_figure import AllEdges, Strip
from nnviz.views.network.board import Board
from nnviz.views.network.edges import Spot, largest_of
from nnviz.views.network.hits import Hit
from nnviz.views.network.maps_tiles import PlaneMaps
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.network.receptive_field_wall import FieldWall
from nnviz.views.network.receptive_fields import FieldTile
from nnviz.views.network.signals import Pulses


class Overlays:
    """The figures on one board."""

    def __init__(self, board: Board, picture: NetworkPicture) -> None:
        """Put the figures on a board, in front of all others; the picture gives the network."""
        place, self._state = board.place, picture.state
        self._place = place
        self.all_edges = AllEdges(board)
        names = ("linear", *picture.snapshot.recipe.activations)
        self._strips = {
            layer: Strip(board, layer, name)
            for layer, (column, name) in enumerate(zip(place.columns, names, strict=True))
            if column.radius and column.rest and layer < len(place.columns) - 1
        }
        facts, small = picture.facts, picture.state.numbers
        self._maps = (
            PlaneMaps(board, picture.snapshot.recipe, small=small)
            if "maps" in facts.available
            else None
        )
        self._wall: FieldWall | None = None
        self._tile: FieldTile | None = None
        if facts.image_shape is not None:
            self._tile = FieldTile(board, facts.image_shape)
            self._wall = FieldWall(board, picture)
            self._wall.leaf_to(picture.state.first_field)
        self.pulses = Pulses(board)
        self._turned = 0.0
        self._picked: Spot | None = None

    @property
    def shows_fields(self) -> bool:
        """Whether the wall stands in for the hidden layers and all edges."""
        return self._wall is not None and self._state.fields

    @property
    def shows_all_edges(self) -> bool:
        """Whether the picture of all edges stands in for single ones."""
        return (
            self._state.all_edges and not self.shows_fields and self.all_edges.finished is not None
        )

    @property
    def single(self) -> bool:
        """Whether edges are drawn one by one."""
        return not self.shows_fields and not self.shows_all_edges

    def replaces(self, layer: int) -> bool:
        """Say whether a layer's circles are stood in for."""
        if self.shows_fields:
            return 0 < layer < len(self._place.columns) - 1
        return self.shows_all_edges and layer in self._strips

    def reach(self, layer: int) -> float:
        """Return half the size of the tiles that stand in for a layer's circles, or 0."""
        return 0.0 if self._maps is None else self._maps.reach(layer)

    @property
    def first_field(self) -> int:
        """The first neuron whose receptive field is on the page."""
        return 0 if self._wall is None else self._wall.first

    @property
    def beside(self) -> tuple[QRectF, ...]:
        """Where the field of one neuron stands with its words; empty while there is none."""
        return () if self._tile is None else self._tile.boxes

    def show(self, picture: NetworkPicture, pointed: Spot | None) -> None:
        """Show what is asked for of a moment, and of the neuron under the mouse."""
        self._state = picture.state
        picked, activation = picture.picked, picture.activation
        self._show_fields(picture, pointed)
        if self._maps is not None:
            if picture.maps is not None:
                self._maps.show(picture.maps, pointed or picked, picked)
            else:
                self._maps.hide()
        for layer, strip in self._strips.items():
            if self.replaces(layer) and not self.shows_fields:
                values, errors = picture.filling(layer)
                largest = largest_of(values) if errors else max(1.0, largest_of(activation(layer)))
                strip.show(values, largest, errors=errors)
                at = picked is not None and picked.layer == layer
                strip.mark(picked.neuron if picked is not None and at else None)
            else:
                strip.hide()

    def _show_fields(self, picture: NetworkPicture, pointed: Spot | None) -> None:
        if self._wall is None or self._tile is None:
            return
        picked = picture.picked
        hovered, chosen = (
            None if spot is None or spot.layer != 1 else spot.neuron for spot in (pointed, picked)
        )
        if not self.shows_fields:
            self._wall.hide()
            neuron = chosen if hovered is None else hovered
            self._tile.show(picture, neuron, 0.0 if neuron is None else self._height(neuron))
            return
        self._tile.show(picture, None, 0.0)
        if picked != self._picked and chosen is not None and not self._wall.shows(chosen):
            self._wall.leaf_to(chosen)
        self._picked = picked
        self._wall.show(picture, hovered, chosen)

    def _height(self, neuron: int) -> float:
        """Return where a neuron of the first layer is, or the words that count it."""
        column = self._place.columns[1]
        if self.shows_all_edges and 1 in self._strips:
            return self._strips[1].height_of(neuron)
        return column.height_of(neuron) if column.draws(neuron) else float(column.y[-1])

    def hit(self, x: float, y: float) -> tuple[Hit | None, bool]:
        """Return which neuron is at a place, and whether nothing else can be there."""
        if self.shows_fields and self._wall is not None:
            neuron = self._wall.neuron_at(x, y)
            last = self._place.columns[-1]
            left, right = self._wall.room.left, last.x - last.radius
            found = None if neuron is None else Hit("neuron", 1, neuron)
            return found, left < x < right and y > self._wall.room.top
        for layer, strip in self._strips.items():
            neuron = strip.neuron_at(x, y)
            if neuron is not None:
                return Hit("neuron", layer, neuron), True
        return None, False

    def fields(self) -> Mapping[int, QRectF] | None:
        """Return where each neuron's receptive field is on the wall; None where that is away."""
        return dict(self._wall.boxes()) if self.shows_fields and self._wall is not None else None

    def on_fields(self, x: float, y: float) -> bool:
        """Tell whether the wall of receptive fields is at a place."""
        return self.shows_fields and self.hit(x, y)[1]

    def scroll(self, notches: float) -> int:
        """Leaf through the wall; return the first neuron on the page."""
        self._turned += notches
        rows = int(self._turned)
        self._turned -= rows
        if self._wall is not None:
            self._wall.scroll(rows)
        return self.first_field
