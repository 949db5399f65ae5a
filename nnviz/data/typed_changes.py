"""What was changed in a typed table, in words: "cell height, row 3: 1.5 → 2"."""

from functools import lru_cache

from nnviz.data.naming import is_example, source_of
from nnviz.data.typed_table import TypedTable, is_typed, read_typed
from nnviz.errors import NnvizError
from nnviz.numbers import count, write

DIGITS = 7
"""Digits of a cell's number that count in words."""


@lru_cache(256)
def words(before: str, after: str) -> str:
    """Say what makes one data set another, by their names; empty where that is not a few cells."""
    if not is_typed(after):
        return ""
    try:
        old, new = _table(before), read_typed(after)
    except NnvizError:
        return ""
    return "" if old is None else difference(old, new)


def difference(old: TypedTable, new: TypedTable) -> str:
    """Say what makes a table another; empty where everything does."""
    if old.shape != new.shape:
        return ""
    said = _columns(old, new)
    if old.scale != new.scale:
        said.append(f"scaling {old.scale} → {new.scale}")
    if len(old.rows) != len(new.rows):
        said.append(_rows(old, new))
    elif cells := [
        (row, column)
        for row, (then, now) in enumerate(zip(old.rows, new.rows, strict=True))
        for column, pair in enumerate(zip(then, now, strict=True))
        if pair[0] != pair[1]
    ]:
        row, column = cells[0]
        numbers = write(old.rows[row][column], DIGITS), write(new.rows[row][column], DIGITS)
        one = f"cell {new.columns[column]}, row {row + 1}: {' → '.join(numbers)}"
        said.append(one if len(cells) == 1 else f"{count(len(cells), 'cell')} changed")
    return ", ".join(said)


def _columns(old: TypedTable, new: TypedTable) -> list[str]:
    pairs = list(zip(old.columns, new.columns, strict=True))
    renamed = [pair for pair in pairs if pair[0] != pair[1]]
    said = [f"column {then} → {now}" for then, now in renamed[:1]]
    if len(renamed) > 1:
        said = [f"{count(len(renamed), 'column')} renamed"]
    if old.targets != new.targets:
        said.append("targets: " + ", ".join(new.columns[place] for place in new.targets))
    return said


def _rows(old: TypedTable, new: TypedTable) -> str:
    more = len(new.rows) - len(old.rows)
    longer, shorter = (new.rows, old.rows) if more > 0 else (old.rows, new.rows)
    verb, some = "added" if more > 0 else "removed", abs(more)
    for place in range(len(shorter), -1, -1):
        if longer[:place] == shorter[:place] and longer[place + some :] == shorter[place:]:
            return f"row {place + 1} {verb}" if some == 1 else f"{count(some, 'row')} {verb}"
    return f"{count(some, 'row')} {verb} and others changed"


def _table(name: str) -> TypedTable | None:
    """Return the table of a data set that is read at once; None of any other."""
    if is_typed(name):
        return read_typed(name)
    source = source_of(name)
    if not is_example(name) and (source is None or source.group != "Truth tables"):
        return None
    from nnviz.data.loading import load_dataset
    from nnviz.data.typed_data import table_of

    return table_of(load_dataset(name))
