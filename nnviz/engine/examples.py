"""The examples a recipe trains on: checked against the network and cut to size.

The training part may be limited to some number of examples, taken class by
class so that small sets stay balanced. The order of an epoch is drawn here too.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import Recipe, RecipeError

Array = NDArray[np.floating[Any]]


def check_fit(recipe: Recipe, dataset: Dataset) -> None:
    """Refuse a recipe whose layers do not fit the data set.

    Raises:
        RecipeError: the number of inputs or outputs differs.
    """
    if recipe.layers[0] != dataset.inputs:
        raise RecipeError(
            f"The data set {dataset.name} has {dataset.inputs} inputs, but the first layer has "
            f"{recipe.layers[0]}: make the first layer {dataset.inputs}."
        )
    if recipe.layers[-1] != dataset.outputs:
        raise RecipeError(
            f"The data set {dataset.name} has {dataset.outputs} outputs, but the last layer has "
            f"{recipe.layers[-1]}: make the last layer {dataset.outputs}."
        )


def fitted(recipe: Recipe, dataset: Dataset) -> Recipe:
    """Return the recipe with its first and last layer as the data set needs them.

    Raises:
        RecipeError: the result cannot be trained, for example softmax over one output.
    """
    layers = (dataset.inputs, *recipe.layers[1:-1], dataset.outputs)
    return replace(recipe, layers=layers)


def training_rows(recipe: Recipe, dataset: Dataset) -> NDArray[np.intp]:
    """Return the indices of the training examples that are used, sorted, (n,).

    Raises:
        RecipeError: the recipe asks for more examples than there are.
    """
    count = len(dataset.x_train)
    wanted = recipe.train_size or count
    if wanted > count:
        raise RecipeError(
            f"{wanted} training examples are asked for, but {dataset.name} has {count}: ask for "
            f"{count} or fewer."
        )
    if wanted == count:
        return np.arange(count)
    shuffled = generator(recipe.seed, Purpose.SUBSET).permutation(count)
    labels = dataset.train_labels[shuffled]
    # An example's rank within its own class: taking lowest ranks first keeps classes even.
    by_class = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[by_class], np.arange(dataset.outputs))
    rank = np.empty(count, dtype=np.intp)
    rank[by_class] = np.arange(count) - starts[labels[by_class]]
    return np.sort(shuffled[np.argsort(rank, kind="stable")[:wanted]])


def epoch_order(seed: int, epoch: int, count: int) -> NDArray[np.intp]:
    """Return the order in which epoch `epoch` visits its examples, (count,)."""
    return generator(seed, Purpose.ORDER, epoch).permutation(count)
