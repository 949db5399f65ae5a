"""The flags and forks of the timeline by keys: ↑ and ↓ go from one to the next."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.messages.commands import GoTo
from nnviz.views.timeline.view import TimelineView
from tests.views.timeline.conftest import ETA, branch


@pytest.fixture
def view(show, moment, qtbot):
    changes = (ETA, replace(ETA, step=40))
    branches = (
        branch(moment, 0, "original", 0, 50, current=True),
        branch(moment, 1, "other", 22, 60),
    )
    view = show(TimelineView, replace(moment, changes=changes, branches=branches), (900, 70))
    with qtbot.waitActive(view):
        view.activateWindow()
    view.sent = []
    view.wanted.connect(view.sent.append)
    return view


def test_they_are_listed_by_their_steps(view):
    boxes = view._items.boxes()
    assert [*boxes] == [10, 22, 40]
    assert view._items.said(10).value == "step 10"
    assert "other" in view._items.said(22).name
    for step, box in boxes.items():
        assert view.group_at(box.center()).step == step


def test_up_and_down_go_from_one_to_the_next_of_where_the_run_stands(view):
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.sent == [GoTo(40)]
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.sent[-1] == GoTo(22)


def test_left_and_right_are_the_runs(view):
    pressed = []
    action = view.addAction("step", Qt.Key.Key_Right)
    action.triggered.connect(lambda: pressed.append(True))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert pressed == [True]
    assert view.sent == []
