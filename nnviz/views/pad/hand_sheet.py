"""A hand being learned, beside the sheet: what to draw, what was drawn, and how it is read."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.engine.taught import SIDE
from nnviz.views.pad.hand_picture import Cell, HandPicture
from nnviz.views.pad.ink_drawing import PAPER, draw_picture
from nnviz.views.pad.part import LEFT, Part
from nnviz.views.pad.text import Wordings
from nnviz.views.shared.type_scale import Step

MIDDLE = Qt.AlignmentFlag.AlignCenter
GAP = 2
"""Between two drawings, at a factor of 1."""
LARGEST = 64
"""Side of a drawing at a factor of 1."""
CELLS = 0.78
"""Most of what title and figures leave that drawings take, the lines the rest."""
LEAST = 12
"""Drawings of fewer pixels say nothing."""


Rows = tuple[tuple[Cell, ...], ...]


class Grid(NamedTuple):
    """Drawings in rows, and the side of each in pixels."""

    rows: Rows
    side: float


class HandSheet(Part[HandPicture]):
    """Title, lines, a bar of what is done, and a row of drawings for each copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HandPicture(), parent)

    def show_picture(self, shown: HandPicture) -> None:
        """Show where somebody is."""
        if shown != self.shown:
            self.setAccessibleName(shown.title[0])
            said = (shown.figures[0], *(line[0] for line in shown.lines))
            self.setToolTip("\n".join(filter(None, said)))
            super().show_picture(shown)

    def paintEvent(self, _event: object) -> None:
        """Paint all that has room, the title first."""
        if not self.shown.cells:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        gap, scale = self.theme.scale.space(3), self.theme.scale
        wished = scale.grown(Step.HEADING, 0.14 * self.height())
        top = self._write_line(painter, 0, self.shown.title, wished, bold=True) + gap
        wished = scale.grown(Step.LABEL, 0.07 * self.height(), Step.HEADING)
        top = self._write_line(painter, top, self.shown.figures, wished)
        bar = scale.line(3)
        left = self.height() - top - bar - 2 * gap
        grid = self._grid(CELLS * left)
        left -= self._height_of(grid)
        top = self._write_lines(painter, top, left, wished) + gap
        self._paint_bar(painter, QRectF(0, top, self.width(), bar))
        if grid.side:
            self._paint_cells(painter, self.height() - self._height_of(grid), grid)

    def _write_line(
        self, painter: QPainter, top: float, wordings: Wordings, wished: int, *, bold: bool = False
    ) -> float:
        """Write one line, if there is anything to say; return where the next begins."""
        font, said = self.fitting(wordings, wished, self.width(), bold=bold)
        high = QFontMetricsF(font).height()
        if not said or top + high > self.height():
            return top
        self.write(painter, QRectF(0, top, self.width(), high), (font, said), self.theme.text)
        return top + high

    def _write_lines(self, painter: QPainter, top: float, room: float, wished: int) -> float:
        """Write as much of the lines as has room; return where what follows begins."""
        painter.setPen(QColor(self.theme.dim))
        for wordings in self.shown.lines:
            font, said = self._wrapped(wordings, wished, room)
            if not said:
                continue
            needed = self._needed(font, said)
            painter.setFont(font)
            box = QRectF(0, top, self.width(), needed)
            painter.drawText(box, int(LEFT | Qt.TextFlag.TextWordWrap), said)
            top, room = top + needed, room - needed
        return top

    def _wrapped(self, wordings: Wordings, wished: int, room: float) -> tuple[QFont, str]:
        """Return the fullest wording that fits in height, over as many lines as it needs."""
        least = self.px(Step.CAPTION)
        for said in wordings:
            for pixels in range(wished, least - 1, -1):
                font = self.sized(pixels)
                if self._needed(font, said) <= room and self._widest(font, said) <= self.width():
                    return font, said
        return self.sized(least), ""

    def _widest(self, font: QFont, said: str) -> float:
        return max(map(QFontMetricsF(font).horizontalAdvance, said.split() or [""]))

    def _needed(self, font: QFont, said: str) -> float:
        box = QRectF(0, 0, self.width(), 10_000)
        return QFontMetricsF(font).boundingRect(box, int(Qt.TextFlag.TextWordWrap), said).height()

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.raised))
        painter.drawRect(bar)
        bar.setWidth(bar.width() * self.shown.share)
        painter.setBrush(QColor(self.theme.now))
        painter.drawRect(bar)

    # -- the drawings ---------------------------------------------------------------------------

    def _gap(self) -> int:
        return self.theme.scale.space(GAP)

    def _caption(self) -> float:
        """Height of the digit over a column, or of the reading below a drawing."""
        return 1.15 * self.px(Step.CAPTION)

    def _grid(self, height: float) -> Grid:
        """Return the drawings as large as they can be; those that are tried may stand in two rows.

        Where they would be too small to say anything their side is 0.
        """
        ways = [self.shown.cells]
        if self.shown.tried:
            (row,) = self.shown.cells
            ways.append((row[: len(row) // 2], row[len(row) // 2 :]))
        grids = [Grid(rows, self._side(rows, height)) for rows in ways]
        return max(grids, key=lambda grid: grid.side)

    def _captions(self, rows: Rows) -> int:
        """How many lines of captions there are: one over all, or one below each row."""
        return len(rows) if self.shown.tried else 1

    def _side(self, rows: Rows, height: float) -> float:
        columns, gap = len(rows[0]), self._gap()
        across = (self.width() - (columns - 1) * gap) / columns
        down = (height - self._captions(rows) * self._caption()) / len(rows) - gap
        side = min(across, down, self.theme.scale.space(LARGEST))
        return float(int(side)) if side >= LEAST else 0.0

    def _height_of(self, grid: Grid) -> float:
        rows = grid.rows
        captions = self._captions(rows) * self._caption()
        return len(rows) * (grid.side + self._gap()) + captions if grid.side else 0.0

    def _paint_cells(self, painter: QPainter, top: float, grid: Grid) -> None:
        rows, side, gap, caption = grid.rows, grid.side, self._gap(), self._caption()
        pitch = min((self.width() - side) / (len(rows[0]) - 1), 1.6 * side + gap)
        high = side + gap + (caption if self.shown.tried else 0)
        if not self.shown.tried:
            for column, first in enumerate(rows[0]):
                asked = any(row[column].asked for row in rows)
                name = QRectF(column * pitch - gap, top, side + 2 * gap, caption)
                colour = self.theme.now if asked else self.theme.dim
                self.write(painter, name, (self.sized(0), str(first.digit)), colour, MIDDLE)
            top += caption
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                box = QRectF(column * pitch, top + number * high, side, side)
                self._paint_cell(painter, box, cell)
                if self.shown.tried:
                    beside = max(gap, pitch - side) / 2 - 1
                    below = QRectF(box.left(), box.bottom(), side, caption)
                    self._paint_reading(painter, below.adjusted(-beside, 0, beside, 0), cell)

    def _paint_reading(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        """Write what is read of a drawing that is tried, or which digit is to come there."""
        colour = self.theme.minus if cell.wrong else self.theme.text
        wordings: tuple[str, ...] = (cell.reading, cell.reading[-1:])
        if not cell.reading:
            colour, wordings = self.theme.now if cell.asked else self.theme.dim, (str(cell.digit),)
        written = self.fitting(wordings, self.px(Step.CAPTION), box.width())
        self.write(painter, box, written, colour, MIDDLE)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        frame = self.theme.now if cell.asked else self.theme.line
        if cell.wrong:
            frame = self.theme.minus
        width = self.theme.scale.line(2 if cell.asked or cell.wrong else 1)
        painter.setPen(QPen(QColor(frame), width))
        painter.setBrush(PAPER if cell.drawing is not None else Qt.BrushStyle.NoBrush)
        inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRect(inner)
        if cell.drawing is not None:
            picture = cell.drawing.image().reshape(SIDE, SIDE)
            draw_picture(painter, picture, inner.adjusted(1, 1, -1, -1))
        elif cell.left_out:
            painter.drawLine(inner.bottomLeft(), inner.topRight())
