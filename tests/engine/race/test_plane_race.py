"""Races on planes through a network: its true costs, true descent, exact steps back."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.engine import Network, Recipe, Trainer
from nnviz.engine.race.descent import Race, all_racers, descend
from nnviz.engine.race.plane_race import (
    AT_MINIMUM,
    RaceAnswer,
    RaceRequest,
    racing,
    valley_of,
    with_minima,
)
from nnviz.engine.race.valleys import STEPS, VALLEYS
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.surface.landscape import Kind, PlaneRequest, survey
from nnviz.engine.surface.memory import Memory
from nnviz.engine.surface.path import Extent
from tests.planes import theta_at

RECIPE = Recipe(layers=(6, 5, 3), dtype="float64", learning_rate=0.8, batch_size=40, seed=4)
PAIR = 33, 38


def dataset():
    draw = np.random.default_rng(0)
    x = draw.normal(size=(80, 6)).astype(np.float32)
    y = np.eye(3, dtype=np.float32)[draw.integers(0, 3, 80)]
    return Dataset("random", x[:40], y[:40], x[40:], y[40:])


@pytest.fixture(scope="module")
def trained():
    """A network that has been trained for a while, and the trail it left."""
    trainer = Trainer(RECIPE, dataset())
    trail = []
    for _ in range(12):
        trail.append(TrailPoint(trainer.steps, trainer.network.theta.copy()))
        for _ in range(10):
            trainer.step()
    return trainer, tuple(trail)


def plane(trained, kind=Kind.PARAMETERS, **more):
    trainer, trail = trained
    theta = trainer.network.theta.copy()
    return PlaneRequest(
        1, 1, trainer.recipe, trainer.steps, theta, *PAIR, 1.0, 21, 1000, kind, 0, trail,
        fit=True, **more,
    )  # fmt: skip


def run(request, data=None):
    data = data or dataset()
    *parts, answer = racing(request, data.x_test, data.y_test)
    assert all(0 <= part <= 1 for part in parts)
    assert parts == sorted(parts)
    assert isinstance(answer, RaceAnswer)
    assert answer.request is request
    return answer.race


@pytest.mark.parametrize("kind", Kind)
def test_paths_costs_are_the_network_s_at_the_same_theta(trained, kind):
    request, data = plane(trained, kind), dataset()
    race = run(RaceRequest(1, request, all_racers()))
    assert race.racers == all_racers()
    surface = survey(request, data.x_test, data.y_test, memory=Memory())
    for descent in race.runs():
        for step in (0, 1, 7, STEPS):
            if np.isfinite(descent.path[step]).all():
                theta = theta_at(surface, *descent.path[step])
                cost = Network(request.recipe, theta).cost(data.x_test, data.y_test)
                assert descent.costs[step] == pytest.approx(cost, rel=1e-6)


@pytest.mark.parametrize("kind", Kind)
def test_the_surface_raced_on_is_the_cost_surface(trained, kind):
    request, data = plane(trained, kind), dataset()
    valley = run(RaceRequest(1, request, all_racers()[:1])).valley
    present = np.array(valley.present)
    reach = Extent(tuple(valley.low - present), tuple(valley.high - present))
    wide = replace(request, extent=reach, fit=False)
    surface = survey(wide, data.x_test, data.y_test, memory=Memory())
    np.testing.assert_allclose(valley.grid.cost, surface.cost, rtol=1e-12)
    np.testing.assert_allclose(valley.grid.w1, surface.w1, rtol=1e-12, atol=1e-14)
    assert present == pytest.approx(surface.locate(request.theta)[0], abs=1e-12)
    assert float(valley.cost(present)) == pytest.approx(surface.present, rel=1e-9)
    assert valley.start == valley.present or any(
        np.linalg.norm(present - one) <= AT_MINIMUM * valley.width for one in valley.optima
    )
    inside = (np.array(valley.start) > valley.low) & (np.array(valley.start) < valley.high)
    assert inside.all()


def test_plain_descent_is_training_only_these_two_on_the_whole_sample(trained):
    request, data = plane(trained), dataset()
    start = tuple(request.theta[list(PAIR)].tolist())
    race = run(RaceRequest(1, request, ("sgd",), start=start, rates={"sgd": 2.5}))
    only = ",".join(map(str, sorted(PAIR)))
    recipe = replace(RECIPE, learning_rate=2.5, trained=only)
    whole = Dataset("all", data.x_test, data.y_test, data.x_test, data.y_test)
    trainer = Trainer(recipe, whole, theta=request.theta)
    path = race.descent("sgd").path
    for step in range(1, 40):
        trainer.step()
        assert trainer.network.theta[list(PAIR)] == pytest.approx(path[step], rel=1e-9)


@pytest.mark.parametrize("kind", Kind)
def test_minima_are_places_without_slope_and_the_lowest_comes_first(trained, kind):
    valley = run(RaceRequest(1, plane(trained, kind), all_racers()[:1])).valley
    costs = [float(valley.cost(place)) for place in valley.optima]
    assert costs == sorted(costs)
    for place in valley.optima:
        assert np.abs(valley.gradient(place)).max() < 1e-7
        assert float(valley.cost(place)) <= valley.grid.cost.min() + 1e-9 or len(costs) > 1


def test_someone_converges_to_a_minimum_inside_and_is_said_to(trained):
    race = run(RaceRequest(1, plane(trained, Kind.RANDOM), all_racers()))
    assert race.valley.optima
    done = [descent for descent in race.runs() if descent.verdict == "converges"]
    assert done
    for descent in done:
        bottom = race.valley.optima[descent.optimum]
        assert np.linalg.norm(descent.path[-1] - bottom) <= 0.01 * race.valley.width


def test_another_race_on_the_same_moment_needs_the_examples_no_more(trained):
    first = RaceRequest(1, plane(trained), all_racers())
    race = run(first)
    again = replace(first, generation=2, valley=race.valley, start=(0.1, -0.2), racers=("adam",))
    *_, answer = racing(again, np.zeros((0, 2)), np.zeros((0, 1)))
    assert answer.race.valley is race.valley
    assert answer.race.racers == ("adam",)
    assert answer.race.descent("adam").path[0].tolist() == [0.1, -0.2]


def test_going_back_is_exact(trained):
    race = run(RaceRequest(1, plane(trained), all_racers()))
    assert isinstance(race, Race)
    at = {}
    for step in range(6):
        at[step] = [descent.path[race.step].copy() for descent in race.runs()]
        assert race.step == step
        race.go(1)
    for step in reversed(range(6)):
        race.go(-1)
        assert all(
            np.array_equal(descent.path[race.step], place)
            for descent, place in zip(race.runs(), at[step], strict=True)
        )


def test_a_network_that_has_diverged_has_no_race(trained):
    request = plane(trained)
    theta = request.theta.copy()
    theta[3] = np.nan
    assert run(RaceRequest(1, replace(request, theta=theta), all_racers())) is None


def test_where_the_network_is_at_the_minimum_already_the_race_starts_elsewhere(trained):
    first = run(RaceRequest(1, plane(trained, Kind.RANDOM), all_racers()[:1])).valley
    surface = survey(plane(trained, Kind.RANDOM), dataset().x_test, dataset().y_test)
    moved = replace(plane(trained), theta=theta_at(surface, *first.optima[0]), trail=())
    axes = replace(moved, kind=Kind.RANDOM, axes=surface.axes)
    valley = run(RaceRequest(1, axes, all_racers()[:1])).valley
    assert np.linalg.norm(np.subtract(valley.present, valley.optima[0])) < 1e-6
    assert float(valley.cost(valley.start)) > float(valley.cost(valley.present))
    assert np.linalg.norm(np.subtract(valley.start, valley.present)) > 0.2 * valley.width


@pytest.mark.parametrize("kind", Kind)
def test_plain_descent_at_its_own_rate_never_climbs_inside_the_grid(trained, kind):
    race = run(RaceRequest(1, plane(trained, kind), ("sgd",)))
    walked = race.descent("sgd")
    inside = ((walked.path >= race.valley.low) & (walked.path <= race.valley.high)).all(axis=1)
    climbs = np.diff(walked.costs)[inside[:-1] & inside[1:]]
    assert climbs.max(initial=0.0) <= 1e-12
    assert walked.costs[-1] < walked.costs[0]


def test_a_minimum_outside_the_grid_is_found_by_who_gets_there():
    valley = VALLEYS["neuron"]
    aside = replace(valley, low=(-2.0, -1.0), high=(2.0, 3.0), optima=())
    known = with_minima(aside, [np.array([3.01, 4.02]), np.array([9.0, 9.0]), np.full(2, np.nan)])
    assert np.array(known.optima) == pytest.approx(np.array([[3.0, 4.0]]), abs=1e-9)
    assert with_minima(known, [np.array([3.0, 4.0])]) is known
    assert descend(known, (-1.0, 1.0), "sgd", valley.eta).verdict == "converges"
    assert descend(aside, (-1.0, 1.0), "sgd", valley.eta).verdict == "crawls"


def test_costs_beyond_numbers_far_out_do_not_end_the_race():
    w = np.linspace(-2, 2, 21)
    cost = 1e-6 + np.add.outer(w**2, w**2)
    cost[0], cost[:, -1] = np.inf, np.nan
    data, recipe = dataset(), replace(RECIPE, cost="quadratic")
    theta = Network(recipe).theta
    request = PlaneRequest(1, 1, recipe, 0, theta, *PAIR, 2.0, 21, 1000)
    surface = replace(survey(request, data.x_test, data.y_test), w1=w, w2=w, cost=cost)
    valley = valley_of(surface, data.x_test, data.y_test)
    assert valley.eta == pytest.approx(0.5)
    assert valley.logarithmic
    assert np.isfinite(valley.start).all()
    assert valley_of(replace(surface, present=np.inf), data.x_test, data.y_test) is None


@pytest.mark.parametrize("kind", Kind)
def test_a_plane_reaches_so_far_that_its_lowest_place_is_no_longer_at_the_border(trained, kind):
    near = plane(trained, kind)
    valley = run(RaceRequest(1, replace(near, half_width=0.05, trail=()), all_racers()[:1])).valley
    assert valley.optima or valley.width > 5 * 0.1
    for place in valley.optima[:1]:
        assert all(a < w < b for a, w, b in zip(valley.low, place, valley.high, strict=True))
