"""The tree that screen readers are handed: what takes a hand has a name, a role and a value.

Every panel is walked through with its view, the stage with its bar, and every dialog.
"""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QWidget

from nnviz.views import VIEWS
from tests.views.tree import tree
from tests.waiting import events_done, until

ROLES = QAccessible.Role
HANDS = {
    *(ROLES.Button, ROLES.ButtonMenu, ROLES.ButtonDropDown, ROLES.CheckBox, ROLES.RadioButton),
    *(ROLES.ComboBox, ROLES.EditableText, ROLES.Slider, ROLES.SpinBox, ROLES.PageTab),
    *(ROLES.Graphic, ROLES.MenuItem, ROLES.Link),
}
"""What is clicked, dragged or typed into."""
VALUED = {ROLES.EditableText, ROLES.Slider, ROLES.ComboBox, ROLES.SpinBox, ROLES.Graphic}
"""What of these has a value."""
IN_TABLES = {ROLES.Cell, ROLES.ListItem, ROLES.TreeItem, ROLES.RowHeader, ROLES.ColumnHeader}


def dumped(widget):
    """What can be seen of the tree, a line each: for whoever looks at a failure."""
    return [node for node in tree(widget) if seen(node)]


def seen(node):
    """Tell whether somebody sees it now: a panel behind a tab has not been drawn yet."""
    thing = node.found.object()
    shown = not isinstance(thing, QWidget) or thing.isVisible()
    return shown and not node.found.state().invisible


def line(node):
    return f"{'  ' * node.depth}{node.role.name} {node.name!r} = {node.value!r}"


def dumb(widget):
    """The lines of the tree that say too little."""
    found = []
    for node in dumped(widget):
        state = node.found.state()
        if node.role in HANDS and not node.name.strip():
            found.append(f"no name: {line(node)} in {around(node)}")
        if node.role in VALUED and not state.disabled and not valued(node):
            found.append(f"no value: {line(node)} in {around(node)}")
    return found


def valued(node):
    number = node.found.valueInterface() is not None
    typed = node.role == ROLES.EditableText  # an empty field has an empty value
    return number or typed or bool(node.value.strip())


def around(node):
    """The names of what a node stands in."""
    found, names = node.found.parent(), []
    while found is not None and len(names) < 4:
        thing = found.object()
        names.append(found.text(QAccessible.Text.Name) or type(thing).__name__)
        found = found.parent()
    return " < ".join(names)


@pytest.fixture(scope="module")
def shared(stage_of_module):
    """A window with every panel open, each with its view."""
    window = stage_of_module.window(VIEWS, (1600, 900))
    window.show_snapshot(stage_of_module.snapshot(steps=6))
    for id in window.views:
        assert window.views[id] is not None
    for dock in dict(window._docks.items()).values():
        dock.show()
    until(window.settled)
    events_done()
    return window


@pytest.fixture
def window(shared):
    """That window, in which a test leaves neither dialog nor stage."""
    yield shared
    shared.projector.close()
    for dialog in shared.findChildren(QDialog):
        dialog.close()
    events_done()


def test_every_panel(window):
    for id in window.views:
        view = window.views[id]
        view.show_snapshot(window.snapshot)
        view.show_figures(window.snapshot)
        nodes = tree(view)
        assert nodes, id
        assert not (told := dumb(view)), "\n".join([id, *told])


def test_the_window_itself(window):
    for id in window.views:
        window.views[id].show_snapshot(window.snapshot)
    assert not (told := dumb(window)), "\n".join(told)
    roles = {node.role for node in dumped(window)}
    assert roles >= {ROLES.Button, ROLES.Slider, ROLES.ComboBox, ROLES.EditableText, ROLES.Graphic}


DIALOGS = ("words", "preferences", "about", "help", "glossary", "command_palette", "save_page")


@pytest.mark.parametrize("id", DIALOGS)
def test_dialogs(window, id):
    window.actions_by_id[id].trigger()
    until(lambda: any(one.isVisible() for one in window.findChildren(QDialog)))
    (dialog,) = (one for one in window.findChildren(QDialog) if one.isVisible())
    events_done()
    assert len(dumped(dialog)) > 4
    assert not (told := dumb(dialog)), "\n".join(told)
    assert dialog.windowTitle().strip() or dialog.accessibleName().strip()
    dialog.close()


def test_the_stage_on_every_page(window):
    projector = window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    stage = projector.stage
    stage.bar.slide_in()
    for number, page in enumerate(projector.pages):
        projector.show_page(number)
        events_done()
        assert not (told := dumb(stage)), "\n".join([page.id, *told])
        assert stage.accessibleName() == page.title
    said = stage.strip.text
    strip = next(node for node in tree(stage) if node.found.object() is stage.strip)
    assert said in strip.name
