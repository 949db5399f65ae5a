"""How a table's text is laid out: what separates the columns, where the header is, its names.

All of the first lines decide together. What stands above the header (a title, `sep=;`,
comments) is left out and told; a table without a header keeps its first row, and its
columns are called x₁, x₂ and so on.
"""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz.data.dataset import DataError
from nnviz.data.description import numbered
from nnviz.data.table_header import as_wide, is_header, is_title
from nnviz.data.table_names import folded, named_once, short, told_twice
from nnviz.data.table_numbers import is_number, looks_numeric
from nnviz.dataclass import dataclass

if TYPE_CHECKING:
    from _csv import Reader

PEEK = 120
"""Lines that decide how a table is laid out."""

LONGEST_LINE = 1 << 20

_DELIMITERS = "\t;,|"  # the likelier one first, where two do equally well
_BLANKS = " "
_ALIKE, _CLEAN = 0.9, 0.98  # of lines and cells, at least, where blanks separate the columns
_LEAST = 3  # lines that show it: words hold blanks, too
_COMMENTS = ("#", "%", "//")
_SEPARATOR = "sep="
_SPARSE = re.compile(r"\d+:[\d.eE+-]+")
_ENOUGH = 40  # rows that show whether the line above them is a header


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's columns and rows are.

    Attributes:
        delimiter: what separates the columns; a blank stands for any number of blanks and tabs.
        names: of the columns, each once.
        header: True where a line of the file names them.
        skip: lines of the file above the first row, the header among them.
        notes: what was left out or supplied, clauses for people.
    """

    delimiter: str
    names: tuple[str, ...]
    header: bool
    skip: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Split:
    """The first lines as one delimiter splits them: (line number, cells) of each that is none."""

    delimiter: str
    rows: tuple[tuple[int, list[str]], ...]
    width: int

    @property
    def quality(self) -> tuple[float, float]:
        """How many lines agree, and how many cells hold no other delimiter."""
        alike = sum(len(cells) == self.width for _, cells in self.rows)
        cells = [cell for _, row in self.rows for cell in row]
        others = set(_DELIMITERS) - {self.delimiter}
        clean = sum(
            looks_numeric(cell) or not (others & set(cell) or _is_row(cell)) for cell in cells
        )
        return round(alike / len(self.rows), 2), round(clean / len(cells), 2)

    def are_columns(self, least: int) -> bool:
        """Tell whether blanks separate columns, as they do in nearly all of some lines alike."""
        alike, clean = self.quality
        several = self.width > 1 and len(self.rows) >= least
        return several and alike >= _ALIKE and clean >= _CLEAN


def find_layout(
    path: Path, lines: Sequence[str], *, alone: bool = False, known: Collection[str] = ()
) -> Layout:
    """Find out by its first lines, `PEEK` at most, how a table is laid out.

    With `alone` a single column is a table too, one of the known names perhaps.

    Raises:
        DataError: they are no table; one sentence with the line number.
    """
    for number, line in enumerate(lines, 1):
        if len(line) >= LONGEST_LINE:
            raise DataError(f"{path}, line {number}: it never ends, this is not a table.")
    given = _given_delimiter(lines)
    splits = [
        split
        for delimiter in (given or _DELIMITERS)
        if (split := _split(lines, delimiter)) and split.width > 1
    ]
    blanks = None if given else _split(lines, _BLANKS)
    if blanks and blanks.are_columns(1 if alone else _LEAST):
        splits.append(blanks)
    if alone and (not splits or _is_one(lines, known)) and (split := _split(lines, ";")):
        splits = [split]
    if not splits:
        first = next((n for n, line in enumerate(lines, 1) if line.strip()), 1)
        raise DataError(
            f"{path}, line {first}: it names one column where a table has several, separated by "
            "commas, semicolons, tabs or blanks."
        )
    split = max(splits, key=lambda one: one.quality)  # of equals the first
    _refuse_sparse(path, split)
    return _headed(path, lines, split)


def _is_one(lines: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether the first line as a whole names a column, commas and blanks included."""
    first = next((line.strip(" \r\n\ufeff") for line in lines if line.strip()), "")
    whole = first == first.strip(_DELIMITERS)  # else it names an empty column, too
    return whole and folded(first.strip('"')) in set(map(folded, known))


def rows_of(lines: Iterable[str], delimiter: str, *, strict: bool = False) -> "Reader":
    """Return a reader of the cells of lines, which are split as a layout says."""
    if delimiter == _BLANKS:
        lines = (line.replace("\t", _BLANKS).strip() + "\n" for line in lines)
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def _given_delimiter(lines: Sequence[str]) -> str:
    """Return what Excel's first line `sep=;` says, "" where there is none."""
    first = next((line.strip('\r\n\ufeff" ') for line in lines if line.strip()), "")
    told = first[len(_SEPARATOR) :] if first.casefold().startswith(_SEPARATOR) else ""
    return told if len(told) == 1 else ""


def _split(lines: Sequence[str], delimiter: str) -> _Split | None:
    rows = []
    reader = rows_of(lines, delimiter)
    before = 0
    with suppress(csv.Error):  # told with its line when the rows are read
        for row in reader:
            number, before = before + 1, reader.line_num
            if any(cell.strip() for cell in row) and not _is_aside(row):
                rows.append((number, row))
    widths = Counter(len(row) for _, row in rows)
    if not widths:
        return None
    # Where two widths are as frequent the one of the later lines: titles stand above.
    most = max(widths.values())
    width = next(len(row) for _, row in reversed(rows) if widths[len(row)] == most)
    return _Split(delimiter, tuple(rows), width)


def _is_row(cell: str) -> bool:
    """Tell whether a cell holds several numbers, with blanks between them."""
    parts = cell.split()
    return len(parts) > 1 and all(map(looks_numeric, parts))


def _refuse_sparse(path: Path, split: _Split) -> None:
    """Refuse rows of `3:0.5`, the number of a column and its value, as LIBSVM writes them."""
    cells = [cell for _, row in split.rows for cell in row[1:]]
    sparse = sum(bool(_SPARSE.fullmatch(cell)) for cell in cells)
    if split.delimiter == _BLANKS and sparse == len(cells):
        number, row = next(one for one in split.rows if len(one[1]) > 1)
        raise DataError(
            f"{path}, line {number}: '{short(row[1])}' gives the column's number with its value; "
            "write a table, one value a column."
        )


def _is_aside(row: Sequence[str]) -> bool:
    first = row[0].strip()
    return first.startswith(_COMMENTS) or first.casefold().startswith(_SEPARATOR)


def _headed(path: Path, lines: Sequence[str], split: _Split) -> Layout:
    width = split.width
    blanks = split.delimiter == _BLANKS  # of which a title has as many as it has words
    rows = [
        (number, cells)
        for number, cells in split.rows
        if not (is_title(cells, width) or (blanks and len(cells) > width))
    ]
    head = rows[0] if rows else split.rows[0]
    number, cells = head
    below = [row for _, row in rows[1:] if len(row) == width][:_ENOUGH]
    cells = as_wide(cells, below, width)
    header = len(cells) != width or is_header(cells, below)
    comment = None if header else _commented(lines[: number - 1], split)
    above = sum(bool(line.strip()) for line in lines[: number - 1]) - (comment is not None)
    lines_above = "1 line" if above == 1 else f"{above} lines"
    where = "header" if header or comment else "first row"
    notes = [f"{lines_above} above the {where} left out"] if above else []
    if (given := cells if header else comment) is not None:
        names = named_once(given)
        notes += told_twice(names, given)
        skip = _end_of(lines, number, split) if header else number - 1
        return Layout(split.delimiter, names, True, skip, tuple(notes))
    _refuse_other_delimiter(path, lines[: number - 1], split)
    names = numbered(width)
    notes.append(f"no line names the columns, so they are called {names[0]} … {names[-1]}")
    return Layout(split.delimiter, names, False, number - 1, tuple(notes))


def _refuse_other_delimiter(path: Path, above: Sequence[str], split: _Split) -> None:
    """Refuse a header that separates the columns by something else than the rows do."""
    for number, line in enumerate(above, 1):
        for delimiter in _DELIMITERS.replace(split.delimiter, ""):
            if len(_cells(line, delimiter)) == split.width:
                raise DataError(
                    f"{path}, line {number}: it separates the columns by {_called(delimiter)}, the "
                    f"lines below it by {_called(split.delimiter)}; write all of them in one way."
                )


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line; none of one that is no row of a table."""
    try:
        return next(rows_of([line], delimiter), [])
    except csv.Error:
        return []


def _called(delimiter: str) -> str:
    return "tabs" if delimiter == "\t" else f"'{delimiter}'"


def _end_of(lines: Sequence[str], number: int, split: _Split) -> int:
    """Return the last line of the header, which may go over several within quotes."""
    reader = rows_of(lines[number - 1 :], split.delimiter)
    next(reader)
    return number - 1 + reader.line_num


def _commented(above: Sequence[str], split: _Split) -> list[str] | None:
    """Return the names that the last comment above the rows gives, if it gives one a column."""
    for line in reversed(above):
        text = line.strip().lstrip("#%/").strip()
        if not text:
            continue
        cells = _cells(text, split.delimiter)
        fits = len(cells) == split.width and not any(map(is_number, cells))
        if fits and line.startswith("#") and not cells[0].strip():
            cells[0] = "#"  # which is the name of the rows' numbers here
        return cells if fits else None
    return None
