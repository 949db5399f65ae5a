"""Steps by wheel and keys and choices from lists, in force at once while a run plays."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QToolButton

from tests.window.menus import entries_of


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def window(app, qtbot):
    """The window while it learns circles that were chosen from the menu."""
    window = app.window
    window.data_choice.menu.aboutToShow.emit()
    entries_of(window.data_choice.menu)["Circles"].trigger()
    qtbot.waitUntil(lambda: playing(window, dataset="circles"), timeout=60_000)
    return window


def playing(window, **recipe):
    now = window.snapshot
    return (
        now.playing
        and now.step > 5
        and all(getattr(now.recipe, name) == value for name, value in recipe.items())
    )


def row(window, name, kind=QLineEdit):
    found = window.form.findChild(kind, name)
    found.setFocus()
    return found


def wheel(widget, notches):
    at = QPointF(widget.rect().center())
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def goes_on(window, qtbot):
    """Let the run play for some steps, in which a change would have come."""
    step = window.snapshot.step
    qtbot.waitUntil(lambda: window.snapshot.step > step + 20, timeout=60_000)


def test_the_wheel_and_keys_change_a_run_that_plays_at_once(window, qtbot):
    run = window.snapshot.run
    noise = row(window, "data_noise")
    wheel(noise, 1)
    qtbot.waitUntil(lambda: playing(window, dataset="circles:noise=0.15"), timeout=60_000)
    assert noise.hasFocus(), "the next notch goes to the same row"
    wheel(noise, -1)
    qtbot.waitUntil(lambda: playing(window, dataset="circles"), timeout=60_000)
    eta = row(window, "learning_rate")
    QTest.keyClick(eta, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: playing(window, learning_rate=0.05), timeout=60_000)
    QTest.keyClick(row(window, "batch_size"), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: playing(window, batch_size=5), timeout=60_000)
    wheel(row(window, "l2"), 1)
    qtbot.waitUntil(lambda: playing(window, l2=1e-4), timeout=60_000)
    assert window.snapshot.run == run
    assert [edit.name for edit in window.snapshot.changes] == [
        "dataset", "dataset", "learning_rate", "batch_size", "l2",
    ]  # fmt: skip


def test_steps_that_follow_each_other_faster_than_the_run_all_count(window, qtbot):
    noise = row(window, "data_noise")
    for _ in range(4):
        wheel(noise, 1)
    qtbot.waitUntil(lambda: playing(window, dataset="circles:noise=0.3"), timeout=60_000)


def test_an_activation_from_the_list_begins_anew_and_plays_on(window, qtbot):
    run, hidden = window.snapshot.run, row(window, "activation", QComboBox)
    hidden.setCurrentIndex(hidden.findData("relu"))
    hidden.activated.emit(hidden.currentIndex())  # as a click in the open list does
    qtbot.waitUntil(lambda: playing(window, activation="relu"), timeout=60_000)
    assert window.snapshot.run > run


def test_a_feature_that_is_switched_on_is_an_input_at_once(window, qtbot):
    switch = window.form.findChild(QToolButton, "switch_x1x2")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: playing(window, layers=(3, 6, 1)), timeout=60_000)


def test_at_rest_and_beside_what_was_typed_a_step_waits_for_enter(window, qtbot):
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    eta = row(window, "learning_rate")
    QTest.keyClick(eta, Qt.Key.Key_Up)
    assert eta.text() == "0.05"
    assert window.snapshot.recipe.learning_rate == 0.02
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.playing)
    wheel(row(window, "batch_size"), 1)  # the rate still waits
    goes_on(window, qtbot)
    assert window.snapshot.recipe.batch_size == 10
    QTest.keyClick(window.form.findChild(QLineEdit, "batch_size"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: playing(window, batch_size=20, learning_rate=0.05), timeout=60_000)


def test_a_wheel_over_a_row_without_the_keys_changes_nothing(window, qtbot):
    window.setFocus()
    for name, kind in (("learning_rate", QLineEdit), ("activation", QComboBox)):
        found = window.form.findChild(kind, name)
        assert not found.hasFocus()
        wheel(found, 1)
    goes_on(window, qtbot)
    assert window.snapshot.recipe.learning_rate == 0.02
    assert window.snapshot.recipe.activation == "tanh"
    assert not window.snapshot.changes
