"""The pad in the real window: the network shows what is drawn, and keys stay the run's."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine import start_recipe
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import OWN
from nnviz.tour.panel_stops import SEVEN
from nnviz.views.network.view import NetworkView
from nnviz.views.pad.text import NO_DIGIT
from nnviz.views.pad.view import PadView


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def test_the_network_shows_the_drawing_also_while_it_trains(qtbot, app):
    network, pad = app.window.views["network"], app.window.views["pad"]
    app.window.start(Recipe())
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == "digits", timeout=60_000)
    assert isinstance(network, NetworkView)
    assert isinstance(pad, PadView)
    pad.set_strokes([np.array(stroke) for stroke in SEVEN])
    qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    np.testing.assert_array_equal(
        network._snapshot.focus.x, pad.picture.stages.pictures[-1].ravel()
    )
    step = app.window.snapshot.step
    QTest.mousePress(pad.canvas, Qt.MouseButton.LeftButton, pos=pad.canvas.rect().center())
    QTest.mouseRelease(pad.canvas, Qt.MouseButton.LeftButton, pos=pad.canvas.rect().center())
    QTest.keyClick(pad.canvas, Qt.Key.Key_Space)  # the run's key, whoever has the focus
    qtbot.waitUntil(lambda: network._snapshot.step > step)
    assert network._snapshot.focus.index == OWN
    app.window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not app.window.snapshot.playing)
    QTest.mouseClick(pad.tools.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: network._snapshot.focus.index != OWN)


def test_this_example_follows_the_drawing_as_long_as_the_network_shows_it(qtbot, app):
    app.window.start(Recipe())
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == "digits", timeout=60_000)
    app.window.dock("minibatch").raise_()
    pad, network, example = (app.window.views[id] for id in ("pad", "network", "minibatch"))
    qtbot.waitUntil(lambda: example.sheet.picture.title.startswith("Test"))
    pad.set_strokes([np.array([[0.3, 0.2], [0.7, 0.2], [0.5, 0.85]])])
    qtbot.waitUntil(lambda: example.sheet.picture.title == "Your drawing")
    network._leaf(1)
    qtbot.waitUntil(lambda: example.sheet.picture.title.startswith("Test"))
    pad.set_strokes([np.array([[0.5, 0.2], [0.5, 0.85]])])
    qtbot.waitUntil(lambda: example.sheet.picture.title == "Your drawing")
    pad.canvas.clear()
    qtbot.waitUntil(lambda: example.sheet.picture.title.startswith("Test"))


def test_a_digit_is_trusted_and_a_house_is_none(qtbot, app):
    pad = app.window.views["pad"]
    app.window.start(start_recipe("digits"))
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == "digits", timeout=60_000)
    pad.set_strokes([np.array(stroke) for stroke in SEVEN])
    qtbot.waitUntil(lambda: "trust" in pad.picture.winner.sure[0], timeout=60_000)
    walls = [(0.25, 0.5), (0.5, 0.2), (0.75, 0.5), (0.75, 0.85), (0.25, 0.85), (0.25, 0.5)]
    pad.set_strokes([np.array(walls), np.array([(0.25, 0.5), (0.75, 0.5)])])
    qtbot.waitUntil(lambda: pad.picture.winner.sure == NO_DIGIT, timeout=60_000)
    assert len(pad.picture.outputs.values) == 10
