"""Shaping the net by hand: what can change at each layer and between layers, or why it cannot."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Literal

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.recipe import Recipe
from nnviz.engine.reshape import with_activation, with_layer, with_neurons, without_layer
from nnviz.engine.settings import RecipeError
from nnviz.numbers import integer
from nnviz.views.network import text
from nnviz.views.network.layout import Layout

ChangeKind = Literal["fewer", "more", "remove", "insert"]


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """A change of shape.

    Attributes:
        recipe: what it leads to; None where it is refused.
        tip: what it does, or why it is refused.
    """

    recipe: Recipe | None
    tip: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the shape can change: at a layer, or in the gap behind one.

    Attributes:
        gap: True for the gap.
        layer: of the layer itself, or that before the gap; 0 is the input.
        x: its middle in the drawing, in pixels.
    """

    gap: bool
    layer: int
    x: float


@dataclass(frozen=True, slots=True)
class Choice:
    """An activation that a layer may have; its change refuses where it may not."""

    entry: Activation
    chosen: bool
    change: ShapeChange


def slots(place: Layout) -> tuple[Slot, ...]:
    """Return where the shape can change, from left to right: all but inputs, which data decide."""
    columns = place.columns
    found = []
    for layer, (here, there) in enumerate(pairwise(columns)):
        found.append(Slot(True, layer, (here.out + there.x) / 2))
        found.append(Slot(False, layer + 1, there.x))
    return tuple(found)


def is_hidden(recipe: Recipe, slot: Slot) -> bool:
    """Tell whether it is at a hidden layer, whose size people decide."""
    return not slot.gap and 0 < slot.layer < len(recipe.layers) - 1


def shape_changes(recipe: Recipe, slot: Slot) -> Mapping[ChangeKind, ShapeChange]:
    """Return what can be done there."""
    layer, name = slot.layer, integer(slot.layer)
    if slot.gap:
        return {"insert": _tried(partial(with_layer, recipe, layer), text.INSERT_TIP)}
    if not is_hidden(recipe, slot):
        return {}
    return {
        "fewer": _tried(partial(with_neurons, recipe, layer, -1), text.fewer_tip(name)),
        "more": _tried(partial(with_neurons, recipe, layer, 1), text.more_tip(name)),
        "remove": _tried(partial(without_layer, recipe, layer), text.remove_tip(name)),
    }


def choices(recipe: Recipe, layer: int) -> tuple[Choice, ...]:
    """Return every activation of the table for a layer, and why some do not go there."""
    now = recipe.activations[layer - 1]
    return tuple(
        Choice(
            entry,
            name == now,
            _tried(partial(with_activation, recipe, layer, name), entry.use),
        )
        for name, entry in ACTIVATIONS.items()
    )


def _tried(change: Callable[[], Recipe], tip: str) -> ShapeChange:
    try:
        return ShapeChange(change(), tip)
    except RecipeError as refusal:
        return ShapeChange(None, str(refusal))
