"""A worker on a small real data set, stopped after every test."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

import numpy as np
import pytest

from nnviz.data.dataset import DataError, Dataset, one_hot
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError
from nnviz.messages.commands import Start
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.worker import Worker

RECIPE = Recipe(dataset="random", layers=(6, 4, 3), batch_size=5, learning_rate=0.5)


def random_dataset(inputs=6, name="random", train=200):
    draw = np.random.default_rng(0)
    x = draw.random((230, inputs), dtype=np.float32)
    y = one_hot(draw.integers(0, 3, 230), 3)
    return Dataset(name, x[:train], y[:train], x[200:], y[200:], ("a", "b", "c"))


def many_examples():
    """Examples that take longer to measure than a moment, in a net of some width."""
    draw = np.random.default_rng(2)
    x = draw.random((24_500, 6), dtype=np.float32)
    y = one_hot(draw.integers(0, 3, len(x)), 3)
    return Dataset("many", x[:-500], y[:-500], x[-500:], y[-500:], ("a", "b", "c"))


def digits_dataset():
    """Examples that drawings can join."""
    draw = np.random.default_rng(1)
    x = (draw.random((230, 784)) < 0.2).astype(np.float32)
    y = one_hot(draw.integers(0, 10, 230), 10)
    return Dataset("digits", x[:200], y[:200], x[200:], y[200:], tuple("0123456789"), (28, 28))


class Stage:
    """A worker with its mailbox, and ways to wait for what it does."""

    def __init__(self):
        self.mailbox = Mailbox()
        self.landscape_thread = LandscapeThread(self.mailbox)
        self.files = {}
        self.arrived = []
        self.broken = ""
        self.autosave_thread = AutosaveThread(self.save, self.mailbox, recent_runs=self)
        self.worker = Worker(
            self.load, self.read, self.mailbox, self.landscape_thread, self.autosave_thread
        )
        self.autosave_thread.start()
        self.loads = []
        self.tables = {}
        self.slow_load = False

    def load(self, name, progress):
        self.loads.append(name)
        if name in self.tables:
            return self.tables[name]
        while self.slow_load:
            progress(0.5, "slowly")
            sleep(0.01)
        if name == "missing":
            raise DataError("There is no such data.")
        if name == "broken":
            raise RuntimeError("a bug")
        if name == "digits":
            return digits_dataset()
        if name == "many":
            return many_examples()
        return random_dataset(8 if name == "wide" else 6, name, 100 if name == "few" else 200)

    def save(self, path, session, *, part=None, unwanted=None):
        if self.broken:
            raise NnvizError(self.broken)
        self.files[path] = session
        return True

    def place(self, view):
        """Stand for the recent runs that gave way: the file is called by the run's key."""
        return Path(f"{view['key']}.nnviz")

    def came(self, path, view):
        self.arrived.append(path)

    def mark(self, path):
        return [str(path), 1, 1] if path in self.arrived else None

    def set_aside(self, timeout=60.0):
        """Wait for the next run that gave way; return its file."""
        end = perf_counter() + timeout
        while not self.arrived and perf_counter() < end:
            sleep(0.001)
        return self.arrived.pop()

    def read(self, path, places):
        if path not in self.files:
            raise NnvizError("There is no such file.")
        return self.files[path]

    def begin(self, recipe=RECIPE):
        self.worker.start()
        self.worker.send(Start(recipe))
        return self.snapshot()

    def snapshot(self, wanted=lambda _snapshot: True, timeout=60.0):
        """Take snapshots, as a display does, until one is wanted."""
        end = perf_counter() + timeout
        while perf_counter() < end:
            snapshot = self.mailbox.take_snapshot()
            if snapshot is not None and wanted(snapshot):
                return snapshot
            sleep(0.001)
        raise AssertionError("no such snapshot came")

    def event(self, kind, timeout=60.0):
        end = perf_counter() + timeout
        while perf_counter() < end:
            event = self.mailbox.take_event()
            if isinstance(event, kind):
                return event
            sleep(0.001)
        raise AssertionError(f"no {kind.__name__} came")


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.slow_load = False
    assert stage.landscape_thread.stop()
    assert stage.worker.stop()
    assert stage.autosave_thread.stop()
