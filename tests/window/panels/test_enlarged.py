"""A panel that fills the window: how it comes, what it hides meanwhile, and that all comes back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar, QToolButton

from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import ShowUi
from nnviz.views.view import ViewSpec
from nnviz.window.panels.enlarged import Enlarged
from nnviz.window.settings import LAYOUT_VERSION
from tests.sampled import sampled
from tests.waiting import settled, until
from tests.window import real_keys
from tests.window.conftest import ALL_SPECS, Probe

CONTROL = Qt.KeyboardModifier.ControlModifier
SPECS = (*ALL_SPECS, ViewSpec("shut", "Shut", "right", Probe, open=False))
SIZES = [((1280, 720), 1.0), ((1920, 1080), 1.0), ((1366, 768), 1.5), ((1280, 720), 2.5)]


def over(window):
    return window.findChild(Enlarged)


def bars(window):
    return window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)


def button(window, id):
    """What enlarges a panel: in its title, or at the end of its tabs."""
    panel = window._panels()[id]
    for one in panel.findChildren(QToolButton):
        if one.isVisible() and one.toolTip().startswith("Enlarge"):
            return one
    for bar in bars(window):
        panels = [getattr(d, "id", "") or d.widget().id for d in window._docks.tabs.docks_of(bar)]
        if id in panels:
            bar.setCurrentIndex(panels.index(id))
            settled(window)
            return bar.findChild(QToolButton, "enlarge_tab")
    raise AssertionError(f"{id} cannot be enlarged")


def places(window):
    """Where everything of the window stands, and which tabs are in front."""
    panels = {
        id: panel.geometry()
        for id, panel in window._panels().items()
        if not panel.visibleRegion().isEmpty() or over(window).isVisible()
    }
    tabs = [(bar.geometry(), bar.currentIndex(), bar.isVisible()) for bar in bars(window)]
    return panels, tabs, window.toolbar.geometry(), window.centralWidget().geometry()


def wide_window(stage, size=(1280, 720), factor=1.0):
    window = stage.window(SPECS, size)
    window.restore_layout()
    window.set_scale(factor)
    window.show_snapshot(stage.snapshot())
    until(window.settled)
    settled(window)
    return window


@pytest.mark.parametrize(("size", "factor"), sampled(SIZES, every=3, rows=True))
def test_every_open_panel_has_a_button_that_lets_it_fill_the_window_and_go_back(
    stage, qtbot, size, factor
):
    window = wide_window(stage, size, factor)
    status = window.status.geometry().top()
    for id, panel in window._panels().items():
        if panel.isHidden() and id == "shut":
            continue
        press = button(window, id)
        until(window.settled)
        settled(window)
        before = places(window)
        assert press.width() >= 12 * factor
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
        settled(window)
        content = window.form if id == "recipe" else window.views[id]
        top = over(window).geometry()
        assert over(window).isVisible()
        assert top.bottom() == status - 1
        assert top.top() > window.toolbar.mapTo(window, QPoint()).y()
        assert content.width() > 0.9 * window.width()
        assert content.height() > 0.8 * top.height() - 40 * factor
        assert content.mapTo(window, QPoint(0, 0)).y() >= top.top()
        others = [one for one in window.views if one != id]
        assert not any(window.views[one].in_sight() for one in others)
        if id != "recipe":
            assert window.views[id].in_sight()
            QCursor.setPos(over(window).mapToGlobal(QPoint(0, -5)))
            until(lambda view=content: not view.underMouse())
            assert window.views.looked_at() == [id]
        qtbot.mouseClick(over(window).findChild(QToolButton, "shrink"), Qt.MouseButton.LeftButton)
        settled(window)
        assert not over(window).isVisible()
        assert places(window) == before
        assert not content.visibleRegion().isEmpty()


def test_ctrl_enter_takes_the_panel_with_the_focus_then_the_one_below_the_pointer(stage, qtbot):
    window = wide_window(stage)

    def pressed():
        stage.press(Qt.Key.Key_Return, CONTROL)
        return over(window).id

    QCursor.setPos(window.mapToGlobal(window.toolbar.geometry().center()))
    window.take_keys()
    assert pressed() == "middle"
    assert pressed() == ""
    QCursor.setPos(window.views["side"].mapToGlobal(window.views["side"].rect().center()))
    assert pressed() == "side"
    stage.press(Qt.Key.Key_Escape)
    assert over(window).id == ""
    qtbot.mouseClick(window.dock("other"), Qt.MouseButton.LeftButton)
    assert pressed() == "other"
    assert pressed() == ""
    assert stage.sent == []


@real_keys.needed
def test_real_keys_enlarge_and_leave(stage, qtbot):
    window = wide_window(stage)
    window.dock("side").setFocus()
    for keys in (("ctrl+Return", "Escape"), ("ctrl+KP_Enter", "ctrl+KP_Enter")):
        real_keys.press(keys[0])
        qtbot.waitUntil(lambda: over(window).id == "side")
        real_keys.press(keys[1])
        qtbot.waitUntil(lambda: over(window).id == "")


def test_what_is_covered_draws_nothing_and_has_the_last_moment_when_it_comes_back(stage, qtbot):
    window = wide_window(stage)
    window.enlarge("side")
    seen, covered = window.views["side"], window.views["middle"]
    for view in (seen, covered):
        view.snapshots.clear()
    moments = [stage.snapshot(playing=True, steps=1) for _ in range(3)]
    for moment in moments:
        window.show_snapshot(moment)
    until(lambda: seen.snapshots)
    assert covered.snapshots == []
    stage.press(Qt.Key.Key_Escape)
    assert covered.snapshots == [moments[-1]]


def test_escape_leaves_it_before_full_screen(stage, qtbot):
    window = wide_window(stage)
    window.toggle_full_screen()
    window.enlarge("side")
    stage.press(Qt.Key.Key_Escape)
    assert over(window).id == ""
    assert window.isFullScreen()
    stage.press(Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_nothing_of_it_is_kept_and_the_layout_is_what_it_would_be(stage, qtbot):
    window = wide_window(stage)
    state, layout = window.ui_state(), window.saveState(LAYOUT_VERSION)
    window.enlarge("branches")
    settled(window)
    assert window.ui_state() == state
    assert "enlarged" not in window.ui_state().to_dict()
    assert window.saveState(LAYOUT_VERSION) == layout
    window.close()
    again = stage.window(SPECS)
    assert not over(again).isVisible()
    assert again.dock("branches").widget().layout().count() == 1


def test_a_state_may_name_it(stage):
    window = wide_window(stage)
    told = UiState.from_dict({"enlarged": "side"})
    assert UiState.from_dict(told.to_dict()) == told
    stage.ports.send(ShowUi(told))
    assert over(window).id == "side"
    stage.ports.send(ShowUi(UiState()))
    assert over(window).id == "side"
    stage.ports.send(ShowUi(UiState(enlarged="nowhere")))
    assert over(window).id == ""
    window.enlarge("side")
    stage.ports.send(ShowUi(UiState(enlarged="")))
    assert over(window).id == ""


def test_a_panel_that_is_asked_for_is_seen(stage, qtbot):
    window = wide_window(stage)
    window.enlarge("middle")
    window.open_panel("shut")
    assert over(window).id == ""
    until(window.views["shut"].in_sight)
    window.enlarge("shut")
    window.dock("shut").toggleViewAction().trigger()
    assert over(window).id == ""
    assert not window.dock("shut").isVisible()


def test_a_panel_that_is_given_the_keys_is_seen(stage, qtbot):
    window = wide_window(stage)
    window.enlarge("side")
    window.toolbar.slider.setFocus()
    assert over(window).id == "side"
    window.views["middle"].setFocus()
    assert over(window).id == ""
    assert window.views["middle"].hasFocus()


def test_tabs_that_come_forward_below_it_stay_below(stage, qtbot):
    window = wide_window(stage)
    window.enlarge("side")
    window.show_snapshot(stage.snapshot(branches=(stage.branch(0),)))
    window.show_snapshot(stage.snapshot(branches=(stage.branch(1), stage.branch(0))))
    window.resize(1000, 560)
    until(window.settled)
    settled(window)
    centre = over(window).geometry().center()
    assert over(window).isAncestorOf(window.childAt(centre))
    corner = over(window).geometry().bottomLeft() + QPoint(20, -20)
    assert over(window).isAncestorOf(window.childAt(corner))
    assert over(window).width() > 950
    assert not window.views["branches"].in_sight()
    window.resize(1280, 720)
    stage.press(Qt.Key.Key_Escape)
    until(window.views["branches"].in_sight)


def test_a_closed_panel_fills_the_window_and_is_closed_again(stage, qtbot):
    window = wide_window(stage)
    before = places(window)
    assert "shut" not in window.views.built
    window.enlarge("shut")
    until(lambda: "shut" in window.views.built)
    assert window.views["shut"].in_sight()
    assert window.views["shut"].snapshots
    assert window.ui_state().open_panels == tuple(
        id for id in window._panels() if id not in ("middle", "timeline", "shut")
    )
    stage.press(Qt.Key.Key_Escape)
    settled(window)
    assert places(window) == before
    assert window.dock("shut").isHidden()
    window.open_panel("shut")
    until(window.views["shut"].in_sight)


def test_tab_goes_round_in_the_toolbar_and_in_it(stage, qtbot):
    window = wide_window(stage)
    window.enlarge("recipe")
    stops = []
    for _ in range(80):
        stage.press(Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert all(over(window).isAncestorOf(one) or window.toolbar.isAncestorOf(one) for one in stops)
    assert any(isinstance(one, QLineEdit) for one in stops)


def test_a_number_half_typed_goes_with_its_field_and_changes_nothing(stage, qtbot):
    window = wide_window(stage)
    field = window.form.findChild(QLineEdit, "learning_rate")
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    qtbot.keyClicks(field, "12")
    for _ in range(2):
        stage.press(Qt.Key.Key_Return, CONTROL)
        settled(window)
        assert field.hasFocus()
        assert field.text() == "12"
    qtbot.keyClicks(field, "3")
    assert field.text() == "123"
    assert stage.sent == []


def test_keys_that_were_typed_elsewhere_belong_to_the_run(stage, qtbot):
    window = wide_window(stage)
    field = window.form.findChild(QLineEdit, "learning_rate")
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(window, "side"), Qt.MouseButton.LeftButton)
    assert over(window).id == "side"
    before = field.text()
    stage.press(Qt.Key.Key_7)
    assert field.text() == before


def test_surface_and_race_go_to_and_fro_with_their_pictures(app, qtbot):
    window = app.window
    for id in ("surface", "race"):
        window.open_panel(id)
        until(window.settled)
        view = window.views[id]
        until(view.in_sight)
        settled(window)
        for _ in range(2):
            small = view.size()
            window.enlarge(id)
            settled(window)
            until(view.settled)
            assert view.width() > 2 * small.width()
            assert _colours(view) > 5
            window.enlarge(id)
            settled(window)
            assert view.size() == small
            assert _colours(view) > 5
        window.dock(id).toggle_floating()
        settled(window)
        window.dock(id).toggle_floating()
        settled(window)
        window.enlarge(id)
        assert _colours(view) > 5
        window.enlarge(id)


def _colours(view):
    image = view.grab().toImage()
    xs, ys = range(0, image.width(), 3), range(0, image.height(), 3)
    return len({image.pixel(x, y) for x in xs for y in ys})
