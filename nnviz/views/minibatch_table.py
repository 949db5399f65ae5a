"""The table of one example: desired, actual and their difference, output by output.

It is worked out as plain text first, so that its rows can be measured before
anything is painted. Numbers that no phase has computed yet are empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.engine.snapshot import Focus

WORDS = ("desired", "actual", "|difference|")
SYMBOLS = ("y", "a", "|a − y|")


@dataclass(frozen=True, slots=True)
class Row:
    """One output.

    Attributes:
        name: of the class, or the output's number.
        cells: desired, actual, difference; empty where not known yet.
        wanted: True for the class that is right.
        read: True for the class that the network takes the example for.
        size: the difference; the larger, the more a row is worth showing.
    """

    name: str
    cells: tuple[str, str, str]
    wanted: bool
    read: bool
    size: float


def rows_of(focus: Focus, class_names: Sequence[str], *, known: bool) -> tuple[Row, ...]:
    """Return the table's rows, one for each output.

    Args:
        focus: the example.
        class_names: names of the outputs, or empty where outputs are no classes.
        known: True once the actual outputs are known.
    """
    y = np.asarray(focus.y, dtype=np.float64)
    a = np.asarray(focus.a[-1], dtype=np.float64)
    whole = bool((y == np.round(y)).all())
    wanted = int(np.argmax(y)) if class_names else -1
    read = int(np.argmax(a)) if class_names and known and np.isfinite(a).all() else -1
    names = class_names or tuple(str(output) for output in range(len(y)))
    rows = []
    for output, (desired, actual) in enumerate(zip(y.tolist(), a.tolist(), strict=True)):
        difference = abs(actual - desired)
        rows.append(
            Row(
                names[output],
                (
                    f"{desired:.0f}".replace("-", "−") if whole else decimal(desired),
                    decimal(actual) if known else "",
                    decimal(difference) if known else "",
                ),
                output == wanted,
                output == read,
                difference if known and np.isfinite(difference) else 0.0,
            )
        )
    return tuple(rows)


def most_telling(rows: Sequence[Row], count: int) -> tuple[int, ...]:
    """Return the places of so many rows, in order: the right one, that read, the worst ones."""
    rank = sorted(
        range(len(rows)),
        key=lambda place: (-rows[place].wanted, -rows[place].read, -rows[place].size, place),
    )
    return tuple(sorted(rank[:count]))


def decimal(value: float) -> str:
    """Write a number in about as few letters whatever it is, so that it holds still."""
    if not np.isfinite(value):
        return "–"
    text = f"{value:.2f}" if abs(value) < 100 else f"{value:.2g}"
    return (text if float(text) else text.removeprefix("-")).replace("-", "−")
