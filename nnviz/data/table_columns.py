"""What the columns of a table are good for: which ones only name their rows, and which are inputs.

A column that counts the rows gives sorted classes away, a word that is another in
every row says nothing of the next one: both are left out and told. Words of few
kinds become columns of 0 and 1.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.description import Column
from nnviz.data.table_content import Rows, Table, Values, Words
from nnviz.data.table_layout import short, unnamed
from nnviz.data.table_moments import is_moment
from nnviz.data.table_numbers import is_missing, is_number, unit_of

FEW = 20
"""Below this many rows a table is trained and tested on as a whole, like a truth table."""

MOST_WORDS = 30
"""Most different words of a column that becomes inputs, one column of 0 and 1 for each."""

_FAR = 20  # times the largest other number that numbers of rows without a name have
_MOST_DECIMALS = 8
_CLOSE = {4: 1e-7, 8: 1e-14}  # what rounding may change, by the bytes of a number
_ROUND = 0.4  # part of them that are multiples of 10, as prices are
_TOLD = 4  # columns without a value that are named
_FEW_COLUMNS = 200  # of which each is looked at
_UNIQUE = 0.9  # part of the rows that have a word of their own where words name the rows
_COUNTER_NAMES = (
    "# id ids idx index nr no num number numero nummer lfd obs observation case sample subject "
    "record row rows rowid rowname rownames line zeile ligne fila serial sno key uuid guid unnamed "
    "laufnummer fall probe"
)
_LAST_WORDS = "id ids idx uuid guid key rowid rownames"
_COUNTED_THINGS = (
    "row record sample case line item serial order account invoice customer client employee "
    "patient student subject person user member lfd laufende kunden unnamed s"
)
_COUNTING_WORDS = "id no nr num number nummer numero index idx code"
_NUMBER = ("nummer", "kennung", "matricule")
_COUNTERS, _LAST, _COUNTED, _COUNTING = (
    frozenset(names.split())
    for names in (_COUNTER_NAMES, _LAST_WORDS, _COUNTED_THINGS, _COUNTING_WORDS)
)


def words_of(name: str) -> list[str]:
    """Split a column's name into words: small letters without accents, `PassengerId` in two."""
    spread = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKD", name))
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return re.findall(r"#|[^\W_]+", plain.casefold())


def _is_compound(word: str) -> bool:
    """Tell whether one word is two that say together what counts: Kundennummer, customerid."""
    ends = [end for end in _COUNTING if word.endswith(end)]
    return word.endswith(_NUMBER) or any(word.removesuffix(end) in _COUNTED for end in ends)


def row_names(table: Table) -> dict[int, str]:
    """Return the columns that only count or name the rows, and why they are left out."""
    count = len(table.lines)
    found: dict[int, str] = {}
    if count < 2:
        return found
    for place in table.places:
        if not counts_by_name(table.names[place], place):
            continue
        values = table.known(place)
        if (values == np.rint(values)).all() and len(np.unique(values)) == len(values):
            found[place] = "only counts the rows"
    if not table.header and (first := _named_by_numbers(table)):
        found[0] = first
    for place, column in table.words.items():
        filled = column.kinds().values()
        by_name = counts_by_name(table.names[place], place) and len(filled) == count
        if by_name or (count >= FEW and len(filled) > max(FEW / 2, _UNIQUE * sum(filled))):
            found[place] = "has another word in nearly every row"
        elif filled and _are_moments(column):
            found[place] = "holds dates or times"
    return found


def _named_by_numbers(table: Table) -> str:
    """Say why the first of columns without names only names the rows; "" where it does not.

    It counts them from 0 or 1, or has another whole number in nearly every row that is larger by
    far than whatever stands beside it and not rounded, as the numbers of patients are.
    """
    if 0 not in table.places or len(table.lines) < FEW or table.missing(0).any():
        return ""
    first = table.numbers(0)
    if (first != np.rint(first)).any() or len(np.unique(first)) < _UNIQUE * len(first):
        return ""
    if first[0] in (0, 1) and (np.diff(first) == 1).all():
        return "only counts the rows"
    others = [float(np.abs(table.known(place)).max(initial=0)) for place in table.places[1:]]
    far = bool(others) and float(np.median(first)) > _FAR * max(others)
    far &= float(np.mean(first % 10 == 0)) < _ROUND
    return "has another number in nearly every row, far above all others," if far else ""


def _are_moments(column: Words) -> bool:
    """Tell whether all words of a column are dates or times: these are no kinds of anything."""
    return all(is_moment(word) for word in column.kinds())


def counts_by_name(name: str, place: int) -> bool:
    """Tell whether a column's name says that it counts the rows, or the first has none."""
    words = words_of(name)
    if not words or name == unnamed(place):
        return place == 0
    if len(words) == 1 or words[0] in ("unnamed", "row"):
        return words[0] in _COUNTERS or _is_compound(words[0])
    if words[0] == "id" or words[-1] in _LAST:
        return True
    return words[-1] in _COUNTING and words[-2] in _COUNTED


def counting(table: Table, places: Sequence[int]) -> list[int]:
    """Return the columns among some that go up by one from row to row, whatever they are called."""
    return [
        place
        for place in places
        if place in table.places
        and len(table.lines) >= FEW
        and (np.diff(table.numbers(place)) == 1).all()
    ]


def twins(table: Table, places: Sequence[int], kinds: Rows) -> list[int]:
    """Return the columns among some that are the classes by other names, one value for each.

    Args:
        table: the table.
        places: the columns.
        kinds: the class of each row, (n,).
    """
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
    """Turn columns into inputs.

    Args:
        table: the table.
        places: which columns, rising.

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

    Args:
        table: the table.
        columns: each input and the place of its column.

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
    told = ", ".join(f"'{short(name)}'" for name in names[:_TOLD])
    more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
    verb = "column {} has" if len(names) == 1 else "columns {} have"
    return f"the {verb.format(told + more)} no value; fill it in or remove the line"


def scaled_inputs(columns: Sequence[Column], values: Values) -> FloatArray:
    """Return what a network sees of values of the file, (n, columns) float32."""
    offset = np.array([column.offset for column in columns])
    scale = np.array([column.scale for column in columns])
    x: FloatArray = ((values - offset) / scale).astype(np.float32)
    return x


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
    is_it: Values = (column.codes == code).astype(np.float64)
    return is_it


def _numbers(table: Table, places: Sequence[int]) -> Values:
    """Return the numbers of some columns, (n, k), without a copy where they lie side by side."""
    columns = [table.places.index(place) for place in places]
    if columns and columns == list(range(columns[0], columns[-1] + 1)):
        side_by_side: Values = table.values[:, columns[0] : columns[-1] + 1]
        return side_by_side
    picked: Values = table.values[:, columns]
    return picked


def scaling(columns: Sequence[Column], known: Values, scale: str) -> tuple[Column, ...]:
    """Return the columns with their scaling, measured on what is trained on.

    Args:
        columns: without scaling.
        known: their values in the training rows, (n, columns).
        scale: one of `SCALES`.
    """
    if scale == NONE:
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


STANDARD, RANGE, NONE = "standard", "range", "none"
SCALES = {
    STANDARD: "each column with mean 0 and deviation 1 on the training rows",
    RANGE: "each column over its range 0 to 1 on the training rows",
    NONE: "numbers as they are",
}
"""How columns are scaled, and how that is told."""


def check_scale(scale: str) -> None:
    """Refuse a way of scaling that there is none of.

    Raises:
        DataError: there is none of that name.
    """
    if scale not in SCALES:
        raise DataError(f"There is no scaling '{scale}': choose one of {', '.join(SCALES)}.")
