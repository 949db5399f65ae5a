"""The picture of all edges on the board, with a strip for each layer too large for circles."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsRectItem

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array
from nnviz.views.network.all_edges import Order, gaps_of, heights
from nnviz.views.network.all_edges_thread import Finished
from nnviz.views.network.board import Board, Pixels
from nnviz.views.network.colours import coloured
from nnviz.views.network.edges import largest_of


class AllEdges:
    """One opaque picture in front of the single edges and behind everything else."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._item = QGraphicsPixmapItem()
        self._item.setZValue(-1)
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._item.setVisible(False)
        board.add(self._item)
        self.finished: Finished | None = None

    def order(
        self, recipe: Recipe, vector: Array, step: int, largest: float | None = None
    ) -> Order:
        """Return an order for the picture of a moment, of a vector laid out like theta.

        Its `largest` value takes the full colour; the largest of all if left out.
        """
        board, place = self._board, self._board.place
        left, right = int(place.columns[0].out) - 1, int(place.columns[-1].x) + 1
        height = round(place.footer.bottom + 0.7 * place.unit)
        return Order(
            gaps_of(recipe, vector, place),
            largest_of(vector[: -sum(recipe.layers[1:])]) if largest is None else largest,
            board.ink.diverging.table,
            left,
            right - left,
            height,
            board.ratio,
            step,
            place.scale.factor,
        )

    def show(self, finished: Finished) -> None:
        """Show a picture."""
        self.finished = finished
        rows, columns = finished.pixels.shape
        data = np.ascontiguousarray(finished.pixels)
        image = QImage(data.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(finished.order.ratio)
        self._item.setPixmap(pixmap)
        self._item.setPos(finished.order.left, 0)
        self._item.setVisible(True)

    def hide(self) -> None:
        """Take the picture away."""
        self.finished = None
        self._item.setVisible(False)


class Strip:
    """Every neuron of a layer as one bar cut into cells, in place of the circles of some."""

    def __init__(self, board: Board, layer: int, activation: str) -> None:
        self._ink, self._activation, self.layer = board.ink, activation, layer
        column, self._line = board.place.columns[layer], board.line_width(1)
        rows = heights(board.place, layer)
        half, self._cell = max(column.radius, board.line_width(3)), float(rows[1] - rows[0])
        top, bottom = float(rows[0]) - self._cell / 2, float(rows[-1]) + self._cell / 2
        self.box = QRectF(column.x - half, top, 2 * half, bottom - top)
        self._part = board.part()
        self._picture = Pixels(self._part, self.box.topLeft(), 2 * half, self._cell)
        self._part.put(QGraphicsRectItem(self.box), board.pen(board.ink.dim, 1.0, 0.08))
        self._mark = self._part.put(QGraphicsRectItem(), board.pen(board.ink.now, 2.0, 0.16))
        self.hide()

    def neuron_at(self, x: float, y: float) -> int | None:
        """Return whose cell is at a place, or None."""
        if not self._part.world.isVisible() or not self.box.contains(x, y):
            return None
        return min(
            int((y - self.box.top()) / self._cell), round(self.box.height() / self._cell) - 1
        )

    def height_of(self, neuron: int) -> float:
        """Return the height at which a neuron stands."""
        return self.box.top() + (neuron + 0.5) * self._cell

    def hide(self) -> None:
        """Take the strip away."""
        self._part.set_visible(False)

    def mark(self, neuron: int | None) -> None:
        """Mark the cell of a neuron, or none."""
        self._mark.setVisible(neuron is not None)
        if neuron is not None:
            line, out = self._line, max(2 * self._line, 0.2 * self.box.width())
            top = self.box.top() + neuron * self._cell
            cell = QRectF(self.box.left(), top, self.box.width(), self._cell)
            self._mark.setRect(cell.adjusted(-out, -1.5 * line, out, 1.5 * line))

    def show(self, values: Array, largest: float, *, errors: bool = False) -> None:
        """Show the layer's activations, or its errors δ; `largest` takes the full colour."""
        if errors:
            cells = self._ink.diverging.colours(values, largest)
        else:
            cells = coloured(values, self._activation, largest, self._ink)
        self._picture.show(cells[:, np.newaxis], values[:, np.newaxis] < 0)
        self._part.set_visible(True)
