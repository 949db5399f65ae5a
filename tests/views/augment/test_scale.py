"""The augmentation preview at every size of letters: nothing is clipped, nothing overlaps."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.recipe import Recipe
from nnviz.views.augment import text
from nnviz.views.palette import DARK
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.views.augment.conftest import VARIED
from tests.views.written import written

FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = ((220, 170), (346, 215), (470, 360), (900, 700))
PAIRS = list(zip(2 * FACTORS, SIZES + SIZES[::-1], strict=True))
"""Every factor and every size twice, the extremes of both with each other."""


def scaled(factor):
    return replace(DARK, scale=TypeScale(factor))


def places(view):
    """Return every control and word in sight as a rectangle of the view."""
    steering = view.strengths
    parts = [*steering.labels.values(), *steering.sliders.values(), *steering.figures.values()]
    parts += [view.another, view.usual, view.none]
    return [
        (part, QRect(part.mapTo(view, part.rect().topLeft()), part.size()))
        for part in parts
        if part.isVisible()
    ]


@pytest.mark.parametrize(("factor", "size"), PAIRS, ids=str)
@pytest.mark.parametrize("recipe", [VARIED, Recipe(dataset="tiny")], ids=["varied", "plain"])
def test_nothing_is_clipped_and_nothing_overlaps(opened, size, factor, recipe):
    view = opened(recipe, size, scaled(factor))
    found = places(view)
    assert len(found) == 3 * 6 + 2
    for part, rect in found:
        assert view.rect().contains(rect), part
        if part in (view.another, view.usual, view.none):
            assert part.sizeHint().width() <= part.width()
        elif hasattr(part, "text"):
            metrics = QFontMetricsF(part.font())
            assert metrics.horizontalAdvance(part.text()) <= part.width(), part.text()
            assert metrics.height() <= part.height() + 1
        else:
            assert part.width() >= part.height(), "there is something to drag"
    for (one, here), (other, there) in combinations(found, 2):
        assert not here.intersects(there), (one, other)
    boxes = [box.toAlignedRect() for box in view.boxes()]
    for box in boxes:
        assert not any(box.intersects(rect) for _, rect in found)
        assert not box.intersects(view._said) or recipe is VARIED
    assert boxes[0].width() >= 15
    wide = QFontMetricsF(view._letters).horizontalAdvance
    assert wide(fullest(text.NOTHING, view._letters, view.width())) <= view.width()
    assert wide(text.ORIGINAL) <= view.width()
    assert not [one.text for one in written(view) if "…" in one.text]


@pytest.mark.parametrize("factor", FACTORS)
def test_letters_follow_the_scale_at_once(opened, factor):
    view = opened(size=(346, 215))
    view.set_theme(scaled(factor))
    least = scaled(factor).scale.px(Step.CAPTION)
    assert all(part.font().pixelSize() >= least for part in (view.another, view.strengths))
    grown = view.another.font().pixelSize()
    view.set_theme(DARK)
    assert (grown > view.another.font().pixelSize()) == (factor > 1)


def test_the_picture_is_chosen_again(opened):
    view = opened()
    view.next_picture()
    view.next_picture()
    assert view.state() == {"picture": 2}
    again = opened()
    again.restore(view.state())
    assert (again.shown.pictures == view.shown.pictures).all()
    for broken in ({"picture": -3}, {"picture": "x"}, {"picture": None}, {"other": 1}):
        again.restore(broken)
        assert again.state() == {"picture": 2}
    again.restore({"picture": 10_000})
    assert again.shown.pictures is not None


def test_the_largest_letters_have_room_in_a_low_and_wide_panel(opened):
    view = opened(VARIED, (1195, 340), scaled(2.5))
    assert view.minimumHeight() <= view.height() == 340
    assert view.strengths.columns(view.width()) == 2
    assert all(view.rect().contains(rect) for _, rect in places(view))
