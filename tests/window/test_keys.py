"""Keys: the innermost thing that uses a key gets it, and the window only what is left."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolButton, QWidget

from nnviz.messages import commands
from nnviz.messages.events import Loading
from nnviz.views import VIEWS
from nnviz.views.palette import THEMES
from nnviz.window.commands import COMMANDS
from tests.waiting import events_done
from tests.window import real_keys
from tests.window.recipe.groups import field

CTRL = Qt.KeyboardModifier.ControlModifier


def texts(menu):
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def focus(stage, widget):
    """Give the focus to a widget as Tab does."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is widget


# -- which of them ------------------------------------------------------------------------------


def test_g_goes_round_the_kinds_of_steps(stage):
    window = stage.window()
    seen = []
    for _ in range(4):
        stage.press(Qt.Key.Key_G)
        seen.append(window.stepping.granularity)
    assert seen == ["epoch", "phase", "minibatch", "epoch"]


def test_plus_and_minus_change_the_speed(stage):
    window = stage.window()
    first = window.toolbar.slider.value()
    stage.press(Qt.Key.Key_Minus)
    assert window.toolbar.slider.value() == first - 1
    stage.press(Qt.Key.Key_Plus)
    assert window.toolbar.slider.value() == first


def test_ctrl_t_goes_round_the_themes(stage):
    window = stage.window()
    seen = [window.appearance.theme.name]
    for _ in THEMES:
        stage.press(Qt.Key.Key_T, CTRL)
        seen.append(window.appearance.theme.name)
    assert set(seen) == set(THEMES)
    assert seen[0] == seen[-1]


def test_no_two_commands_have_one_key():
    keys = [key for command in COMMANDS.values() for key in command.shortcuts]
    assert len(keys) == len(set(keys))


def test_a_text_field_takes_every_key_it_is_typed_with(stage):
    window = stage.window()
    seed = field(window.form, "seed")
    focus(stage, seed)
    granularity, speed = window.stepping.granularity, window.toolbar.slider.value()
    for key in (
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_1, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Period, Qt.Key.Key_Space),
    ):
        stage.press(key)
    assert stage.sent == []
    assert (window.stepping.granularity, window.toolbar.slider.value()) == (granularity, speed)


def test_a_slider_a_list_and_a_combo_box_take_the_keys_that_move_them(stage):
    window = stage.window()
    slider = window.toolbar.slider
    focus(stage, slider)
    last = slider.value()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        stage.press(key)
    assert slider.value() < last
    stage.sent.clear()  # how fast to train
    cost = window.form.findChild(QWidget, "cost")
    before = cost.currentText()
    focus(stage, cost)
    stage.press(Qt.Key.Key_Home)
    stage.press(Qt.Key.Key_PageDown)
    stage.press(Qt.Key.Key_End)
    assert cost.currentText() != before
    assert stage.sent == []


def test_a_button_takes_space_and_enter_and_leaves_the_arrows(stage):
    window = stage.window()
    step = stage.button(window, "epoch")
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        focus(stage, step)
        stage.press(key)
        assert stage.sent == [commands.StepEpoch()]
        stage.sent.clear()
    stage.press(Qt.Key.Key_Right)
    assert stage.sent == [commands.StepMinibatch()]
    assert QApplication.focusWidget() is step


def test_the_race_has_keys_of_its_own(stage, qtbot):
    window = stage.window(VIEWS, (1280, 720))
    window.show_snapshot(stage.snapshot(steps=2))
    window.dock("race").toggleViewAction().trigger()
    race = window.views["race"]
    qtbot.waitUntil(race.isVisible)
    qtbot.mouseClick(race.table, Qt.MouseButton.LeftButton, pos=race.table.rect().bottomRight())
    assert race.isAncestorOf(QApplication.focusWidget()) or race.hasFocus()
    begin = race.race.step
    for key, step in (
        (Qt.Key.Key_Right, begin + 1),
        (Qt.Key.Key_Left, begin),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, race.race.steps),
    ):
        stage.press(key)
        assert race.race.step == step
    stage.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: 0 < race.race.step < race.race.steps)
    stage.press(Qt.Key.Key_Space)
    chosen = race.selected
    stage.press(Qt.Key.Key_Down)
    assert race.selected != chosen
    racers = race.race.racers
    stage.press(Qt.Key.Key_Return)
    assert race.race.racers != racers
    assert stage.sent == []
    focus(stage, race.controls.forward)
    before = race.race.step
    stage.press(Qt.Key.Key_Space)
    stage.press(Qt.Key.Key_Right)
    assert race.race.step == before + 2
    assert stage.sent == []
    stage.press(Qt.Key.Key_Escape)
    stage.press(Qt.Key.Key_Right)
    assert stage.sent == [commands.StepMinibatch()]


def test_escape_leaves_what_is_opened_in_the_view_that_the_keys_are_in(stage):
    window = stage.window()
    view = window.views["side"]
    left = []
    view.leave = lambda: not left and not left.append(True)
    inside = QPushButton("inside", view)
    inside.show()
    focus(stage, inside)
    stage.press(Qt.Key.Key_Escape)
    assert left == [True]
    assert QApplication.focusWidget() is inside
    stage.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is not inside


def test_the_painted_views_take_arrows_only_where_tab_has_come(stage, qtbot):
    window = stage.window(VIEWS, (1280, 720))
    window.show_snapshot(stage.snapshot(steps=2))
    cost = window.views["cost"].plot
    qtbot.waitUntil(cost.isVisible)
    qtbot.mouseClick(cost.viewport(), Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_Right)
    assert stage.sent == [commands.StepMinibatch()]
    stage.sent.clear()
    focus(stage, cost)
    stage.press(Qt.Key.Key_Right)
    assert stage.sent == []
    assert cost.read is not None


# -- menus --------------------------------------------------------------------------------------


def test_the_menu_bar_has_every_command_that_is_not_a_key_alone(stage):
    window = stage.full_window()
    menus = {action.text().replace("&", ""): action.menu() for action in window.menus.actions()}
    names = "File", "Edit", "Run", "Data", "Examples", "Course", "View", "Present", "Help"
    assert tuple(menus) == names
    window.data_choice.menu.aboutToShow.emit()
    listed = {text for menu in menus.values() for text in texts(menu)}
    hidden = {"leave", "granularity"}
    for id, action in window.actions_by_id.items():
        assert id in hidden or action.text() in listed, id
    letters = [action.text().split("&")[1][0] for action in window.menus.actions()]
    assert len(set(letters)) == len(letters)
    for panel in ("Recipe", "Side", "Branches"):
        assert panel in texts(menus["View"])


def test_f10_opens_the_menus_and_arrows_go_from_one_to_the_next(stage, qtbot):
    window = stage.full_window()
    stage.press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    assert QApplication.activePopupWidget().title() == "&File"
    stage.press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget().title() == "&Edit")
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert stage.sent == []
    assert window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space])
def test_a_button_with_a_menu_opens_it_by_keys(stage, qtbot, key):
    window = stage.full_window()
    buttons = window.toolbar.findChildren(QToolButton)
    button = next(one for one in buttons if one.text().startswith("Data"))
    focus(stage, button)
    stage.press(key)
    qtbot.waitUntil(button.menu().isVisible)
    button.menu().close()
    assert stage.sent == []


# -- Escape -------------------------------------------------------------------------------------


def test_escape_leaves_the_innermost_first(stage, qtbot):
    window = stage.window(VIEWS, (1280, 720))
    network, inspector = window.views["network"], window.views["inspector"]
    window.show_snapshot(stage.snapshot(steps=2))
    window.toggle_full_screen()
    network.drawing.camera.zoom_at(network.rect().center().toPointF(), 3.0)
    network.pressing.move(0, 0)
    assert inspector.page is not None
    assert network.drawing.camera.zoom != 1
    stage.ports.publish(Loading("Replaying from step 0", 0.2, stoppable=True))
    seed = field(window.form, "seed")
    before = seed.text()
    focus(stage, seed)
    seed.selectAll()
    stage.press(Qt.Key.Key_7)
    assert seed.text() == "7"

    def standing():
        return (
            seed.hasFocus(),
            "cancel" if window.actions_by_id["cancel"].isEnabled() else "",
            inspector.page is not None,
            network.drawing.camera.zoom != 1,
            window.isFullScreen(),
        )

    assert standing() == (True, "cancel", True, True, True)
    stage.press(Qt.Key.Key_Escape)
    assert seed.text() == before
    assert standing() == (False, "cancel", True, True, True)
    assert stage.sent == []
    stage.press(Qt.Key.Key_Escape)
    assert stage.sent == [commands.Pause()]
    stage.ports.publish(Loading("", 1.0))
    stage.press(Qt.Key.Key_Escape)
    assert standing() == (False, "", False, True, True)
    stage.press(Qt.Key.Key_Escape)
    assert standing() == (False, "", False, False, True)
    stage.press(Qt.Key.Key_Escape)
    assert standing() == (False, "", False, False, False)
    stage.press(Qt.Key.Key_Escape)
    assert stage.sent == [commands.Pause()]
    assert window.isVisible()


def test_escape_gives_the_keys_back_to_the_run(stage):
    window = stage.full_window()
    button = next(b for b in window.form.findChildren(QPushButton) if b.isVisible())
    focus(stage, button)
    stage.press(Qt.Key.Key_Escape)
    assert window.hasFocus()


# -- Tab ----------------------------------------------------------------------------------------


def tab_stops(stage, window, key=Qt.Key.Key_Tab):
    """Every widget that Tab comes to, in its order, from the window until it comes round."""
    window.take_keys()
    stops = []
    while len(stops) < 400:
        stage.press(key)
        stop = QApplication.focusWidget()
        if stop in stops:
            assert stop is stops[0]
            return stops
        rings = [one for one in stop.findChildren(QWidget, "focus_ring") if one.isVisible()]
        assert [ring.size() for ring in rings] == [stop.size()], stop
        assert window.rect().intersects(QRect(stop.mapTo(window, QPoint()), stop.size())), stop
        stops.append(stop)
    raise AssertionError("Tab never comes round")


def test_tab_comes_to_everything_in_sight_column_by_column_and_shows_where_it_is(stage, qtbot):
    window = stage.window(VIEWS, (1440, 720))
    window.restore_layout()
    window.show_snapshot(stage.snapshot(steps=2))
    qtbot.waitUntil(lambda: not window.views["minibatch"].visibleRegion().isEmpty())
    stops = tab_stops(stage, window)
    views = window.views
    wanted = [
        stage.button(window, "back"),
        stage.button(window, "play"),
        stage.button(window, "granularity_epoch"),
        window.toolbar.slider,
        next(b for b in window.toolbar.findChildren(QToolButton) if b.text().startswith("Data")),
        next(b for b in window.toolbar.findChildren(QToolButton) if b.text() == "?"),
        window.form.findChild(QWidget, "layers"),
        window.form.findChild(QWidget, "group_more"),
        views["network"],
        views["timeline"].field,
        views["cost"].log_button,
        views["pad"].tools.erase,
    ]
    assert [stops.index(one) for one in wanted] == sorted(stops.index(one) for one in wanted)
    assert not any(views["examples"].isAncestorOf(stop) for stop in stops)  # behind a tab
    back = tab_stops(stage, window, Qt.Key.Key_Backtab)
    assert back == stops[::-1]
    window.dock("race").toggleViewAction().trigger()
    qtbot.waitUntil(views["race"].isVisible)
    race = views["race"]
    stops = tab_stops(stage, window)
    for part in (race.chooser, race.modes[race.mode()], race.controls.play, race.controls.start,
                 race.controls.slider, race.controls.rate):  # fmt: skip
        assert part in stops or not part.isVisible() or not part.isEnabled()
    assert race.controls.play in stops
    assert stage.sent == []


def test_what_tab_has_passed_stays_whole(stage):
    """PySide held the toolbar's parts for deleted once the ring had gone on from beside them."""
    window = stage.full_window()
    for _ in range(3):
        stage.press(Qt.Key.Key_Tab)
        events_done()
    stage.press(Qt.Key.Key_T, CTRL)
    stage.press(Qt.Key.Key_Plus, CTRL)
    assert all(action.isVisible() in (True, False) for action in window.toolbar.actions())


def test_the_ring_can_be_seen_and_goes_with_the_mouse(stage, qtbot):
    window = stage.full_window()
    button = stage.button(window, "back")
    before = button.grab().toImage()
    window.take_keys()
    while not button.hasFocus():
        stage.press(Qt.Key.Key_Tab)
    ring = button.findChild(QWidget, "focus_ring")
    assert button.grab().toImage() != before
    colours = {ring.grab().toImage().pixelColor(x, 0).name() for x in range(8, 20)}
    assert window.appearance.theme.now in colours
    qtbot.mouseClick(field(window.form, "seed"), Qt.MouseButton.LeftButton)
    assert not ring.isVisible()


@real_keys.needed
def test_real_keys_go_to_what_is_open_or_focused(stage, qtbot):
    window = stage.window(VIEWS, (1280, 720))
    window.show_snapshot(stage.snapshot(steps=2))
    popup = window.views["pad"].popup
    chosen = []
    popup.chosen.connect(chosen.append)
    for keys, digit in (
        (("1",), 1),
        (("3",), 3),
        (("Right", "space"), 6),
        (("Left", "Return"), 4),
        (("Up", "KP_Enter"), 0),
        (("Tab", "Tab", "space"), 7),
    ):
        popup.open_at(window.mapToGlobal(window.rect().center()), 5)
        qtbot.waitUntil(popup.isVisible)
        real_keys.press(*keys)
        qtbot.waitUntil(lambda: not popup.isVisible())
        assert chosen.pop() == digit
    popup.open_at(window.mapToGlobal(window.rect().center()), 5)
    qtbot.waitUntil(popup.isVisible)
    real_keys.press("Escape")
    qtbot.waitUntil(lambda: not popup.isVisible())
    assert chosen == []
    assert stage.sent == []
    assert window.stepping.granularity == "minibatch"
    real_keys.press("3")
    qtbot.waitUntil(lambda: window.stepping.granularity == "epoch")


@real_keys.needed
@pytest.mark.parametrize(("keys", "title"), [("alt+d", "&Data"), ("alt+v", "&View")])
def test_alt_and_a_letter_open_a_menu_that_keeps_its_keys(stage, qtbot, keys, title):
    window = stage.full_window()
    real_keys.press(keys)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    assert QApplication.activePopupWidget().title() == title
    real_keys.press("1", "g", "Down", "Left")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget().title() != title)
    real_keys.press("Escape", "Escape")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert stage.sent == []
    assert window.stepping.granularity == "minibatch"


@real_keys.needed
def test_alt_alone_goes_to_the_menu_bar(stage, qtbot):
    window = stage.full_window()
    real_keys.press("alt")
    qtbot.waitUntil(lambda: window.menus.activeAction() is not None)
    real_keys.press("Right", "space")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    assert QApplication.activePopupWidget().title() == "&Edit"
    real_keys.press("Escape", "Escape")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert stage.sent == []


@real_keys.needed
def test_a_step_is_typed_from_a_panel_that_floats(stage, qtbot):
    window = stage.window(VIEWS, (1280, 720))
    window.show_snapshot(stage.snapshot(steps=5))
    dock = window.dock("race")
    dock.toggleViewAction().trigger()
    dock.setFloating(True)
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    window.views["race"].setFocus()
    real_keys.press("ctrl+g")
    field = window.views["timeline"].field
    qtbot.waitUntil(lambda: window.isActiveWindow() and field.hasFocus())
    real_keys.press("3")
    qtbot.waitUntil(lambda: field.text() == "3")
    assert window.stepping.granularity == "minibatch"
    real_keys.press("Escape")
    qtbot.waitUntil(window.hasFocus)


def test_the_race_has_the_next_key_after_a_number_typed_there(stage, qtbot):
    window = stage.window(VIEWS, (1280, 720))
    window.show_snapshot(stage.snapshot(steps=2))
    window.dock("race").toggleViewAction().trigger()
    race = window.views["race"]
    qtbot.waitUntil(race.isVisible)
    focus(stage, race.controls.rate)
    stage.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is race
    before = race.race.step
    stage.press(Qt.Key.Key_Right)
    assert race.race.step == before + 1
    assert stage.sent == []
