"""How the racers are told apart in drawings: a colour and a shape."""

import math
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from nnviz.engine.race.descent import all_racers
from nnviz.views.palette import Theme
from nnviz.views.shared.plot import round_pen


def colour_of(name: str, theme: Theme) -> str:
    """Return a racer's colour."""
    return theme.racer(all_racers().index(name))


def shape_of(name: str) -> QPainterPath:
    """Return a racer's mark, of about radius 1 around the origin."""
    return _shape(all_racers().index(name))


BORDER = 0.5
"""How wide the border of a path is on either side, in widths of the path, and at least a pixel."""
_CORNERS: tuple[list[tuple[float, float]], ...] = (
    [],
    [(1.3, 0), (1.3, 120), (1.3, 240)],
    [(1.3, 60), (1.3, 180), (1.3, 300)],
    [(1.25, 45), (1.25, 135), (1.25, 225), (1.25, 315)],
    [(1.3, 0), (1.3, 90), (1.3, 180), (1.3, 270)],
    [(1.45 if n % 2 == 0 else 0.68, 36 * n) for n in range(10)],
)
"""Corners of the first marks as (radius, angle in degrees, clockwise from the top); none: round."""


@cache
def _shape(place: int) -> QPainterPath:
    path = QPainterPath()
    if place >= len(_CORNERS):  # a star of so many points
        turn = 180 / place
        corners = [(1.4 if n % 2 == 0 else 0.8, turn * n) for n in range(2 * place)]
    else:
        corners = _CORNERS[place]
    if not corners:
        path.addEllipse(QPointF(0, 0), 1, 1)
        return path
    points = [
        QPointF(radius * math.sin(math.radians(angle)), -radius * math.cos(math.radians(angle)))
        for radius, angle in corners
    ]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def paint_mark(
    painter: QPainter, at: QPointF, radius: float, name: str, theme: Theme, *, filled: bool = True
) -> None:
    """Paint a racer's mark, with a border that keeps it apart from what lies below."""
    painter.save()
    painter.translate(at)
    painter.scale(radius, radius)
    colour = QColor(colour_of(name, theme))
    pen = QPen(QColor(theme.panel) if filled else colour, 0.5 if filled else 0.28)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(theme.panel) if not filled else colour)
    painter.drawPath(shape_of(name))
    if filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(shape_of(name))
    painter.restore()


def paint_present(painter: QPainter, at: QPointF, radius: float, theme: Theme) -> None:
    """Paint where the network itself is, on a plane through it."""
    painter.setPen(QPen(QColor(theme.panel), 0.4 * radius))
    painter.setBrush(QColor(theme.now))
    painter.drawEllipse(at, radius, radius)


def paint_line(
    painter: QPainter, points: list[QPointF], width: float, name: str, theme: Theme
) -> None:
    """Paint a racer's path with a border, and a dot for every step that can be told apart."""
    apart: list[QPointF] = []
    for point in points:
        if not apart or (point - apart[-1]).manhattanLength() > 4 * width:
            apart.append(point)
    border = max(1.0, BORDER * width)
    for colour, more in ((theme.panel, border), (colour_of(name, theme), 0.0)):
        if len(points) > 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(round_pen(colour, width + 2 * more))
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        for point in apart:
            painter.drawEllipse(point, 1.25 * width + more, 1.25 * width + more)


def inside(at: QPointF, area: QRectF, radius: float) -> QPointF:
    """Return a place moved so far that a mark there lies within an area."""
    inner = area.adjusted(radius, radius, -radius, -radius)
    return QPointF(
        min(max(at.x(), inner.left()), inner.right()),
        min(max(at.y(), inner.top()), inner.bottom()),
    )
