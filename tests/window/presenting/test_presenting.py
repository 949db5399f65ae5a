"""Presenting: the keys of the stage and of a presenter's remote, pressed as a keyboard does."""

import random
import subprocess
from itertools import takewhile

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from nnviz.messages import commands
from nnviz.messages.events import Failure, Loading
from nnviz.messages.ui_state import GRANULARITIES
from nnviz.window.presenting.presenting import ON_STAGE
from nnviz.window.projector import page_list as module
from nnviz.window.projector.pages import Page, Shown
from nnviz.window.settings import Settings
from tests.sampled import sampled
from tests.waiting import events_done, until
from tests.window import real_keys
from tests.window.conftest import Probe

PAGES = (
    Page("one", "One", (Shown("middle"),)),
    Page("two", "Two", (Shown("middle", 0.6), Shown("side", 0.4))),
    Page("three", "Three", (Shown("other"),)),
)
HD = QRect(0, 0, 1280, 720)
STEP, BACK = commands.StepMinibatch(), commands.StepBack()
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desktop(stage, monkeypatch):
    monkeypatch.setattr(module, "PAGES", PAGES)
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    return window


def show_stage(window, *, covering=True):
    window.projector.show_at(HD, covering=covering)
    until(lambda: window.projector.has_keys)
    return window.presenting.tools


@pytest.fixture
def tools(desktop):
    return show_stage(desktop)


def overlays(tools):
    return tools.blank, tools.spotlight, tools.pen, tools.magnifier


def draw(qtbot, pen):
    middle = pen.rect().center()
    qtbot.mousePress(pen, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(pen, middle / 2)
    qtbot.mouseRelease(pen, Qt.MouseButton.LeftButton, pos=middle / 2)


# -- a remote -----------------------------------------------------------------------------------


@real_keys.needed
def test_the_two_keys_of_a_remote_step_until_they_are_to_turn_pages(stage, desktop, tools):
    real_keys.press("Next", "Next", "Prior")
    until(lambda: stage.sent == [STEP, STEP, BACK])
    real_keys.press("g", "Next")
    until(lambda: stage.sent[3:] == [commands.StepEpoch()])
    stage.sent.clear()
    real_keys.press("r", "Next", "Next")
    until(lambda: desktop.projector.page.id == "three")
    assert desktop.projector.stage.strip.text == "PageDown and PageUp turn pages on the stage."
    real_keys.press("Next", "Prior")
    until(lambda: desktop.projector.page.id == "two")
    assert stage.sent == []
    assert Settings(stage.folder / "w.json").remote_turns_pages
    real_keys.press("r", "Next")
    until(lambda: stage.sent == [commands.StepEpoch()])
    assert desktop.projector.page.id == "two"


@real_keys.needed
def test_what_a_remote_does_is_kept_and_holds_beside_the_desktop_too(stage, desktop):
    real_keys.press("r")
    until(lambda: desktop.presenting.turns_pages)
    real_keys.press("Next")  # there is no stage yet
    until(lambda: stage.sent == [STEP])
    desktop.projector.show_at(HD, covering=False)
    desktop.activateWindow()
    until(desktop.isActiveWindow)
    real_keys.press("Next")
    until(lambda: desktop.projector.page.id == "two")
    assert stage.sent == [STEP]
    desktop.close()
    assert stage.window().presenting.turns_pages


@real_keys.needed
@pytest.mark.parametrize("key", ["F5", "shift+F5"])
def test_f5_shows_the_stage_and_escape_leaves_it(stage, desktop, key):
    real_keys.press(key)
    until(lambda: desktop.projector.has_keys)
    real_keys.press("Escape")
    until(desktop.isActiveWindow)
    assert not desktop.projector.on
    assert stage.sent == []


@real_keys.needed
@pytest.mark.parametrize(
    ("key", "colour"), [("b", "#000000"), ("period", "#000000"), ("w", "#ffffff")]
)
def test_it_blanks_and_any_key_brings_the_picture_back_alone(stage, desktop, tools, key, colour):
    for back in (key, "Next", "space", "Escape"):
        real_keys.press(key)
        until(lambda: tools.blank.colour == colour)
        real_keys.press(back)
        until(lambda: not tools.blank.colour)
        until(lambda: QApplication.focusWidget() is desktop.projector.stage)
    real_keys.press("Next")
    until(lambda: stage.sent == [STEP])
    assert desktop.projector.on


@real_keys.needed
def test_on_the_desktop_a_point_steps_and_the_keys_of_the_stage_do_nothing(stage, desktop):
    real_keys.press("b", "w", "s", "p", "c", "e", "m", "BackSpace", "ctrl+p", "period")
    until(lambda: stage.sent == [STEP])
    assert desktop.presenting.tools is None
    assert not any(desktop.actions_by_id[id].isEnabled() for id in ON_STAGE)
    show_stage(desktop)
    assert all(desktop.actions_by_id[id].isEnabled() for id in ON_STAGE)
    desktop.projector.close()
    assert not any(desktop.actions_by_id[id].isEnabled() for id in ON_STAGE)


@real_keys.needed
def test_the_run_goes_on_behind_a_blank(stage, desktop, tools):
    view = desktop.projector.stage.views.built["middle"]
    real_keys.press("b")
    until(tools.blank.isVisible)
    before = len(view.snapshots)
    desktop.show_snapshot(stage.snapshot(steps=1, playing=True))
    assert len(view.snapshots) == before + 1
    assert tools.blank.isVisible()
    assert stage.sent == []


# -- Escape ---------------------------------------------------------------------------------------


class Zoomed(Probe):
    zoomed = True

    def leave(self):
        was, self.zoomed = self.zoomed, False
        return was


@real_keys.needed
def test_escape_leaves_the_innermost_first(stage, desktop, tools, qtbot):
    view = desktop.projector.stage.views.built["middle"]
    view.__class__ = Zoomed
    real_keys.press("m", "p", "s")
    until(tools.spotlight.isVisible)
    draw(qtbot, tools.pen)
    real_keys.press("b")
    until(tools.blank.isVisible)
    stage.ports.publish(Loading("Replaying from step 0", 0.2, stoppable=True))

    def standing():
        return (
            desktop.long_work.busy,
            tools.blank.isVisible(),
            tools.spotlight.isVisible(),
            tools.pen.in_hand,
            bool(tools.pen.strokes),
            view.zoomed,
            tools.magnifier.zoom > 1,
            desktop.projector.on,
        )

    seen = [standing()]
    assert all(seen[0])
    for _ in range(8):
        real_keys.press("Escape")
        until(lambda: standing() != seen[-1] or stage.sent)
        if stage.sent:
            stage.sent.clear()
            stage.ports.publish(Loading("", 1.0))
        seen.append(standing())
    for count, state in enumerate(seen):
        assert len(list(takewhile(lambda one: not one, state))) == count
        assert all(state[count:])
    until(desktop.isActiveWindow)


# -- the pen --------------------------------------------------------------------------------------


def test_strokes_go_with_the_next_step_and_with_the_page(stage, desktop, tools, qtbot):
    pen = tools.pen
    for go_on in (
        lambda: stage.ports.publish(stage.snapshot(steps=1)),
        lambda: desktop.projector.next_page(),
    ):
        tools.toggle_pen()
        draw(qtbot, pen)
        stage.ports.publish(stage.snapshot())
        assert len(pen.strokes) == 1
        go_on()
        assert pen.strokes == ()
        assert pen.in_hand
        tools.toggle_pen()


def test_what_is_drawn_over_training_stays_until_the_step_after_it(stage, desktop, tools, qtbot):
    stage.ports.publish(stage.snapshot(steps=1, playing=True))
    tools.toggle_pen()
    draw(qtbot, tools.pen)
    for playing in (True, True, False):
        stage.ports.publish(stage.snapshot(steps=1, playing=playing))
        assert len(tools.pen.strokes) == 1
    stage.ports.publish(stage.snapshot(steps=1))
    assert tools.pen.strokes == ()


def test_undo_takes_a_stroke_back_before_it_takes_a_change_back(stage, desktop, tools, qtbot):
    desktop.show_snapshot(stage.snapshot(undo="a change"))
    tools.toggle_pen()
    draw(qtbot, tools.pen)
    stage.press(Qt.Key.Key_Z, CTRL)
    assert tools.pen.strokes == ()
    assert stage.sent == []
    stage.press(Qt.Key.Key_Z, CTRL)
    assert stage.sent == [commands.Undo()]


def test_the_picture_is_saved_with_what_is_drawn_on_it(stage, desktop, tools, qtbot, tmp_path):
    tools.toggle_pen()
    draw(qtbot, tools.pen)
    stage.press(Qt.Key.Key_P, CTRL)
    window = desktop.projector.stage
    until(lambda: any(box.isVisible() for box in window.findChildren(QFileDialog, "save_stage")))
    box = window.findChild(QFileDialog, "save_stage")
    box.fileSelected.emit(str(tmp_path / "one.png"))
    saved = QImage(str(tmp_path / "one.png"))
    assert saved.size() == window.board.size()
    assert saved.pixelColor(tools.pen.rect().center()).name() == window.theme.now
    failures = []
    stage.ports.on(Failure, failures.append)
    box.fileSelected.emit(str(tmp_path / "nowhere" / "one.png"))
    assert len(failures) == 1
    box.close()


# -- the wheel ------------------------------------------------------------------------------------


def wheel(place, up=True, held=()):
    """Put the pointer to a place of the screen, and turn the wheel by a notch."""
    button = "4" if up else "5"
    keys = [part for key in held for part in ("keydown", key)]
    freed = [part for key in held for part in ("keyup", key)]
    subprocess.run(
        ["xdotool", "mousemove", str(place.x()), str(place.y()), *keys, "click", button, *freed],
        check=True,
    )


@real_keys.needed
def test_ctrl_and_the_wheel_magnify_where_the_pointer_is(desktop, tools):
    window = desktop.projector.stage
    place = window.board.mapToGlobal(window.board.rect().center() / 2)
    wheel(place, held=("ctrl",))
    until(lambda: tools.magnifier.zoom > 1)
    before = tools.magnifier.zoom
    wheel(place, held=("ctrl",))
    until(lambda: tools.magnifier.zoom > before)
    at = window.board.mapFromGlobal(place).toPointF()
    assert (tools.magnifier.seen_by.map(at) - at).manhattanLength() < 1
    for _ in range(3):
        wheel(place, up=False, held=("ctrl",))
    until(lambda: not tools.magnifier.isVisible())


@real_keys.needed
def test_a_view_that_magnifies_itself_does_unless_something_is_drawn_on_it(
    desktop, tools, qtbot, monkeypatch
):
    window = desktop.projector.stage
    monkeypatch.setattr(Probe, "magnifies", True)
    turned = []
    monkeypatch.setattr(Probe, "wheelEvent", lambda _self, event: turned.append(event.modifiers()))
    place = window.board.mapToGlobal(window.board.rect().center())
    wheel(place, held=("ctrl",))
    until(lambda: turned)
    assert tools.magnifier.zoom == 1
    tools.toggle_pen()
    draw(qtbot, tools.pen)
    wheel(place, held=("ctrl",))
    until(lambda: tools.magnifier.zoom > 1)
    assert len(turned) == 1


@real_keys.needed
def test_the_wheel_alone_sizes_the_spotlight_which_follows_the_pointer(desktop, tools):
    window = desktop.projector.stage
    place = window.board.mapToGlobal(window.board.rect().center())
    QCursor.setPos(place / 2)
    real_keys.press("s")
    until(tools.spotlight.isVisible)
    before = tools.spotlight.disc.width()
    wheel(place)
    until(lambda: tools.spotlight.disc.width() > before)
    until(lambda: tools.spotlight.disc.contains(tools.spotlight.mapFromGlobal(place)))
    centre = tools.spotlight.mapToGlobal(tools.spotlight.disc.center())
    assert (centre - place).manhattanLength() <= 2
    assert tools.magnifier.zoom == 1


# -- all of it ------------------------------------------------------------------------------------


def test_g_says_on_the_stage_what_a_step_is(stage, desktop, tools):
    stage.press(Qt.Key.Key_G)
    assert desktop.projector.stage.strip.text == "A step is now one epoch."


KEYS = (
    *(
        "Next",
        "Prior",
        "b",
        "period",
        "w",
        "s",
        "p",
        "c",
        "e",
        "m",
        "BackSpace",
        "r",
        "g",
        "Escape",
    ),
    *(
        "F5",
        "shift+F5",
        "1",
        "2",
        "3",
        "9",
        "Right",
        "Left",
        "Home",
        "End",
        "space",
        "plus",
        "minus",
    ),
    *("ctrl+z", "ctrl+plus", "ctrl+0", "ctrl+t", "Return", "Tab", "Up", "Down", "shift+Right"),
)


@real_keys.needed
@pytest.mark.parametrize("seed", sampled(range(3), every=3))
def test_whatever_keys_are_pressed_stage_and_run_stay_consistent(stage, desktop, qtbot, seed):
    """Random keys, one by one: the stage is on or off, one thing has the keys, steps are steps."""
    draws = random.Random(seed)
    show_stage(desktop)
    for _ in range(12):
        keys = draws.choices(KEYS, k=10)
        real_keys.press(*keys)
        stage.ports.publish(stage.snapshot(steps=draws.randrange(2), playing=False))
        done = []
        real_keys.press("F35")  # nobody's: whoever has the keys has had those before
        QTimer.singleShot(0, lambda done=done: done.append(True))
        until(lambda done=done: done)
        events_done()
        tools, projector = desktop.presenting.tools, desktop.projector
        assert projector.on != desktop.updatesEnabled()
        assert projector.on or not any(one.isVisible() for one in overlays(tools))
        assert (tools.magnifier.zoom > 1) == tools.magnifier.isVisible()
        assert tools.blank.hasFocus() == tools.blank.isVisible()
        assert all(desktop.actions_by_id[id].isEnabled() == projector.on for id in ON_STAGE)
        assert desktop.stepping.granularity in GRANULARITIES
        # Between two windows none is active for as long as the server takes.
        until(lambda shown=projector: QApplication.activeWindow() in (desktop, shown.stage))
    while desktop.projector.on:
        stage.press(Qt.Key.Key_Escape)
    until(desktop.isActiveWindow)
    stage.sent.clear()
    desktop.stepping.by_minibatch()
    desktop.take_keys()
    real_keys.press("Next")
    until(lambda: stage.sent == [STEP])


def test_leaving_the_stage_puts_everything_away(stage, desktop, tools, qtbot):
    for toggle in (tools.toggle_magnified, tools.toggle_spotlight, tools.toggle_pen):
        toggle()
    draw(qtbot, tools.pen)
    tools.blank_black()
    desktop.projector.close()
    desktop.projector.show_at(HD, covering=True)
    events_done()
    assert not any(overlay.isVisible() for overlay in overlays(tools))
    assert tools.magnifier.zoom == 1
    assert tools.pen.strokes == ()


@real_keys.needed
@pytest.mark.parametrize("tool", ["p", "s", "m"])
def test_the_bar_slides_in_over_whatever_tool_is_on_but_not_over_a_blank(desktop, tools, tool):
    window = desktop.projector.stage
    QCursor.setPos(window.mapToGlobal(window.rect().center()))
    real_keys.press(tool)
    until(lambda: any(one.isVisible() for one in overlays(tools)))
    QCursor.setPos(window.mapToGlobal(window.rect().center() / 2))
    QCursor.setPos(window.mapToGlobal(QPoint(window.width() // 2, 1)))
    until(window.bar.isVisible)
    window.bar.menu.aboutToShow.emit()
    assert desktop.actions_by_id["remote"] in window.bar.menu.actions()
    assert window.childAt(window.width() // 2, window.bar.height() // 2).window() is window
    order = [one for one in window.children() if one.isWidgetType()]
    assert order.index(window.bar) > max(order.index(one) for one in overlays(tools)[1:])
    tools.blank_black()
    order = [one for one in window.children() if one.isWidgetType()]
    assert order[-1] is tools.blank
    QCursor.setPos(window.mapToGlobal(window.rect().center()))  # else the next bar comes at once
