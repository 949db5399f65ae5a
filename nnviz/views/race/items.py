"""The items of the race's table: a row for every racer, as screen readers find it."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from nnviz.views.race import text
from nnviz.views.race.picture import RacePicture
from nnviz.views.shared.items import Item, Items, Said


class RacerItems(Items):
    """Racers by their names; the race has keys of its own."""

    kind = "row"
    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the rows stand."""
        shown: RacePicture | None = self.widget.shown
        return (
            {} if shown is None else {one.name: self.widget.row(one.name) for one in shown.racers}
        )

    def said(self, item: Item) -> Said:
        """Return a racer, whether it races, and what has become of it."""
        shown: RacePicture = self.widget.shown
        racer = next(one for one in shown.racers if one.name == item)
        if not racer.racing:
            return Said(racer.label, text.OUT)
        cost = racer.costs[-1:]
        return Said(racer.label, ", ".join((*cost, racer.outcomes[0])))

    def current(self) -> Item | None:
        """Return the racer that is selected."""
        shown: RacePicture | None = self.widget.shown
        return None if shown is None else shown.selected

    def go_to(self, item: Item) -> None:
        """Select a racer."""
        self.widget.selected.emit(item)

    def press(self, item: Item) -> None:
        """Take a racer out of the race, or back in."""
        self.widget.toggled.emit(item)
