"""The network view's footer: how many edges are drawn, which they are, and their scale.

What is said is honest: how many are drawn, of how many there are, and why the
others are not.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QLinearGradient, QPainterPath, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from nnviz.numbers import write
from nnviz.views.network.board import NO_PEN, Board, rect
from nnviz.views.network.layout import Box
from nnviz.views.network.text import NEGATIVE


class Footer:
    """How many edges are drawn, and the `legend`, the scale of their colours: a click fixes it."""

    def __init__(self, board: Board, left: float = 0.0) -> None:
        """Put the footer on a board, beside the room that is taken at its left end."""
        self._place, self._taken = board.place, left
        unit, box = board.place.unit, board.place.footer
        front = board.in_front()
        # What is zoomed passes behind the words.
        behind = rect(box).adjusted(-9999, -0.3 * unit, 9999, 9999)
        front.put(QGraphicsRectItem(behind), brush=board.ink.panel)
        self._said = front.line()
        self._low, self._high = front.line(1.0), front.line()
        self._length = 7.0 * unit
        ramp = QLinearGradient(0, 0, self._length, 0)
        signed = board.ink.signed
        for i in range(0, len(signed), 8):
            ramp.setColorAt(i / (len(signed) - 1), signed[i].color())
        scale = QGraphicsRectItem(QRectF(0, -0.25 * unit, self._length, 0.5 * unit))
        self._scale = front.put(scale, brush=ramp)
        gaps, half, step = QPainterPath(), 0.5 * self._length, 0.36 * unit
        for number in range(1, int(half / step) + 1):
            gaps.addRect(half - number * step, -0.25 * unit, 0.36 * step, 0.5 * unit)
        # Below zero it has gaps, as edges have there.
        self._gaps = QGraphicsPathItem(gaps, self._scale)
        self._gaps.setPen(NO_PEN)
        self._gaps.setBrush(board.ink.panel)
        self._shown: tuple[object, ...] | None = None
        self.legend = box

    def show(self, largest: float, legend: str, texts: tuple[str, ...]) -> None:
        """Write the scale up to its full colour, and the fullest text that has room beside it."""
        size = write(largest, 3) if largest else ""
        if (size, legend, texts) == self._shown:
            return
        self._shown = size, legend, texts
        box, unit, y = self._place.footer, self._place.unit, self._place.footer.middle
        low, high = f"−{size}", f"+{size}"
        free = box.left + self._taken
        begin, shown = box.right, False
        # In a narrow view the scale loses its name, then half of its length, then stands back.
        names = f" {legend} · {NEGATIVE}", f" {legend}", ""
        for share, name in ((1.0, names[0]), (1.0, names[1]), (1.0, ""), (0.5, ""), (0.25, "")):
            right = box.right - self._high.advance(high + name) - 0.5 * unit
            left = right - share * self._length
            begin = left - 0.5 * unit - self._low.advance(low)
            least = self._said.advance(texts[0]) + unit if name == names[0] else 0.0
            shown = begin >= free + least  # what is said of edges goes before what gaps are
            if shown:
                high += name
                break
        if not size:  # where all are zero there is no scale
            shown, begin = False, box.right
        self._low.write(left - 0.5 * unit, y, low if shown else "")
        self._high.write(right + 0.5 * unit, y, high if shown else "")
        self._scale.setVisible(shown)
        self._scale.setPos(left, y)
        self._scale.setTransform(QTransform.fromScale(share, 1.0))
        self.legend = Box(begin, box.top, box.right - begin if shown else 0.0, box.height)
        self._said.write_fitting(free, y, (*texts, ""), begin - unit - free)
