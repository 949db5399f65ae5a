"""Which columns of a table only name its rows: counters, identifiers, dates.

A column that counts the rows gives sorted classes away, a word that is another in every row says
nothing of the next one: both are left out and told.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from nnviz.data.table_content import FEW, Table
from nnviz.data.table_names import unnamed

_FAR = 20  # times the largest other number that numbers of rows without a name have
_ROUND = 0.4  # part of them that are multiples of 10, as prices are
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

_DATE = r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)"
_TIME = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_MOMENT = re.compile(rf"(?:{_DATE})(?:(?:T| +){_TIME})?|{_TIME}")
_ZONED = re.compile(rf"(?:{_DATE})[T ]+{_TIME} ?(?:UTC|GMT|MEZ|MESZ|CES?T)(?:[+-]\d+(?::\d\d)?)?")
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec mrz mär mai okt dez fév fev avr juin juil "
    "aoû aou déc ene abr ago dic gen mag giu lug set ott out"
)
_DAYS = "mon tue wed thu fri sat sun mo di mi do fr sa so"
_BESIDE = "am pm utc gmt mez mesz cet cest z t st nd rd th uhr de le den"
_LONGEST = 10  # letters of a month or a day of the week
_BEGINS_MONTH, _BEGINS_DAY = tuple(_MONTHS.split()), tuple(_DAYS.split())
_WORDS = frozenset(_BESIDE.split())


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
        elif filled and all(map(is_moment, column.kinds())):  # which are no kinds of anything
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


def is_moment(text: str) -> bool:
    """Tell whether a text is a date or a time, in numbers or in words of several languages."""
    if _MOMENT.fullmatch(text) or _ZONED.fullmatch(text):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if word not in _WORDS]
    months = [word for word in words if word.startswith(_BEGINS_MONTH) and len(word) <= _LONGEST]
    days = [
        word
        for word in words
        if word not in months and word.startswith(_BEGINS_DAY) and len(word) <= _LONGEST
    ]
    said = len(months) == 1 and len(days) == len(words) - 1
    numbers = re.findall(r"\d+", text)
    enough = len(numbers) > 1 or any(len(number) > 1 for number in numbers)  # which "set 1" has not
    return said and enough and not re.search(r"[^\w\s.,:/+-]|_", text)


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
