"""The pad's parts neither overlap nor leave it, from a corner of a dock to a wall."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect

from nnviz.views.pad.layout import arrange
from nnviz.views.shared.type_scale import Step, TypeScale


@pytest.mark.parametrize("height", [190, 192, 220, 240, 291, 300, 600, 1000])
@pytest.mark.parametrize("width", [280, 300, 320, 326, 360, 450, 460, 900, 1900])
@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5, 2.0, 2.5])
def test_parts_neither_overlap_nor_leave_the_pad(width: int, height: int, factor: float) -> None:
    scale = TypeScale(factor)
    places = arrange(width, height, scale)
    boxes = [places.canvas, places.winner, places.bars, places.tools]
    boxes += [box for box in (places.stages, places.gallery) if not box.isEmpty()]
    pad = QRect(0, 0, width, height)
    for place, box in enumerate(boxes):
        assert pad.contains(box)
        assert box.width() >= 40
        assert box.height() >= min(20, scale.px(Step.CAPTION))
        for other in boxes[place + 1 :]:
            assert not box.intersects(other)
    assert places.canvas.width() == places.canvas.height() > (80 if factor < 1.5 else 50)
    assert places.tools.height() >= 1.4 * scale.px(Step.BODY)
    assert places.bars.height() >= (58 if factor == 1 else scale.px(Step.CAPTION))
    assert factor > 1 or not places.stages.isEmpty()
    assert places.top.contains(places.stages) or places.stages.isEmpty()
    assert places.top.contains(places.winner)


def test_the_sheet_grows_with_the_pad() -> None:
    sides = [
        arrange(2 * size, size, TypeScale()).canvas.width() for size in (190, 240, 400, 700, 1000)
    ]
    assert all(one < other for one, other in pairwise(sides))
    assert sides[-1] > 700


def test_a_gallery_stands_where_there_is_room() -> None:
    assert arrange(326, 192, TypeScale()).gallery.isEmpty()
    assert arrange(450, 291, TypeScale()).gallery.height() >= 26
    assert arrange(1200, 620, TypeScale()).gallery.height() >= 50
    assert arrange(400, 700, TypeScale()).gallery.height() >= 26


@pytest.mark.parametrize(("factor", "least"), [(1.0, 0.55), (20 / 11, 0.57), (30 / 11, 0.45)])
def test_what_is_drawn_on_is_the_largest_part_of_a_wide_pad(factor: float, least: float) -> None:
    places = arrange(687, 632, TypeScale(factor))
    assert places.canvas.width() >= least * 687
    assert places.canvas.width() >= 0.96 * places.bars.width()
    assert factor > 2 or not places.stages.isEmpty()
