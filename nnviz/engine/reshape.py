"""Other shapes of a network: neurons and layers more or fewer, and the weights that still fit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nnviz.engine.network import initial_theta, views
from nnviz.engine.ops import Array
from nnviz.engine.parameter_names import NONE as NO_NAMES
from nnviz.engine.recipe import ALL, Recipe
from nnviz.engine.settings import RecipeError
from nnviz.numbers import integer

FIRST_HIDDEN = 4
"""Neurons of the first hidden layer that a network gets."""


def with_neurons(recipe: Recipe, layer: int, more: int) -> Recipe:
    """Return a recipe with so many neurons more in a hidden layer, or fewer.

    Raises:
        RecipeError: none would be left, or no network can have as many.
    """
    _check_hidden(recipe, layer)
    layers = list(recipe.layers)
    layers[layer] += more
    if layers[layer] < 1:
        raise RecipeError(
            f"Layer {integer(layer)} would have no neuron left: remove the layer instead."
        )
    return _shaped(recipe, layers, recipe.activations[:-1])


def with_layer(recipe: Recipe, after: int) -> Recipe:
    """Return a recipe with another hidden layer after one, 0 for the input.

    It is like the hidden layer beside it.

    Raises:
        RecipeError: no network can have it, or the cost takes none.
    """
    hidden = len(recipe.layers) - 2
    layers, names = list(recipe.layers), list(recipe.activations[:-1])
    beside = max(1, min(after, hidden))
    size = layers[beside] if hidden else FIRST_HIDDEN
    each = recipe.activation
    usual = each if isinstance(each, str) else next(iter(each), Recipe().activations[0])
    names.insert(after, names[beside - 1] if hidden else usual)
    layers.insert(after + 1, size)
    return _shaped(recipe, layers, names)


def without_layer(recipe: Recipe, layer: int) -> Recipe:
    """Return a recipe without a hidden layer.

    Raises:
        RecipeError: what is left is no network.
    """
    _check_hidden(recipe, layer)
    layers, names = list(recipe.layers), list(recipe.activations[:-1])
    del layers[layer], names[layer - 1]
    return _shaped(recipe, layers, names or recipe.activations[:1])


def with_activation(recipe: Recipe, layer: int, name: str) -> Recipe:
    """Return a recipe with another activation in a layer, at least 1.

    Raises:
        RecipeError: it goes with the layer, or with the cost, not.
    """
    if layer == len(recipe.layers) - 1:
        return replace(recipe, output_activation=name)
    _check_hidden(recipe, layer)
    names = list(recipe.activations[:-1])
    names[layer - 1] = name
    return replace(recipe, activation=_in_short(names))


def carried_over(before: Recipe, theta: Array, after: Recipe) -> Array:
    """Return the start parameters of a recipe, (parameters,), with those of another net that fit.

    Where both have as many layers, each stands for that of its number, neuron for neuron; else
    those that are alike from the first on, and of the rest those that are from the last back. A
    weight goes over where both of its neurons do, a bias where its own does; all others are drawn
    as the recipe says.

    Args:
        before: what the parameters belong to.
        theta: those parameters.
        after: the recipe whose parameters are wanted.
    """
    found = initial_theta(after)
    pairs = dict(_alike(before.layers, after.layers))
    (old_weights, old_biases), (weights, biases) = views(before, theta), views(after, found)
    for old, new in pairs.items():
        if not old:
            continue
        neurons = slice(min(before.layers[old], after.layers[new]))
        biases[new - 1][neurons] = old_biases[old - 1][neurons]
        if pairs.get(old - 1) == new - 1:
            sources = slice(min(before.layers[old - 1], after.layers[new - 1]))
            weights[new - 1][sources, neurons] = old_weights[old - 1][sources, neurons]
    return found


def _alike(before: Sequence[int], after: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return which layers of two nets stand for each other, inputs among them."""
    if len(before) == len(after):
        yield from ((layer, layer) for layer in range(len(before)))
        return
    shorter = min(len(before), len(after))
    first = next((at for at in range(shorter) if before[at] != after[at]), shorter - 1)
    yield from ((layer, layer) for layer in range(first))
    for back in range(1, shorter - first + 1):
        if before[-back] != after[-back]:
            return
        yield len(before) - back, len(after) - back


def _check_hidden(recipe: Recipe, layer: int) -> None:
    if not 0 < layer < len(recipe.layers) - 1:
        raise RecipeError(
            "The data decide how many inputs and outputs there are: only hidden layers can change."
        )


def _shaped(recipe: Recipe, layers: Sequence[int], names: Sequence[str]) -> Recipe:
    """Return a recipe with other layers: what names parameters by their place names none there."""
    return replace(
        recipe,
        layers=tuple(layers),
        activation=_in_short(names),
        trained=ALL,
        parameter_names=NO_NAMES,
    )


def _in_short(names: Sequence[str]) -> str | tuple[str, ...]:
    """Return one name where all are the same."""
    return names[0] if len(set(names)) == 1 else tuple(names)
