"""The examples of one class, to look through by mouse, wheel and keys; drawings can be picked."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.data.mosaic import PAPER, Mosaic
from nnviz.views.data.pages import Book
from nnviz.views.data.scroll import BAR, Scroll

EDGE = 3
"""Room around everything for a mark, in pixels."""
SMALLEST, LARGEST = 34, 72
"""Side of a picture in pixels."""
GAP = 5
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class DataGallery(Scroll):
    """Thumbnails side by side, of which only those in sight are painted.

    Attributes:
        rows: indices of the examples it shows.
        many: True where several can be picked at once.
        picked: the indices that are picked.
        current: the index that was gone to last, or −1.

    Signals:
        chosen(int): this example was gone to.
        selected(): what is picked has changed.
        delete_wanted(): the Delete key was pressed.
        left(): Escape was pressed.
    """

    chosen = Signal(int)
    selected = Signal()
    delete_wanted = Signal()
    left = Signal()

    keys = Scroll.keys | {Qt.Key.Key_Left, Qt.Key.Key_Right}

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self.rows: list[int] = []
        self.many = False
        self.picked: set[int] = set()
        self.current = -1
        self._anchor = 0
        self._hovered: int | None = None
        self._mosaic = Mosaic()
        self.setAccessibleName("Examples of the chosen class")

    def show_rows(self, book: Book | None, rows: Sequence[int], *, many: bool = False) -> None:
        """Show these examples of a book."""
        self._book, self.rows, self.many = book, list(rows), many
        self.picked, self.current, self._anchor, self._hovered = set(), -1, 0, None
        self.verticalScrollBar().setValue(0)
        self.arrange()

    def go_to(self, row: int) -> None:
        """Go to an example, as by a click."""
        if row in self.rows:
            self._go(self.rows.index(row), Qt.KeyboardModifier.NoModifier)

    # -- where things stand ---------------------------------------------------------------------

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        room = self.width() - BAR - 2 * EDGE
        target = min(max(3.4 * self.unit, SMALLEST), LARGEST)
        return max(1, int((room + GAP) // (target + GAP)))

    @property
    def _side(self) -> float:
        room = self.width() - BAR - 2 * EDGE
        return float(max(1, int((room + GAP) / self.columns) - GAP))

    def total(self) -> tuple[float, float]:
        """Return the height of everything, and of one row."""
        pitch = self._side + GAP
        return -(-len(self.rows) // self.columns) * pitch - GAP + 2 * EDGE, pitch

    def box(self, place: int) -> QRectF:
        """Return where the picture at a place stands in the viewport."""
        line, column = divmod(place, self.columns)
        side = self._side
        top = EDGE + line * (side + GAP) - self.verticalScrollBar().value()
        return QRectF(EDGE + column * (side + GAP), top, side, side)

    def _seen(self) -> range:
        pitch, top = self._side + GAP, self.verticalScrollBar().value()
        first = max(0, int((top - EDGE) // pitch)) * self.columns
        last = (int((top + self.viewport().height()) // pitch) + 1) * self.columns
        return range(first, min(last, len(self.rows)))

    def _at(self, where: QPointF) -> int | None:
        found = (place for place in self._seen() if self.box(place).contains(where))
        return next(found, None)

    # -- mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the example that was clicked; Ctrl and Shift pick several."""
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._go(place, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the example under the mouse."""
        place = self._at(event.position())
        if place != self._hovered:
            self._hovered = place
            self.viewport().update()

    def _go(self, place: int, how: Qt.KeyboardModifier) -> None:
        row = self.rows[place]
        if self.many and how & _CTRL:
            self.picked ^= {row}
            self._anchor = place
        elif self.many and how & _SHIFT:
            first, last = sorted((self._anchor, place))
            self.picked = set(self.rows[first : last + 1])
        else:
            self.picked = {row}
            self._anchor = place
        self.current = row
        top = self.box(place).top() + self.verticalScrollBar().value()
        self.reveal(top - EDGE, top + self._side + EDGE)
        self.viewport().update()
        self.selected.emit()
        self.chosen.emit(row)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in self.keys:
            return plain in ((_SHIFT, Qt.KeyboardModifier.NoModifier) if self.many else (_NONE,))
        if (event.key() == Qt.Key.Key_A and plain == _CTRL) or event.key() == Qt.Key.Key_Delete:
            return self.many
        return event.key() == Qt.Key.Key_Escape

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another example, pick all, ask to delete, or leave."""
        page = self.columns * max(1, int(self.viewport().height() // (self._side + GAP)))
        way = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self.rows),
            Qt.Key.Key_End: len(self.rows),
        }.get(Qt.Key(event.key()))
        if way is not None and self.rows:
            here = self.rows.index(self.current) if self.current in self.rows else -1
            there = 0 if here < 0 else min(max(here + way, 0), len(self.rows) - 1)
            self._go(there, event.modifiers() & _SHIFT)
        elif event.key() == Qt.Key.Key_A and event.modifiers() & _CTRL and self.many:
            self.picked = set(self.rows)
            self.viewport().update()
            self.selected.emit()
        elif event.key() == Qt.Key.Key_Delete and self.many:
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the examples in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self.theme.panel))
        book = self._book
        if book is None or book.shape is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = self._seen()
        rows = [self.rows[place] for place in seen]
        self._mosaic.prepare(book, rows, self._side, self.devicePixelRatioF())
        for place in seen:
            row, box = self.rows[place], self.box(place)
            painter.fillRect(box, QColor(PAPER))
            self._mosaic.paint(painter, row, box)
            if row in self.picked or place == self._hovered:
                marked = row in self.picked
                colour = self.theme.now if marked else self.theme.dim
                painter.setPen(QPen(QColor(colour), 2.5 if marked else 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 2, 2)


_NONE = Qt.KeyboardModifier.NoModifier
