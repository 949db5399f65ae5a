"""Printed lines out of a photograph: ruled and squared paper is made blank, ink on it stays whole.

A line's strip is painted as the ground lies there: all but the ink that is darker than the line,
and strokes that go on at both sides of it. What is a line is another module's,
`straight_lines`.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnviz.data.dataset import FloatArray
from nnviz.data.picture_windows import averaged, extreme, usual_of
from nnviz.data.straight_lines import SEEN, Line, lines_across, reach_about

_SMALLEST = 40  # rows and columns below which a picture holds no lines
_REACH = 20  # reach of the window that lines are narrower than: this part of the picture
_OVER = 0.03  # by how much ink is darker than a line


def without_lines(grey: FloatArray) -> FloatArray:
    """Paint over the printed lines of a picture (rows, columns); without any it stays as it is."""
    if min(grey.shape) < _SMALLEST:
        return grey
    reach = max(2, max(grey.shape) // _REACH)
    # What is printed or written covers less than the paper does: it lies further off the mean.
    off = grey - averaged(grey, 2 * reach)
    turned = float((off**3).sum()) > 0
    page = 1 - grey if turned else grey
    ground = extreme(extreme(page, reach, np.maximum), reach, np.minimum)
    bare = _without_dark_lines(page, ground)
    if bare is page:
        return grey
    return np.asarray(1 - bare) if turned else bare


def _without_dark_lines(grey: FloatArray, ground: FloatArray) -> FloatArray:
    """Paint over dark lines, given the ground without anything dark."""
    bright = np.maximum(ground, np.float32(0.2))  # in the shade all differs less
    usual = usual_of(ground - grey)
    dark = np.maximum((ground - grey - usual) / bright, np.float32(0))
    left = dark
    for turned in (False, True):
        own = dark.T if turned else dark
        rim = reach_about(own) + 2  # blank rows outside, so that a line may lie at the rim
        around = (rim, rim), (0, 0)
        lines = lines_across(np.pad(own, around), rim)
        if lines:
            framed = np.pad(left.T if turned else left, around)
            for line in lines:
                _paint(framed, line)
            left = framed[rim:-rim].T if turned else framed[rim:-rim]
    if left is dark:
        return grey
    painted = ground - usual - left * bright
    return np.asarray(np.where(left == dark, grey, painted).astype(np.float32))


def _paint(dark: FloatArray, line: Line) -> None:
    """Take a line away, in place, and leave the ink that crosses it."""
    own = line.strip(dark)
    darkest = own.max(axis=0)
    shown = darkest[darkest > SEEN * line.darkness]  # it may lie outside for a part
    if not len(shown):
        return
    usual = float(np.median(shown))
    spread = 1.4826 * float(np.median(np.abs(shown - usual)))
    floor = min(usual + 2 * spread + _OVER, 0.95)
    darker = ((own - floor) / (1 - floor)).clip(0, 1)
    around = line.strip(dark, 2)
    above, below = around[:2].max(axis=0), around[-2:].max(axis=0)
    slant = len(own) // 2 + 1
    before, after = (sliding_window_view(np.pad(side, slant), len(side)) for side in (above, below))
    crossing = np.minimum(before[::-1], after).max(axis=0)  # whichever way a stroke leans
    rest = np.maximum(darker, np.minimum(own, crossing))
    dark[line.rows(len(dark)), np.arange(dark.shape[1])] = rest
