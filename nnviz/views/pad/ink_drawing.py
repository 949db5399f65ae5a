"""How ink looks on the pad: strokes as smooth as the hand meant them, or a picture.

Between two points that the mouse reported runs a curve which, at each of them, is
parallel to the line between its neighbours: the corners of a slow mouse are rounded.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
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
        widths = PEN * side * (stroke[:, 2] if stroke.shape[1] > 2 else np.ones(len(stroke)))
        if stroke.shape[1] == 2 or len(places) == 1:
            pen.setWidthF(float(widths[0]))
            painter.setPen(pen)
            painter.drawPath(_path(places))
        else:
            _draw_pressed(painter, places, pen, widths.tolist())


def draw_picture(painter: QPainter, picture: Points, box: QRectF) -> None:
    """Draw a grey picture (rows, columns) of 0..1, as large as fits into a box."""
    rows, columns = picture.shape
    scale = min(box.width() / columns, box.height() / rows)
    inner = QRectF(0, 0, columns * scale, rows * scale)
    inner.moveCenter(box.center())
    painter.drawImage(inner, image_of(greys_of(picture, picture.shape)[0]))


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
    for (before, after), curve in zip(pairwise(widths), _curves(places), strict=True):
        pieces = max(1, round(QLineF(curve[0], curve[3]).length() / 3))
        for piece in range(pieces):
            path = QPainterPath(_along(curve, piece / pieces))
            path.lineTo(_along(curve, (piece + 1) / pieces) + QPointF(0.01, 0))
            share = (piece + 0.5) / pieces
            pen.setWidthF(before + share * (after - before))
            painter.setPen(pen)
            painter.drawPath(path)


def _curves(places: list[QPointF]) -> list[Curve]:
    # Where a curve passes a point, it runs parallel to the line between the neighbours.
    ways = map(QLineF, [places[0], *places], [*places[1:], places[-1]])
    headings = [(way.p2() - way.p1()) / max(way.length(), 1e-9) for way in ways]
    curves = []
    for (here, after), (first, second) in zip(pairwise(places), pairwise(headings), strict=True):
        reach = QLineF(here, after).length() / 3
        curves.append((here, here + first * reach, after - second * reach, after))
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
