"""The landscape thread: answers the newest request about the run at hand."""

from dataclasses import replace
from threading import Event
from time import perf_counter, sleep

import numpy as np
import pytest

from nnviz.engine import Network
from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.plane_cost import PlaneCost
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest
from nnviz.messages.events import Failure, Racing, Surveying
from tests.runtime.conftest import RECIPE, random_dataset

LONG = 2001
"""Points a side of a surface that takes many seconds."""


def request(generation, run=1, points=5, recipe=RECIPE, **more):
    theta = Network(recipe).theta
    return PlaneRequest(generation, run, recipe, 0, theta, 0, 5, 1.0, points, 30, **more)


def answer(stage, generation):
    while (landscape := stage.event(Landscape)).request.generation != generation:
        pass
    return landscape


def left(stage):
    """Everything that was told and not looked at yet."""
    events = []
    while (event := stage.mailbox.take_event()) is not None:
        events.append(event)
    return events


def no_landscape(stage):
    return not any(isinstance(event, Landscape) for event in left(stage))


@pytest.fixture
def landscape_thread(stage):
    dataset = random_dataset()
    stage.landscape_thread.use(1, dataset.x_test, dataset.y_test)
    stage.landscape_thread.start()
    return stage.landscape_thread


def test_an_answer_is_the_true_cost_at_theta(stage, landscape_thread):
    landscape_thread.ask(request(7))
    landscape = answer(stage, 7)
    dataset = random_dataset()
    cost = Network(RECIPE).cost(dataset.x_test, dataset.y_test)
    assert landscape.present == pytest.approx(cost, rel=1e-5)
    assert landscape.cost[2, 2] == pytest.approx(cost, rel=1e-5)


def test_the_newest_request_is_answered(stage, landscape_thread):
    for generation in range(1, 30):
        landscape_thread.ask(request(generation))
    assert answer(stage, 29).request.generation == 29


def test_requests_about_another_run_are_dropped(stage, landscape_thread):
    landscape_thread.ask(request(1, run=2))
    landscape_thread.ask(request(2))
    assert answer(stage, 2)
    dataset = random_dataset()
    landscape_thread.use(3, dataset.x_test, dataset.y_test)
    landscape_thread.ask(request(3))
    landscape_thread.ask(request(4, run=3))
    landscape = stage.event(Landscape)
    assert landscape.request.generation == 4


@pytest.mark.parametrize("end", ["stop", "cancel_race"])
def test_a_race_ends_in_the_midst_of_a_step(stage, landscape_thread, monkeypatch, end):
    inside, go_on = Event(), Event()

    def held(self, place):
        inside.set()
        while not go_on.is_set():  # as long as a net of millions of weights takes
            self._between()
            sleep(0.001)
        return 0.0, np.zeros(len(place))

    with monkeypatch.context() as patch:
        patch.setattr(PlaneCost, "_computed", held)
        landscape_thread.race(RaceRequest(1, request(1), all_racers()))
        assert inside.wait(60)
        getattr(landscape_thread, end)()
        if end == "cancel_race":
            landscape_thread.ask(request(2))
            assert answer(stage, 2)
    assert not landscape_thread._thread.is_alive() or end == "cancel_race"
    assert not any(isinstance(event, (Failure, RaceAnswer)) for event in left(stage))
    go_on.set()


def test_a_long_survey_ends_with_the_program(stage, landscape_thread):
    landscape_thread.ask(request(1, points=LONG))
    stage.event(Surveying)
    assert landscape_thread.stop()
    assert no_landscape(stage)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_answered_and_says_what_it_is(stage, landscape_thread, kind):
    theta = Network(RECIPE).theta
    trail = (TrailPoint(0, theta + 1), TrailPoint(5, theta))
    landscape_thread.ask(request(1, kind=kind, trail=trail))
    landscape = answer(stage, 1)
    assert landscape.request.kind is kind
    assert len(landscape.path.cost) == 3
    assert landscape.path.cost[-1] == landscape.present


def test_progress_of_a_long_survey_is_told(stage, landscape_thread):
    landscape_thread.ask(request(1, points=LONG))
    first = stage.event(Surveying)
    second = stage.event(Surveying)
    assert first.generation == second.generation == 1
    assert 0 <= first.fraction <= second.fraction < 1
    landscape_thread.cancel()
    fractions = [second.fraction]
    while fractions[-1] < 1:
        fractions.append(stage.event(Surveying).fraction)
    assert fractions == sorted(fractions)


def test_of_a_short_survey_only_the_answer_is_told(stage, landscape_thread):
    landscape_thread.ask(request(1))
    assert answer(stage, 1)
    assert stage.mailbox.take_event() is None


def test_what_was_cancelled_is_not_answered(stage, landscape_thread):
    landscape_thread.ask(request(1, points=LONG))
    stage.event(Surveying)
    landscape_thread.cancel()
    while stage.event(Surveying).fraction < 1:
        pass
    assert no_landscape(stage)
    landscape_thread.ask(request(2))
    landscape_thread.cancel()
    landscape_thread.ask(request(3))
    assert answer(stage, 3)


def test_a_newer_request_ends_a_long_survey(stage, landscape_thread):
    landscape_thread.ask(request(1, points=LONG))
    stage.event(Surveying)
    landscape_thread.ask(request(2))
    landscape = stage.event(Landscape)
    assert landscape.request.generation == 2  # the long one never comes


def test_a_survey_that_fails_is_told_and_the_next_one_answered(stage, landscape_thread):
    landscape_thread.ask(request(1, recipe=replace(RECIPE, layers=(9, 4, 3))))
    assert "cost surface" in stage.event(Failure).sentence
    landscape_thread.ask(request(2))
    assert answer(stage, 2)


def race(generation, **more):
    return RaceRequest(generation, request(generation, **more), all_racers())


def test_a_race_is_run_and_tells_how_far_it_is(stage, landscape_thread):
    landscape_thread.race(race(4))
    answered = stage.event(RaceAnswer)
    assert answered.request.generation == 4
    assert {run.optimiser for run in answered.race.runs()} == set(all_racers())
    dataset = random_dataset()
    cost = Network(RECIPE).cost(dataset.x_test, dataset.y_test)
    assert float(answered.race.valley.cost(answered.race.valley.present)) == pytest.approx(cost)


def test_the_newest_race_is_run(stage, landscape_thread):
    for generation in range(1, 20):
        landscape_thread.race(race(generation))
    generations = [stage.event(RaceAnswer).request.generation]
    while generations[-1] != 19:
        generations.append(stage.event(RaceAnswer).request.generation)
    assert generations == sorted(generations)


def test_surfaces_are_answered_while_a_race_is_run(stage, monkeypatch):
    """However soon the race is run: the surface that waits comes between two pieces of it."""
    monkeypatch.setattr("nnviz.runtime.landscape_thread.PIECE", 1e-4)
    dataset, thread = random_dataset(), stage.landscape_thread
    thread.use(1, dataset.x_test, dataset.y_test)
    thread.race(race(1))
    thread.ask(request(2))
    thread.start()  # only now, so that both wait from its first look
    came, end = [], perf_counter() + 60
    while len(came) < 2 and perf_counter() < end:
        came += [event for event in left(stage) if isinstance(event, (Landscape, RaceAnswer))]
        sleep(0.001)
    assert [(type(event), event.request.generation) for event in came] == [
        (Landscape, 2),
        (RaceAnswer, 1),
    ]


def test_a_race_on_another_run_is_refused_unless_its_plane_is_known(stage, landscape_thread):
    landscape_thread.race(race(1))
    known = stage.event(RaceAnswer)
    landscape_thread.race(race(2, run=2))
    landscape_thread.ask(request(3))
    assert answer(stage, 3)
    ended = replace(
        known.request, generation=4, valley=known.race.valley, plane=race(4, run=2).plane
    )
    landscape_thread.race(ended)
    assert stage.event(RaceAnswer).request.generation == 4


def test_a_plane_that_takes_long_tells_and_ends_when_it_is_not_wanted(stage, landscape_thread):
    landscape_thread.race(race(1, points=LONG))
    told = stage.event(Racing)
    while not 0 < told.fraction < 0.5:
        told = stage.event(Racing)
    landscape_thread.cancel_race()
    landscape_thread.ask(request(2))
    assert answer(stage, 2)
    landscape_thread.race(race(3, points=LONG))
    while stage.event(Racing).generation != 3:
        pass
    landscape_thread.race(race(4))
    assert stage.event(RaceAnswer).request.generation == 4


def test_stopping_does_not_wait_for_a_plane(stage, landscape_thread):
    landscape_thread.race(race(1, points=LONG))
    stage.event(Racing)
    assert landscape_thread.stop()


def test_a_race_that_fails_is_told_once_and_the_next_one_run(stage, landscape_thread):
    landscape_thread.race(race(1, recipe=replace(RECIPE, layers=(9, 4, 3))))
    assert "race on this plane" in stage.event(Failure).sentence
    landscape_thread.race(race(2))
    assert stage.event(RaceAnswer).request.generation == 2
    assert stage.mailbox.take_event() is None
