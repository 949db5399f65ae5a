"""Screen readers find the window's controls: every stop of Tab has a name, a role and a place."""

import pytest
from PySide6.QtGui import QAccessible

from nnviz.views import VIEWS
from nnviz.views.shared.accessible import AccessibleItem
from nnviz.window.tab_order import tab_stops
from tests.views.tree import tree

ROLES = QAccessible.Role


@pytest.fixture
def window(stage):
    window = stage.window(VIEWS, (1600, 900))
    window.restore_layout()
    window.show_snapshot(stage.snapshot(steps=10))
    window.show_everywhere()
    return window


def test_every_stop_of_tab_says_what_it_is(window):
    nameless = []
    for stop in tab_stops(window):
        found = QAccessible.queryAccessibleInterface(stop)
        if not found.text(QAccessible.Text.Name).strip():
            nameless.append((type(stop).__name__, stop.objectName(), stop.toolTip()))
    assert nameless == []


def test_fields_and_sliders_have_values(window):
    values = (ROLES.EditableText, ROLES.Slider, ROLES.ComboBox, ROLES.SpinBox)
    nodes = [
        node for node in tree(window) if node.role in values and not node.found.state().disabled
    ]
    assert {node.role for node in nodes} >= {ROLES.Slider, ROLES.ComboBox}
    for node in nodes:
        number = node.found.valueInterface() is not None
        state = node.found.state()
        assert number or node.value.strip() or state.disabled or state.invisible, node.name


def test_the_tree_has_the_painted_items_of_all_views_in_sight(window):
    painted = [node for node in tree(window) if isinstance(node.found, AccessibleItem)]
    parents = {type(node.found.parent().object()).__name__ for node in painted}
    assert parents >= {"NetworkView", "CostPlot", "TimelineView"} - {"TimelineView"}
    assert all(node.name for node in painted)
