"""Cells of numbers in a table: how they are painted, and the field in which one is typed."""

from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QTableView, QToolTip, QWidget

from nnviz.views.palette import DARK
from nnviz.views.shared import styles
from nnviz.views.shared.number_field import NumberField

Index = QModelIndex | QPersistentModelIndex
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""Keys that take what was typed."""


class NumberCells(QStyledItemDelegate):
    """What cells of numbers have in common; who derives from it says what they show.

    Attributes:
        theme: its colours and sizes.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.theme = DARK

    def _paint_bar(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Mark a row by a bar at the left of its first cell."""
        if index.column() == 0:
            bar = QRect(box.left(), box.top(), self.theme.scale.space(3), box.height())
            painter.fillRect(bar, QColor(self.theme.now))

    def _paint_text(
        self, painter: QPainter, box: QRect, index: Index, said: str, colour: str, left: int = 0
    ) -> None:
        """Write a cell's text, so many pixels further in, and frame the cell where the keys are."""
        table = self._table
        if index == table.currentIndex() and table.hasFocus():
            painter.setPen(QColor(self.theme.now))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(table.font())
        painter.setPen(QColor(colour))
        gap = self.theme.scale.space(4)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(box.adjusted(gap + left, 0, -gap, 0), align, said)

    def _prepare(self, field: NumberField, name: str, value: float | np.floating[Any]) -> None:
        """Let a field look like the cells, with a name and all digits of a value."""
        field.setAccessibleName(name)
        field.setFont(self._table.font())
        field.setStyleSheet(styles.controls(self.theme, padding=(0, 2), corner=2))
        field.show_value(value)

    def setEditorData(self, editor: QWidget, _index: Index) -> None:
        """Fill the field once: later moments leave it alone."""
        if isinstance(editor, NumberField) and not editor.text():
            editor.begin_typing()

    def _close(self, field: QWidget) -> None:
        self.closeEditor.emit(field, QStyledItemDelegate.EndEditHint.NoHint)


def say_why_not(field: NumberField, sentence: str) -> None:
    """Say below a field why what was typed is refused; an empty sentence says nothing."""
    if sentence:
        QToolTip.showText(field.mapToGlobal(field.rect().bottomLeft()), sentence, field)
