"""The table of terms: as many rows as there are, of which only those in sight are painted."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.numbers import fewer, fixed, write
from nnviz.views.inspector.items import TableItems
from nnviz.views.inspector.line_nodes import head_node
from nnviz.views.inspector.page import Table
from nnviz.views.inspector.sheet import Area
from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import Step
from nnviz.views.shared.typesetting import Node, font, paint

_NAME, _CELL, _BARS = 3.4, 5.8, 2.5
"""Widths of the name, a number such as −5.7×10⁻⁵ and the bars, in letter heights."""
_WIDEST = 9.0
"""Most letter heights for names of columns, which are longer than symbols."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TermTable(Area):
    """Rows of numbers with a signed bar each; every number can be clicked.

    Attributes:
        current: the row that keys go on from.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Terms", parent)
        self._table: Table | None = None
        self._named = _NAME
        self._heads: list[Node] = []
        self._decimals: list[int] = []
        self._signs = 0.0, 0.0
        self._hovered = -1, -2
        self._letters = self.theme.scale.px(Step.LABEL)
        self.current = 0
        self._items = TableItems(self)

    def sizeHint(self) -> QSize:
        """Ask for the room of its columns."""
        return QSize(self.width_for(self.height()), self.theme.scale.space(120))

    def width_for(self, height: int) -> int:
        """Return the width that all columns want in a height."""
        letters = self.theme.scale.grown(Step.LABEL, height / 10, Step.HEADING)
        return round(letters * (self._across + _BARS))

    def minimumSizeHint(self) -> QSize:
        """Do with little height."""
        return QSize(self.theme.scale.space(120), self.theme.scale.space(40))

    @property
    def table(self) -> Table | None:
        """What is shown."""
        return self._table

    def show_table(self, table: Table, *, same: bool) -> None:
        """Show rows; where they are the `same` with other numbers, the place is kept."""
        self._table = table
        self._heads = [head_node(head) for head in table.heads]
        self._named = min(max(_NAME, 0.6 * table.longest), _WIDEST)
        self._decimals = [decimals_of(column) for column in table.columns]
        last = np.nan_to_num(table.columns[-1])
        self._signs = float(last.min(initial=0.0)), float(last.max(initial=0.0))
        if not same:
            self.verticalScrollBar().setValue(0)
            self.current = 0
        self._range()
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.theme = theme
        self._range()
        self.viewport().update()

    # -- where things stand -----------------------------------------------------------------------

    @property
    def letters(self) -> int:
        """Size of the letters in pixels: as large as height and columns allow."""
        return self._letters

    @property
    def _across(self) -> float:
        """Width of all columns but the bars, in letter heights."""
        return self._named + (len(self._table.columns) if self._table else 3) * _CELL

    @property
    def row_height(self) -> int:
        """Height of a row in pixels."""
        return round(1.45 * self.letters)

    def _font(self) -> QFont:
        return font("sans", self.letters)

    def _columns(self) -> list[tuple[float, float]]:
        """Return the left and right of the name, of each column, and of the bars."""
        assert self._table is not None
        letters, margin = self.letters, self.theme.scale.space(4)
        left = margin - self.horizontalScrollBar().value()
        x = left + self._named * letters
        edges = [(float(left), x)]
        for _ in self._table.columns:
            edges.append((x, x + _CELL * letters))
            x += _CELL * letters
        x += 0.6 * letters
        edges.append((x, max(float(self.viewport().width() - margin), x)))
        return edges

    def _range(self) -> None:
        """Let letters and bars follow the room, the columns and the rows."""
        across = self.viewport().width() / (self._across + _BARS)
        room = int(min(self.viewport().height() / 10, across))
        self._letters = self.theme.scale.grown(Step.LABEL, room, Step.HEADING)
        rows = self._table.rows if self._table else 0
        needed = self._across * self.letters + 2 * self.theme.scale.space(4)
        width, height, row = self.viewport().width(), self.viewport().height(), self.row_height
        self._scroll(self.verticalScrollBar(), rows * row, height - row, row)
        self._scroll(self.horizontalScrollBar(), needed, width, self.letters)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell stands in the viewport; column −1 is the name."""
        left, right = self._columns()[column + 1]
        top = (row + 1) * self.row_height - self.verticalScrollBar().value()
        return QRectF(left, top, right - left, self.row_height)

    def _under(self, point: QPointF) -> tuple[int, int]:
        """Return row and column at a point; (−1, −2) where there is none."""
        table = self._table
        if table is None or point.y() < self.row_height:
            return -1, -2
        row = int((point.y() + self.verticalScrollBar().value()) // self.row_height) - 1
        if not 0 <= row < table.rows:
            return -1, -2
        edges = self._columns()
        for at, (_, right) in enumerate(edges):
            if point.x() < right:
                return row, min(at - 1, len(table.columns) - 1)
        return row, len(table.columns) - 1

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        painter = QPainter(self.viewport())
        theme, table = self.theme, self._table
        painter.fillRect(self.viewport().rect(), QColor(theme.panel))
        if table is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edges, height = self._columns(), self.row_height
        top = self.verticalScrollBar().value()
        first = top // height
        # No half rows at the bottom: the lower half of a number says something else.
        last = min(table.rows, (self.viewport().height() + top) // height - 1)
        sizes = abs(table.columns[-1])
        largest = float(sizes[sizes < float("inf")].max(initial=0.0)) or 1.0
        painter.save()
        painter.setClipRect(0, height, self.viewport().width(), self.viewport().height())
        for row in range(first, last):
            self._paint_row(painter, edges, row, (row + 1) * height - top, largest)
        painter.restore()
        self._paint_heads(painter, edges)

    def _paint_heads(self, painter: QPainter, edges: list[tuple[float, float]]) -> None:
        theme, height = self.theme, self.row_height
        colours = {"text": QColor(theme.dim), "dim": QColor(theme.dim)}
        base = 0.7 * height
        for at, head in enumerate(self._heads):
            box = head.set(self.letters, "text", self.theme.scale.px(Step.CAPTION))
            left, right = edges[at]
            paint(box, painter, left if at == 0 else right - box.width, base, colours)
        line = theme.scale.line(1)
        painter.fillRect(
            QRectF(0, height - line, self.viewport().width(), line), QColor(theme.line)
        )

    def _paint_row(
        self,
        painter: QPainter,
        edges: list[tuple[float, float]],
        row: int,
        top: float,
        largest: float,
    ) -> None:
        table, theme, height = self._table, self.theme, self.row_height
        assert table is not None
        if row == table.own or row == self._hovered[0]:
            strip = QRectF(0, top, self.viewport().width(), height)
            painter.fillRect(strip, QColor(theme.raised))
        if row == table.own:
            line = theme.scale.line(2)
            painter.fillRect(QRectF(0, top + line, line, height - 2 * line), QColor(theme.now))
        if self.hasFocus() and row == self.current:
            painter.setPen(QColor(theme.now))
            painter.drawRect(QRectF(0.5, top + 0.5, self.viewport().width() - 1, height - 1))
        painter.setFont(self._font())
        left, right = edges[0]
        painter.setPen(QColor(theme.dim))
        name = painter.fontMetrics().elidedText(
            table.name(row), Qt.TextElideMode.ElideRight, round(right - left)
        )
        painter.drawText(QRectF(left, top, right - left, height), _LEFT, name)
        for at, column in enumerate(table.columns):
            left, right = edges[at + 1]
            value = float(column[row])
            hovered = (row, at) == self._hovered
            painter.setPen(QColor(theme.now if hovered else theme.text))
            text = cell_text(value, self._decimals[at])
            painter.drawText(QRectF(left, top, right - left, height), _RIGHT, text)
        self._paint_bar(painter, edges[-1], float(table.columns[-1][row]) / largest, top)

    def _paint_bar(
        self, painter: QPainter, edge: tuple[float, float], share: float, top: float
    ) -> None:
        left, right = edge
        if right - left < self.letters or share != share:
            return
        theme, height = self.theme, self.row_height
        least, most = self._signs
        middle = left if least >= 0 else right if most <= 0 else (left + right) / 2
        length = min(max(share, -1.0), 1.0) * max(right - middle, middle - left)
        thick = 0.5 * height
        line = theme.scale.line(1)
        axis = QRectF(middle - line / 2, top + 2 * line, line, height - 4 * line)
        painter.fillRect(axis, QColor(theme.line))
        bar = QRectF(min(middle, middle + length), top + (height - thick) / 2, abs(length), thick)
        painter.fillRect(bar, QColor(theme.plus if length > 0 else theme.minus))

    # -- mouse and keys ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll no further than there are rows."""
        super().resizeEvent(event)
        self._range()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what would be picked."""
        hovered = self._under(event.position())
        if hovered == self._hovered:
            return
        self._hovered = hovered
        self._point(clickable=hovered[0] >= 0)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing any more."""
        super().leaveEvent(event)
        self._hovered = -1, -2
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick what is under the pointer."""
        row, column = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self.pick(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the rows, and pick one."""
        table = self._table
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if table is not None and step is not None:
            self.go_to(min(max(self.current + step, 0), table.rows - 1))
        elif table is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick(self.current, 0)
        else:
            event.ignore()

    def go_to(self, row: int) -> None:
        """Go to a row, and bring it into sight."""
        self.current = row
        bar, height = self.verticalScrollBar(), self.row_height
        room = self.viewport().height() - height
        above, below = row * height, (row + 1) * height - room
        bar.setValue(min(max(bar.value(), below), above))
        self._items.told_anew()
        self.viewport().update()

    def cells_of(self, row: int) -> list[str]:
        """Return the numbers of a row as they are written."""
        columns = () if self._table is None else self._table.columns
        return [
            cell_text(float(column[row]), decimals)
            for column, decimals in zip(columns, self._decimals, strict=True)
        ]

    def pick(self, row: int, column: int) -> None:
        """Ask about a cell."""
        assert self._table is not None
        selection = self._table.pick(row, column)
        if selection is not None:
            self.clicked.emit(selection)


def decimals_of(column: NDArray[np.float64]) -> int:
    """Return the decimals that a column is written with; −1 where its numbers are tiny."""
    finite = np.abs(column[np.isfinite(column)])
    largest = float(finite.max(initial=0.0))
    if largest == 0 or bool((finite == np.round(finite)).all()):
        return 0 if largest < 1e6 else -1
    if not 0.01 <= largest < 1e5:
        return -1
    return int(min(max(fewer(2) - np.floor(np.log10(largest)), 1), fewer(0)))


def cell_text(value: float, decimals: int) -> str:
    """Write a number of a column: points stand below each other, but nothing is rounded to 0."""
    if decimals < 0 or not np.isfinite(value):
        return write(value, fewer(2))
    text = fixed(value, decimals)
    if not any(digit in text for digit in "123456789"):
        return write(value, 1)
    return text
