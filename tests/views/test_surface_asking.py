"""Which surfaces are asked for, and which answers count."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.landscape import Landscape, PlaneRequest
from nnviz.engine.recipe import Recipe
from nnviz.engine.snapshot import Snapshot
from nnviz.views.surface_asking import COARSE, FINE, PACE, Asking, wide_enough

PAIR = (3, 8)


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
    axis = np.zeros(request.points)
    return Landscape(request, axis, axis, np.zeros((request.points,) * 2), 0.0, request.sample)


def test_asks_once_and_waits(moment: Snapshot) -> None:
    asking = Asking(Clock())
    request = asking.next(moment, PAIR)
    assert request is not None
    assert (request.first, request.second) == PAIR
    assert (request.points, request.sample) == FINE
    assert request.theta is moment.theta
    assert asking.next(moment, PAIR) is None
    assert asking.next(later(moment), PAIR) is None

    assert asking.accept(answer(request))
    assert asking.next(moment, PAIR) is None
    again = asking.next(later(moment), PAIR)
    assert again is not None
    assert again.generation > request.generation


def test_coarse_while_training_fine_at_rest(moment: Snapshot) -> None:
    clock = Clock()
    asking = Asking(clock)
    playing = replace(moment, playing=True)
    request = asking.next(playing, PAIR)
    assert request is not None
    assert (request.points, request.sample) == COARSE
    assert asking.accept(answer(request))
    assert asking.next(later(playing), PAIR) is None
    clock.now += PACE
    request = asking.next(later(playing), PAIR)
    assert request is not None
    assert asking.accept(answer(request))

    at_rest = replace(later(playing), playing=False)
    request = asking.next(at_rest, PAIR)
    assert request is not None
    assert (request.points, request.sample) == FINE


def test_stale_answers_are_dropped(moment: Snapshot) -> None:
    asking = Asking(Clock())
    first = asking.next(moment, PAIR)
    second = asking.next(replace(moment, run=moment.run + 1), PAIR)
    third = asking.next(replace(moment, run=moment.run + 1), (0, 1))
    assert first is not None
    assert second is not None
    assert third is not None
    for stale in (first, second, replace(third, run=moment.run)):
        assert not asking.accept(answer(stale))
        assert asking.shown is None
    assert asking.accept(answer(third))
    assert not asking.accept(answer(third))


def test_a_weight_set_by_hand_is_noticed(moment: Snapshot) -> None:
    asking = Asking(Clock())
    request = asking.next(moment, PAIR)
    assert request is not None
    assert asking.accept(answer(request))
    assert asking.next(replace(moment, theta=moment.theta.copy()), PAIR) is None
    assert asking.next(replace(moment, theta=moment.theta + 1), PAIR) is not None


def test_a_diverged_net_is_asked_for_once(moment: Snapshot) -> None:
    asking = Asking(Clock())
    lost = replace(moment, theta=np.full_like(moment.theta, np.nan))
    request = asking.next(lost, PAIR)
    assert request is not None
    assert asking.accept(answer(request))
    assert asking.next(lost, PAIR) is None


def test_wide_enough_for_the_path_and_slow_to_change(moment: Snapshot) -> None:
    here = moment.theta[list(PAIR)]

    def reaching(far: float) -> Snapshot:
        path = np.stack((here + far, here)).astype(np.float32)
        return replace(moment, path=path)

    assert wide_enough(reaching(0.1), PAIR, 1.0) == 1.0
    assert wide_enough(reaching(1.2), PAIR, 1.0) == pytest.approx(2**0.5)
    wide = wide_enough(reaching(3.0), PAIR, 1.0)
    assert wide == pytest.approx(4.0)
    assert wide_enough(reaching(2.0), PAIR, wide) == wide
    assert wide_enough(reaching(0.1), PAIR, wide) == 1.0
    # The path of other parameters says nothing, nor do values that are no numbers.
    assert wide_enough(reaching(9.0), (0, 1), 1.0) == 1.0
    assert wide_enough(reaching(float("nan")), PAIR, 1.0) == 1.0
