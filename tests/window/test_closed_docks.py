"""A view that is not open at first takes no room until the View menu opens it."""

import pytest
from PySide6.QtWidgets import QLabel

from nnviz.views.view import View, ViewSpec


class Plain(View):
    def show_snapshot(self, snapshot):
        pass

    def set_theme(self, theme):
        pass


class Side(Plain):
    def __init__(self):
        super().__init__()
        QLabel("beside", self)
        self.setMinimumSize(60, 40)


SPECS = (
    ViewSpec("middle", "Middle", "centre", Plain),
    ViewSpec("side", "Side", "right", Side),
    ViewSpec("shut", "Shut", "right", Side, open=False),
    ViewSpec("other", "Other", "right", Side),
)


@pytest.fixture
def stage_with_shut(stage):
    return lambda: stage.window(SPECS)


def test_it_takes_no_room_and_is_opened_in_front(stage_with_shut, qtbot):
    window = stage_with_shut()
    dock, before = window.dock("shut"), window.dock("side").geometry()
    assert not dock.isVisible()
    toggle = next(action for action in window._docks.toggles() if action.text() == "Shut")
    assert not toggle.isChecked()
    toggle.trigger()
    qtbot.waitUntil(lambda: not window.views["shut"].visibleRegion().isEmpty())
    # It stands where its neighbour stood, which is behind a tab now.
    assert window.tabifiedDockWidgets(dock) == [window.dock("side")]
    assert window.views["side"].visibleRegion().isEmpty()
    toggle.trigger()
    qtbot.waitUntil(lambda: not window.views["side"].visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: window.dock("side").geometry() == before)


def test_the_first_layout_shuts_it_again(stage_with_shut, qtbot):
    window = stage_with_shut()
    window.dock("shut").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: window.dock("shut").isVisible())
    window.restore_layout()
    assert not window.dock("shut").isVisible()
    assert window.dock("side").isVisible()


def test_left_open_it_is_open_the_next_time(stage_with_shut, qtbot):
    window = stage_with_shut()
    window.dock("shut").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: window.dock("shut").isVisible())
    window.close()
    again = stage_with_shut()
    qtbot.waitUntil(lambda: again.dock("shut").isVisible())
