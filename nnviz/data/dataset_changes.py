"""What makes one data set another, in words: "cell height, row 3: 1.5 → 2", "2 points drawn"."""

from functools import lru_cache

from nnviz.data.dataset import Dataset
from nnviz.data.naming import is_example, referred, source_of
from nnviz.data.options import options_of
from nnviz.data.typed_table import UNNAMED, TypedTable, is_typed, read_typed
from nnviz.errors import NnvizError
from nnviz.numbers import count, write

DIGITS = 7
"""Digits of a cell's number that count in words."""


_KEPT = 16
_tables: dict[str, TypedTable] = {}
"""Small data sets in use, by name, as tables: those that cannot be read from their names."""


def note(name: str, dataset: Dataset) -> None:
    """Take note of what a data set holds, so that the first change of a cell of it has words."""
    if dataset.image_shape is not None or is_typed(name) or is_example(name) or source_of(name):
        return
    from nnviz.data.typed_data import table_of

    table = table_of(dataset)
    if table is None or table == _tables.get(name):
        return
    if len(_tables) >= _KEPT:
        del _tables[next(iter(_tables))]
    _tables.pop(name, None)
    _tables[name] = table
    words.cache_clear()  # the file of this name held something else


@lru_cache(256)
def words(before: str, after: str) -> str:
    """Say what makes one data set another, by their names.

    Empty where that is neither a few cells of a table nor some options of the same data set.
    """
    try:
        if not is_typed(after):
            return "" if is_typed(before) else _options(before, after)
        old, new = _table(before), read_typed(after)
    except NnvizError:
        return ""
    return "" if old is None else difference(old, new)


def _options(before: str, after: str) -> str:
    """Say which options of a data set have other values now; empty where it is another."""
    old, new = referred(before), referred(after)
    source = source_of(new.name)
    if source is None or old.name != new.name:
        return ""
    then, now = (options_of(each, source.options) for each in (old, new))
    return ", ".join(
        option.change(then[option.name], now[option.name])
        for option in source.options
        if then[option.name] != now[option.name]
    )


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
        values = (_said(table, table.rows[row][column], column) for table in (old, new))
        one = f"cell {new.columns[column]}, row {row + 1}: {' → '.join(values)}"
        said.append(one if len(cells) == 1 else f"{count(len(cells), 'cell')} changed")
    if not said and old.classes != new.classes:
        then, now = (table.classes or UNNAMED for table in (old, new))
        said += [f"class {a} → {b}" for a, b in zip(then, now, strict=True) if a != b]
    return ", ".join(said)


def _said(table: TypedTable, value: float, column: int) -> str:
    """Return a cell's number; of the only target the name of the class that it stands for."""
    if table.classes and table.targets == (column,):
        return table.classes[int(value)]
    return write(value, DIGITS)


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
    """Return the table of a data set that is noted or read at once; None of any other."""
    if is_typed(name):
        return read_typed(name)
    if name in _tables:
        return _tables[name]
    source = source_of(name)
    if not is_example(name) and (source is None or source.group != "Truth tables"):
        return None
    from nnviz.data.loading import load_dataset
    from nnviz.data.typed_data import table_of

    return table_of(load_dataset(name))
