"""The drawing of a slice through the net: C(w), its tangent, the next step and the way so far."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.engine.explain.line import CostLine
from nnviz.views.shared.plot import paint_arrow, painted, polygon
from nnviz.views.shared.sentence import fullest
from nnviz.views.surface.picture import Slice
from nnviz.views.surface3d.curve_plot import COST, CurvePlot


class SurfaceCurve(CurvePlot):
    """The drawing of a slice; its places are values of the weight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._slice: Slice | None = None
        self._cross: float | None = None

    def show_slice(self, made: Slice | None) -> None:
        """Show another slice, or none."""
        self._slice = made
        self._curve = made.curve if made is not None else None
        self.update()

    def mark(self, value: float | None) -> None:
        """Draw a cross over a value of the weight; None for no cross."""
        self._cross = value
        self.update()

    def place_at(self, at: QPointF) -> float | None:
        """Return the value of the weight under a pixel, or None beside the drawing."""
        inside = self._curve is not None and self.area().contains(at)
        return self.weight_at(at) if inside else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, curve, tangent, way and step."""
        made = self._slice
        if made is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, theme, line, curve = self.area(), self._theme, made.line, made.curve
        thick = self.thick(min(area.height() / 220, area.width() / 320))
        self.paint_axes(painter, area)
        self._write_step(painter, area, made)
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(theme.text), 2 * thick))
        painter.drawPolyline(polygon(self.places_of(curve.w, curve.cost)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.dim))
        for at in painted(self.places_of(*made.way.T)):
            painter.drawEllipse(at, 1.8 * thick, 1.8 * thick)
        if np.isfinite(line.slope):
            painter.setPen(QPen(QColor(theme.now), 1.5 * thick, Qt.PenStyle.DashLine))
            painter.drawPolyline(polygon(self.places_of(*made.tangent.T)))
            self._paint_step(painter, line, thick)
        if np.isfinite(line.present.cost):
            here = self.place_of(line.present.w, line.present.cost)
            painter.setPen(QPen(QColor(theme.panel), 1.5 * thick))
            painter.setBrush(QColor(theme.now))
            painter.drawEllipse(here, 5 * thick, 5 * thick)
        if self._cross is not None:
            painter.setPen(self.thin(theme.text))
            self.paint_cross(painter, self.place_of(self._cross, curve.cost_at(self._cross)))

    def _paint_step(self, painter: QPainter, line: CostLine, thick: float) -> None:
        """Draw the step as an arrow along the weight's axis from here to where it lands.

        One that would be hidden by the ball is drawn longer: then only its number is true.
        """
        nudge = line.landing.w - line.present.w
        if not (np.isfinite(nudge) and nudge):
            return
        start = self.place_of(line.present.w, line.present.cost)
        end = self.place_of(line.landing.w, line.landing.cost)
        toward, least = (1 if nudge > 0 else -1), 16 * thick
        far = abs(end.x() - start.x()) > least
        tip = QPointF(end.x() if far else start.x() + toward * least, start.y())
        paint_arrow(painter, start, tip, 7 * thick, ((self._theme.now, 2.4 * thick),))
        if far:
            pen = self.thin(self._theme.now)
            pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(tip, end)

    def _write_step(self, painter: QPainter, area: QRectF, made: Slice) -> None:
        """Write tangent and step in numbers above the curve, in as many as there is room for."""
        metrics = self.metrics()
        left = metrics.horizontalAdvance(COST) + self.space(12)
        room = QRectF(left, 0, area.right() - left, metrics.height())
        painter.setPen(QColor(self._theme.now))
        text = fullest((*made.steps, ""), self.letters(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight, text)
