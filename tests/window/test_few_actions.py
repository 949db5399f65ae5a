"""How few clicks and keys lead to what a visitor wants first, by a real mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit

from nnviz.engine.activations import ACTIVATIONS
from tests.window.real_hand import RealHand, choose, place_of
from tests.window.real_keys import needed, put_pointer_aside

pytestmark = needed


@pytest.fixture
def window(app, qtbot):
    """The window in front, as large as most."""
    app.window.resize(1600, 900)
    app.window.move(0, 0)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    yield app.window
    put_pointer_aside()


def test_xor_is_chosen_with_two_clicks(window, qtbot):
    hand, data = RealHand(), window.data_choice
    choose(hand, data.button, data.menu, "XOR")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor", timeout=60_000)
    assert hand.actions <= 2


def test_a_spiral_with_noise_and_two_hidden_layers_of_eight_takes_six_actions(window, qtbot):
    hand, data = RealHand(), window.data_choice
    choose(hand, data.button, data.menu, "Spiral")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "spiral", timeout=60_000)
    layers = window.form.findChild(QLineEdit, "layers")
    hand.click(place_of(layers))
    qtbot.waitUntil(layers.hasFocus)
    hand.press("ctrl+a")
    hand.type("2,8,8,1")
    qtbot.waitUntil(lambda: layers.text() == "2,8,8,1")
    hand.press("Return")
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (2, 8, 8, 1), timeout=60_000)
    recipe = window.snapshot.recipe
    assert recipe.dataset == "spiral", "its noise is 0.1"
    assert (recipe.activation, recipe.output_activation) == ("tanh", "sigmoid")
    assert hand.actions <= 6


def test_an_activation_is_chosen_by_clicks_on_the_name_of_its_layer(window, qtbot):
    hand, view = RealHand(), window.views["network"]
    bar, run = view.controls.shape, window.snapshot.run
    slot = next(slot for slot in bar.slots if (slot.gap, slot.layer) == (False, 1))
    hand.move(place_of(view))
    hand.move(place_of(bar, QPoint(round(slot.x), bar.height() // 2)))
    qtbot.waitUntil(bar.name.isVisible)
    relu = ACTIVATIONS["relu"]
    choose(hand, bar.name, bar.menu, f"{relu.label}\t{relu.formula}")
    qtbot.waitUntil(lambda: window.snapshot.run > run, timeout=60_000)
    assert window.snapshot.recipe.activations[0] == "relu"
    assert hand.actions == 2
