"""The augmentation preview: what it shows, what it follows, and real drags and clicks on it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.training.augment import USUAL, variants
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import RecipeTyped
from nnviz.views.augment.picture import DOZEN
from nnviz.views.augment.strengths import NOTCHES, UNITS, position_of, strength_at
from nnviz.views.augment.text import NO_PICTURES
from nnviz.views.palette import DARK, LIGHT, rgb
from tests.sampled import sampled
from tests.views.augment.conftest import VARIED
from tests.views.grabbing import pixels

SIZES = [(346, 215), (300, 300), (470, 360), (470, 640), (1000, 600)]


def test_the_original_stands_first_and_the_others_are_what_training_sees(opened, moment):
    view = opened()
    picture = moment().sample.x_train[0]
    np.testing.assert_array_equal(view.shown.pictures[0].ravel(), picture)
    np.testing.assert_array_equal(
        view.shown.pictures[1:], variants(VARIED, picture, (28, 28), DOZEN - 1)
    )
    assert len({one.tobytes() for one in view.shown.pictures}) == DOZEN


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
def test_a_dozen_pictures_is_painted_and_nothing_overlaps(opened, size, theme):
    view = opened(size=size, theme=theme)
    image, boxes = pixels(view), view.boxes()
    assert len(boxes) == DOZEN
    assert boxes[0].width() >= 20
    for box, picture in zip(boxes, view.shown.pictures, strict=True):
        inside = box.toAlignedRect().adjusted(2, 2, -2, -2)
        seen = image[inside.top() : inside.bottom(), inside.left() : inside.right()]
        assert seen.mean() / 255 == pytest.approx(picture.mean(), abs=0.08)
        assert view._grid.contains(box.toAlignedRect().adjusted(1, 1, -2, -2))
    frame = boxes[0].topLeft().toPoint()
    np.testing.assert_array_equal(image[frame.y(), frame.x() + 5], rgb(theme.now))
    shown = [view.another, view.none, view.strengths]
    assert all(part.isVisible() and view.rect().contains(part.geometry()) for part in shown)
    assert not view.usual.isVisible()
    for one, two in pairwise(shown):
        assert not one.geometry().intersects(two.geometry())
    for label in (*view.strengths.labels.values(), *view.strengths.figures.values()):
        assert QFontMetricsF(label.font()).horizontalAdvance(label.text()) <= label.width()


def test_dragging_a_slider_changes_the_dozen_at_once_and_letting_go_the_run(qtbot, opened):
    view = opened(replace(VARIED, rotation=0.0))
    slider, before = view.strengths.sliders["rotation"], view.shown.pictures.copy()
    start = QPoint(7, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for at in range(1, 6):
        qtbot.mouseMove(slider, start + QPoint(at * slider.width() // 12, 0))
    assert view.strengths.values["rotation"] > 0
    assert not np.array_equal(view.shown.pictures[1:], before[1:])
    np.testing.assert_array_equal(view.shown.pictures[0], before[0])
    assert view.edits == []
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert view.edits == [MakeEdit("rotation", view.strengths.values["rotation"])]


def test_a_key_moves_a_slider_and_several_are_one_change(qtbot, opened):
    view = opened()
    slider = view.strengths.sliders["shift"]
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert [edit.name for edit in view.edits] == ["shift", "shift"]
    assert all(edit.dragging for edit in view.edits)
    assert view.edits[-1].value > view.edits[0].value > USUAL["shift"]


def test_without_any_strength_it_says_so_and_offers_the_usual_ones(qtbot, opened, moment):
    view = opened(Recipe(dataset="tiny"))
    assert view.usual.isVisible()
    assert all(np.array_equal(one, view.shown.pictures[0]) for one in view.shown.pictures)
    qtbot.mouseClick(view.usual, Qt.MouseButton.LeftButton)
    assert {edit.name: edit.value for edit in view.edits} == USUAL
    view.show_snapshot(moment())
    assert view.strengths.values == USUAL
    assert view.none.isVisible()
    view.edits.clear()
    qtbot.mouseClick(view.none, Qt.MouseButton.LeftButton)
    assert {edit.name: edit.value for edit in view.edits} == dict.fromkeys(USUAL, 0.0)


def test_another_picture_by_the_button_and_by_a_click_on_the_dozen(qtbot, opened, moment):
    view, examples = opened(), moment().sample.x_train
    qtbot.mouseClick(view.another, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(view.shown.pictures[0].ravel(), examples[1])
    where = view.boxes()[3].center().toPoint()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
    np.testing.assert_array_equal(view.shown.pictures[0].ravel(), examples[2])


def test_what_is_typed_is_shown_until_the_run_has_something_else(opened, moment):
    view = opened()
    view.show_typed(RecipeTyped(replace(VARIED, shift=6.0)))
    assert view.strengths.values["shift"] == 6.0
    assert view.edits == []
    seen = view.shown.pictures.copy()
    view.show_snapshot(replace(view._snapshot, step=9))  # the same recipe: what is typed stays
    np.testing.assert_array_equal(view.shown.pictures, seen)
    view.show_snapshot(moment(replace(VARIED, shift=2.0)))
    assert view.strengths.values["shift"] == 2.0


def test_examples_that_are_no_pictures_have_no_dozen(opened, moment):
    view = opened(Recipe(layers=(5, 4, 2), dataset="tiny"))
    assert view.shown.pictures is None
    assert not view.strengths.isVisible()
    assert (pixels(view) != np.array(rgb(DARK.panel))).any(), NO_PICTURES
    view.show_snapshot(moment())
    assert view.strengths.isVisible()


@pytest.mark.parametrize("name", UNITS)
def test_a_slider_reaches_the_whole_range_of_its_field(name):
    assert strength_at(name, 0) == 0
    assert strength_at(name, NOTCHES) == settings()[name].high
    assert strength_at(name, position_of(name, USUAL[name])) == pytest.approx(USUAL[name], rel=0.1)
    replace(VARIED, **{name: strength_at(name, NOTCHES)})
