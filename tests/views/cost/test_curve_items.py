"""Curves and marks of the cost plot as paths: where they are painted, and when they are not."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from nnviz.views.cost.curve_items import DIAMOND, DISC, NOWHERE, TRIANGLE, Curve, Marks

ROOM = QRectF(0, 0, 10, 1)
LINE = np.array([2.0, 7.5]), np.array([0.25, 0.75])


def inked(item, width=400, height=200):
    """Paint an item as if its room filled a picture; return where it is white, (rows, columns)."""
    picture = QImage(width, height, QImage.Format.Format_Grayscale8)
    picture.fill(0)
    painter = QPainter(picture)
    painter.scale(width / ROOM.width(), height / ROOM.height())
    item.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(height, picture.bytesPerLine())
    return rows[:, :width] > 127


@pytest.mark.parametrize("outline", [DISC, TRIANGLE, DIAMOND], ids=["disc", "triangle", "diamond"])
@pytest.mark.parametrize("width", [200, 800])
def test_marks_stand_on_their_points_and_are_as_large_at_every_scale(qapp, outline, width):
    marks = Marks(outline)
    marks.setBrush(QColor("white"))
    marks.resize(20.0)
    marks.show_line(LINE)
    white = inked(marks, width)
    for x, y in zip(*LINE, strict=True):
        column, row = round(x / ROOM.width() * width), round(y * 200)
        around = white[row - 14 : row + 14, column - 14 : column + 14]
        assert around[14, 14]
        assert 15 <= np.ptp(np.flatnonzero(around.any(axis=0))) + 1 <= 21
        assert 18 <= np.ptp(np.flatnonzero(around.any(axis=1))) + 1 <= 21
    assert white.sum() < 2 * 20 * 20


@pytest.mark.parametrize("made", [Curve, lambda: Marks(DISC)], ids=["curve", "marks"])
def test_without_points_nothing_is_seen_and_the_room_is_what_it_is_told_to_be(qapp, made):
    item = made()
    item.show_line(LINE)
    assert item.isVisible()
    item.lie_in(ROOM)
    assert item.boundingRect() == ROOM
    item.show_line(NOWHERE)
    assert not item.isVisible()
    assert not len(item.line[0])
