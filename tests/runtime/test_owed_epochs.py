"""An epoch's end that takes long gives way to every message, and training waits for it."""

from dataclasses import replace
from time import sleep

import pytest

from nnviz.engine import Timeline, Trainer
from nnviz.messages import commands
from nnviz.messages.events import Loading
from nnviz.runtime import measuring, pace, run_on_screen, worker
from tests.runtime.conftest import RECIPE as STAGED
from tests.runtime.conftest import random_dataset

RECIPE = replace(STAGED, patience=3, validation_size=50, schedule="plateau", schedule_epochs=1)
PER_EPOCH = 30


@pytest.fixture
def held(monkeypatch):
    """An epoch's end takes long, and lasts for as long as it is held."""
    for module in (worker, run_on_screen):
        monkeypatch.setattr(module, "SHORT", 0)
    monkeypatch.setattr(measuring, "LONG", -1.0)
    held, end_epoch = [True], Trainer.end_epoch

    def slowly(self, cancelled=lambda: False):
        while self.epoch_end.owed and held[0]:
            if cancelled():
                return False
            sleep(0.001)
        return end_epoch(self, cancelled)

    monkeypatch.setattr(Trainer, "end_epoch", slowly)
    yield held
    held[0] = False


def told(stage):
    """Wait until it is told from now on that an epoch's end is under way."""
    while stage.mailbox.take_event() is not None:
        pass
    while (loading := stage.event(Loading)).text != measuring.ENDING:
        pass
    assert loading.stoppable
    return loading


def straight(steps):
    """The state after so many steps in one go."""
    trainer = Trainer(RECIPE, random_dataset())
    for _ in range(steps):
        trainer.step()
    return kept(trainer)


def kept(trainer):
    state = trainer.state()
    return (state.steps, state.theta.tobytes(), state.pace, state.edits, state.waited,
            state.best_validation, state.epoch_cost)  # fmt: skip


def test_pause_is_obeyed_in_its_midst_and_it_is_ended_at_rest(stage, held):
    stage.begin(RECIPE)
    stage.worker.send(commands.Play())
    told(stage)
    stage.worker.send(commands.Pause())
    paused = stage.snapshot(lambda moment: not moment.playing and moment.step > 0)
    assert (paused.step, paused.waited) == (PER_EPOCH, 0)
    assert paused.best_validation == float("inf")
    held[0] = False
    done = stage.snapshot(lambda moment: moment.best_validation < float("inf"))
    assert (done.step, done.playing) == (PER_EPOCH, False)
    assert kept(stage.worker._run.trainer) == straight(PER_EPOCH)


def test_what_is_called_off_at_rest_is_done_before_training_goes_on(stage, held):
    stage.begin(RECIPE)
    stage.worker.send(commands.Play())
    told(stage)
    stage.worker.send(commands.Pause())
    stage.snapshot(lambda moment: not moment.playing and moment.step > 0)
    told(stage)
    stage.worker.send(commands.Pause())
    while stage.event(Loading).fraction < 1:
        pass
    stage.worker.send(commands.FocusOn(2))
    stage.snapshot(lambda moment: moment.focus.index == 2)
    assert stage.worker._run.trainer.epoch_end.owed
    assert not stage.worker._run.measuring.epoch_end_wanted
    held[0] = False
    stage.worker.send(commands.StepMinibatch())
    stage.snapshot(lambda moment: moment.step == PER_EPOCH + 1)
    assert kept(stage.worker._run.trainer) == straight(PER_EPOCH + 1)


@pytest.mark.parametrize("by_phase", [False, True])
def test_what_is_asked_in_passing_does_not_stop_play(stage, held, monkeypatch, by_phase):
    monkeypatch.setattr(pace, "PHASES", 1000.0)  # nobody watches them
    stage.begin(RECIPE)
    stage.worker.send(commands.Play(by_phase))
    told(stage)
    for index in range(1, 5):
        stage.worker.send(commands.FocusOn(index))
        stage.snapshot(lambda moment, index=index: moment.step == PER_EPOCH)
    held[0] = False
    stage.snapshot(lambda moment: moment.step > PER_EPOCH)
    stage.worker.send(commands.Pause())
    stage.snapshot(lambda moment: not moment.playing and moment.step > PER_EPOCH)
    assert stage.worker.stop()
    timeline = stage.worker._run.timeline
    timeline.trainer.end_epoch()
    assert kept(timeline.trainer) == straight(timeline.step_now)
    assert PER_EPOCH in [known.step for known in timeline.evaluations()]


def test_an_epoch_that_was_to_be_the_last_step_ends_play(stage, held):
    stage.begin(RECIPE)
    stage.worker.send(commands.StepEpoch())
    told(stage)
    held[0] = False
    rested = stage.snapshot(lambda moment: moment.step > 0 and not moment.playing)
    assert rested.step == PER_EPOCH
    assert not stage.worker._run.trainer.epoch_end.owed


def test_early_stopping_ends_play_once_it_is_known(stage, held):
    held[0] = False
    stage.begin(replace(RECIPE, patience=1, learning_rate=20.0))
    stage.worker.send(commands.Play())
    ended = stage.snapshot(lambda moment: moment.step > 0 and not moment.playing)
    assert ended.edits[-1].name == "stopped"
    assert ended.step == ended.edits[-1].step


def test_an_edit_comes_after_it(stage, held):
    stage.begin(RECIPE)
    stage.worker.send(commands.Play())
    told(stage)
    stage.worker.send(commands.Pause())
    stage.snapshot(lambda moment: not moment.playing and moment.step > 0)
    stage.worker.send(commands.MakeEdit("learning_rate", 0.25))
    told(stage)
    held[0] = False
    stage.snapshot(lambda moment: moment.recipe.learning_rate == 0.25)
    usual = Timeline(RECIPE, random_dataset())
    for _ in range(PER_EPOCH):
        usual.step()
    usual.edit("learning_rate", 0.25)
    assert kept(stage.worker._run.trainer) == kept(usual.trainer)


def test_closing_in_its_midst_keeps_a_run_that_goes_on_exactly(stage, held, monkeypatch):
    records = []
    monkeypatch.setattr(
        stage.autosave_thread, "autosave", lambda record, _datasets: records.append(record)
    )
    stage.begin(RECIPE)
    stage.worker.send(commands.Play())
    told(stage)
    assert stage.worker.stop()
    assert records[-1].now.state.owed
    held[0] = False
    again = Timeline.of(records[-1], {"random": random_dataset()})
    again.trainer.end_epoch()
    assert kept(again.trainer) == straight(PER_EPOCH)
    for _ in range(PER_EPOCH + 3):
        again.step()
    assert kept(again.trainer) == straight(2 * PER_EPOCH + 3)
