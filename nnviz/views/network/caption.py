"""The caption below the input: which example is shown, what it is and what it is taken for."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from nnviz.views.network.board import Board, rect
from nnviz.views.network.text import ExampleWords


class Caption:
    """Which example is shown, what it is and what the network takes it for."""

    def __init__(self, board: Board) -> None:
        place, ink = board.place, board.ink
        box, unit = place.caption, place.unit
        self._behind = board.put(QGraphicsRectItem(rect(box)), brush=ink.panel)
        # A third line must end above the buttons.
        self._roomy = place.tile is not None and box.top + 1.5 * box.height <= place.footer.top
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
        first, second = box.top + 0.25 * box.height, box.top + 0.75 * box.height
        names, count = example.names, example.count
        both = tuple(f"{name} · {count}" for name in names) if count else names
        if count and self._roomy and self._example.advance(both[0]) > self._room:
            self._write_number(first, (count,), names[0])
            second += box.height / 2
        else:
            self._write_number(first, (*both, *example.shorter), "")
        words = example.words
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
