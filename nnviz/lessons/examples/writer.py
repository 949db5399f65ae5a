"""The writer of example files: a net, its data and what is shown, as text that loads back equal."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.description import Column
from nnviz.data.disk import replace_file
from nnviz.data.example_data import NAMED, named_data, with_decimals
from nnviz.data.naming import EXAMPLE_ENDING
from nnviz.data.toml_text import toml_rows, toml_value
from nnviz.engine import parameter_names
from nnviz.engine.network import views
from nnviz.engine.notation import number_of
from nnviz.engine.ops import Array
from nnviz.engine.recipe import ALL, Recipe, settings
from nnviz.lessons.examples.example import LAYER, LOOK, OF_LAYERS, TRAINING, Example
from nnviz.lessons.examples.look import look_lines, plain_selection
from nnviz.lessons.examples.places import places_of
from nnviz.numbers import integer

MOST = 200_000
"""Most numbers, those of the examples and the parameters, that a file to be read may hold."""


def save_example(path: Path, example: Example) -> None:
    """Write an example; an existing file is replaced at the very end.

    Raises:
        DataError: it is too large for a file that people read, or it cannot be written.
    """
    dataset, recipe, said = example.dataset, example.recipe, _name_of(example)
    if not len(dataset.x_test):
        raise DataError("There is no example yet to be saved: put points onto the plane first.")
    examples = 0 if said else len(dataset.train_inputs) + len(dataset.x_test)
    numbers = examples * (dataset.inputs + dataset.outputs) + recipe.parameters
    if numbers > MOST:
        raise DataError(
            f"This run has {integer(numbers)} numbers, and an example file, which people read, has "
            f"at most {integer(MOST)}: save it as a session."
        )
    if not np.isfinite(example.theta).all():
        raise DataError(
            "Some weights are no numbers any more: go back to a step before that, and save there."
        )
    if path.suffix.casefold() != EXAMPLE_ENDING:
        path = path.with_name(path.name + EXAMPLE_ENDING)
    text = "\n".join(_lines(example, said)) + "\n"
    try:
        replace_file(path, lambda file: file.write(text.encode("utf-8")))
    except OSError as error:
        raise DataError(
            f"The example could not be saved as {path}: {error.strerror or error}; choose another "
            "place or make room."
        ) from error


def _name_of(example: Example) -> str:
    """Return the name of which nnviz makes these very examples; empty where there is none."""
    with suppress(DataError):
        name = example.recipe.dataset
        if named_data(name).fingerprint() == example.dataset.fingerprint():
            return name
    return ""


def _lines(example: Example, said: str) -> Iterator[str]:
    for key in ("id", "title", "sentence"):
        yield f"{key} = {toml_value(getattr(example, key))}"
    data = [f"{NAMED} = {toml_value(said)}"] if said else _data(example)
    yield from ("", "[data]", *data)
    yield from _layers(example)
    yield from ("", f"[{TRAINING}]", *_training(example.recipe))
    yield from ("", *_look(example))


def _data(example: Example) -> Iterator[str]:
    dataset = example.dataset
    train = np.hstack((dataset.x_train, dataset.y_train))
    test = np.hstack((dataset.x_test, dataset.y_test))
    values = np.concatenate((train, test), dtype=np.float64)
    if dataset.image_shape is not None:
        yield f"shape = {toml_value(list(dataset.image_shape))}"
    else:
        inputs = dataset.columns or [Column(f"x{k + 1}") for k in range(dataset.inputs)]
        yield f"inputs = {toml_value(_columns(inputs, values))}"
    targets = list(dataset.targets)
    if len(targets) != dataset.outputs:
        names = dataset.class_names or [f"y{j + 1}" for j in range(dataset.outputs)]
        targets = [Column(name or "?") for name in names]
    yield f"targets = {toml_value(_columns(targets, values[:, dataset.inputs :]))}"
    if classes := dataset.class_names or dataset.two_names:
        yield f"classes = {toml_value(list(classes))}"
    yield from toml_rows("rows", train.tolist())
    if train.shape != test.shape or train.tobytes() != test.tobytes():
        yield from toml_rows("tests", test.tolist())


def _columns(columns: Sequence[Column], values: Array) -> list[Any]:
    """Return columns as a file has them: names, or tables of what their values do not say."""
    plain = tuple(replace(column, decimals=None) for column in columns)
    return [_column(*pair) for pair in zip(columns, with_decimals(plain, values), strict=True)]


def _column(column: Column, read: Column) -> Any:
    said = {"unit": column.unit, "offset": column.offset, "scale": column.scale}
    said |= {"word": column.word}
    plain = {key: value for key, value in said.items() if value != getattr(Column("x"), key)}
    if column.decimals not in (None, read.decimals):
        plain["decimals"] = column.decimals
    return {"name": column.name, **plain} if plain else column.name


def _layers(example: Example) -> Iterator[str]:
    recipe = example.recipe
    named = parameter_names.unpack(recipe.parameter_names)
    names = named.by_index if named.layers == recipe.layers else {}
    places = places_of(recipe)
    for activation, w, b, own_w, own_b in zip(
        recipe.activations, *views(recipe, example.theta), *places, strict=True
    ):
        yield from ("", f"[[{LAYER}]]", f"activation = {toml_value(activation)}")
        yield from toml_rows("weights", w.tolist())
        yield f"biases = {toml_value(b.tolist())}"
        rows = [[names.get(index, "") for index in row] for row in own_w]
        if any(any(row) for row in rows):
            yield f"weight_names = {toml_value(rows)}"
        row = [names.get(index, "") for index in own_b]
        if any(row):
            yield f"bias_names = {toml_value(row)}"


def _training(recipe: Recipe) -> Iterator[str]:
    for key, setting in settings().items():
        value = getattr(recipe, key)
        if key in OF_LAYERS or (value == setting.default and key != "dtype"):
            continue
        if key == "trained" and value != ALL:
            value = list(recipe.only)
        yield f"{key} = {toml_value(value)}"


def _look(example: Example) -> Iterator[str]:
    ui, chosen = example.ui, example.ui.selection
    fits = chosen is not None and chosen.fits(example.recipe)
    more = {"example": number_of(example.focus)} if example.focus else {}
    if chosen is not None and fits:
        more["selection"] = plain_selection(chosen)
    return look_lines(LOOK, ui, more)
