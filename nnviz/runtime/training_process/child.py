"""What the training process does: it trains ahead, and hands over where its steps have led.

It is told by lines of JSON on its standard input what to load, from which state to go on, and
which rows of the shared memory are free again; it answers by lines on its standard output. It
ends with its input, which is when the window's process has ended, however that came.
"""

import json
import shutil
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from queue import Empty, SimpleQueue
from time import perf_counter
from typing import Any, TextIO

import numpy as np

from nnviz.engine.recipe import Recipe
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.trainer import Trainer
from nnviz.errors import NnvizError
from nnviz.runtime.thread_priority import give_way_as_process
from nnviz.runtime.training_process.epoch_figures import EpochFigures
from nnviz.runtime.training_process.shared_memory import MOST_STEPS, SharedMemory
from nnviz.runtime.training_process.task import read_examples, state_of

SECONDS = 0.01
"""Aimed at for the steps of one row: a display that shows 60 moments a second has one in time, and
each row costs the window's process half a millisecond to take over, whatever its steps."""
FIRST_STEPS = 16
"""Steps of the first row, until it is known how long they take."""


class TrainingAhead:
    """Trains on from a state, as long as there are rows for what it has done."""

    def __init__(self, answers: TextIO) -> None:
        """Have nothing to train yet; answers are written to a file, a line each."""
        self._answers = answers
        self._memory: SharedMemory | None = None
        self._trainer: Trainer | None = None
        self._figures: EpochFigures | None = None
        self._generation = 0
        self._free: deque[int] = deque()
        self._done: list[int] = []
        self._told = 0.0
        self._goes_on = False
        self._together = FIRST_STEPS

    @property
    def busy(self) -> bool:
        """Whether there is something to train, and a row for it."""
        return self._goes_on and bool(self._free)

    def obey(self, message: dict[str, Any]) -> None:
        """Do what a message asks for."""
        match message["do"]:
            case "load":
                self._load(message)
            case "begin":
                self._begin(message)
            case "free" if message["generation"] == self._generation:
                self._free.extend(message["rows"])

    def _load(self, message: dict[str, Any]) -> None:
        self._goes_on = False
        recipe, examples = Recipe.from_dict(message["recipe"]), Path(message["examples"])
        dataset = read_examples(message["dataset"], examples)
        self._memory = SharedMemory(Path(message["memory"]), recipe, len(dataset.parts.names))
        self._trainer = Trainer(recipe, dataset)
        self._trainer.at_once = -1  # what ends an epoch comes after what it cost is handed over
        self._figures = EpochFigures(self._trainer)
        self._together = FIRST_STEPS
        self._answer(did="load", number=message["number"])

    def _begin(self, message: dict[str, Any]) -> None:
        if self._trainer is None or self._memory is None or self._figures is None:
            return
        self._generation = message["generation"]
        self._figures.begin(message["measured"])
        self._free, self._done = deque(self._memory.places), []
        self._trainer.restore(state_of(message["state"], *self._memory.state_arrays()))
        self._goes_on = True

    def train(self) -> None:
        """Train some steps, at most to the end of the epoch, and hand them over in a free row.

        Steps end at multiples of a power of two, where keyframes and trails have theirs.
        """
        trainer, memory, figures = self._trainer, self._memory, self._figures
        if trainer is None or memory is None or figures is None:
            return
        begun, before = perf_counter(), trainer.steps
        end = (before // self._together + 1) * self._together
        costs: list[float] = []
        try:
            trainer.end_epoch()
            eta = trainer.eta
            trainer.train(lambda: trainer.steps < end, costs)
        except NnvizError:
            # Where training cannot go on the window's process comes to it by itself, and says why.
            self._goes_on = False
            self._hand_over()
            return
        took = perf_counter() - begun
        if trainer.steps - before == self._together:
            if took > SECONDS:
                self._together = max(1, self._together // 2)
            elif took < SECONDS / 2:
                self._together = min(MOST_STEPS, 2 * self._together)
        row, state = self._free.popleft(), trainer.state()
        done = TrainedSteps(
            before,
            trainer.steps,
            eta,
            np.array(costs),
            state.theta,
            state.slots,
            trainer.gradient,
            state.epoch_cost,
            state.mistakes.so_far,
            figures.ready(),
        )
        memory.put(row, done)
        self._done.append(row)
        if not self._free or perf_counter() - self._told > SECONDS / 2:
            self._hand_over()
        figures.go_on(took)

    def _hand_over(self) -> None:
        """Tell which rows are done, several at once where they are short."""
        self._answer(did="train", generation=self._generation, rows=self._done, on=self._goes_on)
        self._done, self._told = [], perf_counter()

    def _answer(self, **values: Any) -> None:
        self._answers.write(json.dumps(values) + "\n")
        self._answers.flush()


def _read(lines: Iterable[str], messages: SimpleQueue[dict[str, Any] | None]) -> None:
    """Hand over one message a line; None at the end."""
    try:
        for line in lines:
            messages.put(json.loads(line))
    finally:
        messages.put(None)


def main() -> None:
    """Obey messages and train, until the input ends; then remove the folder that was shared."""
    give_way_as_process()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the window's process
    messages: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin, messages), daemon=True).start()
    ahead = TrainingAhead(sys.stdout)
    while True:
        try:
            message = messages.get(block=not ahead.busy)
        except Empty:
            ahead.train()
            continue
        if message is None:
            break
        ahead.obey(message)
    shutil.rmtree(sys.argv[1], ignore_errors=True)
