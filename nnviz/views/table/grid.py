"""The grid of the table: its cells, its heads, and the keys that move, mark, copy and paste."""

import math

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from nnviz.data.typed_table import TypedTable
from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.number_cells import ENTER
from nnviz.views.shared.plain_table import EDITED, make_plain
from nnviz.views.table import text
from nnviz.views.table.cells import TURN, Cells
from nnviz.views.table.class_words import is_word
from nnviz.views.table.clipboard import copied
from nnviz.views.table.heads import Heads
from nnviz.views.table.model import TableModel

_MOVES = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
        Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip
_STARTS = frozenset(map(ord, "0123456789+-.,−"))
"""Keys of the letters that begin a number, which are Unicode's."""
_EMPTY = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_WIDEST = 40
"""Rows whose numbers decide how wide a column is."""


class TableGrid(QTableView):
    """A spreadsheet of numbers.

    Signals:
        pasted(int, int, str): put this text in from this row and column on.
        emptied(): somebody wants to empty a cell.
        row_wanted(): another row is to stand below the present one.
        row_chosen(int): another row is the present one, by hand.
    """

    pasted = Signal(int, int, str)
    emptied = Signal()
    row_wanted = Signal()
    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.rows = TableModel(self)
        self.setModel(self.rows)
        self.heads = Heads(self.rows, self)
        self.setHorizontalHeader(self.heads)
        self.cells = Cells(self.rows, self)
        self.setItemDelegate(self.cells)
        self.cells.left.connect(self._move_on)
        make_plain(self, text.TABLE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(EDITED | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    @property
    def busy(self) -> bool:
        """True while a number or a name is being typed."""
        return self.state() == QAbstractItemView.State.EditingState or self.heads.renaming

    # -- what is shown ----------------------------------------------------------------------------

    def show_table(self, table: TypedTable | None) -> None:
        """Show another table; the present cell stays where there still is one."""
        row, column = max(self.currentIndex().row(), 0), max(self.currentIndex().column(), 0)
        self.rows.show_table(table)
        self.fit()
        if table is not None and not self.currentIndex().isValid():
            self.go_to(min(row, len(table.rows) - 1), min(column, len(table.columns) - 1))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the present one, without a word about it."""
        self._quiet = True
        self.setCurrentIndex(self.rows.index(row, column))
        self._quiet = False

    def show_focus(self, row: int) -> None:
        """Mark the row of the example that is looked at, −1 for none, and go there if it is new."""
        if row == self.cells.focus:
            return
        self.cells.focus = row
        if row >= 0 and row != self.currentIndex().row() and not self.busy:
            self.go_to(row, max(self.currentIndex().column(), 0))
        self.viewport().update()

    def dress(self, theme: Theme, letters: QFont) -> None:
        """Take on colours and letters."""
        self.cells.theme = theme
        for part in (self, self.heads, self.verticalHeader()):
            part.setFont(letters)
        space = theme.scale.space
        self.setStyleSheet(
            styles.thin_scroll_bar(theme)
            + "QTableView { outline: none; }"
            + f"QTableCornerButton::section {{ background: {theme.panel}; border: none; }}"
            f"QHeaderView {{ background: {theme.panel}; }}"
            f"QHeaderView::section:vertical {{ background: {theme.panel}; color: {theme.dim};"
            f" border: none; padding: 0 {space(4)}px; }}"
        )
        self.heads.dress(theme)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(letters).height() + space(6))
        self.fit()

    def fit(self) -> None:
        """Give the columns the room of what they say; long names are cut where that shows all."""
        table = self.rows.table
        if table is None:
            return
        metrics, gap = QFontMetrics(self.font()), self.cells.theme.scale.space(14)
        wanted, least = [], []
        for place in range(len(table.columns)):
            name, role = self.rows.headerData(place, Qt.Orientation.Horizontal).split("\n")
            rows = range(min(len(table.rows), _WIDEST))
            cells = [self.rows.index(row, place).data() for row in rows]
            wide = max(map(metrics.horizontalAdvance, (role, *cells))) + gap
            least.append(min(max(wide, 4 * gap), 16 * gap))
            wide = max(wide, metrics.horizontalAdvance(name) + gap)
            wanted.append(min(max(wide, 4 * gap), 16 * gap))
        over, spare = sum(wanted) - self.viewport().width(), sum(wanted) - sum(least)
        share = over / spare if 0 < over <= spare else 0.0
        for place, (wide, narrow) in enumerate(zip(wanted, least, strict=True)):
            self.setColumnWidth(place, math.floor(wide - share * (wide - narrow)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new room."""
        super().resizeEvent(event)
        self.fit()

    # -- what is marked ---------------------------------------------------------------------------

    def marked(self) -> tuple[list[int], list[int]]:
        """Return the rows and the columns of the marked cells; at least the present one."""
        found = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows, columns = ({i.row() for i in found}, {i.column() for i in found})
        return sorted(rows), sorted(columns)

    def whole_column(self) -> int:
        """Return the column that is marked as a whole, by its head; −1 for none."""
        column = self.currentIndex().column()
        choice: QItemSelectionModel = self.selectionModel()
        several = len(self.rows.known.rows) > 1
        whole = several and choice.isColumnSelected(column, self.rootIndex())
        return column if whole and len(self.marked()[1]) == 1 else -1

    def _row_changed(self) -> None:
        row = self.currentIndex().row()
        if not self._quiet and row >= 0:
            self.row_chosen.emit(row)

    # -- keys -------------------------------------------------------------------------------------

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: what moves, types, copies, pastes and empties."""
        if self.rows.table is None:
            return False
        keys = QKeySequence.StandardKey
        if any(map(event.matches, (keys.Copy, keys.Paste, keys.SelectAll))):
            return True
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return key in ENTER
        if is_word(event.text()) and self.currentIndex().column() in self.rows.table.targets:
            return not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        return key in _STARTS or key in _MOVES | _EMPTY | ENTER | {Qt.Key.Key_F2}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, copy, paste and empty; what begins a number begins to type one."""
        keys, key = QKeySequence.StandardKey, event.key()
        index = self.currentIndex()
        if event.matches(keys.Copy):
            self.copy()
        elif event.matches(keys.Paste):
            self.paste()
        elif key in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.row_wanted.emit()
        elif key in _EMPTY:
            self.emptied.emit()
        elif key == Qt.Key.Key_F2 and self.whole_column() >= 0:
            self.heads.rename(self.whole_column())
        elif key in ENTER | TURN and not self.busy:
            self._move_on(key, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.text().isprintable() and event.text() and not self.takes_key(event):
            event.ignore()  # letters are no numbers, but shortcuts; of a target they name a class
        elif index.isValid():
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab go from cell to cell; behind the last one it leaves the table."""
        table = self.rows.table
        at = self.currentIndex()
        if table is None or not at.isValid():
            return super().focusNextPrevChild(next)
        place = at.row() * len(table.columns) + at.column() + (1 if next else -1)
        if not 0 <= place < len(table.rows) * len(table.columns):
            return super().focusNextPrevChild(next)
        self.setCurrentIndex(self.rows.index(*divmod(place, len(table.columns))))
        return True

    def _move_on(self, key: int, back: bool) -> None:
        """Go on from a cell: down by Enter, to the right by Tab; the other way with Shift."""
        at, way = self.currentIndex(), -1 if back else 1
        self.setFocus()
        if key in TURN:
            self.focusNextPrevChild(key == Qt.Key.Key_Tab and not back)
            return
        below = self.rows.index(at.row() + way, at.column())
        if below.isValid():
            self.setCurrentIndex(below)

    # -- the clipboard ----------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the marked cells on the clipboard, with names where these are all."""
        if self.rows.table is not None:
            QGuiApplication.clipboard().setText(copied(self.rows.table, *self.marked()))

    def paste(self) -> None:
        """Want what is on the clipboard from the first marked cell on."""
        said = QGuiApplication.clipboard().text()
        if self.rows.table is not None and said.strip():
            rows, columns = self.marked()
            self.pasted.emit(max(rows[0], 0), max(columns[0], 0), said)
