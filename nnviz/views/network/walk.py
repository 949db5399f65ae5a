"""The walk through a network by keys: from neuron to neuron, along weights and from one to another.

Of a neuron the strongest weight that leads into it comes first, then the next one; from a weight
one goes to the weights beside it, which lead into the same neuron, and to the neurons at its ends.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.network import views
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array
from nnviz.engine.selection import Selection
from nnviz.views.network.hits import spot_of


def onward(recipe: Recipe, at: Selection | None, neurons: int, layers: int) -> Selection | None:
    """Return what lies so many neurons, or layers, further on; None where nothing is selected."""
    spot = spot_of(recipe, at)
    if spot is None:
        on_weight = at is not None and at.kind == "parameter" and at.fits(recipe)
        return _from_weight(recipe, at, neurons, layers) if at is not None and on_weight else None
    layer = min(max(spot.layer + layers, 0), len(recipe.layers) - 1)
    return Selection("neuron", layer, _within(spot.neuron + neurons, recipe.layers[layer]))


def _from_weight(recipe: Recipe, at: Selection, neurons: int, layers: int) -> Selection:
    place = locate(recipe, at.parameter)
    assert place.source is not None
    if layers:
        before = layers < 0
        neuron = place.source if before else place.target
        return Selection("neuron", place.layer - before, neuron)
    source = _within(place.source + neurons, recipe.layers[place.layer - 1])
    return Selection.of_weight(recipe, place.layer, source, place.target)


def next_weight(recipe: Recipe, theta: Array, at: Selection | None) -> Selection | None:
    """Return the strongest weight into a neuron; of a weight the next strongest beside it.

    Of an input it is the strongest weight that it feeds. After the weakest comes the strongest
    again; None where no neuron is selected.
    """
    if at is None or not at.fits(recipe):
        return None
    spot, weights = spot_of(recipe, at), views(recipe, theta)[0]
    if spot is not None and spot.layer == 0:
        target = int(_strongest_first(weights[0][spot.neuron])[0])
        return Selection.of_weight(recipe, 1, spot.neuron, target)
    if spot is not None:
        layer, target, source = spot.layer, spot.neuron, None
    elif at.kind == "parameter":
        place = locate(recipe, at.parameter)
        layer, target, source = place.layer, place.target, place.source
    else:
        return None
    order = _strongest_first(weights[layer - 1][:, target]).tolist()
    rank = -1 if source is None else order.index(source)
    return Selection.of_weight(recipe, layer, order[(rank + 1) % len(order)], target)


def _strongest_first(weights: Array) -> NDArray[np.intp]:
    return np.argsort(-np.abs(np.nan_to_num(weights)), kind="stable")


def _within(number: int, size: int) -> int:
    return min(max(number, 0), size - 1)
