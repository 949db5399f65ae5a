"""The network view's figures: the input with its caption, neurons, outputs, what dims edges.

Each puts its items on the board when it is made and shows a moment by changing
what differs; where it stands comes from the layout.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem, QGraphicsRectItem

from nnviz.engine.run.snapshot import Array
from nnviz.views.network.board import NO_PEN, Board, Pixels, rect
from nnviz.views.network.colours import Indices
from nnviz.views.network.picture import NetworkPicture, OutputsPicture
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


DIMMED = 0.3
"""How much is left of what stands back."""


class Circles:
    """A layer's neurons, filled by their activations."""

    def __init__(self, board: Board, layer: int, activation: str) -> None:
        column, columns = board.place.columns[layer], board.place.columns
        unit, self._ink, self._activation = board.place.unit, board.ink, activation
        self._brushes = self._usual = board.ink.brushes(activation)
        usual, in_play = board.pen(board.ink.dim, 1.0, 0.08), board.pen(board.ink.text, 1.25, 0.1)
        self._pens = [(pen, _dashed(pen)) for pen in (usual, in_play)]
        self._in_play = False
        radius = max(1.0, column.radius - board.line_width(0.5))
        self._drawn, self._dim = column.drawn, (False, -1)
        part = board.part()
        self.set_visible = part.set_visible
        left, side = column.x - radius, 2 * radius
        self._circles = [
            part.put(QGraphicsEllipseItem(left, y - radius, side, side), usual)
            for y in column.y.tolist()
        ]
        self._negative = np.zeros(column.shown, bool)
        self._shown = np.full(column.shown, -1)
        rest = part.line(0.5)
        below = float(column.y[-1]) + column.radius + 0.9 * unit
        beside = [abs(other.x - column.x) for other in columns if other is not column]
        room, caption = min(beside) - 0.5 * unit, board.place.caption
        if caption.top < below + 0.6 * unit and below - 0.6 * unit < caption.bottom:
            # As far to the right as it reaches to the left, where the caption may stand.
            room = min(room, 2 * (column.x - caption.right - 0.3 * unit))
        rest.write_fitting(column.x, below, column.rest, room)

    def show(self, values: Array, largest: float, *, errors: bool) -> None:
        """Show the layer's activations, or its errors δ; `largest` takes the full colour."""
        ink, drawn = self._ink, values[self._drawn]
        if errors:
            self._fill(ink.signed, ink.diverging.index(drawn, largest))
        else:
            self._fill(self._usual, ink.fills(self._activation, drawn, largest))
        self._sign(drawn < 0)

    def ring(self, in_play: bool) -> None:
        """Ring the layer, or leave it plain."""
        if in_play != self._in_play:
            self._in_play = in_play
            for circle, negative in zip(self._circles, self._negative.tolist(), strict=True):
                circle.setPen(self._pens[in_play][negative])

    def dim(self, dimmed: bool, but: int = -1) -> None:
        """Let the layer stand back, but for one of its neurons, or not any more."""
        if (dimmed, but) == self._dim:
            return
        self._dim = dimmed, but
        for j, circle in enumerate(self._circles, self._drawn.start):
            circle.setOpacity(DIMMED if dimmed and j != but else 1.0)

    def _sign(self, negative: NDArray[np.bool_]) -> None:
        """Dash the rims of those whose value is negative."""
        for j in np.flatnonzero(negative != self._negative).tolist():
            self._circles[j].setPen(self._pens[self._in_play][bool(negative[j])])
        self._negative = negative

    def _fill(self, brushes: list[QBrush], fills: Indices) -> None:
        if brushes is not self._brushes:
            self._brushes, self._shown = brushes, np.full(len(self._circles), -1)
        for j in np.flatnonzero(fills != self._shown).tolist():
            self._circles[j].setBrush(brushes[fills[j]])
        self._shown = fills


def _dashed(pen: QPen) -> QPen:
    """Return the pen of a rim around what is negative."""
    dashed = QPen(pen)
    dashed.setDashPattern([2.5, 2.0])
    dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
    return dashed


class Outputs:
    """Names and bars of the outputs, which one is largest and which is wanted."""

    def __init__(self, board: Board, outputs: OutputsPicture) -> None:
        place, ink = board.place, board.ink
        column = place.columns[-1]
        self._place, self._ink, self._y = place, ink, column.y.tolist()
        self._drawn, self._opacity = column.drawn, 1.0
        size, every = place.lettering(Step.HEADING, column)
        self._fonts = sized(board.base, size), sized(board.base, size, bold=True)
        self._thick = min(0.62 * place.unit, 0.5 * column.spacing)
        self._corner, self._least = board.line_width(2), board.line_width(1.5)
        self._hollow = board.pen(ink.minus, 1.5, 0.1)
        empty = QPainterPath()
        for y in self._y:
            self._add_bar(empty, y, place.bars.width)
        self._empty = board.put(QGraphicsPathItem(empty), brush=ink.raised)
        self._bars = [board.put(QGraphicsPathItem()) for _ in self._y]
        self._known = True
        self._widths = [-1.0] * len(self._y)
        self._names = {j: board.line() for j in range(0, len(self._y), every)}
        self._styles: list[tuple[bool, bool, bool] | None] = [None] * len(self._y)
        self._classes = outputs.classes
        self._targets = [] if self._classes else self._make_targets(board)
        radius = column.radius + 0.12 * place.unit
        ring = QGraphicsEllipseItem(-radius, -radius, 2 * radius, 2 * radius)
        self._ring = board.put(ring, board.pen(ink.now, 2.0, 0.16))

    def _make_targets(self, board: Board) -> list[QGraphicsPathItem]:
        mark, half = QPainterPath(), board.line_width(1)
        mark.addRect(QRectF(-half, -self._thick, 2 * half, 2 * self._thick))
        return [board.put(QGraphicsPathItem(mark), brush=board.ink.now) for _ in self._y]

    def show(self, outputs: OutputsPicture, largest: float) -> None:
        """Show the output; the `largest` fills a bar."""
        first, shown = self._drawn.start, len(self._y)
        if outputs.known != self._known:
            self._known = outputs.known
            for bar in self._bars:
                bar.setVisible(outputs.known)
        a = np.nan_to_num(outputs.a[self._drawn], posinf=largest, neginf=-largest)
        best, wanted = outputs.best - first, outputs.wanted - first
        widths = self._place.bars.width * np.clip(np.abs(a) / (largest or 1.0), 0, 1)
        signed = np.where(a < 0, -1, 1) * np.maximum(widths, self._least)
        for j, width in enumerate(signed.tolist()):
            self._show_bar(j, width)
            self._style(j, j == best, j == wanted, width < 0)
        room = self._place.bars.left - self._place.names
        for j, line in self._names.items():
            line.write_fitting(self._place.names, self._y[j], outputs.texts[j], room)
        wishes = outputs.y[self._drawn].tolist()
        for target, y, value in zip(self._targets, self._y, wishes, strict=False):
            target.setVisible(outputs.told)
            share = min(abs(value) / largest, 1)
            target.setPos(self._place.bars.left + self._place.bars.width * share, y)
        self._ring.setVisible(0 <= wanted < shown)
        if 0 <= wanted < shown:
            self._ring.setPos(self._place.columns[-1].x, self._y[wanted])

    def dim(self, dimmed: bool) -> None:
        """Let bars, names and marks stand back, or not any more."""
        opacity = DIMMED if dimmed else 1.0
        if opacity == self._opacity:
            return
        self._opacity = opacity
        for item in (self._empty, *self._bars, *self._targets, self._ring):
            item.setOpacity(opacity)
        for line in self._names.values():
            line.set_opacity(opacity)

    def _show_bar(self, j: int, width: float) -> None:
        # A tenth of a pixel cannot be seen.
        if abs(width - self._widths[j]) < 0.1:
            return
        path = QPainterPath()
        self._add_bar(path, self._y[j], abs(width))
        self._bars[j].setPath(path)
        self._widths[j] = width

    def _style(self, j: int, best: bool, wanted: bool, negative: bool) -> None:
        """Colour bar and name, if that changes."""
        if self._styles[j] == (best, wanted, negative):
            return
        self._styles[j] = best, wanted, negative
        ink = self._ink
        bright = ink.text if best or not self._classes else ink.dim
        self._bars[j].setBrush(ink.panel if negative else bright)
        self._bars[j].setPen(self._hollow if negative else NO_PEN)
        if j in self._names:
            colour = ink.now if wanted else ink.text if best else ink.dim
            self._names[j].style(self._fonts[best], colour)

    def _add_bar(self, path: QPainterPath, y: float, width: float) -> None:
        box = QRectF(self._place.bars.left, y - self._thick / 2, width, self._thick)
        path.addRoundedRect(box, self._corner, self._corner)


OPACITY = 0.86
"""How much of what lies behind is taken away."""


class Dimming:
    """Dims the edges of gaps between two layers: a translucent cover each, drawn where shown."""

    def __init__(self, board: Board) -> None:
        colour = QColor(board.ink.panel)
        colour.setAlphaF(OPACITY)
        place = board.place
        top, bottom = place.heading, place.footer.top
        self._covers = []
        for before, after in pairwise(place.columns):
            right = after.x - after.radius
            box = QRectF(before.out, top, right - before.out, bottom - top)
            cover = board.put(QGraphicsRectItem(box), brush=colour)
            cover.setVisible(False)
            self._covers.append(cover)

    def show(self, lit: frozenset[int] | None) -> None:
        """Dim every gap but those lit, 1 being the first; None lights all of them."""
        for number, cover in enumerate(self._covers, 1):
            cover.setVisible(lit is not None and number not in lit)
