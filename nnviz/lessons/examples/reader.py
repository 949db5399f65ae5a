"""The reader of example files: strict, so that whatever is wrong is told with file and line."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.example_data import data_name, read_data
from nnviz.data.toml_tables import Table
from nnviz.engine import parameter_names
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.network import Network, views
from nnviz.engine.recipe import ALL, Recipe, RecipeError, settings
from nnviz.engine.training.examples import check
from nnviz.lessons.examples.example import DATA, LAYER, LOOK, OF_LAYERS, TRAINING, Example, Heading
from nnviz.lessons.examples.look import read_focus, read_look
from nnviz.lessons.examples.places import places_of

_HEADING = ("id", "title", "sentence", "place")
_LAYER = ("neurons", "activation", "weights", "biases", "weight_names", "bias_names")
WEIGHTS, BIASES = "weights", "biases"
"""What `trained` says besides all, and names or numbers of single parameters."""


def read_heading(file: Table) -> Heading:
    """Return what a list says of the example in a file.

    Raises:
        DataError: it does not say so; the sentence names file and line.
    """
    file.need("id", "title")
    place = file.values.get("place", 0)
    if type(place) is not int:
        file.refuse("'place' must be a whole number.", "place")
    return Heading(file.text("id"), file.text("title"), file.text("sentence"), place)


def read_example(file: Table, name: str) -> Example:
    """Return the example in a file, whose data are called by this name if they have none.

    Raises:
        DataError: the file is damaged; the sentence names file and line.
    """
    file.only(*_HEADING, DATA, LAYER, TRAINING, LOOK)
    heading = read_heading(file)
    dataset = read_data(file, name)
    layers = _Layers(file, dataset)
    recipe = _recipe(file, layers, data_name(file, name))
    theta = layers.theta(recipe)
    names = layers.names(recipe)
    recipe = replace(recipe, parameter_names=parameter_names.pack(recipe.layers, names))
    recipe = _with_trained(file, recipe, names)
    try:
        check(recipe, dataset)
    except RecipeError as error:
        file.refuse(str(error), TRAINING)
    ui = read_look(file.table(LOOK), recipe, names)
    focus = read_focus(file.table(LOOK), len(dataset.x_test))
    return Example(heading.id, heading.title, recipe, dataset, theta, ui, heading.sentence, focus)


class _Layers:
    """The layers of a file: how many neurons, and what they are given."""

    def __init__(self, file: Table, dataset: Dataset) -> None:
        file.need(LAYER)
        self._tables = file.tables(LAYER)
        if not self._tables:
            file.refuse("there is no layer: begin one with [[layer]].", LAYER)
        self.sizes, self.activations = [dataset.inputs], list[str]()
        self._weights = list[list[list[float]]]()
        for table in self._tables:
            self._read(table)
        if self.sizes[-1] != dataset.outputs:
            table.refuse(
                f"the last layer has {self.sizes[-1]} neurons, but there are {dataset.outputs} "
                "targets: it must have as many."
            )

    def _read(self, table: Table) -> None:
        table.only(*_LAYER)
        table.need("activation")
        activation, before = table.text("activation"), self.sizes[-1]
        if activation not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            table.refuse(
                f"there is no activation '{activation}': choose one of {known}.", "activation"
            )
        weights = table.matrix(WEIGHTS, None, "one for each neuron")
        size = table.values.get("neurons", len(weights[0]) if weights else 0)
        if type(size) is not int or size < 1:
            key = "neurons" if "neurons" in table else WEIGHTS if WEIGHTS in table else "activation"
            table.refuse("say how many neurons the layer has, or give their weights.", key)
        if weights and len(weights) != before:
            table.refuse(
                f"'weights' has {len(weights)} rows, but there are {before} neurons or inputs "
                "before: write a row for each, with a number for each neuron of this layer.",
                WEIGHTS,
            )
        if weights and len(weights[0]) != size:
            table.refuse(f"each row needs {size} weights, one for each neuron.", WEIGHTS)
        self._weights.append(weights)
        self.sizes.append(size)
        self.activations.append(activation)

    def theta(self, recipe: Recipe) -> NDArray[np.float64]:
        """Return the start parameters: what is given, and for the rest what the seed draws."""
        theta = np.array(Network(recipe).theta, np.float64)
        for table, given, w, b in zip(
            self._tables, self._weights, *views(recipe, theta), strict=True
        ):
            if given:
                w[...], b[...] = given, 0.0
            if BIASES in table:
                b[...] = table.numbers(BIASES, len(b), "one for each neuron")
        return theta

    def names(self, recipe: Recipe) -> dict[int, str]:
        """Return what the parameters are called, by their entries of theta."""
        found: dict[int, str] = {}
        for table, w, b in zip(self._tables, *places_of(recipe), strict=True):
            for row, line in enumerate(_rows(table, len(w))):
                found |= _named(table, line, w[row], "weight_names", row)
            if "bias_names" in table:
                line = table.array("bias_names")
                found |= _named(table, line, b, "bias_names")
        return found


def _rows(table: Table, wanted: int) -> list[Any]:
    rows = table.array("weight_names")
    if rows and len(rows) != wanted:
        table.refuse(f"'weight_names' needs {wanted} rows, as 'weights' has.", "weight_names")
    return rows


def _named(table: Table, names: Any, indices: list[int], *place: str | int) -> dict[int, str]:
    if not isinstance(names, list) or len(names) != len(indices):
        table.refuse(f"here {len(indices)} names must stand, in brackets.", *place)
    for at, name in enumerate(names):
        if name != "" and not parameter_names.named(name):
            table.refuse(
                f'{name!r} is no name of a parameter: write one such as "w5", that begins with '
                'no digit, or "" for none.',
                *place,
                at,
            )
    return {index: name for index, name in zip(indices, names, strict=True) if name}


def _recipe(file: Table, layers: _Layers, name: str) -> Recipe:
    """Return what the file says of training; which parameters train is not among it yet."""
    part = file.table(TRAINING)
    known = {key: entry for key, entry in settings().items() if key not in OF_LAYERS}
    part.only(*known)
    values: dict[str, Any] = {"dtype": "float64"}
    for key, value in part.values.items():
        if key == "trained":
            continue
        usual = known[key].default
        if isinstance(usual, float) and type(value) is int:
            value = float(value)
        if type(value) is not type(usual):
            what = {str: "a name in quotation marks", int: "a whole number"}.get(type(usual))
            part.refuse(f"'{key}' must be {what or 'a number'}.", key)
        try:
            known[key].check(key, value)
        except RecipeError as error:
            part.refuse(str(error), key)
        values[key] = value
    *hidden, output = layers.activations
    if hidden:
        values["activation"] = tuple(hidden) if len(set(hidden)) > 1 else hidden[0]
    try:
        return Recipe(dataset=name, layers=tuple(layers.sizes), output_activation=output, **values)
    except RecipeError as error:
        file.refuse(str(error), TRAINING)


def _with_trained(file: Table, recipe: Recipe, names: dict[int, str]) -> Recipe:
    """Return the recipe with what the file says of which parameters train."""
    part = file.table(TRAINING)
    said = part.values.get("trained", ALL)
    weights = recipe.parameters - sum(recipe.layers[1:])
    match said:
        case "all":
            return recipe
        case "weights":
            indices = list(range(weights))
        case "biases":
            indices = list(range(weights, recipe.parameters))
        case [*several] if several:
            indices = [index for at, one in enumerate(several)
                       for index in _meant(part, one, names, recipe, at)]  # fmt: skip
        case _:
            part.refuse(
                '\'trained\' must be "all", "weights", "biases" or an array of names of '
                "parameters.",
                "trained",
            )
    return replace(recipe, trained=",".join(map(str, indices)))


def _meant(part: Table, one: object, names: dict[int, str], recipe: Recipe, at: int) -> list[int]:
    """Return the entries of theta that a name, or a number from 0, means."""
    if type(one) is int and 0 <= one < recipe.parameters:
        return [one]
    found = [index for index, name in names.items() if name == one]
    if not found:
        part.refuse(
            f"no parameter is called {one!r}: name it in 'weight_names' or 'bias_names', or give "
            f"its number from 0 to {recipe.parameters - 1}.",
            "trained",
            at,
        )
    return found
