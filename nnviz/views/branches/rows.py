"""The list of branches: a row for each, with a bit of its line as the cost curve draws it.

The list keeps nothing but its branches' numbers, so a name can be edited while training goes on.
"""

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from nnviz.views.branches.picture import Row
from nnviz.views.branches.table import paint_swatch
from nnviz.views.palette import DARK
from nnviz.views.shared import styles
from nnviz.views.shared.sentence import fullest

NUMBER = Qt.ItemDataRole.UserRole
"""Where an item keeps its branch's number."""
Index = QModelIndex | QPersistentModelIndex


class Rows(QListWidget):
    """The list; `taken` tells to which branch to go back."""

    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self.setMouseTracking(True)
        self.itemDoubleClicked.connect(lambda item: self.taken.emit(item.data(NUMBER)))
        self.shown: Mapping[int, Row] = {}
        self.theme = DARK
        self.small = QFont()

    @property
    def editing(self) -> bool:
        """True while a name is being typed."""
        return self.state() == QListWidget.State.EditingState

    @property
    def unit(self) -> int:
        """Height of its letters in pixels."""
        return max(self.font().pixelSize(), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected branch in sight."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the selected branch with Enter."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item and not self.editing:
            self.taken.emit(item.data(NUMBER))
            return
        super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    """Paints a row, and lets its name be edited where it stands."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def _row(self, index: Index) -> Row | None:
        return self._rows.shown.get(index.data(NUMBER))

    @property
    def strong(self) -> QFont:
        """Letters of names and results."""
        strong = QFont(self._rows.font())
        strong.setWeight(QFont.Weight.DemiBold)
        return strong

    def lines(self, row: Row, width: int) -> tuple[str, str]:
        """Return what stands below a row's name, in as few lines as can be."""
        return row.origin, fullest(row.extents, self._rows.small, width)

    def _words(self, width: int) -> int:
        """Return how wide the words of a row may be."""
        return width - round(3.8 * self._rows.unit)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size: a name, where it begins, how far it went, when it was measured."""
        row = self._row(index)
        high = QFontMetrics(self.strong).height() + round(0.9 * self._rows.unit)
        if row is not None:
            room = self._words(self._rows.viewport().width())
            for words in self.lines(row, room):
                high += _wrapped(self._rows.small, words, room).height()
        return QSize(0, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row, theme, unit = self._row(index), self._rows.theme, self._rows.unit
        if row is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(QColor(theme.line), theme.scale.line(1)))
            painter.setBrush(QColor(theme.raised) if chosen else Qt.BrushStyle.NoBrush)
            corner = theme.scale.space(6)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), corner, corner)
        strong, name = self.strong, self.name_rect(rect)
        left = QPointF(rect.left() + 0.6 * unit, name.center().y() + 0.5)
        paint_swatch(painter, theme, left, 2.0 * unit, unit, dashed=not row.current)
        painter.setFont(strong)
        painter.setPen(QColor(theme.text))
        metrics = QFontMetrics(strong)
        room = name.width() - metrics.horizontalAdvance(row.result) - (unit if row.result else 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        called = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, called)
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignRight, row.result)
        painter.setFont(self._rows.small)
        painter.setPen(QColor(theme.dim))
        below = QRect(name.bottomLeft(), QSize(name.width(), 0))
        for words in self.lines(row, name.width()):
            below.setHeight(_wrapped(self._rows.small, words, name.width()).height())
            painter.drawText(below, Qt.TextFlag.TextWordWrap, words)
            below.moveTop(below.bottom() + 1)
        painter.restore()

    def name_rect(self, row: QRect) -> QRect:
        """Return where a row's name and its result stand."""
        unit = self._rows.unit
        high = QFontMetrics(self.strong).height()
        left = row.left() + round(3.2 * unit)
        return QRect(left, row.top() + round(0.45 * unit), self._words(row.width()), high)

    # -- editing a name -------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field for the name."""
        theme = self._rows.theme
        field = QLineEdit(parent)
        field.setMaxLength(60)
        field.setFont(self.strong)
        field.setStyleSheet(styles.controls(theme, padding=(0, 4), corner=4))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the present name."""
        row = self._row(index)
        if isinstance(editor, QLineEdit) and row is not None and not editor.isModified():
            editor.setText(row.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the new name over, unless there is none."""
        row = self._row(index)
        if isinstance(editor, QLineEdit) and row is not None:
            name = " ".join(editor.text().split())
            if name and name != row.name:
                model.setData(index, name, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the field where the name stands."""
        rect: QRect = option.rect
        beside, above = self._rows.theme.scale.space(5), self._rows.theme.scale.space(3)
        editor.setGeometry(self.name_rect(rect).adjusted(-beside, -above, beside // 2, above))


def _wrapped(font: QFont, text: str, width: int) -> QRect:
    """Return the space that a text takes in lines of this width."""
    box = QRect(0, 0, max(width, 1), 10_000)
    return QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, text)
