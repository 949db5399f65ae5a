"""The timeline: every visit to a step is the first visit again, byte for byte."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import RecipeError, Timeline, Trainer
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.run.verification import verify
from tests.engine.run.timelines import BUSY, OTHER, done, fingerprint, move, straight, walked
from tests.engine.training.test_trainer import RECIPE, random_dataset
from tests.sampled import sampled, tried


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


moves = st.lists(
    st.one_of(
        st.tuples(st.just("goto"), st.integers(0, 60)),
        st.tuples(st.just("step"), st.integers(1, 9)),
        st.tuples(st.just("learning_rate"), st.sampled_from([0.01, 0.04, 0.2])),
        st.tuples(st.just("l2"), st.sampled_from([0.0, 0.5])),
        st.tuples(st.just("batch_size"), st.sampled_from([3, 10, 16, 100])),
        st.tuples(st.just("dataset"), st.sampled_from(["other", RECIPE.dataset])),
        st.tuples(st.just("theta"), st.integers(0, 40)),
        st.tuples(st.just("trained"), st.sampled_from(["all", "3,17", "40"])),
        st.tuples(st.just("drag"), st.integers(0, 5)),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("redo"), st.none()),
        st.tuples(st.just("take"), st.integers(0, 10)),
        st.tuples(st.just("drop"), st.integers(0, 10)),
        st.tuples(st.just("phase"), st.integers(-9, 9)),
        st.tuples(st.just("give up"), st.integers(0, 60)),
    ),
    max_size=16,
)


@pytest.mark.parametrize("optimiser", sampled(OPTIMISERS, every=3))
@settings(max_examples=tried(25))
@given(walk=moves)
def test_any_walk_of_steps_jumps_edits_and_branches_equals_a_straight_run(optimiser, walk):
    recipe = replace(BUSY, optimiser=optimiser)
    size = 5 * (OPTIMISERS[optimiser].slots + 1) * recipe.parameters * 8
    timeline = Timeline(recipe, random_dataset(), stride=5, budget=size)
    for kind, value in walk:
        move(timeline, kind, value)
        assert timeline.current.recorded == timeline.reached
        assert sum(len(branch.keyframes) for branch in timeline.branches) <= 6
    assert fingerprint(timeline) == straight(recipe, timeline.step_now, done(timeline))
    assert verify(timeline) == -1
    again = Timeline.of(timeline.record({}, 3), timeline.trainer.datasets)
    assert fingerprint(again) == fingerprint(timeline)
    assert again.phase == timeline.phase or not timeline.phases
    for other in (timeline, again):
        for branch in [b for b in other.branches if b not in other.tree.undone]:
            other.take(branch.number)
            other.goto(branch.reached)
            assert fingerprint(other) == straight(recipe, branch.reached, branch.changes)


def test_an_edit_in_the_past_leaves_what_lay_ahead_as_a_branch():
    timeline = walked(("step", 30), ("learning_rate", 0.1), ("step", 5), ("goto", 10))
    timeline.edit("learning_rate", 0.9)
    assert timeline.reached == 10
    assert [change.step for change in timeline.changes] == [10]
    assert [(b.name, b.start, b.reached) for b in timeline.branches] == [
        ("original", 0, 30), ("η = 0.1", 30, 35), ("η = 0.9", 10, 10)
    ]  # fmt: skip
    timeline.take(1)
    assert (timeline.step_now, timeline.trainer.eta) == (10, RECIPE.learning_rate)
    timeline.goto(35)
    assert timeline.trainer.eta == 0.1


def test_undo_and_redo_take_edits_back_and_forth_exactly():
    timeline = walked(("step", 12))
    seen = [fingerprint(timeline)]
    for kind, value in (
        ("learning_rate", 0.2),
        ("theta", 3),
        ("batch_size", 7),
        ("dataset", "other"),
    ):
        move(timeline, kind, value)
        seen.append(fingerprint(timeline))
    for expected in reversed(seen[:-1]):
        assert timeline.undo()
        assert fingerprint(timeline) == expected
    assert not timeline.undo()
    for expected in seen[1:]:
        assert timeline.redo()
        assert fingerprint(timeline) == expected
    assert not timeline.redo()


def test_what_was_changed_as_one_is_taken_back_and_made_again_as_one():
    timeline = walked(("step", 12), ("learning_rate", 0.2), ("step", 3))
    alone = fingerprint(timeline)
    timeline.edit("batch_size", 7)
    timeline.edit("l2", 0.5, with_last=True)
    timeline.edit("theta", 0.25, 3, with_last=True)
    whole = fingerprint(timeline)
    assert timeline.undo()
    assert fingerprint(timeline) == alone
    assert timeline.redo()
    assert fingerprint(timeline) == whole
    timeline.step()
    assert timeline.undo()
    assert fingerprint(timeline) == alone
    assert timeline.undo()
    assert timeline.step_now == 12
    assert not timeline.undo()
    for there in (15, 16):
        assert timeline.redo()
        assert timeline.step_now == there
    assert not timeline.redo()


def test_undo_after_training_on_goes_to_the_edit_and_redo_back_to_where_one_was():
    timeline = walked(("step", 12), ("learning_rate", 0.2), ("step", 20), ("goto", 25))
    there = fingerprint(timeline)
    timeline.undo()
    assert (timeline.step_now, timeline.trainer.eta) == (12, RECIPE.learning_rate)
    timeline.redo()
    assert fingerprint(timeline) == there
    assert timeline.reached == 32


def test_another_edit_after_an_undo_forgets_what_was_never_trained_and_keeps_what_was():
    timeline = walked(("step", 5), ("learning_rate", 0.2), ("undo", None), ("learning_rate", 0.3))
    assert [branch.name for branch in timeline.branches] == ["original", "η = 0.3"]
    move(timeline, "step", 3)
    timeline.undo()
    timeline.edit("learning_rate", 0.4)
    assert [branch.name for branch in timeline.branches] == ["original", "η = 0.3", "η = 0.4"]
    assert timeline.redoable is None


def test_an_edit_that_changes_nothing_is_none():
    timeline = walked(("step", 5))
    for name, value in (("learning_rate", RECIPE.learning_rate), ("batch_size", RECIPE.batch_size)):
        timeline.edit(name, value)
    timeline.edit("theta", float(timeline.network.theta[4]), 4)
    assert timeline.changes == ()


def test_a_learning_rate_that_a_schedule_has_changed_can_be_set_back():
    recipe = replace(RECIPE, schedule="step_decay", schedule_epochs=1)
    timeline = walked(("step", 7), recipe=recipe)
    assert timeline.trainer.eta == recipe.learning_rate / 2
    timeline.edit("learning_rate", recipe.learning_rate)
    assert timeline.changes[0].old == recipe.learning_rate / 2
    assert timeline.trainer.eta == recipe.learning_rate


def test_branches_can_be_renamed_and_forgotten_but_not_the_ground_under_ones_feet():
    timeline = walked(("step", 9), ("goto", 4), ("l2", 0.5), ("step", 3), ("goto", 5), ("l2", 0.1))
    timeline.tree.rename(0, "  a   long way ")
    timeline.tree.rename(1, "a long way")
    timeline.tree.rename(1, " ")
    assert [b.name for b in timeline.branches] == ["a long way", "a long way (2)", "L2 λ = 0.1"]
    with pytest.raises(RecipeError, match="cannot be forgotten"):
        timeline.tree.drop(1)
    timeline.take(0)
    timeline.tree.drop(1)
    assert [branch.number for branch in timeline.branches] == [0]
    with pytest.raises(RecipeError, match="no branch"):
        timeline.take(2)


def test_costs_and_evaluations_follow_the_line():
    timeline = walked(("step", 20))
    old = timeline.current.curve().mean.tolist()
    timeline.goto(8)
    timeline.edit("learning_rate", 0.3)
    timeline.note(timeline.trainer.evaluate())
    costs = [timeline.step() for _ in range(4)]
    timeline.note(timeline.trainer.evaluate())
    curve = timeline.current.curve()
    assert curve.steps.tolist() == list(range(1, 13))
    assert curve.mean.tolist() == pytest.approx(old[:8] + costs)
    assert [e.step for e in timeline.evaluations()] == [8, 12]
    timeline.take(0)
    assert timeline.evaluations() == ()
    assert timeline.current.curve().mean.tolist() == old
    assert timeline.branches[1].parting_from(timeline.current) == (8, 1)


def test_a_state_that_was_kept_wrong_is_found():
    timeline = walked(("step", 40))
    kept = timeline.current.keyframes[3].state.theta
    kept.flags.writeable = True
    kept[5] += 1e-7
    assert verify(timeline) == timeline.current.keyframes[3].state.steps
    assert verify(timeline, lambda _part: False) is None


def test_a_place_near_a_step_costs_nothing_to_visit():
    timeline = walked(("step", 40))
    assert [timeline.nearest(step) for step in (0, 3, 7, 20, 40, 99)] == [0, 1, 8, 15, 36, 36]


def test_a_jump_can_be_given_up_and_leaves_everything_as_it_was():
    timeline = Timeline(RECIPE, random_dataset())
    for _ in range(20):
        timeline.step()
    before = fingerprint(timeline)
    asked = []

    def give_up(fraction):
        asked.append(fraction)
        return len(asked) < 2

    assert not timeline.goto(5000, give_up)
    assert asked[0] == 0
    assert 0 < asked[1] < 1
    assert fingerprint(timeline) == before
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
    timeline.edit(*change, 3)
    assert timeline.trainer.gradient == pytest.approx(before, rel=1e-12)


def test_a_drag_is_one_change_and_is_undone_at_once():
    timeline = walked(("step", 5))
    before = fingerprint(timeline)
    for value in (0.1, 0.2, 0.3):
        timeline.edit("theta", value, 4, merge=True)
    (change,) = timeline.changes
    assert change.value == (0.3,)
    assert change.old == (straight_theta(5)[4],)
    assert timeline.current.name.endswith("= 0.3")
    move(timeline, "step", 4)
    assert fingerprint(timeline) == straight(RECIPE, 9, timeline.changes)
    timeline.edit("theta", 0.4, 4, merge=True)
    assert len(timeline.changes) == 2, "what was trained in between is not undone with it"
    timeline.undo()
    timeline.undo()
    assert fingerprint(timeline) == before


def straight_theta(step):
    timeline = walked(("step", step))
    return timeline.network.theta


def test_a_record_of_other_data_is_refused_in_a_sentence():
    record = walked(("step", 5), ("batch_size", 3), ("step", 4)).record({}, 3)
    with pytest.raises(RecipeError, match="trained on 23 examples"):
        Timeline.of(record, {RECIPE.dataset: OTHER})


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_where_only_two_parameters_train_all_others_rest(optimiser):
    recipe = replace(BUSY, optimiser=optimiser)
    timeline = walked(("step", 7), recipe=recipe)
    before = timeline.network.theta.copy()
    timeline.edit("trained", "17, 3")
    assert timeline.trainer.recipe.only == (3, 17)
    timeline.next_phase()
    assert set(np.flatnonzero(timeline.minibatch.nudge)) == {3, 17}
    move(timeline, "step", 9)
    moved = np.flatnonzero(timeline.network.theta != before)
    assert moved.tolist() == [3, 17]
    assert timeline.changes[0].words(recipe) == "only w¹₄,₁ and w¹₂,₅"
    timeline.edit("trained", "all")
    move(timeline, "step", 2)
    assert (timeline.network.theta != before).sum() > 2


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_the_gradient_is_that_of_the_line_visited_not_of_another_at_the_same_step(optimiser):
    recipe = replace(BUSY, optimiser=optimiser)
    walk = [("learning_rate", 0.01), ("goto", 6), ("undo", None), ("goto", 6), ("redo", None)]
    timeline = walked(*walk, recipe=recipe)
    assert fingerprint(timeline) == straight(recipe, 6, timeline.changes)
    again = walked(*walk, ("learning_rate", 0.3), ("goto", 2), ("goto", 6), recipe=recipe)
    assert fingerprint(again) == straight(recipe, 6, again.changes)
