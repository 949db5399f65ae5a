"""Docks: the form above, other views of the left below it behind tabs."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QScrollArea, QTabBar, QToolButton

from nnviz.engine.changes import CHANGEABLE
from nnviz.views import VIEWS
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.window.panel import capitals
from tests.sampled import sampled
from tests.waiting import settled, until
from tests.window.conftest import Probe
from tests.window.geometry import cut_off

SIZES = [(1440, 720), (1920, 1080)]
TITLED = tuple(replace(spec, view=Probe) for spec in VIEWS)
"""Light views with the titles of the real ones."""


def tabs(window):
    found = [
        bar
        for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if bar.isVisible() and bar.count() > 1
    ]
    assert len(found) == 1
    return found[0]


def in_front(window, id):
    return not window.views[id].visibleRegion().isEmpty()


@pytest.mark.parametrize("size", SIZES)
def test_the_form_has_a_good_half_of_the_height_and_the_tabs_the_rest(stage, qtbot, size):
    window = stage.full_window(size)
    settled(window)
    form, below = window.dock("recipe").geometry(), window.dock("minibatch").geometry()
    assert below.top() > form.bottom()
    assert below.left() == form.left()
    assert form.height() / (below.bottom() - form.top()) == pytest.approx(0.55, abs=0.05)
    assert below.height() > 180
    assert in_front(window, "minibatch")
    assert not in_front(window, "branches")


def test_the_tabs_are_the_titles_of_what_stands_behind_them(stage, qtbot):
    window = stage.full_window()
    settled(window)
    bar = tabs(window)
    texts = [bar.tabText(n) for n in range(bar.count())]
    assert texts == ["This example", "Examples", "Branches"]
    assert window.dock("minibatch").titleBarWidget().height() == 0
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    qtbot.waitUntil(lambda: in_front(window, "branches"))
    assert window.dock("recipe").titleBarWidget().height() > 15


@pytest.mark.parametrize("size", SIZES)
def test_every_tab_can_be_read_in_full_and_takes_no_room_from_the_network(stage, qtbot, size):
    window = stage.full_window(size)
    settled(window)
    bar, dock = tabs(window), window.dock("minibatch")
    assert bar.elideMode() == Qt.TextElideMode.ElideNone
    assert not bar.property("narrow")
    for number in range(bar.count()):
        font = TypeScale().font(bar.font(), Step.LABEL)  # the style sheet's
        needed = QFontMetrics(font).horizontalAdvance(bar.tabText(number))
        assert bar.tabRect(number).width() >= needed + 10
        assert bar.rect().contains(bar.tabRect(number))
    assert bar.width() <= dock.width()
    assert dock.width() == window.dock("recipe").width()


def test_a_double_click_floats_a_tab_and_its_title_comes_back(stage, qtbot):
    window = stage.full_window()
    window.dock("examples").close()
    settled(window)
    bar = tabs(window)
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    qtbot.mouseRelease(window, Qt.MouseButton.LeftButton)  # the bar may have gone before it
    dock, other = window.dock("branches"), window.dock("minibatch")
    assert dock.isFloating()
    qtbot.waitUntil(lambda: dock.titleBarWidget().height() > 15)
    qtbot.waitUntil(lambda: other.titleBarWidget().height() > 15)
    window.restore_layout()
    assert not dock.isFloating()
    qtbot.waitUntil(lambda: dock.titleBarWidget().height() == 0)
    assert window.dock("examples").isVisible()


def test_closing_one_of_two_gives_the_other_its_title_back(stage, qtbot):
    window = stage.full_window()
    window.dock("examples").close()
    window.dock("branches").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: window.dock("minibatch").titleBarWidget().height() > 15)
    window.dock("branches").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: window.dock("minibatch").titleBarWidget().height() == 0)


def test_the_first_branch_left_behind_is_brought_forward_once(stage, qtbot):
    window = stage.full_window()
    window.show_snapshot(stage.snapshot(branches=(stage.branch(0),)))
    assert in_front(window, "minibatch")
    two = (stage.branch(1), stage.branch(0))
    window.show_snapshot(stage.snapshot(branches=two))
    qtbot.waitUntil(lambda: in_front(window, "branches"))
    window.dock("minibatch").raise_()
    qtbot.waitUntil(lambda: in_front(window, "minibatch"))
    window.show_snapshot(stage.snapshot(branches=(*two, stage.branch(2))))
    settled(window)
    assert in_front(window, "minibatch")


def test_a_session_with_branches_moves_no_panel(stage, qtbot):
    window = stage.full_window()
    window.show_snapshot(stage.snapshot())
    window.show_snapshot(stage.snapshot(run=2, branches=(stage.branch(0), stage.branch(1))))
    settled(window)
    assert in_front(window, "minibatch")


def test_a_closed_panel_is_not_forced_open(stage, qtbot):
    window = stage.full_window()
    window.dock("minibatch").close()
    qtbot.mouseClick(stage.button(window, "granularity_phase"), Qt.MouseButton.LeftButton)
    assert not window.dock("minibatch").isVisible()


@pytest.mark.parametrize("size", SIZES)
def test_every_button_of_the_form_is_seen_and_its_rows_can_be_reached(stage, qtbot, size):
    window = stage.full_window(size)
    window.show_snapshot(stage.snapshot(steps=2))
    field = window.form.findChild(object, "learning_rate")
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "1")
    settled(window)
    for button in (window.form._change, window.form._start, window.form._revert):
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width(), button.text()
        assert window.form.rect().contains(button.geometry())
    corner = field.mapTo(window.form, QPoint(field.width(), 0)).x()
    assert corner <= window.form.width()


def test_tabs_come_back_as_they_were_left(stage, qtbot):
    window = stage.full_window()
    window.dock("branches").raise_()
    qtbot.waitUntil(lambda: in_front(window, "branches"))
    window.close()
    again = stage.full_window(restore=False)
    qtbot.waitUntil(lambda: in_front(again, "branches"))
    qtbot.waitUntil(lambda: again.dock("branches").titleBarWidget().height() == 0)


def test_the_row_being_edited_stays_in_sight_when_the_button_comes_up(stage, qtbot):
    window = stage.full_window()
    window.show_snapshot(stage.snapshot(steps=2))
    settled(window)
    area = window.form.findChild(QScrollArea)
    names = [name for name in CHANGEABLE if window.form.findChild(QLineEdit, name)]
    rows = [window.form.findChild(QLineEdit, name) for name in names]
    inside = [row for row in rows if row.isVisible() and sight(area, row)]
    last = max(inside, key=lambda row: row.mapTo(area, QPoint()).y())
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(last, "7")
    settled(window)
    assert window.form._change.isVisible()
    assert sight(area, last)


def sight(area, row):
    """Whether all of a row is in sight."""
    top = row.mapTo(area.viewport(), QPoint()).y()
    return top >= 0 and top + row.height() <= area.viewport().height()


def test_a_view_behind_another_tab_is_left_alone_until_it_comes_forward(stage, qtbot):
    window = stage.full_window()
    settled(window)
    hidden, front = window.views["branches"], window.views["minibatch"]
    moment = stage.snapshot(steps=1)
    window.show_snapshot(moment)
    assert front.snapshots == [moment]
    assert hidden.snapshots == []
    window.dock("branches").raise_()
    qtbot.waitUntil(lambda: hidden.snapshots == [moment])
    later = stage.snapshot(steps=1)
    window.show_snapshot(later)
    assert hidden.snapshots == [moment, later]
    assert front.snapshots == [moment]


def test_a_floating_panel_comes_back_in_front(stage, qtbot, monkeypatch):
    window = stage.full_window()
    dock = window.dock("branches")
    dock.setFloating(True)
    raised = []
    monkeypatch.setattr(type(dock), "raise_", lambda self: raised.append(self.objectName()))
    dock.close()
    dock.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: "branches" in raised)
    raised.clear()
    window.hide()
    window.show()
    qtbot.waitUntil(lambda: "branches" in raised)


def test_titles_are_in_capitals_but_symbols_are_not():
    assert capitals("How good is it really?") == "HOW GOOD IS IT REALLY?"
    assert capitals("C(w₁, w₂) of this net, now") == "C(w₁, w₂) OF THIS NET, NOW"


def test_a_panel_put_where_there_is_no_room_stands_in_front_behind_a_tab(stage, qtbot):
    window = stage.window(VIEWS, (1440, 900))
    window.restore_layout()
    cost, race = window.dock("cost"), window.dock("race")
    qtbot.waitUntil(lambda: window.tabifiedDockWidgets(cost) == [])
    race.toggleViewAction().trigger()
    race.setFloating(True)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, race)
    race.setFloating(False)
    qtbot.waitUntil(lambda: race in window.tabifiedDockWidgets(cost))
    qtbot.waitUntil(lambda: window.rect().contains(race.geometry()))
    assert window.views["race"].in_sight()
    below = window.statusBar().geometry().top()
    qtbot.waitUntil(lambda: race.geometry().bottom() <= below)
    race.close()
    window.resize(1440, 901)  # room for the others again
    qtbot.waitUntil(lambda: window.tabifiedDockWidgets(cost) == [])


def test_a_panel_opened_while_there_was_no_room_is_not_lost_where_there_is(stage, qtbot):
    window = stage.window(VIEWS, (1440, 900))
    window.restore_layout()
    cost, evaluation = window.dock("cost"), window.dock("evaluation")
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: len(window.tabifiedDockWidgets(cost)) == 2)
    evaluation.toggleViewAction().trigger()
    qtbot.waitUntil(window.views["evaluation"].in_sight)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: evaluation not in window.tabifiedDockWidgets(cost))
    below = window.statusBar().geometry().top()
    sides = [window.dock(id) for id in ("cost", "surface", "pad", "evaluation")]
    qtbot.waitUntil(lambda: all(dock.geometry().bottom() <= below for dock in sides))


def bar_of(window, id):
    """The tab bar that has a panel's tab."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    docks_of = window._docks.tabs.docks_of
    return next((bar for bar in bars if window.dock(id) in docks_of(bar)), None)


def shown(bar):
    return [bar.tabText(tab) for tab in range(bar.count()) if bar.isTabVisible(tab)]


def test_titles_become_shorter_before_any_is_cut_and_long_again_with_the_room(stage):
    window = stage.window(VIEWS, (1440, 720))
    window.restore_layout()
    for _ in range(2):  # a layout of one's own, which does not follow the width
        window.dock("pad").toggle_floating()
    settled(window)
    window.resize(1024, 600)
    right = ["cost", "surface", "pad", "race", "evaluation", "data", "augment"]
    for id in right[3:]:
        window.dock(id).toggleViewAction().trigger()
    until(lambda: len(window.tabifiedDockWidgets(window.dock("augment"))) == len(right) - 1)
    settled(window)
    bar = bar_of(window, "augment")
    docks = window._docks.tabs.docks_of(bar)
    assert {dock.objectName() for dock in docks} == set(right)
    assert shown(bar) == [dock.titles[-1] for dock in docks]
    assert [bar.tabToolTip(tab) for tab in range(bar.count())] == [dock.titles[0] for dock in docks]
    assert cut_off(window) == []
    assert bar.width() <= window.dock("augment").width() < window.width() / 2
    window.resize(1900, 600)
    window.resizeDocks([window.dock("augment")], [900], Qt.Orientation.Horizontal)
    settled(window)
    assert shown(bar_of(window, "augment")) == [dock.titles[0] for dock in docks]


def test_tabs_that_have_no_room_at_all_are_in_a_list(stage):
    window = stage.window(TITLED, (1280, 720))
    for id in ("race", "evaluation", "data", "augment"):
        window.open_panel(id)
    window.set_scale(2.5)
    settled(window)
    bar = bar_of(window, "augment")
    button = bar.findChild(QToolButton, "more_tabs")
    assert button.isVisible()
    button.menu().aboutToShow.emit()
    actions = button.menu().actions()
    assert [action.text() for action in actions] == [
        dock.windowTitle() if dock.objectName().endswith("alone") else dock.titles[0]
        for dock in window._docks.tabs.docks_of(bar)
    ]
    assert [action.isChecked() for action in actions].index(True) == bar.currentIndex()
    missing = next(tab for tab in range(bar.count()) if not bar.isTabVisible(tab))
    actions[missing].trigger()
    settled(window)
    assert bar.currentIndex() == missing
    assert bar.isTabVisible(missing)
    assert [line for line in cut_off(window) if "QTabBar" in line] == []
    window.set_scale(1.0)
    settled(window)
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert all(len(shown(bar)) == bar.count() for bar in bars)


def test_a_short_title_is_a_tab_s_alone(stage):
    window = stage.window(TITLED, (1280, 720))
    window.set_scale(2.0)
    settled(window)
    surface = window.dock("surface")
    assert surface.windowTitle() == surface.titles[1]
    assert surface.toggleViewAction().text() == surface.titles[0]
    surface.setFloating(True)
    settled(window)
    assert surface.windowTitle() == surface.titles[0]


@pytest.mark.parametrize(
    ("size", "factors"),
    sampled([((1280, 720), (1.0, 1.5, 2.0, 2.5)), ((1920, 1080), (2.0, 2.5))], every=2, rows=True),
)
def test_only_whole_titles_are_in_sight_at_any_scale(stage, size, factors):
    window = stage.window(TITLED, size)
    for id in ("race", "evaluation", "data", "augment"):
        window.open_panel(id)
    for factor in factors:
        window.set_scale(factor)
        settled(window)
        for id in ("recipe", "surface", "augment"):
            window._docks.bring_forward(id)
            settled(window)
            bar = bar_of(window, id)
            assert not bar or bar.isTabVisible(bar.currentIndex())
            assert [line for line in cut_off(window) if "QTabBar" in line] == []
            assert not bar or bar.tabRect(0).left() == 0


def test_a_panel_that_is_opened_without_room_stays_in_front(stage):
    window = stage.full_window((1440, 720))
    for id in ("side", "other"):
        window.views[id].setMinimumSize(60, 400)
    window.dock("other").close()
    settled(window)
    window.open_panel("other")
    until(window.settled)
    assert window.tabifiedDockWidgets(window.dock("other")) == [window.dock("side")]
    assert window.views["other"].in_sight()


def test_panels_that_need_more_room_below_one_another_than_behind_tabs_come_to_rest(
    stage, qtbot, monkeypatch
):
    window = stage.full_window((1440, 720))
    settled(window)
    docks = window._docks
    moves = []
    folded, unfolded = type(docks)._fold, type(docks)._unfold

    def contrary(self, dock):
        return 1 if self.stacks.get("right") else 400

    def noted(what):
        def move(self, place, *more):
            if place == "right":
                moves.append(what.__name__)
            what(self, place, *more)

        return move

    monkeypatch.setattr(type(docks), "_least", contrary)
    monkeypatch.setattr(type(docks), "_fold", noted(folded))
    monkeypatch.setattr(type(docks), "_unfold", noted(unfolded))
    docks.fit_soon()
    qtbot.waitUntil(lambda: moves[-1:] == ["_fold"] and len(moves) > 1)
    settled(window)
    qtbot.wait(300)
    assert moves.count("_unfold") == 1
    window.resize(1440, 900)  # with other room it is tried again
    qtbot.waitUntil(lambda: moves.count("_unfold") == 2)
