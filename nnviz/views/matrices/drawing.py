"""How matrices look: where cells stand, their numbers or colours, labels, and what is lit."""

import itertools
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from nnviz.engine.selection import Selection
from nnviz.numbers import write
from nnviz.views.matrices import text
from nnviz.views.matrices.cells import (
    ABOVE,
    BESIDE,
    MATRIX,
    Block,
    Cell,
    Key,
    content,
    lit,
    sections,
)
from nnviz.views.matrices.images import image_of, shrunk
from nnviz.views.matrices.layout import Axis
from nnviz.views.matrices.picture import MatricesPicture, largest_of, place_of
from nnviz.views.palette import DARK, Diverging, Theme
from nnviz.views.shared.styles import thin_scroll_bar
from nnviz.views.shared.type_scale import Step, sized

MOST_CELLS = 600
"""Most numbers of a matrix that are written; a larger one is a picture."""
NAMES = 0.4
"""Share of the width that names of rows have at most; longer ones are shortened."""
PALE = 0.45
"""How much of its colour a number's ground has, so that it can be read."""


class Drawing(QAbstractScrollArea):
    """Paints a picture of matrices.

    Attributes:
        picture: what is shown, or None.
        pointed: the cell that is pointed at.
        selected: what is selected; where that is a weight of the matrix, it is framed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: MatricesPicture | None = None
        self.pointed: Cell | None = None
        self.selected: Selection | None = None
        self._theme = DARK
        self._colours = Diverging(DARK)
        self._across = self._down = Axis(0, 0, 0, 0, 1, 1, 0)
        self._letters = self.font()
        self._images: dict[Key, QImage] = {}
        self._texts: dict[Key, list[list[str]]] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerWidget(QWidget())  # without one Qt paints the corner itself

    @property
    def written(self) -> bool:
        """True where numbers are written, False where there are so many that they are a picture."""
        shown = self.picture
        return shown is not None and shown.rows * max(shown.columns, 1) <= MOST_CELLS

    def draw(self, picture: MatricesPicture) -> None:
        """Draw other numbers."""
        self.picture = picture
        self._images.clear()
        self._write_texts(picture)
        self._arrange()

    def select(self, selection: Selection | None) -> None:
        """Frame the number that was picked in whichever view."""
        self.selected = selection
        self.viewport().update()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self._theme, self._colours = theme, Diverging(theme)
        self._images.clear()
        self._letters = font
        if self.picture is not None:
            self._write_texts(self.picture)  # there may be other digits
        self.setStyleSheet(thin_scroll_bar(theme))
        self._arrange()

    # -- where things stand -----------------------------------------------------------------------

    def _arrange(self) -> None:
        shown = self.picture
        if shown is None:
            return
        room = self.viewport().size()
        self._measure(shown, self._letters, room)
        if self.written:
            letters = sized(self._letters, self._fitting(room))
            if letters.pixelSize() != self._letters.pixelSize():
                self._measure(shown, letters, room)
        for bar, axis, seen in (
            (self.horizontalScrollBar(), self._across, room.width()),
            (self.verticalScrollBar(), self._down, room.height()),
        ):
            bar.setRange(0, max(round(axis.end) - seen, 0))
            bar.setPageStep(max(seen, 1))
            bar.setSingleStep(round(self._down.labels))
        self.viewport().update()

    def _fitting(self, room: QSize) -> int:
        """Return the letters that fit: larger ones where there is room, smaller ones if they do."""
        scale, share = (
            self._theme.scale,
            min(room.width() / self._across.end, room.height() / self._down.end),
        )
        own, least = scale.px(Step.LABEL), scale.px(Step.CAPTION)
        if share < 1:
            return least if own * share >= least else own
        return scale.grown(Step.LABEL, int(own * share), Step.HEADING)

    def _measure(self, shown: MatricesPicture, letters: QFont, room: QSize) -> None:
        """Give everything its place with letters of a size."""
        self.setFont(letters)
        metrics, space = QFontMetricsF(letters), self._theme.scale.space
        line, gap = metrics.height() + space(4), space(6)

        def widest(texts: Iterable[str]) -> float:
            return max(map(metrics.horizontalAdvance, texts), default=0.0) + space(6)

        above, beside = (*shown.top, *shown.bottom), (*shown.left, *shown.right)
        names = min(widest(self._row_names(shown)), NAMES * room.width())
        labels = max(widest(strip.label for strip in above), names)
        strip_wide = widest([*(strip.label for strip in beside), *self._all_texts(BESIDE)])
        wide, high = 0.0, line
        if self.written:
            wide = widest([*self._all_texts(MATRIX), *self._all_texts(ABOVE)])
        else:
            # A line less than there is room for, so that no bar is needed.
            left = room.width() - labels - len(beside) * strip_wide - 2 * gap - 1
            wide = _whole(max(left, space(60)) / max(shown.columns, 1))
            below = room.height() - line * (1 + len(above)) - 2 * gap - 1
            high = _whole(max(below, space(40)) / shown.rows)
        sides = len(shown.left), shown.columns, len(shown.right)
        self._across = Axis(labels, *sides, strip_wide, wide, gap)
        sides = len(shown.top), shown.rows, len(shown.bottom)
        self._down = Axis(line, *sides, line, high, gap)

    def _write_texts(self, shown: MatricesPicture) -> None:
        """Write all numbers that are written in full."""
        self._texts = {
            key: [list(map(write, row)) for row in numbers.tolist()]
            for key, _block, numbers in sections(shown)
            if numbers is not None and (self.written or key[0] == BESIDE)
            if numbers.size <= MOST_CELLS
        }

    def _all_texts(self, part: str) -> Iterator[str]:
        for key, texts in self._texts.items():
            if key[0] == part:
                yield from itertools.chain.from_iterable(texts)

    def _row_names(self, shown: MatricesPicture) -> Iterator[str]:
        """Return what the rows are called where numbers are written."""
        if self.written:
            strip = (*shown.left, *shown.right)[-1 if shown.right else 0]
            for row in range(shown.rows):
                yield strip.name(shown.recipe, row)

    def _box(self, block: Block) -> QRectF:
        top, high = self._down.spans(block[0], block[1])
        left, wide = self._across.spans(block[2], block[3])
        shift = self._shift()
        return QRectF(left - shift.x(), top - shift.y(), wide, high)

    def _shift(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def box_of(self, cell: Cell) -> QRectF:
        """Return where a cell stands."""
        return self._box((cell.row, cell.row, cell.column, cell.column))

    def cell_at(self, place: QPointF) -> Cell | None:
        """Return the cell at a place that holds a number."""
        at = place + self._shift()
        cell = Cell(self._down.at(at.y()), self._across.at(at.x()))
        shown = self.picture
        return None if shown is None or content(shown, cell) is None else cell

    # -- painting ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give everything its place anew."""
        super().resizeEvent(event)
        self._images.clear()
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        shown = self.picture
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.panel))
        if shown is None:
            return
        painter.setFont(self.font())
        if self.written:
            self._write_cells(painter, shown)
        else:
            self._paint_pictures(painter, shown)
        self._write_labels(painter, shown)
        self._frame(painter, shown)

    def _write_cells(self, painter: QPainter, shown: MatricesPicture) -> None:
        theme, seen = self._theme, QRectF(self.viewport().rect())
        inset = theme.scale.space(3)
        align = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bright = [self._box(block) for block in self._lit(shown)]
        text_colour, dim = QColor(theme.text), QColor(theme.dim)
        for key, block, numbers in sections(shown):
            texts, tints = self._texts.get(key, []), None
            if numbers is not None:
                tints = self._colours.colours(PALE * numbers, largest_of(numbers)).tolist()
            for row in range(block[0], block[1] + 1):
                for column in range(block[2], block[3] + 1):
                    box = self.box_of(Cell(row, column))
                    if not box.intersects(seen):
                        continue
                    said, place = text.NOT_YET, (row - block[0], column - block[2])
                    if tints is not None:
                        said = texts[place[0]][place[1]]
                        tint = QColor(*tints[place[0]][place[1]])
                        painter.fillRect(box.adjusted(1, 1, -1, -1), tint)
                    lights = not bright or any(part.contains(box.center()) for part in bright)
                    painter.setPen(text_colour if lights else dim)
                    painter.drawText(box.adjusted(0, 0, -inset, 0), align, said)

    def _paint_pictures(self, painter: QPainter, shown: MatricesPicture) -> None:
        for key, block, numbers in sections(shown):
            box = self._box(block)
            if numbers is None:
                painter.fillRect(box, QColor(self._theme.raised))
                continue
            if key not in self._images:
                rows, columns = (max(round(side), 1) for side in (box.height(), box.width()))
                small = shrunk(numbers, rows, columns)
                cell = box.height() * self.devicePixelRatioF() / len(small)
                self._images[key] = image_of(small, largest_of(small), self._colours, cell)
            painter.drawImage(box, self._images[key])

    def _write_labels(self, painter: QPainter, shown: MatricesPicture) -> None:
        theme, shift = self._theme, self._shift()
        inset = theme.scale.space(3)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        top, left, line = len(shown.top), len(shown.left), self._down.labels
        painter.setPen(QColor(theme.dim))
        for row, name in enumerate(self._row_names(shown)):
            self._label(painter, self._down.span(top + row), name)
        painter.setPen(QColor(theme.text))
        for place, strip in enumerate((*shown.top, *shown.bottom)):
            at = place if place < top else place + shown.rows
            self._label(painter, self._down.span(at), strip.label)
        for place, strip in enumerate((*shown.left, *shown.right)):
            at = place if place < left else place + shown.columns
            start, thick = self._across.span(at)
            head = QRectF(start - shift.x(), -shift.y(), thick - inset, line)
            painter.drawText(head, int(right), strip.label)
        if shown.matrix is not None:
            start, thick = self._across.spans(left, left + shown.columns - 1)
            head = QRectF(start - shift.x(), -shift.y(), thick, line)
            base = text.of_layer("W", shown.weights)
            name = base if shown.way != "slopes" else f"∂C₀/∂{base}"
            painter.drawText(head, int(Qt.AlignmentFlag.AlignCenter), name)

    def _label(self, painter: QPainter, span: tuple[float, float], name: str) -> None:
        shift, inset = self._shift(), self._theme.scale.space(3)
        room = QRectF(-shift.x(), span[0] - shift.y(), self._across.labels - inset, span[1])
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        end = Qt.TextElideMode.ElideRight
        painter.drawText(
            room, int(align), painter.fontMetrics().elidedText(name, end, int(room.width()) + 1)
        )

    def _lit(self, shown: MatricesPicture) -> tuple[Block, ...]:
        return () if self.pointed is None else lit(shown, self.pointed)

    def _frame(self, painter: QPainter, shown: MatricesPicture) -> None:
        """Frame what is lit, what is pointed at and what is selected."""
        pen = painter.pen()
        pen.setColor(QColor(self._theme.now))
        pen.setWidthF(self._theme.scale.line(1.0))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for block in self._lit(shown):
            painter.drawRect(self._box(block))
        pen.setWidthF(self._theme.scale.line(2.0))
        painter.setPen(pen)
        place = place_of(shown, self.selected)
        cells = [] if self.pointed is None else [self.pointed]
        if place is not None:
            cells.append(Cell(len(shown.top) + place[0], len(shown.left) + place[1]))
        for cell in cells:
            painter.drawRect(self.box_of(cell))


def _whole(thick: float) -> float:
    """Return whole pixels where a cell has at least two."""
    return float(int(thick)) if thick >= 2 else thick
