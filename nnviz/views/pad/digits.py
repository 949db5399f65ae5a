"""The digits on a sheet: which strokes are whose, where each lies, and what the net is to see.

What was worked out of strokes that are still there is kept: while one digit is being written
the others cost nothing.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.description import DataDescription
from nnviz.data.picture_inputs import (
    SHEET_PEN,
    PictureStages,
    digits_stages,
    example_stages,
    picture_stages,
    strokes_stages,
)
from nnviz.data.separate_digits import separate_digits
from nnviz.dataclass import dataclass
from nnviz.engine.measure.familiar import holds_digits
from nnviz.views.pad.strokes import Points, Sheet

DOT = 0.03
"""Part of the sheet that a dot may extend."""

ROOM = 0.015
"""Between the ink of a digit and its frame, as a part of the sheet's side."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in fractions of the sheet's side."""


@dataclass(frozen=True, slots=True, eq=False)
class Digit:
    """One digit on the sheet, or whatever else is drawn there.

    Attributes:
        stages: the way to the net.
        box: around its ink.
        strokes: what it was drawn with; none of a picture.
        last: the place of the last of them in the order of writing.
    """

    stages: PictureStages
    box: Box = (0.0, 0.0, 1.0, 1.0)
    strokes: tuple[Points, ...] = ()
    last: int = 0

    @property
    def dots(self) -> bool:
        """Whether it is nothing but dots."""
        return bool(self.strokes) and all(map(_is_dot, self.strokes))


class DigitFinder:
    """Finds the digits on the sheet, anew whenever it has changed."""

    def __init__(self) -> None:
        self._found: tuple[Digit, ...] = ()
        self._described: DataDescription | None = None
        self._whole: tuple[FloatArray, DataDescription, PictureStages] | None = None
        self._read: tuple[PictureStages, bool, tuple[Digit, ...]] | None = None

    def check(self, picture: FloatArray, description: DataDescription) -> None:
        """Raise a `DataError` where nothing stands out in a picture, grey (rows, columns)."""
        self._whole = picture, description, picture_stages(picture, description)

    def find(
        self, sheet: Sheet, description: DataDescription, *, as_one: bool = False
    ) -> tuple[Digit, ...]:
        """Return what lies on a sheet, in reading order; all of it as one digit where asked.

        Only where digits were trained on, several are told apart.
        """
        alone = as_one or not holds_digits(description)
        if sheet.picture is not None:
            return self._in_picture(sheet.picture, description, alone)
        known = self._found if description == self._described else ()
        strokes = sheet.strokes
        places = [tuple(range(len(strokes)))] if alone else separate_digits(strokes)
        self._found = tuple(
            _known(known, [strokes[place] for place in own], own[-1])
            or _digit([strokes[place] for place in own], own[-1], description)
            for own in places
            if own
        )
        self._described = description
        return self._found

    def _in_picture(
        self, picture: FloatArray, description: DataDescription, alone: bool
    ) -> tuple[Digit, ...]:
        """Return the digits in a picture, which are worked out once."""
        seen = self._whole
        if seen is None or seen[0] is not picture or seen[1] != description:
            self._whole = seen = picture, description, example_stages(picture, description)
        whole, known = seen[2], self._read
        if known is None or known[0] is not whole or known[1] != alone:
            found = [whole] if alone else digits_stages(whole, description)
            digits = tuple(Digit(stages, _on_sheet(stages, picture)) for stages in found)
            self._read = known = whole, alone, digits
        return known[2]


def _known(known: Sequence[Digit], strokes: Sequence[Points], last: int) -> Digit | None:
    """Return what was worked out of the same strokes, if anything was."""
    same = tuple(map(id, strokes))
    return next(
        (one for one in known if one.last == last and tuple(map(id, one.strokes)) == same), None
    )


def _digit(strokes: Sequence[Points], last: int, description: DataDescription) -> Digit:
    # A net knows strokes of one width, whatever the pressure: the pen's own is for the eye.
    stages = strokes_stages([stroke[:, :2] for stroke in strokes], description)
    together = np.concatenate([stroke[:, :2] for stroke in strokes])
    left, top = (together.min(axis=0) - SHEET_PEN / 2 - ROOM).tolist()
    right, bottom = (together.max(axis=0) + SHEET_PEN / 2 + ROOM).tolist()
    return Digit(stages, (left, top, right, bottom), tuple(strokes), last)


def _is_dot(stroke: Points) -> bool:
    return float(np.ptp(stroke[:, :2], axis=0).max()) < DOT


def _on_sheet(stages: PictureStages, picture: FloatArray) -> Box:
    """Return where ink that was found in a picture lies on the sheet, which shows it centred."""
    ink = stages.pictures[0] > 0
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if ink.shape != picture.shape or not len(rows):
        return 0.0, 0.0, 1.0, 1.0
    side = max(picture.shape)
    down, across = ((side - length) / 2 for length in picture.shape)
    return (
        float(across + columns[0]) / side - ROOM,
        float(down + rows[0]) / side - ROOM,
        float(across + columns[-1] + 1) / side + ROOM,
        float(down + rows[-1] + 1) / side + ROOM,
    )
