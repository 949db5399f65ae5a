"""A run that is put aside for others that are only shown comes back exactly as it was."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from nnviz.messages import commands
from nnviz.messages.commands import Start
from nnviz.messages.events import Failure, Opened, Saved
from tests.runtime.conftest import RECIPE

LESSON = replace(RECIPE, seed=7)


def trained(stage, steps=3):
    stage.begin()
    for _ in range(steps):
        stage.worker.send(commands.StepMinibatch())
    return stage.snapshot(lambda s: s.step == steps)


def put_aside(stage, recipe=LESSON):
    stage.worker.send(commands.PutAside())
    stage.worker.send(Start(recipe, demonstration=True))


def test_the_run_comes_back_at_its_step_with_every_number_and_its_past(stage):
    own = trained(stage)
    put_aside(stage)
    shown = stage.snapshot(lambda s: s.run != own.run)
    assert shown.demonstration
    assert shown.step == 0
    stage.worker.send(commands.StepMinibatch())
    stage.snapshot(lambda s: s.run == shown.run and s.step == 1)
    stage.worker.send(commands.GiveBack())
    back = stage.snapshot(lambda s: s.run == own.run)
    assert back.step == own.step
    assert np.array_equal(back.theta, own.theta)
    assert back.recipe == own.recipe
    stage.worker.send(commands.GoTo(1))
    assert stage.snapshot(lambda s: s.step == 1).run == own.run


def test_nothing_that_is_only_shown_is_kept_and_nothing_of_ones_own_becomes_a_recent_run(stage):
    own = trained(stage)
    put_aside(stage)
    first = stage.snapshot(lambda s: s.run != own.run)
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(Start(replace(LESSON, seed=8), demonstration=True))
    second = stage.snapshot(lambda s: s.run not in (own.run, first.run))
    assert not second.undo
    stage.worker.send(commands.GiveBack())
    stage.snapshot(lambda s: s.run == own.run)
    assert stage.arrived == []


def test_undo_never_leads_from_a_lesson_into_ones_own_run(stage):
    own = trained(stage)
    put_aside(stage)
    shown = stage.snapshot(lambda s: s.run != own.run)
    assert not shown.undo
    stage.worker.send(commands.Undo())
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot(lambda s: s.step == 1).run == shown.run


def test_undo_still_leads_to_the_run_before_ones_own(stage):
    before = trained(stage)
    stage.worker.send(Start(replace(RECIPE, seed=3)))
    own = stage.snapshot(lambda s: s.run != before.run)
    put_aside(stage)
    stage.snapshot(lambda s: s.demonstration)
    stage.worker.send(commands.GiveBack())
    back = stage.snapshot(lambda s: s.run == own.run)
    assert back.undo == own.undo != ""
    stage.worker.send(commands.Undo())
    assert stage.snapshot(lambda s: s.run == before.run).step == before.step


def test_a_run_that_plays_rests_where_it_was_put_aside(stage):
    own = stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.step > 20)
    put_aside(stage)
    stage.snapshot(lambda s: s.demonstration)
    stage.worker.send(commands.GiveBack())
    back = stage.snapshot(lambda s: s.run == own.run)
    assert not back.playing
    assert back.step > 20


def test_it_comes_back_where_nothing_else_could_be_begun(stage):
    own = trained(stage)
    put_aside(stage, replace(LESSON, dataset="missing"))
    assert stage.event(Failure).sentence == "There is no such data."
    stage.worker.send(commands.StepMinibatch())  # nothing is there to be trained
    stage.worker.send(commands.GiveBack())
    back = stage.snapshot(lambda s: s.run == own.run)
    assert back.step == own.step


def test_a_second_one_puts_nothing_aside_and_giving_back_twice_changes_nothing(stage):
    own = trained(stage)
    put_aside(stage)
    first = stage.snapshot(lambda s: s.demonstration)
    put_aside(stage, replace(LESSON, seed=9))
    stage.snapshot(lambda s: s.demonstration and s.run != first.run)
    stage.worker.send(commands.GiveBack())
    assert stage.snapshot(lambda s: s.run == own.run).step == own.step
    stage.worker.send(commands.GiveBack())
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot(lambda s: s.step == own.step + 1).run == own.run


def test_a_session_that_is_only_shown_is_no_file_of_ones_own(stage):
    own = trained(stage)
    path = Path("lesson.nnviz")
    stage.worker.send(commands.SaveSession(path, {}))
    stage.worker.send(commands.PutAside())
    stage.event(Saved)
    stage.worker.send(commands.OpenSession(path, demonstration=True))
    shown = stage.snapshot(lambda s: s.run != own.run)
    assert shown.demonstration
    assert shown.step == own.step
    assert stage.event(Opened).path is None


def test_a_lesson_returns_to_a_bookmark_with_every_number_its_past_and_its_changes(stage):
    own = trained(stage)
    put_aside(stage)
    shown = stage.snapshot(lambda s: s.run != own.run)
    stage.worker.send(commands.StepMinibatch(4))
    stage.snapshot(lambda s: s.run == shown.run and s.step == 4)
    stage.worker.send(commands.MakeEdit("learning_rate", 0.25))
    there = stage.snapshot(lambda s: s.recipe.learning_rate == 0.25)
    stage.worker.send(commands.Bookmark("second"))
    stage.worker.send(commands.StepMinibatch(7))
    stage.worker.send(commands.MakeEdit("theta", (9.0,), (0,)))
    stage.snapshot(lambda s: s.theta[0] == 9)
    stage.worker.send(commands.ReturnTo("second"))
    back = stage.snapshot(lambda s: s.step == 4)
    assert back.demonstration
    assert np.array_equal(back.theta, there.theta)
    assert back.recipe == there.recipe
    stage.worker.send(commands.GoTo(0))
    assert stage.snapshot(lambda s: s.step == 0).recipe.learning_rate == LESSON.learning_rate
    stage.worker.send(commands.GiveBack())
    assert stage.snapshot(lambda s: s.run == own.run).step == own.step


def test_a_bookmark_of_a_lesson_that_was_left_leads_nowhere(stage):
    own = trained(stage)
    stage.worker.send(commands.Bookmark("mine"))
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.ReturnTo("mine"))
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot(lambda s: s.step == own.step + 2).run == own.run


def test_many_minibatches_are_trained_at_once_and_no_more(stage):
    stage.begin()
    stage.worker.send(commands.StepMinibatch(150))  # over several epochs of 40
    done = stage.snapshot(lambda s: s.step > 0)
    assert done.step == 150
    assert [one.step for one in done.evaluations][:4] == [0, 40, 80, 120]
