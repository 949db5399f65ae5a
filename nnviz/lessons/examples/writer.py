"""The writer of example files: a net, its data and what is shown, as text that loads back equal."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.description import Column
from nnviz.data.disk import replace_file
from nnviz.data.example_data import with_decimals
from nnviz.data.naming import EXAMPLE_ENDING
from nnviz.engine import parameter_names
from nnviz.engine.network import views
from nnviz.engine.notation import number_of
from nnviz.engine.ops import Array
from nnviz.engine.recipe import ALL, Recipe, settings
from nnviz.errors import NnvizError
from nnviz.lessons.examples.example import LAYER, LOOK, OF_LAYERS, TRAINING, Example
from nnviz.lessons.examples.look import forth, plain_selection
from nnviz.lessons.examples.places import places_of
from nnviz.numbers import integer

MOST = 200_000
"""Most numbers, those of the examples and the parameters, that a file to be read may hold."""


def save_example(path: Path, example: Example) -> None:
    """Write an example; an existing file is replaced at the very end.

    Raises:
        DataError: it is too large for a file that people read, or it cannot be written.
    """
    dataset, recipe = example.dataset, example.recipe
    examples = len(dataset.train_inputs) + len(dataset.x_test)
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
    text = "\n".join(_lines(example)) + "\n"
    try:
        replace_file(path, lambda file: file.write(text.encode("utf-8")))
    except OSError as error:
        raise DataError(
            f"The example could not be saved as {path}: {error.strerror or error}; choose another "
            "place or make room."
        ) from error


def _lines(example: Example) -> Iterator[str]:
    for key in ("id", "title", "sentence"):
        yield f"{key} = {_value(getattr(example, key))}"
    yield from ("", "[data]", *_data(example))
    yield from _layers(example)
    yield from ("", f"[{TRAINING}]", *_training(example.recipe))
    yield from ("", f"[{LOOK}]", *_look(example))


def _data(example: Example) -> Iterator[str]:
    dataset = example.dataset
    train = np.hstack((dataset.x_train, dataset.y_train))
    test = np.hstack((dataset.x_test, dataset.y_test))
    values = np.concatenate((train, test), dtype=np.float64)
    if dataset.image_shape is not None:
        yield f"shape = {_value(list(dataset.image_shape))}"
    else:
        inputs = dataset.columns or [Column(f"x{k + 1}") for k in range(dataset.inputs)]
        yield f"inputs = {_value(_columns(inputs, values))}"
    targets = list(dataset.targets)
    if len(targets) != dataset.outputs:
        names = dataset.class_names or [f"y{j + 1}" for j in range(dataset.outputs)]
        targets = [Column(name or "?") for name in names]
    yield f"targets = {_value(_columns(targets, values[:, dataset.inputs :]))}"
    if classes := dataset.class_names or dataset.two_names:
        yield f"classes = {_value(list(classes))}"
    yield from _matrix("rows", train)
    if train.shape != test.shape or train.tobytes() != test.tobytes():
        yield from _matrix("tests", test)


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
        yield from ("", f"[[{LAYER}]]", f"activation = {_value(activation)}")
        yield from _matrix("weights", w)
        yield f"biases = {_value(b.tolist())}"
        rows = [[names.get(index, "") for index in row] for row in own_w]
        if any(any(row) for row in rows):
            yield f"weight_names = {_value(rows)}"
        row = [names.get(index, "") for index in own_b]
        if any(row):
            yield f"bias_names = {_value(row)}"


def _training(recipe: Recipe) -> Iterator[str]:
    for key, setting in settings().items():
        value = getattr(recipe, key)
        if key in OF_LAYERS or (value == setting.default and key != "dtype"):
            continue
        if key == "trained" and value != ALL:
            value = list(recipe.only)
        yield f"{key} = {_value(value)}"


def _look(example: Example) -> Iterator[str]:
    ui = example.ui
    if example.focus:
        yield f"example = {number_of(example.focus)}"
    if ui.selection is not None and ui.selection.fits(example.recipe):
        yield f"selection = {_value(plain_selection(ui.selection))}"
    if ui.granularity:
        yield f"granularity = {_value(ui.granularity)}"
    if ui.speed is not None:
        yield f"speed = {ui.speed}"
    if ui.open_panels is not None:
        yield f"open_panels = {_value(list(ui.open_panels))}"
    if ui.front:
        yield f"front = {_value(list(ui.front))}"
    for id, kept in ui.views.items():
        yield from ("", f"[{LOOK}.views.{_value(str(id))}]")
        yield from (f"{_value(str(key))} = {_value(forth(value))}" for key, value in kept.items())


def _matrix(key: str, rows: Array) -> Iterator[str]:
    yield f"{key} = ["
    yield from (f"  {_value(row)}," for row in rows.tolist())
    yield "]"


def _value(value: Any) -> str:
    """Write a plain value as TOML has it: numbers with all of their digits."""
    match value:
        case str():
            safe = value.encode("utf-8", "replace").decode("utf-8")
            return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case Mapping():
            pairs = (f"{_value(str(key))} = {_value(inner)}" for key, inner in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case Sequence():
            return f"[{', '.join(map(_value, value))}]"
    raise NnvizError(f"{value!r} cannot be written into an example file.")
