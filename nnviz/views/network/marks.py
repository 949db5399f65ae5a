"""The mark on what is selected: a ring, a frame or a glowing edge, with its name and numbers."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem, QGraphicsRectItem

from nnviz.engine.run.snapshot import Array
from nnviz.views.network.board import Board, Line, rect
from nnviz.views.network.edges import Spot, corners_of
from nnviz.views.network.picture import Mark
from nnviz.views.network.strands import edge_path

MOST_LINES = 5
"""Most lines a card has."""
STEP, PAD = 1.35, 0.35
"""From one line of a card to the next, and the free room around them, in units."""


Places = Sequence[tuple[float, float, float]]
"""Where a card may stand: a point, and the share of it to the left of that."""
AWAY = (1.0, -1.0, 1.3, -1.3, 1.7, -1.7, 2.2, -2.2, 2.8, -2.8)
"""How far above or below the neuron a card is tried, in what it is usually."""


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

    def box(self, texts: Sequence[str], x: float, y: float, align: float) -> QRectF:
        """Return where lines stand at middle height y: right of x, left of it or across.

        `align` is the share of them that lies to the left.
        """
        return self._placed(self._size(texts), x, y, align)

    def free_box(self, texts: Sequence[str], places: Places, kept: Array) -> tuple[QRectF, bool]:
        """Return where lines stand at the first of some places that covers least of what is kept.

        Beside it stands whether it covers nothing. What is kept are boxes, (n, 4): left, top, right
        and bottom.
        """
        size, pad = self._size(texts), PAD * self._place.unit
        boxes = [self._placed(size, *at) for at in places]
        with_room = [box.adjusted(-pad, -pad / 2, pad, pad / 2) for box in boxes]
        edges = _edges(with_room)[:, np.newaxis]
        near = np.maximum(edges[..., :2], kept[:, :2])
        far = np.minimum(edges[..., 2:], kept[:, 2:])
        covered = np.clip(far - near, 0, None).prod(axis=-1).sum(axis=-1)
        best = int(np.argmin(np.round(covered)))
        return boxes[best], bool(round(covered[best]) == 0)

    def _size(self, texts: Sequence[str]) -> tuple[float, float]:
        width = max(line.advance(text) for line, text in zip(self._lines, texts, strict=False))
        return width, STEP * self._place.unit * len(texts)

    def _placed(self, size: tuple[float, float], x: float, y: float, align: float) -> QRectF:
        (width, height), place = size, self._place
        left = min(max(x - align * width, place.footer.left), place.footer.right - width)
        buttons = place.footer.middle - max(0.8 * place.unit, place.scale.target / 2)
        lowest = buttons - height - PAD * place.unit
        top = max(min(y - height / 2, lowest), place.heading + 0.8 * place.unit)
        return QRectF(left, top, width, height)

    def show(self, texts: Sequence[str], box: QRectF) -> None:
        """Show lines in a box that is theirs."""
        pad, step = PAD * self._place.unit, STEP * self._place.unit
        self._ground.setRect(box.adjusted(-pad, -pad / 2, pad, pad / 2))
        self.set_visible(True)
        for i, line in enumerate(self._lines):
            said = texts[i] if i < len(texts) else ""
            line.write(box.left(), box.top() + (i + 0.5) * step, said)


def _edges(boxes: Sequence[QRectF]) -> Array:
    """Return left, top, right and bottom of boxes, (n, 4)."""
    sides = [(box.left(), box.top(), box.right(), box.bottom()) for box in boxes]
    return np.array(sides, np.float64).reshape(-1, 4)


class Marks:
    """What is selected, marked in the colour of now."""

    def __init__(self, board: Board) -> None:
        self._place = board.place
        pen = board.pen(board.ink.now, 2.5, 0.2)
        self._path = board.put(QGraphicsPathItem(), pen)
        self._ring = board.put(QGraphicsEllipseItem(), pen)
        self._frame = board.put(QGraphicsRectItem(), pen)
        self._card = Card(board, board.ink.now)
        self._beside: Sequence[QRectF] = ()
        self._keeps: dict[int, Array] = {}
        self.show(None)

    def show(self, mark: Mark | None, reach: float = 0.0, beside: Sequence[QRectF] = ()) -> None:
        """Mark what is selected, if it is in sight, and tell its numbers.

        `reach` is half the size of what stands in for the neuron's circle and is marked itself, and
        `beside` where something else of the neuron, and what is not to be covered, stands.
        """
        self._beside = beside
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
            above = place.tile.top - 2.6 * place.unit
            self._card.show(texts, self._card.box(texts, middle, above, 0.5))
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
            over = self._card.box(texts, place.bars.right, above + height / 2, 1.0)
            self._card.show(texts, over)
            return
        aside = (-1 if last else 1) * (max(column.radius, reach) + 0.9 * place.unit)
        # Edges mostly lead towards the middle: the numbers stand out of their way.
        align = 1.0 if last else 0.0
        sides = (column.x + aside, align), (column.x - aside, 1.0 - align)
        kept = np.concatenate((self._kept(spot.layer), _edges(self._beside)))
        # Where there is room for fewer lines alone, the last ones are left out.
        for count in range(len(texts), 0, -1):
            box, free = self._card.free_box(texts[:count], self._places(y, sides, count), kept)
            if free:
                break
        self._card.show(texts[:count], box)

    def _places(self, y: float, sides: Sequence[tuple[float, float]], lines: int) -> Places:
        """Return where so many lines may stand about a height: on either side, or in a corner."""
        place = self._place
        middle = (place.heading + place.footer.top) / 2
        away = (0.7 * lines + 0.4) * place.unit
        away = -away if y <= middle else away
        places = [(x, y + share * away, share_left) for share in AWAY for x, share_left in sides]
        # Else there may be room above and below the outputs, or the picture.
        ends = (place.heading, place.footer.top)
        places += [(place.bars.right, end, 1.0) for end in ends]
        places += [(place.footer.left, end, 0.0) for end in ends]
        return places

    def _kept(self, layer: int) -> Array:
        """Return where neurons of other layers stand, the input with its names, and outputs.

        They are (n, 4): left, top, right and bottom.
        """
        if layer in self._keeps:
            return self._keeps[layer]
        place, unit, found = self._place, self._place.unit, []
        for number, column in enumerate(place.columns):
            half, y = column.radius, column.y
            if half and number != layer:
                left = place.footer.left if number == 0 else column.x - half
                right = np.full(len(y), column.x + half)
                found.append(np.stack((np.full(len(y), left), y - half, right, y + half), axis=1))
        y, half = place.columns[-1].y, 0.5 * min(place.columns[-1].spacing, 2 * unit)
        sides = (np.full(len(y), end) for end in (place.names, place.bars.right))
        found.append(np.stack((next(sides), y - half, next(sides), y + half), axis=1))
        found.append(_edges([rect(box) for box in (place.tile, place.caption) if box is not None]))
        kept = self._keeps[layer] = np.concatenate(found)
        return kept

    def _show_weight(self, mark: Mark, layer: int, source: int, target: int) -> None:
        before, after = self._place.columns[layer - 1], self._place.columns[layer]
        if not (before.draws(source) and after.draws(target)):
            return
        corners: Array = corners_of(self._place, layer, source, target)
        self._path.setPath(edge_path(corners))
        self._path.setVisible(True)
        x, y = (corners[:2] + corners[2:]) / 2
        above = float(y) - 1.3 * self._place.unit
        self._card.show(mark.texts, self._card.box(mark.texts, float(x), above, 0.5))
