"""The cost surface as a map: colours, iso-lines and both axes, for others to paint on.

The field and its lines change seldom and are kept as a picture.
"""

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.ticks import short, some_ticks
from nnviz.views.surface3d.axes import Label, apart
from nnviz.views.surface3d.colours import Tint, height_colours, viridis
from nnviz.views.surface3d.plot import Plot
from nnviz.views.surface3d.shape import Array, Relief, joined

Marks = list[tuple[float, str]]
"""Numbers as they are written, each with its place."""

MOST_MARKS = 6
"""Numbers along an axis at most."""
FINE = 50
"""Grid points a side from which iso-lines are joined; a coarse surface is soon replaced."""


class ContourMap(Plot):
    """The 2-D drawing of a relief.

    Attributes:
        lag: milliseconds by which it is painted after a 3-D drawing of the same, so that no frame
            of the display has to hold both; 0 for none.
    """

    lag = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = QTimer(self, singleShot=True)
        self._following.timeout.connect(self.update)
        self._relief: Relief | None = None
        self._names = ("", "")
        self._field: QPixmap | None = None
        self._tint = viridis()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._field = None
        super().set_theme(theme)

    def set_tint(self, tint: Tint) -> None:
        """Colour the surface otherwise than the live net's."""
        self._tint = tint
        self._field = None
        self.update()

    def show_relief(self, relief: Relief | None, names: tuple[str, str]) -> None:
        """Show another surface; names are those of w1 and w2."""
        self._relief, self._names = relief, names
        self._field = None
        self._follow()

    def _follow(self) -> None:
        """Paint what is new, after the lag."""
        if self.lag:
            self._following.start(self.lag)
        else:
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the field anew in the new size."""
        self._field = None
        super().resizeEvent(event)

    def area(self) -> QRectF:
        """Return where the field itself stands, in pixels.

        It fills its room, with the same scale along both axes where that is near, else a square.
        """
        metrics, side_room = self.metrics(), self.space(8)
        left, above = self._beside(metrics) + side_room, metrics.height() + self.space(3)
        below = 2 * metrics.height() + self.space(4)
        wide = max(self.width() - left - side_room, 8.0)
        tall = max(self.height() - 3 * metrics.height() - self.space(7), 8.0)
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
        if self._relief is None:
            return 1.0
        wide, tall = (float(w[-1] - w[0]) for w in (self._relief.w1, self._relief.w2))
        ratio = wide / tall if tall > 0 else np.nan
        return ratio if 0.5 <= ratio <= 2.0 else 1.0

    def _beside(self, metrics: QFontMetricsF) -> float:
        """Return how much room the numbers at the left need."""
        texts = ["−0.0"]
        if self._relief is not None:
            low, high = float(self._relief.w2[0]), float(self._relief.w2[-1])
            values = some_ticks(low, high, MOST_MARKS)
            texts += [short(value, values) for value in values]
        return min(max(map(metrics.horizontalAdvance, texts)), 0.3 * self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint field and axes, and what lies on the field."""
        if self._relief is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        area = self.area()
        if self._field is None:
            self._field = self._draw_field(self._relief, area)
        painter.drawPixmap(area.topLeft(), self._field)
        self._draw_axes(painter, area)
        painter.setClipRect(area)
        self.paint_over(painter, area)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint what lies on the field."""
        raise NotImplementedError

    def _draw_field(self, relief: Relief, area: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap((area.size() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Rows of a picture run downwards, w2 upwards.
        colours = np.ascontiguousarray(
            height_colours(relief.height, self._tint).transpose(1, 0, 2)[::-1]
        )
        rows, columns = colours.shape[:2]
        image = QImage(colours.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
        # Each grid point is the middle of a pixel, and the outermost lie on the border.
        inner = QRectF(0.5, 0.5, columns - 1, rows - 1)
        square = QRectF(0, 0, area.width(), area.height())
        painter.drawImage(square, image, inner)
        line_colour = QColor(self._tint.line)
        line_colour.setAlphaF(self._tint.share)
        painter.setPen(QPen(line_colour, self.thick(1.0)))
        scale, shift = (area.width(), -area.height()), (0, area.height())
        if len(relief.height) < FINE:
            at = (relief.iso * scale + shift).reshape(-1, 2)
            painter.drawPath(arrayToQPath(at[:, 0], at[:, 1], connect="pairs"))
        else:
            # Whole lines: translucent pieces would show a dot wherever two meet.
            for line in joined(relief.iso):
                painter.drawPolyline(QPolygonF([QPointF(*at) for at in line * scale + shift]))
        painter.setPen(self.thin(self._theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        return picture

    def labels(self) -> list[Label]:
        """Return names and numbers of both axes, and where they are written."""
        return self._labels(self._marks())

    def _marks(self) -> tuple[Marks, Marks]:
        """Return the numbers along both axes, each with its place in pixels."""
        if self._relief is None:
            return [], []
        metrics, area = self.metrics(), self.area()
        wide = area.width() / (1.6 * metrics.horizontalAdvance("−0.00"))
        high = area.height() / (1.8 * metrics.height())
        across = _marks_of(self._relief.w1, int(min(wide, MOST_MARKS)))
        upwards = _marks_of(self._relief.w2, int(min(high, MOST_MARKS)))
        return (
            [(area.left() + share * area.width(), text) for share, text in across],
            [(area.bottom() - share * area.height(), text) for share, text in upwards],
        )

    def _labels(self, marks: tuple[Marks, Marks]) -> list[Label]:
        metrics, area = self.metrics(), self.area()
        tall, room = metrics.height(), QRectF(self.rect())

        def box(text: str, x: float, y: float, align: float) -> list[QRectF]:
            wide = metrics.horizontalAdvance(text)
            return [QRectF(x - align * wide, y, wide, tall)]

        name_left = max(area.left() - metrics.horizontalAdvance("−0.00"), 0.0)
        # Within the widget, however places are rounded.
        above = max(area.top() - tall - self.space(3), 0.0)
        below = min(area.bottom() + tall + self.space(3), room.bottom() - tall)
        across, upwards = marks
        wanted = [
            (self._names[0], box(self._names[0], area.right(), below, 1), True),
            (self._names[1], box(self._names[1], name_left, above, 0), True),
            *((text, box(text, x, below - tall, 0.5), False) for x, text in across),
            *(
                (text, box(text, area.left() - self.space(5), y - tall / 2, 1), False)
                for y, text in upwards
            ),
        ]
        return apart([entry for entry in wanted if entry[0]], room, self.space(3))

    def _draw_axes(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self.letters())
        painter.setPen(self.thin(self._theme.dim))
        across, upwards = marks = self._marks()
        tick = self.space(3)
        for x, _ in across:
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + tick))
        for y, _ in upwards:
            painter.drawLine(QPointF(area.left() - tick, y), QPointF(area.left(), y))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        for label in self._labels(marks):
            painter.setPen(QColor(self._theme.text if label.is_name else self._theme.dim))
            painter.drawText(label.box, int(flags), label.text)


def _marks_of(values: Array, most: int) -> Marks:
    """Return round numbers between the ends of an axis, each with its share of the way."""
    low, high = float(values[0]), float(values[-1])
    marks = some_ticks(low, high, most)
    return [((value - low) / (high - low), short(value, marks)) for value in marks]
