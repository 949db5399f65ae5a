"""The examples a recipe trains on: checked against the network and cut to size.

The training part may be limited to some number of examples, and some may be
held back for validation; both are taken class by class, so that small sets stay
balanced, from the beginning and the end of the set as published experiments do.
Label noise is drawn here once; the order of an epoch is drawn here too. Drawings
that a run was taught come on top, and are never held back.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.greys import Greys
from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.randomness import Purpose, generator
from nnviz.engine.recipe import AS_GIVEN, Recipe, RecipeError
from nnviz.engine.taught import NONE, in_test_set, takes_drawings, times, unpack
from nnviz.engine.training.augment import check_pictures, unvaried
from nnviz.numbers import count as several
from nnviz.numbers import integer

Rows = NDArray[np.intp]


def check_fit(recipe: Recipe, dataset: Dataset) -> None:
    """Refuse a recipe whose layers do not fit the data set.

    Raises:
        RecipeError: the number of inputs or outputs differs, or pictures are to be varied
            where there are none, or drawings were taught where the examples are no digits.
    """
    check_pictures(recipe, dataset)
    if recipe.taught != NONE and not takes_drawings(dataset):
        raise RecipeError(
            f"The examples of {dataset.name} are no digits of 28 × 28 pixels, so the drawings that "
            "this run was taught cannot join them: take those back first (Ctrl+Z)."
        )
    for which, layer, neurons, what in (
        ("first", recipe.layers[0], dataset.inputs, "inputs"),
        ("last", recipe.layers[-1], dataset.outputs, "outputs"),
    ):
        if layer != neurons:
            raise RecipeError(
                f"The data set {dataset.name} has {neurons} {what}, but the {which} layer has "
                f"{layer}: make the {which} layer {neurons}."
            )


def check(recipe: Recipe, dataset: Dataset) -> None:
    """Refuse a recipe that cannot be trained on the data set; quick, nothing is copied.

    Raises:
        RecipeError: as `check_fit`, or it asks for more examples than there are.
    """
    check_fit(recipe, dataset)
    _split(recipe, dataset)


def fitted(recipe: Recipe, dataset: Dataset) -> Recipe:
    """Return the recipe with its first and last layer as the data set needs them.

    Where examples are no pictures it is without augmentation.

    Raises:
        RecipeError: the result cannot be trained, for example softmax over one output.
    """
    layers = (dataset.inputs, *recipe.layers[1:-1], dataset.outputs)
    recipe = recipe if dataset.image_shape is not None else unvaried(recipe)
    return replace(recipe, layers=layers)


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The examples of one run, in the recipe's dtype.

    Attributes:
        x_train, y_train: trained on, (n, inputs) and (n, outputs).
        x_validation, y_validation: held back from training, (m, inputs) and (m, outputs).
        x_taught, y_taught: drawings that are trained on, too, (k, inputs) and (k, outputs).
    """

    x_train: Array | Greys
    y_train: Array
    x_validation: Array | Greys
    y_validation: Array
    x_taught: Array
    y_taught: Array

    @property
    def count(self) -> int:
        """Examples in an epoch, at least one: each taught drawing is seen several times."""
        own, drawn = len(self.x_train), len(self.x_taught)
        return max(own + drawn * times(own, drawn), 1)


def choose(recipe: Recipe, dataset: Dataset) -> Examples:
    """Choose a run's examples from a data set's training part.

    Raises:
        RecipeError: the recipe asks for more examples than there are, or for label noise
            where there are no classes, or a taught drawing is a test example.
    """
    train, validation = _split(recipe, dataset)
    y_train = _part(dataset.y_train, train, recipe.dtype)
    if recipe.label_noise:
        y_train = _with_label_noise(recipe, dataset, y_train)
    drawings = unpack(recipe.taught)
    if in_test_set(drawings, dataset):
        raise RecipeError(
            f"A drawing that this run was taught is among the test examples of {dataset.name}, "
            "which are never trained on: take it back first (Ctrl+Z)."
        )
    x_taught = [one.image() for one in drawings] or np.zeros((0, dataset.inputs))
    labels = [one.label for one in drawings]
    return Examples(
        _inputs(dataset, train, recipe.dtype),
        y_train,
        _inputs(dataset, validation, recipe.dtype),
        _part(dataset.y_train, validation, recipe.dtype),
        np.asarray(x_taught, recipe.dtype),
        np.eye(dataset.outputs, dtype=recipe.dtype)[np.array(labels, np.intp)],
    )


def trained_rows(recipe: Recipe, dataset: Dataset) -> Rows:
    """Return which training examples of a data set a recipe trains on, in order."""
    return _split(recipe, dataset)[0]


def _inputs(dataset: Dataset, rows: Rows, dtype: str) -> Array | Greys:
    """Return some rows of the training inputs, as compact as the data set holds them."""
    held = dataset.train_inputs
    if not isinstance(held, Greys):
        return _part(held, rows, dtype)
    return (held if len(rows) == len(held) else held.part(rows)).astype(dtype)


def _part(values: Array, rows: Rows, dtype: str) -> Array:
    """Return some rows in a dtype; all of them without a copy where that is possible."""
    whole = len(rows) == len(values)
    return np.ascontiguousarray(values if whole else values[rows], dtype=dtype)


def held_out(recipe: Recipe, dataset: Dataset) -> tuple[Rows, bool]:
    """Return which training examples a net is judged by, and whether it never learned from them.

    They are those held back for validation; where there are none, those that it learned from.
    """
    learned, held_back = _split(recipe, dataset)
    return (held_back, True) if len(held_back) else (learned, False)


def _split(recipe: Recipe, dataset: Dataset) -> tuple[Rows, Rows]:
    """Return sorted indices of the training and of the validation examples."""
    count, held_back = len(dataset.train_inputs), recipe.validation_size
    if dataset.missing:  # nothing is trained yet, so too few are enough
        return np.arange(count), np.arange(0)
    wanted = recipe.train_size or count - held_back
    if wanted < 1 or wanted + held_back > count:
        raise RecipeError(
            f"{dataset.name} has {several(count, 'training example')}, too few for "
            f"{integer(max(wanted, 1))} to train on and {integer(held_back)} for validation: ask "
            "for fewer."
        )
    if wanted == count:
        return np.arange(count), np.arange(0)
    labels = dataset.train_labels
    # An example's rank within its own class: taking lowest ranks first keeps classes even.
    by_class = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[by_class], np.arange(dataset.outputs))
    rank = np.empty(count, dtype=np.intp)
    rank[by_class] = np.arange(count) - starts[labels[by_class]]
    ranked = np.argsort(rank, kind="stable")
    return np.sort(ranked[:wanted]), np.sort(ranked[count - held_back :])


def _with_label_noise(recipe: Recipe, dataset: Dataset, y: Array) -> Array:
    """Give a share of the examples a wrong class, drawn evenly from the others."""
    classes = y.shape[1]
    if classes < 2:
        raise RecipeError(
            f"Label noise needs classes to confuse, and {dataset.name} has a single output: set "
            "it to 0."
        )
    draw = generator(recipe.seed, Purpose.LABEL_NOISE)
    wrong = draw.permutation(len(y))[: round(recipe.label_noise * len(y))]
    labels = y.argmax(axis=1)
    labels[wrong] = (labels[wrong] + draw.integers(1, classes, len(wrong))) % classes
    return np.asarray(np.eye(classes, dtype=y.dtype)[labels])


def epoch_order(recipe: Recipe, epoch: int, count: int) -> Rows:
    """Return the order in which epoch `epoch` visits its examples, (count,)."""
    if recipe.order == AS_GIVEN:
        return np.arange(count)
    return generator(recipe.seed, Purpose.ORDER, epoch).permutation(count)
