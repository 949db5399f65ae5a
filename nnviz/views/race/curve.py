"""The race over one weight: the curve C(w), everyone's steps on it, the tangent of one."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPaintEvent, QPen

from nnviz.engine.race.valleys import Point
from nnviz.views.race.marks import colour_of, inside, paint_line, paint_mark, paint_present
from nnviz.views.race.picture import RacePicture, Racer
from nnviz.views.shared.plot import painted, polygon
from nnviz.views.surface3d.curve_plot import CurvePlot


class RaceCurve(CurvePlot):
    """The drawing of a race on a surface of one weight; its places are (w,)."""

    GRID = FOLLOWS = True
    _race: RacePicture | None = None

    def show_race(self, race: RacePicture) -> None:
        """Show a race on a surface of one weight; the selected racer has the tangent."""
        self._race, self._curve = race, race.curve
        self.update()

    def place_at(self, at: QPointF) -> Point | None:
        """Return the weight under a pixel, on the axis at least."""
        return None if self._race is None else (self.weight_at(at),)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, curve, steps, tangent and racers."""
        race, curve = self._race, self._curve
        if race is None or curve is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, theme = self.area(), self._theme
        unit = QFontInfo(self.font()).pixelSize()
        self.paint_axes(painter, area)
        painter.setClipRect(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.dim), max(1.5, 0.14 * unit)))
        painter.drawPolyline(polygon(self.places_of(curve.w, curve.cost)))
        width = max(1.3, 0.11 * unit)
        for racer in race.racing():
            wide = width * (1.5 if racer.name == race.selected else 1)
            points = painted(self.places_of(racer.path[:, 0], racer.path_costs), apart=1.5)
            paint_line(painter, points, wide, racer.name, theme)
        if race.valley.present is not None:
            here = race.valley.present[0]
            at = self.place_of(here, curve.cost_at(here))
            paint_present(painter, at, 0.3 * unit, theme)
        for racer in race.racing():
            if not np.isfinite(racer.path_costs[-1]):
                continue
            selected = racer.name == race.selected
            if selected:
                self._paint_tangent(painter, racer, unit)
            radius = (0.55 if selected else 0.45) * unit
            at = self.place_of(float(racer.path[-1, 0]), float(racer.path_costs[-1]))
            paint_mark(painter, inside(at, area, radius), radius, racer.name, theme)

    def _paint_tangent(self, painter: QPainter, racer: Racer, unit: int) -> None:
        assert self._curve is not None
        w, cost, slope = float(racer.path[-1, 0]), float(racer.path_costs[-1]), racer.slope[0]
        reach = 0.2 * float(self._curve.w[-1] - self._curve.w[0])
        ends = [self.place_of(w + side * reach, cost + side * reach * slope) for side in (-1, 1)]
        pen = QPen(QColor(colour_of(racer.name, self._theme)), max(1.5, 0.13 * unit))
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.drawLine(*ends)
