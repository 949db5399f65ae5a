"""The race: the engine's own optimisers on formula surfaces, forwards, backwards, and named."""

import numpy as np
import pytest

from nnviz.engine.race.descent import AT_REST, Race, all_racers, default_rate, descend
from nnviz.engine.race.valleys import VALLEYS, Valley
from tests.engine.test_optimisers import ORACLE

SQUARE, LONG = VALLEYS["square"], VALLEYS["long"]


def sloped(gradients):
    """A stand-in surface whose slopes are given in advance, whatever the place."""
    left = iter((*gradients, 0.0))  # the last is that of the end, which no step follows
    return Valley(
        "given", "", "C", "", (-2.0,), (2.0,), (1.0,), ((0.0,),), 0.1, 0.1,
        lambda w: w[..., 0] ** 2, lambda _w: np.array([next(left)]), len(gradients),
    )  # fmt: skip


@pytest.mark.parametrize("name", all_racers())
def test_the_oracle_table_holds_for_racers(name):
    path = descend(sloped((0.5, 0.25, -0.1)), (1.0,), name, 0.1, 3).path
    assert path[1:, 0] == pytest.approx(ORACLE[name], abs=5e-10)


@pytest.mark.parametrize("valley", VALLEYS.values(), ids=lambda valley: valley.name)
def test_a_path_begins_at_the_start_and_its_costs_are_the_surfaces(valley):
    race = Race(valley)
    assert race.racers == all_racers()
    for run in race.runs():
        assert run.path.shape == (valley.steps + 1, valley.weights)
        assert run.path[0].tolist() == list(valley.start)
        assert np.array_equal(run.costs, valley.cost(run.path))
        assert run.eta == default_rate(valley, run.optimiser)
        assert run.costs[-1] < run.costs[0]
        assert run.verdict != "diverges"


def test_plain_descent_is_w_minus_eta_times_the_gradient():
    path = descend(LONG, (-4.0, 2.0), "sgd", 0.3, 20).path
    expected = path[:-1] - 0.3 * LONG.gradient(path[:-1])
    np.testing.assert_allclose(path[1:], expected, rtol=0, atol=1e-15)


def test_momentum_rolls_on():
    path = descend(SQUARE, (1.0,), "momentum", 0.1, 2).path
    assert path[:, 0].tolist() == pytest.approx([1, 0.8, 0.8 - 0.18 - 0.16])


@pytest.mark.parametrize(
    ("eta", "verdict"),
    [(0.01, "crawls"), (0.1, "converges"), (0.9, "converges"), (1.0, "oscillates"),
     (1.001, "diverges"), (1.1, "diverges"), (50.0, "diverges")],
)  # fmt: skip
def test_what_became_of_plain_descent_on_the_square(eta, verdict):
    assert descend(SQUARE, SQUARE.start, "sgd", eta).verdict == verdict


@pytest.mark.parametrize(
    ("eta", "verdict"),
    [(0.05, "crawls"), (0.9, "converges"), (1.0, "oscillates"), (1.1, "diverges")],
)
def test_what_became_of_plain_descent_in_the_long_valley(eta, verdict):
    assert descend(LONG, LONG.start, "sgd", eta).verdict == verdict


def test_the_step_from_which_it_has_converged():
    run = descend(SQUARE, (-1.6,), "sgd", 0.1)
    near = np.abs(run.path[:, 0]) <= AT_REST * SQUARE.width
    assert near[run.settled :].all()
    assert not near[run.settled - 1]
    assert run.optimum == 0
    at_once = descend(SQUARE, (0.0,), "sgd", 0.1)
    assert (at_once.verdict, at_once.settled) == ("converges", 0)


def test_divergence_is_found_where_it_begins_even_when_it_overflows():
    run = descend(SQUARE, (-1.6,), "sgd", 1.1)
    assert run.settled == 1
    assert run.costs[1] > run.costs[0]
    assert run.optimum is None
    rosenbrock = VALLEYS["rosenbrock"]
    lost = descend(rosenbrock, rosenbrock.start, "sgd", 0.05)
    assert not np.isfinite(lost.costs).all()
    assert lost.verdict == "diverges"
    assert 0 < lost.settled < 10
    late = descend(VALLEYS["two"], (1.7, 1.5), "sgd", 1.02)
    assert late.verdict == "diverges"


def test_descent_finds_the_valley_it_starts_in():
    two = VALLEYS["two"]
    left = descend(two, (-1.7, 1.5), "sgd", two.eta)
    right = descend(two, (1.7, 1.5), "sgd", two.eta)
    assert (left.verdict, left.optimum) == ("converges", 0)
    assert (right.verdict, right.optimum) == ("converges", 1)
    assert left.costs[-1] < right.costs[-1]


def test_rest_on_the_saddle_is_no_convergence():
    saddle = VALLEYS["saddle"]
    assert descend(saddle, (1.5, 0.0), "sgd", saddle.eta).verdict == "crawls"
    assert descend(saddle, (1.5, 0.02), "sgd", saddle.eta).verdict == "converges"


def test_it_is_the_same_every_time():
    for name in all_racers():
        first, second = (Race(VALLEYS["rosenbrock"]).descent(name) for _ in range(2))
        assert first.path.tobytes() == second.path.tobytes()


def test_steps_forwards_and_backwards():
    race = Race(SQUARE)
    assert (race.step, race.steps) == (0, SQUARE.steps)
    assert not race.go(-1)
    before = [run.path.copy() for run in race.runs()]
    assert race.go(3)
    assert race.step == 3
    assert race.go(-1)
    assert race.step == 2
    for old, run in zip(before, race.runs(), strict=True):
        assert np.array_equal(old, run.path)
    assert race.go_to(10_000)
    assert race.step == race.steps
    assert not race.go(1)


def test_each_has_its_own_rate_and_only_its_run_changes():
    race = Race(LONG)
    before = {run.optimiser: run for run in race.runs()}
    race.go_to(7)
    race.set_rate("adam", 0.7)
    for run in race.runs():
        assert (run is before[run.optimiser]) == (run.optimiser != "adam")
    assert race.descent("adam").eta == 0.7
    assert race.step == 7


def test_another_start_and_fewer_racers():
    race = Race(LONG, racers=("adam", "sgd"))
    assert [run.optimiser for run in race.runs()] == ["sgd", "adam"]
    race.put_start((1, 2))
    assert race.start == (1.0, 2.0)
    assert all(run.path[0].tolist() == [1, 2] for run in race.runs())
    race.choose(("momentum",))
    assert race.racers == ("momentum",)
    race.choose(())
    assert race.runs() == ()
