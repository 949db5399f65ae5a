"""Blank, spotlight, pen and magnifier over a picture of any kind."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from nnviz.views.palette import THEMES
from nnviz.window.presenting.magnifier import MOST
from nnviz.window.presenting.strokes import colours
from tests.waiting import events_done, until
from tests.window.presenting.conftest import GROUND, MARK

LEFT = Qt.MouseButton.LeftButton


def draw(qtbot, pen, *places):
    """Drag the pen from place to place."""
    qtbot.mousePress(pen, LEFT, pos=QPoint(*places[0]))
    for place in places[1:]:
        qtbot.mouseMove(pen, QPoint(*place))
        events_done()
    qtbot.mouseRelease(pen, LEFT, pos=QPoint(*places[-1]))


def luminance(colour):
    """The relative luminance of WCAG 2."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in QColor(colour).getRgbF()[:3]]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# -- off ----------------------------------------------------------------------------------------


def test_what_is_put_away_is_never_painted_and_disturbs_nothing(lecture):
    tools = lecture.tools
    overlays = (tools.blank, tools.spotlight, tools.pen, tools.magnifier)
    for toggle in (tools.blank_black, tools.toggle_spotlight, tools.toggle_pen):
        toggle()
        toggle()
    tools.toggle_magnified()
    tools.toggle_magnified()
    events_done()
    assert not any(overlay.isVisible() for overlay in overlays)
    before = lecture.left.painted, lecture.right.painted
    lecture.left.update(0, 0, 10, 10)
    until(lambda: lecture.left.painted > before[0])
    assert (lecture.left.painted, lecture.right.painted) == (before[0] + 1, before[1])


# -- blank --------------------------------------------------------------------------------------


def test_blank_covers_everything_and_what_is_behind_is_not_painted(lecture):
    lecture.tools.blank_black()
    assert {lecture.seen(10, 10), lecture.seen(790, 590)} == {"#000000"}
    before = lecture.left.painted
    lecture.left.update()
    events_done()
    assert lecture.left.painted == before
    lecture.tools.blank_white()
    assert lecture.seen(10, 10) == "#ffffff"
    lecture.tools.blank_white()
    assert lecture.seen(10, 10) == MARK


@pytest.mark.parametrize(
    "key",
    [Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_B, Qt.Key.Key_Period],
)
def test_a_key_brings_the_picture_back_and_the_keys_go_where_they_went(lecture, qtbot, key):
    lecture.tools.blank_black()
    assert QApplication.focusWidget() is lecture.tools.blank
    qtbot.keyPress(lecture.tools.blank, Qt.Key.Key_Shift)
    assert lecture.tools.blank.isVisible()
    qtbot.keyClick(lecture.tools.blank, key)
    assert not lecture.tools.blank.isVisible()
    assert QApplication.focusWidget() is lecture


def test_w_turns_black_into_white_and_a_click_brings_the_picture_back(lecture, qtbot):
    lecture.tools.blank_black()
    qtbot.keyClick(lecture.tools.blank, Qt.Key.Key_W)
    assert lecture.seen(5, 5) == "#ffffff"
    qtbot.mouseClick(lecture.tools.blank, LEFT)
    assert not lecture.tools.blank.isVisible()
    assert lecture.left.clicks == []


# -- spotlight ----------------------------------------------------------------------------------


def test_the_spotlight_dims_all_but_a_disc_that_follows_the_pointer(lecture):
    spotlight = lecture.tools.spotlight
    lecture.tools.toggle_spotlight()
    spotlight.point_at(lecture.place(100, 100))
    assert lecture.seen(100, 100) == MARK
    assert luminance(lecture.seen(100, 400)) < luminance(MARK) / 4
    assert luminance(lecture.seen(700, 500)) < luminance(GROUND) / 3
    spotlight.point_at(lecture.place(100, 400))
    assert lecture.seen(100, 400) == MARK
    assert luminance(lecture.seen(100, 100)) < luminance(MARK) / 4


def test_only_where_the_disc_was_and_is_anything_is_painted_anew(lecture):
    lecture.tools.toggle_spotlight()
    lecture.tools.spotlight.point_at(lecture.place(120, 100))
    events_done()
    before = lecture.left.painted, lecture.right.painted
    lecture.tools.spotlight.point_at(lecture.place(130, 110))
    until(lambda: lecture.left.painted > before[0])
    assert lecture.right.painted == before[1]


def test_clicks_go_through_the_spotlight_and_its_disc_has_bounds(lecture, qtbot):
    spotlight = lecture.tools.spotlight
    lecture.tools.toggle_spotlight()
    assert lecture.childAt(500, 100) is lecture.right
    first = spotlight.disc.width()
    spotlight.resize_by(120)
    assert spotlight.disc.width() > first
    for delta in (9000, -90000):
        spotlight.resize_by(delta)
        assert 20 < spotlight.disc.width() < 2 * lecture.height()
    lecture.seen(1, 1)


# -- pen ----------------------------------------------------------------------------------------


def test_the_pen_draws_and_what_is_drawn_stays_when_it_is_put_away(lecture, qtbot):
    pen, now = lecture.tools.pen, THEMES["dark"].now
    lecture.tools.toggle_pen()
    draw(qtbot, pen, (50, 50), (150, 50), (150, 150))
    assert len(pen.strokes) == 1
    assert lecture.seen(100, 50) == now
    assert lecture.left.clicks == []
    lecture.tools.toggle_pen()
    assert lecture.seen(100, 50) == now
    qtbot.mouseClick(lecture.childAt(100, 50), LEFT)
    assert len(lecture.left.clicks) == 1
    pen.erase()
    assert lecture.seen(100, 50) == MARK
    assert not pen.isVisible()


def test_strokes_are_taken_back_one_by_one(lecture, qtbot):
    pen = lecture.tools.pen
    lecture.tools.toggle_pen()
    draw(qtbot, pen, (50, 50), (150, 50))
    draw(qtbot, pen, (50, 90))
    assert lecture.seen(50, 90) == THEMES["dark"].now
    assert pen.undo()
    assert lecture.seen(50, 90) == MARK
    assert lecture.seen(100, 50) == THEMES["dark"].now
    assert pen.undo()
    assert not pen.undo()
    assert pen.in_hand


def test_each_colour_can_be_seen_on_panels_and_is_none_of_the_datas(lecture, qtbot):
    for theme in THEMES.values():
        inks = colours(theme)
        assert len(set(inks)) == len(inks)
        assert not {theme.plus, theme.minus} & set(inks)
        for ink in inks:
            assert contrast(ink, theme.panel) >= 3
    pen = lecture.tools.pen
    used = set()
    for row in range(len(inks)):
        pen.next_colour()
        draw(qtbot, pen, (50, 60 + 40 * row), (150, 60 + 40 * row))
        used.add(lecture.seen(100, 60 + 40 * row))
    assert used == set(colours(THEMES["dark"]))


def test_strokes_follow_the_size_of_the_picture(lecture, qtbot):
    lecture.tools.toggle_pen()
    draw(qtbot, lecture.tools.pen, (100, 100), (200, 100))
    lecture.picture.resize(400, 270)
    events_done()
    assert lecture.tools.pen.strokes[0].points[0] == QPointF(50, 50)


def test_the_photograph_has_what_is_drawn_and_neither_spotlight_nor_blank(lecture, qtbot):
    tools = lecture.tools
    tools.toggle_pen()
    draw(qtbot, tools.pen, (50, 50), (150, 50))
    tools.toggle_spotlight()
    tools.spotlight.point_at(lecture.place(700, 400))
    tools.blank_black()
    photo = tools.photograph().toImage()
    assert photo.size() == lecture.picture.size()
    assert photo.pixelColor(100, 50).name() == THEMES["dark"].now
    assert photo.pixelColor(100, 200).name() == MARK


# -- magnifier ----------------------------------------------------------------------------------


def test_the_magnifier_shows_what_is_under_the_pointer_larger(lecture):
    magnifier = lecture.tools.magnifier
    magnifier.look_nearer(lecture.place(200, 100), 2.0)
    assert magnifier.zoom == 2
    assert magnifier.seen_by.map(QPointF(200, 100)) == QPointF(200, 100)
    # The edge between two colours, at 200 of the left tile, stays; that at 400 is now at 600.
    assert [lecture.seen(x, 100) for x in (190, 210, 590, 610)] == [MARK, GROUND, GROUND, MARK]
    magnifier.look_nearer(lecture.place(200, 100), 1 / 4)
    assert not magnifier.isVisible()


def test_the_magnifier_follows_what_changes_beneath_and_paints_nothing_twice(lecture):
    magnifier = lecture.tools.magnifier
    magnifier.look_nearer(lecture.place(0, 0), 2.0)
    events_done()
    before = lecture.left.painted
    lecture.left.colour = "#10a010"
    lecture.left.update()
    until(lambda: lecture.left.painted > before)
    assert lecture.left.painted == before + 1
    assert lecture.seen(100, 100) == "#10a010"
    rested = lecture.left.painted
    events_done()
    assert lecture.left.painted == rested


def test_it_never_looks_beyond_the_picture_nor_too_near(lecture, qtbot):
    magnifier = lecture.tools.magnifier
    magnifier.look_nearer(lecture.place(0, 0), 1000)
    assert magnifier.zoom == MOST
    for _ in range(3):
        qtbot.mousePress(magnifier, LEFT, pos=QPoint(10, 10))
        qtbot.mouseMove(magnifier, QPoint(700, 500))
        qtbot.mouseRelease(magnifier, LEFT, pos=QPoint(700, 500))
    assert magnifier.seen_by.map(QPointF(0, 0)) == QPointF(0, 0)


def test_a_drag_shifts_a_click_goes_through_and_a_double_click_shows_all(lecture, qtbot):
    magnifier = lecture.tools.magnifier
    magnifier.look_nearer(lecture.place(400, 270), 2.0)
    qtbot.mousePress(magnifier, LEFT, pos=QPoint(400, 270))
    qtbot.mouseMove(magnifier, QPoint(300, 270))
    qtbot.mouseRelease(magnifier, LEFT, pos=QPoint(300, 270))
    assert magnifier.seen_by.map(QPointF(400, 270)) == QPointF(300, 270)
    assert lecture.left.clicks == lecture.right.clicks == []
    qtbot.mouseClick(magnifier, LEFT, pos=QPoint(320, 270))
    assert lecture.right.clicks == [QPoint(10, 270)]
    qtbot.mouseDClick(magnifier, LEFT, pos=QPoint(320, 270))
    assert not magnifier.isVisible()


def test_strokes_keep_their_place_on_a_magnified_picture(lecture, qtbot):
    tools = lecture.tools
    tools.magnifier.look_nearer(lecture.place(0, 0), 2.0)
    tools.toggle_pen()
    draw(qtbot, tools.pen, (100, 100), (300, 100))
    assert lecture.seen(200, 100) == THEMES["dark"].now
    photo = tools.photograph().toImage()
    assert photo.pixelColor(200, 100).name() == THEMES["dark"].now
    tools.magnifier.leave()
    assert lecture.seen(100, 50) == THEMES["dark"].now
    assert lecture.seen(200, 100) != THEMES["dark"].now


# -- one above the other ------------------------------------------------------------------------


def test_in_whatever_order_they_come_each_lies_in_its_place(lecture):
    tools = lecture.tools
    tools.blank_black()
    tools.toggle_spotlight()
    tools.toggle_pen()
    tools.toggle_magnified()
    order = [one for one in lecture.children() if one.isWidgetType() and one is not lecture.picture]
    assert order == [tools.magnifier, tools.pen, tools.spotlight, tools.blank]
    left = []
    while tools.leave():
        left.append([overlay.isVisible() for overlay in order])
    assert left == [
        [True, True, True, False],
        [True, True, False, False],
        [True, False, False, False],
    ]
    assert tools.magnifier.leave()
    assert not tools.magnifier.leave()
