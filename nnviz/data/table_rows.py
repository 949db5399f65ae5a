"""Rows of a table for a trained network: read as the table was that it was trained on.

Columns are found by name, in any order, whatever else the file holds; the column to
predict may be missing. Rows of pictures are found too, whatever their grey values go to.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.description import Column, DataDescription, PictureRule, numbered
from nnviz.data.generator import Progress
from nnviz.data.table_classes import class_of_number
from nnviz.data.table_columns import no_value, scaled, value_columns
from nnviz.data.table_content import Table, Values
from nnviz.data.table_groups import marked
from nnviz.data.table_names import listed
from nnviz.data.table_pictures import Pictures, find_pictures, span_of
from nnviz.data.table_reader import read_table
from nnviz.data.table_row_names import counts_by_name
from nnviz.data.table_target import find_column, label_beside_pictures
from nnviz.dataclass import dataclass

_LISTED = 8
_MARGIN = 0.02  # of the range of greys by which rows may lie outside of that trained on
_NEAR_END = 0.2  # of it that they come near to one end of it, at least


@dataclass(frozen=True, slots=True, eq=False)
class TableRows:
    """Rows of a table as a network sees them.

    Attributes:
        x: inputs, (n, inputs), in float64 where they are no pictures.
        lines: the line of each row in the file, (n,).
        labels: the class that the file gives each row, None where it gives none or they are
            numbers.
        numbers: the numbers that the file has in the columns to predict, (n, targets) in the
            file's unit; None where it lacks one of them or they are classes.
        problems: for each row why it cannot be answered, a clause; "" where it can.
    """

    x: Values
    lines: NDArray[np.intp]
    labels: tuple[str, ...] | None
    numbers: NDArray[np.float64] | None
    problems: tuple[str, ...]


def read_rows(
    path: str | Path,
    description: DataDescription,
    progress: Progress | None = None,
) -> TableRows:
    """Read rows of a table as inputs of a network that was trained on a described data set.

    Raises:
        DataError: the file is no table, or lacks a column; one sentence.
    """
    path = Path(path)
    named = {
        column.header: None if column.word else column.unit
        for column in (*description.given, *description.targets)
    }
    table = read_table(path, progress, only=named if description.inputs else None, alone=True)
    if not len(table.lines):
        raise DataError(f"{path} has no rows: give a line for each example below the header.")
    targets = [find_column(table, table.there, one.header) for one in description.targets]
    if description.image_shape is not None:
        known = [place for place in targets if place is not None]
        x, problems = _pictures(table, description, known)
    else:
        x, problems = _numbers(table, description)
    x[list(problems)] = 0
    labels, numbers = _wanted(table, description, targets)
    told = tuple(problems.get(row, "") for row in range(len(x)))
    return TableRows(x, table.lines, labels, numbers, told)


def _numbers(table: Table, description: DataDescription) -> tuple[Values, dict[int, str]]:
    inputs = description.given
    if not inputs:
        raise DataError(
            f"{table.path} is a table, but nothing says which of its columns the network reads: "
            "train it anew on a table and save it."
        )
    headers = list(dict.fromkeys(column.header for column in inputs))
    there = [*table.there, *table.empty]
    places = [find_column(table, there, header) for header in headers]
    if all(place is None for place in places) or not table.header:
        places = _in_order(table, headers, description.targets) or places
    missing = [name for name, place in zip(headers, places, strict=True) if place is None]
    if missing:
        noun = "column" if len(missing) == 1 else "columns"
        raise DataError(
            f"{table.path} lacks the {noun} {listed(missing, _LISTED)}, which the network reads: "
            "give a table with the columns that it was trained on."
        )
    found = dict(zip(headers, places, strict=True))
    columns = [(column, found[column.header]) for column in inputs]
    values, problems = value_columns(
        table, [(column, place) for column, place in columns if place is not None]
    )
    return np.asarray(description.features_of(scaled(inputs, values))), problems


def _in_order(
    table: Table, headers: Sequence[str], targets: Sequence[Column]
) -> list[int | None] | None:
    """Match columns without names by their order: all of them, or all but those to predict."""
    unnamed = set(numbered(len(headers) + len(targets)))
    if not set(headers) <= unnamed and table.header:
        return None
    if len(table.names) == len(headers):
        return list(range(len(headers)))
    if len(table.names) == len(headers) + len(targets) and set(headers) <= unnamed:
        order = numbered(len(table.names))
        return [order.index(header) for header in headers]
    return None


def _pictures(
    table: Table, description: DataDescription, targets: Sequence[int]
) -> tuple[FloatArray, dict[int, str]]:
    rows, columns = description.image_shape or (0, 0)
    places = [place for place in table.places if place not in targets]
    if len(places) > rows * columns:
        places = [place for place in places if not counts_by_name(table.names[place], place)]
    if len(places) == rows * columns + 1:
        label = label_beside_pictures(table, places)
        places = [place for place in places if place != label]
    if len(places) != rows * columns:
        raise DataError(
            f"{table.path} has {len(places)} columns of numbers, but the network reads pictures of "
            f"{rows} × {columns}, {rows * columns} pixels."
        )
    values = table.values[:, [table.places.index(place) for place in places]]
    rule = description.pictures or PictureRule()
    names = [table.names[place] for place in places]
    whole = np.isfinite(values).all(axis=1)
    problems = {
        row: no_value([names[place] for place in np.flatnonzero(~np.isfinite(values[row]))])
        for row in np.flatnonzero(~whole).tolist()
    }
    if not whole.any():
        return np.zeros(values.shape, dtype=np.float32), problems
    kind = _kind(names, values if whole.all() else values[whole], rule, rows)
    if kind is None:
        raise DataError(
            f"{table.path} holds numbers that are no grey values as the network was trained on: "
            "give rows of pictures."
        )
    return kind.greys(values), problems


def _kind(names: Sequence[str], values: Values, rule: PictureRule, side: int) -> Pictures | None:
    """Tell how the file writes its pictures: as the table of the training did, or as it shows.

    Returns:
        How; None where these are no grey values.
    """
    low, high = float(values.min()), float(values.max())
    own = find_pictures(names, values)
    turn = own.turn if own and rule.plain else rule.turn
    if rule.offset:
        darkest, lightest = (low - rule.offset) / rule.white, (high - rule.offset) / rule.white
        ends = darkest <= _NEAR_END or lightest >= 1 - _NEAR_END
        same = low < 0 and darkest >= -_MARGIN and lightest <= 1 + _MARGIN and ends
    else:
        fractions = high <= 1 < rule.white and bool((values % 1).any())
        same = low >= 0 and high <= rule.white and not fractions
    span = (rule.offset, rule.white) if same else span_of(values)
    return Pictures(side, span[1], turn, span[0]) if span else None


def _wanted(
    table: Table, description: DataDescription, targets: Sequence[int | None]
) -> tuple[tuple[str, ...] | None, NDArray[np.float64] | None]:
    places = [place for place in targets if place is not None]
    if not places or len(places) < len(targets):
        return None, None
    if description.one_hot:
        return _marked_names(table, places, description.class_names), None
    if description.class_names:
        return tuple(_class_text(table, places[0])), None
    if any(place in table.words for place in places):
        return None, None
    numbers: NDArray[Any] = np.stack([table.numbers(place) for place in places], axis=1)
    return None, numbers.astype(np.float64)


def _marked_names(
    table: Table, places: Sequence[int], names: Sequence[str]
) -> tuple[str, ...] | None:
    """Return the class of each row, which is 1 in the class's own column; "" where not in one."""
    marks = np.stack([marked(table, place) for place in places])
    return tuple(names[int(row.argmax())] if row.sum() == 1 else "" for row in marks.T)


def _class_text(table: Table, place: int) -> list[str]:
    if place in table.words:
        column = table.words[place]
        return [column.words[code] for code in column.codes]
    return [class_of_number(value) for value in table.numbers(place)]
