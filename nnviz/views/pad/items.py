"""The items of the pad's answer: a bar for every output, to be asked about by keys, too."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.views.pad import text
from nnviz.views.pad.picture import OutputsPicture
from nnviz.views.shared.items import Item, Items, Said


class BarItems(Items):
    """Bars by their outputs: arrows go from one to the next, Enter asks why."""

    kind = "bar"

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the bars stand."""
        return {**self.widget.boxes()}

    def said(self, item: Item) -> Said:
        """Return an output's name and what the net answers there."""
        shown: OutputsPicture = self.widget.shown
        assert isinstance(item, int)
        if item >= len(shown.names):
            return Said("")
        return Said(shown.names[item], shown.texts[item] if shown.texts else text.NO_ANSWER)

    def current(self) -> Item | None:
        """Return the bar that was gone to."""
        at: int | None = self.widget.gone_to
        return at if at is not None and at in self.widget.boxes() else None

    def go_to(self, item: Item) -> None:
        """Go to a bar."""
        self.widget.go_to(item)

    def press(self, item: Item) -> None:
        """Ask about an output."""
        self.widget.ask(item)
