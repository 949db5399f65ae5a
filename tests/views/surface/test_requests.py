"""Which surfaces are asked for, and which answers count."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.directions import parameter_axes
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest, survey
from nnviz.engine.surface.path import Extent, PlanePath
from nnviz.views.surface.requests import COARSE, FINE, LEAST, PACE, SWIFT, Requests
from nnviz.views.surface.state import SurfaceState

PAIR = (3, 8)
CHOSEN = SurfaceState(pair=PAIR)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def moment(make_snapshot: Callable[..., Snapshot]) -> Snapshot:
    return make_snapshot(Recipe(layers=(4, 3, 2)), steps=3, watched=PAIR)


def later(snapshot: Snapshot, steps: int = 1) -> Snapshot:
    return replace(snapshot, step=snapshot.step + steps, theta=snapshot.theta + 0.01)


def answer(request: PlaneRequest) -> Landscape:
    axis, none = np.zeros(request.points), np.zeros((0, 2))
    return Landscape(
        request,
        axis,
        axis,
        np.zeros((request.points,) * 2),
        0.0,
        request.sample,
        parameter_axes(request.recipe, (request.first, request.second)),
        Extent((-1.0, -1.0), (1.0, 1.0)),
        PlanePath(np.zeros(0, np.int64), none, none[:, 0], none[:, 0]),
    )


def test_asks_once_and_waits(moment: Snapshot) -> None:
    requests = Requests(Clock())
    assert not requests.settled
    request = requests.next(moment, CHOSEN)
    assert request is not None
    assert not requests.settled
    assert (request.first, request.second) == PAIR
    assert (request.points, request.sample) == FINE
    assert request.theta is moment.theta
    assert requests.next(moment, CHOSEN) is None
    assert requests.next(later(moment), CHOSEN) is None

    assert requests.accept(answer(request))
    assert requests.settled
    assert requests.next(moment, CHOSEN) is None
    again = requests.next(later(moment), CHOSEN)
    assert again is not None
    assert again.generation > request.generation


def test_coarse_while_training_fine_at_rest(moment: Snapshot) -> None:
    clock = Clock()
    requests = Requests(clock)
    playing = replace(moment, playing=True)
    request = requests.next(playing, CHOSEN)
    assert request is not None
    assert (request.points, request.sample) == COARSE
    assert requests.accept(answer(request))
    assert requests.next(later(playing), CHOSEN) is None
    clock.now += PACE
    request = requests.next(later(playing), CHOSEN)
    assert request is not None
    assert requests.accept(answer(request))

    at_rest = replace(later(playing), playing=False)
    request = requests.next(at_rest, CHOSEN)
    assert request is not None
    assert (request.points, request.sample) == FINE


def test_stale_answers_are_dropped(moment: Snapshot) -> None:
    requests = Requests(Clock())
    first = requests.next(moment, CHOSEN)
    second = requests.next(replace(moment, run=moment.run + 1), CHOSEN)
    third = requests.next(replace(moment, run=moment.run + 1), SurfaceState(pair=(0, 1)))
    assert first is not None
    assert second is not None
    assert third is not None
    for stale in (first, second, replace(third, run=moment.run)):
        assert not requests.accept(answer(stale))
        assert requests.shown is None
    assert requests.accept(answer(third))
    assert not requests.accept(answer(third))


def test_a_weight_set_by_hand_is_noticed(moment: Snapshot) -> None:
    requests = Requests(Clock())
    request = requests.next(moment, CHOSEN)
    assert request is not None
    assert requests.accept(answer(request))
    assert requests.next(replace(moment, theta=moment.theta.copy()), CHOSEN) is None
    assert requests.next(replace(moment, theta=moment.theta + 1), CHOSEN) is not None


def test_a_diverged_net_is_asked_for_once(moment: Snapshot) -> None:
    requests = Requests(Clock())
    lost = replace(moment, theta=np.full_like(moment.theta, np.nan))
    request = requests.next(lost, CHOSEN)
    assert request is not None
    assert requests.accept(answer(request))
    assert requests.next(lost, CHOSEN) is None


def surveyed(request: PlaneRequest | None, dataset: Dataset) -> Landscape:
    assert request is not None
    made = survey(request, dataset.x_test, dataset.y_test)
    assert made is not None
    return made


def test_every_kind_is_asked_for(moment: Snapshot) -> None:
    requests = Requests(Clock())
    before = 0
    for kind in Kind:
        request = requests.next(moment, SurfaceState(kind, PAIR, seed=7))
        assert request is not None
        assert request.generation > before
        before = request.generation
        assert (request.kind, request.seed, request.fit) == (kind, 7, True)
        assert request.trail is moment.trail
        assert requests.shown is None
    other = requests.next(moment, SurfaceState(Kind.RANDOM, PAIR, seed=7))
    again = requests.next(moment, SurfaceState(Kind.RANDOM, PAIR, seed=8))
    assert other is not None
    assert again is not None
    assert again.seed == 8


def test_it_goes_as_far_as_is_wished(moment: Snapshot) -> None:
    requests = Requests(Clock())
    near = requests.next(moment, CHOSEN)
    assert near is not None
    assert near.half_width == 1
    assert requests.accept(answer(near))
    far = requests.next(moment, replace(CHOSEN, reach=3.0))
    assert far is not None
    assert far.half_width == 3
    assert far.extent is None, "what was mapped before is not kept: it is nearer"


def test_a_fine_grid_comes_after_a_coarse_one(moment: Snapshot) -> None:
    clock = Clock()
    requests = Requests(clock)
    chosen = SurfaceState(pair=PAIR, points=201, sample=10**9)
    request = requests.next(moment, chosen)
    assert request is not None
    assert (request.points, request.sample) == COARSE
    assert requests.accept(answer(request))
    request = requests.next(moment, chosen)
    assert request is not None
    assert (request.points, request.sample) == (201, 10**9)
    assert requests.awaits(request.generation)
    # The net has moved on: nobody wants that one any more.
    clock.now += PACE
    moved = requests.next(replace(later(moment), playing=True), chosen)
    assert moved is not None
    assert (moved.points, moved.sample) == COARSE
    assert not requests.accept(answer(request))


def test_given_up_is_not_asked_again_until_the_net_moves(moment: Snapshot) -> None:
    requests = Requests(Clock())
    assert not requests.give_up()
    request = requests.next(moment, CHOSEN)
    assert request is not None
    assert requests.give_up()
    assert requests.next(moment, CHOSEN) is None
    assert not requests.accept(answer(request))
    assert requests.next(later(moment), CHOSEN) is not None


def test_the_picture_stands_still_while_the_net_moves(
    moment: Snapshot, make_dataset: Callable[..., Dataset]
) -> None:
    dataset = make_dataset(4, 2)
    for kind in (Kind.PARAMETERS, Kind.LINE):
        requests = Requests(Clock())
        chosen = SurfaceState(kind, PAIR)
        first = surveyed(requests.next(moment, chosen), dataset)
        assert requests.accept(first)
        trail = (TrailPoint(moment.step, moment.theta),)
        second = surveyed(requests.next(replace(later(moment), trail=trail), chosen), dataset)
        if kind is Kind.PARAMETERS:
            np.testing.assert_allclose(second.w1, first.w1, atol=1e-6)
            np.testing.assert_allclose(second.w2, first.w2, atol=1e-6)
        assert second.present != first.present


def test_random_directions_stay_while_the_net_moves(
    moment: Snapshot, make_dataset: Callable[..., Dataset]
) -> None:
    dataset = make_dataset(4, 2)
    requests = Requests(Clock())
    chosen = SurfaceState(Kind.RANDOM, PAIR)
    first = surveyed(requests.next(moment, chosen), dataset)
    assert requests.accept(first)
    request = requests.next(later(moment), chosen)
    assert request is not None
    assert request.axes is first.axes


def refreshed(requests: Requests, clock: Clock, playing: Snapshot, seconds: float) -> int:
    """Ask, answer so many seconds later, and return how many examples were asked for."""
    clock.now += PACE
    request = requests.next(playing, CHOSEN)
    assert request is not None
    clock.now += seconds
    assert requests.accept(answer(request))
    return request.sample


def test_slow_answers_while_training_bring_smaller_samples(moment: Snapshot) -> None:
    clock = Clock()
    requests = Requests(clock)
    playing = [replace(later(moment, step), playing=True) for step in range(1, 20)]
    asked = [refreshed(requests, clock, now, 1.5 * SWIFT) for now in playing[:12]]
    assert asked == [500] * 3 + [250] * 3 + [LEAST] * 6
    # It stays fixed when answers are swift again, so that the surface does not jump.
    asked = [refreshed(requests, clock, now, 0.5 * SWIFT) for now in playing[12:]]
    assert asked == [LEAST] * 7
    at_rest = requests.next(replace(playing[-1], playing=False), CHOSEN)
    assert at_rest is not None
    assert (at_rest.points, at_rest.sample) == FINE
    another = requests.next(playing[-1], SurfaceState(Kind.RANDOM, PAIR))
    assert another is not None
    assert another.sample == COARSE[1]


def test_one_slow_answer_is_no_reason(moment: Snapshot) -> None:
    clock = Clock()
    requests = Requests(clock)
    for step in range(1, 13):
        playing = replace(later(moment, step), playing=True)
        assert refreshed(requests, clock, playing, 3.0 if step % 3 == 1 else 0.05) == 500


def test_at_rest_other_data_have_another_surface(moment: Snapshot) -> None:
    requests = Requests(Clock())
    first = requests.next(moment, CHOSEN)
    assert first is not None
    assert requests.accept(answer(first))
    assert requests.next(moment, CHOSEN) is None
    edited = replace(moment, recipe=replace(moment.recipe, dataset="another"))
    again = requests.next(edited, CHOSEN)
    assert again is not None, "a cell, a point or the noise was changed"
    assert again.recipe == edited.recipe


def test_nobody_waits_for_a_fine_grid_over_the_data_of_before(moment: Snapshot) -> None:
    requests = Requests(Clock())
    chosen = SurfaceState(pair=PAIR, points=201, sample=10**9)
    coarse = requests.next(moment, chosen)
    assert coarse is not None
    assert requests.accept(answer(coarse))
    fine = requests.next(moment, chosen)
    assert fine is not None
    assert fine.points == 201
    edited = replace(moment, recipe=replace(moment.recipe, dataset="another"))
    again = requests.next(edited, chosen)
    assert again is not None
    assert again.recipe == edited.recipe
    assert not requests.accept(answer(fine))


def test_given_up_over_the_data_of_before_is_asked_over_others(moment: Snapshot) -> None:
    requests = Requests(Clock())
    assert requests.next(moment, CHOSEN) is not None
    assert requests.give_up()
    assert requests.next(moment, CHOSEN) is None
    edited = replace(moment, recipe=replace(moment.recipe, dataset="another"))
    assert requests.next(edited, CHOSEN) is not None
