"""The cells of the table: how they look, and the field in the place of a value that is edited."""

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nnviz.numbers import write
from nnviz.views.parameters import text
from nnviz.views.parameters.picture import ParametersPicture
from nnviz.views.shared.number_cells import ENTER, Index, NumberCells, say_why_not
from nnviz.views.shared.number_field import NumberField

WIDEST = -8.888888888e-8
"""A number as wide as any."""


class Cells(NumberCells):
    """Paints cells, and puts a field into that of a value which is edited.

    Signals:
        edited(int, float): give this entry of theta this value.

    Attributes:
        picture: what is shown, or None.
        marked: the entry of theta whose row is marked, or −1.
    """

    edited = Signal(int, float)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._entry = -1
        self.picture: ParametersPicture | None = None
        self.marked = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the text, on a ground where the row is marked or chosen."""
        shown = self.picture
        if shown is None:
            return
        box: QRect = option.rect
        marked = int(shown.entries[index.row()]) == self.marked
        chosen = option.state & QStyle.StateFlag.State_Selected
        if marked or chosen:
            painter.fillRect(box, QColor(self.theme.raised))
        if marked:
            self._paint_bar(painter, box, index)
        self._paint_text(painter, box, index, index.data(), self.theme.text, left=1)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field with all digits of the value."""
        shown = self.picture
        assert shown is not None
        field = NumberField(parent)
        self._entry = int(shown.entries[index.row()])
        name = f"{text.HEADS['value'][0]}, {shown.name(index.row())}"
        self._prepare(field, name, shown.present[index.row()])
        field.changed.connect(lambda value, _dragging: self._take(field, value))
        field.refused.connect(lambda sentence: say_why_not(field, sentence))
        return field

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
                self._close(watched)
            return True
        return super().eventFilter(watched, event)

    def _take(self, field: NumberField, value: float) -> None:
        entry, self._entry = self._entry, -1
        self._close(field)
        if entry >= 0:
            self.edited.emit(entry, value)
