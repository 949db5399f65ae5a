"""What hands do to a table: rows and columns that come and go, names, roles and pasted cells.

Each function returns another table; what makes none is refused in one sentence, as a
`DataError`, and the table stays as it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from nnviz.data.dataset import DataError
from nnviz.data.description import numbered
from nnviz.data.typed_table import TypedTable, check_cells, check_name, free_name
from nnviz.numbers import NumberError, integer, plain, read_number, subscript


def with_row(table: TypedTable, after: int) -> TypedTable:
    """Return it with another row of zeros below a row."""
    check_cells(len(table.rows) + 1, len(table.columns))
    rows = list(table.rows)
    rows.insert(after + 1, (0.0,) * len(table.columns))
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


# -- the clipboard --------------------------------------------------------------------------------


def copied(table: TypedTable, rows: Sequence[int], columns: Sequence[int]) -> str:
    """Return some cells as spreadsheets paste them; all of them have the names of the columns."""
    lines = [[plain(table.rows[row][column]) for column in columns] for row in rows]
    if len(rows) == len(table.rows) and len(columns) == len(table.columns):
        lines.insert(0, list(table.columns))
    return "\n".join("\t".join(line) for line in lines)


def pasted(table: TypedTable, row: int, column: int, text: str) -> TypedTable:
    """Return it with what a spreadsheet has copied put in from a cell on.

    Rows and columns are added where it reaches further. A first line of words names the columns;
    with one, what covers every column takes the place of the whole table, its last columns
    being the targets, as many as before.

    Raises:
        DataError: a cell is empty or no number, or it is too large.
    """
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    wide = max(map(len, lines))
    check_cells(max(len(lines) - 1, 1), wide)  # before anything is read of a page of 10,000 rows
    names = lines.pop(0) if _is_header(lines[0]) else []
    if any(len(line) != wide for line in (*lines, *([names] if names else []))):
        raise DataError("The lines that were pasted have different numbers of cells: nothing done.")
    rows = [
        tuple(_number(cell, at + bool(names), place) for place, cell in enumerate(line))
        for at, line in enumerate(lines, 1)
    ]
    if names and column == 0 and wide >= len(table.columns) and rows:
        outputs = min(len(table.targets), wide - 1)
        return TypedTable(
            tuple(map(check_name, names)),
            tuple(range(wide - outputs, wide)),
            tuple(rows),
            table.scale,
        )
    row = 0 if names else row
    check_cells(max(len(table.rows), row + len(rows)), max(len(table.columns), column + wide))
    while column + wide > len(table.columns):
        table = with_column(table, len(table.columns))
    while row + len(rows) > len(table.rows):
        table = with_row(table, len(table.rows) - 1)
    cells = {
        (row + down, column + across): value
        for down, line in enumerate(rows)
        for across, value in enumerate(line)
    }
    columns = list(table.columns)
    columns[column : column + len(names)] = map(check_name, names)
    return replace(table.with_cells(cells), columns=tuple(columns))


def _is_header(cells: Sequence[str]) -> bool:
    """Tell whether cells are names: all have one, and the first at least is no number."""
    return all(cell.strip() for cell in cells) and not any(map(_is_number, cells))


def _is_number(cell: str) -> bool:
    try:
        read_number(cell)
    except NumberError:
        return False
    return True


def _number(cell: str, line: int, place: int) -> float:
    try:
        return read_number(cell)
    except NumberError as error:
        where = f"line {integer(line)}, column {integer(place + 1)}"
        raise DataError(f"Nothing was pasted, for in {where}: {error}") from None


def _moved(targets: Sequence[int], at: int) -> list[int]:
    """Return places of targets after a column came at a place."""
    return [place + (place >= at) for place in targets]
