"""How ink looks on the pad: strokes as smooth as the hand meant them, or a picture.

Between two points that the mouse reported runs a curve which, at each of them, is
parallel to the line between its neighbours: the corners of a slow mouse are rounded.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnviz.views.pad.strokes import Points
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.tile_content import greys_of

INK = QColor("#ffffff")
PAPER = QColor("#000000")
"""MNIST's own colours: the sheet looks the same in every theme."""
PEN = 0.075
"""Pen width as a part of the sheet's side."""

Curve = tuple[QPointF, QPointF, QPointF, QPointF]


def draw_strokes(painter: QPainter, strokes: Sequence[Points], side: float) -> None:
    """Draw strokes on a sheet of `side` pixels."""
    pen = QPen(INK, PEN * side)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        places = [QPointF(x * side, y * side) for x, y in stroke[:, :2].tolist()]
        painter.setPen(pen)
        if stroke.shape[1] == 2 or len(places) == 1:
            wide = QPen(pen)
            wide.setWidthF(pen.widthF() * _widths(stroke)[0])
            painter.setPen(wide)
            painter.drawPath(_path(places))
        else:
            _draw_pressed(painter, places, pen, _widths(stroke))


def draw_picture(painter: QPainter, picture: Points, box: QRectF) -> None:
    """Draw a grey picture (rows, columns) of 0..1, as large as fits into a box."""
    rows, columns = picture.shape
    scale = min(box.width() / columns, box.height() / rows)
    inner = QRectF(0, 0, columns * scale, rows * scale)
    inner.moveCenter(box.center())
    painter.drawImage(inner, image_of(greys_of(picture, picture.shape)[0]))


def _widths(stroke: Points) -> list[float]:
    return stroke[:, 2].tolist() if stroke.shape[1] > 2 else [1.0] * len(stroke)


def _path(places: list[QPointF]) -> QPainterPath:
    path = QPainterPath(places[0])
    for _, first, second, end in _curves(places):
        path.cubicTo(first, second, end)
    # A dot is a line of no length; Qt draws its round caps only if it has some.
    if len(places) == 1:
        path.lineTo(places[0] + QPointF(0.01, 0))
    return path


def _draw_pressed(
    painter: QPainter, places: list[QPointF], pen: QPen, widths: Sequence[float]
) -> None:
    """Draw a stroke whose width changes, in short pieces."""
    usual = pen.widthF()
    for (before, after), curve in zip(pairwise(widths), _curves(places), strict=True):
        pieces = max(1, round(_length(curve[3] - curve[0]) / 3))
        for piece in range(pieces):
            path = QPainterPath(_along(curve, piece / pieces))
            path.lineTo(_along(curve, (piece + 1) / pieces) + QPointF(0.01, 0))
            share = (piece + 0.5) / pieces
            pen.setWidthF(usual * (before + share * (after - before)))
            painter.setPen(pen)
            painter.drawPath(path)
    pen.setWidthF(usual)


def _curves(places: list[QPointF]) -> list[Curve]:
    # Where a curve passes a point, it runs parallel to the line between the neighbours.
    headings = [
        _unit(after - before)
        for before, after in zip([places[0], *places], [*places[1:], places[-1]], strict=False)
    ]
    curves = []
    for place, (here, after) in enumerate(pairwise(places)):
        reach = _length(after - here) / 3
        curves.append(
            (here, here + headings[place] * reach, after - headings[place + 1] * reach, after)
        )
    return curves


def _along(curve: Curve, share: float) -> QPointF:
    """Return the place on a cubic curve at a share of its way."""
    back = 1 - share
    return (
        curve[0] * back**3
        + curve[1] * (3 * back * back * share)
        + curve[2] * (3 * back * share * share)
        + curve[3] * share**3
    )


def _length(way: QPointF) -> float:
    return float((way.x() ** 2 + way.y() ** 2) ** 0.5)


def _unit(way: QPointF) -> QPointF:
    return way / max(_length(way), 1e-9)
