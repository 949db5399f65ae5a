"""The items of the confusion matrix: its cells, as screen readers find them."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.numbers import integer
from nnviz.views.evaluation import text
from nnviz.views.evaluation.matrix_picture import MatrixPicture
from nnviz.views.shared.items import Item, Items, Said


class MatrixItems(Items):
    """Cells by row and column; the matrix has keys of its own."""

    kind = "cell"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the cells stand, row by row."""
        shown: MatrixPicture | None = self.widget.shown
        if shown is None:
            return {}
        grid, classes = self.widget.grid(), range(len(shown.names))
        return {(row, column): grid.box((row, column)) for row in classes for column in classes}

    def said(self, item: Item) -> Said:
        """Return which classes meet in a cell, and how many examples are counted there."""
        shown: MatrixPicture = self.widget.shown
        assert isinstance(item, tuple)
        row, column = item
        name = text.cell_name(shown.names[row], shown.names[column])
        return Said(name, integer(int(shown.counts[row, column])))

    def current(self) -> Item | None:
        """Return the cell that is marked."""
        cell: Item | None = self.widget.cell
        return cell

    def go_to(self, item: Item) -> None:
        """Choose a cell."""
        self.widget.chosen.emit(item)
