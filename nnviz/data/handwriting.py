"""From pen strokes to the 28×28 picture that a digit network sees.

One path for all digits: those the generator makes up, those drawn on the pad
and those found in image files. Strokes become ink on a canvas; the canvas goes
through MNIST's own preparation: tight box, centred square, 20×20 by area
average, grey values scaled so that the largest is 1, placed by centre of mass
in 28×28. Everything inside works on many digits at once; one digit is a batch
of one.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.area_average import average_squares
from nnviz.data.dataset import FloatArray
from nnviz.data.portable_math import hypot
from nnviz.dataclass import dataclass

Points = NDArray[np.floating[Any]]
"""Coordinates (points, 2), x right and y down."""

SIDE = 28
"""Rows and columns of the finished picture."""

BOX = 20
"""Rows and columns that the digit itself fills."""

CANVAS = 40
"""Rows and columns of the canvas on which strokes are drawn: two to a pixel of the box."""

PEN = 0.135
"""Pen width as a part of the digit's longer side, for MNIST's mean stroke of 2.4 pixels."""

FAR = 1e30
"""Beyond this a coordinate counts as not finite."""

_FAINT = 0.25  # part of the darkest ink below which a pixel does not widen the box
_HAIR = 0.02
_SPECK = 0.06  # part of the largest stroke's extent up to which a stroke may be an accident
_APART = 0.12  # part of the digit's longer side from which such a stroke lies far away
_SPACING = 1.5  # canvas pixels between two dabs of the pen


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Many digits' strokes as flat arrays, in any units, x right and y down.

    Attributes:
        points: (p, 2), in the order of writing.
        stroke: (p,) a number that changes where the pen was lifted.
        digit: (p,) which digit a point belongs to, never falling.
        count: number of digits; one without points stays blank.
    """

    points: Points
    stroke: NDArray[np.intp]
    digit: NDArray[np.intp]
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Preparation:
    """One digit's way through MNIST's preparation, a picture after each stage.

    Attributes:
        boxed: the tight box around the ink, (rows, columns); (0, 0) where there is none.
        scaled: the box in its centred square, scaled to (20, 20), largest value 1.
        image: that placed by its centre of mass, (28, 28).

    A frame of another size has other numbers in the place of 20 and 28.
    """

    boxed: FloatArray
    scaled: FloatArray
    image: FloatArray


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture that a digit is put into.

    Attributes:
        shape: its rows and columns.
        box: the rows and columns that the digit itself fills.
    """

    shape: tuple[int, int] = (SIDE, SIDE)
    box: int = BOX


MNIST_FRAME = Frame()
"""The frame that MNIST's pictures have."""


def prepare_strokes(
    strokes: Sequence[Points], pen: float = PEN, frame: Frame = MNIST_FRAME
) -> Preparation:
    """Turn one digit's strokes into the picture a network sees, stage by stage.

    Args:
        strokes: arrays (points, 2), x right and y down, any units; points that are
            not finite are skipped, and so are specks far away from the digit.
        pen: pen width as a part of the digit's longer side.
        frame: what the digit is put into.

    Returns:
        All stages; all zeros where there is nothing to draw.
    """
    digit = _flatten(drawn_strokes(strokes))
    return prepare(_draw_fitted(digit, np.array([pen], dtype=np.float32))[0], frame)


def drawn_strokes(strokes: Sequence[Points]) -> list[Points]:
    """Leave out points that are not finite, and specks far away from the digit."""
    return _without_specks(_finite(strokes))


def strokes_to_images(strokes: Strokes, pens: FloatArray) -> FloatArray:
    """Turn many digits' strokes into pictures.

    Args:
        strokes: the digits.
        pens: (count,) pen width of each as a part of the digit's longer side.

    Returns:
        (count, 28, 28) float32 in 0..1.
    """
    return prepare_many(_draw_fitted(strokes, pens))


def rasterise(strokes: Sequence[Points], size: int, pen: float) -> FloatArray:
    """Draw strokes with a round pen on a blank canvas.

    Args:
        strokes: arrays (points, 2) in canvas pixels, (0, 0) the upper left corner; ink
            outside the canvas is lost, points that are not finite are skipped.
        size: rows and columns of the canvas.
        pen: pen width in pixels.

    Returns:
        (size, size) float32, antialiased ink from 0 to 1.
    """
    flat = _flatten(strokes)
    canvas: FloatArray = _draw(flat, np.array([pen / 2], dtype=np.float32), size)[0]
    return canvas


def prepare(canvas: FloatArray, frame: Frame = MNIST_FRAME) -> Preparation:
    """Take one canvas through MNIST's preparation.

    Args:
        canvas: (rows, columns) of ink from 0 (ground) up; not finite values count as none.
        frame: what the digit is put into.

    Returns:
        All stages; all zeros where the canvas holds no ink.
    """
    clean = np.nan_to_num(np.asarray(canvas, dtype=np.float32), posinf=0.0, neginf=0.0)[np.newaxis]
    top, bottom, left, right = (int(edge[0]) for edge in _boxes(clean))
    scaled = _shrink(clean, frame.box)
    image = _centre(scaled, frame.shape)[0]
    return Preparation(clean[0, top:bottom, left:right], scaled[0], image)


def prepare_many(canvases: FloatArray) -> FloatArray:
    """Take canvases (n, rows, columns) through MNIST's preparation to (n, 28, 28)."""
    return _centre(_shrink(canvases))


def _finite(strokes: Sequence[Points]) -> list[Points]:
    """Leave out points that are not finite, and strokes that have no others."""
    arrays = [np.asarray(stroke, dtype=np.float64).reshape(-1, 2) for stroke in strokes]
    finite = [points[(np.abs(points) < FAR).all(axis=1)] for points in arrays]
    return [points for points in finite if len(points)]


def _without_specks(strokes: list[Points]) -> list[Points]:
    """Leave out tiny strokes far outside the others: the box around them would shrink the digit."""
    extents = [np.ptp(points, axis=0).max() for points in strokes]
    large = [
        points
        for points, extent in zip(strokes, extents, strict=True)
        if extent > _SPECK * max(extents)
    ]
    if not large:
        return strokes  # nothing but dots: they are the digit
    together = np.concatenate(large)
    low, high = together.min(axis=0), together.max(axis=0)
    margin = _APART * (high - low).max()

    def near(points: Points) -> bool:
        inside = (points >= low - margin) & (points <= high + margin)
        return bool(inside.all(axis=1).any())

    return [points for points in strokes if near(points)]


def _flatten(strokes: Sequence[Points]) -> Strokes:
    kept = _finite(strokes)
    lengths = [len(points) for points in kept]
    return Strokes(
        np.concatenate(kept) if kept else np.empty((0, 2)),
        np.repeat(np.arange(len(kept)), lengths),
        np.zeros(sum(lengths), dtype=np.intp),
        1,
    )


def _draw_fitted(strokes: Strokes, pens: FloatArray) -> FloatArray:
    """Draw every digit as large as its canvas allows; (count, CANVAS, CANVAS)."""
    radii = np.ones(strokes.count, dtype=np.float32)
    if len(strokes.points) == 0:
        return _draw(strokes, radii, CANVAS)
    starts = np.flatnonzero(np.diff(strokes.digit, prepend=-1))
    present = strokes.digit[starts]
    low = np.minimum.reduceat(strokes.points, starts)
    high = np.maximum.reduceat(strokes.points, starts)
    room = CANVAS - 2.0  # a pixel of margin, so that the soft edge of the ink is not cut off
    side = (high - low).max(axis=1)
    dot = side == 0
    scale = room / (np.where(dot, 1, side) * (1 + pens[present]))
    # A lone dot is a digit too: it fills the box.
    radii[present] = np.where(dot, room, pens[present] * side * scale) / 2
    of_point = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(strokes.digit)))
    middle = (low + high)[of_point] / 2
    points = (strokes.points - middle) * scale[of_point, np.newaxis] + CANVAS / 2
    fitted = Strokes(points, strokes.stroke, strokes.digit, strokes.count)
    return _draw(fitted, radii, CANVAS)


def _draw(strokes: Strokes, radii: FloatArray, size: int) -> FloatArray:
    """Dab a round pen along every stroke; points in canvas pixels; (count, size, size)."""
    centres, digit = _dabs(strokes, size)
    reach = int(np.ceil(radii.max() + 0.5))
    side = size + 2 * reach  # room around the canvas spares every dab the test for its edges
    canvases = np.zeros((strokes.count, side, side), dtype=np.float32)
    corner = np.floor(centres)
    offset = np.arange(-reach, reach + 1)
    # All in float32: ufunc.at is forty times slower where it has to convert.
    soft = (offset + 0.5).astype(np.float32)
    dx, dy = ((soft - (centres - corner)[:, axis, np.newaxis]) ** 2 for axis in (0, 1))
    # Ink falls from 1 half a pixel inside the pen's edge to 0 half a pixel outside, linearly in
    # the squared distance, which spares the root. The blank canvas clips it from below.
    radius = radii.astype(np.float32)[digit, np.newaxis]
    across = ((radius + np.float32(0.5)) ** 2 - dx) / (2 * radius)
    cover = across[:, np.newaxis, :] - (dy / (2 * radius))[:, :, np.newaxis]
    np.minimum(cover, np.minimum(2 * radius, 1)[:, :, np.newaxis], out=cover)
    column, row = corner.astype(np.intp).T
    first = (digit * side + row) * side + column
    pixel = (np.arange(len(offset))[:, np.newaxis] * side + np.arange(len(offset))).ravel()
    np.maximum.at(canvases.reshape(-1), (first[:, np.newaxis] + pixel).ravel(), cover.ravel())
    return canvases[:, reach : reach + size, reach : reach + size]


def _dabs(strokes: Strokes, size: int) -> tuple[FloatArray, NDArray[np.intp]]:
    """Place dabs evenly along the strokes; their centres (m, 2) and digits (m,)."""
    # The last pixel ends just below `size`: every dab's own pixel must exist.
    points = np.clip(strokes.points, 0.0, size - 1e-3).astype(np.float32)
    step = np.zeros_like(points)
    joined = (strokes.stroke[1:] == strokes.stroke[:-1]) & (strokes.digit[1:] == strokes.digit[:-1])
    step[:-1][joined] = np.diff(points, axis=0)[joined]
    counts = np.maximum(np.ceil(hypot(step[:, 0], step[:, 1]) / _SPACING), 1).astype(np.intp)
    of_point = np.repeat(np.arange(len(points)), counts)
    along = np.arange(len(of_point)) - np.repeat(np.cumsum(counts) - counts, counts)
    part = (along / counts[of_point]).astype(np.float32)
    return points[of_point] + part[:, np.newaxis] * step[of_point], strokes.digit[of_point]


def _boxes(canvases: FloatArray) -> tuple[NDArray[np.intp], ...]:
    """Find the tight box of the ink: top, bottom, left, right (n,), ends exclusive."""
    ink = canvases > _FAINT * canvases.max(axis=(1, 2), keepdims=True)
    rows, columns = ink.any(axis=2), ink.any(axis=1)
    inked = rows.any(axis=1)
    return (
        rows.argmax(axis=1),
        np.where(inked, rows.shape[1] - rows[:, ::-1].argmax(axis=1), 0),
        columns.argmax(axis=1),
        np.where(inked, columns.shape[1] - columns[:, ::-1].argmax(axis=1), 0),
    )


def _shrink(canvases: FloatArray, box: int = BOX) -> FloatArray:
    """Scale each box in its centred square to (n, box, box) by area average, largest value 1."""
    top, bottom, left, right = _boxes(canvases)
    side = np.maximum(np.maximum(bottom - top, right - left), 1)
    shrunk = average_squares(canvases, top + bottom - side, left + right - side, side, box)
    largest = shrunk.max(axis=(1, 2), keepdims=True)
    np.divide(shrunk, largest, out=shrunk, where=largest > 0)
    return shrunk


def _centre(scaled: FloatArray, shape: tuple[int, int] = MNIST_FRAME.shape) -> FloatArray:
    """Place (n, box, box) pictures in (n, *shape) so that centres of mass meet the middle."""
    count, box = scaled.shape[:2]
    ink = np.maximum(scaled.sum(axis=(1, 2)), 1e-9)
    places = np.arange(box, dtype=np.float64)
    down, across = (
        # MNIST's middle is the pixel with index 14. A symmetrical digit lies half a pixel off
        # either way: the hair lets it always fall to the same side, the one with equal margins.
        np.rint(length // 2 - (scaled.sum(axis=axis) * places).sum(axis=1) / ink - _HAIR)
        .clip(0, length - box)
        .astype(np.intp)[:, np.newaxis]
        + np.arange(box)
        for axis, length in zip((2, 1), shape, strict=True)
    )
    images = np.zeros((count, *shape), dtype=np.float32)
    images[np.arange(count)[:, None, None], down[:, :, None], across[:, None]] = scaled
    return images
