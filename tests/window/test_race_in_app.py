"""Races on the live network in the real window on the real threads."""

import pytest
from PySide6.QtCore import Qt

from nnviz.engine.race.descent import all_racers
from nnviz.engine.surface.landscape import Kind
from nnviz.messages.commands import Play
from nnviz.numbers import integer
from tests.sampled import sampled


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def race(qtbot, app):
    dock = app.window.dock("race")
    dock.toggleViewAction().trigger()
    dock.setFloating(True)  # so that it hides no other view
    view = app.window.views["race"]
    qtbot.waitUntil(lambda: view.isVisible() and view._planes.snapshot is not None)
    return view


@pytest.mark.parametrize("kind", sampled(Kind, every=2))
def test_a_plane_of_the_net_that_is_there_is_raced_on(qtbot, app, race, kind):
    race.show_surface(kind)
    qtbot.waitUntil(lambda: race.settled())
    assert race.race.valley.grid is not None
    assert race.race.racers == all_racers()
    assert race._plane.run == app.window.snapshot.run
    drawing = race.curve if kind is Kind.LINE else race.map
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=drawing.area().center().toPoint())
    qtbot.waitUntil(lambda: not race.race.outdated() and race.settled())
    assert all(tuple(run.path[0].tolist()) == race.race.start for run in race.race.runs())


def test_training_goes_on_the_race_stays_and_now_takes_it_along(qtbot, app, race):
    race.show_surface(Kind.PARAMETERS)
    qtbot.waitUntil(lambda: race.settled())
    taken = race._plane
    app.bridge.send(Play())
    qtbot.waitUntil(lambda: race.now.isEnabled() and app.window.snapshot.step > 500)
    assert race._plane is taken
    assert f"step {integer(taken.step)}" in race.formula.text()
    qtbot.mouseClick(race.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: race.settled())
    assert race._plane.step > taken.step
    surface = app.window.views["surface"]
    assert surface.isVisible()
    shown = surface._requests.shown
    qtbot.waitUntil(lambda: surface._requests.shown is not shown)
    app.window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not app.window.snapshot.playing)


def test_another_run_is_raced_on_as_soon_as_it_is_there(qtbot, app, race):
    race.show_surface(Kind.RANDOM)
    run = app.window.snapshot.run
    app.window.start()
    qtbot.waitUntil(lambda: app.window.snapshot.run > run)
    qtbot.waitUntil(lambda: race.settled())
    qtbot.mouseClick(race.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: race.settled() and race._plane.run > run)
