"""What is chosen in the plane view."""

from collections.abc import Sequence

from nnviz.dataclass import dataclass

OUTPUT = 0
"""In place of a layer: what the network as a whole answers."""
INPUTS = -1
"""In place of layer 0, which `OUTPUT` has in files: what the network is given."""


@dataclass(frozen=True, slots=True)
class PlaneState:
    """What is shown of the plane.

    Attributes:
        layer, neuron: the neuron whose map is shown, layers counted from 1 after the input;
            `INPUTS` for an input, `OUTPUT` for the network's answer.
        steps: whether colours go in steps, else smoothly.
        train, test: whether these examples are shown.
        shares: whether each hidden neuron's share of a curve is shown.
    """

    layer: int = OUTPUT
    neuron: int = 0
    steps: bool = False
    train: bool = True
    test: bool = True
    shares: bool = True


def layer_of(layer: int) -> int:
    """Return the layer of the network, 0 being the input, of a neuron that can be shown."""
    return 0 if layer == INPUTS else layer


def is_neuron(layers: Sequence[int], layer: int, neuron: int) -> bool:
    """Tell whether a net of these layers has such a neuron or input, as `PlaneState` has them."""
    there = layer == INPUTS or 1 <= layer < len(layers)
    return there and 0 <= neuron < layers[layer_of(layer)]
