"""The confusion matrix: what each class is read as, counted, to be clicked cell by cell."""

from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.measure.report import Report
from nnviz.numbers import integer
from nnviz.views.evaluation.grid import Cell, Grid
from nnviz.views.evaluation.pane import CENTRE, LEAST, RIGHT, Pane, ink_on, letters, percent
from nnviz.views.palette import STEPS, ramp

STRONG = 0.05
"""Share of a class's examples that has the full hue, at least; more where all is wrong."""
CALM = 0.6
"""How far the diagonal goes from the panel to the dim text colour."""
LIFT = 0.8
"""Power of an error's share: below 1 it lifts small ones."""
_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Matrix(Pane):
    """The matrix, a row for every class.

    Signals:
        chosen(object): the cell that was clicked or gone to by keys.

    Attributes:
        cell: the one that is marked; None for none.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell: Cell | None = None
        self._hovered: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Confusion matrix: rows desired, columns read as")

    def mark(self, cell: Cell | None) -> None:
        """Mark a cell."""
        self.cell = cell
        self.update()

    # -- where things stand ---------------------------------------------------------------------

    def grid(self) -> Grid:
        """Return where the cells stand in the present size."""
        metrics = QFontMetricsF(self.font())
        classes = max(1, self.report.classes if self.report else 1)
        widest = max((metrics.horizontalAdvance(name) for name in self.names), default=0.0)
        left = 1.5 * self.unit + min(widest, 0.24 * self.width()) + 4
        width = (self.width() - left - 1) / classes
        top = 1.4 * self.unit + self._heads(width, widest)
        bottom = 1.7 * self.unit
        return Grid(classes, left, top, width, max(self.height() - top - bottom, 1) / classes)

    def _heads(self, width: float, widest: float) -> float:
        """Return the height of the column names: lying where they fit, else standing."""
        if self._lying(width, widest):
            return 1.35 * self.unit
        standing = QFontMetricsF(self._standing())
        longest = max(standing.horizontalAdvance(name) for name in self.names)
        return min(longest, 0.3 * self.height()) + 6

    def _lying(self, width: float, widest: float) -> bool:
        return widest <= width - 2 or widest <= 1.3 * self.unit

    def _standing(self) -> QFont:
        """Return letters for names that stand: small where room is short."""
        return letters(self.font(), min(self.unit, self.height() / 22))

    # -- mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell that was clicked; outside of all cells, none."""
        if event.button() == Qt.MouseButton.LeftButton and self.report and self.report.classes:
            self._choose(self.grid().at(event.position()))

    def _choose(self, cell: Cell | None) -> None:
        self.mark(cell)
        self.chosen.emit(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell about the cell under the mouse."""
        shown = self.report is not None and self.report.classes
        self._hover(self.grid().at(event.position()) if shown else None)

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
            self.setToolTip("" if cell is None else self.words_of(cell)[0])
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
                self._choose(None)
        elif way and self.report is not None and self.report.classes:
            last = self.report.classes - 1
            row, column = self.cell or (0, 0)
            if self.cell is not None:
                row = min(max(row + way[0], 0), last)
                column = min(max(column + way[1], 0), last)
            self._choose((row, column))
        else:
            event.ignore()

    # -- words ----------------------------------------------------------------------------------

    def words_of(self, cell: Cell) -> tuple[str, ...]:
        """Say what a cell counts, the fullest wording first."""
        assert self.report is not None
        count, share = int(self.report.confusion[cell]), float(self.report.shares[cell])
        total = int(self.report.confusion[cell[0]].sum())
        wanted, read = (self.name(label) for label in cell)
        return (
            f"“{wanted}” read as “{read}”: {integer(count)} of {integer(total)} ({percent(share)})",
            f"“{wanted}” read as “{read}”: {integer(count)} of {integer(total)}",
            f"{wanted} → {read}: {integer(count)} of {integer(total)}",
            f"{wanted} → {read}: {integer(count)}",
        )

    def worst(self) -> Cell | None:
        """Return the commonest mistake; None where there is none."""
        assert self.report is not None
        errors = self.report.confusion.copy()
        np.fill_diagonal(errors, 0)
        if not errors.any():
            return None
        row, column = np.unravel_index(errors.argmax(), errors.shape)
        return int(row), int(column)

    def _footer(self) -> tuple[str, ...]:
        assert self.report is not None
        cell = self._hovered or self.cell
        if cell is not None:
            return self.words_of(cell)
        worst = self.worst()
        if worst is None:
            return ("Not one test example is misread", "Not one is misread")
        words, count = self.words_of(worst), int(self.report.confusion[worst])
        times = "once" if count == 1 else f"{integer(count)} times"
        short = f"Most often {' → '.join(self.name(label) for label in worst)}, {times}"
        return (
            f"Most often {words[1]}. Click a cell to see them",
            f"{short}. Click a cell to see them",
            f"{short}: click to see",
            short,
            words[-1],
        )

    # -- painting -------------------------------------------------------------------------------

    def fills(self, report: Report) -> list[list[str]]:
        """Return the colour of every cell, row by row."""
        theme, shares = self.theme, report.shares
        errors = shares * (1 - np.eye(report.classes))
        full = max(STRONG, float(errors.max(initial=0.0)))
        wrong = ramp(theme.panel, theme.minus, STEPS + 1)
        right = ramp(theme.panel, theme.dim, STEPS + 1)
        # A class's few strays are lifted off the ground a little, to be seen at all.
        wrong_at = np.round(STEPS * (errors / full) ** LIFT).astype(np.intp)
        right_at = np.round(STEPS * CALM * (0.4 + 0.6 * shares)).astype(np.intp)
        table = np.where(
            np.eye(report.classes, dtype=bool)[..., np.newaxis], right[right_at], wrong[wrong_at]
        )
        return [["#%02x%02x%02x" % tuple(colour) for colour in row] for row in table]  # noqa: UP031

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint names, cells, counts, and a sentence below them."""
        grid = self.grid()
        self._paint_names(painter, grid)
        self._paint_cells(painter, report, grid)
        below = QRectF(0, self.height() - 1.5 * self.unit, self.width(), 1.5 * self.unit)
        marked = self._hovered or self.cell
        colour = self.theme.dim if marked is None else self.theme.text
        self.say(painter, below, self._footer(), colour)

    def _paint_names(self, painter: QPainter, grid: Grid) -> None:
        unit, theme = self.unit, self.theme
        high, wide = grid.classes * grid.height, grid.classes * grid.width
        self.say(
            painter,
            QRectF(grid.left, 0, wide, 1.3 * unit),
            ("read as",),
            theme.dim,
            CENTRE,
        )
        painter.save()
        painter.translate(0, grid.top + high)
        painter.rotate(-90)
        self.say(painter, QRectF(0, 0, high, 1.3 * unit), ("desired",), theme.dim, CENTRE)
        painter.restore()
        self._paint_rows(painter, grid)
        self._paint_columns(painter, grid)

    def _ink(self, label: int, axis: int) -> str:
        """Return the colour of a name: dim while another row or column is looked at."""
        picked = self._hovered or self.cell
        return self.theme.text if picked is None or picked[axis] == label else self.theme.dim

    def _paint_rows(self, painter: QPainter, grid: Grid) -> None:
        """Write the names at the left, of as many classes as have room."""
        unit = self.unit
        font = letters(self.font(), min(unit, 0.95 * grid.height))
        left, every = 1.4 * unit, max(1, ceil(0.95 * font.pixelSize() / grid.height))
        painter.setFont(font)
        for label in range(0, grid.classes, every):
            middle = grid.box((label, 0)).center().y()
            room = QRectF(left, middle - unit, grid.left - left - 4, 2 * unit)
            self.say(painter, room, (self.name(label),), self._ink(label, 0), RIGHT)
        painter.setFont(self.font())

    def _paint_columns(self, painter: QPainter, grid: Grid) -> None:
        """Write the names above, lying or standing, of as many classes as have room."""
        unit, high = self.unit, grid.top - 1.4 * self.unit
        lying = high <= 1.36 * unit
        every = max(1, ceil((0.6 if lying else 1.0) * unit / grid.width))
        size = min(unit, 1.1 * every * grid.width)
        painter.setFont(letters(self.font(), size) if lying else self._standing())
        for label in range(0, grid.classes, every):
            box, ink = grid.box((0, label)), self._ink(label, 1)
            if lying:
                wide = max(box.width(), 1.4 * unit)
                middle, top = box.center().x(), grid.top - 1.4 * unit
                head = QRectF(middle - wide / 2, top, wide, 1.3 * unit)
                self.say(painter, head, (self.name(label),), ink, CENTRE)
                continue
            painter.save()
            painter.translate(box.center().x(), grid.top - 4)
            painter.rotate(-90)
            self.say(painter, QRectF(0, -unit, high - 5, 2 * unit), (self.name(label),), ink)
            painter.restore()
        painter.setFont(self.font())

    def _paint_cells(self, painter: QPainter, report: Report, grid: Grid) -> None:
        fills, theme = self.fills(report), self.theme
        font = self._count_font(report, grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for row in range(grid.classes):
            for column in range(grid.classes):
                painter.fillRect(grid.box((row, column)), QColor(fills[row][column]))
        whole = QRectF(
            grid.left - 1, grid.top - 1, grid.classes * grid.width, grid.classes * grid.height
        )
        painter.setPen(QColor(theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole)
        if font is not None:
            painter.setFont(font)
            for row, column in zip(*report.confusion.nonzero(), strict=True):
                text = str(report.confusion[row, column])
                ink = ink_on(fills[row][column], theme)
                self.say(painter, grid.box((int(row), int(column))), (text,), ink, CENTRE)
            painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell, colour, thick in (
            (self._hovered, theme.text, 1.5),
            (self.cell, theme.now, max(2.0, self.unit / 6)),
        ):
            if cell is not None and max(cell) < grid.classes:
                painter.setPen(QPen(QColor(colour), thick))
                painter.drawRect(grid.box(cell).adjusted(-0.5, -0.5, 0.5, 0.5))

    def _count_font(self, report: Report, grid: Grid) -> QFont | None:
        """Return letters in which every count has room in its cell; None where none has."""
        longest = "8" * len(str(int(report.confusion.max(initial=0))))
        size = min(
            max(1.05 * self.unit, min(1.8 * self.unit, 0.3 * grid.height)), 0.88 * grid.height
        )
        while size >= LEAST:
            font = letters(self.font(), size)
            if QFontMetricsF(font).horizontalAdvance(longest) <= grid.width - 3:
                return font
            size -= 1
        return None
