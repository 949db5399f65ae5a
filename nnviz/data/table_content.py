"""What a table holds once it is read: columns of numbers and columns of words."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError

Rows = NDArray[np.intp]
Values = NDArray[np.floating[Any]]


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


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What a file holds.

    Attributes:
        path: the file.
        names: of its columns, each once.
        header: True where a line of the file names them.
        lines: (n,) the line of each row.
        places: which columns hold numbers, rising, (k,).
        values: their numbers, (n, k), all finite.
        words: the columns of words, by place.
        units: what stands beside the numbers of a column, by place.
        written: columns whose numbers are written with units, points or groups, so that they
            are amounts and no numbers of classes; places.
        notes: what was left out or supplied, clauses for people.
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

    @property
    def there(self) -> list[int]:
        """The columns that hold something, rising."""
        return sorted([*self.places, *self.words])

    def numbers(self, place: int) -> Values:
        """Return a column of numbers, (n,)."""
        column: Values = self.values[:, self.places.index(place)]
        return column

    def wrong(self, row: int, what: str) -> DataError:
        """Return a complaint about one row."""
        return DataError(f"{self.path}, line {self.lines[row]}: {what}.")
