"""The items of Why?: symbols of the formulas that can be clicked, and rows of its table."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.views.inspector.page import Table
from nnviz.views.shared.items import Item, Items, Said


class SymbolItems(Items):
    """What a click in the formulas asks about, by its number; Tab goes through them already."""

    kind = "button"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the symbols stand that are in sight."""
        seen = QRectF(self.widget.viewport().rect())
        places = enumerate(self.widget.places)
        return {number: box for number, (box, _) in places if box.intersects(seen)}

    def said(self, item: Item) -> Said:
        """Return what is written there."""
        return Said(self.widget.words_at(item))

    def current(self) -> Item | None:
        """Return what is marked."""
        marked: int = self.widget.marked
        return marked if marked >= 0 else None

    def go_to(self, item: Item) -> None:
        """Mark it."""
        self.widget.mark(item)

    def press(self, item: Item) -> None:
        """Ask about it."""
        self.widget.pick(item)


class TableItems(Items):
    """Rows by their numbers; the table has keys of its own."""

    kind = "row"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the rows in sight stand."""
        widget, table = self.widget, self.widget.table
        if table is None:
            return {}
        high = widget.row_height
        first = widget.verticalScrollBar().value() // high
        last = min(table.rows, first + widget.viewport().height() // high)
        wide = widget.viewport().width()
        boxes = {row: widget.cell_rect(row, -1) for row in range(first, last)}
        return {row: QRectF(0, box.top(), wide, high) for row, box in boxes.items()}

    def said(self, item: Item) -> Said:
        """Return a row's name and its numbers."""
        table: Table = self.widget.table
        assert isinstance(item, int)
        return Said(table.name(item), ", ".join(self.widget.cells_of(item)))

    def current(self) -> Item | None:
        """Return the row that keys have gone to."""
        table, row = self.widget.table, self.widget.current
        return row if table is not None and row < table.rows else None

    def go_to(self, item: Item) -> None:
        """Go to a row."""
        self.widget.go_to(item)

    def press(self, item: Item) -> None:
        """Ask about it."""
        self.widget.pick(item, 0)
