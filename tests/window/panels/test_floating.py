"""A panel that floats is a real window: a frame, the run's keys, and a way back to its place."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication

from nnviz.messages import commands
from nnviz.window import placing
from nnviz.window.settings import Settings
from tests.waiting import settled, until
from tests.window import real_keys
from tests.window.conftest import ALL_SPECS


def floating(stage, id="side"):
    window = stage.window(ALL_SPECS, (1440, 720))
    dock = window.dock(id)
    before = dock.geometry()
    dock.toggle_floating()
    until(lambda: dock.isVisible() and dock.windowType() == Qt.WindowType.Window)
    settled(window)
    return window, dock, before


def test_it_has_a_frame_and_a_title(stage):
    _, dock, _ = floating(stage)
    flags = dock.windowFlags()
    assert not flags & Qt.WindowType.FramelessWindowHint
    assert flags & Qt.WindowType.WindowCloseButtonHint
    assert flags & Qt.WindowType.WindowMaximizeButtonHint
    assert dock.windowHandle().title().startswith("Side")
    assert dock.screen().availableGeometry().intersects(dock.geometry())


def test_it_comes_once_framed_and_in_its_place(stage):
    # Of a window that comes, goes and comes again at once a window manager may see no more than
    # that it goes; and one that is there already is put where the window manager wants it.
    window = stage.window(ALL_SPECS, (1440, 720))
    dock = window.dock("side")
    dock.floated_at = place = QRect(200, 150, 500, 400)
    came = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and dock.isFloating():
                came.append((event.type(), dock.windowType(), dock.geometry()))
            return False

    watch = Watch()
    dock.installEventFilter(watch)
    dock.toggle_floating()
    settled(window)
    dock.removeEventFilter(watch)
    assert came == [(QEvent.Type.Show, Qt.WindowType.Window, place)]


def test_keys_go_on_to_the_window_that_it_is_put_back_into(stage, qtbot):
    window, dock, _ = floating(stage)
    with qtbot.waitActive(dock):
        dock.activateWindow()
    dock.toggle_floating()
    until(window.isActiveWindow)


def test_its_close_button_puts_it_back(stage):
    window, dock, before = floating(stage)
    dock.windowHandle().close()  # as the frame's button does
    until(lambda: not dock.isFloating() and dock.isVisible())
    settled(window)
    assert dock.geometry() == before
    assert not dock.isWindow()
    dock.toggle_floating()
    until(lambda: dock.windowType() == Qt.WindowType.Window)
    dock.close()
    assert dock.isHidden()
    dock.toggleViewAction().trigger()
    assert dock.isVisible()
    dock.toggleViewAction().trigger()
    assert dock.isHidden()


def test_it_floats_again_where_it_was(stage, qtbot):
    window, dock, _ = floating(stage)
    place = QRect(200, 150, 500, 400)
    dock.setGeometry(place)
    settled(window)
    dock.toggle_floating()
    settled(window)
    dock.toggle_floating()
    until(lambda: dock.windowType() == Qt.WindowType.Window)
    settled(window)
    assert dock.geometry() == place
    window.close()
    again = stage.window(ALL_SPECS, (1440, 720))
    dock = again.dock("side")
    until(lambda: dock.windowType() == Qt.WindowType.Window and dock.isVisible())
    assert dock.geometry() == place


def test_it_floats_again_where_it_was_at_a_start_before_though_it_was_put_back(stage):
    window, dock, _ = floating(stage)
    place = QRect(210, 160, 520, 410)
    dock.setGeometry(place)
    settled(window)
    dock.toggle_floating()
    settled(window)
    window.close()
    again = stage.window(ALL_SPECS, (1440, 720))
    dock = again.dock("side")
    assert not dock.isFloating()
    dock.toggle_floating()
    until(lambda: dock.windowType() == Qt.WindowType.Window)
    settled(again)
    assert dock.geometry() == place


def test_a_place_on_a_screen_that_is_gone_is_none(stage):
    window = stage.window(ALL_SPECS, (1440, 720))
    dock = window.dock("side")
    dock.floated_at = QRect(9000, 9000, 300, 200)
    dock.toggle_floating()
    until(lambda: dock.windowType() == Qt.WindowType.Window)
    settled(window)
    assert dock.screen().availableGeometry().intersects(dock.geometry())


@pytest.mark.parametrize("kept", [None, 3, {"side": [1, 2]}, {"side": [1, 2, 3, "4"]}, {"x": None}])
def test_a_place_that_is_none_is_left_out(tmp_path, kept):
    settings = Settings(tmp_path / "s.json")
    settings._store.put("floating", kept)
    assert settings.floating == {}


@real_keys.needed
def test_keys_of_the_run_work_in_it(stage, qtbot):
    window, dock, _ = floating(stage)
    window.show_snapshot(stage.snapshot())
    with qtbot.waitActive(dock):
        dock.activateWindow()
    dock.setFocus()
    real_keys.press("Right")
    qtbot.waitUntil(lambda: commands.StepMinibatch() in stage.sent)


def test_ctrl_enter_lets_it_fill_its_screen_and_back(stage, qtbot):
    window, dock, _ = floating(stage)
    window.enlarge("side")
    assert dock.windowState() & Qt.WindowState.WindowMaximized
    window.enlarge("side")
    assert not dock.windowState() & Qt.WindowState.WindowMaximized
    assert QApplication.topLevelWidgets()


def test_it_stands_on_another_screen_where_there_is_one():
    own, other, now = QRect(0, 0, 1280, 720), QRect(1280, 0, 1920, 1080), QRect(30, 40, 300, 200)
    place = placing.place_to_float(now, own, [own, other])
    assert other.contains(place)
    assert place.width() * 2 > other.width()
    assert placing.place_to_float(now, own, [own]) == now
    assert own.contains(placing.place_to_float(now.translated(1500, 0), own, [own]))
    assert placing.place_to_float(now, own, [own, QRect(own)]) == now  # a mirrored one is none
