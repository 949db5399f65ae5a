"""The items of the network view: neurons, inputs, weights and what else can be clicked."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QRectF

from nnviz.engine.notation import parameter_symbol
from nnviz.engine.parameters import locate
from nnviz.engine.run.names import neuron_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.numbers import exact
from nnviz.views.network import text
from nnviz.views.network.edges import Edges, ends
from nnviz.views.network.hits import Hit
from nnviz.views.network.layout import Layout
from nnviz.views.network.tips import numbers_of_neuron
from nnviz.views.shared.items import Item, Items, Kind, Said


class NetworkItems(Items):
    """Everything in the drawing that can be selected, as `Hit`; the view has keys of its own."""

    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where everything stands, layer by layer, and after the neurons the weights."""
        drawing = self.widget.drawing
        place = drawing.place
        if place is None or self.widget.moment is None:
            return {}
        to_view = drawing.camera.transform
        found = dict(_neurons(place))
        edges, fields = drawing.edges, drawing.stage.overlays.fields()
        if fields is not None:  # the wall stands in for the hidden layers and all edges
            last = len(place.columns) - 1
            found = {hit: box for hit, box in found.items() if hit.layer in (0, last)}
            found |= {Hit("neuron", 1, neuron): box for neuron, box in fields.items()}
        elif edges is not None and len(edges):
            found.update(_weights(place, edges))
        return {hit: to_view.mapRect(box) for hit, box in found.items()}

    def said(self, item: Item) -> Said:
        """Return an item's name, and its numbers."""
        assert isinstance(item, Hit)
        moment: Snapshot = self.widget.moment
        if item.kind == "edge":
            at = locate(moment.recipe, item.parameter)
            symbol = parameter_symbol(moment.recipe, at).text
            assert at.source is not None
            source = neuron_name(moment, at.layer - 1, at.source)
            target = neuron_name(moment, at.layer, at.target)
            value = exact(moment.theta_used[item.parameter])
            return Said(text.weight(symbol, source, target), value)
        if item.kind in ("previous", "following"):
            return Said(text.OTHER_EXAMPLES[item.kind == "following"])
        numbers = numbers_of_neuron(moment, item.layer, item.neuron)
        return Said(neuron_name(moment, item.layer, item.neuron), "; ".join(numbers))

    def current(self) -> Item | None:
        """Return what is selected."""
        at: Selection | None = self.widget.selection
        if at is None or self.widget.moment is None or not at.fits(self.widget.moment.recipe):
            return None
        if at.kind == "parameter":
            return Hit("edge", at.layer, at.neuron, at.parameter)
        return None if at.kind == "cost" else Hit("neuron", at.layer, at.neuron)

    def go_to(self, item: Item) -> None:
        """Select it."""
        self.widget.pressing.press(item)

    def kind_of(self, item: Item) -> Kind:
        """Return what it is: the arrows to other examples are buttons."""
        arrows = ("previous", "following")
        return "button" if isinstance(item, Hit) and item.kind in arrows else "mark"


def _neurons(place: Layout) -> Iterator[tuple[Hit, QRectF]]:
    """Return every input and neuron that is drawn, and the arrows to other examples."""
    for kind, arrow in (("previous", place.previous), ("following", place.following)):
        box = QRectF(arrow.left, arrow.top, arrow.width, arrow.height)
        if not box.isEmpty():
            yield Hit("previous" if kind == "previous" else "following"), box
    for layer, column in enumerate(place.columns):
        if layer == 0 and place.tile is not None:
            side, tile = column.spacing, place.tile
            across = round(tile.width / side)
            for pixel in range(column.size):
                row, at = divmod(pixel, across)
                corner = tile.left + at * side, tile.top + row * side
                yield Hit("neuron", 0, pixel), QRectF(*corner, side, side)
            continue
        radius = max(column.radius, 1.0)
        for neuron in range(column.first, column.first + column.shown):
            y = column.height_of(neuron)
            yield (
                Hit("neuron", layer, neuron),
                QRectF(column.x - radius, y - radius, 2 * radius, 2 * radius),
            )


def _weights(place: Layout, edges: Edges) -> Iterator[tuple[Hit, QRectF]]:
    """Return the edges that are drawn, the strongest first, and their middles."""
    x0, y0, x1, y1 = ends(place, edges)
    size = 0.5 * place.unit
    columns = edges.layer, edges.target, edges.parameter, (x0 + x1) / 2, (y0 + y1) / 2
    for row in zip(*(column.tolist()[::-1] for column in columns), strict=True):
        layer, target, parameter, x, y = row
        box = QRectF(x - size, y - size, 2 * size, 2 * size)
        yield Hit("edge", layer, target, parameter), box
