"""Reading a table: a text file, one example a line, columns of numbers and of words.

Commas, semicolons, tabs, bars or blanks separate columns; numbers are read as people write
them; a byte order mark does no harm. Everything else that people have in such files
(gaps, ragged lines, workbooks under a wrong name) ends as one sentence with the line
number. Memory is asked for once, after the lines are counted.
"""

import csv
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.disk import reading
from nnviz.data.generator import Progress
from nnviz.data.table_content import Table, Words, wrong_line
from nnviz.data.table_layout import LONGEST_LINE, PEEK, Layout, find_layout, rows_of
from nnviz.data.table_numbers import (
    COMMA,
    HUGE,
    POINT,
    UnclearError,
    Written,
    how_written,
    is_number,
)
from nnviz.data.table_settling import Settling
from nnviz.data.table_text import look_at, undecodable
from nnviz.numbers import count as written

CELLS = 1 << 26
"""Most cells of a table: 67 million, MNIST as a table has 55."""

PRECISE = 1 << 23
"""Most numbers that are kept in double precision; larger tables make do with single."""


def read_table(
    path: Path,
    progress: Progress | None = None,
    *,
    only: Mapping[str, str | None] | None = None,
    alone: bool = False,
) -> Table:
    """Read a table.

    Args:
        path: the file.
        progress: told the part done and a word; may raise to cancel.
        only: names of the columns that matter, and the unit that the numbers of each have, ""
            where none, None for a column of words; what others lack does no harm.
        alone: whether a single column is a table too.

    Returns:
        Numbers and words as they stand in the file.

    Raises:
        DataError: it cannot be read as a table; one sentence, with the line number if any.
    """
    with reading(path):
        capacity, encoding = look_at(path)
        try:
            with path.open(encoding=encoding, newline="") as file:
                lines = [file.readline(LONGEST_LINE) for _ in range(PEEK)]
            layout = find_layout(path, lines, alone=alone, known=tuple(only or ()))
            width = len(layout.names)
            if capacity * width > CELLS:
                raise DataError(
                    f"{path} has about {capacity} lines of {width} columns, more than the "
                    f"{CELLS // 10**6} million cells that nnviz takes: give a part of it."
                )
            return _read(path, encoding, layout, capacity, progress, only)
        except UnicodeError as problem:
            raise undecodable(path, encoding) from problem


def _read(
    path: Path,
    encoding: str,
    layout: Layout,
    capacity: int,
    progress: Progress | None,
    only: Mapping[str, str | None] | None,
) -> Table:
    odd: set[int] = set()
    while True:
        with path.open(encoding=encoding, newline="") as file:
            for _ in range(layout.skip):
                file.readline()
            reading = _Reading(path, layout, capacity, odd)
            more = reading.read(file, progress)
        if not more:
            return reading.table(only)
        # A second surprise may be followed by hundreds: then every column is looked at closely.
        odd = odd | more if not odd else set(range(len(layout.names)))


class _Numbers(dict[str, float]):
    """Numbers by their spelling; the usual grey values ready made, five times as fast."""

    def __missing__(self, cell: str) -> float:
        return float(cell)


_NUMBERS = _Numbers({str(value): float(value) for value in range(256)})


class _Book(dict[str, int]):
    """The different cells of a column, numbered in the order in which they come."""

    def __missing__(self, cell: str) -> int:
        self[cell] = len(self)
        return self[cell]


class _Reading:
    """One way through a file.

    Columns whose numbers are certain are turned into numbers at once; of the others, odd ones,
    the different cells are kept and all of them looked at in the end.
    """

    def __init__(self, path: Path, layout: Layout, capacity: int, odd: set[int]) -> None:
        self._path, self._layout, self._capacity = path, layout, capacity
        self._odd, self._commas = set(odd), set[int]()
        self._whole: set[int] = set()
        self._marks: dict[int, Written] = {}
        self._lines: list[int] = []

    def read(self, lines: Iterator[str], progress: Progress | None) -> set[int]:
        """Read all rows; return the columns that turn out to be odd, empty when all went well."""
        rows = self._rows(lines)
        first = list(islice(rows, PEEK))
        width = len(self._layout.names)
        for place in range(width):
            self._judge(place, [cells[place].strip() for _, cells in first])
        self._plain = [place for place in range(width) if place not in self._odd]
        self._strange = sorted(self._odd)
        self._books = [_Book() for _ in self._strange]
        precise = self._capacity * width <= PRECISE
        self._values = np.empty(
            (self._capacity, len(self._plain)), dtype=np.float64 if precise else np.float32
        )
        self._codes = np.empty((self._capacity, len(self._strange)), dtype=np.int32)
        for line, cells in chain(first, rows):
            count = len(self._lines)
            if count == self._capacity:
                raise DataError(
                    f"{self._path} mixes line ends of several kinds: save it anew as text."
                )
            if surprise := self._take(count, line, cells):
                return surprise
            self._lines.append(line)
            if progress and count % 1000 == 999:
                progress(count / self._capacity, "reading the table")
        return self._late()

    def _judge(self, place: int, cells: list[str]) -> None:
        """Decide by the first rows how a column's numbers are written."""
        if place in self._odd:
            return
        pointed = [cell for cell in cells if not is_number(cell)]
        if not pointed:
            if any(POINT in cell for cell in cells):
                self._marks[place] = how_written(cells)
                if self._marks[place].decimal != POINT:
                    self._odd.add(place)  # 1.234: decimals or thousands
            else:
                self._whole.add(place)
            return
        try:
            commas = all(is_number(cell.replace(COMMA, POINT, 1)) for cell in pointed)
            marks = how_written(cells)
        except UnclearError:
            commas = False
        if commas and marks.decimal == COMMA and not marks.group:
            self._commas.add(place)
            self._marks[place] = marks
        else:
            self._odd.add(place)

    def _take(self, count: int, line: int, cells: list[str]) -> set[int]:
        """Take one row; return the columns in which it has no number where one was certain."""
        for column, place in enumerate(self._strange):
            self._codes[count, column] = self._books[column][cells[place].strip()]
        plain = cells
        if self._strange:
            plain = [cells[place] for place in self._plain]
        if self._commas:
            plain = [
                _pointed(cell) if place in self._commas else cell
                for place, cell in zip(self._plain, plain, strict=True)
            ]
        try:
            numbers = np.fromiter(map(_NUMBERS.__getitem__, plain), np.float64, len(plain))
        except ValueError:
            numbers = np.array([np.nan])
        sound = bool((np.abs(numbers) < HUGE).all())  # false for what is not finite, too
        if not sound or "_" in "".join(plain):  # Python alone spells numbers with _
            pairs = zip(self._plain, plain, strict=True)
            return {place for place, cell in pairs if not is_number(cell)}
        self._values[count] = numbers
        return set()

    def _late(self) -> set[int]:
        """Return the columns that began with whole numbers and went on with points."""
        values = self._values[: len(self._lines)]
        columns = enumerate(self._plain)
        return {
            place
            for column, place in columns
            if place in self._whole and (values[:, column] != np.rint(values[:, column])).any()
        }

    def _rows(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield the line number and the cells of each row."""
        reader = rows_of(lines, self._layout.delimiter, strict=True)
        wanted = len(self._layout.names)
        try:
            for row in reader:
                line = reader.line_num + self._layout.skip
                if len(row) == wanted + 1 and not row[-1].strip():
                    del row[-1]
                if len(row) == wanted:
                    if any(row):
                        yield line, row
                elif any(cell.strip() for cell in row) and not row[0].startswith("#"):
                    raise self._ragged(line, row)
        except csv.Error as problem:
            line = reader.line_num + self._layout.skip
            raise wrong_line(self._path, line, f"{problem}; mend it") from problem

    def _ragged(self, line: int, row: list[str]) -> DataError:
        """Return the complaint about a row of another width."""
        wanted = len(self._layout.names)
        comma = self._layout.delimiter == COMMA and len(row) > wanted
        hint = " (a decimal comma?)" if comma else ""
        header = "the header names" if self._layout.header else "the first line has"
        return wrong_line(
            self._path,
            line,
            f"{written(len(row), 'value')} where {header} {wanted} columns{hint}; mend it or "
            "remove the line",
        )

    def table(self, only: Mapping[str, str | None] | None) -> Table:
        """Return what was read, once all odd columns (or `only` some of them) are settled."""
        count = len(self._lines)
        odd = {
            place: Words(tuple(book), self._codes[:count, column].copy())
            for column, (place, book) in enumerate(zip(self._strange, self._books, strict=True))
        }
        return Settling(self._path, self._layout, self._lines, odd, self._marks).table(
            self._plain, self._values[:count], only
        )


def _pointed(cell: str) -> str:
    """Return a number with a decimal comma as one with a point, and no number otherwise."""
    return "" if POINT in cell else cell.replace(COMMA, POINT, 1)
