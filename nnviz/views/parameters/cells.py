"""The cells of the table: how they look, and the field in the place of a value that is edited."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from nnviz.numbers import write
from nnviz.views.palette import DARK
from nnviz.views.parameters import text
from nnviz.views.parameters.picture import ParametersPicture
from nnviz.views.shared import styles
from nnviz.views.shared.number_field import NumberField

Index = QModelIndex | QPersistentModelIndex
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
WIDEST = -8.888888888e-8
"""A number as wide as any."""


class Cells(QStyledItemDelegate):
    """Paints cells, and puts a field into that of a value which is edited.

    Signals:
        edited(int, float): give this entry of theta this value.

    Attributes:
        picture: what is shown, or None.
        theme: its colours and sizes.
        marked: the entry of theta whose row is marked, or −1.
    """

    edited = Signal(int, float)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._entry = -1
        self.picture: ParametersPicture | None = None
        self.theme = DARK
        self.marked = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the text, on a ground where the row is marked or chosen."""
        table, theme = self._table, self.theme
        shown = self.picture
        if shown is None:
            return
        box: QRect = option.rect
        marked = int(shown.entries[index.row()]) == self.marked
        chosen = option.state & QStyle.StateFlag.State_Selected
        if marked or chosen:
            painter.fillRect(box, QColor(theme.raised))
        if marked and index.column() == 0:
            bar = QRect(box.left(), box.top(), theme.scale.space(3), box.height())
            painter.fillRect(bar, QColor(theme.now))
        if index == table.currentIndex() and table.hasFocus():
            painter.setPen(QColor(theme.now))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(table.font())
        painter.setPen(QColor(theme.text))
        gap = theme.scale.space(4)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(box.adjusted(gap + 1, 0, -gap, 0), align, index.data())

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field with all digits of the value."""
        shown = self.picture
        assert shown is not None
        field, theme = NumberField(parent), self.theme
        self._entry = int(shown.entries[index.row()])
        field.setAccessibleName(f"{text.HEADS['value'][0]}, {shown.name(index.row())}")
        field.setFont(self._table.font())
        field.setStyleSheet(styles.controls(theme, padding=(0, 2), corner=2))
        field.show_value(shown.present[index.row()])
        field.changed.connect(lambda value, _dragging: self._take(field, value))
        field.refused.connect(lambda sentence: self._refuse(field, sentence))
        return field

    def setEditorData(self, editor: QWidget, _index: Index) -> None:
        """Fill the field once: later moments leave it alone."""
        if isinstance(editor, NumberField) and not editor.text():
            editor.begin_typing()

    def setModelData(self, *_parts: object) -> None:
        """Change nothing here: the run does, and the next moment shows it."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Let the field reach left as far as all digits need."""
        box: QRect = option.rect
        digits = editor.fontMetrics().horizontalAdvance(write(WIDEST, 9))
        editor.setGeometry(box.adjusted(min(0, box.width() - digits), 0, 0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter take the number, which may be refused; Escape and leaving end it."""
        enter = isinstance(event, QKeyEvent) and event.key() in ENTER
        if enter and event.type() == QEvent.Type.KeyPress and isinstance(watched, NumberField):
            untouched = not watched.isModified()
            watched.take()
            if untouched:
                self._end(watched)
            return True
        return super().eventFilter(watched, event)

    def _take(self, field: NumberField, value: float) -> None:
        entry, self._entry = self._entry, -1
        self._end(field)
        if entry >= 0:
            self.edited.emit(entry, value)

    def _end(self, field: NumberField) -> None:
        self.closeEditor.emit(field, QStyledItemDelegate.EndEditHint.NoHint)

    def _refuse(self, field: NumberField, sentence: str) -> None:
        if sentence:
            QToolTip.showText(field.mapToGlobal(field.rect().bottomLeft()), sentence, field)
