"""What the inspector shows of one moment of a run: the page of what is selected."""

from dataclasses import replace
from functools import partial

import numpy as np

from nnviz.engine.run.snapshot import Focus, Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.inspector import text
from nnviz.views.inspector.cost import cost_page, output_page
from nnviz.views.inspector.moment import moment_of
from nnviz.views.inspector.neuron import neuron_page
from nnviz.views.inspector.page import Offer, Page
from nnviz.views.inspector.parameter_edits import shuffled, switched_off
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
        offers=_offers(snapshot, selection),
        shape=(selection, moment.known, *parts),
    )


def _offers(snapshot: Snapshot, selection: Selection) -> tuple[Offer, ...]:
    """Return what can be done to a neuron and its layer."""
    if selection.kind != "neuron":
        return ()
    recipe, layer = snapshot.recipe, selection.layer
    last = layer == len(recipe.layers) - 1
    off = Offer(text.switch_off(last=last), partial(switched_off, recipe, layer, selection.neuron))
    if not layer:
        return (off,)
    return off, Offer(text.shuffle(layer), partial(shuffled, recipe, snapshot.theta, layer))
