"""The list of branches: a row for each, with a bit of its line as the cost curve draws it.

A row's words follow the last look of its branch; nothing else is kept in the
list, so a name can be edited while training goes on.
"""

from collections.abc import Mapping, Sequence

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

from nnviz.data.description import Column
from nnviz.engine.measure.measured import measured, short_text
from nnviz.engine.run.snapshot import BranchLook
from nnviz.numbers import count, integer, write
from nnviz.views.palette import DARK

NUMBER = Qt.ItemDataRole.UserRole
"""Where an item keeps its branch's number."""
Index = QModelIndex | QPersistentModelIndex


def origin_of(look: BranchLook) -> str:
    """Say where a branch begins: "from step 1 200: η 3 → 0.5", or "from the start"."""
    return f"from step {integer(look.start)}: {look.words}" if look.words else "from the start"


def extent_of(look: BranchLook) -> str:
    """Say how far a branch went: "2 400 steps · epoch 1.3"."""
    steps = count(look.reached, "step")
    epoch = write(round(float(look.epoch_layout.epochs(look.reached)), 2), 9)
    return f"{steps} · epoch {epoch}"


def lines_of(look: BranchLook, font: QFont, width: int) -> str:
    """Say how far a branch went and when its figures were true, in as few lines as can be."""
    older, steps = as_of(look), count(look.reached, "step")
    if not older:
        return extent_of(look)
    metrics = QFontMetrics(font)
    wordings = (whole_of(look), f"{steps} · measured {older}", f"{steps} · {older}")
    fitting = (words for words in wordings if metrics.horizontalAdvance(words) <= width)
    return next(fitting, f"{steps}\n{older}")


def whole_of(look: BranchLook) -> str:
    """Say all of how far a branch went and when its figures were true."""
    older = as_of(look)
    return f"{extent_of(look)} · measured {older}" if older else extent_of(look)


def result_of(look: BranchLook, targets: Sequence[Column] = ()) -> str:
    """Return the last test accuracy or RMSE, or the test cost where there is neither.

    Args:
        look: the branch.
        targets: the columns that are predicted, for their unit.
    """
    if not look.evaluations:
        return ""
    last = look.evaluations[-1]
    return short_text(last.test, targets) or cost(last.test_cost)


def as_of(look: BranchLook) -> str:
    """Say when the last figures of a branch were true; empty where that is its end."""
    last = measured(look.evaluations, look.reached)
    return "" if last is None else last.as_of


def cost(value: float) -> str:
    """Write a cost in three digits, zeros at the end included."""
    return write(value, 3, zeros=True)


class Rows(QListWidget):
    """The list.

    Signals:
        taken(int): go back to this branch.
    """

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
        self.looks: Mapping[int, BranchLook] = {}
        self.targets: tuple[Column, ...] = ()
        self.theme = DARK

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

    def _look(self, index: Index) -> BranchLook | None:
        return self._rows.looks.get(index.data(NUMBER))

    def _fonts(self) -> tuple[QFont, QFont]:
        strong, small = QFont(self._rows.font()), QFont(self._rows.font())
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(max(11, round(0.92 * self._rows.unit)))
        return strong, small

    def _words(self, width: int) -> int:
        """Return how wide the words of a row may be."""
        return width - round(3.8 * self._rows.unit)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size: a name, where it begins, how far it went, when it was measured."""
        look, unit = self._look(index), self._rows.unit
        width = self._rows.viewport().width()
        strong, small = self._fonts()
        high = QFontMetrics(strong).height() + round(0.9 * unit)
        if look is not None:
            room = self._words(width)
            for words in (origin_of(look), lines_of(look, small, room)):
                high += _wrapped(small, words, room).height()
        return QSize(0, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        look, theme, unit = self._look(index), self._rows.theme, self._rows.unit
        if look is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.raised) if chosen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        strong, small = self._fonts()
        name = self.name_rect(rect)
        self._swatch(painter, look, rect.left() + 0.6 * unit, name.center().y() + 0.5)
        result = result_of(look, self._rows.targets)
        painter.setFont(strong)
        painter.setPen(QColor(theme.text))
        metrics = QFontMetrics(strong)
        room = name.width() - metrics.horizontalAdvance(result) - (unit if result else 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        text = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, text)
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignRight, result)
        painter.setFont(small)
        painter.setPen(QColor(theme.dim))
        below = QRect(name.bottomLeft(), QSize(name.width(), 0))
        for words in (origin_of(look), lines_of(look, small, name.width())):
            below.setHeight(_wrapped(small, words, name.width()).height())
            painter.drawText(below, Qt.TextFlag.TextWordWrap, words)
            below.moveTop(below.bottom() + 1)
        painter.restore()

    def name_rect(self, row: QRect) -> QRect:
        """Return where a row's name and its result stand."""
        unit = self._rows.unit
        high = QFontMetrics(self._fonts()[0]).height()
        left = row.left() + round(3.2 * unit)
        return QRect(left, row.top() + round(0.45 * unit), self._words(row.width()), high)

    def _swatch(self, painter: QPainter, look: BranchLook, x: float, y: float) -> None:
        theme, unit = self._rows.theme, self._rows.unit
        if look.current:
            pen = QPen(QColor(theme.text), max(2.2, unit / 6))
        else:
            pen = QPen(QColor(theme.dim), max(1.6, unit / 8))
            pen.setDashPattern([3.2, 2.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x + 2.0 * unit, y))

    # -- editing a name -------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field for the name."""
        theme = self._rows.theme
        field = QLineEdit(parent)
        field.setMaxLength(60)
        field.setFont(self._fonts()[0])
        field.setStyleSheet(
            f"QLineEdit {{ background: {theme.panel}; color: {theme.text}; padding: 0 4px;"
            f" min-height: 0px; border: 1px solid {theme.now}; border-radius: 4px;"
            f" selection-background-color: {theme.text}; selection-color: {theme.panel}; }}"
        )
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the present name."""
        look = self._look(index)
        if isinstance(editor, QLineEdit) and look is not None and not editor.isModified():
            editor.setText(look.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the new name over, unless there is none."""
        look = self._look(index)
        if isinstance(editor, QLineEdit) and look is not None:
            name = " ".join(editor.text().split())
            if name and name != look.name:
                model.setData(index, name, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the field where the name stands."""
        rect: QRect = option.rect
        editor.setGeometry(self.name_rect(rect).adjusted(-5, -3, 2, 3))


def _wrapped(font: QFont, text: str, width: int) -> QRect:
    """Return the space that a text takes in lines of this width."""
    box = QRect(0, 0, max(width, 1), 10_000)
    return QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, text)
