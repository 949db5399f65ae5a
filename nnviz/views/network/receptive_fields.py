"""Receptive fields: the weights of a neuron as a picture, one pixel a weight.

A neuron of the first hidden layer weighs every pixel of the input. Laid out as
the input is, its weights show where it wants ink and where it wants none. Each
such receptive field takes the full colour at its own largest |w|, which is said.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.engine.notation import number_of
from nnviz.engine.run.snapshot import Array
from nnviz.numbers import integer, write
from nnviz.views.network.board import Board, Pixels
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.palette import Diverging

Picture = NDArray[np.uint8]

CLEARANCE = 0.9
"""From the neuron's circle to its field, in units."""
LARGEST = 7.0
"""Longest side of a single field, in units."""
BEHIND = 0.88
"""Opacity of the panel's colour behind words that stand on edges."""


def fields(picture: NetworkPicture, neurons: slice) -> tuple[Array, Array]:
    """Return the weights into some neurons of the first layer, (n, rows, columns).

    Beside them stands each neuron's largest finite |w|, (n,).
    """
    shape = picture.facts.image_shape
    assert shape is not None
    w = picture.first_weights[:, neurons].T
    size = np.abs(w)
    largest = np.where(np.isfinite(size), size, 0).max(axis=1, initial=0.0)
    return w.reshape(-1, *shape), largest


def colours(weights: Array, largest: Array, diverging: Diverging) -> Picture:
    """Return fields in colour, (n, rows, columns, 3), in full at the largest of each, (n,)."""
    # One that is all zero stays so; one that is not a number has no colour, as in every view.
    share = weights / np.where(largest > 0, largest, 1)[:, np.newaxis, np.newaxis]
    return diverging.colours(share, 1.0)


def whole_scale(cells: tuple[int, int], room: tuple[float, float], ratio: float) -> float:
    """Return the side of a cell: whole pixels of the screen, if one has room at all.

    Cells and room are given as how many and how large down and across; a pixel of ours is `ratio`
    of the screen's.
    """
    side = min(room[0] / cells[0], room[1] / cells[1])
    whole = int(side * ratio + 1e-6)
    return whole / ratio if whole else max(side, 0.05)


class FieldTile:
    """The receptive field of one neuron, framed, to the left of it."""

    def __init__(self, board: Board, shape: tuple[int, int]) -> None:
        place = board.place
        self._place, self._ink, self._shape = place, board.ink, shape
        assert place.tile is not None
        column, unit = place.columns[1], place.unit
        self._right = column.x - column.radius - CLEARANCE * unit
        self._left = place.tile.right + 0.5 * unit
        self._top, self._bottom = place.heading + 0.9 * unit, place.footer.top
        room = (self._bottom - self._top) / 2, max(self._right - self._left, unit)
        most = tuple(min(each, LARGEST * unit) for each in room)
        self._cell = whole_scale(shape, (most[0], most[1]), board.ratio)
        behind = QColor(board.ink.panel)
        behind.setAlphaF(BEHIND)
        part = self._part = board.part()
        self._behind = [part.put(QGraphicsRectItem(), brush=behind) for _ in range(2)]
        self._picture = Pixels(part, QPointF(), self._cell, self._cell)
        self._frame = part.put(QGraphicsRectItem(), board.pen(board.ink.now, 1.5, 0.12))
        self._title = part.line(1.0, board.ink.now)
        self._said = part.line(1.0)
        self._shown: tuple[int, float, bytes] | None = None
        part.set_visible(False)

    @property
    def box(self) -> QRectF:
        """Where the picture is; empty while there is none."""
        return self._frame.rect() if self._frame.isVisible() else QRectF()

    @property
    def boxes(self) -> tuple[QRectF, ...]:
        """Where picture, title and what is said below it stand; none while there is no picture."""
        if not self._frame.isVisible():
            return ()
        return (self.box, *(behind.rect() for behind in self._behind))

    def show(self, picture: NetworkPicture, neuron: int | None, y: float) -> None:
        """Show what a neuron of the first layer looks for beside its height, or nothing."""
        if neuron is None or not 0 <= neuron < picture.snapshot.recipe.layers[1]:
            self._part.set_visible(False)
            return
        self._part.set_visible(True)
        weights, largest = fields(picture, slice(neuron, neuron + 1))
        shown = neuron, y, weights.tobytes()
        if shown == self._shown:
            return
        self._shown = shown
        self._picture.show(colours(weights, largest, self._ink.diverging)[0], weights[0] < 0)
        self._write(neuron, float(largest[0]), y)

    def _write(self, neuron: int, largest: float, y: float) -> None:
        unit = self._place.unit
        height, width = (cells * self._cell for cells in self._shape)
        above, below = 1.4 * unit, 1.45 * unit
        top = min(max(y - height / 2, self._top + above), self._bottom - below - height)
        box = QRectF(self._right - width, top, width, height)
        self._picture.item.setPos(box.topLeft())
        out = self._place.scale.line(1)
        self._frame.setRect(box.adjusted(-out, -out, out, out))
        title = f"what neuron {integer(number_of(neuron))} looks for"
        if self._title.advance(title) > max(self._right - self._left, width):
            title = f"neuron {integer(number_of(neuron))}"
        said = f"|w| ≤ {write(largest, 3)}"
        lines = (
            (self._title, title, top - 0.75 * unit),
            (self._said, said, box.bottom() + 0.75 * unit),
        )
        for behind, (line, text, middle) in zip(self._behind, lines, strict=True):
            left = self._right - line.advance(text) - 0.3 * unit
            line.write(self._right, middle, text)
            behind.setRect(left, middle - 0.65 * unit, self._right + 0.3 * unit - left, 1.3 * unit)
