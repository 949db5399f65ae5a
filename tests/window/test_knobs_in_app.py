"""Inputs as switches and edges as knobs in the real window, by mouse, wheel and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from nnviz.engine import Recipe
from nnviz.engine.run.snapshot import OWN
from nnviz.engine.selection import Selection
from nnviz.messages import commands
from nnviz.views.network.edges import ends
from tests.views.network.hands import on_screen, wheel, words_of

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(app_of_module):
    return app_of_module


@pytest.fixture
def network(qtbot, app):
    """The network view of a run on AND from zero weights: nothing selected, the first example."""
    run, view = app.window.snapshot.run, app.window.views["network"]
    app.window.start(Recipe(dataset="and", layers=(2, 1), initialiser="zeros", batch_size=4))
    qtbot.waitUntil(lambda: app.window.snapshot.run > run)
    qtbot.waitUntil(lambda: view.edges is not None and len(view.edges) == 2)
    qtbot.waitUntil(lambda: view._snapshot.run > run)
    while view.leave():  # what the test before has selected, and its own input
        pass
    for command in (commands.Pace(None), commands.FocusOn(0)):
        app.bridge.send(command)
    qtbot.waitUntil(lambda: view._snapshot.focus.index == 0)
    return view


def middle_of_edge(view, parameter):
    place = int(np.flatnonzero(view.edges.parameter == parameter)[0])
    x0, y0, x1, y1 = (part[place] for part in ends(view.place, view.edges))
    return on_screen(view, (x0 + x1) / 2, (y0 + y1) / 2).toPoint()


def spot(view, layer, neuron, away=0.0):
    column = view.place.columns[layer]
    where = on_screen(view, column.x - away * column.radius, column.height_of(neuron))
    return QPoint(round(where.x()), round(where.y()))


def drag(view, start, up, modifiers=Qt.KeyboardModifier.NoModifier, moves=8):
    """Press on a place, drag up by so many pixels in several moves, let go; return the tip."""
    QTest.mousePress(view, LEFT, pos=start)
    for part in range(1, moves + 1):
        at = QPointF(start - QPoint(0, round(up * part / moves)))
        screen = view.mapToGlobal(at)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, at, screen, none, LEFT, modifiers)
        QApplication.sendEvent(view, move)
    said = QToolTip.text()
    QTest.mouseRelease(view, LEFT, pos=start - QPoint(0, up))
    return said


def theta_is(app, *values):
    return np.allclose(app.window.snapshot.theta, values, atol=1e-6)


def test_a_weight_of_zero_is_an_edge_that_a_drag_turns_up_as_one_edit(qtbot, app, network):
    before = app.window.snapshot.undo
    assert drag(network, middle_of_edge(network, 0), 80) == "w¹₁,₁ = 0.8"
    qtbot.waitUntil(lambda: theta_is(app, 0.8, 0, 0))
    qtbot.waitUntil(lambda: len(app.window.snapshot.changes) == 1)
    app.window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: theta_is(app, 0, 0, 0))
    assert app.window.snapshot.undo == before


def test_with_shift_a_drag_is_ten_times_as_fine(qtbot, app, network):
    drag(network, middle_of_edge(network, 1), 80, SHIFT)
    qtbot.waitUntil(lambda: theta_is(app, 0, 0.08, 0))


def test_a_rim_turns_the_bias_and_the_middle_does_not(qtbot, app, network):
    drag(network, spot(network, 1, 0), 60)
    assert theta_is(app, 0, 0, 0)
    drag(network, spot(network, 1, 0, away=0.9), 60)
    qtbot.waitUntil(lambda: theta_is(app, 0, 0, 0.6))


def test_two_drags_are_two_edits(qtbot, app, network):
    for value in (0.5, 1.0):
        drag(network, middle_of_edge(network, 0), 50)
        qtbot.waitUntil(lambda value=value: theta_is(app, value, 0, 0))
    app.window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: theta_is(app, 0.5, 0, 0))


def test_the_wheel_turns_the_edge_under_it_and_several_notches_are_one_edit(qtbot, app, network):
    where = middle_of_edge(network, 1)
    for _ in range(3):
        assert wheel(network, where, 1)
    qtbot.waitUntil(lambda: theta_is(app, 0, 0.3, 0))
    network._turning.end()
    app.window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: theta_is(app, 0, 0, 0))


def test_keys_turn_what_is_selected(qtbot, app, network):
    network._pick(Selection("parameter", 1, 0, 0))
    network.setFocus()
    QTest.keyClick(network, Qt.Key.Key_Up, CONTROL)
    # A key that comes after a rest turns on from what the view shows, which is a little behind.
    qtbot.waitUntil(lambda: np.allclose(network._snapshot.theta, (0.1, 0, 0), atol=1e-6))
    QTest.keyClick(network, Qt.Key.Key_Down, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: theta_is(app, 0.09, 0, 0))


def test_while_it_plays_a_drag_is_one_edit_where_it_is_let_go_of(qtbot, app, network):
    app.bridge.send(commands.Pace(20.0))
    app.window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: app.window.snapshot.step > 2)
    drag(network, middle_of_edge(network, 0), 90)
    qtbot.waitUntil(lambda: len(app.window.snapshot.changes) == 1)
    step = app.window.snapshot.step
    qtbot.waitUntil(lambda: app.window.snapshot.step > step)  # it plays on
    assert len(app.window.snapshot.changes) == 1


def test_a_click_on_an_input_is_a_switch_and_every_panel_shows_the_own_input(qtbot, app, network):
    app.window.dock("minibatch").raise_()
    example = app.window.views["minibatch"]
    drag(network, middle_of_edge(network, 1), 80)
    qtbot.waitUntil(lambda: theta_is(app, 0, 0.8, 0))
    QTest.mouseClick(network, LEFT, pos=spot(network, 0, 1))
    qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    np.testing.assert_array_equal(network._snapshot.focus.x, [0, 1])
    assert network._snapshot.focus.z[-1][0] == pytest.approx(0.8)
    qtbot.waitUntil(lambda: "your own input" in " ".join(words_of(network)))
    qtbot.waitUntil(lambda: example.sheet.picture.title == "Your own input")
    QTest.mouseClick(network, LEFT, pos=spot(network, 0, 1))
    qtbot.waitUntil(lambda: network._snapshot.focus.x[1] == 0)
    assert not app.window.snapshot.changes[1:]  # the run knows nothing of it


def test_an_input_is_dragged(qtbot, app, network):
    drag(network, spot(network, 0, 0), 25)
    qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    qtbot.waitUntil(lambda: network._snapshot.focus.x[0] == pytest.approx(0.25))
    network._leaf(1)
    qtbot.waitUntil(lambda: network._snapshot.focus.index != OWN)


def test_an_own_input_goes_through_layer_by_layer_forwards_and_back(qtbot, app, network):
    QTest.mouseClick(network, LEFT, pos=spot(network, 0, 0))
    qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    app.window.actions_by_id["look_through"].trigger()
    qtbot.waitUntil(lambda: app.window.snapshot.minibatch is not None)
    moment = app.window.snapshot
    assert (moment.minibatch.alone, moment.phase.kind) == ("own input", "pick")
    np.testing.assert_array_equal(moment.focus.x, [1, 0])
    app.window.actions_by_id["step"].trigger()
    qtbot.waitUntil(lambda: app.window.snapshot.phase.kind == "forward")
    app.window.actions_by_id["back"].trigger()
    qtbot.waitUntil(lambda: app.window.snapshot.phase.kind == "pick")


def test_escape_leaves_an_own_input_last(qtbot, app, network):
    QTest.mouseClick(network, LEFT, pos=spot(network, 0, 0))
    qtbot.waitUntil(lambda: network._snapshot.focus.index == OWN)
    assert network.leave()  # the selection of the neuron that was clicked
    assert network._snapshot.focus.index == OWN
    assert network.leave()
    qtbot.waitUntil(lambda: network._snapshot.focus.index != OWN)
    assert not network.leave()


def test_why_follows_the_inputs_and_says_what_nobody_knows_of_them(qtbot, app, network):
    window = app.window
    window.select(Selection("neuron", 1, 0))
    why = window.views["inspector"]
    qtbot.waitUntil(lambda: why.page is not None)
    assert why.page.example == "test example 1"
    qtbot.mouseClick(network, LEFT, pos=spot(network, 0, 0))
    qtbot.waitUntil(lambda: why.page.example == "your own input")
    assert why.page.copied == ("x₁ = 1",), "the input that was clicked"
    window.select(Selection("neuron", 1, 0))
    assert why.page.example == "your own input"
    window.select(Selection("cost"))
    assert "what is desired" in why.sheet.accessibleDescription()
    while network.leave():  # what is selected, and then the input
        pass
    window.select(Selection("neuron", 1, 0))
    qtbot.waitUntil(lambda: why.page.example == "test example 1")
