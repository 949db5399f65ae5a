"""What was chosen in the race comes back, and what is broken changes nothing."""

import json

import pytest

from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.valleys import VALLEYS
from nnviz.engine.surface.landscape import Kind
from nnviz.views.race.state import RaceState, read
from nnviz.views.race.view import RaceView
from nnviz.views.surface3d.viewpoint import Viewpoint
from tests.sampled import sampled
from tests.views.race.test_on_net import Stage

STATE = RaceState(
    "two", ("sgd", "adam"), "adam", {"adam": 0.5}, (0.5, -1.0), 30, "3-D", Viewpoint(10, 20, 2)
)


def through_a_file(kept):
    return json.loads(json.dumps(kept))


def test_every_choice_comes_back():
    assert read(through_a_file(STATE.kept()), RaceState()) == STATE
    assert read(through_a_file(RaceState().kept()), STATE) == RaceState()


@pytest.mark.parametrize(
    "broken",
    [
        {"surface": "moon", "racers": [3], "selected": "nobody", "rates": {"adam": -1}},
        {"start": ["x", 1], "step": "far", "mode": "4-D", "viewpoint": [1]},
        {"surface": None, "rates": {"nobody": 1.0}, "start": [float("nan")], "step": 1.5},
        {"rates": {"adam": float("inf")}, "start": [1e12], "racers": "adam", "mode": 3},
        {"unknown": 1, "viewpoint": {}},
    ],
    ids=str,
)
def test_what_is_broken_changes_nothing(broken):
    assert read(broken, STATE) == STATE


def test_another_surface_has_its_own_start_and_rates():
    found = read({"surface": "square"}, STATE)
    assert (found.rates, found.start) == ({}, ())
    assert found.racers == STATE.racers


@pytest.fixture
def made(show):
    return lambda: show(RaceView, None, (600, 420))


@pytest.mark.parametrize("surface", sampled(VALLEYS, every=3))
def test_a_race_on_a_formula_goes_on_in_another_view(made, surface):
    view = made()
    view.show_surface(surface)
    view.race.choose(["momentum", "adam"])
    view.select_racer("adam")
    view.controls.rate_wanted.emit(0.125)
    view.map.chosen.emit(tuple(0.4 for _ in view.race.start))
    view.set_mode("3-D")
    view.go_to(17)
    kept = through_a_file(view.state())
    other = made()
    other.restore(kept)
    assert other.state() == kept
    assert other.race.valley.name == surface
    assert other.race.rates == view.race.rates
    assert other.race.start == view.race.start
    assert other.picture.racer("adam").costs == view.picture.racer("adam").costs
    other.restore({"step": 10**6, "racers": []})
    assert other.race.step == other.race.steps
    assert other.race.racers == ()


@pytest.mark.parametrize("begun", [True, False], ids=["net first", "state first"])
def test_a_race_on_the_net_is_run_anew(made, qtbot, show, make_snapshot, make_dataset, begun):
    first = Stage(qtbot, show, make_snapshot, make_dataset)
    first.race_on(Kind.PARAMETERS)
    first.view.race.choose(all_racers()[:3])
    first.view.go_to(23)
    first.view.select_racer("momentum")
    first.view.controls.rate_wanted.emit(3.5)
    first.answer()
    kept = through_a_file(first.view.state())

    view = made()
    asked = []
    view.race_wanted.connect(asked.append)
    if begun:
        view.show_snapshot(first.moment)
    view.restore(kept)
    assert view.state() == kept
    if not begun:
        assert asked == []
        view.show_snapshot(first.moment)
    while asked:
        first.view, mine = view, first.view
        first.answer(asked.pop())
        first.view = mine
    assert view.state() == kept
    assert view.race.step == 23
    assert view.race.rates["momentum"] == 3.5
    assert not view.race.outdated()
    assert view.picture.racer("momentum").costs == first.view.picture.racer("momentum").costs


def test_a_start_that_the_surface_has_no_room_for_is_harmless(made):
    view = made()
    view.restore({"surface": "square", "start": [1.0, 2.0]})
    assert view.race.start == VALLEYS["square"].start
