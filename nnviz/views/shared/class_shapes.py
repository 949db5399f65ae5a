"""The shapes by which examples of one class are told from those of another, besides the colour."""

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF


def shape(label: int, radius: float) -> QPainterPath:
    """Return the shape of a class around (0, 0): square, circle, triangle, diamond, and again."""
    path = QPainterPath()
    which = label % 4
    if which == 1:
        path.addEllipse(QPointF(0, 0), radius, radius)
        return path
    # All shapes are about as large.
    corners, first, reach = {0: (4, 45, 1.25), 2: (3, 90, 1.4), 3: (4, 90, 1.3)}[which]
    angles = [math.radians(first + 360 / corners * corner) for corner in range(corners)]
    at = [QPointF(math.cos(a), -math.sin(a)) * (reach * radius) for a in angles]
    path.addPolygon(QPolygonF([*at, at[0]]))
    return path
