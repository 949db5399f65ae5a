"""The classes of a data set, one below the other: mean picture, counts, first pictures."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.views.data.book import Book
from nnviz.views.data.items import ClassItems
from nnviz.views.data.text import ROWS, counts
from nnviz.views.shared.painted_scroll import PaintedScroll
from nnviz.views.shared.picture_cache import PAPER, PictureCache, image_of

LEAST, MOST = 2.3, 6.0
"""Height of a row in heights of a letter."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ClassRows(PaintedScroll):
    """Every class with what it looks like; `opened` tells one and its example clicked, or −1."""

    opened = Signal(int, int)

    keys = PaintedScroll.keys | {Qt.Key.Key_Return, Qt.Key.Key_Enter}

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROWS, parent)
        self._book: Book | None = None
        self._means: list[QImage] = []
        self._cache: PictureCache | None = None
        self._words = 0.0
        self._hovered = -1
        self._items = ClassItems(self)

    def show_book(self, book: Book | None) -> None:
        """Show these examples; None for none."""
        if book is None or self._book is None or book.names != self._book.names:
            self._hovered = -1
        self._book = book
        self._means, self._cache = [], None
        if book is not None and book.shape is not None:
            grey = (book.means.clip(0, 1) * 255 + 0.5).astype("uint8")
            self._means = [image_of(mean.reshape(book.shape)) for mean in grey]
            self._cache = PictureCache(lambda places: book.grey(book.order[places]), len(book.x))
        self.arrange()

    @property
    def book(self) -> Book | None:
        """The examples that are shown."""
        return self._book

    @property
    def gone_to(self) -> int:
        """The class that keys go on from; −1 for none."""
        return self._hovered

    def go_to(self, label: int) -> None:
        """Go to a class, and bring it into sight."""
        self._hovered = label
        self.reveal(label * self._pitch, (label + 1) * self._pitch)
        self._items.told_anew()
        self.viewport().update()

    # -- where things stand ---------------------------------------------------------------------

    @property
    def _classes(self) -> int:
        return 0 if self._book is None else len(self._book.names)

    @property
    def _gap(self) -> int:
        """Between two pictures and two rows."""
        return self.theme.scale.space(3)

    @property
    def _pitch(self) -> float:
        fair = self.viewport().height() / max(self._classes, 1)
        return float(int(min(max(fair, LEAST * self.unit), MOST * self.unit)))

    def total(self) -> tuple[float, float]:
        """Return the height of everything, and of one row."""
        return self._classes * self._pitch, self._pitch

    def row(self, label: int) -> QRectF:
        """Return where a class stands in the viewport."""
        top = label * self._pitch - self.verticalScrollBar().value()
        return QRectF(0, top, self.across, self._pitch - self._gap)

    def thumb(self, label: int, place: int) -> QRectF:
        """Return where one of a class's pictures stands."""
        row = self.row(label)
        side = row.height()
        left = side + self._words + 1.4 * self.unit + place * (side + self._gap)
        return QRectF(float(int(left)), row.top(), side, side)

    def arrange(self) -> None:
        """Let the words be as wide as their names and figures, and the bar follow."""
        names, metrics = () if self._book is None else self._book.names, QFontMetricsF(self.font())
        texts = (counts(60_000, 10_000), *names)
        self._words = min(max(map(metrics.horizontalAdvance, texts)), 0.4 * self.width())
        super().arrange()

    def thumbs(self, label: int) -> list[int]:
        """Return the indices of the pictures that a row has room for."""
        if self._book is None or self._book.shape is None:
            return []
        first, side = self.thumb(label, 0), self.row(label).height()
        room = int((self.across - first.left() + self._gap) // (side + self._gap))
        return [int(row) for row in self._book.rows(label)[: max(room, 0)]]

    # -- mouse ----------------------------------------------------------------------------------

    def _at(self, where: QPointF) -> tuple[int, int]:
        """Return which class and which of its examples stand at a place; −1 for none."""
        label = int((where.y() + self.verticalScrollBar().value()) // self._pitch)
        if not 0 <= label < self._classes:
            return -1, -1
        for place, row in enumerate(self.thumbs(label)):
            if self.thumb(label, place).contains(where):
                return label, row
        return label, -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the class that was clicked."""
        label, row = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and label >= 0:
            self.opened.emit(label, row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the class under the mouse."""
        label, _ = self._at(event.position())
        if label != self._hovered:
            self._hovered = label
            hand = Qt.CursorShape.PointingHandCursor if label >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another class, or open it."""
        last = self._classes - 1
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -last, Qt.Key.Key_End: last}
        step = way.get(Qt.Key(event.key()))
        if step is not None and last >= 0:
            self.go_to(min(max(self._hovered + step, 0), last))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hovered >= 0:
            self.opened.emit(self._hovered, -1)
        else:
            super().keyPressEvent(event)

    # -- painting -------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint the classes in sight."""
        book = self._book
        if book is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = QRectF(self.viewport().rect())
        for label in range(self._classes):
            if self.row(label).intersects(seen):
                self._paint_row(painter, book, label)

    def _paint_row(self, painter: QPainter, book: Book, label: int) -> None:
        row = self.row(label)
        if label == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRoundedRect(row, self._gap, self._gap)
        side = row.height()
        square = QRectF(row.left(), row.top(), side, side)
        if self._means:
            painter.fillRect(square, QColor(PAPER))
            painter.drawImage(square, self._means[label])
        self._paint_words(painter, book, label, row.adjusted(side + 0.6 * self.unit, 0, 0, 0))
        if self._cache is not None:
            for place in range(len(self.thumbs(label))):
                at = int(book.starts[label]) + place
                self._cache.paint(painter, at, self.thumb(label, place))

    def _paint_words(self, painter: QPainter, book: Book, label: int, room: QRectF) -> None:
        """Paint the name, how many there are to train on and to test with, and both as bars."""
        width, metrics = self._words, QFontMetricsF(self.font())
        train, test = (int(count) for count in book.counts[:, label])
        line = QRectF(room.left(), room.top(), width, 0.62 * room.height())
        figures, name = counts(train, test), book.names[label]
        spare = width - metrics.horizontalAdvance(figures) - 0.5 * self.unit
        fits = metrics.horizontalAdvance(name) <= spare
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, spare if fits else width)
        if fits:
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(line, MIDDLE | Qt.AlignmentFlag.AlignRight, figures)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(line, MIDDLE | Qt.AlignmentFlag.AlignLeft, name)
        most = max(1, int(book.counts.max()))
        thick = max(self.theme.scale.line(2), 0.1 * room.height())
        top = line.bottom() + 0.05 * room.height()
        painter.setPen(Qt.PenStyle.NoPen)
        for count, colour in ((train, self.theme.text), (test, self.theme.now)):
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRect(QRectF(room.left(), top, width, thick))
            painter.setBrush(QColor(colour))
            painter.drawRect(QRectF(room.left(), top, width * count / most, thick))
            top += thick + self.theme.scale.line(1.5)
