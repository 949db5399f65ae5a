"""What the table of parameters says."""

from collections.abc import Sequence

from nnviz.engine.notation import activation_symbol
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.parameters import ALL, Scope
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import Moment
from nnviz.numbers import count, integer, write

TABLE = "Weights and biases"
LAYERS, NEURONS = "Layer", "Neuron"
LAYERS_TIP = "Whose weights and biases are listed"
NEURONS_TIP = "Those of one neuron of the layer, or of all its neurons"
WHOLE, EVERY = "whole net", "all neurons"
INPUTS = "from input"
COPY, COPY_TIP = "Copy", "Copy the marked rows, or all, to paste into a spreadsheet  [Ctrl+C]"
ONLY_TIP = "List only the weights and bias of the selected neuron"
LONGEST = 20
"""Most letters of an input's name in the list to choose from."""
HEADS = {
    "name": ("w, b", "Weights, and biases after those of their neuron"),
    "value": ("value", "Its present value: double-click or F2 to give it another one"),
    "one": ("∂C₀/∂w", "The slope of the cost of this example along it"),
    "mean": ("∂C/∂w", "The slope of the cost along it, averaged over examples"),
    "nudge": ("nudge", "What a step adds to it: −η·∂C/∂w, or what the optimiser makes of that"),
    "new": ("new value", "What it is after the step"),
}
"""Each column's head, and what it holds."""
SORTING = "Click: the largest first, the smallest first, by size, in the net's order"
NOT_YET = "Not computed yet"
ARROWS = {"down": " ↓", "up": " ↑", "size": " |↓|"}
"""What stands behind the head of the column that the table is sorted by."""


def layer_name(layer: int) -> str:
    """Name a choice of layers."""
    if layer == ALL:
        return WHOLE
    return INPUTS if layer == 0 else f"layer {layer}"


def neuron_name(recipe: Recipe, layer: int, neuron: int, given: Sequence[str] = ()) -> str:
    """Name a choice of a layer's neurons, inputs by what they are `given` as names, if anything."""
    if layer == 0 and 0 <= neuron < len(given):
        return given[neuron]
    return EVERY if neuron == ALL else activation_symbol(recipe, layer, neuron).text


def shortened(name: str) -> str:
    """Shorten a long name in the middle: what tells names apart often stands at their ends."""
    kept = LONGEST - 1
    return name if len(name) <= LONGEST else f"{name[: kept - kept // 2]}…{name[-(kept // 2) :]}"


def named(symbol: str, source: str) -> str:
    """Name a weight together with the input that it is on."""
    return f"{symbol} {source}" if source else symbol


def only(recipe: Recipe, scope: Scope, given: Sequence[str]) -> tuple[str, ...]:
    """Say on the button that it lists those of one neuron alone, the fullest wording first."""
    name = neuron_name(recipe, scope.layer, scope.neuron, given)
    names = dict.fromkeys((name, shortened(name), neuron_name(recipe, scope.layer, scope.neuron)))
    return tuple(f"only {each}" for each in names)


def about(moment: Moment, scope: Scope, averaged: str) -> tuple[str, ...]:
    """Say of which examples the numbers are and what the nudge is, the fullest wording first."""
    number = count(scope.count(moment.recipe), "parameter")
    one = f"C₀ of {moment.example}"
    if not moment.averaged:
        later = f"{number} · {one} · mean in “average”, new values in “update”"
        return later, f"{one} · mean in “average”", number
    mean = f"C: mean of {averaged}"
    nudge = nudge_of(moment)
    return f"{number} · {one} · {mean} · {nudge}", f"{mean} · {nudge}", nudge, number


def nudge_of(moment: Moment) -> str:
    """Say what the nudge is."""
    eta = f"η = {write(moment.eta)}"
    if moment.stepped:
        return f"nudge: step of {OPTIMISERS[moment.recipe.optimiser].label}, {eta}"
    return f"nudge −η·∂C/∂w, {eta}"


def too_many(most: int) -> str:
    """Say why not all are listed."""
    return f"More than {integer(most)} parameters at once are not listed: choose a layer or neuron"
