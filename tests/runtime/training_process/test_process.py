"""The training process: what is taken over from it is what would have been trained here."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, Parts
from nnviz.data.description import Column
from nnviz.engine import DivergedError, Recipe, Trainer
from nnviz.engine.run.branch import MOST_EVALUATIONS
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.taught import NONE, drawing, with_drawings
from nnviz.messages.commands import Pause, Play
from nnviz.runtime import playing
from nnviz.runtime.measuring import QUICK, SHORT, work_of
from nnviz.runtime.parallel_measurement import ParallelMeasurement
from nnviz.runtime.training_process import link as link_module
from nnviz.runtime.training_process import loading
from nnviz.runtime.training_process import process as process_module
from nnviz.runtime.training_process.process import TrainingProcess
from tests.runtime.conftest import RECIPE, digits_dataset, many_examples, random_dataset
from tests.runtime.training_process.conftest import begin, until

DIGITS = Recipe(dataset="digits", layers=(784, 12, 10), batch_size=10)
PLANE = Recipe(
    dataset="moons", layers=(2, 5, 1), activation="tanh", output_activation="sigmoid",
    cost="cross_entropy", optimiser="adam", learning_rate=0.02,
)  # fmt: skip
PICTURE = np.pad(np.ones((6, 2)), ((11, 11), (13, 13)))
RECIPES = {
    "plain descent": DIGITS,
    "a short last minibatch": Recipe(dataset="random", layers=(6, 4, 3), batch_size=7),
    "adam on a table of float64": PLANE,
    "momentum, L1 and L2": Recipe(
        dataset="random", layers=(6, 4, 3), optimiser="momentum", l1=0.1, l2=0.2
    ),
    "dropout, noise and another order": Recipe(
        dataset="random", layers=(6, 8, 3), dropout=0.3, input_noise=0.1, seed=4
    ),
    "a schedule and early stopping": Recipe(
        dataset="random",
        layers=(6, 4, 3),
        schedule="plateau",
        schedule_epochs=2,
        validation_size=40,
        patience=50,
        label_noise=0.2,
    ),
    "pictures that are varied": Recipe(dataset="digits", layers=(784, 5, 10), shift=2, rotation=10),
    "drawings that were taught": Recipe(
        dataset="digits", layers=(784, 5, 10), taught=with_drawings(NONE, [drawing(1, PICTURE)])
    ),
    "float64": Recipe(dataset="random", layers=(6, 4, 3), dtype="float64", activation="relu"),
}


def data_of(recipe):
    if recipe.dataset == "moons":
        return load_dataset("moons")
    return digits_dataset() if recipe.dataset == "digits" else random_dataset()


def endlessly(step):
    while True:
        step()


def shared_in(folder):
    return sorted(path.name for path in folder.iterdir())


def same(one, two):
    """Whether two states are one to the last bit."""
    arrays = all(
        getattr(one, name).tobytes() == getattr(two, name).tobytes() for name in ("theta", "slots")
    )
    names = ("steps", "pace", "epoch_cost", "best_validation", "waited", "edits", "finished",
             "mistakes", "owed")  # fmt: skip
    return arrays and all(getattr(one, name) == getattr(two, name) for name in names)


@pytest.mark.parametrize("name", RECIPES)
def test_what_is_taken_over_is_what_would_have_been_trained_here(ahead, name):
    recipe = RECIPES[name]
    run, alone = begin(recipe, data_of(recipe)), Timeline(recipe, data_of(recipe))
    ahead.ready(run)
    costs = []
    for goal in (50, 173, 500):
        ahead.train(run, goal)
        while alone.step_now < goal:
            alone.train(lambda: alone.step_now < goal, costs)  # noqa: B023 - called at once
        assert same(run.trainer.state(), alone.trainer.state())
        assert run.trainer.gradient.tobytes() == alone.trainer.gradient.tobytes()
        assert run.timeline.last_cost == alone.last_cost
        assert run.trainer.batch.tolist() == alone.trainer.batch.tolist()
    for curve in ("steps", "mean", "low", "high"):
        ours, theirs = (
            getattr(timeline.current.curve(), curve) for timeline in (run.timeline, alone)
        )
        assert ours.tobytes() == theirs.tobytes()
    assert ahead.taken > 200
    assert run.goto(120, lambda _done: True)
    again = Trainer(recipe, data_of(recipe))
    for _ in range(120):
        again.step()
    assert same(run.trainer.state(), again.state())


def numbers_dataset():
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(240, 6)).astype(np.float32), rng.normal(size=(240, 2))
    columns = (Column("mass", "kg", 2.0, 3.0), Column("size", "cm", -1.0, 0.5))
    return Dataset("numbers", x[:200], y[:200], x[200:], y[200:], targets=columns)


def mixture():
    data = random_dataset()
    parts = Parts(("one", "two", "none"), test=(np.arange(len(data.x_test)) % 2).astype(np.uint8))
    held = data.x_train, data.y_train, data.x_test, data.y_test
    return Dataset("mixture", *held, class_names=data.class_names, parts=parts)


NUMBERS = Recipe(
    dataset="numbers", layers=(6, 4, 2), cost="quadratic", output_activation="linear",
    learning_rate=0.01,
)  # fmt: skip
MEASURED = {
    "classes, and examples held back": (RECIPES["a schedule and early stopping"], random_dataset),
    "two classes of one output": (PLANE, partial(load_dataset, "moons")),
    "numbers in units of their own": (NUMBERS, numbers_dataset),
    "parts of a mixture": (Recipe(dataset="random", layers=(6, 4, 3)), mixture),
    "mistakes of a perceptron": (
        Recipe(
            dataset="xor", layers=(2, 1), cost="perceptron", output_activation="step", batch_size=1
        ),
        partial(load_dataset, "xor"),
    ),
}


@pytest.mark.parametrize("name", MEASURED)
def test_figures_of_epochs_are_those_measured_here(ahead, name):
    recipe, data = MEASURED[name][0], MEASURED[name][1]()
    run, alone = begin(recipe, data), Trainer(recipe, data)
    ahead.ready(run)
    ahead.train(run, 2000)
    assert len(ahead.measured) > 5
    assert ahead.process.link is not None, "it was given up: the first figures differ"
    steps = sorted(ahead.measured)
    assert min(np.diff(steps), default=20) >= 20, "figures near others are measured in vain"
    for step in steps:
        while alone.steps < step:
            alone.step()
        assert alone.steps % alone.minibatches_per_epoch == 0
        assert repr(alone.evaluate()) == repr(ahead.measured[step])
    assert set(steps) <= {evaluation.step for evaluation in run.timeline.current.evaluations}


def test_a_curve_that_has_a_figure_near_gets_no_other(ahead):
    run = begin(RECIPE, random_dataset())  # 40 steps an epoch
    run.train(lambda: run.trainer.steps < 30)
    run.measuring.keep(run.trainer.evaluate())
    ahead.ready(run)
    ahead.train(run, 100)
    assert [e.step for e in run.timeline.current.evaluations] == [30, 80]
    assert 40 not in ahead.measured


def test_other_figures_than_here_are_not_taken(ahead, monkeypatch):
    run = begin(RECIPE, random_dataset())
    ahead.ready(run)
    right = run.trainer.evaluate
    monkeypatch.setattr(run.trainer, "evaluate", lambda: replace(right(), test_cost=0.5))
    ahead.train(run, 300)
    assert ahead.process.link is None
    assert all(e.test_cost == 0.5 for e in run.timeline.current.evaluations)


def test_edits_on_the_way_call_off_what_was_trained_ahead(ahead):
    recipe, data = DIGITS, digits_dataset()
    run, alone = begin(recipe, data), begin(recipe, data)
    edits = (
        lambda run: run.edit("learning_rate", 1.5, ()),
        lambda run: run.edit("theta", 0.25, (3,)),
        lambda run: run.edit("train_size", 150, ()),
        lambda run: run.goto(run.trainer.steps - 40, lambda _done: True),
        lambda run: run.edit("batch_size", 8, ()),
        lambda run: run.edit("l2", 0.5, ()),
    )
    for edit in edits:
        ahead.ready(run)
        ahead.train(run, run.trainer.steps + 210)
        while alone.trainer.steps < run.trainer.steps:
            alone.train(lambda: alone.trainer.steps < run.trainer.steps)
        edit(run), edit(alone)
        assert same(run.trainer.state(), alone.trainer.state())
    assert ahead.taken > 300
    assert run.timeline.changes == alone.timeline.changes


def test_a_change_that_lies_ahead_is_made_again_at_its_step(ahead):
    run = begin(RECIPE, random_dataset())
    ahead.ready(run)
    ahead.train(run, 100)
    run.edit("learning_rate", 2.0, ())
    ahead.train(run, 200)
    assert run.goto(50, lambda _done: True)
    ahead.train(run, 200)
    assert run.trainer.eta == 2.0
    alone = begin(RECIPE, random_dataset())
    while alone.trainer.steps < 100:
        alone.train(lambda: alone.trainer.steps < 100)
    alone.edit("learning_rate", 2.0, ())
    while alone.trainer.steps < 200:
        alone.train(lambda: alone.trainer.steps < 200)
    assert same(run.trainer.state(), alone.trainer.state())


def test_where_training_diverges_it_is_told_at_the_very_step(ahead):
    recipe = Recipe(
        dataset="random", layers=(6, 3), output_activation="linear", cost="quadratic",
        learning_rate=0.8,
    )  # fmt: skip
    alone = Trainer(recipe, random_dataset())
    with pytest.raises(DivergedError) as expected:
        endlessly(alone.step)
    run = begin(recipe, random_dataset())
    ahead.ready(run)
    with pytest.raises(DivergedError) as told:
        ahead.train(run, 10_000)
    assert ahead.taken > 100
    assert str(told.value) == str(expected.value)
    assert same(run.trainer.state(), alone.state())


def test_a_process_that_ends_in_the_midst_of_it_is_done_without(ahead, caplog):
    run, alone = begin(DIGITS, digits_dataset()), Trainer(DIGITS, digits_dataset())
    ahead.ready(run)
    ahead.train(run, 100)
    ahead.process.link.process.kill()
    ahead.train(run, 400)
    for _ in range(400):
        alone.step()
    assert same(run.trainer.state(), alone.state())
    assert len(caplog.records) == 1, "told once, in the log"
    assert ahead.process.link is None


def test_other_numbers_are_not_taken_over(ahead, monkeypatch, caplog):
    run, alone = begin(DIGITS, digits_dataset()), Trainer(DIGITS, digits_dataset())
    ahead.ready(run)
    with monkeypatch.context() as patched:
        patched.setattr(process_module, "same_bits", lambda _one, _two: False)
        ahead.train(run, 100)
    ahead.train(run, 200)
    for _ in range(200):
        alone.step()
    assert ahead.taken == 0
    assert ahead.process.link is None
    assert same(run.trainer.state(), alone.state())
    assert "other numbers" in caplog.text


def test_on_a_full_disk_it_is_done_without(ahead, monkeypatch, caplog):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loading, "write_examples", full)
    run = begin(DIGITS, digits_dataset())
    ahead.process.next(run.trainer, lambda: -1)
    until(
        lambda: ahead.process.next(run.trainer, lambda: -1) or ahead.process.link is None,
        "it gives up",
    )
    ahead.train(run, 100)
    assert ahead.taken == 0
    assert "No space left" in caplog.text


@pytest.mark.parametrize(
    ("recipe", "cores", "played"),
    [
        (DIGITS, 1, 0.0),
        (DIGITS, 2, 60.0),
        (Recipe(dataset="digits", layers=(784, 800, 10)), 2, 0.0),
    ],
    ids=["one core", "a short play", "a net whose products take long"],
)
def test_no_process_is_begun_where_it_is_not_worth_it(monkeypatch, recipe, cores, played):
    monkeypatch.setattr(process_module, "PLAYED", played)
    process, trainer = TrainingProcess(cores), Trainer(recipe, digits_dataset())
    for _ in range(20):
        assert process.next(trainer, lambda: -1) is None
        trainer.step()
    assert process.link is None
    process.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be halted there")
def test_where_no_steps_come_in_time_it_is_trained_here_for_a_while(ahead, monkeypatch):
    run = begin(DIGITS, digits_dataset())
    ahead.ready(run)
    ahead.train(run, 100)
    os.kill(ahead.process.link.process.pid, signal.SIGSTOP)  # as good as a core that others have
    monkeypatch.setattr(process_module, "WAIT", 0.03)
    waited, wait_for_rows = [], TrainingProcess._wait_for_rows
    monkeypatch.setattr(
        TrainingProcess,
        "_wait_for_rows",
        lambda *args: (waited.append(perf_counter()), wait_for_rows(*args)),
    )
    until(lambda: ahead.burst(run, 10**9) or len(waited) > 6, "it is waited for")
    pauses = np.diff(waited[:7])
    at_least = np.array([0.06, 0.12, 0.24, 0.48, 0.5, 0.5])
    assert (pauses >= at_least).all(), "the less it comes to, the less often it is waited for"
    assert run.trainer.steps > 200
    steps = run.trainer.steps
    taken = ahead.taken
    os.kill(ahead.process.link.process.pid, signal.SIGCONT)
    monkeypatch.setattr(ahead.process, "_again", 0.0)
    monkeypatch.setattr(process_module, "WAIT", 10.0)
    ahead.train(run, steps + 400)
    assert ahead.taken > taken
    alone = Trainer(DIGITS, digits_dataset())
    for _ in range(steps + 400):
        alone.step()
    assert same(run.trainer.state(), alone.state())


def test_a_run_that_gave_way_is_let_go_of_and_its_examples_are_removed(ahead):
    first, second = begin(DIGITS, digits_dataset()), begin(RECIPE, random_dataset())
    ahead.ready(first)
    ahead.train(first, 100)
    folder = ahead.process.link.folder
    assert shared_in(folder) == ["examples-1", "memory-1"]
    ahead.ready(second)
    ahead.train(second, 200)
    assert shared_in(folder) == ["examples-2", "memory-2"]
    assert ahead.taken > 100
    ahead.process.stop()
    assert not folder.exists()


def test_a_new_run_on_the_same_data_finds_them_there(ahead):
    data = digits_dataset()
    ahead.ready(begin(DIGITS, data))
    again = begin(DIGITS, data)
    ahead.ready(again)
    assert shared_in(ahead.process.link.folder) == ["examples-1", "memory-2"]
    ahead.train(again, 200)
    alone = Trainer(DIGITS, data)
    for _ in range(200):
        alone.step()
    assert same(again.trainer.state(), alone.state())
    assert ahead.taken > 100


def test_it_ends_with_its_input_and_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-m", "nnviz.runtime.training_process", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(json.dumps({"do": "free", "generation": 1, "rows": [1]}) + "\n")
    child.stdin.close()  # as when the window's process is killed
    assert child.wait(60) == 0
    assert not folder.exists()


@pytest.fixture
def played(ahead, monkeypatch, request):
    """A worker that plays with the process."""
    monkeypatch.setattr(playing, "TrainingProcess", lambda: ahead.process)
    monkeypatch.setattr(link_module, "ENDING", 60.0)  # a busy machine has its time
    return request.getfixturevalue("stage")


def pause(stage):
    asked = perf_counter()
    stage.worker.send(Pause())
    paused = stage.snapshot(lambda s: not s.playing)
    assert perf_counter() - asked < 5
    return paused


def test_the_worker_plays_with_it_and_pauses_at_the_exact_state(ahead, played):
    process, stage = ahead.process, played
    stage.begin()
    stage.worker.send(Play())
    until(lambda: process.proved, "steps are taken over")
    begun = stage.snapshot(lambda s: s.playing and s.own_process).step
    stage.snapshot(lambda s: s.playing and s.step > begun + 2000)
    paused = pause(stage)
    assert not paused.own_process
    trainer = Trainer(RECIPE, random_dataset())
    for _ in range(paused.step):
        trainer.step()
    assert paused.theta.tobytes() == trainer.network.theta.tobytes()
    assert paused.gradient.tobytes() == trainer.gradient.tobytes()
    *epochs, last = [evaluation.step for evaluation in paused.evaluations]
    apart = 40 if paused.step < 40 * MOST_EVALUATIONS else epochs[1]  # every other one was let go
    assert (epochs, last) == (list(range(0, paused.step, apart)), paused.step)
    child, folder = process.link.process, process.link.folder
    assert stage.worker.stop()
    assert child.poll() == 0
    assert not Path(folder).exists()


def test_epochs_that_take_longer_are_measured_there_between_steps(ahead, played, monkeypatch):
    recipe = Recipe(dataset="many", layers=(6, 1000, 3), batch_size=20, learning_rate=0.1)
    data = many_examples()
    assert QUICK < work_of(Trainer(recipe, data)) <= SHORT
    begun, begin_here = [], ParallelMeasurement.begin

    def noted(self, timeline, measuring, *, elsewhere=False):
        begun.append((timeline.trainer.steps, elsewhere))
        begin_here(self, timeline, measuring, elsewhere=elsewhere)

    monkeypatch.setattr(ParallelMeasurement, "begin", noted)
    taken, take = [], ParallelMeasurement.take

    def noting(self, evaluation):
        taken.append(evaluation.step)
        take(self, evaluation)

    monkeypatch.setattr(ParallelMeasurement, "take", noting)
    stage = played
    stage.begin(recipe)
    stage.worker.send(Play())
    stage.snapshot(lambda s: s.playing and len(taken) > 3)
    paused = pause(stage)
    steps = [step for step, _ in begun]
    assert steps == [*range(1200, paused.step + 1, 1200)]
    assert [each.step for each in paused.evaluations] == steps
    assert {*taken[1:]} <= {step for step, elsewhere in begun if elsewhere}, "the first is compared"
    trainer = Trainer(recipe, data)
    for measured in paused.evaluations:
        while trainer.steps < measured.step:
            trainer.step()
        assert repr(trainer.evaluate()) == repr(measured)
