"""Numbers as a picture: a pixel or more each, or the largest of several where there is no room."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from nnviz.engine.run.snapshot import Array
from nnviz.views.palette import Diverging
from nnviz.views.shared.picture_cache import image_of as picture_of
from nnviz.views.shared.signs import hatched


def blocks(cells: int, room: int) -> NDArray[np.intp]:
    """Return where each of the blocks begins into which cells are put that have too little room."""
    parts = max(1, min(cells, room))
    return np.asarray(np.arange(parts) * cells // parts, dtype=np.intp)


def shrunk(values: Array, rows: int, columns: int) -> Array:
    """Return numbers (n, m) with at most so many rows and columns: of each block the largest size.

    A weight that stands out is seen however many there are.
    """
    down, across = blocks(values.shape[0], rows), blocks(values.shape[1], columns)
    if len(down) == values.shape[0] and len(across) == values.shape[1]:
        return values
    # Whole rows first: that runs through memory as it lies.
    high = np.maximum.reduceat(np.maximum.reduceat(values, down, axis=0), across, axis=1)
    low = np.minimum.reduceat(np.minimum.reduceat(values, down, axis=0), across, axis=1)
    return np.asarray(np.where(high >= -low, high, low))


def image_of(values: Array, largest: float, scale: Diverging, cell: float = 1.0) -> QImage:
    """Return a picture of numbers (n, m), with gaps where they are negative.

    Each is a pixel wide, and as many high as a `cell` is on the screen.
    """
    ground = scale.table[len(scale.table) // 2]
    return picture_of(hatched(scale.colours(values, largest), values < 0, cell, ground))
