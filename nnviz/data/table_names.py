"""Names of a table's columns: as they are compared, written in sentences, and told apart."""

import unicodedata
from collections.abc import Sequence
from itertools import count

_TOLD = 3  # names that are there twice


def unnamed(place: int) -> str:
    """Return what a column is called whose name the header leaves empty."""
    return f"column {place + 1}"


def named_once(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns; one that is there already is numbered: "a", "a (2)"."""
    names: list[str] = []
    given = {cell.strip() for cell in cells}
    for place, cell in enumerate(cells):
        name = cell.strip() or unnamed(place)
        if name in names:
            often = (f"{name} ({number})" for number in count(2))
            name = next(other for other in often if other not in names and other not in given)
        names.append(name)
    return tuple(names)


def told_twice(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return what to say of names that several columns have."""
    again = [
        (cell.strip(), name)
        for name, cell in zip(names, cells, strict=True)
        if cell.strip() and name != cell.strip()
    ]
    told = [f"the header has '{short(cell)}' twice, the later is '{name}'" for cell, name in again]
    more = len(told) - _TOLD
    return [*told[:_TOLD], f"{more} more names are there twice"] if more > 0 else told


def folded(name: str) -> str:
    """Return a column's name without what people leave out: capitals, spaces around, subscripts."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def short(text: str) -> str:
    """Cut a cell for a sentence: one line, no more than some letters."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text.strip())
    return clean if len(clean) <= 30 else f"{clean[:29]}…"


def listed(names: Sequence[str], most: int) -> str:
    """Return names of columns in quotes with commas between them, of many the first."""
    told = ", ".join(f"'{short(name)}'" for name in names[:most])
    return f"{told} and {len(names) - most} more" if len(names) > most else told
