"""Cells of a spreadsheet as numbers and words: how a column writes its numbers tells what each is.

1,234 alone could mean two numbers; beside 0,25 in its own column or another it is one.
"""

from collections.abc import Sequence

from nnviz.data.dataset import DataError
from nnviz.data.table_numbers import (
    COMMA,
    UnclearError,
    Written,
    gaps_among,
    how_written,
    settle,
    value_of,
)
from nnviz.numbers import NumberError, integer, read_number
from nnviz.views.table.class_words import is_word

Cell = float | str
"""A number, or a word."""


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, if perhaps an unclear one."""
    try:
        read_number(cell)
    except NumberError:
        return value_of(cell, Written(group=COMMA)) is not None
    return True


def read_cells(
    lines: Sequence[Sequence[str]], nothing: str, first: int
) -> tuple[tuple[Cell, ...], ...]:
    """Return lines of cells, which are of one length, as numbers and words.

    Raises:
        DataError: a cell is neither: a sentence that begins with `nothing` and says in which line,
            of which the first has a number, and in which column.
    """
    columns = list(zip(*lines, strict=True))
    written = _how_written(columns)
    found: list[list[Cell]] = []
    for place, column in enumerate(columns):
        words = [cell.strip() for cell in column]
        kinds = list(dict.fromkeys(word for word in words if is_word(word)))
        missing = {kind for kind, gap in zip(kinds, gaps_among(kinds), strict=True) if gap}
        found.append([])
        for at, word in enumerate(words):
            where = f"{nothing} in line {integer(first + at)}, column {integer(place + 1)}: "
            if not word or word in missing:
                raise DataError(f"{where}there is no value. Fill it in, or leave the line out.")
            try:
                cell = word if is_word(word) else _number(word, written.get(place, Written()))
            except NumberError as error:
                raise DataError(f"{where}{error}") from None
            found[-1].append(cell)
    return tuple(zip(*found, strict=True))


def _number(cell: str, written: Written) -> float:
    known = bool(written.decimal or written.group) and not written.unit
    value = value_of(cell, written) if known else None
    return read_number(cell) if value is None else value


def _how_written(columns: Sequence[Sequence[str]]) -> dict[int, Written]:
    """Return how columns write numbers where some cell shows that a point is not all there is."""
    found = {}
    for place, column in enumerate(columns):
        try:
            found[place] = how_written(dict.fromkeys(column))
        except UnclearError:  # then each cell is read as it would be if it was typed
            continue
    shown = any(one.group or one.decimal == COMMA for one in found.values())
    return settle(found, "\t") if shown else {}
