"""The start page: over a demonstration that is never kept, at a first start and on demand."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from nnviz.app import build
from nnviz.engine import Recipe
from nnviz.files.autosaves import Autosaves
from nnviz.messages import commands
from nnviz.messages.commands import GoTo, MakeEdit, Pace, Play, Start
from nnviz.views import VIEWS
from nnviz.views.palette import DARK, LIGHT
from nnviz.window.first_minute.start_page import StartPage
from nnviz.window.settings import Settings
from tests.waiting import events_done

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(stage):
    """A window at its first start, over the first moment of a demonstration."""
    window = stage.window(VIEWS, (1280, 720))
    window.first_minute.welcome(first=window._settings.first_start)
    window.start(demonstration=True)
    (start,) = stage.sent
    assert start.demonstration
    stage.sent.clear()
    stage.ports.publish(stage.snapshot(demonstration=True))
    assert isinstance(window.first_minute.page, StartPage)
    return window


def choice(window, id):
    page = window.first_minute.page
    return next(button for button in page.buttons if button.property("choice") == id)


def click(stage, window, id):
    stage.qtbot.mouseClick(choice(window, id), Qt.MouseButton.LeftButton)


def starts(stage):
    return [one for one in stage.sent if isinstance(one, Start)]


def test_a_window_shows_none_unless_it_is_asked_for(stage):
    window = stage.window(VIEWS)
    stage.ports.publish(stage.snapshot())
    assert window.first_minute.page is None


def test_the_demonstration_learns_slowly_while_the_page_is_open(stage, window):
    paces = [one.minibatches_per_second for one in stage.sent if isinstance(one, Pace)]
    assert 1 <= paces[-1] <= 30
    assert Play() in stage.sent
    assert window.toolbar.pace is None  # the speed that the user has chosen is another matter


def test_it_comes_by_itself_once(stage, window):
    window.close()
    again = Settings(stage.folder / "w.json")
    assert not again.first_start


def test_the_network_stays_in_sight_and_all_else_steps_back(stage, window):
    page = window.first_minute.page
    hole = page.hole()
    assert hole.size() == window._middle.centre.size()
    assert not page.card.geometry().intersects(hole)
    assert window.rect().contains(page.card.geometry())
    window.resize(1000, 640)
    events_done()
    assert page.size() == window.size()
    assert window.rect().contains(page.card.geometry())


def test_panels_that_come_forward_stay_behind_it(stage, window):
    page = window.first_minute.page
    window.set_scale(1.5)  # panels go behind tabs, and are put in front there
    stage.qtbot.waitUntil(window.settled)
    assert window.children()[-1] is page
    window.dock("cost").raise_()
    events_done()
    assert window.children()[-1] is page  # though nothing is shown anew
    assert not page.card.geometry().contains(page.hole())
    assert window.rect().contains(page.card.geometry())


def test_escape_leaves_and_the_run_begins_anew_at_rest(stage, window):
    stage.sent.clear()
    stage.press(Qt.Key.Key_Escape)
    assert window.first_minute.page is None
    (start,) = starts(stage)
    assert not start.demonstration
    assert Play() not in stage.sent
    assert Pace(None) in stage.sent
    assert QApplication.focusWidget() is window


def test_a_click_on_what_is_behind_leaves(stage, window):
    page = window.first_minute.page
    stage.qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.hole().center())
    assert window.first_minute.page is None


def test_keys_go_round_the_choices_and_not_to_the_run(stage, window):
    page = window.first_minute.page
    assert QApplication.focusWidget() is page.buttons[0]
    stage.sent.clear()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_3, Qt.Key.Key_Plus):
        stage.press(key)
    assert stage.sent == []
    stage.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.buttons[1]
    stage.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.buttons[2]
    stage.press(Qt.Key.Key_Up)
    stage.press(Qt.Key.Key_Backtab, SHIFT)
    stage.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.buttons[-1]


def test_watch_it_learn_begins_anew_at_a_pace_that_can_be_watched(stage, window):
    stage.sent.clear()
    stage.press(Qt.Key.Key_Return)
    assert window.first_minute.page is None
    (start,) = starts(stage)
    assert not start.demonstration
    assert stage.sent[-1] == Play()
    assert window.toolbar.pace == 200


def test_draw_a_digit_opens_the_pad(stage, window):
    window.dock("pad").close()
    click(stage, window, "draw")
    assert not window.dock("pad").isHidden()
    assert window.first_minute.page is None


def test_examples_open_their_menu_and_one_chosen_closes_the_page(stage, window):
    click(stage, window, "examples")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    window.examples.open("xor")
    assert window.first_minute.page is not None  # until it is there
    stage.sent.clear()
    stage.ports.publish(stage.snapshot(run=2))
    assert window.first_minute.page is None
    assert starts(stage) == []


def test_open_asks_for_a_file(stage, window, monkeypatch):
    asked = []
    monkeypatch.setattr(window.files, "open", lambda: asked.append(1))
    click(stage, window, "open")
    assert asked == [1]


def test_recent_runs_are_gone_on_with(stage, window, tmp_path):
    from datetime import UTC, datetime

    from nnviz.files.recent_runs import RecentRun

    stage.press(Qt.Key.Key_Escape)
    run = RecentRun(tmp_path / "a.nnviz", datetime.now(UTC), {"data": "xor", "step": 40})
    window.recent.source = lambda: [run] * 5
    window.first_minute.open()
    buttons = [b for b in window.first_minute.page.buttons if b.property("choice")[:4] == "run_"]
    assert len(buttons) == 3
    assert "XOR" in buttons[0].text()
    stage.sent.clear()
    stage.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert commands.OpenSession(run.path) in stage.sent


def test_on_demand_a_run_that_was_trained_stays_as_it_is(stage):
    window = stage.window(VIEWS, (1280, 720))
    stage.ports.publish(stage.snapshot(steps=5))
    stage.sent.clear()
    window.actions_by_id["start_page"].trigger()
    assert window.first_minute.page is not None
    stage.press(Qt.Key.Key_Escape)
    assert window.first_minute.page is None
    assert [one for one in stage.sent if isinstance(one, Start | Play | GoTo | MakeEdit)] == []


def test_on_demand_weights_that_were_set_or_loaded_stay(stage):
    window = stage.window(VIEWS, (1280, 720))
    moment = stage.snapshot()
    stage.ports.publish(stage.snapshot(theta=moment.theta + 1))
    stage.sent.clear()
    window.first_minute.open()
    assert starts(stage) == []


def test_on_demand_a_run_that_has_not_begun_is_shown_learning(stage):
    window = stage.window(VIEWS, (1280, 720))
    stage.ports.publish(stage.snapshot())
    stage.sent.clear()
    window.first_minute.open()
    (start,) = starts(stage)
    assert start.demonstration
    stage.ports.publish(stage.snapshot(run=2, demonstration=True))
    assert stage.sent[-1] == Play()
    stage.sent.clear()
    stage.press(Qt.Key.Key_Escape)
    assert not starts(stage)[0].demonstration


def test_every_choice_says_what_it_does(window):
    for button in window.first_minute.page.findChildren(QPushButton):
        assert button.toolTip().endswith("."), button.text()


@pytest.fixture
def whole(qtbot, tmp_path):
    """The whole program at its first start, with a place to keep runs."""
    autosaves = Autosaves(tmp_path / "autosave")
    claim = autosaves.claim()
    settings = Settings(tmp_path / "first.json")
    settings.recipe = Recipe(dataset="xor", layers=(2, 3, 1))
    app = build(settings, DARK, claim, autosaves.runs)
    qtbot.addWidget(app.window)
    app.bridge.start()
    app.window.resize(1280, 720)
    app.window.show()
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    app.window.first_minute.welcome(first=True)
    app.window.start(demonstration=True)
    yield app, autosaves, claim
    assert app.bridge.stop()
    claim.release(keep=True)


def test_the_demonstration_is_kept_nowhere(whole, qtbot):
    app, autosaves, claim = whole
    window = app.window
    qtbot.waitUntil(lambda: window.first_minute.page is not None)
    qtbot.waitUntil(lambda: window.snapshot.step > 3)
    assert window.snapshot.demonstration
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.snapshot.demonstration)
    assert (window.snapshot.step, window.snapshot.reached, window.snapshot.undo) == (0, 0, "")
    assert not window.snapshot.playing
    window.close()
    assert app.bridge.stop()
    assert autosaves.runs.listed() == []
    assert not claim.path.exists()


def test_the_page_is_not_over_what_is_pointed_at(window):
    page = window.first_minute.page
    assert page.childAt(page.hole().center()) is None
    assert page.mapToGlobal(QPoint()) == window.mapToGlobal(QPoint())


def test_it_follows_theme_and_size_while_it_is_open(stage, window):
    page = window.first_minute.page
    title = page.findChild(QLabel, "start_title")
    before, letters = page.grab().toImage().pixelColor(2, 2), title.fontInfo().pixelSize()
    window.appearance.keep_theme("light")
    events_done()
    assert LIGHT.panel in page.card.styleSheet()
    assert page.grab().toImage().pixelColor(2, 2).lightness() > before.lightness() + 100
    window.set_scale(1.5)
    stage.qtbot.waitUntil(window.settled)
    assert title.fontInfo().pixelSize() == pytest.approx(1.5 * letters, abs=1)
    assert window.rect().contains(page.card.geometry())
    assert page.card.horizontalScrollBar().maximum() == 0


def test_the_course_is_chosen_from_below_its_button(stage, window):
    assert all(button.isEnabled() for button in window.first_minute.page.buttons)
    chosen = []
    window.first_minute.leave()
    window.first_minute.course = chosen.append
    stage.ports.publish(stage.snapshot(demonstration=False))
    window.first_minute.open()
    click(stage, window, "course")
    (button,) = chosen
    assert button.property("choice") == "course"
