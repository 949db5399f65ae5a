"""The cells of the table: how they look, and the field in the place of one that is typed."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nnviz.views.shared.number_cells import ENTER, Index, NumberCells, say_why_not
from nnviz.views.shared.number_field import NumberField
from nnviz.views.table.class_words import is_word
from nnviz.views.table.model import TableModel
from nnviz.wording import Said

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


class Cells(NumberCells):
    """Paints cells, and puts a field into one that is typed.

    Signals:
        typed(int, int, float): this row and column has another number.
        named(int, int, str): the row has the class of this name, typed into a target cell.
        refused(str): what was typed is none, in a sentence; empty once nothing is wrong.
        left(int): the field was left by this key, which moves on.

    Attributes:
        focus: the row of the example that is looked at, or −1.
    """

    typed = Signal(int, int, float)
    named = Signal(int, int, str)
    refused = Signal(str)
    left = Signal(int, bool)

    def __init__(self, rows: TableModel, table: QTableView) -> None:
        super().__init__(table)
        self._rows = rows
        self._refused = ""
        self.focus = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the number, on a ground where it is marked or its row in focus."""
        theme = self.theme
        box: QRect = option.rect
        focused = index.row() == self.focus
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.line))
        elif focused:
            painter.fillRect(box, QColor(theme.raised))
        if focused:
            self._paint_bar(painter, box, index)
        painter.setPen(QColor(theme.raised))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        target = index.column() in self._rows.known.targets
        colour = theme.now if target else theme.text
        self._paint_text(painter, box, index, Said(index.data()), colour)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field with all digits of the number; of a target it takes words as well."""
        row, column = index.row(), index.column()
        field = NumberField(parent)
        if column in self._rows.known.targets:
            field = TargetField(parent)
            field.named.connect(lambda word: self.named.emit(row, column, word))
        self._refused = ""
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self._prepare(field, name, self._rows.known.rows[row][column])
        field.changed.connect(lambda value, _dragging: self.typed.emit(row, column, value))
        field.refused.connect(lambda sentence: self._refuse(field, sentence))
        return field

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
                self._close(watched)
                self.left.emit(event.key(), back)
            return True
        return super().eventFilter(watched, event)

    def _refuse(self, field: NumberField, sentence: str) -> None:
        self._refused = sentence
        self.refused.emit(sentence)
        say_why_not(field, sentence)
