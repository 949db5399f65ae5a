"""Ready-made colours and fonts of the network view, and how it draws edges.

Making a QColor or a curve costs more than using it, so both are made once and
kept: colours for as long as the theme stays, curves as long as the places do.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from nnviz.engine.activations import ACTIVATIONS
from nnviz.views.network_edges import Edges, ends
from nnviz.views.network_layout import Layout
from nnviz.views.palette import STEPS, Diverging, Theme, edge_width, grey_levels

SHADES = 16
"""Shades of each sign that edges have; more cost time and cannot be told apart."""

Array = NDArray[np.floating[Any]]


class Ink:
    """The colours of one theme as Qt wants them."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.panel = QColor(theme.panel)
        self.raised = QColor(theme.raised)
        self.line = QColor(theme.line)
        self.text = QColor(theme.text)
        self.dim = QColor(theme.dim)
        self.now = QColor(theme.now)
        self.greys = [QColor(*row) for row in grey_levels(theme).tolist()]
        self.signed = [QColor(*row) for row in Diverging(theme).table.tolist()]
        self.diverging = Diverging(theme)

    def fills(self, activation: str, a: Array, largest: float) -> list[QColor]:
        """Return the colours of a layer's neurons: grey where none can be negative.

        Args:
            activation: name of the layer's activation.
            a: activations.
            largest: the |a| that takes the full colour.
        """
        if ACTIVATIONS[activation].range.startswith(("(−", "(-")):
            return [self.signed[i] for i in self.diverging.index(a, largest)]
        share = np.nan_to_num(np.asarray(a, dtype=np.float64) / (largest or 1.0))
        return [self.greys[i] for i in np.round(255 * np.clip(share, 0, 1)).astype(int)]


def font_of(base: QFont, height: float, *, bold: bool = False) -> QFont:
    """Return the widget's font in another size, with figures of equal width."""
    font = QFont(base)
    font.setPixelSize(max(1, round(height)))
    font.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


class EdgeLayer:
    """Draws edges; keeps the curves it has drawn, for most are drawn again.

    Qt draws a line up to one pixel wide several times faster than a wider one, so an
    edge of middling width is drawn as two fine lines that overlap; only the few widest,
    where that would leave a seam, are drawn with a wide pen.
    """

    def __init__(self) -> None:
        self._curves: dict[tuple[int, float], QPainterPath] = {}
        self._place: Layout | None = None

    def draw(
        self, painter: QPainter, place: Layout, edges: Edges, largest: float, ink: Ink
    ) -> None:
        """Draw all edges, the strongest last.

        Args:
            painter: antialiasing, on the panel's ground.
            place: where neurons stand.
            edges: the weakest first.
            largest: the |w| that takes the full colour and width.
            ink: the colours.
        """
        if place is not self._place:
            self._curves.clear()
            self._place = place
        share = np.clip(edges.weight / (largest or 1.0), -1, 1)
        # Never shade 0, which cannot be seen: what is counted as drawn must be there.
        size = np.maximum(np.round(np.abs(share) * SHADES), 1).astype(int)
        shades = np.where(share > 0, size, -size).tolist()
        pens = {shade: _pen(shade, ink, place) for shade in set(shades)}
        corners = np.stack(ends(place, edges), axis=1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        last = 0
        for index, (parameter, shade) in enumerate(
            zip(edges.parameter.tolist(), shades, strict=True)
        ):
            pen, apart = pens[shade]
            curve = self._curves.get((parameter, apart))
            if curve is None:
                curve = edge_curve(corners[index].tolist(), apart)
                self._curves[parameter, apart] = curve
            if shade != last:
                painter.setPen(pen)
                last = shade
            painter.drawPath(curve)


def edge_curve(corners: Sequence[float], apart: float = 0.0) -> QPainterPath:
    """Return the curve of an edge, or two curves side by side.

    Args:
        corners: x₀, y₀, x₁, y₁, as `ends` returns them.
        apart: distance between the two in pixels; 0 for a single one.
    """
    x0, y0, x1, y1 = corners
    path = QPainterPath()
    third = (x1 - x0) / 3
    slope = 1.5 * (y1 - y0) / (x1 - x0)
    length = float(np.hypot(1, slope))
    for off in (-apart / 2, apart / 2) if apart else (0.0,):
        # The inner control points move so that in the middle, where the curve is steepest,
        # it is off at right angles to itself.
        x, y = -4 / 3 * off * slope / length, off * (4 / length - 1) / 3
        path.moveTo(x0, y0 + off)
        # With control points at thirds of the way, x runs evenly and y as 3t² − 2t³.
        path.cubicTo(x0 + third + x, y0 + y, x1 - third + x, y1 + y, x1, y1 + off)
    return path


def _pen(shade: int, ink: Ink, place: Layout) -> tuple[QPen, float]:
    """Return a shade's pen and how far apart it draws two lines, 0 where it draws one."""
    share = shade / SHADES
    # Squared: of the strongest edges most are much alike, and all thick would be a thicket.
    width = float(edge_width(share**2, max(1.6, 0.19 * place.unit)))
    apart = 0.0 if width < 1.25 or width > 2.25 else 0.5 if width < 1.75 else 0.85
    pen = QPen(ink.signed[round(share * STEPS) + STEPS], width if width > 2.25 else min(1.0, width))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen, apart
