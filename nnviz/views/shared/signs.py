"""The second sign of what is negative: gaps, so that it is told without its hue.

Lines of negative numbers are dashed; pictures of them have fine lines across in the colour of the
ground. What is nearly zero has hardly any colour, and so hardly any gaps.
"""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]

APART = 5
"""Pixels of the screen from one line to the next, or a cell if that is more."""
THICK = 6
"""One line is this part of a cell, and at least a pixel."""
LEFT = 0.25
"""How much of its colour a cell keeps below the line."""


def rows_of(cell: float) -> int:
    """Return into how many rows of a picture each row of cells is cut that is so many pixels."""
    return max(1, int(cell + 1e-6))


def hatched(colours: Picture, negative: Mask, cell: float, ground: Picture) -> Picture:
    """Return a picture (rows, columns, 3) with a line below each cell that is negative.

    It has `rows_of(cell)` times as many rows. `negative` has its shape but for the colours, `cell`
    is the height of a row of cells in pixels of the screen, and `ground` a colour, (3,).
    """
    times = rows_of(cell)
    every = max(1, -(-APART // times))
    picture = np.repeat(colours, times, axis=0) if times > 1 else colours.copy()
    chosen = slice(every // 2, None, every)
    below = colours[chosen]
    mixed = LEFT * below + (1 - LEFT) * ground
    line = np.where(negative[chosen][..., np.newaxis], mixed, below).astype(np.uint8)
    thick = max(1, round(times / THICK))
    for row in range(times - thick, times):
        picture[(every // 2) * times + row :: every * times] = line
    return picture
