"""Where a parameter stands in the network, and which entry of theta it is."""

from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Parameter:
    """Where a parameter stands in the network.

    Attributes:
        layer: the layer that it leads into, at least 1, for 0 is the input; W¹ leads into layer 1.
        source: the neuron of the layer before that it weighs, or None for a bias.
        target: the neuron it feeds.
    """

    layer: int
    source: int | None
    target: int

    def __post_init__(self) -> None:
        if self.layer < 1:
            raise ValueError(f"no parameter leads into layer {self.layer}: 0 is the input")


def locate(recipe: Recipe, index: int) -> Parameter:
    """Find the place in the network of one entry of theta.

    Raises:
        IndexError: theta has no such entry.
    """
    pairs = list(zip(recipe.layers, recipe.layers[1:], strict=False))
    left = index
    for layer, (inputs, outputs) in enumerate(pairs, start=1):
        if 0 <= left < inputs * outputs:
            return Parameter(layer, *divmod(left, outputs))
        left -= inputs * outputs
    for layer, (_, outputs) in enumerate(pairs, start=1):
        if 0 <= left < outputs:
            return Parameter(layer, None, left)
        left -= outputs
    raise IndexError(f"theta has {recipe.parameters} entries, so there is no number {index}")


def index_of(recipe: Recipe, place: Parameter) -> int:
    """Find the entry of theta that stands at a place of the network: undoes `locate`."""
    pairs = list(zip(recipe.layers, recipe.layers[1:], strict=False))
    if place.source is not None:
        before = sum(inputs * outputs for inputs, outputs in pairs[: place.layer - 1])
        return before + place.source * recipe.layers[place.layer] + place.target
    weights = sum(inputs * outputs for inputs, outputs in pairs)
    return weights + sum(recipe.layers[1 : place.layer]) + place.target
