"""Reading a table: a text file with a header, one example a line, numbers and one label.

Commas, semicolons, tabs and bars separate columns; decimal commas are read where
they cannot separate; a byte order mark does no harm. Everything else that people
have in such files (gaps, words, ragged lines, workbooks under a wrong name) ends as
one sentence with the line number. Memory is asked for once, after the lines are
counted.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError
from nnviz.data.generator import Progress

LARGEST = 1 << 29
"""Most bytes of a table: 512 MiB."""

CELLS = 1 << 26
"""Most numbers of a table: 67 million, MNIST as a table has 55."""

PRECISE = 1 << 23
"""Most numbers that are kept in double precision; larger tables make do with single."""

LABELS = ("label", "labels", "class", "target", "y", "species", "category", "diagnosis", "outcome")
"""Names of the column to predict, the likeliest first."""

_HUGE = 1e30  # single precision ends soon after
_PEEK = 100  # lines that decide what kind of column each is
_LONGEST_HEADER = 1 << 20
_DELIMITERS = "\t;,|"  # the likelier one first, where two give as many columns
_MISSING = {"", "?", "-", "na", "n/a", "nan", "null", "none"}
_COMMA = re.compile(r"\s*[+-]?\d*,\d+(?:[eE][+-]?\d+)?\s*")
_POINT = re.compile(r"\s*[+-]?\d*\.\d+(?:[eE][+-]?\d+)?\s*")
_FOREIGN = {
    b"PK": "is a workbook or an archive, not text: save it as CSV from your spreadsheet",
    b"\xd0\xcf": "is a workbook, not text: save it as CSV from your spreadsheet",
    b"\x1f\x8b": "is compressed: unpack it first",
    b"\x89P": "is a picture, not a table: give a folder of pictures, one folder a class",
    b"<": "is a web page, not a table: download the file itself",
}

Row = tuple[int, list[str]]
"""A line's number and its cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What a file holds.

    Attributes:
        features: names of the columns of numbers, (k,).
        values: (n, k), all finite.
        label: name of the column to predict.
        labels: (n,) its cells, stripped, none missing; decimal commas already points.
        lines: (n,) the line of each example.
        reason: why this column is the one to predict, a clause for people.
    """

    features: tuple[str, ...]
    values: NDArray[np.floating[Any]]
    label: str
    labels: list[str]
    lines: NDArray[np.intp]
    reason: str


def read_table(path: Path, progress: Progress | None = None, target: Sequence[str] = ()) -> Table:
    """Read a table.

    Args:
        path: the file.
        progress: told the part done and a word; may raise to cancel.
        target: the column to predict; none lets nnviz choose.

    Returns:
        Numbers and labels as they stand in the file.

    Raises:
        DataError: it cannot be read as a table; one sentence, with the line number if any.
    """
    try:
        capacity, encoding = _look_at(path)
        with path.open(encoding=encoding, newline="") as file:
            try:
                reader = _Reader(path, file.readline(_LONGEST_HEADER), target)
                return reader.read(file, capacity, progress)
            except UnicodeError as problem:
                raise DataError(
                    f"{path}, line {_undecodable(path)}: not UTF-8, save the table as UTF-8 text."
                ) from problem
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem


class _Numbers(dict[str, float]):
    """Numbers by their spelling; the usual grey values ready made, five times as fast."""

    def __missing__(self, cell: str) -> float:
        return float(cell)


_NUMBERS = _Numbers({str(value): float(value) for value in range(256)})


class _Reader:
    """One table on its way in."""

    def __init__(self, path: Path, header: str, target: Sequence[str]) -> None:
        self._path = path
        self._delimiter, self._names = _columns(path, header)
        self._comma = False
        self._label, self._reason = -1, ""
        if target:
            self._label, self._reason = self._place(target), "you chose it"

    def read(self, lines: Iterator[str], capacity: int, progress: Progress | None) -> Table:
        """Read the lines below the header; there are at most `capacity`."""
        width = len(self._names)
        if capacity * width > CELLS:
            raise DataError(
                f"{self._path} has about {capacity} lines of {width} columns, more than the "
                f"{CELLS / 1e6:.0f} million numbers that nnviz takes: give a part of it."
            )
        rows = self._rows(lines)
        first = list(islice(rows, _PEEK))
        self._settle(first)
        precise = capacity * width <= PRECISE
        values = np.empty((capacity, width - 1), dtype=np.float64 if precise else np.float32)
        labels: list[str] = []
        places: list[int] = []
        for line, row in chain(first, rows):
            if len(labels) == capacity:
                raise DataError(
                    f"{self._path} mixes line ends of several kinds: save it anew as text."
                )
            labels.append(self._label_of(line, row.pop(self._label)))
            values[len(places)] = self._numbers(line, row)
            places.append(line)
            if progress and len(places) % 1000 == 0:
                progress(len(places) / capacity, "reading the table")
        names = self._names[: self._label] + self._names[self._label + 1 :]
        return Table(
            tuple(names),
            values[: len(places)],
            self._names[self._label],
            labels,
            np.array(places, dtype=np.intp),
            self._reason,
        )

    def _place(self, target: Sequence[str]) -> int:
        if len(target) > 1:
            raise DataError(f"{self._path}: choose one column to predict.")
        if target[0] not in self._names:
            raise DataError(
                f"{self._path} has no column '{short(target[0])}': choose one of "
                f"{', '.join(map(short, self._names))}."
            )
        return self._names.index(target[0])

    def _rows(self, lines: Iterator[str]) -> Iterator[Row]:
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        wanted = len(self._names)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                raise self._wrong(reader.line_num + 1, f"{problem}; mend it") from problem
            if len(row) == wanted:
                yield reader.line_num + 1, row
            elif any(cell.strip() for cell in row):
                hint = " (a decimal comma?)" if self._delimiter == "," and len(row) > wanted else ""
                raise self._wrong(
                    reader.line_num + 1,
                    f"{len(row)} values where the header names {wanted} columns{hint}; mend it or "
                    "remove the line",
                )

    def _settle(self, rows: list[Row]) -> None:
        """Decide by the first lines how numbers are written and which column is the label."""
        cells = [cell for _, row in rows for cell in row]
        self._comma = (
            self._delimiter != ","
            and any(map(_COMMA.fullmatch, cells))
            and not any(map(_POINT.fullmatch, cells))
        )
        if self._label >= 0:
            return
        names = [name.casefold() for name in self._names]
        for known in LABELS:
            if known in names:
                self._label, self._reason = names.index(known), "its name says so"
                return
        half = len(rows) / 2
        words = [
            place
            for place in range(len(names))
            if sum(self._is_word(row[place]) for _, row in rows) > half
        ]
        self._label = words[-1] if words else len(names) - 1
        self._reason = "it holds words" if words else "it is the last"

    def _is_word(self, cell: str) -> bool:
        return cell.strip().casefold() not in _MISSING and not is_number(self._pointed(cell))

    def _pointed(self, cell: str) -> str:
        return cell.replace(",", ".") if self._comma else cell

    def _label_of(self, line: int, cell: str) -> str:
        text = cell.strip()
        if text.casefold() in _MISSING - {"none", "-"}:  # these two may be names of classes
            raise self._missing(line, self._label)
        return self._pointed(text) if is_number(self._pointed(text)) else text

    def _numbers(self, line: int, row: list[str]) -> NDArray[np.float64]:
        """Return a row's numbers, (k,)."""
        if self._comma:
            row = [self._pointed(cell) for cell in row]
        try:
            numbers = np.fromiter(map(_NUMBERS.__getitem__, row), np.float64, len(row))
        except ValueError:
            numbers = np.array([np.nan])
        sound = bool((np.abs(numbers) < _HUGE).all())  # false for what is not finite, too
        if sound and "_" not in "".join(row):  # Python alone spells numbers with _
            return numbers
        raise self._wrong_number(line, row)

    def _wrong_number(self, line: int, row: list[str]) -> DataError:
        for place, cell in enumerate(row):
            column = place + (place >= self._label)
            if cell.strip().casefold() in _MISSING:
                return self._missing(line, column)
            if not is_number(cell):
                return self._wrong(
                    line,
                    f"'{short(cell)}' in the column '{short(self._names[column])}' is no number; "
                    "nnviz takes numbers and one column of labels, so mend it or remove the column",
                )
        return self._wrong(line, "a number is too large; mend it")

    def _missing(self, line: int, column: int) -> DataError:
        return self._wrong(
            line,
            f"the column '{short(self._names[column])}' has no value; fill it in or remove the "
            "line",
        )

    def _wrong(self, line: int, what: str) -> DataError:
        return DataError(f"{self._path}, line {line}: {what}.")


def _columns(path: Path, header: str) -> tuple[str, list[str]]:
    """Find out what separates the columns, and their names."""
    if len(header) >= _LONGEST_HEADER:
        raise DataError(f"{path}, line 1: it never ends, this is not a table.")
    found: list[tuple[int, str, list[str]]] = []
    for rank, delimiter in enumerate(_DELIMITERS):
        try:
            cells = next(csv.reader([header], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        found.append((len(cells) * 10 - rank, delimiter, [cell.strip() for cell in cells]))
    _, delimiter, names = max(found, default=(0, ",", []))
    if len(names) < 2:
        raise DataError(
            f"{path}, line 1: it names one column where a table has several, separated by commas, "
            "semicolons or tabs."
        )
    if all(is_number(name.replace(",", ".")) for name in names):
        raise DataError(
            f"{path}, line 1: it holds numbers where the names of the columns belong, put a "
            "header above them."
        )
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise DataError(
            f"{path}, line 1: two columns are called '{short(twice)}', give each its own name."
        )
    return delimiter, names


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number that can be computed with."""
    try:
        value = float(cell)
    except ValueError:
        return False
    return abs(value) < _HUGE and "_" not in cell


def short(text: str) -> str:
    """Cut a cell for a sentence: one line, no more than some letters."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text.strip())
    return clean if len(clean) <= 30 else f"{clean[:29]}…"


def _look_at(path: Path) -> tuple[int, str]:
    """Return how many lines a file has at most, and its encoding; refuse what is no text."""
    if not path.is_file():
        raise DataError(f"{path} is not a file: give the path of one table.")
    size = path.stat().st_size
    if size > LARGEST:
        raise DataError(
            f"{path} has {size >> 20} MiB, more than nnviz takes ({LARGEST >> 20} MiB): give a "
            "part of it."
        )
    feeds = returns = 0
    with path.open("rb") as file:
        head = file.read(4096)
        for magic, words in _FOREIGN.items():
            if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(magic):
                raise DataError(f"{path} {words}.")
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        if not head.strip():
            raise DataError(f"{path} is empty: give a table with a header and a line an example.")
        if encoding == "utf-8-sig" and b"\0" in head:
            raise DataError(f"{path} is not a text file: save the table as CSV.")
        file.seek(0)
        while piece := file.read(1 << 20):
            feeds += piece.count(b"\n")
            returns += piece.count(b"\r")
    return max(feeds, returns) + 1, encoding


def _undecodable(path: Path) -> int:
    """Return the first line that is not UTF-8 (1 where the whole file is in another encoding)."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
