"""The marks of examples: a shape and a colour for each class, filled or hollow."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from nnviz.views.palette import Theme
from nnviz.views.plane.answer import Kind
from nnviz.views.plane.colours import class_colour, table
from nnviz.views.plane.examples import Points
from nnviz.views.shared.class_shapes import shape
from nnviz.views.shared.plot import Array

MANY = 150
"""Examples from which on marks are smaller."""


def paint_marks(
    painter: QPainter,
    points: Points,
    places: Array,
    radius: float,
    classes: int,
    theme: Theme,
    *,
    hollow: bool,
) -> None:
    """Paint examples at places (n, 2) in pixels; hollow ones have the ground inside."""
    for chosen, label, colour in _groups(points, classes, theme):
        wide = 0.5 * radius if hollow else max(theme.scale.line(0.5), 0.2 * radius)
        outer, path = shape(label, radius - 0.5 * wide if hollow else radius), QPainterPath()
        for x, y in places[chosen].tolist():
            path.addPath(outer.translated(x, y))
        path.setFillRule(Qt.FillRule.WindingFill)
        line, ground = (colour, theme.panel) if hollow else (theme.panel, colour)
        painter.setPen(QPen(QColor(line), wide))
        painter.setBrush(QColor(ground))
        painter.drawPath(path)


def _groups(points: Points, classes: int, theme: Theme) -> Iterable[tuple[Array, int, str]]:
    """Return which examples look alike: a choice of them, their shape and their colour."""
    if points.shades is None and not classes:
        yield np.ones(len(points.where), bool), 1, theme.dim
        return
    if points.shades is None:
        for label in np.unique(points.classes).tolist():
            yield points.classes == label, label, class_colour(theme, label, max(classes, 2))
        return
    colours = table(Kind.NUMBER, 0, theme, steps=False)
    coarse = points.shades // 8
    for shade in np.unique(coarse).tolist():
        red, green, blue = colours[min(8 * shade + 4, 254)].tolist()
        yield coarse == shade, 1, f"#{red:02x}{green:02x}{blue:02x}"


def layer_of(size: QRectF, ratio: float) -> QPixmap:
    """Return an empty layer of so many pixels, to be painted on once and shown often."""
    layer = QPixmap((size.size() * ratio).toSize())
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    return layer
