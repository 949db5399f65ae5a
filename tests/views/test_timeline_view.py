"""The timeline view: steps and places, real drags, ticks and the ball where it belongs."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from nnviz.engine.edits import Edit
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.timeline_view import TimelineView, _rounder


@pytest.fixture
def moment(make_snapshot):
    return replace(make_snapshot(steps=20), step=30, reached=50, minibatches_per_epoch=20)


@pytest.fixture
def view(qtbot, moment):
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(632, 50)
    view.show()
    view.show_snapshot(moment)
    return view


def test_the_line_ends_with_the_epoch_being_trained(view):
    assert view.end() == 60
    assert view.place_of(0) == 16
    assert view.place_of(60) == 616
    assert view.step_at(view.place_of(37)) == 37


def test_only_what_was_trained_can_be_reached(view):
    assert view.step_at(10_000) == 50
    assert view.step_at(-5) == 0


def test_a_click_goes_there(view, qtbot):
    with qtbot.waitSignal(view.goto_requested) as caught:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(216, 30))
    assert caught.args == [20]


def test_a_drag_follows_the_pointer_and_ends_where_it_is_let_go(view, qtbot):
    asked = []
    view.goto_requested.connect(asked.append)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(316, 30))
    for x in range(316, 115, -10):
        QTest.mouseMove(view, QPoint(x, 30))
        QTest.qWait(10)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(116, 30))
    assert asked[0] == 30
    assert asked[-1] == 10
    assert 3 <= len(asked) <= 21
    assert asked == sorted(asked, reverse=True)


def near(image, x, y, colour):
    wanted = QColor(colour)
    pixel = image.pixelColor(round(x), round(y))
    return max(abs(pixel.red() - wanted.red()), abs(pixel.green() - wanted.green()),
               abs(pixel.blue() - wanted.blue())) < 12  # fmt: skip


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_ball_is_at_now_and_the_line_says_what_was_trained(view, theme):
    view.set_theme(theme)
    image = view.grab().toImage()
    line = 0.62 * view.height()
    assert near(image, view.place_of(30), line, theme.now)
    assert near(image, view.place_of(15), line, theme.text)
    assert near(image, view.place_of(40), line, theme.dim)
    assert near(image, view.place_of(57), line, theme.line)


def test_an_edit_has_a_flag(view, moment):
    edit = Edit(10, "learning_rate", 3.0, 1.5, "it did not fall")
    x, y = view.place_of(10) + 5, 0.62 * view.height() - 15
    assert not near(view.grab().toImage(), x, y, DARK.plus)
    view.show_snapshot(replace(moment, edits=(edit,)))
    assert near(view.grab().toImage(), x, y, DARK.plus)


def test_nothing_can_be_asked_for_before_anything_was_trained(view, moment, qtbot):
    view.show_snapshot(replace(moment, step=0, reached=0))
    with qtbot.assertNotEmitted(view.goto_requested):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 30))


def test_ticks_are_at_round_epochs():
    assert [_rounder(n) for n in (1, 2, 5, 10, 20, 50)] == [2, 5, 10, 20, 50, 100]
