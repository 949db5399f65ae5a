"""A minibatch phase by phase is what the engine computes, backwards too."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Network
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.training.phases import phases_of
from tests.engine.run.timelines import BUSY, fingerprint, move, straight, walked
from tests.engine.training.test_trainer import RECIPE


def test_the_phases_of_a_minibatch_are_what_the_engine_computes():
    timeline = walked(("step", 3))
    plain = walked(("step", 3))
    before = timeline.network.theta.copy()
    names = []
    for _ in phases_of(RECIPE):
        timeline.next_phase()
        names.append(timeline.phase.name)
    minibatch = timeline.minibatch
    assert names == ["pick", "forward 1", "forward 2", "cost", "backward 2", "backward 1",
                     "average", "update"]  # fmt: skip
    cost = plain.step()
    assert (minibatch.step, minibatch.cost) == (3, cost)
    assert minibatch.gradient.tobytes() == plain.trainer.gradient.tobytes()
    assert (timeline.step_now, timeline.phases) == (4, 0)
    assert fingerprint(timeline) == fingerprint(plain)
    np.testing.assert_array_equal(before + minibatch.nudge, timeline.network.theta)
    network = Network(RECIPE, before)
    propagation = network.propagation(minibatch.x, minibatch.y)
    for mine, its in ((minibatch.z, propagation.z), (minibatch.a, propagation.a)):
        for layer, other in zip(mine, its, strict=True):
            np.testing.assert_allclose(layer, other, rtol=1e-12)
    for layer, other in zip(minibatch.delta, propagation.delta, strict=True):
        np.testing.assert_allclose(layer, other, rtol=1e-12)
    np.testing.assert_allclose(minibatch.gradient, network.gradient(minibatch.x, minibatch.y),
                               rtol=1e-9, atol=1e-15)  # fmt: skip
    np.testing.assert_array_equal(minibatch.y, timeline.trainer.y_train[minibatch.rows])


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_phases_backwards_show_what_they_showed_forwards(optimiser):
    recipe = replace(BUSY, optimiser=optimiser)
    timeline = walked(("step", 3), recipe=recipe)

    def seen():
        m = timeline.minibatch
        return (timeline.step_now, timeline.phases, timeline.phase, m.step, m.nudge.tobytes(),
                fingerprint(timeline))  # fmt: skip

    way = []
    for _ in range(3 * len(phases_of(recipe))):
        timeline.next_phase()
        way.append(seen())
    for expected in reversed(way[:-1]):
        timeline.previous_phase()
        assert seen() == expected
    for expected in way[1:]:
        timeline.next_phase()
        assert seen() == expected


def test_phases_end_at_step_0_and_moving_on_leaves_them():
    timeline = walked(("phase", 2))
    for _ in range(3):
        timeline.previous_phase()
    assert (timeline.step_now, timeline.phase) == (0, None)
    move(timeline, "phase", 3)
    timeline.goto(0)
    assert (timeline.phases, timeline.minibatch) == (0, None)
    move(timeline, "phase", 3)
    timeline.step()
    assert fingerprint(timeline) == straight(RECIPE, 1)
    assert timeline.minibatch is None
