"""Keyframes: within their budget, evenly spread, and shared with whoever keeps them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import Timeline
from nnviz.engine.run.keyframes import FEWEST, STRIDE_OF_LARGE
from tests.engine.run.timelines import done, fingerprint, straight
from tests.engine.training.test_trainer import RECIPE, random_dataset
from tests.sampled import tried


def test_keyframes_stay_in_their_budget_and_evenly_spread():
    parameters = RECIPE.parameters * 8
    timeline = Timeline(RECIPE, random_dataset(), budget=20 * parameters, stride=2)
    for _ in range(500):
        timeline.step()
    frames = [frame.state.steps for frame in timeline.current.keyframes]
    assert len(frames) <= 20
    assert frames[0] == 0
    assert len(set(np.diff(frames[:-2]))) == 1
    timeline.goto(123)
    assert fingerprint(timeline) == straight(RECIPE, 123)


@given(
    fit=st.integers(0, 40), stride=st.integers(1, 9), turns=st.lists(st.integers(1, 90), max_size=9)
)
@settings(max_examples=tried(40))
def test_keyframes_never_take_more_than_their_budget_and_the_latest_lie_near(fit, stride, turns):
    size = RECIPE.parameters * 8
    timeline = Timeline(RECIPE, random_dataset(), budget=fit * size, stride=stride)
    for turn, steps in enumerate(turns):
        for _ in range(steps):
            timeline.step()
            frames = timeline.tree.keyframes
            assert sum(frame.state.theta.nbytes for frame in frames) <= max(fit, FEWEST) * size
        own = [frame.state.steps for frame in timeline.current.keyframes]
        assert own == sorted(set(own))
        assert timeline.tree.keyframes[0].state.steps == 0
        if steps > 2 * stride:  # a step back trains no more than twice the first stride
            assert timeline.step_now - own[-2] <= 2 * stride
        if turn % 3 == 2:
            timeline.goto(timeline.step_now * 2 // 3)
            timeline.edit("learning_rate", 0.1 + turn / 100)
    assert fingerprint(timeline) == straight(RECIPE, timeline.step_now, done(timeline))


def test_states_that_do_not_fit_are_kept_in_a_fixed_number_and_often():
    timeline = Timeline(RECIPE, random_dataset(), budget=1)
    for step in range(1, 900):
        timeline.step()
        steps = [frame.state.steps for frame in timeline.current.keyframes]
        assert len(steps) <= FEWEST
        assert steps[0] == 0
        if step > 2 * STRIDE_OF_LARGE:
            assert step - steps[-2] <= 2 * STRIDE_OF_LARGE
    timeline.goto(100)
    assert fingerprint(timeline) == straight(RECIPE, 100)


def test_the_parameters_of_a_keyframe_are_shared_with_whoever_keeps_them():
    timeline = Timeline(RECIPE, random_dataset(), stride=4)
    timeline.goto(8)
    assert timeline.theta is timeline.current.keyframes[-1].state.theta
    assert not timeline.theta.flags.writeable
    timeline.step()
    assert timeline.theta is timeline.network.theta
