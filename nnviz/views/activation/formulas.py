"""The formulas of an activation function, its value and its slope, set like mathematics."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.engine.explain.formula import sides
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.equation_nodes import Reading, operator
from nnviz.views.shared.type_scale import Step
from nnviz.views.shared.typesetting import Box, Glyphs, Node, Row, colours_of, paint, written

APART, BELOW = 2.0, 0.4
"""Between two formulas beside each other, and below one another, in letters."""


class Formulas(QWidget):
    """Formulas beside each other where there is room, else below one another."""

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[str, ...] = ()
        self._boxes: list[Box] = []
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
        """Return where each formula begins, x and its base line in pixels, as far as all fit."""
        x, y, low = 0.0, 0.0, 0.0
        found: list[tuple[float, float, Box]] = []
        for box in self._boxes:
            if x and x + box.width > self.width():
                x, y = 0.0, low + BELOW * self._size
            if box.width > self.width() or y + self._up + box.down > self._most:
                break  # the tip has it
            found.append((x, y + self._up, box))
            low = max(low, y + self._up + box.down)
            x += box.width + APART * self._size
        return found or self._plain()

    def _plain(self) -> list[tuple[float, float, Box]]:
        """Return as many formulas as have room in one line of plain text."""
        for count in range(len(self._said) if self._size else 0, 0, -1):
            line = Glyphs("     ".join(self._said[:count]), "sans")
            box = line.set(self._size, "dim", self._least)
            if box.width <= self.width():
                return [(0.0, box.up, box)]
        return []

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

    @property
    def _up(self) -> float:
        return max((box.up for box in self._boxes), default=0.0)

    def _set(self) -> None:
        """Set the formulas in the letters that were given."""
        if self._size:
            self._boxes = [_node(said).set(self._size, "dim", self._least) for said in self._said]
            self._fit()

    @property
    def _least(self) -> int:
        return self._theme.scale.px(Step.CAPTION)

    def _fit(self) -> None:
        self.setFixedHeight(max(self.sizeHint().height(), 1))
        self.update()


def _node(formula: str) -> Node:
    """Return a formula such as "σ(z) = 1 / (1 + e^−z)" as it is to be set."""
    reading, (left, right) = Reading(tall=True), sides(formula)
    return Row((*reading.formula(left), operator("="), *reading.formula(right)))
