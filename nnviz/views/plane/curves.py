"""The curves over a line on screen: what is answered, and thin each hidden neuron's share of it."""

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.views.plane.answer import HALF
from nnviz.views.plane.colours import class_colour
from nnviz.views.plane.curve_picture import CurvePicture
from nnviz.views.plane.plot import PlanePlot
from nnviz.views.shared.framed_plot import Range
from nnviz.views.shared.plot import FAR, Array

DASHES: tuple[list[float], ...] = ([], [5, 2.5], [1.5, 1.5], [7, 2, 1.5, 2], [9, 4])
"""How curves are told apart besides their colours, in widths of their lines."""


class PlaneCurvePlot(PlanePlot):
    """Curves with the examples on them."""

    FILLS = True

    @property
    def _curves(self) -> CurvePicture | None:
        field = None if self._shown is None else self._shown.field
        return field if isinstance(field, CurvePicture) else None

    def ends(self) -> tuple[Range, Range] | None:
        """Return the ends of both axes in coordinates."""
        shown = self._curves
        if shown is None:
            return None
        return (float(shown.x[0]), float(shown.x[-1])), (shown.y.low, shown.y.high)

    def paint_field(self, painter: QPainter, area: QRectF) -> None:
        """Paint ½, or 0, and the shares."""
        shown, theme = self._curves, self._theme
        if shown is None:
            return
        level = HALF if shown.half else 0.0
        y = self.places_of(np.array([[shown.x[0], level]]))[0, 1]
        painter.setPen(self.thin(theme.line))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        if self._state.shares:
            for number, share in enumerate(shown.shares):
                self._draw(painter, shown.x, share, theme.racer(1 + number % 5), 1.2, number)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint what is answered."""
        shown, theme = self._curves, self._theme
        if shown is None:
            return
        several = len(shown.curves)
        for number, curve in enumerate(shown.curves):
            colour = theme.text if several == 1 else class_colour(theme, number, several)
            self._draw(painter, shown.x, curve, theme.panel, 5.0)
            self._draw(painter, shown.x, curve, colour, 2.6, number)

    def _draw(
        self, painter: QPainter, x: Array, y: Array, colour: str, width: float, number: int = 0
    ) -> None:
        """Draw a curve; those of other numbers have other dashes."""
        at = self.places_of(np.stack((x, y), axis=1))
        good = np.isfinite(at).all(axis=1)
        at = np.clip(at[good], -FAR, FAR)
        if len(at) < 2:
            return
        pen = QPen(QColor(colour), self.thick(1.0) * width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashes := DASHES[number % len(DASHES)]:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(arrayToQPath(at[:, 0], at[:, 1], connect="all"))
