"""The mark on what is selected: a ring, a frame or a glowing edge, with its name and numbers."""

from collections.abc import Sequence

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem, QGraphicsRectItem

from nnviz.engine.run.snapshot import Array
from nnviz.views.network.board import Board, Line
from nnviz.views.network.edges import Spot, corners_of
from nnviz.views.network.picture import Mark
from nnviz.views.network.strands import edge_path

MOST_LINES = 5
"""Most lines a card has."""


class Card:
    """A few lines of text on a patch of the panel's own colour, so that edges do not disturb."""

    def __init__(self, board: Board, colour: QColor) -> None:
        self._place, part = board.place, board.part()
        self.set_visible = part.set_visible
        ground = QColor(board.ink.panel)
        ground.setAlphaF(0.88)
        self._ground = part.put(QGraphicsRectItem(), brush=ground)
        self._lines: list[Line] = [
            part.line(0.0, colour, board.font(bold=True)),
            *(part.line(0.0, board.ink.text) for _ in range(MOST_LINES - 1)),
        ]

    def show(self, texts: Sequence[str], x: float, y: float, align: float) -> None:
        """Show lines at middle height y: right of x, left of it or across, as `align` says."""
        unit, place = self._place.unit, self._place
        step, pad = 1.35 * unit, 0.35 * unit
        width = max(line.advance(text) for line, text in zip(self._lines, texts, strict=False))
        height = step * len(texts)
        left = min(max(x - align * width, place.footer.left), place.footer.right - width)
        lowest = place.footer.top - height - pad
        top = max(min(y - height / 2, lowest), place.heading + 0.8 * unit)
        self._ground.setRect(left - pad, top - pad / 2, width + 2 * pad, height + pad)
        self.set_visible(True)
        for i, line in enumerate(self._lines):
            line.write(left, top + (i + 0.5) * step, texts[i] if i < len(texts) else "")


class Marks:
    """What is selected, marked in the colour of now."""

    def __init__(self, board: Board) -> None:
        self._place = board.place
        pen = board.pen(board.ink.now, 2.5, 0.2)
        self._path = board.put(QGraphicsPathItem(), pen)
        self._ring = board.put(QGraphicsEllipseItem(), pen)
        self._frame = board.put(QGraphicsRectItem(), pen)
        self._card = Card(board, board.ink.now)
        self.show(None)

    def show(self, mark: Mark | None, reach: float = 0.0) -> None:
        """Mark what is selected, if it is in sight, and tell its numbers.

        `reach` is half the size of what stands in for the neuron's circle and is marked itself.
        """
        for item in (self._path, self._ring, self._frame):
            item.setVisible(False)
        self._card.set_visible(False)
        if mark is not None and mark.spot is not None:
            self._show_neuron(mark, mark.spot, reach)
        elif mark is not None and mark.ends is not None:
            self._show_weight(mark, *mark.ends)

    def _show_neuron(self, mark: Mark, spot: Spot, reach: float) -> None:
        place, column, texts = self._place, self._place.columns[spot.layer], mark.texts
        if not column.draws(spot.neuron):
            return
        if not column.radius and place.tile is not None:
            size = column.spacing
            row, across = divmod(spot.neuron, round(place.tile.width / size))
            left, top = place.tile.left + across * size, place.tile.top + row * size
            out = place.scale.line(1)
            self._frame.setRect(left - out, top - out, size + 2 * out, size + 2 * out)
            self._frame.setVisible(True)
            middle = place.tile.left + place.tile.width / 2
            self._card.show(texts, middle, place.tile.top - 2.6 * place.unit, 0.5)
            return
        y = column.height_of(spot.neuron)
        if mark.kind == "output":
            thick = min(0.5 * column.spacing, 0.75 * place.unit)
            left = place.names - 0.35 * place.unit
            right = place.bars.right + 0.3 * place.unit
            self._frame.setRect(left, y - thick, right - left, 2 * thick)
            self._frame.setVisible(True)
        else:
            radius = column.radius + 0.28 * place.unit
            self._ring.setRect(column.x - radius, y - radius, 2 * radius, 2 * radius)
            self._ring.setVisible(not reach)
        last = spot.layer == len(place.columns) - 1
        height, top = 1.35 * len(texts) * place.unit, float(place.columns[-1].y[0])
        above = top - 2.2 * place.unit - height
        if reach and above > place.heading + place.unit:
            # Tiles leave no room between layers, but there is some above the output.
            self._card.show(texts, place.bars.right, above + height / 2, 1.0)
            return
        aside = (-1 if last else 1) * (max(column.radius, reach) + 0.9 * place.unit)
        # Edges mostly lead towards the middle: the numbers stand out of their way.
        middle = (place.heading + place.footer.top) / 2
        away = (0.7 * len(texts) + 0.4) * place.unit
        y += -away if y <= middle else away
        self._card.show(texts, column.x + aside, y, 1.0 if last else 0.0)

    def _show_weight(self, mark: Mark, layer: int, source: int, target: int) -> None:
        before, after = self._place.columns[layer - 1], self._place.columns[layer]
        if not (before.draws(source) and after.draws(target)):
            return
        corners: Array = corners_of(self._place, layer, source, target)
        self._path.setPath(edge_path(corners))
        self._path.setVisible(True)
        x, y = (corners[:2] + corners[2:]) / 2
        self._card.show(mark.texts, float(x), float(y) - 1.3 * self._place.unit, 0.5)
