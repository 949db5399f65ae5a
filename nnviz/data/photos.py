"""Ink out of a photograph: the paper taken away, the digit left, or each of several digits.

Paper is never evenly lit, and shadows have edges. A grey closing, which fills all
that is dark and narrower than its window, leaves the paper as it would be without
strokes (an opening does the same for chalk on a board); what differs from it by more
than the paper's grain is ink. Which of the pieces of ink make up the digit is another
module's, `ink_pieces`.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.data.ink_pieces import STRONG, digit, digits, middle
from nnviz.data.picture_windows import Mask, Values, extreme, rim_of, smoothed, usual_of
from nnviz.data.printed_lines import without_lines

SHADOW = 0.1
"""Ink fainter than this part of the range from black to white is paper."""

_NOISY = 4.5  # standard deviations of the paper's grain that ink must exceed
_LEVEL = 0.85  # part of the strongest ink from which ink is full
_PLAIN = 0.9  # part of the rim that must be alike for the ground to be one grey
_SMALL, _PLAIN_SMALL = 64, 0.65  # the same for pictures of at most so many rows or columns
_FINEST = 0.1  # width of a stroke as a part of the digit's longer side
_POINTS = 64  # rows and columns of places by which the paper's shade is measured
_LEAST = 0.012  # contrast below which a picture is blank: three of 255 steps
_LEAST_LINED = 0.05  # the same where printed lines left their traces
_PALE = 0.2  # contrast below which a picture is faint
_FAINT = 0.35  # contrast below which ink is made as strong as usual before it is looked for
_CLEAR = 6  # how many times the usual difference between places strokes are clearer
_BAND = 0.04  # width of the rim in which lines are looked for, as a part of the shorter side
_LINED = 0.01  # part of the rim from which ink in it is lines
_ABOVE = 0.08  # by how much ink must be stronger than lines
_STRONGEST = 0.85  # lines that are stronger cannot be told from ink by strength
_WINDOWS = (40, 20, 9)  # reach of the windows, narrow to wide: this part of the picture


def find_ink(grey: FloatArray) -> FloatArray:
    """Find the digit in a picture (rows, columns), dark on light or light on dark.

    Returns:
        (rows, columns) of ink from 0 to 1; all zeros where nothing stands out.
    """
    return digit_ink(all_ink(grey))


def find_inks(grey: FloatArray) -> list[FloatArray]:
    """Find each of the digits in a picture, row by row from left to right.

    Returns:
        What `find_ink` returns, once for each digit; none where nothing stands out.
    """
    return digits_inks(all_ink(grey))


def digit_ink(ink: FloatArray) -> FloatArray:
    """Choose the digit out of all ink of a picture."""
    return _thickened(np.where(digit(ink), ink, np.float32(0)))


def digits_inks(ink: FloatArray) -> list[FloatArray]:
    """Choose each of the digits out of all ink of a picture."""
    return [_thickened(np.where(mask, ink, np.float32(0))) for mask in digits(ink)]


def all_ink(grey: FloatArray) -> FloatArray:
    """Return all ink of a picture, whatever it belongs to; zeros where nothing stands out."""
    bare = without_lines(grey)
    least, grey = _LEAST if bare is grey else _LEAST_LINED, bare
    over = grey - _paper(grey)
    smooth = np.abs(smoothed(over))
    clear, usual = float(np.quantile(smooth, 0.998)), float(usual_of(smooth))
    if clear < _PALE and clear < max(least, _CLEAR * usual):
        return np.zeros_like(grey)  # grain and folds differ from place to place, not more
    if clear >= _FAINT:
        return _ink(grey)
    spread: FloatArray = (0.5 + over * np.float32(0.45 / clear)).clip(0, 1).astype(np.float32)
    return _ink(spread)


def _ink(grey: FloatArray) -> FloatArray:
    """Return the ink of a picture of clear contrast."""
    balance = 0.0
    for window in _WINDOWS:
        # Between dark strokes paper stands out too, but mostly in windows wider than a stroke.
        dark, light = _standing_out(grey, max(2, max(grey.shape) // window))
        balance += window * (_mass(dark) - _mass(light))
    ink = dark if balance >= 0 else light
    if not ink.any():
        return np.zeros_like(grey)
    # The strongest ink near the middle says how strong ink is: ruled lines are weaker.
    level = _LEVEL * float((smoothed(ink) * np.sqrt(middle(*ink.shape))).max())
    found = np.minimum(ink / np.float32(level), np.float32(1)).astype(np.float32)
    return _stronger(found)


def _paper(grey: FloatArray) -> FloatArray:
    """Fit the shade of the paper, a surface of second degree, to all that is not ink."""
    step = max(1, max(grey.shape) // _POINTS)
    down, across = (np.linspace(-1, 1, length) for length in grey.shape)
    terms = _terms(down[::step], across[::step])
    values = grey[::step, ::step].ravel().astype(np.float64)
    off: Values = np.abs(values - np.median(values))
    factors: Values = np.zeros(6)
    for _ in range(3):
        plain = off <= max(2.5 * float(np.median(off)), 1e-6)
        factors = np.linalg.lstsq(terms[plain], values[plain], rcond=None)[0]
        off = np.abs(values - terms @ factors)
    return np.asarray((_terms(down, across) @ factors).reshape(grey.shape), np.float32)


def _terms(down: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
    y, x = (grid.ravel() for grid in np.meshgrid(down, across, indexing="ij"))
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _stronger(ink: FloatArray) -> FloatArray:
    """Take away the lines of ruled or squared paper: what is as weak as the ink at the rim."""
    rows, columns = ink.shape
    band = max(1, round(_BAND * min(rows, columns)))
    if 2 * band >= min(rows, columns):
        return ink
    rims = (ink[:band], ink[-band:], ink[:, :band], ink[:, -band:])
    rim = np.concatenate([part.ravel() for part in rims])
    lines = rim[rim > 0]
    if len(lines) < _LINED * len(rim):
        return ink
    # Other writing or the table's edge may reach the rim too, but is as strong as the digit.
    floor = float(np.quantile(lines, 0.95)) + _ABOVE
    if floor > _STRONGEST:
        return ink
    rest = (ink - np.float32(floor)) / np.float32(1 - floor)
    return np.asarray(np.maximum(rest, np.float32(0)))


def _standing_out(grey: FloatArray, reach: int) -> tuple[FloatArray, FloatArray]:
    """Return by how much each place is darker than its ground, and by how much lighter."""
    rim = rim_of(grey)
    even = np.median(rim)
    # Small pictures are hardly photographs, but their digit often touches the rim.
    plain = _PLAIN if max(grey.shape) > _SMALL else _PLAIN_SMALL
    if np.mean(np.abs(rim - even) < SHADOW / 2) > plain:
        under = over = np.full_like(grey, even)
    else:
        smooth = smoothed(grey)
        under = extreme(extreme(smooth, reach, np.minimum), reach, np.maximum)
        over = extreme(extreme(smooth, reach, np.maximum), reach, np.minimum)
    # In the shade ink is as black as elsewhere, but its paper is darker.
    dark = _cleared(over - grey) / np.maximum(over, 0.2)
    return dark.astype(np.float32), _cleared(grey - under)


def _cleared(side: FloatArray) -> FloatArray:
    """Take away what is no more than grain or shade."""
    over = side - usual_of(side)  # grain lifts the one ground and lowers the other
    floor = max(SHADOW, _NOISY * _grain(over))
    return np.where(over > floor, over, 0).astype(np.float32)


def _grain(difference: FloatArray) -> float:
    """Estimate the standard deviation of the paper's noise, robust against ink."""
    if min(difference.shape) < 2:
        return 0.0
    steps = [usual_of(np.abs(np.diff(difference, axis=axis))) for axis in (0, 1)]
    return float(np.mean(steps)) / 0.6745 / 2**0.5


def _mass(ink: FloatArray) -> float:
    """Weigh ink near the middle, strong ink most: paper between ruled lines stands out weakly."""
    return float((ink * ink * middle(*ink.shape)).sum())


def _thickened(ink: FloatArray) -> FloatArray:
    """Give a digit written with a fine pen the stroke that it would have on the pad."""
    dark = ink > STRONG
    rows, columns = np.nonzero(dark)
    if not len(rows):
        return ink
    side = 1 + max(int(np.ptp(rows)), int(np.ptp(columns)))
    width = stroke_width(dark)
    lacking = round((_FINEST * side - width) / 2)
    return extreme(ink, lacking, np.maximum) if lacking > 0 and width < side / 4 else ink


def stroke_width(ink: Mask) -> float:
    """Estimate how wide the strokes of some ink are, in pixels, by its area and its edge."""
    framed = np.pad(ink, 1).astype(np.int8)
    # A diagonal edge counts for 1.3 of its length on average: steps go down and across.
    edge = sum(int((np.diff(framed, axis=axis) != 0).sum()) for axis in (0, 1))
    return 2 * 1.3 * int(ink.sum()) / max(edge, 1)
