"""The table that sets a branch that was left behind beside the one on screen."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from nnviz.views.branches import text
from nnviz.views.branches.picture import Comparison, Figures
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles


class Table(QWidget):
    """The figures of both, with the change that made the difference above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._compact = self._wide = False
        self._shown: Comparison | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.heads = [QLabel(text.TEST), QLabel(), QLabel()]
        self.sides = [_Side(text.HERE, dashed=False), _Side(text.THERE, dashed=True)]
        self.cells = [[QLabel(), QLabel()], [QLabel(), QLabel()]]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for column, head in enumerate(self.heads):
            self._grid.addWidget(head, 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
        for row, side in enumerate(self.sides):
            self._grid.addWidget(side, row + 1, 0, Qt.AlignmentFlag.AlignLeft)
            for column, cell in enumerate(self.cells[row]):
                cell.setAlignment(right)
                self._grid.addWidget(cell, row + 1, column + 1, right)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self.words)
        self._box.addLayout(self._grid)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show these two."""
        if comparison != self._shown:
            self._shown = comparison
            self._fill()

    def dress(self, theme: Theme, font: QFont, small: QFont, *, compact: bool, wide: bool) -> None:
        """Take on colours, letters and as many lines as there is room for.

        Compact, a cell has its last figure alone, and there are no words; wide, both stand
        side by side.
        """
        self._theme, self._compact, self._wide = theme, compact, wide
        space = theme.scale.space
        self._box.setContentsMargins(space(6), space(6), space(6), 0)
        self._box.setSpacing(space(4))
        self._grid.setHorizontalSpacing(space(10))
        self._grid.setVerticalSpacing(space(3))
        for label in (self.words, *self.heads, *self.sides):
            label.setFont(small)
            label.setStyleSheet(styles.label(theme))
        for label in (cell for row in self.cells for cell in row):
            label.setFont(font)
            label.setStyleSheet(styles.label(theme, dim=False))
        for side in self.sides:
            side.dress(theme)
        self._fill()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Part the table from the list by a thin line."""
        line = self._theme.scale.space(1)
        QPainter(self).fillRect(0, 0, self.width(), line, QColor(self._theme.line))

    def _fill(self) -> None:
        if self._shown is None:
            return
        self.words.setText((" · " if self._wide else "\n").join(self._shown.differences))
        self.words.setVisible(not self._compact and bool(self._shown.differences))
        self.heads[1].setText(self._shown.shared)
        for cells, side in zip(self.cells, (self._shown.here, self._shown.there), strict=True):
            for cell, figures in zip(cells, side, strict=True):
                cell.setText(self._written(figures))
                cell.setToolTip(figures.older)
        for name in self._shown.ends:
            self.heads[2].setText(name)
            if self._needed() <= self.width():
                break

    def _needed(self) -> int:
        """Return how wide the table wants to be."""
        sides = [[side, *row] for side, row in zip(self.sides, self.cells, strict=True)]
        wide = 2 * self._grid.horizontalSpacing() + 2 * self._theme.scale.space(6)
        for column in zip(self.heads, *sides, strict=True):
            wide += max(part.sizeHint().width() for part in column)
        return wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the moments in words that have room."""
        super().resizeEvent(event)
        self._fill()

    def _written(self, figures: Figures) -> str:
        if not figures.parts:
            return text.NO_FIGURE
        if self._compact:
            return figures.parts[-1]
        return ("  " if self._wide else "\n").join(figures.parts)


class _Side(QLabel):
    """The name of a side, behind a bit of its line."""

    def __init__(self, name: str, *, dashed: bool) -> None:
        super().__init__(name)
        self._dashed = dashed
        self._theme = DARK

    def dress(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.setContentsMargins(round(1.9 * self.font().pixelSize()), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then the name."""
        painter, unit = QPainter(self), self.font().pixelSize()
        left = QPointF(0, self.height() / 2)
        paint_swatch(painter, self._theme, left, 1.5 * unit, unit, dashed=self._dashed)
        painter.end()
        super().paintEvent(event)


def paint_swatch(
    painter: QPainter, theme: Theme, left: QPointF, length: float, unit: int, *, dashed: bool
) -> None:
    """Paint a bit of a branch's line as the cost curve draws it; `unit` is a letter's height."""
    least, share = (1.6, 8) if dashed else (2.2, 6)
    pen = QPen(
        QColor(theme.dim if dashed else theme.text), max(theme.scale.line(least), unit / share)
    )
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([3.2, 2.4])
    painter.setPen(pen)
    painter.drawLine(left, left + QPointF(length, 0))
