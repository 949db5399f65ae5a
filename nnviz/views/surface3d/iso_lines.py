"""The cost surface as a map: colours, iso-lines and both axes, for others to paint on.

The field and its lines change seldom and are kept as a picture.
"""

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.framed_plot import FramedPlot, Range
from nnviz.views.shared.level_lines import joined
from nnviz.views.surface3d.colours import Tint, height_colours, viridis
from nnviz.views.surface3d.shape import Relief

PAIR = np.array([1, 0], np.int32)
"""Whether a line goes on from the ends of a piece that stands alone."""
FINE = 50
"""Grid points a side from which iso-lines are joined; a coarse surface is soon replaced."""


class ContourMap(FramedPlot):
    """The 2-D drawing of a relief.

    Attributes:
        lag: milliseconds by which it is painted after a 3-D drawing of the same, so that no frame
            of the display has to hold both; 0 for none.
    """

    lag = 0
    NAME = "Map of the cost"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # It lays its whole ground itself: what is behind need not be painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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

    def ranges(self) -> tuple[Range, Range] | None:
        """Return the ends of both axes."""
        if self._relief is None:
            return None
        w1, w2 = self._relief.w1, self._relief.w2
        return (float(w1[0]), float(w1[-1])), (float(w2[0]), float(w2[-1]))

    def names(self) -> tuple[str, str]:
        """Return the names of w1 and w2."""
        return self._names

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint field and axes, and what lies on the field."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        if self._relief is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.area()
        if self._field is None:
            self._field = self._draw_field(self._relief, area)
        painter.drawPixmap(area.topLeft(), self._field)
        self.draw_axes(painter, area)
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
        places, onward = relief.iso.reshape(-1, 2), np.tile(PAIR, len(relief.iso))
        if len(relief.height) >= FINE and len(places):
            # Whole lines: translucent pieces would show a dot wherever two meet.
            lines = joined(relief.iso)
            places, onward = np.concatenate(lines), np.ones(sum(map(len, lines)), np.int32)
            onward[np.cumsum([len(line) for line in lines]) - 1] = 0
        x, y = (places * (area.width(), -area.height()) + (0, area.height())).T
        painter.drawPath(arrayToQPath(x, y, connect=onward))
        painter.setPen(self.thin(self._theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        return picture
