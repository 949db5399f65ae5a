"""Several digits on one sheet told apart by where their strokes lie, and put in reading order.

Every stroke begins as a part of its own; the two parts that most clearly belong to one digit
become one, and so on until no two do. Digits of a number stand on one line: two high parts that
end at the same height are two digits unless they cross or one begins or ends on the other, as
in letters, while the arm of a 4 ends far above its stem's foot. A flat part, as the bar of a 7 or
of a 5, is no digit: it belongs to what it lies nearest to, and rather to what was written just
before. All lengths are in heights of the writing, so neither size nor place matters. How often
this is right, `tests/benchmarks` says.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nnviz.data.handwriting import FAR, Points
from nnviz.data.stroke_parts import (
    ROWS,
    Part,
    common_rows,
    distances,
    gap,
    joined,
    part_of,
    side_by_side,
    touch,
)

_SPECK = 0.06  # extent up to which a part is a speck
_LAST = 1e-6  # a speck is joined to something, but after all else
_FLAT, _FLATTER, _SHORT = 0.38, 0.7, 0.25  # height of flat parts at most: this, this part of their
# width; where they are no wider than the third, any
_NEAR, _FAR = 0.45, 0.4  # how far off, and beside, what a flat part belongs to may be
_ASIDE = 0.12  # how far beside, where two parts stand one above the other
_NEXT = 0.15  # how much nearer what was written just before counts
_ABOVE = 0.25  # part of the lower one's rows in common below which one stands above the other
_TALL, _LINES = 0.6, 0.2  # two lines, where both are so high with such a gap between
_NARROW = 0.45  # width up to which two parts one above the other are rather a stem with a gap
_OFF = (0.14, 0.2, 0.3, 0.42)  # how far one of two parts side by side ends above the other
_ROOM = (-0.15, -0.05, 0.1, 0.28)  # room up to which such parts are one digit; below 0 they must
# cross so deeply
_BACK = 0.1  # the same where what ends above the other is on the right, as no 4 is written
_MET, _APART, _HOLLOW = 0.04, 0.3, 0.15  # halves meet, in places so far apart, with room between
_TOUCH = 0.05  # a stroke that ends so near to another is of the same digit
_CLOSED = 0.2  # how clearly halves are of one digit
_BESIDE = 0.5  # part of the lower one's height in common where two share a line


def separate_digits(strokes: Sequence[Points]) -> list[tuple[int, ...]]:
    """Return which strokes make up each digit, the digits in reading order.

    Args:
        strokes: arrays (points, 2 or more), x right and y down, in order of writing, any units;
            what is more than two numbers a point is not looked at.

    Returns:
        Places in `strokes`, rising, for each digit; every place is in exactly one of them. The
        digits go from left to right, line by line.
    """
    finite = [_finite(stroke) for stroke in strokes]
    drawn = [place for place, points in enumerate(finite) if len(points)]
    if len(drawn) < 2:
        return [tuple(range(len(strokes)))] if strokes else []
    together = np.concatenate(finite)
    corner, spread = together.min(axis=0), float(np.ptp(together, axis=0).max())
    size = max(_size(finite[place]) for place in drawn)
    if size <= _SPECK * spread:  # nothing but dots
        return [tuple(range(len(strokes)))]
    parts = [part_of(place, (finite[place] - corner) / size) for place in drawn]
    parts = [joined(*parts)] if all(map(_flat, parts)) else _gathered(parts)
    if len(parts) == 2 and _stem(*parts):
        parts = [joined(*parts)]
    found = [part.strokes for part in _in_reading_order(parts)]
    lost = set(range(len(strokes))) - set(drawn)
    return [tuple(sorted({*found[0], *lost})), *found[1:]]


def _finite(stroke: Points) -> Points:
    points = np.asarray(stroke, dtype=np.float64)[:, :2]
    return points[(np.abs(points) < FAR).all(axis=1)]


def _size(points: Points) -> float:
    """Return what a stroke says about the height of the writing."""
    across, down = np.ptp(points, axis=0).tolist()
    return max(float(down), float(across) / 2)


def _flat(part: Part) -> bool:
    """Tell whether a part is too low, or too small, for a digit."""
    return part.height < _FLAT and (part.height < _FLATTER * part.width or part.width < _SHORT)


def _stem(one: Part, other: Part) -> bool:
    """Tell whether two parts, all there is, are one stem with a gap, and not two lines of a 1."""
    narrow = max(one.width, other.width) < _NARROW and gap(one, other, 0) < _ASIDE
    return narrow and 0 < gap(one, other, 1) < 1


def _gathered(parts: list[Part]) -> list[Part]:
    """Join parts, the clearest first, until no two belong together."""
    apart = {pair: _apart(*pair) for pair in combinations(parts, 2)}
    while apart:
        pair = min(apart, key=lambda two: apart[two])
        if apart[pair] > 0:
            break
        whole = joined(*pair)
        parts = [part for part in parts if part not in pair]
        apart = {two: far for two, far in apart.items() if not {*two} & {*pair}}
        apart |= {(part, whole): _apart(part, whole) for part in parts}
        parts.append(whole)
    return parts


def _apart(one: Part, other: Part) -> float:
    """Return how clearly two parts are of two digits; 0 and below they are of one."""
    small, large = sorted((one, other), key=lambda part: part.height)
    if max(small.width, small.height) < _SPECK:
        return -_LAST / (1 + float(distances(small, large).min()))
    across, down = gap(one, other, 0), gap(one, other, 1)
    flat = _flat(small)
    if across > (_FAR if flat else _ROOM[-1]):  # nothing below would find them nearer
        return np.inf
    if flat:
        if across < 0 and down > _NEAR:  # no digit by itself: of what is in its column, at last
            return -_LAST / (1 + down)
        away = distances(small, large)
        after = _NEXT * any(stroke - 1 in large.strokes for stroke in small.strokes)
        near = max(float(away.min()) - _NEAR, across - _FAR) - after
        return near if near > 0 else float(away.min() + away.mean()) / 2 - after - 1
    rows = common_rows(one, other)
    if len(rows) < _ABOVE * ROWS * small.height:
        limit = _LINES if small.height > _TALL else _NEAR
        return max(down - limit, across - _ASIDE)
    left, right, room = side_by_side(one, other, rows)
    if _closed(room):
        return -_CLOSED
    if touch(one, other) < _TOUCH:
        return -_CLOSED
    below = float(left.high[1] - right.high[1])
    limit = float(np.interp(abs(below), _OFF, _ROOM))
    if below > 0 and right.height > _FLAT + _BACK:
        limit = min(limit, -_BACK)
    return float(room.min()) - limit


def _closed(room: NDArray[np.float64]) -> bool:
    """Tell whether two parts meet above and below, with room between: two halves of one."""
    met = np.flatnonzero(room < _MET)
    if len(met) < 2 or met[-1] - met[0] < _APART * ROWS:
        return False
    return bool(room[met[0] : met[-1]].max() > _HOLLOW)


def _in_reading_order(parts: list[Part]) -> list[Part]:
    """Sort parts into lines, and each line from left to right."""
    lines: list[list[Part]] = []
    for part in sorted(parts, key=lambda part: float(part.low[1] + part.high[1])):
        line = next((line for line in lines if any(_share(part, one) for one in line)), None)
        if line is None:
            lines.append([part])
        else:
            line.append(part)
    return [part for line in lines for part in sorted(line, key=_middle)]


def _share(one: Part, other: Part) -> bool:
    """Tell whether two parts share a line."""
    return -gap(one, other, 1) >= _BESIDE * min(one.height, other.height)


def _middle(part: Part) -> float:
    return float(part.low[0] + part.high[0])
