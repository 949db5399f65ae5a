"""Ready-made colours, pens and fonts of the network view, and its layer of edges.

Making a QColor or a QPen costs more than using it, so each theme's are made
once. Edges go to a pixmap of their own: they are by far the dearest thing on
screen, while neurons and bars change with every frame.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from nnviz.engine.activations import ACTIVATIONS
from nnviz.views.network_edges import Edges, ends
from nnviz.views.network_layout import Layout
from nnviz.views.palette import STEPS, Diverging, Theme, edge_width, grey_levels

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
    """A picture of the edges on the panel's ground, drawn anew only when asked."""

    def __init__(self) -> None:
        self._paths: dict[int, QPainterPath] = {}
        self._place: Layout | None = None

    def path(self, place: Layout, edges: Edges, index: int) -> QPainterPath:
        """Return the curve of one edge."""
        self._prepare(place, edges)
        return self._paths[int(edges.parameter[index])]

    def render(
        self, place: Layout, edges: Edges, largest: float, ink: Ink, size: QSize, ratio: float
    ) -> QPixmap:
        """Draw all edges, the strongest last.

        Args:
            place: where neurons stand.
            edges: the weakest first.
            largest: the |w| that takes the full colour and width.
            ink: the colours.
            size: of the view, in its own pixels.
            ratio: pixels of the screen to one of the view.
        """
        self._prepare(place, edges)
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(ink.panel)
        # 16 shades of each sign: finer ones cost more changes of pen than the eye can see.
        level = np.round(np.clip(edges.weight / (largest or 1.0), -1, 1) * 16).astype(int)
        pens = self._pens(ink, place.unit)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        last = 0
        for parameter, shade in zip(edges.parameter.tolist(), level.tolist(), strict=True):
            if not shade:
                continue
            if shade != last:
                painter.setPen(pens[shade])
                last = shade
            painter.drawPath(self._paths[parameter])
        painter.end()
        return pixmap

    def _pens(self, ink: Ink, unit: float) -> dict[int, QPen]:
        thickest = max(1.2, 0.19 * unit)
        pens = {}
        for shade in range(-16, 17):
            width = float(edge_width((shade / 16) ** 2, thickest))
            pen = QPen(ink.signed[round(shade / 16 * STEPS) + STEPS], width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pens[shade] = pen
        return pens

    def _prepare(self, place: Layout, edges: Edges) -> None:
        if place is not self._place:
            self._paths.clear()
            self._place = place
        missing = [i for i, p in enumerate(edges.parameter.tolist()) if p not in self._paths]
        if not missing:
            return
        corners = np.stack(ends(place, edges), axis=1)[missing]
        for parameter, (x0, y0, x1, y1) in zip(
            edges.parameter[missing].tolist(), corners.tolist(), strict=True
        ):
            # With control points at thirds of the way, x runs evenly and y as 3t² − 2t³.
            third = (x1 - x0) / 3
            path = QPainterPath()
            path.moveTo(x0, y0)
            path.cubicTo(x0 + third, y0, x1 - third, y1, x1, y1)
            self._paths[parameter] = path
