"""Where a parameter stands in the network, which entry of theta it is, and scopes of several."""

import numpy as np
from numpy.typing import NDArray

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


ALL = -1
"""In a `Scope`, every layer, or every neuron of one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which parameters: those of the net, those into one layer, or those of one neuron.

    Attributes:
        layer: `ALL`, or the layer that they lead into; 0 for the weights that an input feeds.
        neuron: `ALL`, or the one neuron of the layer whose weights and bias they are.
    """

    layer: int = ALL
    neuron: int = ALL

    def fits(self, recipe: Recipe) -> bool:
        """Tell whether a network of this recipe has such parameters."""
        if self.layer == ALL:
            return self.neuron == ALL
        least = 0 if self.layer == 0 else ALL
        inside = 0 <= self.layer < len(recipe.layers)
        return inside and least <= self.neuron < recipe.layers[self.layer]

    def parts(self, recipe: Recipe) -> tuple["Scope", ...]:
        """Return the scopes of the layers that it is made of; itself where it is of one."""
        if self.layer != ALL:
            return (self,)
        return tuple(Scope(layer) for layer in range(1, len(recipe.layers)))

    def count(self, recipe: Recipe) -> int:
        """Return how many parameters they are."""
        if self.layer == 0:
            return recipe.layers[1]
        return sum(
            (recipe.layers[part.layer - 1] + 1)
            * (recipe.layers[part.layer] if part.neuron == ALL else 1)
            for part in self.parts(recipe)
        )

    def entries(self, recipe: Recipe) -> NDArray[np.intp]:
        """Return which entries of theta they are: by neuron its weights, then its bias."""
        return np.concatenate([part._of_layer(recipe) for part in self.parts(recipe)])

    def _of_layer(self, recipe: Recipe) -> NDArray[np.intp]:
        if self.layer == 0:
            first = index_of(recipe, Parameter(1, self.neuron, 0))
            return np.arange(first, first + recipe.layers[1], dtype=np.intp)
        inputs, outputs = recipe.layers[self.layer - 1 : self.layer + 1]
        start = index_of(recipe, Parameter(self.layer, 0, 0))
        biases = index_of(recipe, Parameter(self.layer, None, 0))
        one = slice(None) if self.neuron == ALL else slice(self.neuron, self.neuron + 1)
        targets = np.arange(outputs, dtype=np.intp)[one, np.newaxis]
        weights = start + targets + outputs * np.arange(inputs, dtype=np.intp)
        return np.concatenate((weights, biases + targets), axis=1).ravel()
