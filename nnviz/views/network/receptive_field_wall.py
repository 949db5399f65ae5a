"""The receptive fields of the whole first layer, side by side as one mosaic.

It hangs in place of the hidden layers and their edges. Each field has a frame in
the colour that the neuron's circle would have, so that the wall lights up where
the example finds what is looked for. Every weight is whole pixels of the screen;
where not all fields have room, the wheel leafs through them and they are counted.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.dataclass import dataclass
from nnviz.engine.notation import number_of
from nnviz.numbers import integer, write
from nnviz.views.network.board import Board, Pixels
from nnviz.views.network.colours import coloured
from nnviz.views.network.edges import largest_of
from nnviz.views.network.layout import Box
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.network.receptive_fields import Picture, colours, fields, whole_scale
from nnviz.views.network.text import FIELD_TITLES
from nnviz.views.palette import rgb
from nnviz.views.shared.signs import Mask

LARGEST = 9.0
"""Longest side of a field on the wall, in units."""
FRAME = 1
"""Thickness of the frame of a field, in weights."""
COARSE = 3.0
"""Pixels of the screen from which on a weight is always whole ones."""
APART = 1
"""Room between two frames, in weights."""


@dataclass(frozen=True, slots=True)
class WallGrid:
    """How a wall is divided: so many fields below and beside each other, of `shape` weights each.

    Attributes:
        cell: side of a weight, in pixels.
        left, top: where the frame of the first field begins.
    """

    rows: int
    columns: int
    cell: float
    shape: tuple[int, int]
    left: float
    top: float

    @property
    def step(self) -> tuple[float, float]:
        """From one field to the next: down and across."""
        down, across = (cells + 2 * FRAME + APART for cells in self.shape)
        return down * self.cell, across * self.cell

    def box(self, at: int) -> QRectF:
        """Return where the weights of the field at a place of the page are, without the frame."""
        (down, across), (row, column) = self.step, divmod(at, self.columns)
        height, width = (cells * self.cell for cells in self.shape)
        frame = FRAME * self.cell
        left, top = self.left + column * across, self.top + row * down
        return QRectF(left + frame, top + frame, width, height)


def wall_grid(count: int, shape: tuple[int, int], room: Box, unit: float, ratio: float) -> WallGrid:
    """Hang fields of `shape` weights as large as all have room, or else as many as have room.

    `unit` is the height of text, `ratio` how many pixels of the screen are one of ours.
    """
    height, width = (cells + 2 * FRAME + APART for cells in shape)
    cell = whole_scale(shape, (LARGEST * unit, LARGEST * unit), ratio)
    cell = min(cell, whole_scale((height, width), (room.height, room.width), ratio))

    def fit(cell: float) -> tuple[int, int]:
        return (
            max(1, int((room.height / cell + APART) / height + 1e-6)),
            max(1, int((room.width / cell + APART) / width + 1e-6)),
        )

    rows, columns = fit(cell)
    while rows * columns < count and cell * ratio > 1:
        # Small fields may be of uneven pixels: a step of a whole one would be half of their size.
        cell = (cell * ratio - (1 if cell * ratio > COARSE else 1 / 16)) / ratio
        rows, columns = fit(cell)
    if rows * columns >= count:
        # As few rows as are needed, and as full as they can be.
        columns = min(columns, count)
        rows = -(-count // columns)
        columns = -(-count // rows)
    left = room.left + (room.width - (columns * width - APART) * cell) / 2
    top = room.top + (room.height - (rows * height - APART) * cell) / 2
    # On whole pixels of the screen, or weights would be of unequal sizes.
    left, top = (round(at * ratio) / ratio for at in (left, top))
    return WallGrid(rows, columns, cell, shape, left, top)


Cells = NDArray[Any]
"""Colours of cells, or what else is laid out alike."""


def mosaic(pictures: Cells, frames: Cells, columns: int, ground: Cells, nothing: Cells) -> Cells:
    """Return pictures, (n, rows, columns, 3), in rows, each in a frame of a colour, (n, 3).

    Between frames is the colour of the ground, (3,), and `nothing` where no picture is left.
    """
    n, height, width, _ = pictures.shape
    rows = -(-n // columns)
    down, across = height + 2 * FRAME + APART, width + 2 * FRAME + APART
    hung = np.empty((rows * columns, down, across, pictures.shape[3]), pictures.dtype)
    hung[...] = ground
    hung[n:] = nothing
    hung[:n, :-APART, :-APART] = frames[:, np.newaxis, np.newaxis]
    hung[:n, FRAME : FRAME + height, FRAME : FRAME + width] = pictures
    wall = hung.reshape(rows, columns, down, across, -1).transpose(0, 2, 1, 3, 4)
    return wall.reshape(rows * down, columns * across, -1)


class FieldWall:
    """The mosaic of all receptive fields, between the picture and the outputs.

    Attributes:
        picture: the mosaic, one pixel a weight, (rows, columns, 3).
        first: the first neuron on the page.
    """

    def __init__(self, board: Board, picture: NetworkPicture) -> None:
        place, ink, unit = board.place, board.ink, board.place.unit
        assert place.tile is not None
        shape = picture.facts.image_shape
        assert shape is not None
        self._ink = ink
        self._count = picture.snapshot.recipe.layers[1]
        self._activation = picture.snapshot.recipe.activations[0]
        last = place.columns[-1]
        left, right = place.caption.right + 0.8 * unit, last.x - last.radius - unit
        left = min(left, place.tile.right + 0.3 * (right - place.tile.right))
        top, bottom = place.heading + 2.1 * unit, place.footer.top - 1.5 * unit
        room = Box(left, top, right - left, bottom - top)
        self.grid = wall_grid(self._count, shape, room, unit, board.ratio)
        part, cell = board.part(), self.grid.cell
        self._part = part
        self._picture = Pixels(part, QPointF(self.grid.left, self.grid.top), cell, cell)
        if cell * board.ratio % 1:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.item.setTransformationMode(smooth)
        self._picked = part.put(QGraphicsRectItem(), board.pen(ink.now, 2.5, 0.2))
        self._hovered = part.put(QGraphicsRectItem(), board.pen(ink.now, 1.5, 0.1))
        self.room = room
        self._x, self._room = room.left + room.width / 2, room.width
        self._heights = top - 0.75 * unit, bottom + 0.75 * unit
        self._title, self._said = part.line(0.5), part.line(0.5)
        self._name = part.line(0.5, ink.now)
        self._shown: bytes | None = None
        self.picture: Picture = np.zeros((0, 0, 3), np.uint8)
        self.first = 0
        self.hide()

    @property
    def page(self) -> int:
        """How many fields have room at a time."""
        return self.grid.rows * self.grid.columns

    def show(self, picture: NetworkPicture, hovered: int | None, picked: int | None) -> None:
        """Show the wall, and on it the neuron under the mouse and the one that is selected."""
        self._part.set_visible(True)
        page = slice(self.first, min(self.first + self.page, self._count))
        weights, largest = fields(picture, page)
        a = picture.snapshot.focus.a[0]
        frames = coloured(a[page], self._activation, max(1.0, largest_of(a)), self._ink)
        data = weights.tobytes() + frames.tobytes()
        if data != self._shown:
            self._shown = data
            pictures = colours(weights, largest, self._ink.diverging)
            # A silent neuron's frame is the panel's colour, so what lies between is the line's.
            ground, nothing = rgb(self._ink.theme.line), rgb(self._ink.theme.panel)
            self.picture = mosaic(pictures, frames, self.grid.columns, ground, nothing)
            self._picture.show(self.picture, self._negative(weights < 0, a[page] < 0))
        self._ring(self._hovered, hovered)
        self._ring(self._picked, picked)
        named = next((each for each in (hovered, picked) if self.shows(each)), None)
        self._write(named, 0.0 if named is None else float(largest[named - self.first]))

    def _negative(self, weights: Mask, frames: Mask) -> Mask:
        """Return where the mosaic is negative: fields (n, rows, columns) and their frames, (n,)."""
        off = np.zeros(1, bool)
        columns = self.grid.columns
        wall = mosaic(weights[..., np.newaxis], frames[:, np.newaxis], columns, off, off)
        return wall[..., 0]

    def hide(self) -> None:
        """Take the wall away."""
        self._part.set_visible(False)

    def boxes(self) -> Iterator[tuple[int, QRectF]]:
        """Return the neurons on the page, and where their fields are."""
        for neuron in range(self.first, min(self.first + self.page, self._count)):
            yield neuron, self.grid.box(neuron - self.first)

    def neuron_at(self, x: float, y: float) -> int | None:
        """Return whose field is at a place, or None."""
        if not self._part.world.isVisible():
            return None
        down, across = self.grid.step
        row, column = int((y - self.grid.top) // down), int((x - self.grid.left) // across)
        if not (0 <= row < self.grid.rows and 0 <= column < self.grid.columns):
            return None
        neuron = self.first + row * self.grid.columns + column
        return neuron if neuron < self._count else None

    def scroll(self, rows: int) -> bool:
        """Leaf on by rows of fields; say whether there were any."""
        before = self.first
        self.leaf_to(before + rows * self.grid.columns)
        return self.first != before

    def leaf_to(self, neuron: int) -> None:
        """Begin the page with the row of a neuron, or as near to it as leaves no row empty."""
        columns = self.grid.columns
        last = max(0, -(-(self._count - self.page) // columns) * columns)
        self.first = min(max(neuron // columns * columns, 0), last)

    def shows(self, neuron: int | None) -> bool:
        """Say whether a neuron is on the page."""
        return neuron is not None and self.first <= neuron < self.first + self.page

    def _ring(self, frame: QGraphicsRectItem, neuron: int | None) -> None:
        frame.setVisible(self.shows(neuron))
        if neuron is not None:
            out = FRAME * self.grid.cell
            frame.setRect(self.grid.box(neuron - self.first).adjusted(-out, -out, out, out))

    def _write(self, named: int | None, largest: float) -> None:
        above, below = self._heights
        self._title.write_fitting(self._x, above, FIELD_TITLES, self._room)
        names: tuple[str, ...] = ()
        counts: tuple[str, ...] = ()
        if named is not None:
            short = f"neuron {integer(number_of(named))}"
            names = f"{short}: |w| ≤ {write(largest, 3)}", short
        else:
            last = min(self.first + self.page, self._count)
            counts = (f"all {integer(self._count)} neurons",)
            if self.page < self._count:
                of = f"of {integer(self._count)}"
                part = f"neurons {integer(number_of(self.first))} to {integer(last)} {of}"
                counts = (f"{part} · turn the wheel for more", part, of)
        self._name.write_fitting(self._x, below, names, self._room)
        self._said.write_fitting(self._x, below, counts, self._room)
