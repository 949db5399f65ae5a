"""The table of runs: a row each, with a tick and a curve."""

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from nnviz.engine.run.snapshot import Array
from nnviz.views.palette import DARK, Theme
from nnviz.views.runs import text
from nnviz.views.runs.picture import CURVE, FIGURES, RunsPicture
from nnviz.views.shared import styles
from nnviz.views.shared.plain_table import make_plain

WIDE, NARROW = 6.0, 2.5
"""Width of a curve, and the least of what gives way, in heights of a letter."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class RunsTable(QTableWidget):
    """Shows a picture.

    Signals:
        ticked(int): a row's tick was set or taken away.
        opened(int): a row was double-clicked, or Enter pressed on it.
    """

    ticked = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: RunsPicture | None = None
        self._filling = False
        self._space = DARK.scale.space
        make_plain(self, text.TABLE)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.curves = Curves(self)
        self.setItemDelegate(self.curves)
        self.itemChanged.connect(self._tick)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.row()))

    def show_picture(self, picture: RunsPicture) -> None:
        """Show other rows; the marked one stays where it is still there."""
        before = self._shown
        marked = self._path_at(self.currentRow())
        self._shown = picture
        self._filling = True
        columns = (text.OVER, *picture.columns)
        if before is None or before.columns != picture.columns:
            self.setColumnCount(len(columns))
            for place, column in enumerate(columns):
                head, tip = text.head(column)
                item = QTableWidgetItem(head)
                item.setToolTip(tip)
                item.setTextAlignment(_side(column in picture.numbers))
                self.setHorizontalHeaderItem(place, item)
        self.setRowCount(len(picture.rows))
        for place, row in enumerate(picture.rows):
            tick = QTableWidgetItem("" if row.path is not None else text.NOW)
            if row.path is not None:
                tick.setFlags(
                    Qt.ItemFlag.ItemIsUserCheckable
                    | Qt.ItemFlag.ItemIsEnabled
                    | Qt.ItemFlag.ItemIsSelectable
                )
                state = Qt.CheckState.Checked if row.over else Qt.CheckState.Unchecked
                tick.setCheckState(state)
                tick.setToolTip(text.HEADS[text.OVER][1])
            self.setItem(place, 0, tick)
            for cell, said in enumerate(row.cells, 1):
                column, item = columns[cell], QTableWidgetItem(said)
                item.setToolTip(said)
                item.setTextAlignment(_side(column in picture.numbers))
                if column == CURVE:
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, text.cost(row.summary))
                self.setItem(place, cell, item)
        self.curves.column = columns.index(CURVE)
        self.curves.curves = [row.summary.curve for row in picture.rows]
        for place, row in enumerate(picture.rows):
            if marked is not None and row.path == marked:
                self.setCurrentCell(place, max(self.currentColumn(), 0))
        self._filling = False
        self._fit()
        self.viewport().update()

    def _path_at(self, row: int) -> object:
        shown = self._shown
        return shown.rows[row].path if shown is not None and 0 <= row < len(shown.rows) else None

    def dress(self, theme: Theme, letters: QFont) -> None:
        """Take on colours and letters."""
        self._space = space = theme.scale.space
        self.curves.theme = theme
        self.setFont(letters)
        self.horizontalHeader().setFont(letters)
        self.setStyleSheet(
            styles.thin_scroll_bar(theme) + f"QTableView {{ outline: none; color: {theme.text};"
            f" selection-background-color: {theme.line}; selection-color: {theme.text}; }}"
            f"QTableView::indicator {{ width: {space(9)}px; height: {space(9)}px;"
            f" border: {space(1)}px solid {theme.dim}; background: transparent; }}"
            f"QTableView::indicator:checked {{ background: {theme.now};"
            f" border-color: {theme.text}; }}"
            "QHeaderView { background: transparent; border: none; }"
            f"QHeaderView::section {{ background: {theme.panel}; color: {theme.dim};"
            f" border: none; border-bottom: {space(1)}px solid {theme.line};"
            f" padding: 0 {space(4)}px; }}"
        )
        height = QFontMetrics(letters).height()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(height + space(6))
        self.horizontalHeader().setFixedHeight(height + space(6))
        self._fit()

    def _fit(self) -> None:
        """Give each column the room of what it says; those that tell most are all in sight.

        Where these have no room, what is long in them ends with …, and is whole in its tip.
        """
        metrics, gap = QFontMetrics(self.font()), self._space(12)
        widths = []
        for column in range(self.columnCount()):
            head = self.horizontalHeaderItem(column)
            said = [head.text() if head else ""]
            said += [
                item.text() for row in range(self.rowCount()) if (item := self.item(row, column))
            ]
            wide = max(map(metrics.horizontalAdvance, said)) + gap
            drawn = round(WIDE * metrics.height()) if column == self.curves.column else 0
            widths.append(max(wide, drawn))
        shown, curve = self._shown, self.curves.column
        for column in (curve, *range(curve, 0, -1)):  # the curve gives way first, then what differs
            over = sum(widths[: curve + 1]) - self.viewport().width()
            if over > 0 and shown is not None and shown.columns[column - 1] not in FIGURES:
                least = min(widths[column], round(NARROW * metrics.height()))
                widths[column] = max(widths[column] - over, least)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again at what has room."""
        super().resizeEvent(event)
        self._fit()

    def _tick(self, item: QTableWidgetItem) -> None:
        if not self._filling and item.column() == 0:
            self.ticked.emit(item.row())

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: Enter opens the marked run, Space ticks it."""
        return event.key() in ENTER | {Qt.Key.Key_Space} and self.currentRow() >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the marked run by Enter, tick it by Space."""
        row = self.currentRow()
        if event.key() in ENTER and row >= 0:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Space and row >= 0:
            self.ticked.emit(row)
        else:
            super().keyPressEvent(event)


class Curves(QStyledItemDelegate):
    """Paints cells; in one column a run's test cost, on a logarithmic axis of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.column = 0  # of the curves
        self.curves: list[Array] = []

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell, or a row's curve."""
        super().paint(painter, option, index)
        if index.column() != self.column:
            return
        box = option.rect.toRectF()
        gap = self.theme.scale.space(4)
        line = spark(self.curves[index.row()], box.width() - 2 * gap, box.height() - 2 * gap)
        if line is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.now), self.theme.scale.line(1.4)))
        painter.translate(box.left() + gap, box.top() + gap)
        if len(line) == 1:
            painter.drawEllipse(line[0], 1.5, 1.5)
        else:
            painter.drawPolyline(QPolygonF(line))
        painter.restore()


def _side(right: bool) -> Qt.AlignmentFlag:
    """Return where a cell's words stand: numbers at the right, one below the other."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def spark(curve: Array, width: float, height: float) -> list[QPointF] | None:
    """Return the points of a small curve of test costs, from (points, 3); None for none."""
    costs, good = curve[:, 2], np.isfinite(curve[:, 2]) & (curve[:, 2] > 0)
    if not good.any():
        return None
    x, y = curve[good, 0], np.log10(costs[good])
    across, high = float(np.ptp(x)), float(np.ptp(y))
    xs = (x - x.min()) / across * width if across else np.full(len(x), width / 2)
    ys = (y.max() - y) / high * height if high else np.full(len(y), height / 2)
    return [QPointF(*map(float, point)) for point in zip(xs, ys, strict=True)]
