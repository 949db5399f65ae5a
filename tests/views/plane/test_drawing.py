"""Points are put, moved and erased on the plane with the mouse, one edit a gesture."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data.drawn_points import MOST
from nnviz.messages.commands import FocusOn, MakeEdit
from nnviz.views.palette import DARK, rgb
from nnviz.views.plane.drawing import ERASE, Gesture, drawn_on, with_drawn
from nnviz.views.plane.view import PlaneView
from tests.views.grabbing import pixels

LEFT = Qt.MouseButton.LeftButton
SCALE = (0.01, 0.01)


def test_a_name_says_what_is_drawn():
    assert drawn_on("digits") is None
    assert drawn_on("bumps") is None
    assert drawn_on("circles") == ()
    name = with_drawn("circles:noise=0.2", ((1, 0.5, -2.0),))
    assert name == "circles:noise=0.2,drawn=1~0.5~-2"
    assert drawn_on(name) == ((1, 0.5, -2.0),)
    assert with_drawn(name, ()) == "circles:noise=0.2"


def test_a_drag_puts_points_apart_and_moves_one_it_holds():
    gesture = Gesture.begun(1, (), (0.0, 0.0), SCALE, 7)
    assert gesture.points == ((1, 0.0, 0.0),)
    gesture = gesture.moved((0.05, 0.0), SCALE, 7)
    assert len(gesture.points) == 1, "five pixels are too near"
    gesture = gesture.moved((0.2, 0.0), SCALE, 7)
    assert gesture.points == ((1, 0.0, 0.0), (1, 0.2, 0.0))
    held = Gesture.begun(0, gesture.points, (0.21, 0.0), SCALE, 7).moved((1.0, 1.0), SCALE, 7)
    assert held.points == ((1, 0.0, 0.0), (1, 1.0, 1.0))


def test_an_eraser_takes_what_it_passes():
    points = ((1, 0.0, 0.0), (0, 1.0, 0.0))
    gesture = Gesture.begun(ERASE, points, (0.5, 0.5), SCALE, 7)
    assert gesture.points == points
    assert gesture.moved((0.03, 0.0), SCALE, 7).points == ((0, 1.0, 0.0),)


def test_no_more_than_there_can_be():
    full = tuple((1, 10.0 + place, 0.0) for place in range(MOST))
    assert Gesture.begun(1, full, (0.0, 0.0), SCALE, 7).points == full


@pytest.fixture
def shown(show, qtbot, trained):
    def shown(name):
        view, sent = show(PlaneView, trained(name), (460, 420)), []
        view.wanted.connect(sent.append)
        qtbot.waitExposed(view)
        view.grab()
        return view, sent

    return shown


def place(view, x, y):
    return QPoint(*np.round(view.map.places_of(np.array([[x, y]]))[0]).astype(int).tolist())


def drag(view, *places):
    first, *others = (place(view, *one) for one in places)
    QTest.mousePress(view.map, LEFT, pos=first)
    for one in others:
        QTest.mouseMove(view.map, one)
        QTest.qWait(5)
    QTest.mouseRelease(view.map, LEFT, pos=[first, *others][-1])


def test_a_click_puts_a_point_of_the_tool_in_hand(shown, qtbot):
    view, sent = shown("circles")
    qtbot.mouseClick(view.tools[1], LEFT)
    at = place(view, 2.5, 2.5)
    QTest.mousePress(view.map, LEFT, pos=at)
    assert not sent, "the data change when the gesture is over"
    assert (pixels(view.map)[at.y(), at.x()] == rgb(DARK.plus)).all()
    QTest.mouseRelease(view.map, LEFT, pos=at)
    (edit,) = sent
    assert isinstance(edit, MakeEdit)
    assert edit.name == "dataset"
    ((label, x, y),) = drawn_on(edit.value)
    assert label == 1
    assert (x, y) == pytest.approx((2.5, 2.5), abs=0.03)


def test_a_drawn_point_is_moved_and_erased(shown, qtbot):
    view, sent = shown("circles:drawn=0~2.5~2.5+1~-2.5~2.5")
    qtbot.mouseClick(view.tools[0], LEFT)
    drag(view, (2.5, 2.5), (2.0, -2.0), (2.5, -2.5))
    moved = drawn_on(sent[-1].value)
    assert moved[1] == (1, -2.5, 2.5)
    assert moved[0] == pytest.approx((0, 2.5, -2.5), abs=0.05)
    qtbot.mouseClick(view.tools[2], LEFT)
    assert not view.tools[0].isChecked()
    drag(view, (-2.5, 2.5), (-2.4, 2.5))
    assert drawn_on(sent[-1].value) == ((0, 2.5, 2.5),)
    sent.clear()
    qtbot.mouseClick(view.map, LEFT, pos=place(view, 0.0, 0.0))
    assert sent == [], "an eraser that meets nothing changes nothing"


def test_without_a_tool_a_click_chooses_and_escape_lets_go(shown, qtbot):
    view, sent = shown("circles")
    qtbot.mouseClick(view.tools[0], LEFT)
    assert view.leave()
    assert not view.leave()
    qtbot.mouseClick(view.map, LEFT, pos=place(view, 1.0, 1.0))
    assert [type(command) for command in sent] == [FocusOn]


@pytest.mark.parametrize("name", ["bumps", "xor", "sine"])
def test_other_data_take_no_points(shown, name):
    view, _ = shown(name)
    assert not any(tool.isVisible() for tool in view.tools)


# -- keys ----------------------------------------------------------------------------------------


def tab_to(view):
    view.map.setFocus(Qt.FocusReason.TabFocusReason)


def test_keys_put_a_point_with_a_cursor_of_their_own(shown):
    view, sent = shown("circles")
    tab_to(view)
    view.tools[1].click()
    before = pixels(view.map)
    for _ in range(8):
        QTest.keyClick(view.map, Qt.Key.Key_Right)
    assert not np.array_equal(pixels(view.map), before), "the cursor is seen"
    QTest.keyClick(view.map, Qt.Key.Key_Space)
    (edit,) = [command for command in sent if isinstance(command, MakeEdit)]
    (point,) = drawn_on(edit.value)
    assert point[0] == 1
    right, middle = point[1:]
    left, beyond = view.map.ends()[0]
    assert (left + beyond) / 2 < right < beyond
    assert middle == pytest.approx(sum(view.map.ends()[1]) / 2, abs=0.05)


def test_without_a_tool_arrows_go_from_example_to_example(shown):
    view, sent = shown("circles")
    tab_to(view)
    QTest.keyClick(view.map, Qt.Key.Key_Up)
    (asked,) = sent
    assert isinstance(asked, FocusOn)
    assert 0 <= asked.index < len(view.map.shown.test.where)
    assert "x₁" in view.legend.said
