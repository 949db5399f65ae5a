"""Big nets: what takes long gives way to messages, and nothing of the size of a net piles up."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Recipe
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.network import AT_ONCE, CHUNK, FEWEST, Network, rows_at_once
from nnviz.engine.run.timeline import Timeline
from nnviz.messages import commands
from nnviz.messages.events import EVALUATION, Loading
from nnviz.runtime import evaluation_thread, health_watch, measuring, resting
from nnviz.runtime.evaluation_thread import EvaluationThread, Sorting
from nnviz.runtime.health_watch import HealthWatch
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.pace import CALM_SHARE, LONGEST_WAIT, PicturePace
from nnviz.runtime.publisher import Publisher
from tests.engine.training.test_trainer import RECIPE, random_dataset
from tests.runtime.conftest import RECIPE as STAGED


@pytest.fixture
def long_to_measure(monkeypatch):
    """Every net takes long to measure, and tells so at once."""
    monkeypatch.setattr(resting, "QUICK", 0)
    monkeypatch.setattr(measuring, "SHORT", 0)
    monkeypatch.setattr(measuring, "LONG", -1.0)
    monkeypatch.setattr("nnviz.engine.training.measurement.rows_at_once", lambda _recipe: 10)


def test_fewer_examples_are_propagated_at_a_time_in_a_big_net():
    assert rows_at_once(Recipe(layers=(784, 100, 10))) == CHUNK
    big = Recipe(layers=(784, *[2000] * 5, 10))
    assert rows_at_once(big) == AT_ONCE // big.parameters
    assert rows_at_once(Recipe(layers=(784, *[5000] * 5, 10))) == FEWEST


def test_the_first_picture_comes_before_anything_is_measured(stage, long_to_measure):
    assert stage.begin().measured is None
    assert stage.snapshot(lambda snapshot: snapshot.measured is not None).measured.now


def test_the_first_picture_of_a_big_net_comes_before_a_look_for_what_is_unhealthy(
    stage, monkeypatch
):
    monkeypatch.setattr(health_watch, "LARGE", 0)
    sick = replace(STAGED, activation="sigmoid", initialiser="zeros")
    assert stage.begin(sick).findings == ()
    found = stage.snapshot(lambda snapshot: bool(snapshot.findings))
    assert (found.step, found.playing) == (0, False)
    stage.worker.send(commands.StepMinibatch())
    stage.snapshot(lambda snapshot: snapshot.step == 1)
    assert stage.snapshot(lambda snapshot: not stage.worker._run.health.owed).step == 1


def test_nobody_looks_twice_at_the_same_moment(monkeypatch):
    timeline, looked = Timeline(RECIPE, random_dataset()), []
    find = type(timeline.trainer).findings
    monkeypatch.setattr(
        type(timeline.trainer), "findings", lambda *given: looked.append(1) or find(*given)
    )
    watch = HealthWatch(timeline)
    for act in (lambda: None, timeline.step, lambda: timeline.edit("theta", 0.5, 3)):
        act()
        for _ in range(3):
            watch.look(playing=False)
    timeline.edit("theta", 0.6, 3, merge=True)
    watch.look(playing=False)
    assert len(looked) == 4


def test_a_message_is_obeyed_before_news_are_shown(stage, monkeypatch):
    stage.begin()
    inbox, shown = stage.worker._inbox, []
    publish = Publisher.publish
    monkeypatch.setattr(
        Publisher,
        "publish",
        lambda self, run: shown.append(run.trainer.steps) or publish(self, run),
    )
    with inbox._arrived:
        inbox._waiting.append(commands.StepMinibatch())
        inbox._nudged = True
        inbox._arrived.notify()
    stage.snapshot(lambda snapshot: snapshot.step == 1)
    assert 0 not in shown


def test_a_picture_shares_the_parameters_of_a_state_that_is_kept(stage, monkeypatch):
    work = 4 * STAGED.parameters * STAGED.batch_size
    monkeypatch.setattr("nnviz.engine.run.recent_states.WORK", work)
    moment = stage.begin()
    timeline = stage.worker._run.timeline
    assert moment.theta is timeline.first.theta
    shared = {}
    for step in range(1, 9):
        stage.worker.send(commands.StepMinibatch())
        moment = stage.snapshot(lambda snapshot, step=step: snapshot.step == step)
        shared[step] = moment.theta is timeline.theta
        assert not moment.theta.flags.writeable
        trainer = stage.worker._run.trainer
        assert moment.theta.tobytes() == trainer.network.theta.tobytes()
    assert [step for step, same in shared.items() if same] == [4, 8]


def test_pause_in_the_middle_of_an_epochs_evaluation_is_obeyed_and_it_goes_on_at_rest(
    stage, long_to_measure, monkeypatch
):
    stage.begin()
    stage.snapshot(lambda snapshot: snapshot.measured is not None)
    outputs, parts = stage.worker._run.trainer._evaluator.outputs, []
    per_epoch = stage.worker._run.trainer.minibatches_per_epoch

    def paused_in_the_middle(x, y):
        parts.append((stage.worker._run.trainer.steps, len(x)))
        if len(parts) == 3:
            stage.worker.send(commands.Pause())
        return outputs(x, y)

    monkeypatch.setattr(stage.worker._run.trainer._evaluator, "outputs", paused_in_the_middle)
    stage.worker.send(commands.Play())
    paused = stage.snapshot(lambda snapshot: not snapshot.playing and snapshot.step > 0)
    assert paused.step == per_epoch, "training went on before it paused"
    assert paused.evaluations[-1].step == 0
    done = stage.snapshot(lambda snapshot: snapshot.evaluations[-1].step == per_epoch)
    assert not done.playing
    trainer = stage.worker._run.trainer
    examples = len(trainer.y_train) + len(trainer.dataset.x_test)
    assert sum(count for step, count in parts if step == per_epoch) == examples, "measured twice"


def test_what_is_only_asked_for_in_passing_does_not_end_an_epochs_evaluation(
    stage, long_to_measure, monkeypatch
):
    stage.begin()
    stage.snapshot(lambda snapshot: snapshot.measured is not None)
    outputs, parts = stage.worker._run.trainer._evaluator.outputs, []

    def disturbed(x, y):
        parts.append(len(x))
        if len(parts) < 9:
            stage.worker.send(commands.FocusOn(len(parts)))
        return outputs(x, y)

    monkeypatch.setattr(stage.worker._run.trainer._evaluator, "outputs", disturbed)
    per_epoch = stage.worker._run.trainer.minibatches_per_epoch
    stage.worker.send(commands.Play())
    stage.snapshot(lambda snapshot: snapshot.step > per_epoch)
    stage.worker.send(commands.Pause())
    rested = stage.snapshot(lambda snapshot: not snapshot.playing and snapshot.step > per_epoch)
    assert per_epoch in [known.step for known in rested.evaluations]


def test_the_evaluation_of_an_epoch_tells_how_far_it_is(stage, long_to_measure):
    stage.begin()
    stage.snapshot(lambda snapshot: snapshot.measured is not None)
    stage.worker.send(commands.Play())
    stage.snapshot(lambda snapshot: snapshot.step > 25)
    stage.worker.send(commands.Pause())
    told = stage.event(Loading)
    while told.text != measuring.MEASURING:
        told = stage.event(Loading)
    assert told.stoppable


def test_a_long_way_asks_often_whether_to_go_on(monkeypatch):
    clock = iter(np.arange(0, 1e6, 0.02))
    monkeypatch.setattr("nnviz.engine.run.replayer.perf_counter", lambda: next(clock))
    timeline, asked = Timeline(RECIPE, random_dataset(), stride=10**9), []
    assert timeline.goto(30, lambda fraction: asked.append(fraction) or True)
    assert len(asked) >= 10, "each step takes 20 ms"
    assert not timeline.goto(60, lambda _fraction: len(asked) < 12 and not asked.append(1))
    assert timeline.step_now == 30


def test_of_a_run_whose_steps_take_long_the_last_states_are_kept_near(monkeypatch):
    work = 4 * RECIPE.parameters * RECIPE.batch_size
    monkeypatch.setattr("nnviz.engine.run.recent_states.WORK", work)
    slow = Timeline(RECIPE, random_dataset(), stride=10**9)
    plain = Timeline(RECIPE, random_dataset(), stride=10**9)
    trained = []
    advance = type(slow.trainer)._advance
    slow.goto(30)
    slow.edit("theta", 0.5, 3)
    plain.goto(30)
    plain.edit("theta", 0.5, 3)
    slow.goto(50)
    plain.goto(50)
    monkeypatch.setattr(
        type(slow.trainer), "_advance", lambda self: trained.append(self) or advance(self)
    )
    for step in (49, 48, 31, 30, 29, 30, 50):
        del trained[:]
        slow.goto(step)
        on_the_way = len(trained)
        plain.goto(step)
        assert slow.trainer.network.theta.tobytes() == plain.trainer.network.theta.tobytes()
        if step in (49, 48):
            assert on_the_way <= 8
    slow.undo()
    plain.undo()
    assert slow.trainer.network.theta.tobytes() == plain.trainer.network.theta.tobytes()


def test_pictures_of_a_big_net_leave_most_of_the_time_to_training():
    pace = PicturePace()
    assert pace.due(0.0)
    pace.made(0.04, 0.04)
    assert not pace.due(0.04 + 0.9 * CALM_SHARE * 0.04)
    assert pace.due(0.04 + 1.1 * CALM_SHARE * 0.04)
    pace.made(2.0, 1.0)
    assert pace.due(2.001 + LONGEST_WAIT), "in sight it stays alive"
    pace.made(3.0002, 0.0002)
    assert pace.due(3.001), "a small net is shown in every frame"


def test_what_waits_to_be_ranked_is_bounded_by_memory_and_ends_with_the_thread(monkeypatch):
    thread, network = EvaluationThread(Mailbox()), Network(RECIPE)
    monkeypatch.setattr(evaluation_thread, "WAITING_BYTES", 2 * network.theta.nbytes)
    for step in range(5):
        thread.ask(Sorting(network, random_dataset(), 1, step, commands.Rank()))
    assert [task.step for task in thread._waiting] == [3, 4]


def test_a_ranking_is_of_the_moment_at_which_it_was_asked_for(stage):
    stage.begin()
    stage.worker.send(commands.Rank())
    stage.worker.send(commands.Play())
    assert stage.event(Ranking).step == 0
    stage.snapshot(lambda snapshot: snapshot.step > 0)


def endless(network, *_given, **_more):
    """Look at one part after the other until it is called off."""
    while True:
        network.between()


def told_by_evaluation(stage, *, over):
    """Wait until the evaluation thread tells how far it is, or that it is over."""
    while True:
        told = stage.event(Loading)
        if told.who == EVALUATION and (told.fraction == 1) == over:
            return told


@pytest.mark.parametrize(
    ("done", "asked", "answer"),
    [
        ("report", commands.MakeReport(), Report),
        ("rank", commands.Rank(), Ranking),
        ("judgement", commands.JudgeTrust(), Judgement),
    ],
)
def test_what_is_looked_at_tells_how_far_it_is_can_be_called_off_and_asked_for_again(
    stage, monkeypatch, done, asked, answer
):
    monkeypatch.setattr(evaluation_thread, "LONG", -1.0)
    stage.begin()
    with monkeypatch.context() as patch:
        patch.setattr(evaluation_thread, done, endless)
        stage.worker.send(asked)
        told = told_by_evaluation(stage, over=False)
        assert told.stoppable
        assert told.text
        stage.worker.send(commands.Play())
        stage.snapshot(lambda snapshot: snapshot.step > 20)
        stage.worker.call_off_reports()
        told_by_evaluation(stage, over=True)
    stage.worker.send(asked)
    assert stage.event(answer).run == 1


def test_what_waits_is_called_off_as_well():
    thread, network = EvaluationThread(Mailbox()), Network(RECIPE)
    thread.ask(Sorting(network, random_dataset(), 1, 0, commands.Rank()))
    thread.call_off()
    assert not thread._waiting


def test_a_report_in_parts_tells_ever_more():
    mailbox, network = Mailbox(), Network(RECIPE)
    thread, told = EvaluationThread(mailbox), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_thread, "LONG", -1.0)
        patch.setattr(evaluation_thread, "APART", 0.0)
        patch.setattr(evaluation_thread, "rows_at_once", lambda _recipe: 1)
        patch.setattr("nnviz.engine.network.rows_at_once", lambda _recipe: 1)
        thread._do(Sorting(network, random_dataset(), 1, 0, commands.Rank()))
    while (event := mailbox.take_event()) is not None:
        if isinstance(event, Loading):
            told.append(event.fraction)
    assert told == sorted(told)
    assert len(set(told)) > 5
    assert (told[0], told[-1]) == (0, 1)


def test_a_network_that_was_looked_at_is_let_go_of_at_once():
    thread, network = EvaluationThread(Mailbox()), Network(RECIPE)
    gone = weakref.ref(network)
    gc.collect()
    gc.disable()
    try:
        thread._do(Sorting(network, random_dataset(), 1, 0, commands.Rank()))
        del network
        assert gone() is None
    finally:
        gc.enable()
