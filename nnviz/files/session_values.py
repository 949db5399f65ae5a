"""Numbers, texts and small dataclasses of session files, written and read one by one.

What is written is strict JSON: a float that is not finite becomes one of the
words nan, inf and -inf. What is read is taken for nothing until it was checked.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from math import isfinite
from numbers import Integral
from typing import Any, TypeVar

from nnviz.data.zipped_arrays import BrokenError
from nnviz.numbers import integer

LARGEST_WHOLE = 2**53
"""Steps and counts beyond it cannot be meant: a float could not tell them apart."""

_WORDS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}

_T = TypeVar("_T")


def plain(value: Any) -> int | float | str:
    """Return a number or a text as JSON can hold it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Integral):
        return int(value)
    single = float(value)
    return single if isfinite(single) else repr(single)


def flat(value: Any) -> dict[str, Any]:
    """Return a dataclass of numbers and texts by field."""
    return {item.name: plain(getattr(value, item.name)) for item in fields(value)}


def made(kind: type[_T], values: Mapping[str, Any]) -> _T:
    """Undo `flat` for a dataclass of ints, floats and texts.

    Raises:
        BrokenError: there are other fields, or a value is not of its field's kind.
    """
    read: dict[Any, Callable[[Any], Any]] = {int: whole, float: number, str: text}
    kinds = {item.name: read[item.type] for item in fields(kind)}  # type: ignore[arg-type]
    if values.keys() != kinds.keys():
        raise BrokenError(f"a {kind.__name__.lower()} in it has other fields than it should")
    return kind(**{name: kinds[name](values[name]) for name in kinds})


def whole(value: Any, low: int = 0) -> int:
    """Return a whole number.

    Raises:
        BrokenError: it is something else, below `low` or beyond `LARGEST_WHOLE`.
    """
    if type(value) is not int or not low <= value <= LARGEST_WHOLE:
        raise BrokenError(f"it says {_short(value)} where a whole number belongs")
    return value


def number(value: Any) -> float:
    """Return a number, an int as an int.

    Raises:
        BrokenError: it is something else, or an int too large for a float to tell from the next.
    """
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    if type(value) is float or (type(value) is int and abs(value) <= LARGEST_WHOLE):
        return value
    raise BrokenError(f"it says {_short(value)} where a number belongs")


def text(value: Any) -> str:
    """Return a text.

    Raises:
        BrokenError: it is something else.
    """
    if not isinstance(value, str):
        raise BrokenError(f"it says {_short(value)} where a text belongs")
    return value


def row_of(table: Sequence[_T], row: Any) -> _T:
    """Return what a row of a table holds.

    Raises:
        BrokenError: the table has no such row.
    """
    place = whole(row)
    if place >= len(table):
        raise BrokenError(f"it has no row {integer(place)} in one of its tables")
    return table[place]


def _short(value: Any) -> str:
    """Say what was found, however long it is."""
    if isinstance(value, dict | list):
        return "a list"
    return json.dumps(value[:40] if isinstance(value, str) else value)[:40]
