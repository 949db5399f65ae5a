"""The pad's parts neither overlap nor leave it, from a corner of a dock to a wall."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect

from nnviz.views.pad.layout import arrange


@pytest.mark.parametrize("height", [190, 192, 220, 240, 291, 300, 600, 1000])
@pytest.mark.parametrize("width", [280, 300, 326, 360, 450, 460, 900, 1900])
@pytest.mark.parametrize("line", [14, 17, 18, 24])
def test_parts_neither_overlap_nor_leave_the_pad(width: int, height: int, line: int) -> None:
    places = arrange(width, height, line)
    boxes = [places.canvas, places.stages, places.winner, places.bars, places.tools]
    if not places.gallery.isEmpty():
        boxes.append(places.gallery)
    pad = QRect(0, 0, width, height)
    for place, box in enumerate(boxes):
        assert pad.contains(box)
        assert box.width() >= 40
        assert box.height() >= min(20, line + 5)
        for other in boxes[place + 1 :]:
            assert not box.intersects(other)
    assert places.canvas.width() == places.canvas.height() > 80
    assert places.bars.height() >= 58
    assert places.top.contains(places.stages)
    assert places.top.contains(places.winner)


def test_the_sheet_grows_with_the_pad() -> None:
    sides = [arrange(2 * size, size, 17).canvas.width() for size in (190, 240, 400, 700, 1000)]
    assert all(one < other for one, other in pairwise(sides))
    assert sides[-1] > 700


def test_a_gallery_stands_where_there_is_room() -> None:
    assert arrange(326, 192, 17).gallery.isEmpty()
    assert arrange(450, 291, 17).gallery.height() >= 26
    assert arrange(1200, 620, 17).gallery.height() >= 50
    assert arrange(400, 700, 17).gallery.height() >= 26
