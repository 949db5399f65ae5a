"""What lies on the sheet, prepared for the net: as strokes are, or as the picture that came in."""

from dataclasses import replace

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.description import NOTHING_KNOWN, DataDescription
from nnviz.data.picture_inputs import (
    PictureStages,
    example_stages,
    picture_stages,
    strokes_stages,
)
from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.pad.strokes import Points, Sheet

DOT = 0.03
"""Part of the sheet that a dot may extend."""


class Preparation:
    """Prepares sheets; the way of a picture is worked out once."""

    def __init__(self) -> None:
        self._read: tuple[FloatArray, DataDescription, PictureStages] | None = None

    def stages(self, sheet: Sheet, description: DataDescription) -> PictureStages | None:
        """Return the way of what lies on a sheet to the net; None where nothing does."""
        if sheet.empty:
            return None
        picture = sheet.picture
        if picture is not None:
            known = self._read
            if known is None or known[0] is not picture or known[1] != description:
                self._read = known = picture, description, example_stages(picture, description)
            return known[2]
        # A net knows strokes of one width, whatever the pressure: the pen's own is for the eye.
        return strokes_stages([stroke[:, :2] for stroke in sheet.strokes], description)

    def read(self, picture: FloatArray, description: DataDescription) -> Sheet:
        """Return the sheet on which a picture, grey (rows, columns), lies.

        Raises:
            DataError: nothing stands out in it.
        """
        self._read = picture, description, picture_stages(picture, description)
        return Sheet(picture=picture)


def description_of(snapshot: Snapshot | None) -> DataDescription:
    """Say what the net of a moment was trained on, which decides what it is to see."""
    if snapshot is None:
        return NOTHING_KNOWN
    return replace(snapshot.description, image_shape=snapshot.image_shape)


def only_dots(sheet: Sheet) -> bool:
    """Tell whether nothing but dots is drawn."""
    return bool(sheet.strokes) and sheet.picture is None and all(map(_is_dot, sheet.strokes))


def _is_dot(stroke: Points) -> bool:
    return float(np.ptp(stroke[:, :2], axis=0).max()) < DOT
