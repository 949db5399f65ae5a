"""From pictures of digits back to pen strokes, to draw them again on the pad.

A picture is enlarged, thinned to lines one pixel wide, and the lines are walked
from end to end; at a crossing the pen goes straight on where it can. What comes
out are strokes as a pen would leave them: a digit from MNIST can so be drawn by
hand anywhere, at any size and slant.
"""

from collections.abc import Iterator

import numpy as np

ENLARGED = 3
"""Pixels to a pixel of the picture while lines are thinned."""
DARK = 0.45
"""Grey value from which a pixel is ink."""
SPUR = 5
"""Lines that end in nothing and are no longer than this many pixels are dirt of thinning."""

Pixel = tuple[int, int]
Line = list[Pixel]
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def trace(picture: np.ndarray) -> list[np.ndarray]:
    """Return the strokes of a picture (rows, columns) in 0..1: arrays (points, 2) of x and y."""
    ink = thin(enlarge(picture) >= DARK * picture.max())
    pixels = {(int(row), int(column)) for row, column in np.argwhere(ink)}
    lines = _joined(_without_spurs(list(_lines(pixels))))
    return [_smooth(np.array(line, dtype=np.float64)[:, ::-1]) / ENLARGED for line in lines]


def placed(strokes: list[np.ndarray], draw: np.random.Generator, side: float) -> list[np.ndarray]:
    """Draw strokes at a random size, slant and place on a square pad, as whole pixels.

    Args:
        strokes: arrays (points, 2).
        draw: where chance comes from.
        side: of the pad, in pixels.

    Returns:
        The strokes in pixels of the pad.
    """
    together = np.concatenate(strokes)
    low, high = together.min(axis=0), together.max(axis=0)
    size = side * draw.uniform(0.25, 0.75) / max((high - low).max(), 1e-9)
    slant = draw.uniform(-0.2, 0.2)
    middle = (low + high) / 2
    moved = []
    for stroke in strokes:
        x, y = ((stroke - middle) * size).T
        moved.append(np.stack([x - slant * y, y], axis=1))
    reach = np.abs(np.concatenate(moved)).max(axis=0)
    room = np.maximum(side / 2 - reach - 2, 0)
    place = side / 2 + draw.uniform(-1, 1, 2) * room
    return [np.rint(stroke + place) for stroke in moved]


def enlarge(picture: np.ndarray) -> np.ndarray:
    """Return a picture `ENLARGED` times as large, interpolated between pixels."""
    framed = np.pad(picture, 1)

    def weights(length: int) -> np.ndarray:
        place = (np.arange(length * ENLARGED) + 0.5) / ENLARGED - 0.5
        return np.maximum(1 - np.abs(place[:, np.newaxis] - np.arange(length)), 0)

    rows, columns = framed.shape
    return weights(rows) @ framed @ weights(columns).T


def thin(ink: np.ndarray) -> np.ndarray:
    """Thin ink to lines one pixel wide (Zhang and Suen, 1984)."""
    ink = np.pad(ink, 1)
    while True:
        before = ink.copy()
        for first in (True, False):
            p = [np.roll(ink, (-down, -right), (0, 1)) for down, right in _AROUND]
            count = np.sum(p, axis=0)
            turns = np.sum([~p[i] & p[(i + 1) % 8] for i in range(8)], axis=0)
            north, east, south, west = p[0], p[2], p[4], p[6]
            if first:
                open_side = ~(north & east & south) & ~(east & south & west)
            else:
                open_side = ~(north & east & west) & ~(north & south & west)
            ink = ink & ~((count >= 2) & (count <= 6) & (turns == 1) & open_side)
        if (ink == before).all():
            return ink[1:-1, 1:-1]


def _neighbours(pixel: Pixel, pixels: set[Pixel]) -> list[Pixel]:
    """Return the pixels a line may go on to; a diagonal only where no straight step leads there."""
    row, column = pixel
    near = []
    for down, right in _AROUND:
        other = (row + down, column + right)
        straight = not (down and right) or not (
            (row + down, column) in pixels or (row, column + right) in pixels
        )
        if other in pixels and straight:
            near.append(other)
    return near


def _lines(pixels: set[Pixel]) -> Iterator[Line]:
    """Walk every line between ends and crossings, then the rings that have neither."""
    near = {pixel: _neighbours(pixel, pixels) for pixel in pixels}
    knots = sorted(pixel for pixel in pixels if len(near[pixel]) != 2)
    walked: set[frozenset[Pixel]] = set()
    for start in [*knots, *sorted(pixels - set(knots))]:
        if not near[start]:
            yield [start]
        for onward in near[start]:
            if frozenset((start, onward)) in walked:
                continue
            line = [start, onward]
            walked.add(frozenset(line))
            while len(near[line[-1]]) == 2 and line[-1] != start:
                ahead = [pixel for pixel in near[line[-1]] if pixel != line[-2]]
                line.append(ahead[0] if ahead else line[-2])
                walked.add(frozenset(line[-2:]))
            yield line


def _without_spurs(lines: list[Line]) -> list[Line]:
    """Leave out short lines that end freely, dots included, where there are longer ones."""
    ends = [end for line in lines for end in (line[0], line[-1])]

    def spur(line: Line) -> bool:
        if len(line) == 1:
            return True
        free = [ends.count(end) == 1 for end in (line[0], line[-1])]
        return len(line) <= SPUR and any(free)

    kept = [line for line in lines if not spur(line)]
    return kept or lines


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that meet end to end, those first that go on the straightest."""
    lines = list(lines)
    while True:
        best = (0.3, -1, -1, False, False)  # a pen turns back less than this as it crosses
        for i, one in enumerate(lines):
            for j in range(i):
                for back_i in (False, True):
                    for back_j in (False, True):
                        first = one[::-1] if back_i else one
                        second = lines[j][::-1] if back_j else lines[j]
                        if first[-1] == second[0] and len(first) > 1 < len(second):
                            straight = _straightness(first, second)
                            best = max(best, (straight, i, j, back_i, back_j))
        _, i, j, back_i, back_j = best
        if i < 0:
            return lines
        first = lines[i][::-1] if back_i else lines[i]
        second = lines[j][::-1] if back_j else lines[j]
        lines = [line for k, line in enumerate(lines) if k not in (i, j)]
        lines.append(first + second[1:])


def _straightness(first: Line, second: Line) -> float:
    """Return the cosine of the turn from the end of one line into the beginning of another."""
    arriving = np.subtract(first[-1], first[max(-len(first), -7)])
    leaving = np.subtract(second[min(len(second) - 1, 6)], second[0])
    size = np.linalg.norm(arriving) * np.linalg.norm(leaving)
    return float(arriving @ leaving / size) if size else -1.0


def _smooth(points: np.ndarray) -> np.ndarray:
    """Take the stairs of pixels out of a line, its ends fixed."""
    for _ in range(6):
        if len(points) > 2:
            inner = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
            points = np.concatenate([points[:1], inner, points[-1:]])
    return points
