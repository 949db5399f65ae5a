"""Places in theta, laid out as matrices: which entry each weight and each bias of a file is."""

from itertools import pairwise

from nnviz.engine.recipe import Recipe


def places_of(recipe: Recipe) -> tuple[list[list[list[int]]], list[list[int]]]:
    """Return the entries of theta as (weights, biases), layer by layer, laid out as in `views`."""
    weights, biases, start = [], [], 0
    for inputs, outputs in pairwise(recipe.layers):
        rows = range(start, start + inputs * outputs, outputs)
        weights.append([list(range(row, row + outputs)) for row in rows])
        start += inputs * outputs
    for outputs in recipe.layers[1:]:
        biases.append(list(range(start, start + outputs)))
        start += outputs
    return weights, biases
