"""What is painted in a view is reached by keys: arrows go on from item to item."""

from collections import deque

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from nnviz.engine.selection import Selection
from nnviz.views import VIEWS
from nnviz.views.shared.accessible import items_of
from tests.ports import ListedPorts
from tests.snapshots import make_snapshot
from tests.views.plane.conftest import trained
from tests.views.textbook import BACK, first_moment

NOTHING, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
UP, DOWN = (Qt.Key.Key_Up, NOTHING), (Qt.Key.Key_Down, NOTHING)
ARROWS = (UP, DOWN, (Qt.Key.Key_Left, NOTHING), (Qt.Key.Key_Right, NOTHING))
KEYS = {
    # ← and → alone move time; the same with Ctrl go from layer to layer, E along the weights.
    "network": (
        *(UP, DOWN, (Qt.Key.Key_Left, CONTROL), (Qt.Key.Key_Right, CONTROL)),
        (Qt.Key.Key_E, NOTHING),
    ),
    "inspector": ((Qt.Key.Key_Tab, NOTHING), UP, DOWN),  # what can be asked stands within lines
}
"""Keys of the views in which arrows alone do not go everywhere."""
MOST = 120
"""Items at most that are gone to one by one: those of a picture's pixels are no others."""
OTHER_EXAMPLES = ("previous", "following")
"""Buttons in the drawing of the network, which X and Shift+X press."""


@pytest.fixture(scope="module")
def moments():
    return {
        "digits": make_snapshot(steps=30),
        "plane": trained("circles", 40),
        "textbook": first_moment(BACK),
    }


def reached(items, keys):
    """Press keys at every item that was reached, until there is no other; return them all."""
    widget, found = items.widget, set()
    to_do = deque()

    def note():
        now = items.current()
        if now is not None and now not in found:
            found.add(now)
            to_do.append(now)

    note()
    for key in keys:
        QTest.keyClick(widget, *key)
        note()
    while to_do:
        here = to_do.popleft()
        for key in keys:
            items.go_to(here)
            QTest.keyClick(widget, *key)
            note()
    return found


def hosts(view):
    return [w for w in (view, *view.findChildren(QWidget)) if items_of(w) and w.isVisible()]


@pytest.mark.parametrize("id", [spec.id for spec in VIEWS])
@pytest.mark.parametrize("moment", ["textbook", "plane", "digits"])
def test_keys_reach_every_item(show, qtbot, moments, id, moment):
    spec = next(spec for spec in VIEWS if spec.id == id)
    view = show(spec.view, size=(700, 520))
    view.join(ListedPorts())
    view.show_snapshot(moments[moment])
    view.show_figures(moments[moment])
    view.select(Selection("neuron", 1, 0))
    view.picked.connect(view.select)
    qtbot.waitExposed(view)
    missing = {}
    for widget in hosts(view):
        items = items_of(widget)
        there = {item for item in items.boxes() if getattr(item, "kind", "") not in OTHER_EXAMPLES}
        if len(there) <= MOST and (lost := there - reached(items, KEYS.get(id, ARROWS))):
            missing[type(widget).__name__] = lost
    assert missing == {}


def test_the_network_goes_to_other_examples_by_keys(show, moments):
    view = show(next(spec for spec in VIEWS if spec.id == "network").view, size=(700, 520))
    moment = moments["digits"]
    view.show_snapshot(moment)
    wanted = []
    view.example_requested.connect(wanted.append)
    QTest.keyClick(view, Qt.Key.Key_X)
    QTest.keyClick(view, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert wanted == [moment.focus.index + 1, moment.focus.index - 1]
