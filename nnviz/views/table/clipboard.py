"""The clipboard: cells as spreadsheets copy and paste them, numbers and names of classes.

Tabs stand between cells; one that holds a tab, the end of a line or a quotation mark is quoted. A
column of words can only be the names of classes, so it is a target.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nnviz.data.dataset import DataError
from nnviz.data.description import numbered
from nnviz.data.typed_table import TypedTable, check_cells, check_name
from nnviz.dataclass import dataclass
from nnviz.numbers import integer, plain
from nnviz.views.table.class_words import class_in, is_word, with_classes
from nnviz.views.table.edits import with_column, with_row
from nnviz.views.table.pasted_cells import Cell, is_number, read_cells

_NOTHING = "Nothing was pasted, for"


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that are pasted.

    Attributes:
        names: those of the columns, or empty.
        rows: a number or a word for every column each.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def wide(self) -> int:
        """How many columns there are."""
        return len((self.names, *self.rows)[-1])

    def words(self) -> dict[int, dict[int, str]]:
        """Return the words by their rows, of each column that has some."""
        found: dict[int, dict[int, str]] = {}
        for down, row in enumerate(self.rows):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    found.setdefault(at, {})[down] = cell
        return dict(sorted(found.items()))

    def numbers(self) -> tuple[tuple[float, ...], ...]:
        """Return the rows with 0 in the place of words."""
        return tuple(
            tuple(0.0 if isinstance(cell, str) else cell for cell in row) for row in self.rows
        )


def copied(table: TypedTable, rows: Sequence[int], columns: Sequence[int]) -> str:
    """Return some cells as spreadsheets paste them; all of them have the names of the columns."""
    lines = [
        [
            class_in(table, row, column) or plain(table.rows[row][column]).removesuffix(".0")
            for column in columns
        ]
        for row in rows
    ]
    if len(rows) == len(table.rows) and len(columns) == len(table.columns):
        lines.insert(0, list(table.columns))
    text = io.StringIO()
    csv.writer(text, "excel-tab", lineterminator="\n").writerows(lines)
    return text.getvalue().removesuffix("\n")


def pasted(table: TypedTable, row: int, column: int, text: str) -> TypedTable:
    """Return it with what a spreadsheet has copied put in from a cell on.

    Rows and columns are added where it reaches further. A first line of words names the columns;
    with one, what covers every column takes the place of the whole table, and so does what covers
    every cell and has words where there is no target.

    Raises:
        DataError: a cell is empty or neither a number nor the name of a class, or it is too large.
    """
    cells = _cells(text)
    wide = max(map(len, cells))
    check_cells(max(len(cells) - 1, 1), wide)  # before anything is read of a page of 10,000 rows
    if any(len(line) != wide for line in cells):
        raise DataError("The lines that were pasted have different numbers of cells: nothing done.")
    there = table.columns[column : column + wide]
    block = _block(cells, there, on_target=column in table.targets)
    strange = [at for at in block.words() if column + at not in table.targets]
    if column == 0 and wide >= len(table.columns) and block.rows:
        every_row = row == 0 and len(block.rows) >= len(table.rows)
        if block.names or (every_row and strange):
            return _instead(table, block)
    if strange:
        down, word = next(iter(block.words()[strange[0]].items()))
        raise DataError(
            f"{_NOTHING} in line {integer(down + 1 + bool(block.names))}, column "
            f"{integer(strange[0] + 1)}: '{word}' is not a number, and the column is an input: "
            "make it a target first, or paste numbers."
        )
    return _within(table, 0 if block.names else row, column, block)


def _within(table: TypedTable, row: int, column: int, block: Block) -> TypedTable:
    """Return the table with a block in it from a cell on."""
    right, below = column + block.wide, row + len(block.rows)
    check_cells(max(len(table.rows), below), max(len(table.columns), right))
    while right > len(table.columns):
        table = with_column(table, len(table.columns))
    while below > len(table.rows):
        table = with_row(table, len(table.rows) - 1)
    names = list(table.columns)
    names[column : column + len(block.names)] = block.names
    table = replace(table, columns=tuple(names))
    numbers = {
        (row + down, column + across): cell
        for down, line in enumerate(block.rows)
        for across, cell in enumerate(line)
        if not isinstance(cell, str)
    }
    table = table.with_cells(numbers)
    for at, words in block.words().items():
        table = with_classes(table, column + at, {row + down: word for down, word in words.items()})
    return table


def _instead(table: TypedTable, block: Block) -> TypedTable:
    """Return a block as a table in the place of one.

    The target is its column of words; else the same columns are that were if they are the same by
    name, and if not its last ones, as many as before.
    """
    wide, words = block.wide, tuple(block.words())
    if len(words) > 1:
        which = [f"'{block.names[at]}'" if block.names else integer(at + 1) for at in words[:2]]
        raise DataError(
            f"{_NOTHING} the columns {' and '.join(which)} hold words, which only a target can: "
            "leave one of them out."
        )
    same = block.names == table.columns and words in ((), table.targets)
    targets = table.targets if same else words
    targets = targets or tuple(range(wide - min(len(table.targets), wide - 1), wide))
    names = list(block.names)
    if not names:
        names = ["y"] * wide
        for name, at in zip(numbered(wide - 1), set(range(wide)) - {*targets}, strict=True):
            names[at] = name
    classes, units = (table.classes, table.units) if same else ((), ())
    made = TypedTable(tuple(names), targets, block.numbers(), table.scale, classes, units)
    for at, said in block.words().items():
        made = with_classes(made, at, said)
    return made


def _cells(text: str) -> list[list[str]]:
    """Return the cells, line by line, without lines and last columns in which nothing stands."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=None), "excel-tab", strict=True))
    except csv.Error:  # a quotation mark that is none
        lines = [line.split("\t") for line in text.splitlines()]
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    wide = max(at for line in lines for at, cell in enumerate(line, 1) if cell.strip())
    return [line[:wide] for line in lines]


def _block(lines: Sequence[Sequence[str]], there: tuple[str, ...], *, on_target: bool) -> Block:
    """Return cells as numbers and words, below the names of their columns if these come first.

    Columns may be called by numbers: the names of those that are there are known as such.
    """
    names, rows = lines[:1], lines[1:]
    known = tuple(lines[0]) == there
    if not known and not _are_names(lines[0], rows, on_target=on_target):
        names, rows = [], lines
    return Block(
        tuple(map(check_name, names[0])) if names else (),
        read_cells(rows, _NOTHING, first=1 + len(names)),
    )


def _are_names(first: Sequence[str], rows: Sequence[Sequence[str]], *, on_target: bool) -> bool:
    """Tell whether a first line names the columns: it has a word for each, which are no classes.

    Numbers below say so. In a single column of words it is one where each of them but the first
    stands there more than once.
    """
    if not all(cell.strip() for cell in first) or any(map(is_number, first)):
        return False
    if len(first) > 1 or any(is_number(row[0]) for row in rows) or not is_word(first[0].strip()):
        return True
    if not rows:
        return not on_target
    counts = Counter(row[0].strip() for row in rows)
    return first[0].strip() not in counts and min(counts.values()) > 1
