"""What a table holds once it is read: columns of numbers and columns of words."""

from dataclasses import field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError
from nnviz.data.table_numbers import gaps_among
from nnviz.dataclass import dataclass

Rows = NDArray[np.intp]
Values = NDArray[np.floating[Any]]

FEW = 20
"""Below this many rows a table is trained and tested on as a whole, like a truth table."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of words.

    Attributes:
        words: the different ones, stripped, in the order in which they come.
        codes: which of them each row has, (n,).
    """

    words: tuple[str, ...]
    codes: NDArray[np.int32]

    def counts(self) -> Rows:
        """How many rows have each word, (words,)."""
        return np.bincount(self.codes, minlength=len(self.words))

    def missing(self) -> NDArray[np.bool_]:
        """Tell which words stand for no value, (words,)."""
        return np.array(gaps_among(self.words), dtype=np.bool_)

    def kinds(self) -> dict[str, int]:
        """Return the words that are values, and how many rows have each."""
        each = zip(self.words, self.counts(), self.missing(), strict=True)
        return {word: int(count) for word, count, gap in each if count and not gap}

    def only(self, keep: NDArray[np.bool_]) -> "Words":
        """Return the column of some of its rows, with the words that these have."""
        places, codes = np.unique(self.codes[keep], return_inverse=True)
        return Words(tuple(self.words[place] for place in places), codes.astype(np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What a file holds, laid out as a `Layout` says.

    Attributes:
        path: the file.
        lines: (n,) the line of each row.
        places: which columns hold numbers, rising, (k,).
        values: their numbers, (n, k), all finite but for gaps, which are nan.
        words: the columns of words, by place.
        units: what stands beside the numbers of a column, by place.
        written: columns whose numbers are written with units, points or groups, so that they
            are amounts and no numbers of classes; places.
        notes: what was left out or supplied, clauses for people.
        empty: columns that have no value in any row; places.
    """

    path: Path
    names: tuple[str, ...]
    header: bool
    lines: Rows
    places: tuple[int, ...]
    values: Values
    words: dict[int, Words]
    units: dict[int, str] = field(default_factory=dict)
    written: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    empty: tuple[int, ...] = ()

    @property
    def there(self) -> list[int]:
        """The columns that hold something, rising."""
        return sorted([*self.places, *self.words])

    def numbers(self, place: int) -> Values:
        """Return a column of numbers, (n,)."""
        return np.asarray(self.values[:, self.places.index(place)])

    def known(self, place: int) -> Values:
        """Return the numbers of a column without its gaps."""
        numbers = self.numbers(place)
        return numbers[np.isfinite(numbers)]

    def missing(self, place: int) -> NDArray[np.bool_]:
        """Tell which rows have no value in a column, (n,)."""
        if place in self.empty:
            return np.ones(len(self.lines), dtype=np.bool_)
        if place in self.words:
            column = self.words[place]
            return column.missing()[column.codes]
        return ~np.isfinite(self.numbers(place))

    def only(self, keep: NDArray[np.bool_]) -> "Table":
        """Return the table of some of its rows."""
        return replace(
            self,
            lines=self.lines[keep],
            values=self.values[keep],
            words={place: column.only(keep) for place, column in self.words.items()},
        )


def wrong_line(path: Path, line: int, what: str) -> DataError:
    """Return a complaint about one line of a table's file."""
    return DataError(f"{path}, line {line}: {what}.")
