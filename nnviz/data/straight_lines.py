"""Straight lines through a whole picture: what is printed on paper, told from strokes by form.

All that is dark is added up along every straight that is level give or take a tilt, a few
columns at a time; where a sum stands out, the line is looked at closely. A line is seen from end
to end, and is of one width and one strength; single ones are thin. Where there are several, others
are awaited a step from them, also at the rim, where little of them is seen, and under ink.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from nnviz.data.dataset import FloatArray
from nnviz.dataclass import dataclass

SEEN = 0.4
"""Part of a line's usual darkness that counts as seen."""

_STEEPEST = 0.2  # rows that a line rises a column, at most
_BLOCKS = 32  # parts of the width in which the columns are taken together
_STEP = 2.0  # rows by which the ends of neighbouring straights differ
_SHOWS = 0.08  # root of darkness by which a straight stands out from most
_MOST = 60  # lines that are looked at, at most
_THICKEST = 30  # half of the strip that is looked at: this part of the picture
_WEAKEST = 0.025  # darkness of a line at least
_ALONG = 0.75  # part of its length that a line shows in at least
_ENDS = 0.08  # part of its length in which it must be seen at either end
_EDGE = 0.2  # part of it up to which a line's soft edge goes
_THIN = 0.02  # width, as a part of the picture, up to which a single line is one
_SEVERAL = 3  # lines that may be thicker

_Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line: the row of its middle in each column, the rows it covers, and how dark it is."""

    centre: _Rows
    above: int
    below: int
    width: int
    darkness: float

    def strip(self, picture: FloatArray, more: int = 0) -> FloatArray:
        """Return what it covers of a picture, and `more` rows either way."""
        columns = np.arange(picture.shape[1])
        return np.asarray(picture[self.rows(len(picture), more), columns])

    def rows(self, length: int, more: int = 0) -> _Rows:
        """Return the rows that it covers in each column; those outside are the rim's."""
        around = np.arange(-self.above - more, self.below + more + 1)[:, np.newaxis]
        return np.asarray((self.centre + around).clip(0, length - 1))


def lines_across(dark: FloatArray, rim: int) -> list[Line]:
    """Find the lines that run from left to right, the clearest first; outside lies a blank rim."""
    found: list[Line] = []
    for row, slope in _straights(dark):
        line = _line(dark, rim, row, slope)
        if line is not None and not any(_one(line, other) for other in found):
            found.append(line)
    if len(found) >= _SEVERAL:
        return [*found, *_hidden(dark, found, rim)]
    thin = max(2.5, _THIN * max(dark.shape))
    return [line for line in found if line.width <= thin]


def reach_about(dark: FloatArray) -> int:
    """Return how many rows about a straight are looked at, either way."""
    return max(3, len(dark) // _THICKEST)


def _hidden(dark: FloatArray, found: list[Line], rim: int) -> Iterator[Line]:
    """Yield the lines that must be there too, a step from others: at the rim, or under ink."""
    middle = dark.shape[1] // 2
    found = sorted(found, key=lambda line: int(line.centre[middle]))
    places = np.array([line.centre[middle] for line in found])
    step = float(np.median(np.diff(places)))
    every = np.arange(places[0] % step - 2 * step, len(dark) + 2 * step, step)
    for place in every:
        near = int(np.abs(places - place).argmin())
        away = round((place - places[near]) / step) * step  # from it: steps differ
        line = found[near]
        if away:
            moved = line.centre + round(away)
            yield replace(line, centre=moved + _nearest(dark, moved, line))


def _nearest(dark: FloatArray, centre: _Rows, line: Line) -> int:
    """Return by how many rows a line lies off a place where it is awaited."""
    rows = Line(centre, 2, 2, 0, 0.0).strip(dark)
    usual = np.minimum(rows, line.darkness).mean(axis=1)
    return int(usual.argmax()) - 2 if usual.any() else 0


def _one(line: Line, other: Line) -> bool:
    """Tell whether two lines are one and the same: they lie on each other somewhere."""
    return bool((np.abs(line.centre - other.centre) <= line.below + other.above).mean() > 0.5)


def _straights(dark: FloatArray) -> Iterator[tuple[int, float]]:
    """Yield the straights along which much is dark, the darkest first.

    Each by its row in the middle of the picture and by how many rows it rises a column.
    """
    rows, columns = dark.shape
    count = min(_BLOCKS, columns // 4)
    edges = np.linspace(0, columns, count + 1).astype(np.intp)
    blocks = np.add.reduceat(np.sqrt(dark), edges[:-1], axis=1).T
    blocks = blocks / np.diff(edges)[:, np.newaxis].astype(np.float32)
    off = (edges[:-1] + edges[1:]) / 2 - columns / 2
    most = int(np.ceil(_STEEPEST * columns / 2))
    slopes = np.arange(-most, most + 0.1, _STEP / 2) * 2 / columns
    sums = np.zeros((len(slopes), rows), np.float32)
    seen = np.zeros_like(sums)
    inside = sliding_window_view(np.pad(np.ones(rows, np.float32), most), rows)
    for block, away in zip(blocks, off, strict=True):
        begin = most + np.rint(slopes * away).astype(np.intp)
        sums += sliding_window_view(np.pad(block, most), rows)[begin]
        seen += inside[begin]
    sums /= np.maximum(seen, 0.7 * count)
    best = sums.max(axis=0)
    steepness = slopes[sums.argmax(axis=0)]
    clear = best - np.median(best) > _SHOWS
    peak = clear & (best >= np.roll(best, 1)) & (best >= np.roll(best, -1))
    for row in sorted(np.flatnonzero(peak).tolist(), key=lambda row: -float(best[row]))[:_MOST]:
        yield row, float(steepness[row])


def _line(dark: FloatArray, rim: int, row: int, slope: float) -> Line | None:
    """Look closely at a straight: return the line that runs there, if one does."""
    rows, columns = dark.shape
    half = rim - 2
    centre = np.rint(row + slope * (np.arange(columns) - columns / 2)).astype(np.intp)
    inside = (centre > rim + 1) & (centre < rows - rim - 2)
    if not inside.all() and inside.sum() < 0.5 * columns:
        inside = (centre >= rim) & (centre < rows - rim)
    strip = Line(centre, half, half, 0, 0).strip(dark)[:, inside]
    if strip.shape[1] < 0.5 * columns:
        return None
    usual = np.median(strip, axis=1)
    peak = int(usual[half - 2 : half + 3].argmax()) + half - 2
    darkness = float(usual[peak])
    if darkness < _WEAKEST:
        return None
    seen = strip[peak - 1 : peak + 2].max(axis=0) > SEEN * darkness
    end = max(2, round(_ENDS * len(seen)))
    if min(seen[:end].mean(), seen[-end:].mean()) < 0.5 or seen.mean() < _ALONG:
        return None
    edge = usual > _EDGE * darkness
    above = next((by for by in range(1, peak + 1) if not edge[peak - by]), None)
    below = next((by for by in range(1, len(edge) - peak) if not edge[peak + by]), None)
    if above is None or below is None:
        return None
    width = int((usual[peak - above : peak + below] > 0.5 * darkness).sum())
    return Line(centre + peak - half, above, below, width, darkness)
