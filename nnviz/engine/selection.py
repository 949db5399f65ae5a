"""A selection: the one number on screen that the user has asked about."""

from typing import Literal

from nnviz.dataclass import dataclass
from nnviz.engine.parameters import Parameter, index_of
from nnviz.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Selection:
    """What was clicked, in any view.

    Attributes:
        kind: "neuron": an input or a neuron with its activation; "parameter": a weight or a
            bias; "output": what one output adds to the cost; "cost": the cost of the example.
        layer: of the neuron; 0 is the input. The last layer for an output.
        neuron: which one of its layer, from 0.
        parameter: index into theta where it is a weight or a bias, else −1.
    """

    kind: Literal["neuron", "parameter", "output", "cost"]
    layer: int = 0
    neuron: int = 0
    parameter: int = -1

    @staticmethod
    def of_weight(recipe: Recipe, layer: int, source: int | None, target: int) -> "Selection":
        """Select the weight from a neuron of the layer before, or with None the bias."""
        index = index_of(recipe, Parameter(layer, source, target))
        return Selection("parameter", layer, target, index)

    def fits(self, recipe: Recipe) -> bool:
        """Tell whether a network of this recipe has such a number."""
        layers = recipe.layers
        return (
            0 <= self.layer < len(layers)
            and 0 <= self.neuron < layers[self.layer]
            and self.parameter < recipe.parameters
            and (self.kind != "parameter" or self.parameter >= 0)
        )
