"""The gallery: the examples of a ranking, to look through by mouse, wheel and arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from nnviz.engine.measure.ranking import Ranking
from nnviz.views.examples.captions import MIDDLE, Captions
from nnviz.views.examples.text import numbers_of, tip_of, values_of
from nnviz.views.examples.tiles import Mosaic, Tiles, tiles
from nnviz.views.palette import DARK, Theme

BAR = 10
"""Room kept for the scroll bar, in pixels, so that nothing moves when it appears."""
PAPER = "#000000"
"""Behind a picture's ink, which is white: grey levels are shown as they are, in any theme."""


class Gallery(QAbstractScrollArea):
    """Thumbnails, or rows of values where examples are no pictures.

    Signals:
        chosen(int): index of the test example that was clicked or gone to.

    Attributes:
        theme: its colours.
        hint: what is said of a click, the last line of a tool tip.
        open: False while no example can be chosen.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.hint = ""
        self.open = True
        self._ranking: Ranking | None = None
        self._names: Sequence[str] = ()
        self._shape: tuple[int, int] | None = None
        self._mosaic: Mosaic | None = None
        self._tiles = tiles(0, picture=True, width=1, unit=12, lines=1)
        self._captions = Captions((), self.font(), DARK)
        self._focused = -1
        self._hovered: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Test examples, the worst first")

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size: a row of pictures."""
        return QSize(60, 40)

    # -- what is shown --------------------------------------------------------------------------

    @property
    def tiles(self) -> Tiles:
        """Where the examples stand."""
        return self._tiles

    @property
    def focused(self) -> int:
        """Index of the example that is marked; −1 for none."""
        return self._focused

    @property
    def unit(self) -> int:
        """Height of its letters in pixels."""
        return max(self.font().pixelSize(), 1)

    def show_ranking(
        self, ranking: Ranking | None, names: Sequence[str], shape: tuple[int, int] | None
    ) -> None:
        """Show the examples of a ranking.

        Args:
            ranking: the examples; None for none.
            names: of the classes.
            shape: rows and columns of a picture; None where examples are no pictures.
        """
        self._ranking, self._names, self._shape = ranking, names, shape
        self._mosaic = None
        if ranking is not None and shape is not None:
            self._mosaic = Mosaic(ranking.x, shape)
        self._arrange()

    def mark(self, index: int) -> None:
        """Mark the example in focus by its index."""
        if index != self._focused:
            self._focused = index
            self.viewport().update()

    def place_of(self, index: int) -> int | None:
        """Return at which place an example stands; None where it is not here."""
        if self._ranking is None:
            return None
        found = (self._ranking.index == index).nonzero()[0]
        return int(found[0]) if len(found) else None

    def box(self, place: int) -> QRectF:
        """Return where an example stands in the viewport."""
        return self._tiles.box(place).translated(0, -self.verticalScrollBar().value())

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self.theme = theme
        self.setFont(font)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count = 0 if self._ranking is None else len(self._ranking.index)
        width = self.width() - BAR
        picture = self._mosaic is not None
        place = tiles(count, picture=picture, width=width, unit=self.unit, lines=1)
        self._captions = Captions(self._texts(), self.font(), self.theme)
        if picture and self._captions.widest > place.side:
            place = tiles(count, picture=picture, width=width, unit=self.unit, lines=2)
        self._tiles = place
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(place.total) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, round(place.height / 2)))
        self.viewport().update()

    def _texts(self) -> Sequence[str]:
        """Return what may stand in a caption: the names of classes, or numbers."""
        ranking = self._ranking
        if ranking is None or ranking.desired is None:
            return self._names
        return [text for place in range(len(ranking.index)) for text in numbers_of(ranking, place)]

    # -- mouse and keys -------------------------------------------------------------------------

    def _at(self, where: QPointF) -> int | None:
        return self._tiles.at(where.x(), where.y() + self.verticalScrollBar().value())

    def _choose(self, place: int) -> None:
        """Ask for the example at a place, and mark it at once."""
        if self._ranking is None or not self.open:
            return
        index = int(self._ranking.index[place])
        self.mark(index)
        self._reveal(place)
        self.chosen.emit(index)

    def _reveal(self, place: int) -> None:
        bar, box = self.verticalScrollBar(), self._tiles.box(place)
        if box.top() < bar.value():
            bar.setValue(round(box.top()) - 4)
        elif box.bottom() > bar.value() + self.viewport().height():
            bar.setValue(round(box.bottom() - self.viewport().height()) + 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the example that was clicked."""
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._choose(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the example under the mouse."""
        self._hover(self._at(event.position()))

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            clickable = place is not None and self.open
            shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the example under the mouse; light none once the mouse has left."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the example at a place of the viewport."""
        place = self._at(where)
        if place is None or self._ranking is None:
            return ""
        words = tip_of(self._ranking, place, self._names, self._shape is not None)
        return f"{words}\n{self.hint}" if self.hint else words

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows and pages go to another example."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and bool(self._way(event.key()))

    def _way(self, key: int) -> int:
        """Return by how many examples a key goes on; 0 where it does not."""
        columns = self._tiles.columns
        row = self._tiles.height + self._tiles.gap
        page = columns * max(1, int(self.viewport().height() // row))
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }.get(Qt.Key(key), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another example; Escape gives the keys back to the run."""
        way = self._way(event.key())
        if event.key() == Qt.Key.Key_Escape:
            self.window().setFocus()
        elif way and self._tiles.count:
            here = self.place_of(self._focused)
            last = self._tiles.count - 1
            there = 0 if here is None else min(max(here + way, 0), last)
            if there != here:
                self._choose(there)
        else:
            event.ignore()

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the examples in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self.theme.panel))
        if self._ranking is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.verticalScrollBar().value()
        painter.translate(0, -top)
        for place in self._tiles.seen(top, top + self.viewport().height()):
            if self._mosaic is not None:
                self._paint_picture(painter, self._mosaic, place)
            else:
                self._paint_row(painter, place)

    def _marked(self, place: int) -> bool:
        return self._ranking is not None and int(self._ranking.index[place]) == self._focused

    def _paint_picture(self, painter: QPainter, mosaic: Mosaic, place: int) -> None:
        square = self._tiles.picture(place)
        painter.fillRect(square, QColor(PAPER))
        mosaic.paint(painter, place, square)
        if self._marked(place) or place == self._hovered:
            colour = self.theme.now if self._marked(place) else self.theme.dim
            thick = max(2.0, self.unit / 5) if self._marked(place) else 1.5
            painter.setPen(QPen(QColor(colour), thick))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(-1, -1, 1, 1), 2, 2)
        below = QRectF(square.left(), square.bottom() + 0.15 * self.unit, square.width(), 0)
        below.setBottom(self._tiles.box(place).bottom())
        self._paint_caption(painter, place, below)

    def _paint_caption(self, painter: QPainter, place: int, room: QRectF) -> None:
        assert self._ranking is not None
        if self._ranking.desired is not None:
            texts = numbers_of(self._ranking, place)
            self._captions.paint_numbers(painter, *texts, room, self._tiles.lines)
            return
        wanted, read = int(self._ranking.wanted[place]), int(self._ranking.read[place])
        self._captions.paint(painter, wanted, read, room, self._tiles.lines)

    def _paint_row(self, painter: QPainter, place: int) -> None:
        assert self._ranking is not None
        box = self._tiles.box(place)
        if self._marked(place) or place == self._hovered:
            marked = self._marked(place)
            pen = QPen(QColor(self.theme.now), 1.5) if marked else QPen(Qt.PenStyle.NoPen)
            painter.setPen(pen)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRoundedRect(box, 5, 5)
        inner = box.adjusted(0.6 * self.unit, 0, -0.6 * self.unit, 0)
        width = min(self._captions.widest + 4, 0.5 * inner.width())
        caption = QRectF(inner.right() - width, inner.top(), width, inner.height())
        self._paint_caption(painter, place, caption)
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.text))
        metrics, room = QFontMetricsF(painter.font()), inner.width() - width - self.unit
        text = values_of(self._ranking, place)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(inner.left(), inner.top(), room, inner.height()), MIDDLE, text)
