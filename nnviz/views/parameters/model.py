"""The model of the table: rows over the picture's arrays; a cell is text only while it is seen."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from nnviz import wording
from nnviz.numbers import write
from nnviz.views.parameters import text
from nnviz.views.parameters.picture import COLUMNS, ParametersPicture

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
VALUE = COLUMNS.index("value")
"""The column that can be edited."""


class ParametersModel(QAbstractTableModel):
    """The rows of a picture.

    Attributes:
        picture: what is shown, or None.
        letters: the font of the heads, which the application's style sheet would make its own.
        named: True where there is room for the names of inputs beside their weights.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture: ParametersPicture | None = None
        self.letters: QFont | None = None
        self.named = False

    def show_picture(self, picture: ParametersPicture) -> None:
        """Show other numbers; rows stay where they are of a like net, and as many."""
        before = self.picture
        alike = before is not None and before.recipe.layers == picture.recipe.layers
        if before is not None and alike and len(before.entries) == len(picture.entries):
            self.picture = picture
            last = self.index(len(picture.entries) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            return
        self.beginResetModel()
        self.picture = picture
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many parameters are listed."""
        return 0 if parent.isValid() or self.picture is None else len(self.picture.entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that the values can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == VALUE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if self.picture is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() else _LEFT
        row, column = index.row(), COLUMNS[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name, said = self._name(row), self.said(row, column) or text.NOT_YET
            if column == COLUMNS[0]:
                return wording.said(f"{text.HEADS[column][0]}: {name}")
            return wording.said(f"{name}, {text.HEADS[column][0]}: {said}")
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.said(self._name(row)) if self.picture.source(row) else None
        return self.said(row, column) if role == Qt.ItemDataRole.DisplayRole else None

    def said(self, row: int, column: str) -> str:
        """Return what the cell of a row and a column says."""
        assert self.picture is not None
        if column == COLUMNS[0]:
            return self._name(row) if self.named else self.picture.name(row)
        number = self.picture.number(row, column)
        return "" if number is None else write(float(number))

    def _name(self, row: int) -> str:
        """Return what a row's parameter is called, and its input where that has a name."""
        assert self.picture is not None
        return text.named(self.picture.name(row), self.picture.source(row))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head, with an arrow where the table is sorted by it."""
        if orientation == Qt.Orientation.Vertical:
            return None
        column, shown = COLUMNS[section], self.picture
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        if role == Qt.ItemDataRole.FontRole:
            return self.letters
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.said(f"{text.HEADS[column][1]}\n{text.SORTING}")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        sorted_by = shown is not None and shown.sort == column
        arrow = text.ARROWS[shown.order] if shown is not None and sorted_by else ""
        return wording.said(text.HEADS[column][0]) + arrow
