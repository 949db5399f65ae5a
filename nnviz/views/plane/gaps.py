"""Gaps in the map of the plane: what is below the middle, or of which class it is, without colour.

Below the middle there are fine lines across. Of several classes each has lines of its own: none,
across, down, both slants, and so round again.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from nnviz.views.plane.answer import Kind
from nnviz.views.plane.map_picture import SHADES, shade_of

Codes = NDArray[np.uint8]

GAP_SHADE = 255
"""The shade of what is left out; no point has it by itself."""
WAYS: tuple[tuple[int, int], ...] = ((0, 0), (0, 1), (1, 0), (1, 1), (1, -1))
"""How far lines go on to the next with a pixel to the right, and with one down."""


def pixels_of(image: QImage) -> Codes:
    """Return the shades of an image of 8 bits a pixel, to be written to."""
    rows = np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()]


def leave_gaps(codes: Codes, kind: Kind, classes: int, apart: int, thick: int) -> None:
    """Leave lines out of a map of shades, (rows, columns): one `thick` in each `apart` pixels."""
    if kind in (Kind.TWO, Kind.SIGNED):
        codes[lines(codes.shape, 1, apart, thick) & (codes < SHADES // 2)] = GAP_SHADE
    elif kind is Kind.CLASSES:
        label = codes // shade_of(classes)
        np.minimum(codes, GAP_SHADE - 1, out=codes)
        for number in range(classes):
            way = 1 - number if classes == 2 else number  # of two, the first is the negative one
            if way % len(WAYS):
                codes[lines(codes.shape, way, apart, thick) & (label == number)] = GAP_SHADE


@lru_cache(maxsize=16)
def lines(shape: tuple[int, ...], number: int, apart: int, thick: int) -> NDArray[np.bool_]:
    """Return where the lines of a class are, read-only: a map of the same size has the same."""
    right, down = WAYS[number % len(WAYS)]
    at = down * np.arange(shape[0])[:, np.newaxis] + right * np.arange(shape[1])
    found = np.asarray(at % apart < thick)
    found.flags.writeable = False
    return found
