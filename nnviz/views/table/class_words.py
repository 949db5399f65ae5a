"""Classes by their names: words that are typed into a target cell, and what such a cell says.

One target tells two classes apart, as 0 and 1; more have a target each, which is 1 in the rows of
its class. A word that names no class yet is a new one.
"""

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


def with_class(table: TypedTable, row: int, column: int, word: str) -> TypedTable:
    """Return it with the class of a row given by its name in a target cell.

    A new name is that of a class without one, where there is any: of the row's own, or of one that
    no row has; else it is a further class, with a target of its own.

    Raises:
        DataError: the cell is an input, or its column has numbers that are no classes, or there
            are too many classes.
    """
    word = check_name(word)
    if column not in table.targets:
        raise DataError(
            f"'{word}' is not a number, and '{table.columns[column]}' is an input: type a number, "
            "or make the column a target first."
        )
    if len(table.targets) > 1:
        return _of_several(table, row, word)
    values = [line[column] for line in table.rows]
    others = [value for value in values if value not in (0, 1)]
    if others:
        raise DataError(
            f"'{word}' can be no class, for '{table.columns[column]}' has numbers such as "
            f"{plain(others[0])}: let it have 0 and 1 alone first."
        )
    names = table.classes or UNNAMED
    if word in names:
        return table.with_cells({(row, column): float(names.index(word))})
    own = int(values[row])
    free = [place for place in (own, 1 - own) if names[place] == UNNAMED[place]]
    free = [place for place in free if place == own or place not in values]
    if not free:
        return _of_several(_apart(table, names), row, word)
    named = list(names)
    named[free[0]] = word
    return replace(table.with_cells({(row, column): float(free[0])}), classes=tuple(named))


def _of_several(table: TypedTable, row: int, word: str) -> TypedTable:
    """Return it with another class of a row, where each has a target of its own."""
    if not table.classes:
        raise DataError(
            f"'{word}' can be no class, for the targets are several numbers: make all but one of "
            "them inputs first."
        )
    if word not in table.classes:
        table = _with_further(table, word)
    place = table.classes.index(word)
    return table.with_cells(
        {(row, target): float(at == place) for at, target in enumerate(table.targets)}
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
