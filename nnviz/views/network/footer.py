"""The network view's footer: how many edges are drawn, which they are, and their scale.

What is said is honest: how many are drawn, of how many there are, and why the
others are not.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QLinearGradient, QTransform
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.engine.symbols import Symbol
from nnviz.numbers import integer, write
from nnviz.views.network.board import NO_PEN, Board, rect
from nnviz.views.network.edge_modes import WEIGHTS, Subject
from nnviz.views.network.edges import Edges
from nnviz.views.network.layout import Box
from nnviz.views.network.text import ERRORS, texts_of


class Footer:
    """How many edges are drawn, and the scale of their colours.

    Attributes:
        legend: where the scale stands; a click on it fixes it.
    """

    def __init__(self, board: Board, left: float = 0.0) -> None:
        """Put the footer on a board.

        Args:
            board: takes the items.
            left: room that is taken at its left end.
        """
        self._place, self._taken = board.place, left
        self._whole = not any(column.rest for column in board.place.columns)
        unit, box = board.place.unit, board.place.footer
        # What is zoomed passes behind the words.
        behind = QGraphicsRectItem(rect(box).adjusted(-9999, -0.3 * unit, 9999, 9999))
        behind.setPen(NO_PEN)
        behind.setBrush(board.ink.panel)
        behind.setParentItem(board.pinned)
        self._said = board.line(pinned=True)
        self._low, self._high = board.line(1.0, pinned=True), board.line(pinned=True)
        self._length = 7.0 * unit
        ramp = QLinearGradient(0, 0, self._length, 0)
        signed = board.ink.signed
        for i in range(0, len(signed), 8):
            ramp.setColorAt(i / (len(signed) - 1), signed[i].color())
        self._scale = QGraphicsRectItem(QRectF(0, -0.25 * unit, self._length, 0.5 * unit))
        self._scale.setPen(NO_PEN)
        self._scale.setBrush(ramp)
        self._scale.setParentItem(board.pinned)
        self._shown: tuple[object, ...] | None = None
        self.legend = box

    def show(
        self, edges: Edges, largest: float, subject: Subject = WEIGHTS, *, fixed: bool = False
    ) -> None:
        """Show the counts and what stands at the ends of the scale.

        Args:
            edges: those drawn.
            largest: the value of the full colour.
            subject: what edges show.
            fixed: True where the scale stays whatever comes.
        """
        size = write(largest, 3)
        drawn = len(edges)
        state = drawn, edges.total, edges.cut, edges.only, size, subject, fixed
        if state == self._shown:
            return
        self._shown = state
        legend = f"{subject.legend} · fixed" if fixed else subject.legend
        self._write(size, legend, texts_of(edges, subject, whole=self._whole))

    def show_all(self, total: int, step: int | None, largest: float, subject: Subject) -> None:
        """Say that every edge is drawn.

        Args:
            total: how many there are.
            step: of the moment they were drawn at, where it is not the one shown.
            largest: the value of the full colour.
            subject: what edges show.
        """
        size = write(largest, 3)
        if (total, step, size, subject) == self._shown:
            return
        self._shown = total, step, size, subject
        count = f"all {integer(total)} edges"
        texts: tuple[str, ...] = (f"{count} drawn", count)
        if step is not None:
            texts = (f"{count}, as of step {integer(step)}", f"as of step {integer(step)}")
        self._write(size, subject.legend, texts)

    def show_fields(self, weights: int) -> None:
        """Say that weights are shown as pictures, each by a scale of its own.

        Args:
            weights: how many there are.
        """
        if ("fields", weights) == self._shown:
            return
        self._shown = "fields", weights
        count = f"{integer(weights)} weights"
        texts = f"the {count} into the first layer, no edges", f"{count}, no edges", count
        self._write("1", "of the largest |w|", texts)

    def show_errors(self, largest: float, layer: int) -> None:
        """Show the scale of a layer's errors δ and say that each layer has its own."""
        size = write(largest, 3)
        if (size, layer) == self._shown:
            return
        self._shown = size, layer
        self._write(size, f"error {Symbol('δ', str(layer)).text}", ERRORS)

    def _write(self, size: str, legend: str, texts: tuple[str, ...]) -> None:
        """Write the scale with its ends, and the fullest text that has room beside it."""
        box, unit, y = self._place.footer, self._place.unit, self._place.footer.middle
        low, high = ("0", "0") if size == "0" else (f"−{size}", f"+{size}")
        free = box.left + self._taken
        begin, shown = box.right, False
        # In a narrow view the scale loses its name, then half of its length, then stands back.
        for share, name in ((1.0, f" {legend}"), (1.0, ""), (0.5, ""), (0.25, "")):
            right = box.right - self._high.advance(high + name) - 0.5 * unit
            left = right - share * self._length
            begin = left - 0.5 * unit - self._low.advance(low)
            shown = begin >= free
            if shown:
                high += name
                break
        self._low.write(left - 0.5 * unit, y, low if shown else "")
        self._high.write(right + 0.5 * unit, y, high if shown else "")
        self._scale.setVisible(shown)
        self._scale.setPos(left, y)
        self._scale.setTransform(QTransform.fromScale(share, 1.0))
        self.legend = Box(begin, box.top, box.right - begin if shown else 0.0, box.height)
        self._said.write_fitting(free, y, (*texts, ""), begin - unit - free)
