"""Screen readers find what is painted: every item has a name, a role, its value and its place."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from nnviz.engine.selection import Selection
from nnviz.views import VIEWS
from nnviz.views.shared import accessible, items
from nnviz.views.shared.accessible import AccessibleItem, items_of
from nnviz.views.view import View
from tests.ports import ListedPorts
from tests.snapshots import make_snapshot
from tests.views.plane.conftest import trained
from tests.views.textbook import BACK, first_moment
from tests.views.tree import tree

NEURON = Selection("neuron", 1, 0)


@pytest.fixture(scope="module")
def moments():
    return {
        "digits": make_snapshot(steps=30),
        "plane": trained("circles", 40),
        "textbook": first_moment(BACK),
    }


@pytest.fixture
def drawn(show, qtbot, moments):
    accessible.install()  # else whichever test asks Qt first finds nothing painted

    def drawn(id, moment):
        spec = next(spec for spec in VIEWS if spec.id == id)
        view = show(spec.view, size=(700, 520))
        view.join(ListedPorts())
        view.show_snapshot(moments[moment])
        view.show_figures(moments[moment])
        view.select(NEURON)
        qtbot.waitExposed(view)
        return view

    return drawn


def painted(view):
    """The nodes of what is painted in a view."""
    return [node for node in tree(view) if isinstance(node.found, AccessibleItem)]


PAINTED = [
    ("network", "digits", 784 + 30 + 10),
    ("network", "textbook", 2 + 2 + 2 + 8),
    ("plane", "plane", 20),
    ("cost", "plane", 2),
    ("minibatch", "digits", 3),
    ("matrices", "textbook", 4),
    ("inspector", "textbook", 3),
    ("activation", "digits", 1),
    ("race", "digits", 6),
    ("pad", "digits", 10),
]
"""Views with what they show, and how many painted items there are at least."""


@pytest.mark.parametrize(("id", "moment", "least"), PAINTED)
def test_every_painted_item_has_name_role_value_and_place(drawn, id, moment, least):
    view = drawn(id, moment)
    nodes = painted(view)
    assert len(nodes) >= least
    assert all(node.name.strip() for node in nodes), [n for n in nodes if not n.name.strip()][:3]
    assert all(node.role in accessible.ROLES.values() for node in nodes)
    screen = QWidget.rect(view).translated(view.mapToGlobal(view.rect().topLeft()))
    astray = [node for node in nodes if not screen.intersects(node.rect)]
    assert astray == []
    valued = [node for node in nodes if node.value]
    buttons = [node for node in nodes if node.role == QAccessible.Role.Button]
    assert len(valued) >= len(nodes) - len(buttons)
    for node in nodes:
        assert node.description == node.value


def test_an_item_is_found_by_place_number_and_parent(drawn):
    view = drawn("network", "textbook")
    root = QAccessible.queryAccessibleInterface(view)
    for node in painted(view):
        at = root.indexOfChild(node.found)
        assert root.child(at).text(QAccessible.Text.Name) == node.name
        assert node.found.parent().object() is view
    neuron = next(node for node in painted(view) if "a¹₁" in node.value)
    centre = neuron.rect.center()
    assert root.childAt(centre.x(), centre.y()).text(QAccessible.Text.Name) == neuron.name


def test_what_is_pressed_is_selected_as_by_a_click(drawn):  # by Enter, for readers of the screen
    view = drawn("network", "textbook")
    picked = []
    view.picked.connect(picked.append)
    weight = next(node for node in painted(view) if node.name.startswith("weight w"))
    items_of(view).press(weight.found.item)
    (selection,) = picked
    assert selection.kind == "parameter"
    assert weight.found.state().selected


def test_values_are_of_this_moment(drawn, moments):
    view = drawn("network", "digits")
    output = next(node for node in painted(view) if "z²" in node.value)
    view.show_snapshot(make_snapshot(steps=60))
    assert output.found.text(QAccessible.Text.Value) != output.value


def test_what_is_out_of_sight_is_nowhere_and_says_nothing(drawn, moments):
    view = drawn("network", "digits")
    nodes = painted(view)
    view.show_snapshot(moments["textbook"])
    gone = [node for node in nodes if not node.found.rect().isValid()]
    assert gone
    assert all(node.found.text(QAccessible.Text.Name) == "" for node in gone[:20])


def test_the_items_go_with_their_view(drawn, qtbot):
    view = drawn("matrices", "textbook")
    nodes = painted(view)
    found = [node.found for node in nodes]
    del nodes
    view.close()
    view.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view))
    gc.collect()
    assert not any(map(isValid, found))


def test_nothing_is_made_while_nobody_listens(drawn, monkeypatch, moments):
    heard = []
    monkeypatch.setattr(items, "HEARD_BY", [lambda *told: heard.append(told)])
    view = drawn("network", "textbook")
    said = []
    monkeypatch.setattr(type(items_of(view)), "said", lambda *_: said.append(1))
    assert not QAccessible.isActive()
    QTest.keyClick(view, Qt.Key.Key_Down)
    view.show_snapshot(moments["plane"])
    assert heard == said == []


def test_who_listens_hears_where_keys_go(drawn, monkeypatch, qtbot):
    view = drawn("network", "textbook")
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()
    heard = []
    monkeypatch.setattr(items.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: heard.append((event.type(), event.child())),
    )
    accessible.install()
    QTest.keyClick(view, Qt.Key.Key_Down)
    kinds = [kind for kind, _ in heard]
    assert QAccessible.Event.Focus in kinds
    root = QAccessible.queryAccessibleInterface(view)
    assert root.focusChild().text(QAccessible.Text.Name)


def test_whatever_is_clicked_in_a_view_is_found_by_readers_of_the_screen(drawn, moments):
    """A widget that takes clicks of its own lists its items, or says itself what it is."""
    dumb = set()
    for spec in VIEWS:
        view = drawn(spec.id, "plane")
        for widget in (view, *view.findChildren(QWidget)):
            own = [kind for kind in type(widget).__mro__ if kind.__module__.startswith("nnviz")]
            if isinstance(widget, View):
                continue  # it has its title for a name
            clicked = any("mousePressEvent" in vars(kind) for kind in own)
            if clicked and items_of(widget) is None and not widget.accessibleName():
                dumb.add(f"{type(widget).__module__}.{type(widget).__name__}")
        view.close()
    assert sorted(dumb) == []
