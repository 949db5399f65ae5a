"""The items of "This example": a row for every output, and the cost of the example."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt

from nnviz.views.minibatch.picture import MinibatchPicture
from nnviz.views.minibatch.text import COST
from nnviz.views.shared.items import Item, Items, Said


class RowItems(Items):
    """Rows by their outputs, and `COST`; ↑ and ↓ go through them."""

    kind = "row"
    moves = (Qt.Key.Key_Up, Qt.Key.Key_Down)
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the rows stand; none before anything of them is known."""
        sheet = self.widget
        rows = sheet.picture.rows
        if not rows or not rows[0].cells[-1]:
            return {}
        boxes = {what: sheet.box_of(what) for what in (*sheet.places, COST)}
        return {what: box for what, box in boxes.items() if box is not None}

    def said(self, item: Item) -> Said:
        """Return an output's name and its numbers, or the cost."""
        picture: MinibatchPicture = self.widget.picture
        if item == COST:
            label, value = picture.costs[0] if picture.costs else ("", "")
            return Said(label, value)
        assert isinstance(item, int)
        if item >= len(picture.rows):
            return Said("")
        row = picture.rows[item]
        heads = self.widget.plan.columns.header if self.widget.plan is not None else ()
        if len(heads) != len(row.cells):
            return Said(row.name, ", ".join(filter(None, row.cells)))
        pairs = zip(heads, row.cells, strict=True)
        return Said(row.name, ", ".join(f"{head} {cell}" for head, cell in pairs if cell))

    def current(self) -> Item | None:
        """Return the row that was picked."""
        marked: Item | None = self.widget.marked
        return marked

    def go_to(self, item: Item) -> None:
        """Pick a row."""
        self.widget.clicked.emit(item)
