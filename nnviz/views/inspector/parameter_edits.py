"""What can be done to a neuron or a layer by hand, as new values of entries of theta."""

import numpy as np

from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array

Change = tuple[tuple[float, ...], tuple[int, ...]]
"""New values, and which entries of theta take them."""


def switched_off(recipe: Recipe, layer: int, neuron: int) -> Change:
    """Make a neuron's output not matter any more.

    Whatever comes after it no longer feels it; an output, which nothing comes after, is cut
    off from what comes before, bias included.
    """
    weights, biases = views(recipe, np.arange(recipe.parameters, dtype=np.float64))
    if layer < len(recipe.layers) - 1:
        entries = weights[layer][neuron]
    else:
        entries = np.append(weights[layer - 1][:, neuron], biases[layer - 1][neuron])
    indices = tuple(int(entry) for entry in entries)
    return (0.0,) * len(indices), indices


def shuffled(recipe: Recipe, theta: Array, layer: int) -> Change:
    """Deal a layer's incoming weights out anew, in an order that the recipe's seed decides."""
    places, _ = views(recipe, np.arange(recipe.parameters, dtype=np.float64))
    indices = places[layer - 1].ravel().astype(np.intp)
    order = np.random.default_rng(recipe.seed).permutation(len(indices))
    values = theta[indices][order]
    return tuple(map(float, values)), tuple(map(int, indices))
