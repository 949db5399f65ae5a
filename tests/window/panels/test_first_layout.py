"""The first layout: by the window's width until somebody moves a panel; nothing in it jumps."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from nnviz.data.description import Column, DataDescription
from nnviz.views import VIEWS
from nnviz.window.recipe.fields import RecipeFields
from nnviz.window.settings import Settings
from tests.sampled import sampled
from tests.waiting import settled, until

NARROW, WIDE = (1280, 720), (1920, 1080)


def at_rest(window):
    until(window.settled)
    settled(window)


def begun(stage, size):
    window = stage.window(VIEWS, size)
    window.restore_layout()
    window.show_snapshot(stage.snapshot())
    at_rest(window)
    return window


def seen(window):
    """The panels that can be seen at the sides, by id."""
    return {
        id
        for id, dock in window._docks.items()
        if dock.isVisible() and window.rect().contains(dock.geometry())
    }


def stacks(window):
    """The panels of each stack at the sides."""
    docks = [dock for dock in window._docks if not dock.isHidden()]
    return {
        frozenset(d.id for d in (dock, *window.tabifiedDockWidgets(dock)) if not d.isHidden())
        for dock in docks
    }


@pytest.mark.parametrize("size", sampled([NARROW, (1366, 768)], every=2))
def test_in_a_narrow_window_four_panels_stand_and_the_network_is_the_largest(stage, size):
    window = begun(stage, size)
    assert seen(window) == {"minibatch", "cost", "pad"}
    assert stacks(window) == {
        frozenset(("minibatch", "recipe", "examples", "branches")),
        frozenset(("cost", "surface")),
        frozenset(("pad",)),
    }
    network = window._middle.centre.size()
    others = [*window._middle.panels[1:], *(window.dock(id) for id in seen(window))]
    sizes = [one.width() * one.height() for one in others]
    assert network.width() * network.height() > max(sizes)
    assert network.width() > 0.45 * window.width()


def test_it_follows_the_width_while_nobody_has_moved_a_panel(stage):
    window = begun(stage, WIDE)
    wide = stacks(window)
    assert seen(window) == {"recipe", "minibatch", "cost", "surface", "pad"}
    window.open_panel("race")
    at_rest(window)
    window.resize(*NARROW)
    at_rest(window)
    assert seen(window) >= {"minibatch", "pad"}
    assert frozenset(("cost", "surface", "race")) in stacks(window)
    window.dock("race").close()
    window.resize(*WIDE)
    at_rest(window)
    assert stacks(window) == wide


def test_a_layout_of_one_s_own_stays(stage, qtbot):
    window = begun(stage, WIDE)
    window.dock("surface").toggle_floating()
    window.dock("surface").toggle_floating()
    at_rest(window)
    before = stacks(window)
    window.resize(*NARROW)
    at_rest(window)
    assert window.dockWidgetArea(window.dock("recipe")) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert frozenset(("recipe",)) in stacks(window)
    window.resize(*WIDE)
    at_rest(window)
    assert stacks(window) == before
    window.resize(*NARROW)
    window.restore_layout()
    at_rest(window)
    assert seen(window) == {"minibatch", "cost", "pad"}


def test_a_border_that_is_dragged_makes_it_one_s_own(stage, qtbot):
    window = begun(stage, WIDE)
    left = window.dock("recipe").geometry()
    border = QPoint(left.right() + 4, left.center().y())
    QTest.mouseMove(window, border)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=border)
    for x in (10, 40, 80):
        QTest.mouseMove(window, border + QPoint(x, 0))
        qtbot.wait(20)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=border + QPoint(80, 0))
    at_rest(window)
    assert window.dock("recipe").width() > left.width() + 40
    wide = window.dock("recipe").width()
    assert not window._first_layout.untouched
    window.resize(1390, 1080)
    at_rest(window)
    assert window.dock("recipe").width() == wide


@pytest.mark.parametrize("touched", sampled([True, False], every=2))
def test_the_next_start_makes_it_for_its_own_width_unless_it_was_touched(stage, touched):
    window = begun(stage, WIDE)
    window.open_panel("race")
    if touched:
        window.dock("pad").toggle_floating()
        window.dock("pad").toggle_floating()
        at_rest(window)
    window.resize(*NARROW)
    at_rest(window)
    window.close()
    assert Settings(stage.folder / "w.json").layout[1].isEmpty() != touched
    again = stage.window(VIEWS, NARROW)
    again.show_snapshot(stage.snapshot())
    at_rest(again)
    assert not again.dock("race").isHidden()
    standing = frozenset(("cost", "surface", "race")) in stacks(again)
    assert standing != touched


@pytest.mark.parametrize("size", sampled([NARROW, WIDE], every=2))
def test_nothing_jumps_when_a_panel_opens(stage, size):
    window = begun(stage, size)

    def places():
        middle = {panel.id: panel.geometry() for panel in window._middle.panels}
        docks = {id: dock.geometry() for id, dock in window._docks.items() if id in seen(window)}
        return middle | docks | {"": window.toolbar.geometry()}

    for id, dock in window._docks.items():
        before = places()
        window.open_panel(id)
        at_rest(window)
        after = places()
        assert window.rect().contains(dock.geometry()), id
        beside = {id, *(other.id for other in window.tabifiedDockWidgets(dock))}
        still = {one: place for one, place in before.items() if one not in beside}
        assert {one: after.get(one) for one in still} == still, id


def test_buttons_of_the_toolbar_stay_where_they_are(stage, qtbot):
    for width in (1280, 1366, 1920):
        window = begun(stage, (width, 720))

        def places(window=window):
            settled(window)
            buttons = window.toolbar.findChildren(QToolButton)
            return {b.objectName(): b.geometry() for b in buttons
                    if b.isVisible()}  # fmt: skip

        before = places()
        assert {"play", "step", "back", "data", "granularity_phase"} <= {*before}
        window.show_snapshot(stage.snapshot(playing=True, steps=1))
        assert places() == before
        window.stepping.by_phase()
        window.show_snapshot(stage.snapshot(playing=False, steps=1))
        assert places() == before
        window.toolbar.slider.setValue(3)
        window.long_work.note("long", True)
        assert places() == before
        window.close()


@pytest.mark.parametrize("width", sampled([1000, 1280, 1920], every=2))
def test_buttons_of_the_toolbar_stay_whatever_data_are_called(stage, width):
    window = begun(stage, (width, 720))
    bar, data = window.toolbar, window.data_choice

    def places():
        settled(window)
        buttons = [b for b in bar.findChildren(QToolButton) if b.isVisible()]
        return {
            b.objectName(): QRect(b.mapTo(bar, QPoint()), b.size())
            for b in buttons
            if b.objectName() != "target"
        }

    before, words = places(), window.data_choice.button.text()
    assert {"play", "step", "back", "data", "help"} <= {*before}
    long = "a very long name of a table that nobody can say at once"
    description = DataDescription(
        targets=(Column("the height of the tallest of all trees"),), target_choices=("height",)
    )
    data.show_data(f"/tables/{long}.csv", description)
    assert places() == before
    target = data.target_button
    assert target.isVisible()
    assert target.text().endswith("… ▾")
    assert "tallest of all trees" in target.toolTip()
    assert data.button.text().endswith("… ▾")
    assert long in data.button.toolTip()
    assert bar.rect().contains(QRect(target.mapTo(bar, QPoint()), target.size()))
    data.show_data("xor", DataDescription())
    assert places() == before
    assert not target.isVisible()
    assert data.button.text() == words


@pytest.mark.parametrize("size", sampled([NARROW, (1366, 768), WIDE], every=2))
def test_the_folded_form_is_seen_without_scrolling(stage, size):
    window = begun(stage, size)
    window.open_panel("recipe")
    at_rest(window)
    rows = window.form.findChild(RecipeFields)
    assert rows.verticalScrollBar().maximum() == 0
    field = rows.editors["learning_rate"]
    field.setText("0.125")
    field.textEdited.emit("0.125")  # buttons come up below
    at_rest(window)
    assert window.form.findChild(QLabel, "enter_hint").text()
    assert rows.verticalScrollBar().maximum() == 0
