"""The example's words and table in letters of every size: nothing cut off, nothing overlapping."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from nnviz import numbers
from nnviz.data.description import Column, DataDescription
from nnviz.engine import Recipe
from nnviz.views.minibatch.layout import WRAPPED, title_font
from nnviz.views.minibatch.text import how_many
from nnviz.views.minibatch.view import SPEC
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale, sized
from tests.sampled import sampled
from tests.snapshots import make_dataset, make_snapshot
from tests.views.grabbing import pixels
from tests.views.phasing import at_phase, minibatch_of

FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = ((240, 220), (320, 220), (340, 420), (900, 700))
PAIRS = [*zip(2 * FACTORS, SIZES + SIZES[::-1], strict=True), (2.5, (900, 330)), (2.5, (900, 365))]
"""Every factor and every size twice, the extremes of both with each other; two low tables."""


@pytest.fixture(scope="module")
def moments():
    data = make_dataset()
    snapshot = make_snapshot()
    minibatch = minibatch_of(snapshot, data.x_train[:10], data.y_train[:10])
    return snapshot, at_phase(snapshot, minibatch, "forward 2"), at_phase(
        snapshot, minibatch, "cost"
    )  # fmt: skip


def check(view, scale):
    sheet, plan = view.sheet, view.sheet.plan
    room = sheet.width() - 2 * scale.space(4)
    assert plan.size >= scale.px(Step.LABEL)
    plain = QFontMetricsF(sized(sheet.font(), plan.size))
    bold = QFontMetricsF(sized(sheet.font(), plan.size, bold=True))
    title = QFontMetricsF(title_font(sheet.font(), plan.size))
    assert title.horizontalAdvance(sheet.picture.title) <= room
    assert title.height() <= plan.title
    words = plain.boundingRect(QRectF(0, 0, room, 1e6), WRAPPED, sheet.picture.sentence)
    assert words.height() <= plan.sentence
    assert words.width() <= room + 1
    assert plan.row >= plain.height() - 1
    assert plan.columns.count * plan.columns.apart - plan.columns.apart + plan.columns.width <= room
    boxes = [sheet.box_of(output) for output in range(len(sheet.picture.rows))]
    boxes = [box for box in boxes if box is not None]
    assert all(sheet.rect().toRectF().contains(box) for box in boxes)
    assert not any(one.adjusted(0, 0, 0, -0.01).intersects(other) for one, other in pairwise(boxes))
    for row in sheet.shown():
        for width, text in zip(plan.columns.cells, row.cells, strict=False):
            assert bold.horizontalAdvance(text) <= width
    whole, seen = len(sheet.picture.rows), len(sheet.shown())
    if seen < whole:
        assert plain.horizontalAdvance(how_many(seen, whole)[-1]) <= plan.columns.name
    # The whole of it can be scrolled to.
    assert sheet.height() >= plan.height - 1
    assert view._area.verticalScrollBar().maximum() >= sheet.height() - view.height() - 1
    assert sheet.width() <= view.width()


@pytest.mark.parametrize(("factor", "size"), sampled(PAIRS, every=2, rows=True), ids=str)
def test_nothing_is_cut_off_and_nothing_overlaps(show, moments, factor, size):
    theme = replace(DARK, scale=TypeScale(factor))
    view = show(SPEC.view, None, size)
    view.set_theme(theme)
    for moment in moments:
        view.show_snapshot(moment)
        check(view, theme.scale)
    pixels(view)


def test_it_follows_another_scale_at_once(show, moments):
    large = replace(DARK, scale=TypeScale(2.0))
    view, fresh = (show(SPEC.view, moments[0], (420, 500), theme) for theme in (DARK, large))
    small = pixels(view)
    view.set_theme(large)
    assert (pixels(view) == pixels(fresh)).all()
    view.set_theme(DARK)
    assert (pixels(view) == small).all()


@pytest.mark.parametrize("size", [(230, 300), (266, 400), (300, 420), (420, 420)], ids=str)
def test_numbers_of_nine_digits_are_never_cut(show, monkeypatch, size):
    monkeypatch.setattr(numbers, "_wished", 9)
    start = make_snapshot(Recipe(layers=(4, 3, 2)))
    y, a = np.array([0.01, 0.99]), np.array([0.75136507, 0.772928465])
    focus = replace(start.focus, y=y, a=(*start.focus.a[:-1], a))
    known = DataDescription(targets=(Column("o1"), Column("o2")))
    view = show(SPEC.view, replace(start, focus=focus, description=known, class_names=()), size)
    check(view, TypeScale(1.0))
    rows = [row.cells for row in view.sheet.shown()]
    assert [row[:2] for row in rows] == [("0.01", "0.751365070"), ("0.99", "0.772928465")]
    assert len(view.sheet.plan.columns.header) >= 2
