"""The timeline: every visit to a step is the first visit again, byte for byte."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import RecipeError, Timeline, Trainer
from nnviz.engine.optimisers import OPTIMISERS

from .test_trainer import RECIPE, random_dataset

BUSY = replace(RECIPE, learning_rate=0.05, l2=0.3, dropout=0.2, input_noise=0.1,
               schedule="plateau", schedule_epochs=1, validation_size=5)  # fmt: skip


def fingerprint(timeline):
    trainer = timeline.trainer
    state = trainer.state()
    return (state.theta.tobytes(), state.slots.tobytes(), trainer.gradient.tobytes(), state.pace,
            state.epoch_cost, state.edits, trainer.recipe, trainer.eta)  # fmt: skip


def straight(recipe, step, changes=()):
    """The state at a step of a run that was never rewound."""
    timeline = Timeline(recipe, random_dataset(), stride=10**9)
    for change in changes:
        while timeline.step_now < change.step:
            timeline.step()
        timeline.edit(change.name, change.value, change.index)
    while timeline.step_now < step:
        timeline.step()
    return fingerprint(timeline)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_optimiser_every_step_backwards(optimiser):
    recipe = replace(BUSY, optimiser=optimiser)
    timeline = Timeline(recipe, random_dataset(), stride=7)
    seen = []
    for _ in range(40):
        timeline.step()
        seen.append(fingerprint(timeline))
    for step in range(40, 0, -1):
        assert timeline.goto(step)
        assert fingerprint(timeline) == seen[step - 1]
    timeline.goto(0)
    assert (
        timeline.network.theta.tobytes()
        == Trainer(recipe, random_dataset()).network.theta.tobytes()
    )


@settings(max_examples=40)
@given(
    optimiser=st.sampled_from(list(OPTIMISERS)),
    walk=st.lists(
        st.one_of(
            st.tuples(st.just("goto"), st.integers(0, 60)),
            st.tuples(st.just("step"), st.integers(1, 9)),
            st.tuples(st.just("eta"), st.sampled_from([0.01, 0.04, 0.2])),
            st.tuples(st.just("l2"), st.sampled_from([0.0, 0.5])),
            st.tuples(st.just("weight"), st.integers(0, 40)),
        ),
        max_size=12,
    ),
)
def test_any_walk_of_steps_jumps_and_edits_equals_a_straight_run(optimiser, walk):
    recipe = replace(BUSY, optimiser=optimiser)
    timeline = Timeline(recipe, random_dataset(), stride=5)
    for kind, value in walk:
        if kind == "goto":
            timeline.goto(value)
        elif kind == "step":
            for _ in range(value):
                timeline.step()
        elif kind == "eta":
            timeline.edit("learning_rate", value)
        elif kind == "l2":
            timeline.edit("l2", value)
        else:
            timeline.edit("theta", 0.25, value)
    step = timeline.step_now
    changes = [change for change in timeline.changes if change.step <= step]
    got, expected = fingerprint(timeline), straight(recipe, step, changes)
    # The gradient is that of the last minibatch, which an edit at this very step leaves alone.
    assert got == expected


def test_keyframes_stay_in_their_budget_and_evenly_spread():
    parameters = RECIPE.parameters * 8
    timeline = Timeline(RECIPE, random_dataset(), budget=20 * parameters, stride=2)
    for _ in range(500):
        timeline.step()
    frames = [frame.steps for frame in timeline._keyframes]
    assert len(frames) <= 20
    assert frames[0] == 0
    assert max(np.diff(frames)) <= 2 * min(np.diff(frames))
    timeline.goto(123)
    assert fingerprint(timeline) == straight(RECIPE, 123)


def test_an_edit_in_the_past_gives_up_what_lay_ahead():
    timeline = Timeline(RECIPE, random_dataset())
    for _ in range(30):
        timeline.step()
    timeline.edit("learning_rate", 0.1)
    timeline.goto(10)
    timeline.edit("learning_rate", 0.9)
    assert timeline.reached == 10
    assert [change.step for change in timeline.changes] == [10]


def test_a_jump_can_be_given_up_and_leaves_everything_as_it_was():
    timeline = Timeline(RECIPE, random_dataset())
    for _ in range(20):
        timeline.step()
    before = fingerprint(timeline)[:2]
    asked = []

    def give_up(fraction):
        asked.append(fraction)
        return len(asked) < 2

    assert not timeline.goto(5000, give_up)
    assert asked[0] == 0
    assert 0 < asked[1] < 1
    assert fingerprint(timeline)[:2] == before
    assert timeline.step_now == 20


@pytest.mark.parametrize(
    "wrong",
    [
        lambda timeline: timeline.goto(-1),
        lambda timeline: timeline.edit("theta", 1.0, 10**6),
        lambda timeline: timeline.edit("layers", 3),
        lambda timeline: timeline.edit("learning_rate", -1),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(wrong):
    timeline = Timeline(RECIPE, random_dataset())
    timeline.step()
    before = fingerprint(timeline)
    with pytest.raises(RecipeError) as refusal:
        wrong(timeline)
    assert str(refusal.value).endswith(".")
    assert fingerprint(timeline) == before
    assert timeline.changes == ()


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
@pytest.mark.parametrize("change", [("learning_rate", 0.7), ("l2", 1.0), ("theta", 0.5)])
def test_an_edit_leaves_the_last_gradient_what_it_was(optimiser, change):
    timeline = Timeline(replace(RECIPE, optimiser=optimiser), random_dataset())
    timeline.step()
    before = timeline.trainer.gradient
    timeline.edit(*change, index=3)
    assert timeline.trainer.gradient == pytest.approx(before, rel=1e-12)
