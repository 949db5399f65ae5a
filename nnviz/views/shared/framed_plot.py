"""A plot in a frame: a field with names and round numbers along both its axes."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnviz.numbers import style
from nnviz.views.palette import Theme
from nnviz.views.shared.axis_labels import Label, apart
from nnviz.views.shared.plot import Plot
from nnviz.views.shared.ticks import short, some_ticks

Range = tuple[float, float]
"""Both ends of an axis."""
Marks = list[tuple[float, str]]
"""Numbers as they are written, each with its place."""

MOST_MARKS = 6
"""Numbers along an axis at most."""


class FramedPlot(Plot):
    """The frame of a drawing.

    Attributes:
        FILLS: where True the field takes all its room; else it has the same scale along both axes
            where that is near, or is a square.
        NAMES_BESIDE: where True the names stand beside the ends of the axes, among the numbers,
            and the field has the room of two lines more.
    """

    FILLS = False
    NAMES_BESIDE = False
    _set_out: tuple[object, QRectF, tuple[Marks, Marks], list[Label]] | None = None

    def ranges(self) -> tuple[Range, Range] | None:
        """Return the ends of both axes, that of the first across; None for no field yet."""
        raise NotImplementedError

    def names(self) -> tuple[str, str]:
        """Return the names of both axes."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes, and perhaps other words."""
        self.measure_anew()
        super().set_theme(theme)

    def measure_anew(self) -> None:
        """Set the frame out again, for something besides size, letters, ranges and names."""
        self._set_out = None

    def area(self) -> QRectF:
        """Return where the field itself stands, in pixels."""
        return QRectF(self._frame()[0])

    def _frame(self) -> tuple[QRectF, tuple[Marks, Marks], list[Label]]:
        """Return where the field stands, with its numbers and all that is written around it.

        Measuring letters takes longer than painting them, and from moment to moment nothing of it
        changes.
        """
        key = (self.ranges(), self.names(), self.size(), self.letters(), style())
        if self._set_out is None or self._set_out[0] != key:
            area = self.measured()
            marks = self._numbers(area)
            self._set_out = key, area, marks, self._labels(area, marks)
        return self._set_out[1:]

    def measured(self) -> QRectF:
        """Measure where the field is to stand, in pixels."""
        metrics, side_room = self.metrics(), self.space(8)
        left, above = self._beside(metrics) + side_room, metrics.height() + self.space(3)
        below = 2 * metrics.height() + self.space(4)
        if self.NAMES_BESIDE:
            below = metrics.height() + self.space(5)
            if metrics.horizontalAdvance(self.names()[1]) <= left - self.space(5):
                above = metrics.height() / 2 + self.space(1)  # else the name stands over the field
        wide = max(self.width() - left - side_room, 8.0)
        tall = max(self.height() - above - below, 8.0)
        if self.FILLS:
            return QRectF(round(left), round(above), round(wide), round(tall))
        side = min(wide, tall)
        x = left + (self.width() - left - side_room - side) / 2
        y = above + (self.height() - below - above - side) / 2
        field = QRectF(round(x), round(y), round(side), round(side))
        height = min(tall, wide / self._ratio())
        width, centre = height * self._ratio(), field.center()
        x, y = centre.x() - width / 2, centre.y() - height / 2
        return QRectF(round(x), round(y), round(width), round(height))

    def _ratio(self) -> float:
        """Return how many times as wide as high the field is."""
        ranges = self.ranges()
        if ranges is None:
            return 1.0
        wide, tall = (high - low for low, high in ranges)
        ratio = wide / tall if tall > 0 else np.nan
        return ratio if 0.5 <= ratio <= 2.0 else 1.0

    def _beside(self, metrics: QFontMetricsF) -> float:
        """Return how much room the numbers at the left need."""
        texts, ranges = ["−0.0"], self.ranges()
        if ranges is not None:
            values = some_ticks(*ranges[1], MOST_MARKS)
            texts += [short(value, values) for value in values]
        return min(max(map(metrics.horizontalAdvance, texts)), 0.3 * self.width())

    def labels(self) -> list[Label]:
        """Return names and numbers of both axes, and where they are written."""
        return self._frame()[2]

    def _marks(self) -> tuple[Marks, Marks]:
        """Return the numbers along both axes, each with its place in pixels."""
        return self._frame()[1]

    def _numbers(self, area: QRectF) -> tuple[Marks, Marks]:
        ranges = self.ranges()
        if ranges is None:
            return [], []
        metrics = self.metrics()
        wide = area.width() / (1.6 * metrics.horizontalAdvance("−0.00"))
        high = area.height() / (1.8 * metrics.height())
        across = _marks_of(ranges[0], int(min(wide, MOST_MARKS)))
        upwards = _marks_of(ranges[1], int(min(high, MOST_MARKS)))
        return (
            [(area.left() + share * area.width(), text) for share, text in across],
            [(area.bottom() - share * area.height(), text) for share, text in upwards],
        )

    def _labels(self, area: QRectF, marks: tuple[Marks, Marks]) -> list[Label]:
        metrics = self.metrics()
        tall, room = metrics.height(), QRectF(self.rect())
        first, second = self.names()

        def box(text: str, x: float, y: float, align: float) -> list[QRectF]:
            wide = metrics.horizontalAdvance(text)
            return [QRectF(x - align * wide, y, wide, tall)]

        name_left = max(area.left() - metrics.horizontalAdvance("−0.00"), 0.0)
        # Within the widget, however places are rounded.
        above = max(area.top() - tall - self.space(3), 0.0)
        below = min(area.bottom() + tall + self.space(3), room.bottom() - tall)
        if self.NAMES_BESIDE:
            below = min(area.bottom() + self.space(3), room.bottom() - tall) + tall
        across, upwards = marks
        first_boxes, second_boxes = (
            box(first, area.right(), below, 1),
            box(second, name_left, above, 0),
        )
        if self.NAMES_BESIDE:
            edge, high = area.left() - self.space(5), area.top() - tall / 2
            first_boxes = box(first, area.right() + self.space(8), below - tall, 0)
            first_boxes += box(first, room.right() - 1, below - tall, 1)
            second_boxes = box(second, edge, max(high, 0.0), 1) + box(second, 1, above, 0)
        wanted = [
            (first, first_boxes, True),
            (second, second_boxes, True),
            *((text, box(text, x, below - tall, 0.5), False) for x, text in across),
            *(
                (text, box(text, area.left() - self.space(5), y - tall / 2, 1), False)
                for y, text in upwards
            ),
        ]
        return apart([entry for entry in wanted if entry[0]], room, self.space(3))

    def draw_axes(self, painter: QPainter, area: QRectF) -> None:
        """Paint ticks, numbers and names along both axes."""
        painter.setFont(self.letters())
        painter.setPen(self.thin(self._theme.dim))
        _, (across, upwards), labels = self._frame()
        tick = self.space(3)
        for x, _ in across:
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + tick))
        for y, _ in upwards:
            painter.drawLine(QPointF(area.left() - tick, y), QPointF(area.left(), y))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        for label in labels:
            painter.setPen(QColor(self._theme.text if label.is_name else self._theme.dim))
            painter.drawText(label.box, int(flags), label.text)


def _marks_of(ends: Range, most: int) -> Marks:
    """Return round numbers between the ends of an axis, each with its share of the way."""
    low, high = ends
    marks = some_ticks(low, high, most)
    return [((value - low) / (high - low), short(value, marks)) for value in marks]
