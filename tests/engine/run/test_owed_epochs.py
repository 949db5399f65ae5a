"""The end of an epoch that is done later, in parts: training is the same to the last bit."""

import json
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.zipped_arrays import BrokenError
from nnviz.engine import Timeline, Trainer
from nnviz.engine.run.record import Session
from nnviz.engine.run.verification import verify
from nnviz.files.session_json import from_plain, to_plain
from tests.engine.run import timelines as whole
from tests.engine.training.test_trainer import random_dataset
from tests.sampled import tried

RECIPE = replace(whole.BUSY, patience=2)
PER_EPOCH = 4
"""Minibatches of 5 of the 18 examples that validation leaves."""


def stopping(trainer):
    """Where early stopping stands."""
    lr_state = trainer.epoch_end.lr_state
    return lr_state.best_validation, lr_state.waited


def fingerprint(timeline):
    course = stopping(timeline.trainer), timeline.trainer.finished
    return whole.fingerprint(timeline), course


def straight(step, changes=()):
    """The state at a step of a run whose epochs were all ended at once."""
    timeline = Timeline(RECIPE, random_dataset(), stride=10**9)
    for change in changes:
        while timeline.step_now < change.step:
            timeline.step()
        whole.make(timeline, change)
    while timeline.step_now < step:
        timeline.step()
    return fingerprint(timeline)


@pytest.fixture(autouse=True)
def in_small_parts():
    """Validation is cut into parts of two examples, which can be given up layer by layer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nnviz.engine.training.validation.CHUNK", 2)
        patch.setattr("nnviz.engine.training.measurement.rows_at_once", lambda _recipe: 1)
        yield


def owing(stride=5, budget=None):
    """A timeline that ends no epoch by itself."""
    size = 5 * 3 * RECIPE.parameters * 8 if budget is None else budget
    timeline = Timeline(RECIPE, random_dataset(), stride=stride, budget=size)
    timeline.trainer.at_once = 0
    return timeline


def given_up_after(asked):
    """Answer True, which gives up, from so many questions on."""
    questions = count()
    return lambda: next(questions) >= asked


def going_on_for(asked):
    """The same of a way: answer True so many times."""
    given_up = given_up_after(asked)
    return lambda _part: not given_up()


def test_an_epochs_end_is_owed_and_what_is_given_up_goes_on_where_it_was():
    trainer, usual = Trainer(RECIPE, random_dataset()), Trainer(RECIPE, random_dataset())
    trainer.at_once = 0
    for _ in range(PER_EPOCH):
        assert not trainer.epoch_end.owed
        trainer.step()
        usual.step()
    assert trainer.epoch_end.owed
    assert not usual.epoch_end.owed
    assert stopping(trainer) != stopping(usual)
    told = [trainer.epoch_end.done]
    tries = 0
    while not trainer.end_epoch(given_up_after(20)):
        told.append(trainer.epoch_end.done)
        tries += 1
        assert trainer.state().epoch_cost > 0
    assert tries > 1
    assert told == sorted(set(told))
    assert not trainer.epoch_end.owed
    assert (stopping(trainer), trainer.eta, trainer.edits) == (
        stopping(usual), usual.eta, usual.edits,
    )  # fmt: skip


@pytest.mark.parametrize(
    "act",
    [
        lambda trainer: trainer.step(),
        lambda trainer: trainer.preview(),
        lambda trainer: trainer.train(lambda: False, []),
        lambda trainer: trainer.change("l2", 0.5),
        lambda trainer: trainer.change("learning_rate", 0.01),
        lambda trainer: trainer.change("batch_size", 3),
    ],
)
def test_whatever_the_future_depends_on_waits_for_it(act):
    states = []
    for at_once in (0, 10**9):
        trainer = Trainer(RECIPE, random_dataset())
        trainer.at_once = at_once
        for _ in range(PER_EPOCH):
            trainer.step()
        act(trainer)
        for _ in range(9):
            trainer.step()
        trainer.end_epoch()
        state = trainer.state()
        states.append((state.theta.tobytes(), state.pace, state.edits, stopping(trainer)))
    assert states[0] == states[1]


def test_a_state_says_that_it_is_owed():
    trainer = Trainer(RECIPE, random_dataset())
    trainer.at_once = 0
    for _ in range(PER_EPOCH):
        trainer.step()
    state = trainer.state()
    assert state.owed
    trainer.end_epoch()
    ended = stopping(trainer)
    trainer.step()
    trainer.restore(state)
    assert trainer.epoch_end.owed
    trainer.end_epoch()
    assert stopping(trainer) == ended
    trainer.restore(state)
    trainer.reset()
    assert not trainer.epoch_end.owed


def reopened(timeline):
    """The run as a session file brings it back."""
    arrays = {}
    plain = to_plain(Session(timeline.record({}, 3), ()), arrays.__setitem__)
    session = from_plain(json.loads(json.dumps(plain)), lambda name, *_: arrays[name], 4)
    again = Timeline.of(session.record, timeline.trainer.datasets)
    again.trainer.at_once = timeline.trainer.at_once
    return again


walks = st.lists(
    st.one_of(
        st.tuples(st.just("goto"), st.integers(0, 40)),
        st.tuples(st.just("step"), st.integers(1, 9)),
        st.tuples(st.just("epochs"), st.integers(1, 3)),
        st.tuples(st.just("part"), st.integers(0, 30)),
        st.tuples(st.just("reopen"), st.none()),
        st.tuples(st.just("learning_rate"), st.sampled_from([0.01, 0.04, 0.2])),
        st.tuples(st.just("batch_size"), st.sampled_from([3, 10, 16])),
        st.tuples(st.just("theta"), st.integers(0, 40)),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("redo"), st.none()),
        st.tuples(st.just("take"), st.integers(0, 10)),
        st.tuples(st.just("phase"), st.integers(-9, 9)),
        st.tuples(st.just("give up"), st.integers(0, 30)),
    ),
    max_size=14,
)


@settings(max_examples=tried(60))
@given(walk=walks)
def test_any_walk_on_which_epochs_end_later_equals_a_straight_run(walk):
    timeline = owing()
    for kind, value in walk:
        if kind == "epochs":
            for _ in range(value):
                timeline.train(lambda: True, [])
        elif kind == "part":
            timeline.trainer.end_epoch(given_up_after(value))
        elif kind == "reopen":
            timeline.leave_phases()
            timeline = reopened(timeline)
        elif kind == "give up":
            timeline.goto(value, going_on_for(value))
        else:
            whole.move(timeline, kind, value)
    timeline.trainer.end_epoch()
    assert fingerprint(timeline) == straight(timeline.step_now, whole.done(timeline))
    assert verify(timeline) == -1
    for branch in [one for one in timeline.branches if one not in timeline.tree.undone]:
        timeline.take(branch.number)
        timeline.goto(branch.reached)
        timeline.trainer.end_epoch()
        assert fingerprint(timeline) == straight(branch.reached, branch.changes)


def test_a_change_in_the_midst_of_a_way_may_let_the_epoch_end_earlier():
    timeline = owing()
    timeline.goto(1)
    timeline.edit("learning_rate", 0.01)
    timeline.goto(16)
    timeline.undo()
    timeline.edit("batch_size", 10)
    timeline.goto(6)
    timeline = reopened(timeline)  # which keeps no state of step 1, where the change was made
    timeline.goto(5)
    timeline.trainer.end_epoch()
    assert fingerprint(timeline) == straight(5, whole.done(timeline))


def test_a_way_gives_up_in_the_midst_of_an_epochs_end_and_all_is_as_before():
    timeline = owing()
    for _ in range(3 * PER_EPOCH + 1):
        timeline.step()
    before = fingerprint(timeline)
    outcomes = set()
    for asked in range(60):
        went = timeline.goto(PER_EPOCH, going_on_for(asked))
        outcomes.add(went)
        assert fingerprint(timeline) == (straight(PER_EPOCH) if went else before)
        assert not timeline.trainer.epoch_end.owed
        timeline.goto(3 * PER_EPOCH + 1)
    assert outcomes == {True, False}


def plain_of(timeline):
    arrays = {}
    plain = to_plain(Session(timeline.record({}, 3), ()), arrays.__setitem__)
    return json.loads(json.dumps(plain)), lambda name, *_: arrays[name]


@pytest.mark.parametrize("owed", [1, "true", None])
def test_a_session_that_says_something_else_is_refused(owed):
    timeline = owing()
    timeline.train(lambda: True, [])
    plain, take = plain_of(timeline)
    assert plain["now"]["owed"] is True
    from_plain(plain, take, 4)
    plain["now"]["owed"] = owed
    with pytest.raises(BrokenError):
        from_plain(plain, take, 4)


def test_a_session_that_owes_an_end_where_no_epoch_ends_is_refused():
    timeline = owing()
    for steps in (0, 1):
        for _ in range(steps):
            timeline.step()
        plain, take = plain_of(timeline)
        assert "owed" not in json.dumps(plain)
        plain["now"]["owed"] = True
        with pytest.raises(BrokenError):
            from_plain(plain, take, 4)
