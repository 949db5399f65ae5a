"""What can be chosen in the network view, as plain values that outlive the network shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.messages.ui_state import read_state
from nnviz.views.network.edge_modes import MODES, WEIGHTS
from nnviz.views.network.edges import Spot
from nnviz.views.network.layout import windows

NEAREST = 16.0
"""Most times the drawing can be enlarged."""


@dataclass(frozen=True, slots=True)
class NetworkState:
    """What was chosen in the network view.

    Attributes:
        edges: what edges show, the id of a `Mode`.
        fixed: whether their scale stays as it is.
        numbers: whether numbers stand beside the neurons.
        all_edges: whether every edge is drawn, not the strongest alone.
        fields: whether the receptive fields of the first layer stand in for the hidden layers.
        maps: whether neurons show their answers over the plane.
        signals: whether signals run along the edges after a step.
        keep_weights: whether a net of another shape takes over the weights that fit.
        focused: layer and number of the neuron whose edges alone are drawn; empty for none.
        firsts: the first neuron drawn of each layer, inputs first; 0 where left out.
        first_field: the first neuron whose receptive field is on the page.
        zoom: how many times the drawing is enlarged.
        centre: which place of the drawing is in the middle, as shares of its width and height.
    """

    edges: str = WEIGHTS.kind
    fixed: bool = False
    numbers: bool = False
    all_edges: bool = False
    fields: bool = False
    maps: bool = True
    signals: bool = True
    keep_weights: bool = True
    focused: tuple[int, ...] = ()
    firsts: tuple[int, ...] = ()
    first_field: int = 0
    zoom: float = 1.0
    centre: tuple[float, ...] = (0.5, 0.5)

    @property
    def focus(self) -> Spot | None:
        """The neuron whose edges alone are drawn."""
        return Spot(*self.focused) if self.focused else None

    def but(self, **changes: Any) -> "NetworkState":
        """Return it with something else chosen, and without what that leaves no room for."""
        # Both would stand in the same place: the one asked for last is shown.
        if changes.get("all_edges"):
            changes["fields"] = False
        elif changes.get("fields"):
            changes["all_edges"] = False
        return replace(self, **changes)

    def shifted(self, layers: Sequence[int], layer: int, first: int) -> "NetworkState":
        """Return it with the neurons of a layer drawn from another one on."""
        wished = [part.start for part in windows(layers, self.firsts)]
        wished[layer] = first
        return replace(self, firsts=tuple(part.start for part in windows(layers, wished)))

    def revealing(
        self, layers: Sequence[int], spots: Sequence[Spot], *, pictured: bool
    ) -> "NetworkState":
        """Return it with layers shifted so that some neurons are drawn."""
        state = self
        for spot in spots:
            part = windows(layers, state.firsts, pictured=pictured)[spot.layer]
            if not part.start <= spot.neuron < part.stop:
                middle = spot.neuron - (part.stop - part.start) // 2
                state = state.shifted(layers, spot.layer, middle)
        return state

    def for_layers(self, layers: tuple[int, ...]) -> "NetworkState":
        """Return it without what points at neurons that a network has not."""
        focus, fits = self.focus, len(self.firsts) <= len(layers)
        if focus is not None and (
            focus.layer >= len(layers) or focus.neuron >= layers[focus.layer]
        ):
            focus = None
        return replace(
            self,
            focused=() if focus is None else (focus.layer, focus.neuron),
            firsts=self.firsts if fits else (),
        )


def read(kept: Mapping[str, Any], before: NetworkState) -> NetworkState:
    """Return what was kept of a state; what is broken stays as it was before."""
    found = read_state(kept, before)
    if found.edges not in MODES:
        found = replace(found, edges=before.edges)
    if not (len(found.focused) in (0, 2) and _counts(found.focused)):
        found = replace(found, focused=before.focused)
    if not _counts(found.firsts):
        found = replace(found, firsts=before.firsts)
    if found.first_field < 0:
        found = replace(found, first_field=before.first_field)
    looks = (found.zoom, *found.centre)
    if not (
        len(found.centre) == 2
        and all(type(part) in (int, float) and isfinite(part) for part in looks)
        and 1 <= found.zoom <= NEAREST
    ):
        found = replace(found, zoom=before.zoom, centre=before.centre)
    return found.but(all_edges=found.all_edges)


def _counts(values: tuple[Any, ...]) -> bool:
    return all(type(value) is int and value >= 0 for value in values)
