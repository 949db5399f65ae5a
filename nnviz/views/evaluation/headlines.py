"""The evaluation in one figure, and what the examples of a cell are."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from nnviz.views.evaluation.pane import Pane


class Headline(Pane):
    """How good it is, large, and when that was so."""

    def paint(self, painter: QPainter) -> None:
        """Paint the figure large, the rest beside it."""
        line, gap = self.rect().toRectF(), 0.6 * self.unit
        # A figure goes with its step: it is written smaller, or in fewer words, to leave it room.
        shortest = next((said for said in reversed(self.picture.about) if said), "")
        least = QFontMetricsF(self.font()).horizontalAdvance(shortest)
        figure, large, fits = self._fitting(line.width() - gap - least - 1)
        if not fits:
            figure, large, _ = self._fitting(line.width())
        painter.setFont(large)
        self.say(painter, line, (figure,), self.theme.text)
        line.setLeft(QFontMetricsF(large).horizontalAdvance(figure) + gap)
        line.translate(0, 0.15 * self.unit)
        painter.setFont(self.font())
        self.say(painter, line, self.picture.about, self.theme.dim)

    def _fitting(self, room: float) -> tuple[str, QFont, bool]:
        """Return the fullest wording of the figure that fits, its letters, and whether any does."""
        figure, wished = "", self.sized(self.large, bold=True)
        large, fits = wished, False
        for figure in self.picture.figure:
            large, fits = self.theme.scale.fitting(wished, figure, room)
            if fits:
                break
        return figure, large, fits


class CellCaption(Pane):
    """What the examples of a cell are."""

    def paint(self, painter: QPainter) -> None:
        """Paint two lines."""
        cell = self.picture.cell
        if cell is None:
            return
        line = QRectF(0, 0, self.width(), self.height() / 2)
        painter.setFont(self.sized(self.unit, bold=True))
        self.say(painter, line, cell.title, self.theme.minus if cell.wrong else self.theme.text)
        painter.setFont(self.font())
        line.translate(0, 0.85 * line.height())
        self.say(painter, line, cell.many, self.theme.dim)
