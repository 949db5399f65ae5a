"""Never lost: windows killed at any moment of training and saving, and their runs restored."""

import errno
import os
import random
import subprocess
import sys
from itertools import count
from pathlib import Path
from time import perf_counter, sleep

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine import Recipe, Timeline
from nnviz.engine.blas import use_one_thread
from nnviz.files.autosaves import Autosaves
from nnviz.files.sessions import load_session, save_session
from nnviz.messages.events import Notice
from nnviz.runtime import autosave_thread as saving
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.mailbox import Mailbox

KILLS = [7, pytest.param(30, marks=pytest.mark.slow)]
MANY = 30
"""Kills of which some fall into the middle of a save."""
ALIVE = 3
"""Windows that train at the same time, each with its own autosave in the same folder."""
LONGEST_LIFE = 0.25
"""Most seconds between a window's first autosave and its death."""
EDIT_EVERY = 1500
"""Minibatches between two changes of the learning rate, each of which begins a branch."""
RECIPE = Recipe(
    dataset="random",
    layers=(20, 30, 3),
    optimiser="adam",
    learning_rate=0.01,
    batch_size=5,
    dropout=0.1,
)


def examples() -> Dataset:
    draw = np.random.default_rng(0)
    x = draw.random((230, 20), dtype=np.float32)
    y = one_hot(draw.integers(0, 3, 230), 3)
    return Dataset("random", x[:200], y[:200], x[200:], y[200:])


def train(timeline: Timeline, stop) -> None:
    """Train minibatch by minibatch until told to stop, with an edit now and then."""
    while True:
        timeline.train(lambda: timeline.step_now % EDIT_EVERY != 0 and not stop(), [])
        step = timeline.step_now
        if step % EDIT_EVERY == 0:
            timeline.edit("learning_rate", 0.01 + 0.001 * (step // EDIT_EVERY % 2))
        if stop():
            return


def window(folder: Path) -> None:
    """Train and save without a pause until killed; what the application does, without a screen."""
    use_one_thread()
    saving.SHARE = 0  # one autosave right behind the other: most kills hit one
    timeline = Timeline(RECIPE, examples())
    claim = Autosaves(folder).claim()
    autosave_thread = AutosaveThread(save_session, Mailbox(), claim.path, claim.part, interval=0)
    autosave_thread.start()
    for number in count():
        train(timeline, lambda: autosave_thread.due(perf_counter()))
        if number == 1:
            print("saved", flush=True)
        autosave_thread.autosave(timeline.record({"saves": number}, 8), timeline.trainer.datasets)


def state(timeline: Timeline) -> tuple[object, ...]:
    """All that must come out the same, to the last bit."""
    record = timeline.record({}, 0)
    now = record.now.state
    return (
        now.steps,
        now.recipe,
        now.theta.tobytes(),
        now.slots.tobytes(),
        now.epoch_cost,
        now.pace,
        record.gradient.tobytes(),
        record.last_cost,
        tuple(branch.change for branch in record.branches),
        tuple(branch.reached for branch in record.branches),
        tuple(branch.costs.rest.tobytes() for branch in record.branches),
        tuple(branch.costs.rows.tobytes() for branch in record.branches),
    )


@pytest.mark.parametrize("kills", KILLS)
def test_kills_at_random_moments_each_followed_by_a_successful_restore(tmp_path, kills):
    folder = tmp_path / "autosave"
    autosaves = Autosaves(folder)
    dataset = examples()
    moments = random.Random(1)
    alive: list[subprocess.Popen[str]] = []
    restored, halves = [], 0
    try:
        for number in range(kills + ALIVE - 1):
            if number < kills:
                alive.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "tests.test_never_lost", str(folder)],
                        cwd=Path(__file__).parents[1],
                        stdout=subprocess.PIPE,
                        text=True,
                    )
                )
            if len(alive) < ALIVE and number < kills:
                continue
            victim = alive.pop(0)
            assert victim.stdout.readline() == "saved\n"
            sleep(moments.uniform(0, LONGEST_LIFE))
            victim.kill()
            victim.communicate()

            (recoverable,) = autosaves.left_behind()  # those alive are not among them
            halves += len(list(recoverable.path.parent.glob("*.part")))
            session = load_session(recoverable.path)
            assert [mark.name for mark in session.marks] == ["random"]
            assert session.marks[0].fingerprint == dataset.fingerprint()
            assert session.record.view["saves"] >= 0
            timeline = Timeline.of(session.record, {"random": dataset})
            restored.append(state(timeline))
            end = timeline.step_now + 40
            train(timeline, lambda: timeline.step_now >= end)  # noqa: B023 - called at once
            restored.append(state(timeline))
            autosaves.discard(recoverable)
    finally:
        for process in alive:
            process.kill()
            process.communicate()

    assert sorted(path.name for path in folder.iterdir()) == ["gate.lock"]
    assert len(restored) == 2 * kills
    assert halves > 0 or kills < MANY  # some were killed in the middle of a save
    straight = Timeline(RECIPE, dataset)
    for expected in sorted(restored, key=lambda kept: kept[0]):
        step = expected[0]
        if straight.step_now < step:
            train(straight, lambda: straight.step_now >= step)  # noqa: B023 - called at once
        assert state(straight) == expected


def test_a_disk_that_fills_up_costs_neither_training_nor_the_last_autosave(tmp_path):
    resource = pytest.importorskip("resource")  # a limit on file sizes stands for the full disk
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    autosaves, mailbox = Autosaves(tmp_path / "autosave"), Mailbox()
    claim = autosaves.claim()
    autosave_thread = AutosaveThread(save_session, mailbox, claim.path, claim.part, interval=0)
    autosave_thread.start()
    timeline = Timeline(RECIPE, examples())

    def trained_and_saved():
        end = timeline.step_now + 300
        train(timeline, lambda: timeline.step_now >= end)
        autosave_thread.autosave(timeline.record({}, 8), timeline.trainer.datasets)
        while autosave_thread._busy:
            sleep(0.001)
        return load_session(claim.path).record.now.state.steps

    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))

    def empty():
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    try:
        assert trained_and_saved() == 300
        fill()
        assert [trained_and_saved() for _ in range(3)] == [300, 300, 300]
        assert not claim.part.exists()
        empty()
        assert [trained_and_saved() for _ in range(2)] == [1500, 1800]
        fill()
        assert trained_and_saved() == 1800
    finally:
        empty()
    assert autosave_thread.stop()
    told = [mailbox.take_event() for _ in range(2)]
    assert all(isinstance(event, Notice) for event in told)
    assert os.strerror(errno.EFBIG) in told[0].sentence
    assert mailbox.take_event() is None
    claim.release(keep=True)
    assert load_session(autosaves.last()).record.now.state.steps == 1800


if __name__ == "__main__":
    window(Path(sys.argv[1]))
