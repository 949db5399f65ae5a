"""How maps of the plane are shown: a tile in each neuron's place, inputs too, and a large one.

On every tile a dot marks the example shown, so that the colour under it is the
neuron's activation; on the large map stand the points of the data as well, blue and round
where the output is wanted, orange and square where it is not.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
)

from nnviz.engine.notation import number_of
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array, Sample
from nnviz.numbers import write
from nnviz.views.network.board import Board, Pixels
from nnviz.views.network.colours import coloured
from nnviz.views.network.edges import Spot, largest_of
from nnviz.views.network.maps import Maps, side_for
from nnviz.views.network.picture import MapsPicture
from nnviz.views.network.tips import short
from nnviz.views.shared.plane import points_of

LEAST_TILE = 1.1
"""Shortest side of a neuron's tile, in units; a smaller one could not be read."""
LEAST_LARGE = 4.5
"""Shortest side of the large map, in units."""
GAP = 0.5
"""Free space between the numbers below the large map, in units."""
MOST_POINTS = 400
"""Most points of the data on the large map."""


class PlaneMaps:
    """All maps of a network over a plane: a small one in the place of each neuron, one large."""

    def __init__(self, board: Board, recipe: Recipe, *, small: bool = False) -> None:
        """Put all maps on a board; `small` ones leave the room around circles free for numbers."""
        part = self._part = board.part()
        self._ink, self._activations = board.ink, ("linear", *recipe.activations)
        self._columns, unit = board.place.columns, board.place.unit
        self._tiles: list[list[_Tile]] = []
        self._inputs: tuple[Array, Array] | None = None
        for column in self._columns:
            wide = 2 * column.radius / unit
            # Beside inputs and outputs stand their names.
            most = 2.4 if column is self._columns[-1] else 3.2
            most = min(most, wide + 0.3) if column is self._columns[0] else most
            most = min(most, wide) if small else most
            others = (each.x for each in board.place.columns if each is not column)
            most = min(most, min(abs(x - column.x) for x in others) / unit - 0.6)
            side = float(min(0.84 * column.spacing, most * unit))
            heights = column.y.tolist() if side >= LEAST_TILE * unit else []
            points = side_for(recipe.layers)
            self._tiles.append([_Tile(part, column.x, y, side, points) for y in heights])
        self._large = LargeMap(part, recipe, small=small)
        self.hide()

    @property
    def box(self) -> QRectF:
        """Where the large map is; empty where it has no room."""
        return self._large.box if self._large.fits else QRectF()

    def show(self, shown: MapsPicture, large: Spot | None, picked: Spot | None = None) -> None:
        """Show the maps of a moment, and that of a neuron large: of the output for None.

        `picked` is the neuron that is selected, if any.
        """
        last = len(self._columns) - 1
        if large is None or large.neuron >= shown.maps.layers[large.layer].shape[2]:
            large = Spot(last, 0)
        neuron = large.neuron
        parts = zip(self._tiles, self._columns, shown.maps.layers, self._activations, strict=True)
        for number, (tiles, column, values, activation) in enumerate(parts):
            if number == 0:
                values = self._shares_of(values)
            largest = max(1.0, largest_of(values))
            if tiles:
                pictures = coloured(values[:, :, column.drawn], activation, largest, self._ink)
                neurons = enumerate(np.moveaxis(pictures, 2, 0), column.first)
                for tile, (j, picture) in zip(tiles, neurons, strict=True):
                    below = values[:, :, j] < 0
                    tile.show(picture, below, shown.example, picked=Spot(number, j) == picked)
            if number == large.layer and self._large.fits:
                picture = coloured(values[:, :, neuron], activation, largest, self._ink)
                self._large.show(picture, values[:, :, neuron] < 0, shown, large)
        self._part.set_visible(True)

    def _shares_of(self, inputs: Array) -> Array:
        """Return inputs as shares of the largest of each, since they are of different sizes."""
        # They stay as they are while a net trains.
        if self._inputs is None or self._inputs[0] is not inputs:
            each = [max(1.0, largest_of(inputs[:, :, k])) for k in range(inputs.shape[2])]
            self._inputs = inputs, inputs / np.array(each)
        return self._inputs[1]

    def reach(self, layer: int) -> float:
        """Return half the size of a layer's tiles, 0 being the inputs; 0 if there are none."""
        tiles = self._tiles[layer]
        return tiles[0].reach if tiles and self._part.world.isVisible() else 0.0

    def hide(self) -> None:
        """Take all maps away."""
        self._part.set_visible(False)


class _Tile:
    """One small map."""

    def __init__(self, board: Board, x: float, y: float, side: float, points: int) -> None:
        self._box = QRectF(round(x - side / 2), round(y - side / 2), round(side), round(side))
        pixel = self._box.width() / points
        self._picture = Pixels(board, self._box.topLeft(), pixel, pixel)
        unit = board.place.unit
        self._pens = (
            board.pen(board.ink.dim, 1.0, 0.08),
            board.pen(board.ink.now, 2.5, 0.2),
        )
        frame = QGraphicsRectItem(self._box.adjusted(-0.5, -0.5, 0.5, 0.5))
        self._frame = board.put(frame, self._pens[False])
        self._dot = _dot(board, max(board.line_width(2), 0.16 * unit))
        self.reach = self._box.width() / 2

    def show(
        self,
        picture: np.ndarray,
        negative: np.ndarray,
        example: tuple[float, float],
        *,
        picked: bool,
    ) -> None:
        self._picture.show(picture, negative)
        _place(self._dot, self._box, example)
        self._frame.setPen(self._pens[picked])


class LargeMap:
    """One neuron's map beside the outputs, large enough for the data to be seen on it."""

    def __init__(self, board: Board, recipe: Recipe, *, small: bool = False) -> None:
        place, unit = board.place, board.place.unit
        self._unit = unit
        column = place.columns[-1]
        outputs = max(column.radius, 1.3 * unit)
        above = float(column.y[-1]) + outputs + (3.5 if small else 2.3) * unit
        bottom = place.footer.top - 1.5 * unit
        room = (bottom - above, place.bars.right - column.x + outputs - unit, 13 * unit)
        side = float(np.floor(min(room)))
        self.fits = side >= LEAST_LARGE * unit
        self.box = QRectF(round(place.bars.right - side), round(above), side, side)
        board = board.part()
        board.set_visible(self.fits)
        pixel = side / side_for(recipe.layers)
        self._picture = Pixels(board, self.box.topLeft(), pixel, pixel)
        rim = board.pen(board.ink.panel, 1.0, 0.09)
        hues = board.ink.minus, QColor(board.ink.theme.plus)
        self._points = [board.put(QGraphicsPathItem(), rim, hue) for hue in hues]
        board.put(QGraphicsRectItem(self.box), board.pen(board.ink.dim, 1.0))
        self._dot = _dot(board, 0.42 * unit)
        self._title = board.line(1.0, board.ink.text)
        self._low, self._high = board.line(0.0), board.line(1.0)
        self._pointed: tuple[Sample | None, int, object] | None = None

    def show(
        self,
        picture: np.ndarray,
        negative: np.ndarray,
        shown: MapsPicture,
        spot: Spot,
    ) -> None:
        """Show the map of one neuron, a picture in colours, and where it is negative."""
        maps, layer, neuron = shown.maps, spot.layer, spot.neuron
        self._picture.show(picture, negative)
        last = len(maps.layers) - 1
        self._show_points(shown.sample, maps, neuron if layer == last else 0)
        _place(self._dot, self.box, shown.example)
        plane = maps.plane
        y = self.box.bottom() + 0.85 * self._unit
        titles: tuple[str, ...] = (
            f"neuron {number_of(neuron)} of layer {layer}",
            f"neuron {number_of(neuron)}",
        )
        if layer == 0:
            titles = (
                f"input {shown.inputs[neuron]}",
                shown.inputs[neuron],
                f"input {number_of(neuron)}",
            )
        elif layer == last:
            name = shown.outputs[neuron]
            titles = (f"{name} at every x₁, x₂", f"{name} everywhere", name)
        room = self.box.width() + 3 * self._unit
        above = self.box.top() - 0.85 * self._unit
        self._title.write_fitting(self.box.right(), above, titles, room)
        low, high = self._ends(plane.left, plane.right)
        self._low.write(self.box.left(), y, low)
        self._high.write(self.box.right(), y, high)

    def _ends(self, low: float, high: float) -> tuple[str, str]:
        """Write where the plane begins and ends, in as many digits as stand apart below it."""
        writers: tuple[Callable[[float], str], ...] = (
            short,
            partial(write, digits=2),
            partial(write, digits=1),
        )
        for writer in writers:
            ends = writer(low), writer(high)
            wide = self._low.advance(ends[0]) + self._high.advance(ends[1])
            if wide + GAP * self._unit <= self.box.width():
                return ends
        return "", ""

    def _show_points(self, sample: Sample | None, maps: Maps, output: int) -> None:
        pointed = sample, output, maps.plane
        if self._pointed is not None and all(
            a is b or a == b for a, b in zip(self._pointed, pointed, strict=True)
        ):
            return
        self._pointed = pointed
        paths = [QPainterPath(), QPainterPath()]
        if sample is not None:
            where = maps.plane.share(points_of(sample)[:MOST_POINTS])
            wanted = wanted_of(sample, output)[:MOST_POINTS]
            radius = (0.34 if len(where) <= 40 else 0.2) * self._unit
            for (right, down), side in zip(where.tolist(), wanted.tolist(), strict=True):
                x = self.box.left() + right * self.box.width()
                y = self.box.top() + down * self.box.height()
                box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
                (paths[side].addEllipse if side else paths[side].addRect)(box)
        for item, path in zip(self._points, paths, strict=True):
            path.setFillRule(Qt.FillRule.WindingFill)
            item.setPath(path)


def wanted_of(sample: Sample, output: int) -> np.ndarray:
    """Say of which examples an output is wanted to be large, (n,)."""
    y = sample.y[:, output]
    middle = (float(np.min(y)) + float(np.max(y))) / 2 if len(y) else 0.5
    return np.asarray(y > middle)


def _dot(board: Board, radius: float) -> QGraphicsEllipseItem:
    """Return the mark of the example shown: a ring with a rim, on whatever colour of a map."""
    box = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    pen, rim = board.pen(board.ink.now, 1.5, 0.14), board.pen(board.ink.panel, 4.5, 0.34)
    dot = board.put(QGraphicsEllipseItem(box), rim)
    ring = QGraphicsEllipseItem(box, dot)
    ring.setPen(pen)
    return dot


def _place(dot: QGraphicsItem, box: QRectF, example: tuple[float, float]) -> None:
    inside = all(0 <= share <= 1 for share in example)
    dot.setVisible(inside)
    if inside:
        right, down = example
        dot.setPos(box.left() + right * box.width(), box.top() + down * box.height())
