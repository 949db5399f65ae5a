"""The input in the drawing: its picture or the names of its numbers, and the caption below it.

Each puts its items on the board when it is made and shows a moment by changing
what differs; where it stands comes from the layout.
"""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from nnviz.views.network.board import Board, Pixels, rect
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.network.text import ExampleWords
from nnviz.views.shared.type_scale import Step, sized


class Tile:
    """The input as a picture, pixel by pixel, in its frame."""

    def __init__(self, board: Board, shape: tuple[int, int]) -> None:
        assert board.place.tile is not None
        box = rect(board.place.tile)
        self._shape, pixel = shape, box.width() / shape[1]
        self._picture = Pixels(board, box.topLeft(), pixel, pixel)
        frame = QGraphicsRectItem(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        board.put(frame, board.pen(board.ink.dim, 1.0))

    def show(self, picture: NetworkPicture) -> None:
        """Show the input, white ink on black as in the data."""
        grey = np.round(np.clip(np.nan_to_num(picture.snapshot.focus.x), 0, 1) * 255)
        self._picture.show(grey.astype(np.uint8).reshape(self._shape))


class InputNames:
    """Name and value to the left of the input neurons that are circles."""

    def __init__(self, board: Board) -> None:
        column = board.place.columns[0]
        size, self._every = board.place.lettering(Step.BODY, column)
        font = sized(board.base, size)
        self._right = column.x - column.radius - 0.5 * board.place.unit
        self._y = column.y[:: self._every].tolist()
        self._lines = [board.line(1.0, font=font) for _ in self._y]
        self._shown: object = None

    def show(self, picture: NetworkPicture) -> None:
        """Show the input."""
        if picture.inputs is self._shown:
            return
        self._shown = picture.inputs
        named = picture.inputs[:: self._every]
        for line, y, (name, value) in zip(self._lines, self._y, named, strict=True):
            text, kept = f"{name} = {value}", len(name)
            while kept > 3 and line.advance(text) > self._right:
                kept -= 1  # in the middle: what tells names apart often stands at their ends
                text = f"{name[: (kept + 1) // 2]}…{name[len(name) - kept // 2 :]} = {value}"
            line.write(self._right, y, text)


class Caption:
    """Which example is shown, what it is and what the network takes it for."""

    def __init__(self, board: Board) -> None:
        place, ink = board.place, board.ink
        box, unit = place.caption, place.unit
        self._behind = board.put(QGraphicsRectItem(rect(box)), brush=ink.panel)
        self._lines = round(box.height / place.previous.height)
        # A third line must end above the buttons.
        self._roomy = place.tile is not None and box.top + 1.5 * box.height <= place.footer.top
        self._roomy &= self._lines > 1
        for arrow, way in ((place.previous, -1), (place.following, 1)):
            x, y = arrow.left + arrow.width / 2, arrow.top + arrow.height / 2
            tip, back = way * 0.3 * unit, 0.38 * unit
            corners = [(x + tip, y), (x - tip, y - back), (x - tip, y + back)]
            arrow_head = QPainterPath()
            arrow_head.addPolygon(QPolygonF([QPointF(*at) for at in corners]))
            board.put(QGraphicsPathItem(arrow_head), brush=ink.dim)
        self._box, self._middle = box, box.left + box.width / 2
        self._room = box.width - 2.1 * place.previous.width
        self._example, self._number = board.line(0.5), board.line(0.5)
        colours: tuple[QColor, ...] = (ink.dim, ink.now, ink.dim, ink.text)
        self._pieces = [board.line(0.0, colour) for colour in colours]

    def show(self, example: ExampleWords) -> None:
        """Show the example's number and names."""
        box = self._box
        first, second = (box.top + share / self._lines * box.height for share in (0.5, 1.5))
        names, count = example.names, example.count
        both = tuple(f"{name} · {count}" for name in names) if count else names
        if count and self._roomy and self._example.advance(both[0]) > self._room:
            self._write_number(first, (count,), names[0])
            second += box.height / 2
        else:
            self._write_number(first, (*both, *example.shorter), "")
        words = example.words if self._lines > 1 else ("",) * len(self._pieces)
        widths = [line.advance(text) for line, text in zip(self._pieces, words, strict=True)]
        if sum(widths) > box.width:
            words = example.brief
            widths = [line.advance(text) for line, text in zip(self._pieces, words, strict=True)]
        # Long names may reach out to the right, but never out of the view.
        x = max(self._middle - sum(widths) / 2, box.left)
        for line, text, width in zip(self._pieces, words, widths, strict=True):
            line.write(x, second, text)
            x += width

    def _write_number(self, y: float, wordings: tuple[str, ...], below: str) -> None:
        """Write the first line in the fullest wording that fits, and one below it, if any."""
        box = self._box
        self._behind.setRect(box.left, box.top, box.width, (1.5 if below else 1.0) * box.height)
        self._example.write_fitting(self._middle, y, wordings, self._room)
        self._number.write(self._middle, y + box.height / 2, below)
