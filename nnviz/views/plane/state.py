"""What is chosen in the plane view."""

from nnviz.dataclass import dataclass

OUTPUT = 0
"""In place of a layer: what the network as a whole answers."""


@dataclass(frozen=True, slots=True)
class PlaneState:
    """What is shown of the plane.

    Attributes:
        layer, neuron: the neuron whose map is shown, layers counted from 1 after the input;
            `OUTPUT` for the network's answer.
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
