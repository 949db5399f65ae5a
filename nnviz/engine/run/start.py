"""Start recipes: what a new run on a data set begins with, and what goes over to other data.

Layers, activations, cost, learning rate and batch size that suit the data come with
them; what somebody chose by hand goes over only to examples of the same kind. Values
that name examples or parameters of another run (training examples, drawings, weights
that rest) never outlive what they name.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.data.catalogue import DATASETS
from nnviz.data.dataset import Dataset
from nnviz.data.loading import load_dataset
from nnviz.data.typed_table import is_typed
from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.changes import symbol, worded
from nnviz.engine.recipe import ALL, Recipe, RecipeError, settings
from nnviz.engine.taught import NONE, in_test_set, takes_drawings, unpack
from nnviz.engine.training.augment import USUAL, augments, varied
from nnviz.numbers import count

DIGITS = Recipe(
    layers=(784, 100, 10),
    cost="cross_entropy",
    learning_rate=0.4,
    schedule="step_decay",
    schedule_epochs=8,
)
"""What nnviz's digits begin with, alone or in a mixture, before their pictures are varied.

Of what was tried it reads most after a minute in a window: tests/benchmarks/start_recipe.py."""
POINTS = Recipe(
    dataset="circles",
    layers=(2, 6, 1),
    activation="tanh",
    cost="cross_entropy",
    optimiser="adam",
    learning_rate=0.02,
    batch_size=10,
)
"""What points of two classes begin with, but for their layers."""
NUMBERS = replace(POINTS, cost="quadratic", output_activation="linear", learning_rate=0.01)
"""What numbers over the plane or a line begin with, but for their layers."""
HIDDEN = 30
"""Hidden neurons for other pictures."""
HIDDEN_OF_TABLE = 10
"""Hidden neurons for tables."""
HIDDEN_OF_TYPED = 3
"""Hidden neurons for typed tables, whose every number is to be seen."""
FEW = 50
"""Below this many training examples the minibatch is all of them, up to `MOST_AT_ONCE`."""
MOST_AT_ONCE = 10
FEW_NUMBERS = 1000
"""Up to so many numbers are computed with exactly, as those of truth tables."""
MOST_SAID = 6
"""Most settings of which a sentence says how they differ; the others are counted."""


def start_recipe(dataset: str | Dataset) -> Recipe:
    """Return what the window starts with on a data set, or on the one of a name or path.

    Raises:
        DataError: there is no such data set, or its files are missing or bad.
    """
    if dataset == DIGITS.dataset:  # known without making the digits first
        return varied(DIGITS)
    if isinstance(dataset, str):
        return replace(start_recipe(load_dataset(dataset)), dataset=dataset)
    if _has_own_digits(dataset):
        layers = (dataset.inputs, *DIGITS.layers[1:-1], dataset.outputs)
        return replace(varied(DIGITS), dataset=dataset.name, layers=layers)
    recipe = replace(Recipe(), dataset=dataset.name)
    source = DATASETS.get(dataset.name)
    own = None if source is None else source.hidden
    if dataset.image_shape is not None:
        hidden = (HIDDEN,) if own is None else own
        return replace(recipe, layers=(dataset.inputs, *hidden, dataset.outputs))
    if dataset.features is not None and own is not None:
        usual = POINTS if dataset.classes else NUMBERS
        layers = (dataset.inputs, *own, dataset.outputs)
        return replace(usual, dataset=dataset.name, layers=layers)
    examples = len(dataset.train_inputs)
    hidden = (HIDDEN_OF_TABLE,) if own is None else own
    if dataset.typed:
        hidden = (HIDDEN_OF_TYPED,)
    recipe = replace(
        recipe,
        dtype=precision(dataset),
        layers=(dataset.inputs, *hidden, dataset.outputs),
        learning_rate=5.0 if examples < FEW else 1.0,
        batch_size=min(examples, MOST_AT_ONCE),
    )
    if _leaves_0_1(dataset):  # as no sigmoid does; steps on a linear output must be shorter
        return replace(recipe, output_activation="linear", learning_rate=0.1)
    return recipe


def precision(dataset: Dataset) -> str:
    """Return the precision that suits a data set: of a table every digit may be looked at."""
    if not dataset.columns or dataset.features is not None:
        return Recipe().dtype
    x = dataset.x_test
    return "float64" if x.dtype == np.float64 or x.size <= FEW_NUMBERS else "float32"


@dataclass(frozen=True, slots=True)
class Begun:
    """The recipe of a new run.

    Attributes:
        recipe: the recipe.
        words: what is other than was asked for, and why; empty for nothing.
    """

    recipe: Recipe
    words: str = ""


def begin_with(recipe: Recipe, dataset: Dataset, before: Dataset | None = None) -> Begun:
    """Return the recipe of a new run on a data set, as it follows from that of another run.

    Examples of the same kind get the same recipe, without what they cannot take; others get
    their start recipe, with the same seed and precision.

    Args:
        recipe: of the run before, with the new data set's name in it.
        dataset: the new data set.
        before: the data set of the run before; None where nobody knows it.
    """
    clean = replace(recipe, trained=ALL, taught=NONE)
    if _with_other_inputs(recipe, dataset, before):
        layers = (dataset.inputs, *recipe.layers[1:])
        begun = without_left_over(replace(clean, layers=layers), dataset)
        said = f"Layers {_value('layers', recipe.layers)} → {_value('layers', layers)}: "
        said += f"{dataset.name} has {count(dataset.inputs, 'input')} now."
        return Begun(begun.recipe, f"{said} {begun.words}".strip())
    if is_typed(recipe.dataset) and before is not None and before.image_shape is None:
        return _with_its_hidden_layers(clean, dataset)
    if not _alike(recipe, dataset, before):
        usual = start_recipe(dataset)
        was_usual = Recipe().dtype if before is None else precision(before)
        dtype = usual.dtype if recipe.dtype == was_usual else recipe.dtype
        wanted = replace(usual, dataset=recipe.dataset, seed=recipe.seed, dtype=dtype)
        words = _in_short(_words(clean, wanted))
        others = f", as its examples are others: {words}" if words else ""
        return Begun(wanted, f"New with {dataset.name}{others}.")
    other = before is not None and before.name != dataset.name
    if other and _has_own_digits(dataset) and not augments(clean):
        clean = varied(clean)  # varied, the digits of these few hands stand for many others
    return without_left_over(clean, dataset)


def _with_its_hidden_layers(recipe: Recipe, dataset: Dataset) -> Begun:
    """Return the recipe of a new run on a table that was given other columns by hand."""
    layers = (dataset.inputs, *recipe.layers[1:-1], dataset.outputs)
    words = []
    try:
        wanted = replace(recipe, layers=layers)
    except RecipeError:  # other outputs may ask for another cost
        usual = start_recipe(dataset)
        wanted = replace(usual, dataset=recipe.dataset, layers=layers, activation=recipe.activation)
        words = _words(recipe, wanted)
    if not words and layers != recipe.layers:
        words = [f"layers {_value('layers', recipe.layers)} → {_value('layers', layers)}"]
    begun = without_left_over(wanted, dataset)
    if not words:
        return begun
    said = f"A new start, as the table has {count(dataset.inputs, 'input')} and "
    said += f"{count(dataset.outputs, 'target')} now: {', '.join(words)}."
    return Begun(begun.recipe, f"{said} {begun.words}".strip())


def without_left_over(recipe: Recipe, dataset: Dataset) -> Begun:
    """Return the recipe without what a data set cannot take; layers and all else stay."""
    without = left_over(recipe, dataset)
    if recipe.validation_size >= len(dataset.train_inputs):
        without |= {"validation_size": 0, "patience": 0}
    return Begun(replace(recipe, **without), words_left_over(without, recipe, dataset))


def left_over(recipe: Recipe, dataset: Dataset) -> dict[str, Any]:
    """Return the fields of a recipe that a data set cannot take, each with what to reset it to.

    Only such fields are among them as may change in the middle of a run.
    """
    examples, fields = len(dataset.train_inputs), dict[str, Any]()
    if recipe.train_size and recipe.train_size + recipe.validation_size > examples:
        fields["train_size"] = 0
    if recipe.label_noise and dataset.outputs < 2:
        fields["label_noise"] = 0.0
    if dataset.image_shape is None:
        fields |= {name: 0.0 for name in USUAL if getattr(recipe, name)}
    if recipe.taught != NONE and (
        not takes_drawings(dataset) or in_test_set(unpack(recipe.taught), dataset)
    ):
        fields["taught"] = NONE
    return fields


def words_left_over(fields: Mapping[str, Any], recipe: Recipe, dataset: Dataset) -> str:
    """Say what was reset for a data set, and why; empty for nothing."""
    if not fields:
        return ""
    words = ", ".join(_words(recipe, replace(recipe, **fields)))
    return f"{words[:1].upper()}{words[1:]}: {dataset.name} has {_has(dataset)}."


def _alike(recipe: Recipe, dataset: Dataset, before: Dataset | None) -> bool:
    """Tell whether what was chosen for the data set before makes sense for this one."""
    if (recipe.layers[0], recipe.layers[-1]) != (dataset.inputs, dataset.outputs):
        return False
    if _leaves_0_1(dataset) and ACTIVATIONS[recipe.output_activation].bounded:
        return False
    if before is None or before.name == dataset.name:
        return True
    return dataset.image_shape is not None and dataset.image_shape == before.image_shape


def _with_other_inputs(recipe: Recipe, dataset: Dataset, before: Dataset | None) -> bool:
    """Tell whether these are the points of the run before, of which other features are inputs."""
    return (
        dataset.features is not None
        and before is not None
        and before.name == dataset.name
        and recipe.layers[-1] == dataset.outputs
        and recipe.layers[0] != dataset.inputs
    )


def _has_own_digits(dataset: Dataset) -> bool:
    """Tell whether digits that nnviz writes are among the training examples."""
    return Recipe().dataset in (dataset.name, *dataset.parts.names)


def _leaves_0_1(dataset: Dataset) -> bool:
    """Tell whether some desired output lies outside 0..1."""
    return bool(((dataset.y_train < 0) | (dataset.y_train > 1)).any())


def _words(before: Recipe, after: Recipe) -> list[str]:
    """Say what differs between two recipes, data set aside."""
    words, strengths = [], {name for name in USUAL if getattr(before, name) != getattr(after, name)}
    for name in settings():
        old, new = getattr(before, name), getattr(after, name)
        if name in ("dataset", *USUAL) or old == new:
            continue
        if name == "taught":
            words.append("taught drawings left out")
        else:
            words.append(f"{symbol(name)} {_value(name, old)} → {_value(name, new)}")
    if strengths:
        words.append("pictures varied as usual" if augments(after) else "augmentation off")
    return words


def _in_short(words: list[str]) -> str:
    """Return what differs in one line: the first, which say what kind of network it is."""
    more = len(words) - MOST_SAID
    if more < 2:
        return ", ".join(words)
    return f"{', '.join(words[:MOST_SAID])} and {count(more, 'other setting')}"


def _value(name: str, value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else worded(name, value)


def _has(dataset: Dataset) -> str:
    """Say what a data set has, as far as recipes depend on it."""
    words = count(len(dataset.train_inputs), "training example")
    words += "" if dataset.image_shape is not None else ", no pictures"
    return words + (" and a single output" if dataset.outputs == 1 else "")
