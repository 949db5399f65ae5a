"""The formulas of an activation function, its value and its slope, set like mathematics."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.engine.explain.formula import sides
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.equation_nodes import Reading, operator
from nnviz.views.shared.type_scale import Step
from nnviz.views.shared.typesetting import Box, Node, Row, colours_of, paint, written

APART, BELOW = 2.0, 0.4
"""Between two formulas beside each other, and below one another, in letters."""


class Formulas(QWidget):
    """Formulas beside each other where there is room, else below one another."""

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[str, ...] = ()
        self._boxes: list[list[Box]] = []
        self._theme, self._size, self._most = DARK, 0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, formulas: tuple[str, ...], tip: str) -> None:
        """Show formulas in the notation of the tables; the tip says what they are good for."""
        if formulas != self._said:
            self._said = formulas
            self.setAccessibleName("   ".join(formulas))
            self.setToolTip("\n".join((*formulas, tip)))
            self._set()

    def dress(self, theme: Theme, font: QFont, most: float) -> None:
        """Take on colours, letters, and the height that all may take, in pixels."""
        self._theme, self._size, self._most = theme, font.pixelSize(), most
        self._set()  # also where nothing of that is new: its signs may be

    @property
    def text(self) -> str:
        """What is written, a formula a line."""
        return "\n".join(written(box) for _, _, box in self.places())

    def places(self) -> list[tuple[float, float, Box]]:
        """Return where each formula begins, x and its base line in pixels, as far as all fit.

        In a low panel they are smaller, and where that is not enough fractions have a slash.
        """
        ways = [self._set_out(boxes, self._most) for boxes in self._boxes]
        return max(ways, key=len, default=[]) or self._in_a_line()

    def _set_out(self, boxes: list[Box], most: float) -> list[tuple[float, float, Box]]:
        """Return the places of formulas as far as they fit into so many pixels of height."""
        x, y, low = 0.0, 0.0, 0.0
        up = max((box.up for box in boxes), default=0.0)
        found: list[tuple[float, float, Box]] = []
        for box in boxes:
            if x and x + box.width > self.width():
                x, y = 0.0, low + BELOW * self._size
            if box.width > self.width() or y + up + box.down > most:
                break  # the tip has it
            found.append((x, y + up, box))
            low = max(low, y + up + box.down)
            x += box.width + APART * self._size
        return found

    def _in_a_line(self) -> list[tuple[float, float, Box]]:
        """Return as many formulas as have room in one line, however low the panel is."""
        lowest = self._boxes[-1] if self._boxes else []
        return self._set_out(lowest, max((box.up + box.down for box in lowest), default=0.0))

    def sizeHint(self) -> QSize:
        """Ask for the height of all formulas."""
        return QSize(0, round(max((y + box.down for _, y, box in self.places()), default=0.0)) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where another formula has room beside the first."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint them."""
        painter, colours = QPainter(self), colours_of(self._theme)
        for x, y, box in self.places():
            paint(box, painter, x, y, colours)

    def _set(self) -> None:
        """Set the formulas in the letters that were given."""
        if self._size:
            least = self._theme.scale.px(Step.CAPTION)
            ways = ((self._size, False), (least, False), (self._size, True), (least, True))
            self._boxes = [
                [_node(said, flat=flat).set(size, "dim", least) for said in self._said]
                for size, flat in dict.fromkeys(ways)
            ]
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(self.sizeHint().height(), 1))
        self.update()


def _node(formula: str, *, flat: bool) -> Node:
    """Return a formula such as "σ(z) = 1 / (1 + e^−z)" as it is to be set."""
    reading, (left, right) = Reading(tall=not flat, flat=flat), sides(formula)
    return Row((*reading.formula(left), operator("="), *reading.formula(right)))
