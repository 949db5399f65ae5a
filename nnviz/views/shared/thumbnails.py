"""The grid of thumbnails: examples or drawings to look through by mouse, wheel and keys."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.views.shared.painted_scroll import PaintedScroll
from nnviz.views.shared.thumbnail_items import ThumbnailItems
from nnviz.views.shared.tile_content import NOTHING, Thumbnails
from nnviz.views.shared.tile_layout import TileLayout, pictures, rows_of_text
from nnviz.views.shared.tile_painter import TilePainter

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class ThumbnailGrid(PaintedScroll):
    """Pictures side by side, or rows of text, of which only those in sight are made and painted.

    A click or an arrow key goes to a tile and selects it; with `many`, Shift and Ctrl select
    several, Ctrl+A all.

    Signals:
        chosen(int): this place was gone to by hand.
        opened(int): it was clicked twice, or Enter was pressed on it.
        selection_changed(): other tiles are selected, by hand.
        delete_wanted(): Delete was pressed; only with `many`.

    Attributes:
        open: False while no tile can be chosen.
        hint: what a click does, the last line of a tool tip.
        selected: places that are marked.
        current: the place that keys go on from; −1 for none.
        tiles: where the tiles stand.
    """

    chosen = Signal(int)
    opened = Signal(int)
    selection_changed = Signal()
    delete_wanted = Signal()

    keys = PaintedScroll.keys | {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    }

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        letters: float = 3.8,
        strip: bool = False,
        many: bool = False,
    ) -> None:
        """Make an empty grid, which readers of the screen call by its name.

        The side of a picture is so many letters high before rows are filled; in a `strip` it may be
        as small as a grid is that is one row high. With `many` several can be selected.
        """
        super().__init__(name, parent)
        self.open, self.hint, self.many = True, "", many
        self.selected: frozenset[int] = frozenset()
        self.current = -1
        self._letters, self._strip = letters, strip
        self._anchor = 0
        self._hovered: int | None = None
        self._shown = NOTHING
        self._painter = TilePainter(NOTHING, self.theme, self.font())
        self.tiles = rows_of_text(0, width=1, unit=1, edge=0)
        self._items = ThumbnailItems(self)

    # -- what is shown --------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return self._shown.count

    def show_thumbnails(self, shown: Thumbnails) -> None:
        """Show these; none is selected, and the bar stays where it is."""
        self._shown = shown
        self._painter = TilePainter(shown, self.theme, self.font())
        self.selected, self.current, self._anchor, self._hovered = frozenset(), -1, 0, None
        self.arrange()

    def select(self, places: Iterable[int], current: int | None = None) -> None:
        """Mark places, without a signal; keys go on from the current one, else from the first."""
        selected = frozenset(places)
        current = min(selected, default=-1) if current is None else current
        if (selected, current) != (self.selected, self.current):
            self.selected, self.current, self._anchor = selected, current, max(current, 0)
            self.setAccessibleDescription(self._shown.tip(current) if current >= 0 else "")
            self.viewport().update()

    def go_to(self, place: int, how: Qt.KeyboardModifier = NONE) -> None:
        """Go to a place, as by a click with these keys held, unless none can be chosen."""
        if not self.open or not 0 <= place < self.count:
            return
        anchor = self._anchor
        selected: Iterable[int] = (place,)
        if self.many and how & CTRL:
            selected = self.selected ^ {place}
        elif self.many and how & SHIFT:
            selected = range(min(anchor, place), max(anchor, place) + 1)
        self.select(selected, place)
        if self.many and how & SHIFT and not how & CTRL:
            self._anchor = anchor
        self.show_place(place)
        self.selection_changed.emit()
        self.chosen.emit(place)
        self._items.told_anew()

    def show_place(self, place: int) -> None:
        """Scroll until a tile is in sight."""
        box = self.tiles.box(max(place, 0))
        self.reveal(box.top() - self.tiles.edge, box.bottom() + self.tiles.edge)

    # -- where things stand ---------------------------------------------------------------------

    def box(self, place: int) -> QRectF:
        """Return where a tile stands in the viewport, its caption included."""
        return self.tiles.box(place).translated(0, -self.verticalScrollBar().value())

    def picture(self, place: int) -> QRectF:
        """Return where a tile's picture stands in the viewport."""
        return self.tiles.picture(place).translated(0, -self.verticalScrollBar().value())

    def at(self, where: QPointF) -> int | None:
        """Return which tile stands at a point of the viewport."""
        return self.tiles.at(where.x(), where.y() + self.verticalScrollBar().value())

    def first_in_sight(self) -> int:
        """Return the first place of which more than half is in sight."""
        return super().first_in_sight() * self.tiles.columns

    def scroll_to(self, place: int) -> None:
        """Scroll until a place stands at the top, or as far as there are tiles."""
        super().scroll_to(place // self.tiles.columns)

    def in_sight(self) -> range:
        """Return which tiles are in sight, whole or in part."""
        top = self.verticalScrollBar().value()
        return self.tiles.seen(top, top + self.viewport().height())

    def total(self) -> tuple[float, float]:
        """Return the height of everything, and of one row."""
        return self.tiles.total, self.tiles.height + self.tiles.gap

    def arrange(self) -> None:
        """Place the tiles in the room there is; those at the top stay there."""
        shown, scale = self._shown, self.theme.scale
        before, first = self.tiles, self.first_in_sight()
        if not self._painter.wears(self.theme, self.font()):
            self._painter.dress(self.theme, self.font())
        if shown.greys is None:
            edge = scale.space(3)
            captioned = shown.caption is not None
            lines = self._painter.lines_in(self.across - 2 * edge) if captioned else 1
            self.tiles = rows_of_text(
                shown.count, width=self.across, unit=self.unit, edge=edge, lines=lines
            )
        else:
            self.tiles = self._pictures(0 if shown.caption is None else 1)
            if shown.caption is not None and self._painter.widest > self.tiles.width:
                self.tiles = self._pictures(2)
        super().arrange()
        if before != self.tiles and before.count == self.count:
            self.scroll_to(first)

    def _pictures(self, lines: int) -> TileLayout:
        return pictures(
            self.count,
            room=QSizeF(self.across, self.viewport().height()),
            unit=self.unit,
            wanted=self._letters * self.unit,
            least=1 if self._strip else 2 * self.unit,
            lines=lines,
            edge=self.theme.scale.space(3),
            name=self._painter.widest_part if lines > 1 else 0.0,
        )

    # -- mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the tile that was clicked."""
        place = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.go_to(place, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the tile that was clicked twice."""
        place = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None and self.open:
            self.opened.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the tile under the mouse."""
        self._hover(self.at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the tile under the mouse; light none once the mouse has left."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the tile at a point of the viewport."""
        place = self.at(where)
        if place is None:
            return ""
        return "\n".join(filter(None, (self.tip_of(place), self.hint)))

    def tip_of(self, place: int) -> str:
        """Return what is to be said of a tile."""
        return self._shown.tip(place)

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            clickable = place is not None and self.open
            shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in self.keys:
            return plain == NONE or (self.many and plain == SHIFT)
        return self.many and (
            (event.key() == Qt.Key.Key_A and plain == CTRL) or event.key() == Qt.Key.Key_Delete
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another tile, open one, select all or ask to delete."""
        key, way = Qt.Key(event.key()), self._way(event.key())
        if way is not None and self.count:
            there = 0 if self.current < 0 else min(max(self.current + way, 0), self.count - 1)
            if there != self.current:
                self.go_to(there, event.modifiers() & SHIFT)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0 and self.open:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_A and event.modifiers() & CTRL and self.many:
            self.select(range(self.count), self.current)
            self.selection_changed.emit()
        elif key == Qt.Key.Key_Delete and self.many:
            self.delete_wanted.emit()
        else:
            event.ignore()

    def _way(self, key: int) -> int | None:
        """Return by how many tiles a key goes on; None where it does not."""
        columns = self.tiles.columns
        page = columns * max(1, int(self.viewport().height() // self.total()[1]))
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -self.count,
            Qt.Key.Key_End: self.count,
        }.get(Qt.Key(key))

    # -- painting -------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint the tiles in sight."""
        if not self.count:
            self._painter.paint_empty(painter, self.viewport().rect())
        painter.translate(0, -self.verticalScrollBar().value())
        for place in self.in_sight():
            marked, hovered = place in self.selected, place == self._hovered
            self._painter.paint(painter, self.tiles, place, marked=marked, hovered=hovered)
