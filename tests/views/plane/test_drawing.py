"""Points are put, moved and erased on the plane with the mouse, one edit a gesture."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data.drawn_points import MOST
from nnviz.messages.commands import FocusOn, MakeEdit
from nnviz.views.palette import DARK, rgb
from nnviz.views.plane import text
from nnviz.views.plane.drawing import (
    ERASE,
    MOVE,
    Gesture,
    HandMade,
    hand_made_of,
    made_points,
    with_hand_made,
)
from nnviz.views.plane.view import PlaneView
from tests.views.grabbing import pixels

LEFT = Qt.MouseButton.LeftButton
SCALE = (0.01, 0.01)


def test_a_name_says_what_is_drawn():
    assert hand_made_of("digits") is None
    assert hand_made_of("bumps") is None
    assert hand_made_of("circles") == HandMade()
    done = HandMade(((1, 0.5, -2.0),), ((7, 1.0, 0.25),))
    name = with_hand_made("circles:noise=0.2", done)
    assert name == "circles:noise=0.2,drawn=1~0.5~-2,moved=7~1~0.25"
    assert hand_made_of(name) == done
    assert with_hand_made(name, HandMade()) == "circles:noise=0.2"
    assert hand_made_of("points") == HandMade(movable=False)
    assert with_hand_made("points", HandMade(done.drawn, movable=False)) == "points:drawn=1~0.5~-2"


def test_a_drag_puts_points_apart_and_moves_one_it_holds():
    gesture = Gesture.begun(1, HandMade(), (0.0, 0.0), SCALE, 7)
    assert gesture.done.drawn == ((1, 0.0, 0.0),)
    gesture = gesture.moved((0.05, 0.0), SCALE, 7)
    assert len(gesture.done.drawn) == 1, "five pixels are too near"
    gesture = gesture.moved((0.2, 0.0), SCALE, 7)
    assert gesture.done.drawn == ((1, 0.0, 0.0), (1, 0.2, 0.0))
    held = Gesture.begun(0, gesture.done, (0.21, 0.0), SCALE, 7).moved((1.0, 1.0), SCALE, 7)
    assert held.done.drawn == ((1, 0.0, 0.0), (1, 1.0, 1.0))


def test_a_point_that_was_made_is_moved_by_its_number_and_only_by_the_tool_for_it():
    made = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]])
    gesture = Gesture.begun(MOVE, HandMade(), (1.01, 1.0), SCALE, 7, made)
    assert gesture.done == HandMade(), "a press alone moves nothing"
    gesture = gesture.moved((3.0, 0.5), SCALE, 7)
    assert gesture.done.moved == ((1, 3.0, 0.5),)
    first = Gesture.begun(MOVE, gesture.done, (0.0, 0.0), SCALE, 7, made)
    both = first.moved((-1.0, 0.0), SCALE, 7).done
    assert both.moved == ((0, -1.0, 0.0), (1, 3.0, 0.5)), "in the order of their numbers"
    beside = Gesture.begun(MOVE, HandMade(), (0.5, 0.5), SCALE, 7, made).moved((0, 0), SCALE, 7)
    assert beside.done == HandMade(), "nothing is there to be moved, and none is put"
    puts = Gesture.begun(0, HandMade(), (1.01, 1.0), SCALE, 7, made)
    assert puts.done.drawn == ((0, 1.01, 1.0),)


def test_points_have_the_numbers_that_names_mean():
    places, classes = made_points("moons:points=41")
    assert len(places) == 41
    assert classes.tolist() == [place % 2 for place in range(41)]
    fewer, _ = made_points("moons:points=41,test=0.2")
    assert np.array_equal(fewer, places), "whichever are for testing"
    moved, _ = made_points("moons:points=41,moved=0~9~8+2~7~6+40~-1~-2+400~0~0")
    assert moved[[0, 2, 40]].tolist() == [[9, 8], [7, 6], [-1, -2]]
    others = np.setdiff1d(np.arange(41), [0, 2, 40])
    assert np.array_equal(moved[others], places[others])


def test_an_eraser_takes_what_it_passes():
    done = HandMade(((1, 0.0, 0.0), (0, 1.0, 0.0)))
    gesture = Gesture.begun(ERASE, done, (0.5, 0.5), SCALE, 7)
    assert gesture.done == done
    assert gesture.moved((0.03, 0.0), SCALE, 7).done.drawn == ((0, 1.0, 0.0),)


def test_no_more_than_there_can_be():
    full = HandMade(tuple((1, 10.0 + place, 0.0) for place in range(MOST)))
    gesture = Gesture.begun(1, full, (0.0, 0.0), SCALE, 7)
    assert gesture.full
    assert gesture.done == full
    assert not Gesture.begun(1, full, (10.0, 0.0), SCALE, 7).full, "one of them can be moved"
    moved = HandMade((), tuple((place, 10.0, 0.0) for place in range(MOST)))
    made = np.zeros((MOST + 1, 2))
    made[:MOST] = 10.0
    gesture = Gesture.begun(MOVE, moved, (0.0, 0.0), SCALE, 7, made).moved((1, 1), SCALE, 7)
    assert gesture.full
    assert gesture.done == moved


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
    ((label, x, y),) = hand_made_of(edit.value).drawn
    assert label == 1
    assert (x, y) == pytest.approx((2.5, 2.5), abs=0.03)


def test_a_drawn_point_is_moved_and_erased(shown, qtbot):
    view, sent = shown("circles:drawn=0~2.5~2.5+1~-2.5~2.5")
    qtbot.mouseClick(view.tools[0], LEFT)
    drag(view, (2.5, 2.5), (2.0, -2.0), (2.5, -2.5))
    moved = hand_made_of(sent[-1].value).drawn
    assert moved[1] == (1, -2.5, 2.5)
    assert moved[0] == pytest.approx((0, 2.5, -2.5), abs=0.05)
    qtbot.mouseClick(view.tools[2], LEFT)
    assert not view.tools[0].isChecked()
    drag(view, (-2.5, 2.5), (-2.4, 2.5))
    assert hand_made_of(sent[-1].value).drawn == ((0, 2.5, 2.5),)
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


def test_a_point_of_the_data_is_dragged_with_the_tool_that_moves(shown, qtbot):
    view, sent = shown("circles:points=20")
    places, _ = made_points("circles:points=20")
    qtbot.mouseClick(view.tools[MOVE], LEFT)
    drag(view, places[3], (1.0, 1.0), (1.5, 1.5))
    (edit,) = sent
    ((number, x, y),) = hand_made_of(edit.value).moved
    assert number == 3
    assert (x, y) == pytest.approx((1.5, 1.5), abs=0.05)


def test_a_full_plane_says_so(shown, qtbot):
    drawn = "+".join(f"1~{place / 100 - 2.5:.2f}~-2.9" for place in range(MOST))
    view, sent = shown(f"circles:drawn={drawn}")
    qtbot.mouseClick(view.tools[0], LEFT)
    qtbot.mouseClick(view.map, LEFT, pos=place(view, 1.0, 1.0))
    assert sent == []
    assert view.legend.said == text.FULL
    assert "500 points" in text.FULL
    qtbot.mouseClick(view.tools[ERASE], LEFT)
    assert view.legend.said != text.FULL


def test_an_empty_plane_says_what_to_do_and_waits_with_a_tool(shown, qtbot):
    view, sent = shown("points")
    assert view.map.tool == 0
    assert view._shown.hint.startswith("An empty plane")
    assert view._shown.class_names == ("orange", "blue")
    at = place(view, 0.0, 0.0)
    around = pixels(view.map)[at.y() - 12 : at.y() + 12, at.x() - 80 : at.x() + 80]
    assert around.max() > 150, "the sentence stands in the middle"
    qtbot.mouseClick(view.map, LEFT, pos=place(view, 1.0, 1.0))
    assert hand_made_of(sent[-1].value).drawn[0][0] == 0


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
    (point,) = hand_made_of(edit.value).drawn
    assert point[0] == 1
    right, middle = point[1:]
    left, beyond = view.map.ends()[0]
    assert (left + beyond) / 2 < right < beyond
    assert middle == pytest.approx(sum(view.map.ends()[1]) / 2, abs=0.05)


def test_keys_carry_a_point_from_one_press_to_the_next(shown):
    view, sent = shown("points:drawn=0~0~0+1~2~2")
    tab_to(view)
    view.tools[MOVE].click()
    QTest.keyClick(view.map, Qt.Key.Key_Space)
    assert sent == []
    for _ in range(8):
        QTest.keyClick(view.map, Qt.Key.Key_Right)
    QTest.keyClick(view.map, Qt.Key.Key_Space)
    (edit,) = [command for command in sent if isinstance(command, MakeEdit)]
    (first, second) = hand_made_of(edit.value).drawn
    assert first[1] > 0.1
    assert second == (1, 2.0, 2.0)


def test_without_a_tool_arrows_go_from_example_to_example(shown):
    view, sent = shown("circles")
    tab_to(view)
    QTest.keyClick(view.map, Qt.Key.Key_Up)
    (asked,) = sent
    assert isinstance(asked, FocusOn)
    assert 0 <= asked.index < len(view.map.shown.test.where)
    assert "x₁" in view.legend.said
