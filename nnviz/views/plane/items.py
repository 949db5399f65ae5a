"""The items of a drawing of the plane: the test examples on it, which arrow keys go through."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRectF

from nnviz.views.plane import text
from nnviz.views.plane.examples import Points
from nnviz.views.plane.picture import PlanePicture
from nnviz.views.shared.items import Item, Items, Said

MOST = 2000
"""Most examples that are listed: of more nobody could find one by its place."""


class PlaneItems(Items):
    """The test examples by their numbers; where one is gone to, the whole window shows it."""

    @property
    def _test(self) -> tuple[PlanePicture, Points] | None:
        shown: PlanePicture | None = self.widget.shown
        if shown is None or shown.test is None or self.widget.ends() is None:
            return None
        return shown, shown.test

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the test examples stand."""
        found = self._test
        if found is None:
            return {}
        where = found[1].where[:MOST]
        size = self.widget.radius(len(where))
        return {
            number: QRectF(x - size, y - size, 2 * size, 2 * size)
            for number, (x, y) in enumerate(self.widget.places_of(where).tolist())
        }

    def said(self, item: Item) -> Said:
        """Return which example it is, and where it lies."""
        found = self._test
        assert found is not None
        assert isinstance(item, int)
        shown, test = found
        names = shown.class_names
        name = names[int(test.classes[item])] if names else ""
        values = [
            value if column is None else column.to_file(value)
            for value, column in zip(test.where[item].tolist(), shown.columns, strict=True)
        ]
        return Said(text.example(item, name), text.coordinates(values, shown.names))

    def current(self) -> Item | None:
        """Return the example that the window shows; None where it is none of the test set."""
        found = self._test
        if found is None or found[0].example is None:
            return None
        same = (found[1].where[:MOST] == np.array(found[0].example)).all(axis=1)
        return int(np.argmax(same)) if same.any() else None

    def go_to(self, item: Item) -> None:
        """Show an example, and say what is answered there."""
        found = self._test
        if found is not None and isinstance(item, int):
            self.widget.picked.emit(item)
            self.widget.hovered.emit(found[1].where[item])
