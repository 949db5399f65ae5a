"""What the inspector shows of a moment: the page of what is selected, and what to do to it."""

from dataclasses import replace
from functools import partial

import numpy as np

from nnviz.engine.network import views
from nnviz.engine.notation import activation_symbol, cost_part_symbol, parameter_name
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import moment_of
from nnviz.engine.run.snapshot import Array, Focus, Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.inspector import text
from nnviz.views.inspector.cost import cost_page, output_page
from nnviz.views.inspector.neuron import neuron_page
from nnviz.views.inspector.page import Action, Change, Page
from nnviz.views.inspector.weight import parameter_page

PAGES = {
    "neuron": neuron_page,
    "parameter": parameter_page,
    "output": output_page,
    "cost": cost_page,
}


def picture(
    snapshot: Snapshot, selection: Selection | None, pinned: Focus | None = None
) -> Page | None:
    """Return what is to be shown of a moment; None where nothing is selected.

    What the network does not have counts as nothing. The example is the pinned one, if any.
    """
    if selection is None or not selection.fits(snapshot.recipe):
        return None
    moment = moment_of(snapshot, pinned)
    with np.errstate(all="ignore"):
        page = PAGES[selection.kind](moment, selection)
    parts = len(page.lines), page.table is None, page.curve is None
    return replace(
        page,
        example=text.pinned(moment.example) if pinned is not None else moment.example,
        actions=_actions(snapshot, selection),
        shape=(selection, moment.known, *parts),
        shorter=_shorter(snapshot.recipe, selection),
    )


def _shorter(recipe: Recipe, selection: Selection) -> tuple[str, ...]:
    """Return names of what is selected where there is no room for its title."""
    if selection.kind == "parameter":
        return (parameter_name(recipe, selection.parameter),)
    if selection.kind == "output":
        return (cost_part_symbol(selection.neuron).text,)
    if selection.kind == "neuron":
        symbol = activation_symbol(recipe, selection.layer, selection.neuron).text
        hidden = 0 < selection.layer < len(recipe.layers) - 1
        return (text.neuron(selection.neuron), symbol) if hidden else (symbol,)
    return ()


def _actions(snapshot: Snapshot, selection: Selection) -> tuple[Action, ...]:
    """Return what can be done to a neuron and its layer."""
    if selection.kind != "neuron":
        return ()
    recipe, layer = snapshot.recipe, selection.layer
    last = layer == len(recipe.layers) - 1
    off = Action(text.switch_off(last=last), partial(switched_off, recipe, layer, selection.neuron))
    if not layer:
        return (off,)
    return off, Action(text.shuffle(layer), partial(shuffled, recipe, snapshot.theta, layer))


def switched_off(recipe: Recipe, layer: int, neuron: int) -> Change:
    """Make a neuron's output not matter any more.

    Whatever comes after it no longer feels it; an output, which nothing comes after, is cut
    off from what comes before, bias included.
    """
    weights, biases = views(recipe, np.arange(recipe.parameters, dtype=np.float64))
    if layer < len(recipe.layers) - 1:
        entries = weights[layer][neuron]
    else:
        entries = np.append(weights[layer - 1][:, neuron], biases[layer - 1][neuron])
    indices = tuple(int(entry) for entry in entries)
    return (0.0,) * len(indices), indices


def shuffled(recipe: Recipe, theta: Array, layer: int) -> Change:
    """Deal a layer's incoming weights out anew, in an order that the recipe's seed decides."""
    places, _ = views(recipe, np.arange(recipe.parameters, dtype=np.float64))
    indices = places[layer - 1].ravel().astype(np.intp)
    order = np.random.default_rng(recipe.seed).permutation(len(indices))
    values = theta[indices][order]
    return tuple(map(float, values)), tuple(map(int, indices))
