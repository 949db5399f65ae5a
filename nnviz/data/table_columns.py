"""The columns of a table as inputs of a network, with their scaling.

Words of few kinds become columns of 0 and 1.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.description import INPUTS_ALONE, NONE, RANGE, SCALES, Column
from nnviz.data.table_content import FEW, Rows, Table, Values, Words
from nnviz.data.table_names import listed, short
from nnviz.data.table_numbers import is_missing, is_number, unit_of

MOST_WORDS = 30
"""Most different words of a column that becomes inputs, one column of 0 and 1 for each."""

_MOST_DECIMALS = 8
_CLOSE = {4: 1e-7, 8: 1e-14}  # what rounding may change, by the bytes of a number
_TOLD = 4  # columns without a value that are named
_FEW_COLUMNS = 200  # of which each is looked at


def twins(table: Table, places: Sequence[int], kinds: Rows) -> list[int]:
    """Return the columns among some that are the classes (n,) by other names, a value for each."""
    if len(table.lines) < FEW or not kinds.any() or len(places) > _FEW_COLUMNS:
        return []
    found = []
    for place in places:
        if place in table.words:
            codes = table.words[place].codes.astype(np.intp)
        else:
            codes = np.unique(table.numbers(place), return_inverse=True)[1]
        if are_same(codes, kinds):
            found.append(place)
    return found


def are_same(some: Rows, others: Rows) -> bool:
    """Tell whether rows have the same classes by other numbers."""
    pairs = len(np.unique(some * (int(others.max()) + 1) + others))
    return pairs == len(np.unique(some)) == len(np.unique(others))


def too_many(column: Words) -> bool:
    """Tell whether a column has too many different words to be inputs."""
    rows, kinds = len(column.codes), len(column.kinds())
    return kinds > MOST_WORDS or (rows >= FEW and kinds > rows / 2)


def inputs_of(table: Table, places: Sequence[int]) -> tuple[tuple[Column, ...], Values]:
    """Turn columns, rising, into inputs.

    Returns:
        What each input is, without scaling yet, and the values, (n, inputs).
    """
    described: list[tuple[Column, int]] = []
    for place in places:
        words = place in table.words
        found = word_columns(table, place) if words else [number_column(table, place)]
        described += [(column, place) for column in found]
    columns = tuple(column for column, _ in described)
    if any(column.word for column in columns):
        return columns, value_columns(table, described)[0]
    return columns, _numbers(table, places)


def value_columns(
    table: Table, columns: Sequence[tuple[Column, int]]
) -> tuple[Values, dict[int, str]]:
    """Return the file's values of inputs, (n, inputs), 1 and 0 where an input is a word.

    Each input is given with the place of its column.

    Returns:
        The values, and for each row that lacks one, or has a word that is none of those of its
        column, a clause about that.

    Raises:
        DataError: words stand where numbers belong, or the other way round.
    """
    values = np.empty((len(table.lines), len(columns)), dtype=np.float64)
    known: dict[int, set[str]] = {}
    gaps: dict[int, list[str]] = {}
    wrong: dict[int, str] = {}
    table = _with_kinds(table, {place for column, place in columns if is_number(column.word)})
    for place_of_input, (column, place) in enumerate(columns):
        if place in table.empty:
            values[:, place_of_input] = np.nan
            known.setdefault(place, set())
            continue
        if bool(column.word) != (place in table.words):
            kind = "words" if column.word else "numbers"
            raise DataError(
                f"{table.path}: the column '{short(table.names[place])}' does not hold {kind}, as "
                "it did where the network was trained."
            )
        if column.word:
            values[:, place_of_input] = _has_word(table.words[place], column.word)
            known.setdefault(place, set()).add(column.word)
        else:
            values[:, place_of_input] = table.numbers(place)
            known.setdefault(place, set())
    for place, words in known.items():
        missing = np.ones(len(values), dtype=np.bool_)
        if place in table.places:
            missing = table.missing(place)
        elif place in table.words:
            cells = table.words[place]
            strange = np.array([word not in words for word in cells.words])
            missing = (strange & np.array([is_missing(word) for word in cells.words]))[cells.codes]
            for row in np.flatnonzero(strange[cells.codes] & ~missing).tolist():
                wrong.setdefault(
                    row,
                    f"'{short(cells.words[cells.codes[row]])}' in the column "
                    f"'{short(table.names[place])}' is none of the words that the network knows "
                    f"({', '.join(map(short, sorted(words)))})",
                )
        for row in np.flatnonzero(missing).tolist():
            gaps.setdefault(row, []).append(table.names[place])
    return values, wrong | {row: no_value(names) for row, names in gaps.items()}


def no_value(names: Sequence[str]) -> str:
    """Return the complaint about a row without a value in some columns."""
    verb = "column {} has" if len(names) == 1 else "columns {} have"
    return f"the {verb.format(listed(names, _TOLD))} no value; fill it in or remove the line"


def scaled(columns: Sequence[Column], values: Values) -> Values:
    """Return values of the file as their columns scale them, (n, columns) float64."""
    offset = np.array([column.offset for column in columns])
    scale = np.array([column.scale for column in columns])
    return cast(Values, np.ascontiguousarray((values - offset) / scale, np.float64))


def number_column(table: Table, place: int) -> Column:
    """Describe a column of numbers: its name, and its unit if cells or name tell one."""
    name = table.names[place]
    return Column(name, table.units.get(place) or unit_of(name))


def word_columns(table: Table, place: int) -> list[Column]:
    """Describe the columns of 0 and 1 that a column of words becomes, one for each word."""
    column, name = table.words[place], table.names[place]
    words = sorted(column.words, key=lambda word: (word.casefold(), word))
    return [Column(f"{name}={word}", word=word) for word in words]


def _with_kinds(table: Table, places: Collection[int]) -> Table:
    """Return the table with some columns as words, whose numbers are kinds as words are.

    Of 2, 3, 4, 5more a few rows may have numbers alone.
    """
    words = {}
    for place in set(places) & set(table.places):
        numbers, codes = np.unique(table.numbers(place), return_inverse=True)
        kinds = tuple("" if np.isnan(number) else _spelled(float(number)) for number in numbers)
        words[place] = Words(kinds, codes.astype(np.int32))
    if not words:
        return table
    rest = tuple(place for place in table.places if place not in words)
    return replace(table, places=rest, values=_numbers(table, rest), words={**table.words, **words})


def _spelled(number: float) -> str:
    return str(int(number)) if number.is_integer() else str(number)


def _has_word(column: Words, word: str) -> Values:
    code = column.words.index(word) if word in column.words else -1
    return np.asarray(column.codes == code, np.float64)


def _numbers(table: Table, places: Sequence[int]) -> Values:
    """Return the numbers of some columns, (n, k), without a copy where they lie side by side."""
    columns = [table.places.index(place) for place in places]
    if columns and columns == list(range(columns[0], columns[-1] + 1)):
        return np.asarray(table.values[:, columns[0] : columns[-1] + 1])
    return np.asarray(table.values[:, columns])


def scaling(columns: Sequence[Column], known: Values, scale: str) -> tuple[Column, ...]:
    """Return the columns with their scaling, measured on their values in the training rows."""
    if scale in (NONE, INPUTS_ALONE):
        return tuple(columns)
    if scale == RANGE:
        offset = known.min(axis=0).astype(np.float64)
        size = known.max(axis=0).astype(np.float64) - offset
    else:
        offset = known.mean(axis=0, dtype=np.float64)
        size = known.std(axis=0, dtype=np.float64)
    # A column that never changes says nothing: it becomes 0 throughout, as far as training knows.
    size = np.where(size > 1e-7 * np.abs(offset), size, 1)
    return tuple(
        replace(column, offset=float(o), scale=float(s))
        for column, o, s in zip(columns, offset, size, strict=True)
    )


def decimals_of(values: Values) -> int | None:
    """Return how many decimals numbers have at most; None where they have very many."""
    close = _CLOSE[values.dtype.itemsize] * max(float(np.abs(values).max(initial=0)), 1e-30)
    for decimals in range(_MOST_DECIMALS + 1):
        if bool((np.abs(values - np.round(values, decimals)) <= close).all()):
            return decimals
    return None


def check_scale(scale: str) -> None:
    """Refuse a way of scaling that there is none of, as a `DataError`."""
    if scale not in (*SCALES, INPUTS_ALONE):
        raise DataError(f"There is no scaling '{scale}': choose one of {', '.join(SCALES)}.")
