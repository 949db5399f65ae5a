"""What is explained in tests: everything that can be selected, of every kind of network."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from nnviz.engine import Recipe, RecipeError
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.run.snapshot import Snapshot, focus_on
from nnviz.engine.selection import Selection
from tests.snapshots import make_snapshot

HIDDEN = [name for name, entry in ACTIVATIONS.items() if not entry.output_only]


def every_selection(recipe: Recipe) -> Iterator[Selection]:
    """One of each kind in each layer."""
    last = len(recipe.layers) - 1
    yield Selection("cost", last)
    for layer, size in enumerate(recipe.layers):
        yield Selection("neuron", layer, size - 1)
        if layer:
            yield Selection.of_weight(recipe, layer, 0, size - 1)
            yield Selection.of_weight(recipe, layer, None, 0)
    yield Selection("output", last, recipe.layers[-1] - 1)


def _pairs() -> Iterator[Recipe]:
    number = 0
    for output in ACTIVATIONS:
        for cost in COSTS:
            hidden = HIDDEN[number % len(HIDDEN)]
            try:
                yield Recipe(
                    layers=(3, 2, 2), activation=hidden, output_activation=output, cost=cost
                )
            except RecipeError:
                continue
            number += 1


PAIRS = list(_pairs())
"""Every activation of outputs with every cost that it can have, hidden ones in turn."""


def _furthest() -> Iterator[Recipe]:
    costs = list(COSTS)
    for number, output in enumerate(ACTIVATIONS):
        own = [recipe for recipe in PAIRS if recipe.output_activation == output]
        yield min(own, key=lambda recipe: (costs.index(recipe.cost) - number) % len(costs))


FURTHEST = list(_furthest())
"""One for each activation of outputs, the costs in turn."""


@cache
def _trained() -> Snapshot:
    return make_snapshot(Recipe(layers=(3, 2, 2)))


def extremes(recipe: Recipe) -> Iterator[Snapshot]:
    """A trained moment, one in which everything saturates, and one in which all is undefined."""
    trained = _trained()
    focus = trained.focus
    for scale in (1.0, 300.0, np.nan):
        moment = replace(trained, recipe=recipe, theta=trained.theta * np.float32(scale))
        with np.errstate(all="ignore"):
            yield replace(moment, focus=focus_on(moment.network(), 0, focus.x, focus.y))
