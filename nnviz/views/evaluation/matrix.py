"""The confusion matrix: what each class is read as, counted, to be clicked cell by cell."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.dataclass import dataclass
from nnviz.views.evaluation.items import MatrixItems
from nnviz.views.evaluation.matrix_picture import MatrixPicture
from nnviz.views.evaluation.pane import CENTRE, RIGHT, Pane, ink_on
from nnviz.views.evaluation.picture import EvaluationPicture
from nnviz.views.evaluation.state import Cell
from nnviz.views.palette import STEPS, Theme, ramp
from nnviz.views.shared.type_scale import Step

_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
CELL = 2.2, 1.3
"""Width and height of a cell, by its letters, from which on names have the rest of the room."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells stand: the first one's left and top, and how wide and high each is."""

    classes: int
    left: float
    top: float
    width: float
    height: float

    def box(self, cell: Cell) -> QRectF:
        """Return where a cell stands, a hair smaller than its share of the room."""
        row, column = cell
        hair = 1.0 if min(self.width, self.height) >= 8 else 0.0
        left, right = (round(self.left + at * self.width) for at in (column, column + 1))
        top, bottom = (round(self.top + at * self.height) for at in (row, row + 1))
        return QRectF(left, top, right - left - hair, bottom - top - hair)

    def at(self, where: QPointF) -> Cell | None:
        """Return which cell stands at a place."""
        row = int((where.y() - self.top) // self.height)
        column = int((where.x() - self.left) // self.width)
        inside = 0 <= row < self.classes and 0 <= column < self.classes
        return (row, column) if inside else None


class Matrix(Pane):
    """The matrix, a row for every class; `chosen` tells the cell gone to, None for none."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered: Cell | None = None
        self._fills: list[list[str]] = []
        self._items = MatrixItems(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Confusion matrix: rows desired, columns read as")

    @property
    def shown(self) -> MatrixPicture | None:
        """What is drawn; None where there are no classes."""
        return self.picture.matrix

    @property
    def cell(self) -> Cell | None:
        """The cell that is marked; None for none."""
        return None if self.shown is None else self.shown.cell

    def show_picture(self, picture: EvaluationPicture) -> None:
        """Show another moment."""
        before, now = self.shown, picture.matrix
        self.picture = picture
        if now is None or before is None or before.counts is not now.counts:
            self._fills = []
            if self._hovered is not None and (now is None or max(self._hovered) >= len(now.counts)):
                self._hovered = None
        self._items.told_anew()
        self.update()

    def set_theme(self, theme: Theme, room: float) -> None:
        """Take on colours and letters."""
        super().set_theme(theme, room)
        self._fills = []

    # -- where things stand ---------------------------------------------------------------------

    def least_height(self, _width: int) -> int:
        """Return the height from which everything has room: a low row for some ten classes."""
        classes = 0 if self.shown is None else len(self.shown.names)
        return round(min(4.9 + 0.8 * classes, 13) * self.unit)

    def grid(self) -> Grid:
        """Return where the cells stand in the present size."""
        metrics = QFontMetricsF(self.font())
        names = () if self.shown is None else self.shown.names
        classes = max(1, len(names))
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        spare = self.width() - (1.5 + CELL[0] * classes) * self.unit
        left = 1.5 * self.unit + min(widest, max(0.24 * self.width(), spare)) + self.gap(4)
        width = (self.width() - left - 1) / classes
        top = 1.4 * self.unit + self._heads(names, width, widest)
        bottom = 1.7 * self.unit
        return Grid(classes, left, top, width, max(self.height() - top - bottom, 1) / classes)

    def _heads(self, names: tuple[str, ...], width: float, widest: float) -> float:
        """Return the height of the column names: lying where they fit, else standing."""
        if not names or widest <= width - 2 or widest <= 1.3 * self.unit:
            return 1.35 * self.unit
        standing = QFontMetricsF(self._standing())
        longest = max(standing.horizontalAdvance(name) for name in names)
        spare = self.height() - (3.5 + CELL[1] * len(names)) * self.unit
        return min(longest, max(0.3 * self.height(), spare)) + self.gap(6)

    def _standing(self) -> QFont:
        """Return letters for names that stand: small where room is short."""
        return self.sized(min(self.unit, self.height() / 22))

    # -- mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell that was clicked; outside of all cells, none."""
        if event.button() == Qt.MouseButton.LeftButton and self.shown is not None:
            self.chosen.emit(self.grid().at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell about the cell under the mouse."""
        self._hover(None if self.shown is None else self.grid().at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        """Light no cell once the mouse has left."""
        self._hover(None)

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            shape = (
                Qt.CursorShape.ArrowCursor if cell is None else Qt.CursorShape.PointingHandCursor
            )
            self.setCursor(shape)
            found = self.shown
            self.setToolTip("" if cell is None or found is None else found.words(cell)[0])
            if cell is None:
                QToolTip.hideText()
            self.update()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows go to a cell, Escape lets go of it."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        leaves = event.key() == Qt.Key.Key_Escape and self.cell is not None
        return plain and (event.key() in _WAYS or leaves)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next cell; Escape lets go of it, then gives the keys back to the run."""
        way = _WAYS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            if self.cell is None:
                self.window().setFocus()
            else:
                self.chosen.emit(None)
        elif way and self.shown is not None:
            last = len(self.shown.names) - 1
            row, column = self.cell or (0, 0)
            if self.cell is not None:
                row = min(max(row + way[0], 0), last)
                column = min(max(column + way[1], 0), last)
            self.chosen.emit((row, column))
        else:
            event.ignore()

    # -- painting -------------------------------------------------------------------------------

    def fills(self, found: MatrixPicture) -> list[list[str]]:
        """Return the colour of every cell, row by row."""
        if not self._fills:
            theme = self.theme
            table = _levels(theme.minus, theme, found.wrong)
            right = _levels(theme.dim, theme, found.right)
            at = np.arange(len(right))
            table[at, at] = right
            self._fills = [["#" + bytes(colour).hex() for colour in row] for row in table]
        return self._fills

    def paint(self, painter: QPainter) -> None:
        """Paint names, cells, counts, and a sentence below them."""
        found = self.shown
        if found is None:
            return
        grid, looked_at = self.grid(), self._hovered or found.cell
        self._paint_names(painter, grid, found, looked_at)
        self._paint_cells(painter, found, grid)
        below = QRectF(0, self.height() - 1.5 * self.unit, self.width(), 1.5 * self.unit)
        if looked_at is None:
            self.say(painter, below, found.footer, self.theme.dim)
        else:
            self.say(painter, below, found.words(looked_at), self.theme.text)

    def _paint_names(
        self, painter: QPainter, grid: Grid, found: MatrixPicture, looked_at: Cell | None
    ) -> None:
        unit, theme = self.unit, self.theme
        high, wide = grid.classes * grid.height, grid.classes * grid.width
        head = QRectF(grid.left, 0, wide, 1.3 * unit)
        self.say(painter, head, ("read as",), theme.dim, CENTRE)
        painter.save()
        painter.translate(0, grid.top + high)
        painter.rotate(-90)
        self.say(painter, QRectF(0, 0, high, 1.3 * unit), ("desired", ""), theme.dim, CENTRE)
        painter.restore()
        # Names are dim while another row or column is looked at.
        rows, columns = (
            [
                theme.text if looked_at is None or looked_at[axis] == label else theme.dim
                for label in range(grid.classes)
            ]
            for axis in (0, 1)
        )
        self._paint_rows(painter, grid, found.names, rows)
        self._paint_columns(painter, grid, found.names, columns)

    def _paint_rows(
        self, painter: QPainter, grid: Grid, names: tuple[str, ...], inks: list[str]
    ) -> None:
        """Write the names at the left, of as many classes as have room."""
        unit = self.unit
        font = self.sized(min(unit, 0.95 * grid.height))
        ink = QFontMetricsF(font).tightBoundingRect("".join(names)).height()
        left, every = 1.4 * unit, max(1, ceil((ink + 1) / grid.height))
        painter.setFont(font)
        for label in range(0, grid.classes, every):
            middle = grid.box((label, 0)).center().y()
            room = QRectF(left, middle - unit, grid.left - left - self.gap(4), 2 * unit)
            self.say(painter, room, (names[label],), inks[label], RIGHT)
        painter.setFont(self.font())

    def _paint_columns(
        self, painter: QPainter, grid: Grid, names: tuple[str, ...], inks: list[str]
    ) -> None:
        """Write the names above, lying or standing, of as many classes as have room."""
        unit, high = self.unit, grid.top - 1.4 * self.unit
        lying = high <= 1.36 * unit
        least = self.theme.scale.px(Step.CAPTION)
        every = max(1, ceil((0.6 * unit if lying else max(unit, least)) / grid.width))
        if lying:
            size = min(unit, 1.1 * every * grid.width)
            metrics = QFontMetricsF(self.sized(size))
            widest = max(metrics.horizontalAdvance(name) for name in names)
            every = max(every, ceil((widest + 1) / grid.width))
            painter.setFont(self.sized(size))
        else:
            painter.setFont(self._standing())
        for label in range(0, grid.classes, every):
            box, ink, name = grid.box((0, label)), inks[label], names[label]
            if lying:
                wide = max(box.width(), 1.4 * unit)
                middle, top = box.center().x(), grid.top - 1.4 * unit
                head = QRectF(middle - wide / 2, top, wide, 1.3 * unit)
                self.say(painter, head, (name,), ink, CENTRE)
                continue
            painter.save()
            painter.translate(box.center().x(), grid.top - self.gap(4))
            painter.rotate(-90)
            self.say(painter, QRectF(0, -unit, high - self.gap(5), 2 * unit), (name,), ink)
            painter.restore()
        painter.setFont(self.font())

    def _paint_cells(self, painter: QPainter, found: MatrixPicture, grid: Grid) -> None:
        fills, theme = self.fills(found), self.theme
        font = self._count_font(found, grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for row in range(grid.classes):
            for column in range(grid.classes):
                painter.fillRect(grid.box((row, column)), QColor(fills[row][column]))
        whole = QRectF(
            grid.left - 1, grid.top - 1, grid.classes * grid.width, grid.classes * grid.height
        )
        painter.setPen(QPen(QColor(theme.line), theme.scale.line(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole)
        if font is not None:
            painter.setFont(font)
            for row, column in np.argwhere(found.counts).tolist():
                count = (str(found.counts[row, column]),)
                ink = ink_on(fills[row][column], theme)
                self.say(painter, grid.box((row, column)), count, ink, CENTRE)
            painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell, colour, thick in (
            (self._hovered, theme.text, theme.scale.line(1.5)),
            (found.cell, theme.now, max(theme.scale.line(2), self.unit / 6)),
        ):
            if cell is not None:
                painter.setPen(QPen(QColor(colour), thick))
                painter.drawRect(grid.box(cell).adjusted(-0.5, -0.5, 0.5, 0.5))

    def _count_font(self, found: MatrixPicture, grid: Grid) -> QFont | None:
        """Return letters in which every count has room in its cell; None where none has."""
        longest = "8" * len(str(int(found.counts.max(initial=0))))
        wished = max(1.05 * self.unit, min(1.8 * self.unit, 0.3 * grid.height))
        wished = min(wished, 0.88 * grid.height)
        font, fits = self.theme.scale.fitting(self.sized(wished), longest, grid.width - 3)
        ink = QFontMetricsF(font).tightBoundingRect(longest).height()
        return font if fits and ink + 1 <= grid.height else None


def _levels(colour: str, theme: Theme, shares: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return colours from the panel's ground to a full hue, for shares 0..1, (..., 3)."""
    return ramp(theme.panel, colour, STEPS + 1)[np.round(STEPS * shares).astype(np.intp)]
