"""The last step of reading a table: what the columns hold whose numbers were not certain at once.

All of a column's different cells are looked at, then those of the others: they are
empty, words, or numbers that are written in the way of the whole file.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.table_content import Table, Values, Words, wrong_line
from nnviz.data.table_layout import Layout
from nnviz.data.table_names import folded, short
from nnviz.data.table_numbers import (
    UnclearError,
    Written,
    how_written,
    is_infinite,
    is_missing,
    is_number,
    looks_numeric,
    readings,
    settle,
    shared_unit,
    too_large,
    unit_of,
    value_of,
)
from nnviz.dataclass import dataclass

_FEW_WORDS = 0.1  # part of a column's cells, and different ones, that make it one of words
_DIFFERENT = 10
_REPEATED, _KINDS = 3, 10  # rows of each word, and kinds in all, where these are no mistakes
_ENOUGH = 20  # rows that show it


@dataclass(frozen=True, slots=True, eq=False)
class Settling:
    """The columns of a table that are to be settled.

    Attributes:
        path: the file.
        layout: how it is laid out.
        lines: the line of each row.
        odd: the cells of the columns that are not certain, by place.
        marks: how the others are written as far as they show it, by place.
        counted: words that followed all numbers of a column and were taken off, by place.
    """

    path: Path
    layout: Layout
    lines: list[int]
    odd: dict[int, Words]
    marks: dict[int, Written]
    counted: dict[int, str] = field(default_factory=dict)

    def table(
        self, plain: list[int], certain: Values, only: Mapping[str, str | None] | None
    ) -> Table:
        """Return the table.

        Args:
            plain: the places of the columns whose numbers are certain.
            certain: these numbers, (n, len(plain)).
            only: names of the columns that matter, and the units known of them, None for
                words; None for all.

        Raises:
            DataError: a column's numbers are unclear or not all numbers.
        """
        names = self.layout.names
        empty = {place for place, column in self.odd.items() if all(map(is_missing, column.words))}
        words = {
            place: column
            for place, column in self.odd.items()
            if place not in empty and (_holds_words(column) or self._was_words(place, only))
        }
        counted = self._counted(words, only)
        words = {place: column for place, column in words.items() if place not in counted}
        if counted:  # 12 GB beside 8 GB: amounts, with the unit apart
            bare = {place: _without(self.odd[place], unit) for place, unit in counted.items()}
            return replace(self, odd=self.odd | bare, counted=counted).table(plain, certain, only)
        odd = [place for place in self.odd if place not in empty and place not in words]
        if only is not None and self.layout.header:
            known = set(map(folded, only))
            odd = [place for place in odd if folded(names[place]) in known]
        written = settle(self.marks | self._written(odd), self.layout.delimiter)
        numbers = {place: self._numbers(place, written[place]) for place in odd}
        places = sorted([*plain, *odd])
        values = certain
        if odd:
            values = np.empty((len(self.lines), len(places)), dtype=certain.dtype)
            for column, place in enumerate(places):
                known_at_once = place not in numbers
                values[:, column] = (
                    certain[:, plain.index(place)] if known_at_once else numbers[place]
                )
        return Table(
            path=self.path,
            names=names,
            header=self.layout.header,
            lines=np.array(self.lines, dtype=np.intp),
            places=tuple(places),
            values=values,
            words=words,
            units={place: written[place].unit for place in odd if written[place].unit},
            written=frozenset(
                place for place in odd if _is_amount(self.odd[place], written[place])
            ),
            notes=(*self.layout.notes, *self._notes(empty, words, written)),
            empty=tuple(sorted(empty)),
        )

    def _was_words(self, place: int, only: Mapping[str, str | None] | None) -> bool:
        """Tell whether a column that holds a word at all held words elsewhere, too."""
        name = folded(self.layout.names[place])
        known = {folded(other) for other, unit in (only or {}).items() if unit is None}
        return name in known and any(map(_is_word, self.odd[place].words))

    def _counted(
        self, words: dict[int, Words], only: Mapping[str, str | None] | None
    ) -> dict[int, str]:
        """Return the columns among those of words whose numbers have one word behind them all."""
        if only is None:
            found = {place: shared_unit(column.words) for place, column in words.items()}
        else:
            known = {folded(name): unit for name, unit in only.items()}
            units = {place: known.get(folded(self.layout.names[place])) for place in words}
            found = {
                place: unit if unit and shared_unit(words[place].words, least=1) == unit else ""
                for place, unit in units.items()
            }
        return {place: unit for place, unit in found.items() if unit}

    def _written(self, odd: list[int]) -> dict[int, Written]:
        found = {}
        for place in odd:
            try:
                how = how_written(self.odd[place].words)
                if place in self.counted:
                    how = replace(how, unit=self.counted[place])
                found[place] = (
                    how if how.unit else replace(how, unit=unit_of(self.layout.names[place]))
                )
            except UnclearError as problem:
                raise DataError(
                    f"{self.path}, column '{short(self.layout.names[place])}': {problem}; write "
                    "all numbers in one way."
                ) from problem
        return found

    def _numbers(self, place: int, written: Written) -> Values:
        """Return the numbers of an odd column, (n,); nan where it has no value."""
        name, column = short(self.layout.names[place]), self.odd[place]
        if written.unclear:
            raise DataError(
                f"{self.path}, column '{name}': '{short(written.unclear)}' may stand for "
                f"{readings(written.unclear)}; write it so."
            )
        numbers = [value_of(cell, written) for cell in column.words]
        for code, cell in enumerate(column.words):
            if numbers[code] is not None or is_missing(cell):
                continue
            what = "no number as the others are"
            if is_infinite(cell):
                what = "not finite"
            elif too_large(cell):
                what = "too large, numbers must be below 10³⁰"
            raise wrong_line(
                self.path,
                self.lines[int((column.codes == code).argmax())],
                f"'{short(cell)}' in the column '{name}' is {what}; mend it or remove the line",
            )
        known = np.array([np.nan if n is None else n for n in numbers], dtype=np.float64)
        found: Values = known[column.codes]
        return found

    def _notes(
        self, empty: set[int], words: dict[int, Words], written: dict[int, Written]
    ) -> list[str]:
        names = self.layout.names
        notes = [f"'{short(names[place])}' is empty and left out" for place in sorted(empty)]
        notes += [
            f"'{short(names[place])}' holds numbers and words, so each of them is a kind"
            for place, column in sorted(words.items())
            if any(map(looks_numeric, column.words))
        ]
        for place, how in sorted(written.items()):
            if how.group:
                notes.append(f"'{how.group}' in '{short(names[place])}' groups thousands")
        return notes


def _is_amount(column: Words, written: Written) -> bool:
    """Tell whether numbers are written as amounts are, and numbers of classes never."""
    plain = all(is_number(cell) or is_missing(cell) for cell in column.words)
    return bool(written.unit or written.group) or not plain


def _without(column: Words, unit: str) -> Words:
    """Return a column without the word behind its numbers."""
    return replace(column, words=tuple(w.removesuffix(unit).rstrip() for w in column.words))


def _holds_words(column: Words) -> bool:
    """Tell whether a column's cells are words, apart from a few that are mistakes.

    Where words come again and again among few numbers, as in 2, 3, 4, 5more, all are kinds.
    """
    word = np.array([_is_word(cell) for cell in column.words])
    missing = np.array([is_missing(cell) for cell in column.words])
    counts = column.counts()
    words, filled = int(counts[word].sum()), int(counts[~missing].sum())
    kinds = int((~missing).sum())
    repeated = (
        words >= _REPEATED * max(int(word.sum()), 1) and kinds <= _KINDS and filled >= _ENOUGH
    )
    many = int(word.sum()) >= _DIFFERENT or repeated
    return words * 2 > filled or (many and words >= _FEW_WORDS * filled)


def _is_word(cell: str) -> bool:
    return not (looks_numeric(cell) or is_missing(cell) or is_infinite(cell))
