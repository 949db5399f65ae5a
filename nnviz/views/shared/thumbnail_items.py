"""The items of a grid of thumbnails: the tiles in sight, as screen readers find them."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.views.shared.items import Item, Items, Said


class ThumbnailItems(Items):
    """Tiles by their places; the grid has keys of its own."""

    kind = "cell"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the tiles in sight stand."""
        return {place: self.widget.box(place) for place in self.widget.in_sight()}

    def said(self, item: Item) -> Said:
        """Return what a tile's tool tip says: its first line names it."""
        name, _, value = self.widget.tip_of(item).partition("\n")
        return Said(name, value.replace("\n", ", "))

    def current(self) -> Item | None:
        """Return the tile that was gone to."""
        place: int = self.widget.current
        return place if place >= 0 else None

    def go_to(self, item: Item) -> None:
        """Go to a tile."""
        self.widget.go_to(item)
