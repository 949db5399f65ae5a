"""The items of the cost plot: each epoch's cost on each curve, which arrow keys go through."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from nnviz.views.cost import text
from nnviz.views.cost.curves import Line
from nnviz.views.cost.picture import CostPicture
from nnviz.views.shared.items import Item, Items, Said

SIZE = 8.0
"""Side of a point's box, in pixels."""


class CostItems(Items):
    """Points by the mark of their curve and their number on it; the smoothed curve has its end."""

    def _lines(self) -> dict[str, Line]:
        shown: CostPicture | None = self.widget.shown
        if shown is None or shown.empty:
            return {}
        end = shown.mean[0][-1:], shown.mean[1][-1:]
        marks = (text.MEAN, text.TRAIN, text.VALIDATION, text.TEST)
        lines = (end, shown.train, shown.validation, shown.test)
        return dict(zip(marks, lines, strict=True))

    def place(self, item: Item) -> tuple[float, float] | None:
        """Return the epoch and the cost of a point; None where there is none any more."""
        mark, number = item if isinstance(item, tuple) else ("", 0)
        line = self._lines().get(mark)
        if line is None or number >= len(line[0]):
            return None
        return float(line[0][number]), float(line[1][number])

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the points stand."""
        boxes: dict[Item, QRectF] = {}
        seen = QRectF(self.widget.viewport().rect())
        for mark, (epochs, costs) in self._lines().items():
            good = np.flatnonzero(np.isfinite(costs)).tolist()
            for number in good:
                at = self.widget.pixel_of(float(epochs[number]), float(costs[number]))
                if seen.contains(at):
                    corner = at - QPointF(SIZE / 2, SIZE / 2)
                    boxes[mark, number] = QRectF(corner.x(), corner.y(), SIZE, SIZE)
        return boxes

    def said(self, item: Item) -> Said:
        """Return which curve's point it is, and the cost there."""
        found = self.place(item)
        assert found is not None
        assert isinstance(item, tuple)
        return Said(text.point(item[0], found[0]), text.cost_of(found[1]))

    def current(self) -> Item | None:
        """Return the point that is read."""
        read: Item | None = self.widget.read
        return None if read is None or self.place(read) is None else read

    def go_to(self, item: Item) -> None:
        """Read a point."""
        self.widget.show_reading(item)
