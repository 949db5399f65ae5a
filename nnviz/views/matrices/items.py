"""The items of the matrices: the numbers that are written, as screen readers find them."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.numbers import write
from nnviz.views.matrices import text
from nnviz.views.matrices.cells import Cell, content, name, sections, value
from nnviz.views.matrices.picture import MatricesPicture
from nnviz.views.shared.items import Item, Items, Said


class NumberItems(Items):
    """Cells of matrix and vectors, unless they are a picture; the board has keys of its own."""

    kind = "cell"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the numbers in sight stand."""
        shown: MatricesPicture | None = self.widget.picture
        if shown is None or not self.widget.written:
            return {}
        seen = QRectF(self.widget.viewport().rect())
        boxes: dict[Item, QRectF] = {}
        for _, (top, bottom, left, right), _ in sections(shown):
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    box = self.widget.box_of(Cell(row, column))
                    if box.intersects(seen):
                        boxes[Cell(row, column)] = box
        return boxes

    def said(self, item: Item) -> Said:
        """Return a number's symbol and the number."""
        shown: MatricesPicture = self.widget.picture
        assert isinstance(item, Cell)
        at = content(shown, item)
        if at is None:
            return Said("")
        number = value(shown, at)
        return Said(name(shown, at), text.LATER if number is None else write(number))

    def current(self) -> Item | None:
        """Return the number that is pointed at."""
        cell: Item | None = self.widget.pointed
        return cell

    def go_to(self, item: Item) -> None:
        """Point at a number."""
        self.widget.point(item)

    def press(self, item: Item) -> None:
        """Ask why of a number."""
        self.widget.point(item)
        self.widget.ask()
