"""What the network view shows of one moment, made of a snapshot and of what was chosen."""

from dataclasses import dataclass

import numpy as np

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.network.edge_modes import MODES, Subject, shown
from nnviz.views.network.edges import Edges, Spot, strongest
from nnviz.views.network.hits import spot_of
from nnviz.views.network.layout import windows
from nnviz.views.network.phase_display import PhaseDisplay, phase_display
from nnviz.views.network.state import NetworkState


@dataclass(frozen=True, slots=True, eq=False)
class NetworkPicture:
    """What is shown of a moment; arrays are the snapshot's own.

    Attributes:
        recipe: gives layers and activations.
        step: of the moment.
        playing: whether training goes on by itself.
        state: what was chosen.
        selection: what is explained in every view.
        picked: the neuron that it is about.
        play: the phase that the moment is in, if any.
        drawn: which neurons of each layer are drawn, inputs first.
        subject: what edges show.
        values: what they show, laid out like theta.
        edges: those drawn; the very same object for as long as none of them changes.
    """

    snapshot: Snapshot
    recipe: Recipe
    step: int
    playing: bool
    state: NetworkState
    selection: Selection | None
    picked: Spot | None
    play: PhaseDisplay | None
    drawn: tuple[slice, ...]
    subject: Subject
    values: Array
    edges: Edges


def picture(
    snapshot: Snapshot,
    state: NetworkState,
    selection: Selection | None = None,
    earlier: Snapshot | None = None,
    before: NetworkPicture | None = None,
) -> NetworkPicture:
    """Return what is shown of a moment.

    Args:
        snapshot: the moment.
        state: what was chosen.
        selection: what is explained.
        earlier: another moment of the same run that was seen before it, if any.
        before: what was shown of the same network before; what has not changed is taken from it.
    """
    recipe, play = snapshot.recipe, phase_display(snapshot)
    picked = spot_of(recipe, selection)
    subject, values = shown(MODES[state.edges], snapshot, earlier, play)
    only = state.focus
    if only is None and state.edges == "selected":
        only = picked
    drawn = windows(recipe.layers, state.firsts, pictured=snapshot.image_shape is not None)
    edges = None if before is None else before.edges
    if (
        edges is None
        or before is None
        or (subject, only, drawn) != (before.subject, edges.only, before.drawn)
        or not np.array_equal(before.values, values)
    ):
        edges = strongest(recipe, values, drawn, only)
    return NetworkPicture(
        snapshot=snapshot,
        recipe=recipe,
        step=snapshot.step,
        playing=snapshot.playing,
        state=state,
        selection=selection,
        picked=picked,
        play=play,
        drawn=drawn,
        subject=subject,
        values=values,
        edges=edges,
    )
