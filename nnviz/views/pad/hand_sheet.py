"""A hand being learned, beside the sheet: what to draw, what was drawn, and how it is read."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.engine.taught import SIDE
from nnviz.views.pad.hand_picture import Cell, HandPicture
from nnviz.views.pad.ink_drawing import PAPER, draw_picture
from nnviz.views.pad.part import LEFT, Part
from nnviz.views.shared.type_scale import Step

MIDDLE = Qt.AlignmentFlag.AlignCenter
GAP = 2
"""Between two drawings, at a factor of 1."""
LARGEST = 64
"""Side of a drawing at a factor of 1."""
LEAST = 12
"""Drawings of fewer pixels say nothing."""


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
        width, gap = float(self.width()), self.theme.scale.space(4)
        wished = self.theme.scale.grown(Step.HEADING, 0.14 * self.height())
        font, title = self.fitting(self.shown.title, wished, width, bold=True)
        high = QFontMetricsF(font).height()
        self.write(painter, QRectF(0, 0, width, high), (font, title), self.theme.text)
        top = high + gap
        side = self._side(self.height() - top - 2 * gap)
        foot = self._grid_height(side)
        room = self.height() - top - foot - 3 * gap
        top = self._write_lines(painter, top, room)
        self._paint_bar(painter, QRectF(0, top, width, self.theme.scale.line(3)))
        if side:
            self._paint_cells(painter, self.height() - foot, side)

    def _write_lines(self, painter: QPainter, top: float, room: float) -> float:
        """Write figures and as many lines as have room; return where the next would begin."""
        wished = self.theme.scale.grown(Step.LABEL, 0.07 * self.height(), Step.HEADING)
        font, said = self.fitting(self.shown.figures, wished, self.width())
        needed = QFontMetricsF(font).height()
        if said and needed <= room:
            self.write(painter, QRectF(0, top, self.width(), needed), (font, said), self.theme.text)
            top, room = top + needed + 2, room - needed - 2
        for wordings in self.shown.lines:
            font, said = self._wrapped(wordings, wished, room)
            if not said:
                continue
            needed = self._needed(font, said)
            box = QRectF(0, top, self.width(), needed)
            painter.setFont(font)
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(box, int(LEFT | Qt.TextFlag.TextWordWrap), said)
            top, room = top + needed + 2, room - needed - 2
        return top + self.theme.scale.space(3)

    def _wrapped(self, wordings: tuple[str, ...], wished: int, room: float) -> tuple[QFont, str]:
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

    def _captions(self) -> int:
        """How many lines of captions there are: one over all, or one below each row."""
        return len(self.shown.cells) if self.shown.tried else 1

    def _side(self, height: float) -> float:
        """Return the side of a drawing, of what is left of the height; 0 for no room."""
        rows, columns, gap = len(self.shown.cells), len(self.shown.cells[0]), self._gap()
        across = (self.width() - (columns - 1) * gap) / columns
        share = 0.62 * height - self._captions() * self._caption()
        side = min(across, (share - rows * gap) / rows, self.theme.scale.space(LARGEST))
        return float(int(side)) if side >= LEAST else 0.0

    def _grid_height(self, side: float) -> float:
        rows = len(self.shown.cells)
        return rows * (side + self._gap()) + self._captions() * self._caption() if side else 0.0

    def _paint_cells(self, painter: QPainter, top: float, side: float) -> None:
        columns, gap, caption = len(self.shown.cells[0]), self._gap(), self._caption()
        pitch = min((self.width() - side) / (columns - 1), 1.6 * side + gap)
        high = side + gap + (caption if self.shown.tried else 0)
        if not self.shown.tried:
            for column, first in enumerate(self.shown.cells[0]):
                asked = any(row[column].asked for row in self.shown.cells)
                name = QRectF(column * pitch - gap, top, side + 2 * gap, caption)
                colour = self.theme.now if asked else self.theme.dim
                self.write(painter, name, (self.sized(0), str(first.digit)), colour, MIDDLE)
            top += caption
        for row, cells in enumerate(self.shown.cells):
            for column, cell in enumerate(cells):
                box = QRectF(column * pitch, top + row * high, side, side)
                self._paint_cell(painter, box, cell)
                if self.shown.tried:
                    below = QRectF(box.left() - gap, box.bottom(), side + 2 * gap, caption)
                    self._paint_reading(painter, below, cell)

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
