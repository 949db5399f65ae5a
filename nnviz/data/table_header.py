"""The header of a table: whether a line names the columns, by what stands below it."""

from collections.abc import Sequence
from itertools import pairwise

from nnviz.data.table_numbers import is_missing, looks_numeric

_SERIES = 5  # numbers in a row that are names, not values: 0, 1, 2 … or years


def as_wide(cells: list[str], below: Sequence[Sequence[str]], width: int) -> list[str]:
    """Bring a header to the width of the rows where only one end of it differs."""
    if len(cells) == width + 1 and not cells[-1].strip():
        return cells[:-1]
    if len(cells) == width - 1 and below:
        if not any(row[-1].strip() for row in below):
            return [*cells, ""]
        if not any(map(looks_numeric, cells)) and not is_header(list(below[0]), below[1:]):
            return ["", *cells]  # as R writes tables: the names of the rows have none themselves
    return cells


def is_title(cells: Sequence[str], width: int) -> bool:
    """Tell whether a line above the header is a title: one cell, or too few of them."""
    filled = sum(bool(cell.strip()) for cell in cells)
    if width == 1:
        return False
    return (filled == 1 and width > 2) or (len(cells) < width - 1) or len(cells) == 1


def is_header(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first line names the columns, by what stands below it."""
    if not below:
        return not all(map(looks_numeric, cells))
    number: list[int] = []
    word: list[int] = []
    for place in range(len(cells)):
        column = [row[place] for row in below if not is_missing(row[place])]
        numbers = sum(map(looks_numeric, column))
        (number if column and numbers > len(column) / 2 else word).append(place)
    if any(
        not looks_numeric(cells[place])
        and not is_missing(cells[place])
        and cells[place] not in {row[place] for row in below}
        for place in number
    ):
        return True
    seen = [place for place in word if cells[place] in {row[place] for row in below}]
    if not number:
        return len(seen) * 2 <= len(word)
    if seen:
        return False
    if word and not any(cells[place].strip() for place in number):
        return True
    return _counts_on([cells[place] for place in number])


def _counts_on(cells: Sequence[str]) -> bool:
    """Tell whether numbers in a header are names: they count on, as pixels and years do."""
    try:
        values = [int(cell) for cell in cells]
    except ValueError:
        return False
    steps = {after - before for before, after in pairwise(values)}
    years = len(values) > 2 and 1800 <= min(values) <= max(values) <= 2100 and min(steps) > 0
    return years or (len(values) >= _SERIES and steps == {1})
