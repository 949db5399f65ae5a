"""What every test shares: no user folder is touched, no thread is left behind."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from nnviz import numbers
from tests import sampled
from tests.waiting import PATIENCE

# Before any QApplication: without shared contexts a floating OpenGL view raises.
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)

# What is waited for comes much later on a machine that is busy; it is not wrong for that.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed):
    wait.__kwdefaults__["timeout"] = PATIENCE

EVERY = 20
"""Tests with widgets after which all garbage is searched for, not the youngest alone."""
WITHOUT_WIDGETS = 0.04
"""What another test counts for: it leaves little, but all is searched that windows left alive."""
_tested = [0.0]

WITH_A_WINDOW = {"stage", "app", "stage_of_module", "app_of_module"}
"""Fixtures that build windows."""
OF_MODULE = "of_module"
"""Property of a window that stays until the tests of a module are over."""

DRAWN = 100
"""Examples that a property is tried with among the slow tests, if it does not say how many."""


def pytest_configure(config: pytest.Config) -> None:
    """Fewer examples are drawn while slow tests are left out.

    A shared machine may be slow at any moment; a slow example is not a wrong one.
    """
    sampled.ask(config.getoption("markexpr"))
    settings.register_profile(
        "nnviz",
        max_examples=sampled.tried(DRAWN),
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("nnviz")


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: whoever looks for garbage need not look at them."""
    gc.collect()
    gc.freeze()
    gc.disable()  # see `_garbage_is_searched_here`


@pytest.fixture(scope="session", autouse=True)
def _disk_is_not_waited_for() -> Iterator[None]:
    """No test outlives a power failure, so none waits until its files would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture(scope="session")
def user_folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One throw-away home for the whole session, so that digits are made only once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session", autouse=True)
def _no_real_user_folders(user_folders: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(user_folders / name.lower()))
        patch.setenv("HOME", str(user_folders))
        yield


@pytest.fixture(autouse=True)
def _plain_look(request: pytest.FixtureRequest) -> Iterator[None]:
    """The window dresses the whole application; who builds none gets it undressed and empty.

    A widget that is only to be deleted later would be dressed again with every window to come.
    """
    if not WITH_A_WINDOW & {*request.fixturenames}:  # they build a window, which dresses it
        _undress()
    yield
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QMainWindow) and not each.property(OF_MODULE)
        ]
        for window in left:
            window.deleteLater()
        assert not left, "a window is left: hand it to qtbot.addWidget, or delete it"


def _undress() -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if app.styleSheet():
        app.setStyleSheet("")
        app.setPalette(app.style().standardPalette())
    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if app.font() != usual:
        app.setFont(usual)


@pytest.fixture(autouse=True)
def _usual_digits() -> Iterator[None]:
    """How many digits are written is a wish of the whole program; the next test gets the usual."""
    usual = numbers.digits()
    yield
    numbers.set_digits(usual)


@pytest.fixture(autouse=True)
def _garbage_is_searched_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """On the main thread, between tests: widgets that threads of others find would end Qt.

    What outlives tests stays to the end, as modules do, and is never looked at again; what pytest
    still holds of a test after its end would stay too, so this is done before the next one.
    """
    if _tested[0] >= EVERY:
        _tested[0] = 0.0
        gc.collect()
        if not _anything_shown():  # by a fixture of a module, which lets go of it
            gc.freeze()
    yield
    gc.disable()
    widgets = {"qtbot", "qapp", *WITH_A_WINDOW} & {*request.fixturenames}
    _tested[0] += 1 if widgets else WITHOUT_WIDGETS
    gc.collect(1)


def _anything_shown() -> bool:
    """Tell whether any widget is on screen."""
    if not isinstance(QApplication.instance(), QApplication):
        return False
    return any(each.isVisible() for each in QApplication.topLevelWidgets())


@pytest.fixture(autouse=True)
def _no_button_held() -> Iterator[None]:
    """A press whose widget went away is never let go of: windows to come would wait for it."""
    yield
    let_go_of_buttons()


def let_go_of_buttons() -> None:
    """Let go of buttons of the mouse that a test still holds."""
    if isinstance(QApplication.instance(), QApplication) and QApplication.mouseButtons():
        widget = QWidget()
        widget.show()
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            QTest.mouseRelease(widget, button)
        widget.close()
        assert not QApplication.mouseButtons()


@pytest.fixture(autouse=True)
def _no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    of_module = {*threading.enumerate()}
    yield
    if "app_of_module" in request.fixturenames:  # it is quit after the last of its tests
        return
    now = {*threading.enumerate()} - of_module
    left = [thread.name for thread in now if thread.name.startswith("nnviz-")]
    assert not left, f"threads still running: {left}"
