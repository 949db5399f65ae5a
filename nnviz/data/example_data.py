"""The data of example files: a few rows in float64, exactly as they are written.

An example file (`nnviz.lessons`) says of a net all there is to know; its part [data] is a data
set like any other, called `example:ID` where nnviz brings the file, else by the file's path. Data
that nnviz makes of a name alone, such as points in the plane, are said by that name and keep it.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz import paths
from nnviz.data.catalogue import DATASETS
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import AS_THEY_ARE, MOST_DECIMALS, Column, PictureRule
from nnviz.data.naming import EXAMPLE, EXAMPLE_ENDING, settled
from nnviz.data.reference import read_reference
from nnviz.data.table_columns import decimals_of
from nnviz.data.table_content import Values
from nnviz.data.toml_tables import Table, read_toml, told

NAMED = "dataset"
"""What the part [data] of an example file says of data that are made of their name alone."""
KEYS = ("inputs", "targets", "rows", "tests", "classes", "shape")
"""What it says of any other."""
LONGEST = 50_000
"""Most letters of the name of data: all that were drawn by hand stand in it."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLUMN = ("name", "unit", "offset", "scale", "word", "decimals")


def folder() -> Path:
    """Return where the example files are that nnviz brings."""
    return paths.resource("examples")


def example_file(name: str) -> Path:
    """Return the file in which the data of an example are, by the name of the data set.

    Raises:
        DataError: nnviz brings no such example.
    """
    if not name.startswith(EXAMPLE):
        return Path(name)
    id = name.removeprefix(EXAMPLE)
    path = folder() / f"{id}{EXAMPLE_ENDING}"
    if _ID.fullmatch(id) is None or not path.is_file():
        raise DataError(f"There is no example '{id}': choose one that 'nnviz examples' lists.")
    return path


def load_example_data(name: str) -> Dataset:
    """Load the data of an example, by the name of the data set.

    Raises:
        DataError: there is no such example, or its file is damaged; file and line are told.
    """
    return read_data(read_toml(example_file(name)), name)


def data_name(file: Table, name: str) -> str:
    """Return what the data of an example file are called: this, unless the file names them."""
    said = file.table("data").text(NAMED, longest=LONGEST)
    return str(settled(read_reference(said))) if said else name


def named_data(name: str) -> Dataset:
    """Return the data set that nnviz makes of a name alone, without any file.

    Raises:
        DataError: the name is none of these, or has impossible options.
    """
    reference = read_reference(name)
    source = DATASETS.get(reference.name)
    if source is None or source.make is None:
        known = ", ".join(one.name for one in DATASETS.values() if one.make is not None)
        raise DataError(
            f"there is no data set {told(name)} that is made of its name alone: choose one of "
            f"{known}, or write rows."
        )
    return source.made(reference)


def read_data(file: Table, name: str) -> Dataset:
    """Return the data set that the part [data] of an example file describes.

    Raises:
        DataError: it is damaged.
    """
    file.need("data")
    data = file.table("data")
    data.only(NAMED, *KEYS)
    if NAMED in data:
        return _read_named(data)
    data.need("targets", "rows")
    shape = _shape(data)
    targets = _columns(data, "targets")
    inputs = () if shape else _columns(data, "inputs")
    wide = shape[0] * shape[1] if shape else len(inputs)
    each = "one for each input, then one for each target"
    rows = data.matrix("rows", wide + len(targets), each)
    if not rows:
        data.refuse("there is no row at all: write at least one.", "rows")
    tests = data.matrix("tests", wide + len(targets), each) or rows
    classes = _classes(data, len(targets))
    (x, y), (x_test, y_test) = (
        np.split(np.array(part, np.float64), [wide], axis=1) for part in (rows, tests)
    )
    if len(targets) == 1 and classes and not np.isin(np.concatenate((y, y_test)), (0, 1)).all():
        data.refuse("where a single target has two classes it is 0 or 1 in every row.", "classes")
    values = np.concatenate((np.hstack((x, y)), np.hstack((x_test, y_test))))
    inputs = with_decimals(inputs, values)
    targets = with_decimals(targets, values[:, wide:])
    several = len(targets) > 1
    return Dataset(
        name,
        np.ascontiguousarray(x),
        np.ascontiguousarray(y),
        np.ascontiguousarray(x_test),
        np.ascontiguousarray(y_test),
        class_names=classes if several else (),
        image_shape=shape,
        source=file.text("title", "an example"),
        columns=inputs,
        targets=() if several and classes else targets,
        pictures=PictureRule(AS_THEY_ARE, white=1.0, fill=0.0, plain=False) if shape else None,
        two_names=() if several else classes,
    )


def _read_named(data: Table) -> Dataset:
    for key in data.values:
        if key != NAMED:
            data.refuse(f"'{NAMED}' says all of the data: leave '{key}' out, or '{NAMED}'.", key)
    try:
        dataset = named_data(data.text(NAMED, longest=LONGEST))
    except DataError as error:
        data.refuse(str(error), NAMED)
    if not len(dataset.x_test):
        data.refuse("there is no point at all: name data that have at least one.", NAMED)
    return dataset


def with_decimals(columns: tuple[Column, ...], values: Values) -> tuple[Column, ...]:
    """Return columns that know how many decimals their values have, (rows, columns or more)."""
    return tuple(
        column
        if column.decimals is not None or column.scaled
        else replace(column, decimals=decimals_of(values[:, place]))
        for place, column in enumerate(columns)
    )


def _shape(data: Table) -> tuple[int, int] | None:
    given = data.array("shape")
    if not given and "inputs" not in data:
        data.refuse("[data] names no inputs: add their names, or the shape of pictures.")
    if given and not (len(given) == 2 and all(type(n) is int and 0 < n <= 1000 for n in given)):
        data.refuse("'shape' must be rows and columns of a picture, such as [28, 28].", "shape")
    return (given[0], given[1]) if given else None


def _columns(data: Table, key: str) -> tuple[Column, ...]:
    """Return columns: each is a name, or a table of all there is to say of it."""
    found = []
    for place, value in enumerate(data.array(key)):
        given: Any = {"name": value} if isinstance(value, str) else value
        column = _column(given)
        if column is None:
            data.refuse(
                f"'{key}' must hold names in quotation marks, or tables of {', '.join(_COLUMN)}.",
                key,
                place,
            )
        found.append(column)
    if not found:
        data.refuse(f"there are no {key}: name at least one.", key)
    return tuple(found)


def _column(given: Any) -> Column | None:
    if not isinstance(given, dict) or not given.keys() <= set(_COLUMN):
        return None
    texts = [given.get(part, "") for part in ("name", "unit", "word")]
    numbers = [given.get("offset", 0.0), given.get("scale", 1.0)]
    decimals = given.get("decimals")
    good = (
        all(isinstance(text, str) and len(text) <= 1000 for text in texts)
        and texts[0] != ""
        and all(type(number) in (int, float) and abs(number) < 1e300 for number in numbers)
        and numbers[1] > 0
        and (decimals is None or (type(decimals) is int and 0 <= decimals <= MOST_DECIMALS))
    )
    if not good:
        return None
    (name, unit, word), (offset, scale) = texts, map(float, numbers)
    return Column(name, unit, offset, scale, word, decimals)


def _classes(data: Table, targets: int) -> tuple[str, ...]:
    classes = data.names("classes")
    wanted = 2 if targets == 1 else targets
    if classes and len(classes) != wanted:
        what = "what 0 and what 1 stands for" if targets == 1 else "one for each target"
        data.refuse(f"there must be {wanted} classes: {what}.", "classes")
    return classes
