"""What the matrices say."""

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.recipe import Recipe
from nnviz.engine.symbols import Symbol
from nnviz.wording import Sign

MATRIX = "The layer as matrices"
LAYERS, LAYERS_TIP = "Layer", "Which layer is shown, or the one that the phase is at"
WAYS = {
    "forward": "Forwards: the sums and activations of the layer",
    "backward": "Backwards: the errors of the layer",
    "slopes": "The slopes of the layer's weights: each input times each error",
}
"""What each way shows."""
BUTTONS = (("z = a·W + b", "δ", "∂C₀/∂W"), (Sign("z"), "δ", "∂C₀/∂W"), (Sign("z"), "δ", "∂"))
"""What the buttons of the ways are called, the fullest first."""
FOLLOW = "by phase"
NOT_YET = "·"
"""Stands for a number that no phase has computed yet."""
LATER = "Not computed yet"
UNKNOWN = "Nobody knows what your own example should be, so there are no errors."
POINT = "Point at a number to see what it is made of; click it to ask why."
COLOURS = "Orange is below 0, blue above; point at one to read it."


def nothing_pointed_at(example: str, *, written: bool) -> tuple[str, ...]:
    """Say whose numbers these are and how to read them, the fullest wording first."""
    how = POINT if written else COLOURS
    whose = example[:1].upper() + example[1:]
    return f"{whose}. {how}", how, f"{whose}."


def layer_name(layer: int) -> str:
    """Name a layer to choose."""
    return f"layer {layer}"


def of_layer(base: str, layer: int) -> str:
    """Write a vector or a matrix of a layer: "W²", "δ¹"."""
    return Symbol(base, str(layer)).text


def activations(recipe: Recipe, layer: int) -> str:
    """Write the activations of a layer as a vector: x, a¹, ŷ."""
    if layer == 0:
        return "x"
    return "ŷ" if layer == len(recipe.layers) - 1 else of_layer("a", layer)


def forward(recipe: Recipe, layer: int) -> str:
    """Write what a layer computes."""
    z, a = of_layer("z", layer), activations(recipe, layer)
    below, w, b = activations(recipe, layer - 1), of_layer("W", layer), of_layer("b", layer)
    name = ACTIVATIONS[recipe.activations[layer - 1]].label
    return f"{z} = {below}·{w} + {b}     {a} = {name}({z})"


def backward(recipe: Recipe, layer: int) -> str:
    """Write how the error of a hidden layer comes back."""
    delta, above = of_layer("δ", layer), of_layer("δ", layer + 1)
    return f"{delta} = ({above}·{of_layer('W', layer + 1)}ᵀ) ⊙ f′({of_layer('z', layer)})"


def at_the_output(layer: int, cancelled: str) -> str:
    """Write the error of the outputs: two factors, or what they cancel to."""
    factors = f"∂C₀/∂ŷ ⊙ f′({of_layer('z', layer)})"
    return f"{of_layer('δ', layer)} = {cancelled or factors}"


def slopes(recipe: Recipe, layer: int) -> str:
    """Write the slopes of a layer's weights."""
    below = activations(recipe, layer - 1)
    return f"∂C₀/∂{of_layer('W', layer)} = {below}ᵀ·{of_layer('δ', layer)}"
