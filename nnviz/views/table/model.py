"""The model of the table: its cells in writing, every digit of them."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nnviz import wording
from nnviz.data.typed_table import FIRST, TypedTable
from nnviz.numbers import editable
from nnviz.views.table import text
from nnviz.views.table.class_words import class_in

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TableModel(QAbstractTableModel):
    """The rows of a table; without any where there is none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: TypedTable | None = None

    @property
    def known(self) -> TypedTable:
        """The table; any where there is none, as nobody asks of its cells."""
        return FIRST if self.table is None else self.table

    def show_table(self, table: TypedTable | None) -> None:
        """Show another table; cells stay where there are as many."""
        before, self.table = self.table, table
        if before is not None and table is not None and _size(before) == _size(table):
            last = self.index(len(table.rows) - 1, len(table.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(table.columns) - 1)
            return
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() or self.table is None else len(self.table.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that every cell can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid() or self.table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        said = editable(self.table.rows[index.row()][index.column()])
        if name := class_in(self.table, index.row(), index.column()):
            said = f"{said} {name}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text.cell(self.table, index.row(), index.column(), said)
        return said if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column with its role below it, or the number of a row."""
        if self.table is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{text.head(self.table, section)}\n{wording.said(text.HEAD_HELP)}"
        if role != Qt.ItemDataRole.DisplayRole or section >= len(self.table.columns):
            return None
        return f"{text.head(self.table, section)}\n{wording.said(text.role(self.table, section))}"


def _size(table: TypedTable) -> tuple[int, int]:
    return len(table.rows), len(table.columns)
