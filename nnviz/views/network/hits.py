"""What lies at a place of the network view: a neuron, a pixel, an edge, a bar, a word to click."""

from typing import Literal

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.views.network.edges import Edges, Spot, within
from nnviz.views.network.layout import Layout

Kind = Literal["neuron", "output", "edge", "previous", "following", "rest"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies at a place.

    Attributes:
        kind: "neuron": a neuron or an input; "output": name and bar of an output; "edge": a
            weight; "previous", "following": the arrows to other examples; "rest": the words
            that count the neurons of a layer that are not drawn.
        layer: of the neuron; of the edge's target.
        parameter: index into theta of an edge, else −1.
    """

    kind: Kind
    layer: int = 0
    neuron: int = 0
    parameter: int = -1

    @property
    def selection(self) -> Selection | None:
        """What a click selects."""
        if self.kind == "edge":
            return Selection("parameter", self.layer, self.neuron, self.parameter)
        if self.kind == "neuron":
            return Selection("neuron", self.layer, self.neuron)
        return Selection("output", self.layer, self.neuron) if self.kind == "output" else None

    @property
    def spot(self) -> Spot | None:
        """The neuron whose edges a double click shows."""
        return Spot(self.layer, self.neuron) if self.kind in ("neuron", "output") else None


def hit(
    place: Layout, edges: Edges | None, x: float, y: float, reach: float, held: int = -1
) -> Hit | None:
    """Return what lies at a place, edges and circles within `reach`; None for empty ground.

    Of several edges there it is the one in front, or that of the parameter that is `held`.
    """
    if place.previous.contains(x, y):
        return Hit("previous")
    if place.following.contains(x, y):
        return Hit("following")
    last = len(place.columns) - 1
    for layer, column in enumerate(place.columns):
        if not column.radius:
            continue
        away = np.hypot(column.x - x, column.y - y)
        found = int(np.argmin(away))
        if away[found] <= column.radius + 0.5 * reach:
            return Hit("neuron", layer, column.first + found)
        if column.rest and abs(x - column.x) < 3.5 * place.unit:
            below = y - float(column.y[-1]) - column.radius
            if 0.2 * place.unit < below < 1.7 * place.unit:
                return Hit("rest", layer)
    pixel = pixel_at(place, x, y)
    if pixel is not None:
        return Hit("neuron", 0, pixel)
    if edges is not None and (there := within(place, edges, x, y, reach)):
        edge = next((one for one in there if edges.parameter[one] == held), there[0])
        parameter = int(edges.parameter[edge])
        return Hit("edge", int(edges.layer[edge]), int(edges.target[edge]), parameter)
    outputs = place.columns[-1]
    if outputs.x + outputs.radius <= x <= place.bars.right:
        away = np.abs(outputs.y - y)
        found = int(np.argmin(away))
        if away[found] <= 0.5 * outputs.spacing:
            return Hit("output", last, outputs.first + found)
    return None


def beneath(
    place: Layout, edges: Edges, x: float, y: float, reach: float, parameter: int
) -> int | None:
    """Return the parameter whose edge lies beneath that of another; after the last the first."""
    there = [int(edges.parameter[one]) for one in within(place, edges, x, y, reach)]
    if parameter not in there:
        return None
    return there[(there.index(parameter) + 1) % len(there)]


def pixel_at(place: Layout, x: float, y: float) -> int | None:
    """Return which input a pixel of the picture at a place is."""
    tile, inputs = place.tile, place.columns[0]
    if tile is None or not tile.contains(x, y):
        return None
    # The tile's column holds the size of a pixel as its spacing.
    columns = round(tile.width / inputs.spacing)
    row = min(int((y - tile.top) / inputs.spacing), inputs.size // columns - 1)
    return row * columns + min(int((x - tile.left) / inputs.spacing), columns - 1)


def column_at(place: Layout, x: float, y: float) -> int | None:
    """Return the layer whose neurons can be shifted by the wheel at a place."""
    for layer, column in enumerate(place.columns):
        left, right = column.x - 2.5 * place.unit, column.x + 2.5 * place.unit
        if layer == len(place.columns) - 1:
            right = place.bars.right
        if column.rest and left <= x <= right and place.heading < y < place.footer.top:
            return layer
    return None


def spot_of(recipe: Recipe, selection: Selection | None) -> Spot | None:
    """Return the neuron that a selection is about; None for a weight, a cost or nothing."""
    if selection is None or not selection.fits(recipe):
        return None
    if selection.kind == "parameter":
        place = locate(recipe, selection.parameter)
        return Spot(place.layer, place.target) if place.source is None else None
    return None if selection.kind == "cost" else Spot(selection.layer, selection.neuron)


def ends_of(recipe: Recipe, selection: Selection) -> tuple[Spot, ...]:
    """Return the neurons that must be in sight for a selection to be seen."""
    if selection.kind != "parameter":
        spot = spot_of(recipe, selection)
        return () if spot is None else (spot,)
    place = locate(recipe, selection.parameter)
    target = Spot(place.layer, place.target)
    return (target,) if place.source is None else (Spot(place.layer - 1, place.source), target)
