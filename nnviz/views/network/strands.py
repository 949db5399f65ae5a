"""How edges are drawn: as bundles of fine curves that Qt paints by itself.

Qt paints a line one pixel wide more than ten times faster than a wider one, so a
wider edge is several strands side by side, near enough to leave no seam. All
strands of a colour are one path, and a path is made from one array in the form
in which Qt reads it from a stream: hundreds of curves cost a few calls.

A negative weight is dashed, so that its sign is told without its hue: of lines one
pixel wide Qt leaves gaps out as it goes, which costs less than painting them.
"""

import struct

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from nnviz.engine.run.snapshot import Array
from nnviz.views.network.board import Board
from nnviz.views.network.edges import DASH, GAP, Edges, ends
from nnviz.views.palette import STEPS, edge_width

LEVELS = 16
"""Colours and widths of each sign that edges have; more cannot be told apart."""
ZERO = 2 * LEVELS
"""The bucket of edges whose weight is exactly zero, which have no sign."""
FAINT = 0.5
"""How much of such an edge's colour is seen."""
FEW, FAINTEST_OF_FEW = 60, 5
"""Up to so many edges each is looked for: none of them is of a lower level than this."""

# An element of a path in Qt's stream: its kind and a point, most significant byte first.
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
# Move to a point, then a cubic curve: its first control point and two more of its data.
_KINDS = (0, 2, 3, 3)
_CURVE_BYTES = len(_KINDS) * _ELEMENT.itemsize
_WINDING = 1


class Strands:
    """All edges on the board, the strongest in front."""

    def __init__(self, board: Board) -> None:
        self._place, self._ink, self._ratio = board.place, board.ink, board.ratio
        part = board.part()
        self.set_visible = part.set_visible
        self._items = [part.put(QGraphicsPathItem()) for _ in range(2 * LEVELS + 1)]
        self._zoom = 0.0
        self._shown: tuple[Edges, float] | None = None
        self.zoom(1.0)

    def zoom(self, factor: float) -> None:
        """Keep lines one pixel wide and without seams where the board is drawn larger."""
        if factor == self._zoom:
            return
        self._zoom = factor
        # Looking closer pulls the edges apart: they widen less than the rest grows.
        grown = factor**0.25
        widened = self._place.scale.factor
        thickest = max(1.6, 0.19 * self._place.unit / widened)
        bundles = []
        for bucket, item in enumerate(self._items):
            share = _share(bucket)
            width = grown * widened * _width(abs(share), thickest) * self._ratio
            # A line finer than a pixel is one that covers less of it. What it would let through
            # is mixed in beforehand, for Qt paints an opaque line in two thirds of the time.
            full = self._ink.signed[round(share * STEPS) + STEPS].color()
            colour = _mixed(full, self._ink.panel, min(1.0, width))
            if bucket == ZERO:
                width, colour = 1.0, _mixed(self._ink.dim, self._ink.panel, FAINT)
            # Of width 0, which is one pixel of any screen: of others Qt computes an outline.
            pen = QPen(colour, 0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if share < 0:
                pen.setDashPattern(_dashes(width / self._ratio, self._ratio * widened))
            item.setPen(pen)
            bundles.append(_bundle(width) / (self._ratio * factor))
        self._sizes = np.array([len(bundle) for bundle in bundles])
        self._firsts = np.cumsum(self._sizes) - self._sizes
        self._offsets = np.concatenate(bundles)
        if self._shown is not None:
            self.show(*self._shown)

    def show(self, edges: Edges, largest: float) -> None:
        """Show edges, the weakest first; the `largest` |w| takes the full colour and width."""
        self._shown = edges, largest
        share = np.clip(edges.weight / (largest or 1.0), -1, 1)
        bucket = _bucket(share, FAINTEST_OF_FEW if len(share) <= FEW else 1)
        order = np.argsort(bucket, kind="stable")
        sizes = self._sizes[bucket[order]]
        edge = np.repeat(order, sizes)
        number = np.arange(len(edge)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        offset = self._offsets[self._firsts[bucket[edge]] + number]
        curves = _curves(np.stack(ends(self._place, edges))[:, edge], offset)
        counts = np.bincount(bucket[edge], minlength=len(self._items))
        for item, path in zip(self._items, _paths(curves, counts.tolist()), strict=True):
            item.setPath(path)


def edge_path(corners: Array) -> QPainterPath:
    """Return the curve of one edge from its corners, (4,), as `ends` returns them."""
    (path,) = _paths(_curves(corners[:, np.newaxis], np.zeros(1)), [1])
    return path


def _mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return a colour as it looks where it covers but a share of the ground."""
    return QColor(
        round(share * colour.red() + (1 - share) * ground.red()),
        round(share * colour.green() + (1 - share) * ground.green()),
        round(share * colour.blue() + (1 - share) * ground.blue()),
    )


def _share(bucket: int) -> float:
    """Return the share of the largest weight that a bucket stands for, with its sign."""
    if bucket == ZERO:
        return 0.0
    level, second = divmod(bucket, 2)
    # The sign in front changes from level to level, so that neither hides the other.
    return (level + 1) / LEVELS * (1 if second == level % 2 else -1)


def _bucket(share: Array, least: int) -> NDArray[np.intp]:
    """Return in which bucket shares of the largest weight fall, none below the least level."""
    # Never level 0, which cannot be seen: what is counted as drawn must be there.
    level = np.maximum(np.round(np.abs(share) * LEVELS), least).astype(np.intp) - 1
    return np.where(share == 0, ZERO, 2 * level + np.where(share > 0, level % 2, 1 - level % 2))


def _width(share: float, thickest: float) -> float:
    """Return the width of an edge whose |w| is a share of the largest."""
    # Of the strongest edges most are much alike, and all thick would be a thicket: the width
    # grows with the square, and beyond one pixel only where the cube has come that far.
    fine, wide = (float(edge_width(share**power, thickest)) for power in (2, 3))
    return min(fine, max(1.0, wide))


def _dashes(width: float, larger: float) -> list[float]:
    """Return the dashes of an edge in pixels of the screen: longer where it is wider."""
    wider = max(width - 1.0, 0.0)
    return [larger * (DASH + wider), larger * (GAP + 0.5 * wider)]


def _bundle(width: float) -> Array:
    """Return the offsets of lines one pixel wide that together are one of a width."""
    if width < 1.25:
        return np.zeros(1)
    # The few that are really wide show their colour in full only without the finest seam.
    apart = 0.85 if width <= 2.25 else 0.4
    return np.linspace(-0.5, 0.5, 1 + int(np.ceil((width - 1) / apart))) * (width - 1)


def _curves(corners: Array, offset: Array) -> bytes:
    """Return curves as Qt reads them: each edge's corners, (4, curves), and how far beside it."""
    x0, y0, x1, y1 = corners
    third = (x1 - x0) / 3
    slope = (y1 - y0) / (2 * third)
    length = np.hypot(1, slope)
    # The inner control points move so that in the middle, where the curve is steepest,
    # it is off at right angles to itself.
    x, y = -4 / 3 * offset * slope / length, offset * (4 / length - 1) / 3
    elements = np.empty((len(offset), len(_KINDS)), _ELEMENT)
    elements["kind"] = _KINDS
    # With control points at thirds of the way, x runs evenly and y as 3t² − 2t³.
    elements["x"] = np.stack((x0, x0 + third + x, x1 - third + x, x1), axis=1)
    elements["y"] = np.stack((y0 + offset, y0 + y, y1 + y, y1 + offset), axis=1)
    return elements.tobytes()


def _paths(curves: bytes, counts: list[int]) -> list[QPainterPath]:
    """Return paths of so many curves each."""
    parts = []
    last = 0
    for count in counts:
        first, last = last, last + count * _CURVE_BYTES
        parts.append(struct.pack(">i", count * len(_KINDS)))
        if count:
            start_of_last = (count - 1) * len(_KINDS)
            parts += curves[first:last], struct.pack(">ii", start_of_last, _WINDING)
    stream = QDataStream(QByteArray(b"".join(parts)))
    paths = [QPainterPath() for _ in counts]
    for path in paths:
        stream >> path
    return paths
