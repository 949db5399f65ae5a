"""The evaluation in one figure, and what the examples of a cell are."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from nnviz.views.evaluation.pane import Pane


class Headline(Pane):
    """How good it is, large, and when that was so."""

    def paint(self, painter: QPainter) -> None:
        """Paint the figure large, the rest beside it."""
        line, wished = self.rect().toRectF(), self.sized(self.large, bold=True)
        for figure in self.picture.figure:
            large, fits = self.theme.scale.fitting(wished, figure, line.width())
            if fits:
                break
        painter.setFont(large)
        self.say(painter, line, (figure,), self.theme.text)
        line.setLeft(QFontMetricsF(large).horizontalAdvance(figure) + 0.6 * self.unit)
        line.translate(0, 0.15 * self.unit)
        painter.setFont(self.font())
        self.say(painter, line, self.picture.about, self.theme.dim)


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
