"""Data of the plane in the whole program: chosen with two clicks, they are learned at once."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit

from nnviz.window.data_start import SEEN
from nnviz.window.toolbar import PACES

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Clicks and types as a person does, and counts."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot, self.actions = window, qtbot, 0

    def choose_data(self, title):
        """Open the data menu and click one of its entries: two actions."""
        menu, button = self.window.data_choice.menu, self.window.data_choice.button

        def click():
            if not menu.isVisible():
                return
            waiting.stop()
            entry = {action.text(): action for action in menu.actions()}.get(title)
            if entry is None:  # the assertion is below: within the menu's own loop it is lost
                menu.close()
                return
            found.append(entry)
            self.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())

        found = []
        waiting = QTimer(self.window, interval=20)
        waiting.timeout.connect(click)
        waiting.start()
        self.qtbot.mouseClick(button, LEFT)
        assert found, f"the menu has no {title}"
        self.actions += 2

    def write(self, field, text):
        """Click a field, write, and press Enter: three actions."""
        row = self.window.form.findChild(QLineEdit, field)
        self.qtbot.mouseClick(row, LEFT)
        row.selectAll()  # as a double click does
        self.qtbot.keyClicks(row, text)
        self.qtbot.keyClick(row, Qt.Key.Key_Return)
        self.actions += 3


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def hand(app, qtbot):
    return Hand(app.window, qtbot)


def learns(window, **recipe):
    """Whether a run with these fields plays and has moved on."""
    now = window.snapshot
    return now.playing and now.step > 5 and all(
        getattr(now.recipe, name) == value for name, value in recipe.items()
    )  # fmt: skip


def test_xor_is_learned_after_two_actions_in_front_and_not_too_fast(app, hand, qtbot):
    window = app.window
    assert window.toolbar.pace is None
    hand.choose_data("Four clouds (XOR)")
    qtbot.waitUntil(lambda: learns(window, dataset="clouds"), timeout=60_000)
    assert hand.actions <= 2
    assert window.toolbar.pace == PACES[SEEN]
    qtbot.waitUntil(lambda: window.views.in_sight("plane"))
    view = window.views["plane"]
    qtbot.waitUntil(lambda: view.map.isVisible() and view.strip.isVisible())


def test_the_truth_table_of_xor_is_two_actions_away(app, hand, qtbot):
    hand.choose_data("XOR")
    qtbot.waitUntil(lambda: learns(app.window, dataset="xor"), timeout=60_000)
    assert hand.actions <= 2
    qtbot.waitUntil(lambda: app.window.views.in_sight("plane"))


def test_a_noisy_spiral_with_two_layers_of_eight_takes_six_actions(app, hand, qtbot):
    hand.choose_data("Spiral")
    qtbot.waitUntil(lambda: learns(app.window, dataset="spiral"), timeout=60_000)
    hand.write("layers", "2,8,8,1")
    qtbot.waitUntil(
        lambda: learns(app.window, layers=(2, 8, 8, 1), activation="tanh"), timeout=60_000
    )
    assert hand.actions <= 6
    assert app.window.form.findChild(QLineEdit, "data_noise").text() == "0.1"


def test_who_pauses_stays_paused_and_noise_changes_live(app, hand, qtbot):
    window = app.window
    hand.choose_data("Circles")
    qtbot.waitUntil(lambda: learns(window, dataset="circles"), timeout=60_000)
    hand.write("data_noise", "0.25")
    qtbot.waitUntil(lambda: learns(window, dataset="circles:noise=0.25"), timeout=60_000)
    hand.write("learning_rate", "0.01")
    qtbot.waitUntil(lambda: learns(window, learning_rate=0.01), timeout=60_000)
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    step = window.snapshot.step
    hand.write("layers", "2,5,1")
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (2, 5, 1), timeout=60_000)
    assert not window.snapshot.playing
    assert window.snapshot.step == 0 < step


def test_another_activation_starts_anew_and_plays_on(app, hand, qtbot):
    window = app.window
    hand.choose_data("Moons")
    qtbot.waitUntil(lambda: learns(window, dataset="moons"), timeout=60_000)
    run = window.snapshot.run
    activation = window.form.findChild(QComboBox, "activation")
    activation.setCurrentIndex(activation.findData("relu"))
    window.form.submit()
    qtbot.waitUntil(lambda: learns(window, activation="relu"), timeout=60_000)
    assert window.snapshot.run > run
    assert window.toolbar.pace == PACES[SEEN]


def test_a_slower_speed_stays_and_other_data_get_theirs_back(app, hand, qtbot):
    window, slider = app.window, app.window.toolbar.slider
    slider.setValue(SEEN - 2)
    hand.choose_data("Blobs")
    qtbot.waitUntil(lambda: learns(window, dataset="blobs"), timeout=60_000)
    assert slider.value() == SEEN - 2
    slider.setValue(slider.maximum())
    hand.choose_data("Moons")
    qtbot.waitUntil(lambda: learns(window, dataset="moons"), timeout=60_000)
    assert slider.value() == SEEN
    hand.choose_data("nnviz digits")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "digits", timeout=60_000)
    assert not window.snapshot.playing
    qtbot.waitUntil(lambda: slider.value() == slider.maximum())
    assert not window.dock("plane").isVisible()


def test_points_and_figures_are_those_of_the_other_panels(app, hand, qtbot):
    window = app.window
    hand.choose_data("Circles")
    qtbot.waitUntil(lambda: learns(window, dataset="circles"), timeout=60_000)
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing and window.settled())
    view, snapshot = window.views["plane"], window.snapshot
    qtbot.waitUntil(lambda: view._shown is not None and view._snapshot.step == snapshot.step)
    data = snapshot.sample
    assert np.array_equal(view._shown.test.where, data.points)
    assert np.array_equal(view._shown.train.where, data.train_points)
    assert view.strip._shown.test[-1] == snapshot.evaluations[-1].test_cost
    place = view.map.places_of(np.asarray(data.points[7:8], float))[0]
    qtbot.mouseClick(view.map, LEFT, pos=QPoint(*np.round(place).astype(int).tolist()))
    qtbot.waitUntil(lambda: window.snapshot.focus.index == 7)
