"""The surveyor: answers the newest request about the run at hand."""

from time import perf_counter, sleep

import pytest

from nnviz.engine import Network
from nnviz.engine.landscape import PlaneRequest

from .conftest import RECIPE, random_dataset


def request(generation, run=1, points=5, recipe=RECIPE):
    theta = Network(recipe).theta
    return PlaneRequest(generation, run, recipe, 0, theta, 0, 5, 1.0, points, 30)


def answer(stage, generation, timeout=10.0):
    end = perf_counter() + timeout
    while perf_counter() < end:
        landscape = stage.mailbox.take_landscape()
        if landscape is not None and landscape.request.generation == generation:
            return landscape
        sleep(0.002)
    raise AssertionError("no answer came")


@pytest.fixture
def surveyor(stage):
    dataset = random_dataset()
    stage.surveyor.use(1, dataset.x_test, dataset.y_test)
    stage.surveyor.start()
    return stage.surveyor


def test_an_answer_is_the_true_cost_at_theta(stage, surveyor):
    surveyor.ask(request(7))
    landscape = answer(stage, 7)
    dataset = random_dataset()
    cost = Network(RECIPE).cost(dataset.x_test, dataset.y_test)
    assert landscape.present == pytest.approx(cost, rel=1e-5)
    assert landscape.cost[2, 2] == pytest.approx(cost, rel=1e-5)


def test_the_newest_request_is_answered(stage, surveyor):
    for generation in range(1, 30):
        surveyor.ask(request(generation))
    assert answer(stage, 29).request.generation == 29


def test_requests_about_another_run_are_dropped(stage, surveyor):
    surveyor.ask(request(1, run=2))
    surveyor.ask(request(2))
    assert answer(stage, 2)
    dataset = random_dataset()
    surveyor.use(3, dataset.x_test, dataset.y_test)
    surveyor.ask(request(3))
    sleep(0.4)
    assert stage.mailbox.take_landscape() is None
    surveyor.ask(request(4, run=3))
    assert answer(stage, 4)


def test_a_long_survey_ends_within_a_second(stage, surveyor):
    surveyor.ask(request(1, points=2001))
    sleep(0.2)
    begin = perf_counter()
    assert surveyor.stop()
    assert perf_counter() - begin < 1
