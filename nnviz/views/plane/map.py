"""The map of the plane on screen: colours, where the answer changes, and a unit's normal."""

from functools import lru_cache

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, qRgb

from nnviz.views.palette import Theme, rgb
from nnviz.views.plane.answer import Kind
from nnviz.views.plane.colours import table
from nnviz.views.plane.gaps import GAP_SHADE, leave_gaps, pixels_of
from nnviz.views.plane.map_picture import MapPicture
from nnviz.views.plane.plot import PlanePlot
from nnviz.views.plane.unit import Normal
from nnviz.views.shared.framed_plot import Range
from nnviz.views.shared.plot import paint_arrow

APART, THICK = 7.0, 0.8
"""Pixels at a factor of 1 from one gap to the next, and of a gap."""


class PlaneMapPlot(PlanePlot):
    """A map with the examples on it."""

    _image: tuple[object, QImage] | None = None

    @property
    def _map(self) -> MapPicture | None:
        field = None if self._shown is None else self._shown.field
        return field if isinstance(field, MapPicture) else None

    def ends(self) -> tuple[Range, Range] | None:
        """Return the ends of both axes in coordinates."""
        if self._map is None:
            return None
        plane = self._map.plane
        return (plane.left, plane.right), (plane.bottom, plane.top)

    def paint_field(self, painter: QPainter, area: QRectF) -> None:
        """Paint the colours."""
        shown = self._map
        if shown is not None:
            painter.drawImage(area, self._coloured(shown, area))

    def _coloured(self, shown: MapPicture, area: QRectF) -> QImage:
        """Return the map in colours, as many pixels as the screen has.

        Shades are interpolated, not colours: so steps have sharp edges. Those of several classes
        stand side by side in one table, and between two of them there is nothing.
        """
        assert self._shown is not None
        size = (area.size() * self.devicePixelRatioF()).toSize()
        classes, steps = len(self._shown.class_names), self._state.steps
        key = (shown, size.toTuple(), steps, self._theme)
        if self._image is not None and self._image[0] == key:
            return self._image[1]
        codes, how = shown.codes, Qt.TransformationMode.SmoothTransformation
        if shown.kind is Kind.CLASSES:
            how = Qt.TransformationMode.FastTransformation
        rows, columns = codes.shape
        grey = QImage.Format.Format_Grayscale8
        image = QImage(codes.data, columns, rows, columns, grey).scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, how
        )
        image = image.convertToFormat(grey).copy()
        pixel = self.thick(area.height() / 300) * self.devicePixelRatioF()
        apart, thick = round(pixel * APART), max(round(pixel * THICK), 1)
        leave_gaps(pixels_of(image), shown.kind, classes, apart, thick)
        image.reinterpretAsFormat(QImage.Format.Format_Indexed8)
        image.setColorTable(_colour_table(shown.kind, classes, self._theme, steps))
        self._image = key, image
        return image

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint where the answer changes, and the normal."""
        shown, theme = self._map, self._theme
        if shown is None:
            return
        ends = shown.lines.reshape(-1, 2)
        if len(ends):
            at = self.pixels(ends)
            path = arrayToQPath(at[:, 0], at[:, 1], connect="pairs")
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((theme.panel, 4.0), (theme.text, 2.0)):
                pen = QPen(QColor(colour), self.thick(area.height() / 300) * width)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # round ones take nine times as long
                painter.setPen(pen)
                painter.drawPath(path)
        if shown.normal is not None:
            self._paint_normal(painter, shown.normal, area)

    def _paint_normal(self, painter: QPainter, normal: Normal, area: QRectF) -> None:
        """Paint w as an arrow from the line."""
        foot, tip = (
            QPointF(*at) for at in self.places_of(np.array([normal.foot, normal.tip])).tolist()
        )
        thick = self.thick(area.height() / 300)
        inks = (self._theme.panel, 5.0 * thick), (self._theme.text, 2.4 * thick)
        if area.contains(foot):
            paint_arrow(painter, foot, tip, 10 * thick, inks)


@lru_cache(maxsize=8)
def _colour_table(kind: Kind, classes: int, theme: Theme, steps: bool) -> list[int]:
    """Return the colour of every shade, as Qt has them."""
    colours = table(kind, classes, theme, steps=steps).copy()
    colours[GAP_SHADE] = rgb(theme.panel)
    return [qRgb(*colour) for colour in colours.tolist()]
