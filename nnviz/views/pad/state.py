"""What is chosen on the pad, and what is drawn there: plain values that are kept and set again."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.messages.ui_state import read_state
from nnviz.views.pad.strokes import Points

MOST_POINTS = 4000
"""Points of strokes that are kept with the state of the pad; more are a picture, not a digit."""
ASKING = ("", "one", "both")
"""What is asked about: no class, one, or one and not the next likely."""


@dataclass(frozen=True, slots=True)
class PadState:
    """What is chosen on the pad, and what is drawn there.

    Attributes:
        erasing: whether a mouse or a finger rubs out instead of drawing.
        in_network: whether the network is shown with the drawing.
        asking: one of `ASKING`.
        question: the class asked about; None for the answer itself.
        strokes: points (x, y) or (x, y, width) in fractions of the sheet's side.
        digit: which of several digits is looked at, in reading order; None for the last written.
        as_one: whether all that is drawn is read as one digit.
    """

    erasing: bool = False
    in_network: bool = True
    asking: str = ""
    question: int | None = None
    strokes: tuple[tuple[tuple[float, ...], ...], ...] = ()
    digit: int | None = None
    as_one: bool = False

    def restored(self, kept: Mapping[str, Any]) -> "PadState":
        """Return it with what was kept; what is broken stays as it is."""
        found = read_state(kept, self)
        return PadState(
            found.erasing,
            found.in_network,
            found.asking if found.asking in ASKING else self.asking,
            found.question if _is_place(found.question) else self.question,
            _read_strokes(found.strokes, self.strokes),
            found.digit if _is_place(found.digit) else self.digit,
            found.as_one,
        )


def _is_place(kept: Any) -> bool:
    return kept is None or (type(kept) is int and kept >= 0)


def plain_strokes(strokes: Sequence[Points]) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Return strokes as plain numbers, to a ten thousandth of the side; too many are none."""
    if sum(map(len, strokes)) > MOST_POINTS:
        return ()
    return tuple(
        tuple(tuple(point) for point in np.round(stroke.astype(float), 4).tolist())
        for stroke in strokes
    )


def _read_strokes(kept: Sequence[Any], before: Any) -> Any:
    try:
        points = [[tuple(map(float, point)) for point in stroke] for stroke in kept]
    except (TypeError, ValueError):
        return before
    whole = all(
        stroke
        and len(stroke[0]) in (2, 3)
        and all(len(point) == len(stroke[0]) and all(map(isfinite, point)) for point in stroke)
        for stroke in points
    )
    return tuple(map(tuple, points)) if whole else before
