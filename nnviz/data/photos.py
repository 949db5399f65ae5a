"""Ink out of a photograph: the paper taken away, the digit left.

Paper is never evenly lit, and shadows have edges. A grey closing, which fills all
that is dark and narrower than its window, leaves the paper as it would be without
strokes (an opening does the same for chalk on a board); what differs from it by more
than the paper's grain is ink. Of the pieces of ink the one near the middle is the
digit, with its parts close by; frames, the table's edge and specks are dropped.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray

Mask = NDArray[np.bool_]
Values = NDArray[np.floating[Any]]
_Piece = list[tuple[int, int, int]]  # connected ink: its runs (row, first, end), in order

SHADOW = 0.1
"""Ink fainter than this part of the range from black to white is paper."""

_NOISY = 4.5  # standard deviations of the paper's grain that ink must exceed
_FAINT = 0.3  # part of the strongest ink that joins a piece of ink to it
_STRONG = 0.6  # part of it that a piece must reach somewhere
_LEVEL = 0.85  # part of the strongest ink from which ink is full
_SPECK = 0.02  # part of the digit's ink below which a piece is dirt
_NEAR = 0.25  # gap, as a part of the digit's longer side, across which a piece belongs to it
_MIDDLE = 0.3  # standard deviation of what counts as the middle, as a part of the picture
_RIM = 0.1  # weight of a piece that the rim cuts off
_PLAIN = 0.9  # part of the rim that must be alike for the ground to be one grey
_SMALL, _PLAIN_SMALL = 64, 0.65  # the same for pictures of at most so many rows or columns
_FINEST = 0.1  # width of a stroke as a part of the digit's longer side
_POINTS = 64  # rows and columns of places by which the paper's shade is measured
_LEAST = 0.012  # contrast below which a picture is blank: three of 255 steps
_PALE = 0.2  # contrast below which a picture is faint
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
    over = grey - _paper(grey)
    smooth = np.abs(_smoothed(over))
    clear, usual = float(np.quantile(smooth, 0.998)), float(np.median(smooth))
    if clear < _PALE and clear < max(_LEAST, _CLEAR * usual):
        return np.zeros_like(grey)  # grain and folds differ from place to place, not more
    found = _found(grey)
    if found.any() or clear >= _PALE:
        return found
    spread: FloatArray = (0.5 + over * np.float32(0.45 / clear)).clip(0, 1).astype(np.float32)
    return _found(spread)


def _found(grey: FloatArray) -> FloatArray:
    """Find the digit in a picture of clear contrast."""
    balance = 0.0
    for window in _WINDOWS:
        # Between dark strokes paper stands out too, but mostly in windows wider than a stroke.
        dark, light = _standing_out(grey, max(2, max(grey.shape) // window))
        balance += window * (_mass(dark) - _mass(light))
    ink = dark if balance >= 0 else light
    if not ink.any():
        return np.zeros_like(grey)
    # The strongest ink near the middle says how strong ink is: ruled lines are weaker.
    level = _LEVEL * float((_smoothed(ink) * np.sqrt(_middle(*ink.shape))).max())
    found = np.minimum(ink / np.float32(level), np.float32(1)).astype(np.float32)
    found = _without_lines(found)
    return _thickened(np.where(_digit(found), found, np.float32(0)))


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


def _without_lines(ink: FloatArray) -> FloatArray:
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
        smooth = _smoothed(grey)
        under = _extreme(_extreme(smooth, reach, np.minimum), reach, np.maximum)
        over = _extreme(_extreme(smooth, reach, np.maximum), reach, np.minimum)
    # In the shade ink is as black as elsewhere, but its paper is darker.
    dark = _cleared(over - grey) / np.maximum(over, 0.2)
    return dark.astype(np.float32), _cleared(grey - under)


def _cleared(side: FloatArray) -> FloatArray:
    """Take away what is no more than grain or shade."""
    over = side - np.median(side)  # grain lifts the one ground and lowers the other
    floor = max(SHADOW, _NOISY * _grain(over))
    return np.where(over > floor, over, 0).astype(np.float32)


def _extreme(values: FloatArray, reach: int, join: np.ufunc) -> FloatArray:
    """Take the largest or smallest of each square of 2·reach + 1; the rim goes on outside."""
    whole = 2 * reach + 1
    for axis in (0, 1):
        length = values.shape[axis]
        around = [(reach, reach) if axis == at else (0, 0) for at in (0, 1)]
        joined = np.moveaxis(np.pad(values, around, "edge"), axis, 0)
        width = 1
        while 2 * width <= whole:  # windows of twice the width out of two neighbours
            joined, width = join(joined[:-width], joined[width:]), 2 * width
        joined = join(joined[:length], joined[whole - width :][:length])
        values = np.moveaxis(joined, 0, axis)
    return values


def rim_of(picture: FloatArray) -> FloatArray:
    """Return the outermost rows and columns of a picture, one after the other."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def _smoothed(values: FloatArray) -> FloatArray:
    """Average each square of 3×3; the rim goes on outside."""
    rows, columns = values.shape
    framed = np.pad(values, 1, "edge")
    total = sum(framed[i : i + rows, j : j + columns] for i in range(3) for j in range(3))
    return np.asarray(total / np.float32(9), dtype=np.float32)


def averaged(values: FloatArray, reach: int) -> FloatArray:
    """Average each square of 2·reach + 1, however large; the rim goes on outside."""
    width = 2 * reach + 1
    total = np.pad(values.astype(np.float64), reach, "edge")
    for axis in (0, 1):
        sums = np.moveaxis(np.insert(total.cumsum(axis=axis), 0, 0, axis=axis), axis, 0)
        total = np.moveaxis(sums[width:] - sums[:-width], 0, axis) / width
    return total.astype(np.float32)


def _grain(difference: FloatArray) -> float:
    """Estimate the standard deviation of the paper's noise, robust against ink."""
    steps = np.concatenate([np.diff(difference, axis=axis).ravel() for axis in (0, 1)])
    return float(np.median(np.abs(steps))) / 0.6745 / 2**0.5 if len(steps) else 0.0


def _middle(rows: int, columns: int) -> FloatArray:
    """Weigh every place by how near the middle it is."""
    down, across = (
        ((np.arange(length, dtype=np.float32) + 0.5) / length - 0.5) / _MIDDLE
        for length in (rows, columns)
    )
    return np.asarray(np.exp(-0.5 * (down[:, np.newaxis] ** 2 + across**2)))


def _mass(ink: FloatArray) -> float:
    """Weigh ink near the middle, strong ink most: paper between ruled lines stands out weakly."""
    return float((ink * ink * _middle(*ink.shape)).sum())


def _thickened(ink: FloatArray) -> FloatArray:
    """Give a digit written with a fine pen the stroke that it would have on the pad."""
    dark = ink > _STRONG
    rows, columns = np.nonzero(dark)
    if not len(rows):
        return ink
    side = 1 + max(int(np.ptp(rows)), int(np.ptp(columns)))
    width = stroke_width(dark)
    lacking = round((_FINEST * side - width) / 2)
    return _extreme(ink, lacking, np.maximum) if lacking > 0 and width < side / 4 else ink


def stroke_width(ink: Mask) -> float:
    """Estimate how wide the strokes of some ink are, in pixels, by its area and its edge."""
    framed = np.pad(ink, 1).astype(np.int8)
    # A diagonal edge counts for 1.3 of its length on average: steps go down and across.
    edge = sum(int((np.diff(framed, axis=axis) != 0).sum()) for axis in (0, 1))
    return 2 * 1.3 * int(ink.sum()) / max(edge, 1)


def _box(piece: _Piece) -> tuple[int, int, int, int]:
    """Return top, bottom, left, right of a piece, ends exclusive."""
    rows, firsts, ends = zip(*piece, strict=True)
    return min(rows), max(rows) + 1, min(firsts), max(ends)


def _digit(ink: FloatArray) -> Mask:
    """Choose the pieces of ink that make up the digit."""
    rows, columns = ink.shape
    weight = ink * _middle(rows, columns)
    # A small picture is cut out around its digit, whose body may reach the rim.
    at_rim = _RIM if max(rows, columns) > _SMALL else 1.0
    pieces = []
    for piece in _pieces(ink > _FAINT):
        parts = [(row, slice(first, end)) for row, first, end in piece]
        if max(float(ink[part].max()) for part in parts) < _STRONG:
            continue
        top, bottom, left, right = box = _box(piece)
        cut = top == 0 or left == 0 or bottom == rows or right == columns
        score = sum(float(weight[part].sum()) for part in parts) * (at_rim if cut else 1)
        pieces.append((score, sum(float(ink[part].sum()) for part in parts), box, cut, piece))
    chosen: Mask = np.zeros((rows, columns), dtype=np.bool_)
    if not pieces:
        return chosen
    _, mass, (top, bottom, left, right), main_cut, main = max(pieces, key=lambda one: one[0])
    side = max(bottom - top, right - left)
    for _, other, (above, below, before, after), cut, piece in pieces:
        gap = max(above - bottom, top - below, before - right, left - after)
        whole = max(below - above, after - before) <= 1.3 * side and (main_cut or not cut)
        if piece is main or (other >= _SPECK * mass and gap <= _NEAR * side and whole):
            for row, first, end in piece:
                chosen[row, first:end] = True
    return _grown(chosen)


def _grown(chosen: Mask) -> Mask:
    """Add the soft edge around chosen pieces: one place either way."""
    grown = chosen.copy()
    for axis in (0, 1):
        ahead = np.moveaxis(grown.copy(), axis, 0)
        out = np.moveaxis(grown, axis, 0)
        out[1:] |= ahead[:-1]
        out[:-1] |= ahead[1:]
    return grown


def _pieces(mask: Mask) -> list[_Piece]:
    """Split a mask into its pieces, joined across corners too."""
    runs = list(_runs(mask))
    parent = list(range(len(runs)))

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    above: list[int] = []
    here: list[int] = []
    row = -1
    for number, (at, first, end) in enumerate(runs):
        if at != row:
            above = here if at == row + 1 else []
            here, row = [], at
        here.append(number)
        for other in above:
            if runs[other][1] <= end and first <= runs[other][2]:
                parent[root(other)] = root(number)
    pieces: dict[int, _Piece] = {}
    for number, run in enumerate(runs):
        pieces.setdefault(root(number), []).append(run)
    return list(pieces.values())


def _runs(mask: Mask) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of a mask, row by row: (row, first, end)."""
    framed = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    rows, firsts = np.nonzero(np.diff(framed, axis=1) == 1)
    _, ends = np.nonzero(np.diff(framed, axis=1) == -1)
    yield from zip(rows.tolist(), firsts.tolist(), ends.tolist(), strict=True)
