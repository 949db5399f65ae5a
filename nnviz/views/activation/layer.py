"""The layer whose neurons stand on the curve: which one, their sums, and what is known of them."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.ops import Array
from nnviz.engine.parameters import locate
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.training.phases import known_after

WORK, LIVE_WORK, FEWEST = 2e7, 2e6, 2
"""Examples times parameters that are bearable at rest and while training runs; and the fewest."""


@dataclass(frozen=True, slots=True, eq=False)
class LayerSums:
    """The sums of a layer with the example in focus.

    Attributes:
        number: of the layer, at least 1.
        activation: its own.
        z, a: of its neurons, (neurons,); empty where the phase has not computed them yet.
        neuron: the selected one; −1 for none.
    """

    number: int
    activation: Activation
    z: Array
    a: Array
    neuron: int = -1

    @property
    def known(self) -> bool:
        """Tell whether its sums are known."""
        return len(self.z) > 0


def place_of(snapshot: Snapshot, selection: Selection | None) -> tuple[int, int]:
    """Return the layer that a selection is about, at least 1, and its neuron; −1 for none."""
    if selection is None or not selection.fits(snapshot.recipe):
        return 1, -1
    if selection.kind == "parameter":
        place = locate(snapshot.recipe, selection.parameter)
        return place.layer, place.target
    if selection.kind == "cost":
        return len(snapshot.recipe.layers) - 1, -1
    return (selection.layer, selection.neuron) if selection.layer else (1, -1)


def layer_of(snapshot: Snapshot, selection: Selection | None) -> LayerSums:
    """Return the layer that a selection is about; the first one where it is about none."""
    number, neuron = place_of(snapshot, selection)
    activation = ACTIVATIONS[snapshot.recipe.activations[number - 1]]
    focus, phase = snapshot.focus, snapshot.phase
    known = phase is None or number <= known_after(snapshot.recipe, phase).activations
    nothing = np.zeros(0)
    z, a = (focus.z[number - 1], focus.a[number - 1]) if known else (nothing, nothing)
    return LayerSums(number, activation, z, a, neuron)


def silent_examples(snapshot: Snapshot, layer: int, neuron: int) -> tuple[int, int]:
    """Return for how many test examples a neuron gives nothing, and of how many looked at."""
    if snapshot.sample is None:
        return 0, 0
    work = LIVE_WORK if snapshot.playing else WORK
    most = max(FEWEST, int(work // snapshot.recipe.parameters))
    a = snapshot.network().activations(snapshot.sample.x[:most], layer)[:, neuron]
    return int((a <= 0).sum()), len(a)
