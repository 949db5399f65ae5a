"""Reports kept with a run: by branch, within bounds, and made while training goes on."""

import threading

import numpy as np
import pytest

from nnviz.engine import Trainer
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.report import Report, report
from nnviz.engine.run.timeline import Timeline
from nnviz.messages import commands
from nnviz.messages.events import Failure
from nnviz.runtime import evaluation_thread as evaluation_thread_module
from nnviz.runtime.reports import MOST, Reports
from tests.runtime.conftest import RECIPE, random_dataset


@pytest.fixture
def timeline():
    made = Timeline(RECIPE, random_dataset())
    made.goto(50)
    return made


def at(step):
    return report(Trainer(RECIPE, random_dataset()).network, random_dataset(), step=step)


def steps(found):
    return [one.step for one in found]


def expected(step):
    trainer = Trainer(RECIPE, random_dataset())
    for _ in range(step):
        trainer.step()
    return report(trainer.network, random_dataset(), step=step)


def test_a_line_has_the_reports_of_its_own_past_only(timeline):
    kept, first = Reports(), timeline.current
    for step in (10, 30, 50):
        kept.keep(first.number, at(step), kept.version)
    timeline.goto(30)
    timeline.edit("learning_rate", 0.1)
    assert steps(kept.of_line(timeline.current)) == [10]
    kept.keep(timeline.current.number, at(40), kept.version)
    assert steps(kept.of_line(timeline.current)) == [10, 40]
    assert kept.of_line(timeline.current) is kept.of_line(timeline.current)
    assert steps(kept.of_line(first)) == [10, 30, 50]


def test_what_was_changed_since_it_was_asked_for_is_not_kept(timeline):
    kept, number = Reports(), timeline.current.number
    kept.keep(number, at(10), kept.version)
    before = kept.version
    kept.keep(number, at(20), before)
    kept.forget(number, 20)
    kept.keep(number, at(20), before)
    assert steps(kept.of_line(timeline.current)) == [10]
    kept.keep(number, at(20), kept.version)
    assert steps(kept.of_line(timeline.current)) == [10, 20]


def test_too_many_are_thinned_from_end_to_end(timeline):
    kept, one = Reports(), at(0)
    timeline.goto(3 * MOST)
    for step in range(3 * MOST):
        kept.keep(timeline.current.number, Report(0, step, one.confusion, one.calibration, None), 0)
    found = steps(kept.of_line(timeline.current))
    assert MOST / 2 <= len(found) <= MOST
    assert found[0] == 0
    assert found[-1] == 3 * MOST - 1
    assert np.diff(found).max() <= 16


def test_every_epoch_is_reported_on_while_training_goes_on(stage):
    stage.begin()
    stage.worker.send(commands.ReportEvery(epoch=True))
    stage.worker.send(commands.StepEpoch())
    found = stage.event(Report)
    assert found.step == 40
    assert (found.confusion == expected(40).confusion).all()
    last = stage.snapshot(lambda s: not s.playing and s.step == 40 and s.reports)
    assert steps(last.reports) == [40]
    stage.worker.send(commands.StepBack(epoch=True))
    assert steps(stage.snapshot(lambda s: s.step == 0).reports) == [40]
    stage.worker.send(commands.MakeEdit("learning_rate", 0.1))
    assert stage.snapshot(lambda s: s.recipe.learning_rate == 0.1).reports == ()
    stage.worker.send(commands.Undo())
    assert steps(stage.snapshot(lambda s: s.recipe.learning_rate != 0.1).reports) == [40]


def test_trust_is_judged_of_the_net_that_was_asked_about(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    at = stage.snapshot(lambda s: s.step == 40)
    stage.worker.send(commands.JudgeTrust())
    found = stage.event(Judgement)
    assert (found.run, found.step, found.mark) == (at.run, 40, at.mark)
    assert found.trust is None  # these are no digits


def test_every_so_many_steps_are_reported_on_at_just_these_steps(stage):
    stage.begin()
    stage.worker.send(commands.ReportEvery(steps=35))
    stage.worker.send(commands.Play())
    found = [stage.event(Report) for _ in range(3)]
    stage.worker.send(commands.Pause())
    assert found[0].step == 35
    assert all(one.step % 35 == 0 for one in found)
    assert all((one.confusion == expected(one.step).confusion).all() for one in found[:2])


def test_a_long_look_does_not_hold_training_up(stage, monkeypatch):
    looking, go_on = threading.Event(), threading.Event()

    def slowly(*args, **more):
        looking.set()
        go_on.wait(60)
        return report(*args, **more)

    monkeypatch.setattr(evaluation_thread_module, "report", slowly)
    stage.begin()
    stage.worker.send(commands.Play())
    stage.worker.send(commands.MakeReport())
    assert looking.wait(60)
    before = stage.snapshot(lambda s: s.playing).step
    assert stage.snapshot(lambda s: s.step > before + 200).playing
    go_on.set()
    assert stage.event(Report).step <= before


def test_a_look_that_fails_is_told_and_the_next_one_is_made(stage, monkeypatch):
    monkeypatch.setattr(evaluation_thread_module, "report", lambda *_, **__: 1 / 0)
    stage.begin()
    stage.worker.send(commands.MakeReport())
    assert "training goes on" in stage.event(Failure).sentence
    monkeypatch.setattr(evaluation_thread_module, "report", report)
    stage.worker.send(commands.MakeReport())
    assert stage.event(Report).step == 0


def test_closing_does_not_wait_for_what_waits(stage, monkeypatch):
    looks, looking, go_on = [], threading.Event(), threading.Event()

    def slowly(*_args, **_more):
        looks.append(1)
        looking.set()
        assert go_on.wait(60)
        return at(0)

    monkeypatch.setattr(evaluation_thread_module, "report", slowly)
    stage.begin()
    for _ in range(10):
        stage.worker.send(commands.MakeReport())
    assert looking.wait(60)
    assert not stage.worker.stop(timeout=0.05)  # one look is under way
    go_on.set()
    assert stage.worker.stop()
    assert len(looks) == 1
