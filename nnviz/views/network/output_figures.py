"""The outputs in the drawing: names, bars of what they say, and marks of what is desired."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem

from nnviz.views.network.board import NO_PEN, Board
from nnviz.views.network.neuron_figures import DIMMED
from nnviz.views.network.picture import OutputsPicture
from nnviz.views.shared.type_scale import Step, sized

GAP = 0.3
"""Room between a name and its bar, in units."""


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
        room = self._place.bars.left - self._place.names - GAP * self._place.unit
        for j, line in self._names.items():
            line.write_fitting(self._place.names, self._y[j], outputs.texts[j], room)
            line.squeeze(room)
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
