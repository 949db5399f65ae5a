"""How maps of the plane are shown: a tile in each neuron's place, and a large one with the data.

On every tile a dot marks the example shown, so that the colour under it is the
neuron's activation; on the large map stand the points of the data as well, blue
where the output is wanted and orange where it is not.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
)

from nnviz.engine.notation import number_of
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.numbers import write
from nnviz.views.network.board import Board
from nnviz.views.network.colours import coloured
from nnviz.views.network.layout import Column
from nnviz.views.network.maps import (
    Maps,
    largest_of,
)
from nnviz.views.network.picture import MapsPicture
from nnviz.views.network.receptive_fields import image_of
from nnviz.views.network.tips import short

LEAST_TILE = 1.1
"""Shortest side of a neuron's tile, in units; a smaller one could not be read."""
LEAST_LARGE = 4.5
"""Shortest side of the large map, in units."""
GAP = 0.5
"""Free space between the numbers below the large map, in units."""
MOST_POINTS = 400
"""Most points of the data on the large map."""


class MapTiles:
    """A small map in the place of each neuron that is drawn, if there is room for any."""

    def __init__(self, board: Board, recipe: Recipe, *, small: bool = False) -> None:
        self._ink, self._activations = board.ink, recipe.activations
        self._columns = board.place.columns[1:]
        self._tiles: list[list[_Tile]] = []
        for column in self._columns:
            # Beside the outputs stand their names.
            most = 2.4 if column is self._columns[-1] else 3.2
            most = min(most, 2 * column.radius / board.place.unit) if small else most
            others = (each.x for each in board.place.columns if each is not column)
            most = min(most, min(abs(x - column.x) for x in others) / board.place.unit - 0.6)
            side = tile_side(column, board.place.unit, most)
            heights = column.y.tolist() if side >= LEAST_TILE * board.place.unit else []
            self._tiles.append([_Tile(board, column.x, y, side) for y in heights])
        self.hide()

    def show(
        self, maps: Maps, example: tuple[float, float], picked: tuple[int, int] = (0, 0)
    ) -> None:
        """Show maps.

        Args:
            maps: of all neurons.
            example: where the example shown is on them, right and down, 0 to 1.
            picked: layer and number of the neuron that is selected; layer 0 for none.
        """
        parts = zip(self._tiles, self._columns, maps.layers, self._activations, strict=True)
        for number, (tiles, column, layer, activation) in enumerate(parts, 1):
            if not tiles:
                continue
            drawn = layer[:, :, column.first : column.first + column.shown]
            pictures = coloured(drawn, activation, largest_of(layer), self._ink)
            neurons = enumerate(np.moveaxis(pictures, 2, 0), column.first)
            for tile, (neuron, picture) in zip(tiles, neurons, strict=True):
                tile.show(picture, example, picked=(number, neuron) == picked)

    def reach(self, layer: int) -> float:
        """Return half the size of a layer's tiles, 1 being the first layer; 0 if there are none."""
        tiles = self._tiles[layer - 1]
        return tiles[0].reach if tiles else 0.0

    def hide(self) -> None:
        """Take all tiles away."""
        for tile in (tile for tiles in self._tiles for tile in tiles):
            tile.hide()


def tile_side(column: Column, unit: float, most: float) -> float:
    """Return the side of a tile in a column, in pixels: at most so many units."""
    return float(min(0.84 * column.spacing, most * unit))


class _Tile:
    """One small map."""

    def __init__(self, board: Board, x: float, y: float, side: float) -> None:
        self._box = QRectF(round(x - side / 2), round(y - side / 2), round(side), round(side))
        self._picture = QGraphicsPixmapItem()
        self._picture.setPos(self._box.topLeft())
        self._frame = QGraphicsRectItem(self._box.adjusted(-0.5, -0.5, 0.5, 0.5))
        unit = board.place.unit
        self._pens = (
            board.pen(board.ink.dim, 1.0, 0.08),
            board.pen(board.ink.now, 2.5, 0.2),
        )
        self._frame.setPen(self._pens[False])
        self._dot = _dot(board, max(board.line_width(2), 0.16 * unit))
        board.add(self._picture, self._frame, self._dot)
        self._shown = b""

    @property
    def reach(self) -> float:
        return self._box.width() / 2 if self._picture.isVisible() else 0.0

    def show(self, picture: np.ndarray, example: tuple[float, float], *, picked: bool) -> None:
        data = picture.tobytes()
        if data != self._shown:
            self._shown = data
            self._picture.setPixmap(QPixmap.fromImage(image_of(picture)))
            self._picture.setScale(self._box.width() / len(picture))
        _place(self._dot, self._box, example)
        self._frame.setPen(self._pens[picked])
        for item in (self._picture, self._frame):
            item.setVisible(True)

    def hide(self) -> None:
        for item in (self._picture, self._frame, self._dot):
            item.setVisible(False)


class LargeMap:
    """One neuron's map beside the outputs, large enough for the data to be seen on it."""

    def __init__(self, board: Board, recipe: Recipe, *, small: bool = False) -> None:
        place, unit = board.place, board.place.unit
        self._ink, self._unit = board.ink, unit
        self._activations = recipe.activations
        column = place.columns[-1]
        outputs = max(column.radius, 1.3 * unit)
        above = float(column.y[-1]) + outputs + (3.5 if small else 2.3) * unit
        bottom = place.footer.top - 1.5 * unit
        room = (bottom - above, place.bars.right - column.x + outputs - unit, 13 * unit)
        side = float(np.floor(min(room)))
        self.fits = side >= LEAST_LARGE * unit
        self.box = QRectF(round(place.bars.right - side), round(above), side, side)
        self._picture, self._frame = QGraphicsPixmapItem(), QGraphicsRectItem(self.box)
        self._picture.setPos(self.box.topLeft())
        self._frame.setPen(board.pen(board.ink.dim, 1.0))
        self._points = [QGraphicsPathItem() for _ in range(2)]
        hues = board.ink.theme.minus, board.ink.theme.plus
        for points, hue in zip(self._points, hues, strict=True):
            points.setBrush(QColor(hue))
            points.setPen(board.pen(board.ink.panel, 1.0, 0.09))
        board.add(self._picture, *self._points, self._frame)
        self._dot = _dot(board, 0.42 * unit)
        board.add(self._dot)
        self._title = board.line(1.0, board.ink.text)
        self._low, self._high = board.line(0.0), board.line(1.0)
        self._shown = b""
        self._pointed: tuple[Sample | None, int, object] | None = None
        self.hide()

    def show(self, shown: MapsPicture, layer: int, neuron: int) -> None:
        """Show the map of one neuron.

        Args:
            shown: the maps of all neurons.
            layer: of the neuron, 1 the first after the input.
            neuron: which one.
        """
        maps = shown.maps
        if not self.fits:
            return
        whole = maps.layers[layer - 1]
        activation = self._activations[layer - 1]
        picture = coloured(whole[:, :, neuron], activation, largest_of(whole), self._ink)
        data = picture.tobytes()
        if data != self._shown:
            self._shown = data
            image = image_of(picture)
            self._picture.setPixmap(QPixmap.fromImage(image))
            self._picture.setScale(self.box.width() / maps.side)
        last = len(maps.layers)
        self._show_points(shown.sample, maps, neuron if layer == last else 0)
        _place(self._dot, self.box, shown.example)
        for item in (self._picture, self._frame, *self._points):
            item.setVisible(True)
        plane = maps.plane
        y = self.box.bottom() + 0.85 * self._unit
        titles: tuple[str, ...] = (
            f"neuron {number_of(neuron)} of layer {layer}",
            f"neuron {number_of(neuron)}",
        )
        if layer == last:
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

    def hide(self) -> None:
        """Take the map away."""
        for item in (self._picture, self._frame, self._dot, *self._points):
            item.setVisible(False)
        for line in (self._title, self._low, self._high):
            line.write(0, 0, "")

    def _show_points(self, sample: Sample | None, maps: Maps, output: int) -> None:
        pointed = sample, output, maps.plane
        if self._pointed is not None and all(
            a is b or a == b for a, b in zip(self._pointed, pointed, strict=True)
        ):
            return
        self._pointed = pointed
        paths = [QPainterPath(), QPainterPath()]
        if sample is not None:
            where = maps.plane.share(sample.x[:MOST_POINTS])
            wanted = wanted_of(sample, output)[:MOST_POINTS]
            radius = (0.34 if len(where) <= 40 else 0.2) * self._unit
            for (right, down), side in zip(where.tolist(), wanted.tolist(), strict=True):
                x = self.box.left() + right * self.box.width()
                y = self.box.top() + down * self.box.height()
                paths[side].addEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        for item, path in zip(self._points, paths, strict=True):
            path.setFillRule(Qt.FillRule.WindingFill)
            item.setPath(path)


class PlaneMaps:
    """All maps of a network of two inputs, kept for as long as nothing changes."""

    def __init__(self, board: Board, recipe: Recipe, *, small: bool = False) -> None:
        """Put all maps on a board.

        Args:
            board: takes them.
            recipe: of a network of two inputs.
            small: True to leave the room around circles free for numbers.
        """
        self._tiles = MapTiles(board, recipe, small=small)
        self._large = LargeMap(board, recipe, small=small)
        self.maps: Maps | None = None

    @property
    def box(self) -> QRectF:
        """Where the large map is; empty where it has no room."""
        return self._large.box if self._large.fits else QRectF()

    def show(
        self, shown: MapsPicture, layer: int, neuron: int, picked: tuple[int, int] = (0, 0)
    ) -> None:
        """Show the maps of a moment, and one of them large.

        Args:
            shown: the maps of all neurons.
            layer: of the neuron shown large; 0 for the output.
            neuron: which one.
            picked: layer and number of the neuron that is selected; layer 0 for none.
        """
        self.maps = shown.maps
        last = len(self.maps.layers)
        layer, neuron = (layer, neuron) if layer else (last, 0)
        if neuron >= self.maps.layers[layer - 1].shape[2]:
            layer, neuron = last, 0
        self._tiles.show(self.maps, shown.example, picked)
        self._large.show(shown, layer, neuron)

    def reach(self, layer: int) -> float:
        """Return half the size of a layer's tiles, 1 being the first layer; 0 if there are none."""
        return self._tiles.reach(layer)

    def hide(self) -> None:
        """Take all maps away."""
        self._tiles.hide()
        self._large.hide()


def wanted_of(sample: Sample, output: int) -> np.ndarray:
    """Say of which examples an output is wanted to be large, (n,)."""
    y = sample.y[:, output]
    middle = (float(np.min(y)) + float(np.max(y))) / 2 if len(y) else 0.5
    return np.asarray(y > middle)


def _dot(board: Board, radius: float) -> QGraphicsEllipseItem:
    """Return the mark of the example shown."""
    dot = QGraphicsEllipseItem(-radius, -radius, 2 * radius, 2 * radius)
    dot.setPen(board.pen(board.ink.now, 1.5, 0.14))
    dot.setVisible(False)
    return dot


def _place(dot: QGraphicsItem, box: QRectF, example: tuple[float, float]) -> None:
    inside = all(0 <= share <= 1 for share in example)
    dot.setVisible(inside)
    if inside:
        right, down = example
        dot.setPos(box.left() + right * box.width(), box.top() + down * box.height())
