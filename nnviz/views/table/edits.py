"""What hands do to a table: rows and columns that come and go, names and roles.

Each function returns another table; what makes none is refused in one sentence, as a
`DataError`, and the table stays as it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from nnviz.data.dataset import DataError
from nnviz.data.description import numbered
from nnviz.data.typed_table import TypedTable, check_cells, check_name, free_name
from nnviz.numbers import subscript


def with_row(table: TypedTable, after: int) -> TypedTable:
    """Return it with another row of zeros below a row; of several classes it has the first."""
    check_cells(len(table.rows) + 1, len(table.columns))
    first = table.targets[0] if table.classes and len(table.targets) > 1 else -1
    rows = list(table.rows)
    rows.insert(after + 1, tuple(float(at == first) for at in range(len(table.columns))))
    return replace(table, rows=tuple(rows))


def without_rows(table: TypedTable, gone: Collection[int]) -> TypedTable:
    """Return it without some rows; one stays."""
    return replace(table, rows=tuple(r for at, r in enumerate(table.rows) if at not in gone))


def with_column(table: TypedTable, at: int, *, target: bool = False) -> TypedTable:
    """Return it with another column of zeros at a place."""
    check_cells(len(table.rows), len(table.columns) + 1)
    wanted = numbered(len(table.inputs) + 1)[-1]
    if target:
        wanted = f"y{subscript(len(table.targets) + 1)}"
    columns, units = list(table.columns), list(table.units)
    columns.insert(at, free_name(wanted, table.columns))
    if units:
        units.insert(at, "")
    return replace(
        table,
        columns=tuple(columns),
        targets=tuple(sorted([*_moved(table.targets, at), *([at] if target else [])])),
        rows=tuple((*row[:at], 0.0, *row[at:]) for row in table.rows),
        classes=() if target else table.classes,
        units=tuple(units),
    )


def without_column(table: TypedTable, gone: int) -> TypedTable:
    """Return it without a column; an input and a target stay."""
    was_target = gone in table.targets
    if len(table.targets if was_target else table.inputs) == 1:
        what = "target" if was_target else "input"
        raise DataError(
            f"'{table.columns[gone]}' is the only {what}: make another column one before this goes."
        )
    keep = [at for at in range(len(table.columns)) if at != gone]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in keep),
        targets=tuple(at - (at > gone) for at in table.targets if at != gone),
        rows=tuple(tuple(row[at] for at in keep) for row in table.rows),
        classes=() if was_target else table.classes,
        units=tuple(table.units[at] for at in keep) if table.units else (),
    )


def renamed(table: TypedTable, at: int, name: str) -> TypedTable:
    """Return it with another name of a column."""
    columns = list(table.columns)
    columns[at] = check_name(name)
    return replace(table, columns=tuple(columns))


def switched(table: TypedTable, at: int) -> TypedTable:
    """Return it with an input as a target, or the other way round."""
    is_target = at in table.targets
    if is_target and len(table.targets) == 1:
        raise DataError(
            f"'{table.columns[at]}' is the only target: make another column one first, then this "
            "can be an input."
        )
    if not is_target and len(table.inputs) == 1:
        raise DataError(
            f"'{table.columns[at]}' is the only input: make another column one first, then this "
            "can be a target."
        )
    targets = set(table.targets) ^ {at}
    return replace(table, targets=tuple(sorted(targets)), classes=())


def _moved(targets: Sequence[int], at: int) -> list[int]:
    """Return places of targets after a column came at a place."""
    return [place + (place >= at) for place in targets]
