"""The items of the classes of a data set: a row each, as screen readers find it."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.views.data.book import Book
from nnviz.views.data.text import counts
from nnviz.views.shared.items import Item, Items, Said


class ClassItems(Items):
    """Classes by their labels; the list has keys of its own."""

    kind = "row"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the rows in sight stand."""
        book: Book | None = self.widget.book
        seen = QRectF(self.widget.viewport().rect())
        boxes = {label: self.widget.row(label) for label in range(len(book.names) if book else 0)}
        return {label: box for label, box in boxes.items() if box.intersects(seen)}

    def said(self, item: Item) -> Said:
        """Return a class's name and how many examples there are to train on and to test with."""
        book: Book = self.widget.book
        assert isinstance(item, int)
        train, test = (int(count) for count in book.counts[:, item])
        return Said(book.names[item], counts(train, test))

    def current(self) -> Item | None:
        """Return the class that keys have gone to."""
        label: int = self.widget.gone_to
        return label if label >= 0 else None

    def go_to(self, item: Item) -> None:
        """Go to a class."""
        self.widget.go_to(item)

    def press(self, item: Item) -> None:
        """Open a class."""
        self.widget.opened.emit(item, -1)
