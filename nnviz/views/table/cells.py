"""The cells of the table: how they look, and the field in the place of one that is typed."""

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

from nnviz.views.palette import DARK
from nnviz.views.shared import styles
from nnviz.views.shared.number_field import NumberField
from nnviz.views.table.class_words import is_word
from nnviz.views.table.model import TableModel
from nnviz.wording import Said

Index = QModelIndex | QPersistentModelIndex
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
TURN = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class TargetField(NumberField):
    """A field in which a number is typed, or the name of a class.

    Signals:
        named(str): the class of this name is wanted.
    """

    named = Signal(str)

    def take(self) -> None:
        """Want what was typed; say why not where it is neither."""
        word = self.text().strip()
        if is_word(word):
            self.rest()
            self.named.emit(word)
        else:
            super().take()


class Cells(QStyledItemDelegate):
    """Paints cells, and puts a field into one that is typed.

    Signals:
        typed(int, int, float): this row and column has another number.
        named(int, int, str): the row has the class of this name, typed into a target cell.
        refused(str): what was typed is none, in a sentence; empty once nothing is wrong.
        left(int): the field was left by this key, which moves on.

    Attributes:
        theme: colours and sizes.
        focus: the row of the example that is looked at, or −1.
    """

    typed = Signal(int, int, float)
    named = Signal(int, int, str)
    refused = Signal(str)
    left = Signal(int, bool)

    def __init__(self, rows: TableModel, table: QTableView) -> None:
        super().__init__(table)
        self._rows, self._table = rows, table
        self._refused = ""
        self.theme = DARK
        self.focus = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the number, on a ground where it is marked or its row in focus."""
        theme, table = self.theme, self._table
        box: QRect = option.rect
        focused = index.row() == self.focus
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.line))
        elif focused:
            painter.fillRect(box, QColor(theme.raised))
        if focused and index.column() == 0:
            bar = QRect(box.left(), box.top(), theme.scale.space(3), box.height())
            painter.fillRect(bar, QColor(theme.now))
        painter.setPen(QColor(theme.raised))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        if index == table.currentIndex() and table.hasFocus():
            painter.setPen(QColor(theme.now))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(table.font())
        target = index.column() in self._rows.known.targets
        painter.setPen(QColor(theme.now if target else theme.text))
        gap = theme.scale.space(4)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(box.adjusted(gap, 0, -gap, 0), align, Said(index.data()))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field with all digits of the number; of a target it takes words as well."""
        row, column = index.row(), index.column()
        field = NumberField(parent)
        if column in self._rows.known.targets:
            field = TargetField(parent)
            field.named.connect(lambda word: self.named.emit(row, column, word))
        self._refused = ""
        field.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        field.setFont(self._table.font())
        field.setStyleSheet(styles.controls(self.theme, padding=(0, 2), corner=2))
        field.show_value(self._rows.known.rows[row][column])
        field.changed.connect(lambda value, _dragging: self.typed.emit(row, column, value))
        field.refused.connect(lambda sentence: self._refuse(field, sentence))
        return field

    def setEditorData(self, editor: QWidget, _index: Index) -> None:
        """Fill the field once: later moments leave it alone."""
        if isinstance(editor, NumberField) and not editor.text():
            editor.begin_typing()

    def setModelData(self, editor: QWidget, *_parts: object) -> None:
        """Take what stands in a field that is left by a click elsewhere."""
        if isinstance(editor, NumberField) and editor.isModified():
            editor.take()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Let the field reach left as far as its digits need."""
        box: QRect = option.rect
        least = self.theme.scale.space(90)
        editor.setGeometry(box.adjusted(min(0, box.width() - least), 0, 0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and Tab take the number and move on, unless it is refused."""
        if (
            isinstance(watched, NumberField)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER | TURN
        ):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            watched.take()
            if not self._refused:
                watched.setModified(False)
                self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
                self.left.emit(event.key(), back)
            return True
        return super().eventFilter(watched, event)

    def _refuse(self, field: NumberField, sentence: str) -> None:
        self._refused = sentence
        self.refused.emit(sentence)
        if sentence:
            QToolTip.showText(field.mapToGlobal(field.rect().bottomLeft()), sentence, field)
