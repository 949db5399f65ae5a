"""Points of one's own in the whole program: an empty plane, points put on it, and points moved."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from nnviz.data import load_dataset
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.run.verification import verify
from nnviz.files.sessions import load_session
from nnviz.messages.commands import SaveSession, StepMinibatch, Undo
from nnviz.views import VIEWS
from nnviz.views.plane.drawing import MOVE, made_points
from tests.window.menus import entries_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def plane(app, qtbot):
    """Choose data from the menu, and return the plane once it is in front."""

    def plane(title, name):
        window = app.window
        window.data_choice.menu.aboutToShow.emit()
        entries_of(window.data_choice.menu)[title].trigger()
        qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == name, timeout=60_000)
        qtbot.waitUntil(lambda: window.views.in_sight("plane") and window.settled())
        return window.views["plane"]

    return plane


def at(view, x, y):
    return QPoint(*np.round(view.map.places_of(np.array([[x, y]]))[0]).astype(int).tolist())


def put(app, view, qtbot, tool, x, y):
    """Put a point with a tool, and wait until the run has it."""
    before = app.window.snapshot.recipe.dataset
    if not view.tools[tool].isChecked():
        qtbot.mouseClick(view.tools[tool], LEFT)
    qtbot.mouseClick(view.map, LEFT, pos=at(view, x, y))
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset != before, timeout=60_000)
    return app.window.snapshot


def test_an_empty_plane_trains_once_there_is_a_point_of_each_class(app, plane, qtbot):
    window, view = app.window, plane("Your own points", "points")
    play = window.actions_by_id["play"]
    assert not window.snapshot.playing
    assert not play.isEnabled()
    assert "put points of both classes" in play.toolTip()
    assert view.map.tool == 0, "it waits for points"
    qtbot.waitUntil(window.settled)
    assert window.snapshot.measured is None, "nothing is measured on nothing"
    assert "undefined" not in window.status.text
    first = put(app, view, qtbot, 0, -1.0, 1.0)
    assert "some of the other" in first.missing
    assert not play.isEnabled()
    both = put(app, view, qtbot, 1, 1.0, -1.0)
    assert not both.missing
    qtbot.waitUntil(play.isEnabled)
    assert (both.run, both.step) == (first.run, 0)
    play.trigger()
    qtbot.waitUntil(lambda: window.snapshot.step > 20, timeout=60_000)
    play.trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: not play.isEnabled())
    assert window.snapshot.missing


def test_nothing_is_waited_for_on_an_empty_plane(app, plane, qtbot):
    plane("Your own points", "points")
    app.window.open_panel("surface")
    qtbot.waitUntil(lambda: app.window.views.in_sight("surface"))
    qtbot.waitUntil(app.window.settled, timeout=60_000)
    assert app.window.views["surface"].settled()


def test_every_panel_bears_an_empty_plane_and_what_is_asked_of_it(app, plane, qtbot):
    window = app.window
    plane("Your own points", "points")
    for spec in VIEWS:
        if spec.place not in ("centre", "below"):
            window.open_panel(spec.id)
        qtbot.waitUntil(window.settled, timeout=60_000)
        window.show_everywhere()
        window.views[spec.id].grab()
    for id in ("look_through", "step", "step", "back", "restart"):
        window.actions_by_id[id].trigger()
        qtbot.waitUntil(window.settled, timeout=60_000)


def test_a_moved_point_is_an_edit_that_undo_takes_back_and_sessions_keep(
    app, plane, qtbot, tmp_path
):
    window, view = app.window, plane("Moons", "moons")
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing and window.settled())
    steps = window.snapshot.step
    qtbot.mouseClick(view.tools[MOVE], LEFT)
    x, y = made_points("moons")[0][5].tolist()
    qtbot.mousePress(view.map, LEFT, pos=at(view, x, y))
    qtbot.mouseMove(view.map, at(view, 0.0, 1.0))
    qtbot.mouseMove(view.map, at(view, 0.0, 2.0))
    qtbot.mouseRelease(view.map, LEFT, pos=at(view, 0.0, 2.0))
    qtbot.waitUntil(lambda: "moved=" in window.snapshot.recipe.dataset, timeout=60_000)
    moved = window.snapshot.recipe.dataset
    assert window.snapshot.step == steps
    for _ in range(7):
        app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: window.snapshot.step == steps + 7)
    theta = window.snapshot.theta.copy()
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "moons")
    window.actions_by_id["redo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.step == steps + 7)
    assert window.snapshot.recipe.dataset == moved
    assert window.snapshot.theta.tobytes() == theta.tobytes()
    path = tmp_path / "run.nnviz"
    app.bridge.send(SaveSession(path, {}))
    qtbot.waitUntil(path.exists, timeout=60_000)
    session = load_session(path)
    datasets = {mark.name: load_dataset(mark.name) for mark in session.marks}
    assert all(datasets[one.name].fingerprint() == one.fingerprint for one in session.marks)
    again = Timeline.of(session.record, datasets)
    assert again.network.theta.tobytes() == theta.tobytes()
    assert verify(again) == -1
