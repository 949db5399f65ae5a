"""The table of one example: desired, actual, their difference and what it costs, by output.

It is worked out as plain text first, so that its rows can be measured before
anything is painted. Numbers that no phase has computed yet are empty.
"""

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import answer
from nnviz.engine.notation import number_of
from nnviz.engine.run.snapshot import Array, Focus
from nnviz.numbers import USUAL, column, digits, fewer, fixed, write
from nnviz.wording import Sign

WORDS = ("desired", "actual", "|difference|", "cost")
SYMBOLS = (Sign("y"), "ŷ", "|ŷ − y|", "C₀")
PARTS = "scale", "offset"
MOST = 5
"""Decimals of what an output costs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One output.

    Attributes:
        name: of the class, or the output's number.
        cells: desired, actual, difference, cost; empty where not known yet.
        wanted: True for the class that is right.
        read: True for the class that the network takes the example for.
        size: the difference; the larger, the more a row is worth showing.
        share: its part of the cost as a share of the largest part, 0..1.
    """

    name: str
    cells: tuple[str, ...]
    wanted: bool
    read: bool
    size: float
    share: float = 0.0


def rows_of(
    focus: Focus,
    class_names: Sequence[str],
    terms: Array | None = None,
    *,
    known: bool,
    columns: Sequence[Column] = (),
    single: str = "output",
) -> tuple[Row, ...]:
    """Return the table's rows, one for each output; class names are empty where these are none.

    The actual outputs are `known` or not, and so is what each adds to the cost of the example,
    its terms. Numbers that are predicted stand in their columns' own units. A single output that
    is neither has a name of its own.
    """
    y = np.asarray(focus.y, dtype=np.float64)
    a = np.asarray(focus.a[-1], dtype=np.float64)
    if columns:
        scale, offset = (np.array([getattr(each, of) for each in columns]) for of in PARTS)
        y, a = y * scale + offset, a * scale + offset
    whole = bool((y == np.round(y)).all())
    differences = np.abs(a - y)
    exact = whole and bool((a == np.round(a)).all())  # as those of step units
    if len(class_names) != len(y):
        class_names = ()  # a single output that is 0 or 1 has two names, and neither is its own
    told = bool(np.isfinite(y).all())  # of a drawing nobody knows what it should be
    wanted = int(np.argmax(y)) if class_names and told else -1
    found = answer(a)
    read = found.best if class_names and known and found.decided else -1
    numbers = tuple(str(number_of(output)) for output in range(len(y)))
    names = class_names or (numbers if len(y) > 1 else (single,))
    if columns:
        names = tuple(f"{each.bare_name}, {each.unit}".removesuffix(", ") for each in columns)
    costs = [""] * len(y) if terms is None else in_step(terms, float(terms.sum()))
    shares = np.zeros(len(y)) if terms is None else _shares(terms)
    rows, written_as = [], writer(np.append(a, differences))
    for output, (desired, actual) in enumerate(zip(y.tolist(), a.tolist(), strict=True)):
        difference = float(differences[output])
        written = alike(desired, actual, difference) if columns else written_as
        written = partial(fixed, decimals=0) if exact else written
        small = whole or not columns or bool((np.abs(y) < 100).all())
        wished = partial(fixed, decimals=_needed(y)) if small else written
        rows.append(
            Row(
                names[output],
                (
                    wished(desired) if told else "",
                    written(actual) if known else "",
                    written(difference) if known and told else "",
                    costs[output],
                ),
                output == wanted,
                output == read,
                difference if known and np.isfinite(difference) else 0.0,
                float(shares[output]),
            )
        )
    return tuple(rows)


def _needed(values: Array) -> int:
    """Return how many decimals values need that somebody chose, at most as many as others have."""
    needed = (places for places in range(fewer(2)) if np.allclose(values, values.round(places), 0))
    return next(needed, fewer(2))


def _shares(terms: Array) -> Array:
    """Return the size of each term as a share of the largest; 0 where one is no number."""
    sizes = np.abs(np.asarray(terms, dtype=np.float64))
    largest = float(sizes.max(initial=0.0))
    if not 0 < largest < math.inf or len(sizes) == 1:
        return np.zeros(len(sizes))
    return np.asarray(sizes / largest)


def by_weight(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the places of rows, the most telling first: the right one, that read, the worst."""

    def rank(place: int) -> tuple[bool, bool, float]:
        row = rows[place]
        return not row.wanted, not row.read, -row.size

    return tuple(sorted(range(len(rows)), key=rank))


def decimal(value: float) -> str:
    """Write a number in about as few letters whatever it is, so that it holds still."""
    if not np.isfinite(value):
        return "–"
    return fixed(value, fewer(2)) if abs(value) < 100 else write(value, fewer())


def writer(values: Array) -> Callable[[float], str]:
    """Return what writes outputs: in few letters, or as precisely as wished beyond the usual.

    All of them then have as many decimals as the largest needs for that.
    """
    largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    if digits() <= USUAL or not largest or not 10 ** (1 - digits()) <= largest < 10 ** digits():
        return decimal
    places = max(digits() - 1 - math.floor(math.log10(largest)), 0)
    return lambda value: fixed(value, places) if math.isfinite(value) else decimal(value)


def alike(*values: float) -> Callable[[float], str]:
    """Return what writes numbers of one unit with as many decimals as their largest has."""
    largest = max((abs(value) for value in values if np.isfinite(value)), default=0.0)
    if not 100 <= largest < 10 ** max(digits(), 6):
        return decimal
    places = max(digits() - 1 - int(np.floor(np.log10(largest))), 0)
    return lambda value: fixed(value, places) if np.isfinite(value) else decimal(value)


def in_step(values: Array, total: float) -> list[str]:
    """Write numbers with as many decimals as three digits of their sum, the total, take."""
    size, fewest = abs(total), fewer(2)
    if digits() > USUAL and math.isfinite(total):
        return column([*values.tolist(), total])[:-1]
    if not math.isfinite(total):
        return [write(value, 2) if math.isfinite(value) else "–" for value in values.tolist()]
    if size and not 10**-MOST <= size < 10**MOST:
        return column(values.tolist(), fewest)
    decimals = fewest
    if size:
        most = max(fewest, MOST)
        decimals = min(max(fewest - math.floor(math.log10(size)), fewest), most)
    return [fixed(value, decimals) for value in values.tolist()]
