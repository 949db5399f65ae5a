"""Measured when? At rest a snapshot has this very step's figures, and no message loses them."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.messages import commands, events
from nnviz.runtime.mailbox import Inbox
from nnviz.runtime.measuring import QUICK
from tests.runtime.conftest import RECIPE, random_dataset


def truth(snapshot, dataset=None):
    """What a fresh trainer measures at the parameters of a moment."""
    dataset = dataset or random_dataset()
    fresh = Trainer(snapshot.recipe, dataset, snapshot.theta).evaluate()
    return fresh.train, fresh.test


def figures(snapshot):
    return snapshot.measured.figures.train, snapshot.measured.figures.test


def at_rest(stage, **wanted):
    """The next snapshot that is measured where it rests, and of which this is true."""
    return stage.snapshot(
        lambda s: (
            not s.playing
            and s.measured is not None
            and s.measured.now
            and all(getattr(s, name) == value for name, value in wanted.items())
        )
    )


@pytest.fixture
def slow_to_measure(monkeypatch):
    """Every net counts as one that takes long to measure."""
    monkeypatch.setattr("nnviz.runtime.resting.QUICK", -1)


def test_every_step_backwards_has_figures_of_its_own(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    there = at_rest(stage, step=40)
    assert figures(there) == pytest.approx(truth(there))
    for step in (39, 38):
        stage.worker.send(commands.StepBack())
        moment = at_rest(stage, step=step)
        assert figures(moment) == truth(moment)
        assert figures(moment) != figures(there)
    assert [one.step for one in moment.evaluations] == [0, 38], "looking back adds no points"


def test_one_step_before_the_end_of_a_long_run_is_not_the_beginning(stage):
    stage.tables["and"] = load_dataset("and")
    recipe = Recipe(dataset="and", layers=(2, 1), cost="sum_of_squares", batch_size=4,
                    learning_rate=5.0)  # fmt: skip
    stage.begin(recipe)
    for _ in range(6):
        stage.worker.send(commands.StepMinibatch())
    six = at_rest(stage, step=6)
    assert figures(six) == truth(six, load_dataset("and"))
    assert round(six.measured.figures.test_cost, 4) == 0.1247
    stage.worker.send(commands.GoTo(1))
    assert round(at_rest(stage, step=1).measured.figures.test_cost, 4) == 0.2196


def test_what_takes_long_is_shown_first_and_says_how_old_its_figures_are(stage, slow_to_measure):
    stage.begin()
    at_rest(stage, step=0)
    stage.worker.send(commands.StepMinibatch())
    first = stage.snapshot(lambda s: s.step == 1)
    assert first.measured.as_of == "as of step 0"
    moment = at_rest(stage, step=1)
    assert figures(moment) == truth(moment)


def test_after_a_change_the_figures_of_before_are_not_taken_for_those_of_now(
    stage, slow_to_measure
):
    stage.begin()
    before = at_rest(stage, step=0)
    stage.worker.send(commands.MakeEdit("theta", (5.0,), (3,)))
    changed = stage.snapshot(lambda s: s.theta[3] == 5)
    assert not changed.measured.now
    assert changed.measured.as_of == "before the change"
    after = at_rest(stage, step=0)
    assert after.theta[3] == 5
    assert figures(after) == truth(after) != figures(before)
    stage.worker.send(commands.Undo())
    assert figures(at_rest(stage, step=0, undo="")) == figures(before)


@pytest.mark.parametrize(
    "message",
    [
        commands.FocusOn(3),
        commands.Rank(),
        commands.MakeReport(),
        commands.JudgeTrust(),
        commands.ShowData(),
        commands.TrackParameters(1, 2),
        commands.Pace(100.0),
        commands.ReportEvery(epoch=True),
        commands.Undo(),
        commands.NameBranch(0, "mine"),
    ],
    ids=lambda message: type(message).__name__,
)
def test_no_message_loses_a_measure_that_waits_or_runs(
    stage, slow_to_measure, monkeypatch, message
):
    stage.begin()
    at_rest(stage, step=0)
    runs = stage.worker._run.trainer
    measuring, sent = type(runs).measurement, []

    def measurement(trainer):
        # Comes in the very middle: the measurement that has begun is called off by it.
        if not sent:
            sent.append(message)
            stage.worker.send(message)
        return measuring(trainer)

    monkeypatch.setattr(type(runs), "measurement", measurement)
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(message)  # and one that comes while it waits
    moment = at_rest(stage, step=1)
    assert sent
    assert figures(moment) == truth(moment)


def test_what_was_interrupted_goes_on_where_it_was(stage, slow_to_measure, monkeypatch):
    monkeypatch.setattr("nnviz.engine.training.measurement.rows_at_once", lambda _recipe: 10)
    stage.begin()
    at_rest(stage, step=0)
    parts, outputs = [], stage.worker._run.trainer._evaluator.outputs

    def slowly(x, y):
        parts.append(len(x))
        if len(parts) % 3 == 0:
            stage.worker.send(commands.FocusOn(len(parts)))
        return outputs(x, y)

    monkeypatch.setattr(stage.worker._run.trainer._evaluator, "outputs", slowly)
    stage.worker.send(commands.StepMinibatch())
    moment = at_rest(stage, step=1)
    assert sum(parts) == 230, "no example was looked at twice"
    assert figures(moment) == truth(moment)


def test_what_cannot_be_measured_is_told_once(stage, slow_to_measure, monkeypatch):
    stage.begin()
    at_rest(stage, step=0)
    tries = []

    def broken(_trainer):
        tries.append(1)
        raise MemoryError

    monkeypatch.setattr(Trainer, "measurement", broken)
    stage.worker.send(commands.StepMinibatch())
    assert "MemoryError" in stage.event(events.Failure).sentence
    stage.worker.send(commands.FocusOn(2))
    stage.worker.send(commands.FocusOn(3))
    moment = stage.snapshot(lambda s: s.focus.index == 3)
    assert moment.measured.as_of == "as of step 0"
    monkeypatch.undo()
    monkeypatch.setattr("nnviz.runtime.resting.QUICK", QUICK)
    stage.worker.send(commands.StepMinibatch())
    at_rest(stage, step=2)
    assert len(tries) == 1


def test_measures_at_rest_stay_apart_from_the_curve_and_within_bounds(stage, monkeypatch):
    monkeypatch.setattr("nnviz.engine.run.branch.MOST_MEASURES", 5)
    stage.begin()
    for _ in range(12):
        stage.worker.send(commands.StepMinibatch())
        moment = stage.snapshot(lambda s: s.measured.now and s.step)
        assert [one.step for one in moment.evaluations] == sorted({0, 1, moment.step})
    branch = stage.worker._run.timeline.current
    assert sorted(branch.measures) == [8, 9, 10, 11, 12]
    assert [one.step for one in branch.evaluations] == [0, 1]


def test_a_run_of_numbers_rests_with_its_error(stage):
    draw = np.random.default_rng(0)
    x = draw.random((230, 6), dtype=np.float32)
    data = replace(random_dataset(), class_names=(), y_train=x[:200, :1] / 3,
                   y_test=x[200:, :1] / 3)  # fmt: skip
    stage.tables["numbers"] = data
    stage.begin(replace(RECIPE, dataset="numbers", layers=(6, 4, 1)))
    stage.worker.send(commands.StepMinibatch())
    moment = at_rest(stage, step=1)
    test = moment.measured.figures.test
    assert np.isnan(test.accuracy)
    assert (test.rmse, test.r2) == (truth(moment, data)[1].rmse, truth(moment, data)[1].r2)


# -- the inbox ------------------------------------------------------------------------------------


def test_a_nudge_wakes_up_and_is_no_message():
    inbox: Inbox[str] = Inbox()
    assert inbox.take() is None
    inbox.nudge()
    assert inbox.empty
    assert inbox.take(None) is None  # would wait for ever without it
    assert inbox.was_nudged()
    assert not inbox.was_nudged()
    inbox.put("a")
    inbox.put("b")
    assert not inbox.empty
    assert (inbox.take(None), inbox.take(), inbox.take()) == ("a", "b", None)
