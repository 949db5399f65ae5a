"""Arrow keys read the cost curves: a ring on a point, and its epoch and cost in words."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.views.cost import text
from tests.views.grabbing import pixels


@pytest.fixture
def view(show, trained, qtbot):
    view = show(trained)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    return view


def test_arrows_go_along_a_curve_and_from_curve_to_curve(view):
    plot, before = view.plot, pixels(view)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert not np.array_equal(pixels(view), before)
    seen = {plot.read}
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        for _ in range(6):
            QTest.keyClick(plot, key)
            seen.add(plot.read)
    assert {mark for mark, _ in seen} >= {text.TRAIN, text.TEST}
    assert len({number for mark, number in seen if mark == text.TEST}) > 1


def test_it_says_which_point_and_what_cost(view):
    items = view.plot._items
    assert items.said((text.TEST, 1)).name == "● test, epoch 1"
    assert items.said((text.TEST, 1)).value == "cost 0.5"


def test_the_points_stand_where_they_are_drawn(view):
    items, plot = view.plot._items, view.plot
    boxes = items.boxes()
    middle = boxes[text.TEST, 1].center().toPoint()
    colour = plot.grab().toImage().pixelColor(middle)
    assert colour.name() == view._theme.now


def test_escape_and_another_focus_end_the_reading(view):
    plot = view.plot
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.read is not None
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.read is None
    QTest.keyClick(plot, Qt.Key.Key_Right)
    view.log_button.setFocus()
    assert plot.read is None


def test_a_point_that_is_gone_is_read_no_more(view, show, trained):
    view.plot.show_reading((text.TEST, 99))
    assert view.plot._items.current() is None
    assert np.array_equal(pixels(view), pixels(view))
