"""The board of the matrices: what pointing, clicks and keys do to the drawing."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.matrices import text
from nnviz.views.matrices.cells import Cell, content, selection, words
from nnviz.views.matrices.drawing import Drawing
from nnviz.views.matrices.items import NumberItems
from nnviz.views.matrices.picture import MatricesPicture

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Board(Drawing):
    """A drawing of matrices that lights what is pointed at.

    Signals:
        said(object): wordings of what is pointed at, the fullest first.
        asked(object): the `Selection` of a number that was clicked.
    """

    said = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(text.MATRIX)
        self._items = NumberItems(self)

    def show_picture(self, picture: MatricesPicture) -> None:
        """Show other numbers; what is pointed at stays while the same things are shown."""
        before = self.picture
        if before is None or before.shape != picture.shape:
            self.pointed = None
        self.draw(picture)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what belongs to the number under the pointer."""
        self.point(self.cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask why of a number."""
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.point(cell)
            self.ask()

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing once the pointer has left, unless keys point."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point(None)

    def point(self, cell: Cell | None) -> None:
        """Point at a cell."""
        if cell != self.pointed:
            self.pointed = cell
            shape = Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self._tell()
            self.viewport().update()

    def _tell(self) -> None:
        shown = self.picture
        if shown is None:
            return
        if self.pointed is not None:
            said = words(shown, self.pointed)
        elif shown.pointless:
            said = (text.UNKNOWN,)
        else:
            said = text.nothing_pointed_at(shown.moment.example, written=self.written)
        self.setAccessibleDescription(f"{shown.formula}. {said[0]}")
        self.said.emit(said)
        self._items.told_anew()

    def ask(self) -> None:
        """Ask why of the number that is pointed at."""
        shown = self.picture
        at = None if shown is None or self.pointed is None else content(shown, self.pointed)
        if shown is not None and at is not None:
            self.asked.emit(selection(shown, at))

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows go from number to number, Enter asks why."""
        return not event.modifiers() and (event.key() in _ARROWS or event.key() in _ENTER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next number, or ask why of this one."""
        shown = self.picture
        if shown is None or not self.takes_key(event):
            event.ignore()
        elif event.key() in _ENTER:
            self.ask()
        else:
            self._go(shown, *_ARROWS[Qt.Key(event.key())])

    def _go(self, shown: MatricesPicture, down: int, across: int) -> None:
        at = self.pointed
        if at is None:
            step = Cell(len(shown.top), 0 if shown.left else len(shown.left))
        else:
            step = Cell(at.row + down, at.column + across)
        if content(shown, step) is not None:
            self.point(step)
            box = self.box_of(step)
            for bar, start, end, seen in (
                (self.horizontalScrollBar(), box.left(), box.right(), self.viewport().width()),
                (self.verticalScrollBar(), box.top(), box.bottom(), self.viewport().height()),
            ):
                bar.setValue(round(bar.value() + min(start, 0) + max(end - seen, 0)))
