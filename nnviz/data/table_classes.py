"""Whether a column to predict is classes or numbers, and which class each row is of."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import MOST_CLASSES, DataError
from nnviz.data.table_content import FEW, Rows, Table
from nnviz.data.table_names import short

_FEW_KINDS = 20  # kinds of whole numbers that are classes whatever the column is called
_SPAN = 4  # how many numbers for each kind the classes' numbers may lie apart
_EACH = 20  # rows of each of more kinds, and how evenly they must be spread, to be classes
_EVEN = 0.8


def classes_of(
    table: Table, place: int, *, called: bool, amount: bool
) -> tuple[Rows, tuple[str, ...]]:
    """Return the class of each row (n,) and the names; all 0 and none where they are numbers.

    `called` and `amount` are whether the column's name says that it holds classes or amounts.

    Raises:
        DataError: there is one class only, or there are too many.
    """
    if place in table.words:
        return _words(table, place)
    numbers = table.numbers(place)
    distinct, kinds = np.unique(numbers, return_inverse=True)
    if (amount and len(distinct) > 2) or not _numbered(distinct, kinds, called=called):
        return np.zeros(len(numbers), dtype=np.intp), ()
    if place in table.written:
        return np.zeros(len(numbers), dtype=np.intp), ()
    names = tuple(map(class_of_number, distinct))
    _check(table, place, names)
    return kinds.astype(np.intp), names


def class_of_number(value: float) -> str:
    """Return the name of the class that a number stands for; a fraction is none that has one."""
    return str(int(value)) if value == np.rint(value) else str(float(value))


def may_be_classes(table: Table, place: int) -> bool:
    """Tell whether a column looks like classes, whatever it is called."""
    if place in table.words:
        column = table.words[place]
        rows, many = len(column.codes), len(column.kinds())
        return 2 <= many <= MOST_CLASSES and (rows < FEW or many <= rows / 2)
    if place in table.written:
        return False
    distinct, kinds = np.unique(table.known(place), return_inverse=True)
    return len(distinct) > 1 and _numbered(distinct, kinds, called=False)


def _numbered(distinct: NDArray[np.floating], kinds: NDArray[np.integer], *, called: bool) -> bool:
    """Tell whether whole numbers are those of classes."""
    many, rows = len(distinct), len(kinds)
    if not many or (distinct != np.rint(distinct)).any() or many > MOST_CLASSES:
        return False
    span = float(distinct[-1] - distinct[0]) + 1
    if called:  # of a few rows each may be of a class of its own
        return many <= max(2, rows // 2) or (rows < FEW and span == many)
    if many <= min(_FEW_KINDS, max(2, rows // 3)) and span <= _SPAN * many:
        return True
    counts = np.bincount(kinds)
    in_turn = span == many and distinct[0] in (0, 1)
    return bool(in_turn and rows >= _EACH * many and counts.min() >= _EVEN * counts.mean())


def _words(table: Table, place: int) -> tuple[Rows, tuple[str, ...]]:
    column = table.words[place]
    names = tuple(sorted(column.words, key=lambda word: (word.casefold(), word)))
    _check(table, place, names)
    number = {name: kind for kind, name in enumerate(names)}
    order = np.array([number[word] for word in column.words], dtype=np.intp)
    return order[column.codes], names


def _check(table: Table, place: int, names: Sequence[str]) -> None:
    name, rows = short(table.names[place]), len(table.lines)
    if len(names) < 2:
        raise DataError(
            f"{table.path} has only one kind of '{name}' ({short(names[0])}), nothing to "
            "tell apart: choose another column to predict, or give a table with at least two kinds."
        )
    if len(names) > MOST_CLASSES or (rows >= FEW and len(names) > rows / 2):
        raise DataError(
            f"{table.path} has {len(names)} different values of '{name}', too many for classes: "
            "choose another column to predict."
        )
