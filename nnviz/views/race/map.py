"""The race over two weights as a map: everyone's path, place and slope; a click sets the start.

The map fills its widget: a formula can be computed as far as there is room, with
the same scale along both axes, so that paths cross the iso-lines at right angles
wherever they follow the gradient. A plane through the network is known on its
grid only and fills the widget as it is.
"""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPaintEvent, QPen

from nnviz.engine.race.valleys import Array, Point, Valley
from nnviz.views.palette import Theme
from nnviz.views.race.marks import colour_of, inside, paint_line, paint_mark, paint_present
from nnviz.views.race.picture import RacePicture
from nnviz.views.shared.plot import paint_arrow, painted
from nnviz.views.surface3d.colours import grey
from nnviz.views.surface3d.iso_lines import ContourMap
from nnviz.views.surface3d.shape import Relief, make_relief

POINTS = 81
"""Grid points a side."""


def relief_of(valley: Valley, low: Array, high: Array) -> Relief | None:
    """Compute a surface between two corners, (2,) each, or draw it from its grid.

    What is higher than twice the highest part worth looking at is drawn no higher.
    """
    if valley.grid is not None:
        grid, log = valley.grid, valley.logarithmic
        return make_relief(grid.w1, grid.w2, grid.cost, log=log)
    w1, w2 = (np.linspace(low[axis], high[axis], POINTS) for axis in (0, 1))
    cost = valley.cost(np.stack(np.meshgrid(w1, w2, indexing="ij"), axis=-1))
    inner = valley.cost(
        np.stack(np.meshgrid(*np.linspace(valley.low, valley.high, 25).T), axis=-1)
    ).max()
    cost = np.minimum(cost, 2 * inner)
    if valley.logarithmic:
        # Squared, because shades and iso-lines are even in the root of what is drawn.
        cost = np.log10(1 + cost / 0.1) ** 2
    return make_relief(w1, w2, cost)


class RaceMap(ContourMap):
    """The 2-D drawing of a race; its places are (w1, w2)."""

    FOLLOWS = True
    _race: RacePicture | None = None
    _computed: object = None

    def show_race(self, race: RacePicture) -> None:
        """Show a race on a surface of two weights; the selected racer lies on top."""
        self._race = race
        self.measure_anew()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        super().set_theme(theme)
        self.set_tint(grey(theme))

    def measured(self) -> QRectF:
        """Measure where the field is to stand, in pixels."""
        metrics = self.metrics()
        grid = self._race is not None and self._race.valley.grid is not None
        left = metrics.horizontalAdvance("−0.00" if grid else "−0.0") + self.space(8)
        below = 2 * metrics.height() + self.space(4)
        above = metrics.height() + self.space(3)
        # A grid may end on a round number, which is then written under its very end.
        right: float = self.space(6)
        if grid:
            right = max(right, metrics.horizontalAdvance("0.00") / 2 + self.space(2))
        width, height = self.width() - left - right, self.height() - below - above
        return QRectF(round(left), round(above), round(max(width, 8)), round(max(height, 8)))

    def places_of(self, w: Array) -> Array:
        """Return where places (n, 2) stand in the widget, in pixels, (n, 2)."""
        low, high = self._bounds()
        return self.pixels((w - low) / (high - low))

    def place_of(self, w: Point) -> QPointF:
        """Return where one place stands in the widget."""
        return painted(self.places_of(np.array([w])))[0]

    def place_at(self, at: QPointF) -> Point | None:
        """Return the place under a pixel, on the map at least."""
        if self._race is None:
            return None
        low, high = self._bounds()
        return tuple((low + np.clip(self.share_at(at), 0, 1) * (high - low)).tolist())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map, computed anew where size or surface have changed."""
        if self._race is not None:
            wanted = (self._race.valley, self.area().size().toTuple())
            if wanted != self._computed:
                self._computed = wanted
                first, second = self._race.valley.names
                relief = relief_of(self._race.valley, *self._bounds())
                self.show_relief(relief, (first, second))
        super().paintEvent(event)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint minima, start, paths, slopes and racers."""
        race = self._race
        if race is None:
            return
        unit = QFontInfo(self.font()).pixelSize()
        theme, width = self._theme, max(1.5, 0.13 * unit)
        painter.setPen(QPen(QColor(theme.text), max(1.2, 0.09 * unit)))
        arm = 0.36 * unit
        for optimum in race.valley.optima:
            at = self.place_of(optimum)
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
        for racer in race.racing():
            wide = width * (1.5 if racer.name == race.selected else 1)
            points = painted(self.places_of(racer.path), apart=1.5)
            paint_line(painter, points, wide, racer.name, theme)
        if race.valley.present is not None:
            paint_present(painter, self.place_of(race.valley.present), 0.3 * unit, theme)
        painter.setPen(QPen(QColor(theme.text), max(1.2, 0.1 * unit)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.place_of(race.start), 0.55 * unit, 0.55 * unit)
        for racer in race.racing():
            here = racer.here()
            if here is None:
                continue
            at = self.place_of(tuple(here.tolist()))
            # Long where it is as steep as at the start, short where it is flat.
            if area.contains(at) and racer.steep > 0.01:
                # As long along each axis as the step is: the two may have different scales.
                unit1, unit2 = self._pixels()
                way = QPointF(-float(racer.slope[0]) * unit1, float(racer.slope[1]) * unit2)
                length = (1.1 + 1.4 * min(racer.steep, 1.0) ** 0.5) * unit
                colours = (theme.panel, 0.15), (colour_of(racer.name, theme), 0.075)
                inks = [(colour, max(share * length, 1.2)) for colour, share in colours]
                tip = at + way * (length / math.hypot(way.x(), way.y()))
                paint_arrow(painter, at, tip, 0.3 * length, inks)
            radius = (0.5 if racer.name == race.selected else 0.42) * unit
            paint_mark(painter, inside(at, area, radius), radius, racer.name, theme)

    def _pixels(self) -> tuple[float, float]:
        """Return how many pixels one unit of w1 and of w2 is."""
        low, high = self._bounds()
        wide, tall = (high - low).tolist()
        return self.area().width() / wide, self.area().height() / tall

    def _bounds(self) -> tuple[Array, Array]:
        """Return the map's corners: what is worth looking at, wider where there is room."""
        assert self._race is not None
        low, high = (np.array(w) for w in (self._race.valley.low, self._race.valley.high))
        if self._race.valley.grid is not None:
            return low, high
        area = self.area()
        room = np.array([area.width(), area.height()])
        half = (high - low) / 2
        half = room * (half / room).max()
        middle = (low + high) / 2
        return middle - half, middle + half
