"""The data of typed tables, and small data sets of other kinds as typed tables.

All rows are trained on and tested with, in float64, as those of examples are.
"""

from typing import cast

import numpy as np

from nnviz.data.dataset import Dataset, FloatArray
from nnviz.data.description import LONGEST_NAME as LONGEST
from nnviz.data.description import NONE, RANGE, SCALES, STANDARD, Column, numbered
from nnviz.data.greys import Greys
from nnviz.data.table_columns import decimals_of, scaled, scaling
from nnviz.data.table_content import Values
from nnviz.data.typed_table import (
    LARGEST,
    LONGEST_NAME,
    MOST_CELLS,
    TypedTable,
    free_name,
    read_typed,
)
from nnviz.numbers import subscript

assert LONGEST_NAME <= LONGEST


def load_typed(name: str) -> Dataset:
    """Return the data set that a typed table's name is.

    Raises:
        DataError: it says no table.
    """
    return dataset_of(read_typed(name))


def dataset_of(table: TypedTable) -> Dataset:
    """Return a typed table as a data set.

    Scaled targets fill 0..1, as those of files do; two classes are 0 and 1 whatever the scaling.
    """
    values: Values = np.array(table.rows, np.float64)
    units = table.units or ("",) * len(table.columns)
    columns = tuple(
        Column(name, unit, decimals=decimals_of(values[:, place]))
        for place, (name, unit) in enumerate(zip(table.columns, units, strict=True))
    )
    inputs, targets = list(table.inputs), list(table.targets)
    x, y = values[:, inputs], values[:, targets]
    given = scaling([columns[place] for place in inputs], x, table.scale)
    wanted = tuple(columns[place] for place in targets)
    if not _is_class(y):
        wanted = scaling(wanted, y, NONE if table.scale == NONE else RANGE)
    seen, desired = cast(FloatArray, scaled(given, x)), cast(FloatArray, scaled(wanted, y))
    several = len(targets) > 1
    classes = table.classes if several else ()
    choices = table.columns if len(inputs) > 1 else ()
    return Dataset(
        table.title,
        seen,
        desired,
        seen,
        desired,
        class_names=classes,
        source=f"typed; {SCALES[table.scale]}",
        columns=given,
        targets=() if classes else wanted,
        target_choices=tuple(name for name in choices if several or name != wanted[0].name),
        two_names=() if several else table.classes,
        typed=True,
    )


def table_of(dataset: Dataset) -> TypedTable | None:
    """Return what a small data set holds as a typed table; None of pictures, large and empty ones.

    Numbers are those of its file, as far as its columns say how they were scaled. Where some rows
    are held back for testing these follow the others.
    """
    x = dataset.train_inputs
    if isinstance(x, Greys) or dataset.image_shape is not None:
        return None
    if dataset.features is not None and len(dataset.features.names) != dataset.features.coordinates:
        return None
    tested = dataset.x_test is not x and not np.array_equal(dataset.x_test, x)
    rows = len(x) + tested * len(dataset.x_test)
    if not rows or rows * (dataset.inputs + dataset.outputs) > MOST_CELLS:
        return None
    given = dataset.columns or tuple(map(Column, numbered(dataset.inputs)))
    wanted = _targets(dataset)
    y = np.vstack((dataset.y_train, dataset.y_test)) if tested else dataset.y_train
    x = np.vstack((x, dataset.x_test)) if tested else x
    values = np.hstack((_in_file(given, x), _in_file(wanted, y)))
    if not (np.abs(values) < LARGEST).all():
        return None
    columns, names = (*given, *wanted), list[str]()
    for column in columns:
        name = " ".join(column.bare_name.split())[: LONGEST_NAME - 8]
        names.append(free_name(name if name.isprintable() and name else "x", names))
    classes = dataset.class_names or dataset.two_names
    if not dataset.class_names and classes == ("0", "1"):
        classes = ()  # as it is where nobody says anything
    return TypedTable(
        tuple(names),
        tuple(range(len(given), len(names))),
        tuple(map(tuple, values.tolist())),
        _scale(given, np.asarray(dataset.train_inputs)),
        tuple(name[:LONGEST_NAME] for name in classes),
        tuple(column.unit[:LONGEST_NAME] for column in columns),
    )


def _targets(dataset: Dataset) -> tuple[Column, ...]:
    if len(dataset.targets) == dataset.outputs and not dataset.class_names:
        return dataset.targets
    if dataset.class_names:
        return tuple(map(Column, dataset.class_names))
    if dataset.outputs == 1:
        return (Column("y"),)
    return tuple(Column(f"y{subscript(place + 1)}") for place in range(dataset.outputs))


def _is_class(y: Values) -> bool:
    return bool(((y == 0) | (y == 1)).all())


def _in_file(columns: tuple[Column, ...], seen: Values) -> Values:
    """Return the numbers of the file of which a network sees these, without what rounding left."""
    found = np.empty(seen.shape, np.float64)
    for place, column in enumerate(columns):
        # Single precision shows in digits that nobody wrote: the shortest way of writing it does.
        shortest = np.array([float(str(value)) for value in seen[:, place]])
        values = shortest * column.scale + column.offset
        known = column.decimals
        if known is None and column.scaled:
            known = decimals_of(values.astype(seen.dtype))
        found[:, place] = values if known is None or not column.scaled else values.round(known)
    return found


def _scale(columns: tuple[Column, ...], seen: Values) -> str:
    """Return the scaling that columns have, as far as what the network sees shows it."""
    if not any(column.scaled for column in columns):
        return NONE
    within = seen.min(initial=0) >= 0 and seen.max(initial=1) <= 1
    return RANGE if within else STANDARD
