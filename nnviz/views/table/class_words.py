"""Classes by their names: words that are put into target cells, and what such a cell says.

One target tells two classes apart, as 0 and 1; more have a target each, which is 1 in the rows of
its class. A word that names no class yet is a new one.
"""

from collections.abc import Mapping
from dataclasses import replace

from nnviz.data.dataset import MOST_CLASSES, DataError
from nnviz.data.typed_table import (
    LONGEST_NAME,
    UNNAMED,
    TypedTable,
    check_cells,
    check_name,
    free_name,
)
from nnviz.numbers import plain


def is_word(text: str) -> bool:
    """Tell whether a text is meant as the name of a class: numbers begin with no letter."""
    return text[:1].isalpha()


def class_in(table: TypedTable, row: int, column: int) -> str:
    """Return the name of the class that a cell of the only target stands for; "" elsewhere."""
    if table.targets != (column,) or not table.classes:
        return ""
    name = table.classes[int(table.rows[row][column])]
    return "" if name in UNNAMED else name


def with_number(table: TypedTable, row: int, column: int, value: float) -> TypedTable:
    """Return it with another number in a cell; 1 for one of several classes makes it the row's."""
    if value == 1 and len(table.targets) > 1 and table.classes and column in table.targets:
        return with_classes(table, column, {row: table.classes[table.targets.index(column)]})
    return table.with_cells({(row, column): value})


def with_class(table: TypedTable, row: int, column: int, word: str) -> TypedTable:
    """Return it with the class of a row given by its name in a target cell; see `with_classes`."""
    return with_classes(table, column, {row: word})


def with_classes(table: TypedTable, column: int, words: Mapping[int, str]) -> TypedTable:
    """Return it with the classes of some rows given by their names in the cells of a target.

    A new name is that of a class without one, where there is any: of the row's own, or of one that
    no other row has; else it is a further class, with a target of its own.

    Raises:
        DataError: the column is an input, or has numbers that are no classes, or there are too
            many classes.
    """
    words = {row: check_name(word, "class") for row, word in words.items()}
    first = next(iter(words.values()))
    if column not in table.targets:
        raise DataError(
            f"'{first}' is not a number, and '{table.columns[column]}' is an input: type a number, "
            "or make the column a target first."
        )
    if len(table.targets) == 1:
        table = _with_two(table, words)
    return table if len(table.targets) == 1 else _of_several(table, words)


def _with_two(table: TypedTable, words: Mapping[int, str]) -> TypedTable:
    """Return it with the words for its only target, or with a target each for two classes.

    It has these where there are more than two.
    """
    (column,) = table.targets
    values = [line[column] for line in table.rows]
    others = {value for row, value in enumerate(values) if row not in words}
    if numbers := [value for value in values if value in others and value not in (0, 1)]:
        raise DataError(
            f"'{next(iter(words.values()))}' can be no class, for '{table.columns[column]}' has "
            f"numbers such as {plain(numbers[0])}: let it have 0 and 1 alone first."
        )
    names, wanted = list(table.classes or UNNAMED), set(words.values())
    for row, word in words.items():
        if word in names:
            continue
        own = values[row] if others or len(words) == 1 else 0  # a whole column: as they come
        # A name that no row has any more can be given up.
        unnamed = [
            place
            for place in (0, 1)
            if names[place] == UNNAMED[place] or not (others or names[place] in wanted)
        ]
        free = [place for place in unnamed if place == own or place not in others]
        if not free:
            cells = {(row, column): float(values[row] == 1) for row in words}
            return _apart(table.with_cells(cells), tuple(names))
        names[int(own) if own in free else free[0]] = word
    cells = {(row, column): float(names.index(word)) for row, word in words.items()}
    return replace(table.with_cells(cells), classes=tuple(names))


def _of_several(table: TypedTable, words: Mapping[int, str]) -> TypedTable:
    """Return it with other classes of some rows, where each has a target of its own."""
    if not table.classes:
        raise DataError(
            f"'{next(iter(words.values()))}' can be no class, for the targets are several numbers: "
            "make all but one of them inputs first."
        )
    for word in dict.fromkeys(words.values()):
        if word not in table.classes:
            table = _with_further(table, word)
    return table.with_cells(
        {
            (row, target): float(name == word)
            for row, word in words.items()
            for target, name in zip(table.targets, table.classes, strict=True)
        }
    )


def _with_further(table: TypedTable, word: str) -> TypedTable:
    """Return it with a target for a class that no row has yet, behind the others."""
    if len(table.classes) == MOST_CLASSES:
        raise DataError(f"There can be {MOST_CLASSES} classes, not more: use one of them.")
    check_cells(len(table.rows), len(table.columns) + 1)
    at = table.targets[-1] + 1
    units = (*table.units[:at], "", *table.units[at:]) if table.units else ()
    return replace(
        table,
        columns=(*table.columns[:at], free_name(word, table.columns), *table.columns[at:]),
        targets=(*table.targets, at),
        rows=tuple((*line[:at], 0.0, *line[at:]) for line in table.rows),
        classes=(*table.classes, word),
        units=units,
    )


def _apart(table: TypedTable, names: tuple[str, ...]) -> TypedTable:
    """Return it with a target for each of two classes in the place of the only one."""
    (at,) = table.targets
    check_cells(len(table.rows), len(table.columns) + 1)
    others = (*table.columns[:at], *table.columns[at + 1 :])
    first = free_name(names[0][:LONGEST_NAME], others)
    both = first, free_name(names[1][:LONGEST_NAME], (*others, first))
    units = (*table.units[:at], "", "", *table.units[at + 1 :]) if table.units else ()
    return replace(
        table,
        columns=(*table.columns[:at], *both, *table.columns[at + 1 :]),
        targets=(at, at + 1),
        rows=tuple((*line[:at], 1 - line[at], line[at], *line[at + 1 :]) for line in table.rows),
        classes=names,
        units=units,
    )
