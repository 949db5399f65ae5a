"""The evaluation thread: looks at the whole test set, sorts it, or looks at trust.

Training goes on meanwhile.

It is handed a frozen copy of the network, so the report is true of the very step at
which it was asked for, however far training has come meanwhile. What takes long tells how
far it is, and can be called off.
"""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import ClassVar

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.measure.judgement import EXAMPLES, judgement
from nnviz.engine.measure.ranking import Ranking, rank
from nnviz.engine.measure.report import NOISE, Report, report
from nnviz.engine.network import Network, rows_at_once
from nnviz.messages.commands import Rank, ReportEvery
from nnviz.messages.events import EVALUATION, Failure, Loading
from nnviz.numbers import integer
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.measuring import NEVER

WAITING = 3
"""Most networks that wait for the same; the one that has waited longest gives way."""
WAITING_BYTES = 64 * 2**20
"""Most bytes of parameters that those that wait for the same may take; one may wait always."""
LONG, APART = 0.5, 0.05
"""Seconds from which on it is told how far a task is, and between two times that it is."""
REPORT_INTERVAL = 0.05
"""Fewest seconds between two reports that nobody asked for one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Judging:
    """A network of whose readings is asked how much they deserve trust.

    Attributes:
        network: a copy that nobody trains.
        dataset: what it is trained on.
        run, step: the moment.
        text: what is being done, in words.
    """

    network: Network
    dataset: Dataset
    run: int
    step: int
    text: ClassVar[str] = "Finding out how much readings deserve trust"

    @property
    def examples(self) -> int:
        """About how many examples are put through the network."""
        return len(self.dataset.x_test) + EXAMPLES


@dataclass(frozen=True, slots=True, eq=False)
class Examination(Judging):
    """A network whose answers on the whole test set are looked at.

    Attributes:
        keep: called with the report on the evaluation thread's thread.
    """

    keep: Callable[[Report], None]
    text: ClassVar[str] = "Looking at every test example"

    @property
    def examples(self) -> int:
        """About how many examples are put through the network, pictures of noise among them."""
        return len(self.dataset.x_test) + 2 * NOISE


@dataclass(frozen=True, slots=True, eq=False)
class Sorting(Judging):
    """A network by whose costs test examples are sorted.

    Attributes:
        asked: which of them.
    """

    asked: Rank
    text: ClassVar[str] = "Sorting the test examples"

    @property
    def examples(self) -> int:
        """How many examples are put through the network: for its answers and for their costs."""
        return 2 * len(self.dataset.x_test)


class EndedError(Exception):
    """Raised in the midst of what takes long when it is called off or the thread is to end."""


class EvaluationThread(BackgroundThread[Judging]):
    """Owns the examining thread.

    Attributes:
        wanted: how often it is to look while training goes on.
    """

    def __init__(self, mailbox: Mailbox, kept: Callable[[], None] = lambda: None) -> None:
        """Prepare the thread, on which `kept` is called once a report is kept with its run."""
        super().__init__("evaluation", mailbox)
        self.wanted = ReportEvery()
        self._kept, self._reported = kept, 0.0
        self._called_off = False

    def ask(self, task: Judging) -> None:
        """Look at this network next, after those that wait already."""
        with self._changed:
            alike = [one for one in self._waiting if type(one) is type(task)]
            fit = max(1, WAITING_BYTES // task.network.theta.nbytes)
            # Who asks for examples in order waits for each of the answers, if there is room.
            if len(alike) >= (fit if isinstance(task, Sorting) else min(fit, WAITING)):
                self._waiting.remove(alike[0])
            self._waiting.append(task)
            self._changed.notify()

    def call_off(self) -> None:
        """Give up what is under way and what waits."""
        with self._changed:
            self._waiting.clear()
            self._called_off = True

    def next_step(self, step: int) -> int:
        """Return the next step after one of those that are reported on by their number."""
        every = self.wanted.steps
        return (step // every + 1) * every if every else NEVER

    def due(self, step: int, *, complete: bool) -> bool:
        """Tell whether a step is to be looked at; epochs of a moment are thinned.

        Args:
            step: minibatches done.
            complete: True where an epoch is.
        """
        wanted, now = self.wanted, perf_counter()
        here = (wanted.steps and not step % wanted.steps) or (complete and wanted.epoch)
        due = bool(here) and now - self._reported >= REPORT_INTERVAL
        if due:
            self._reported = now
        return due

    def _next(self) -> Judging | None:
        task = super()._next()
        self._called_off = False
        return task

    def _do(self, task: Judging) -> None:
        begun, told, parts = perf_counter(), 0.0, 0
        all_parts = max(1, task.examples // rows_at_once(task.network.recipe))

        def go_on() -> None:
            nonlocal told, parts
            if self._stopping or self._called_off:
                raise EndedError
            now = perf_counter()
            if now - begun > LONG and now - told >= APART:
                told, part = now, min(parts / all_parts, 0.99)
                self._mailbox.put_event(Loading(task.text, part, stoppable=True, who=EVALUATION))
            parts += 1

        task.network.between = go_on
        try:
            with suppress(EndedError):
                self._look(task)
        finally:
            del task.network.between  # which holds the task: a ring that would stay for a while
            if told:
                self._mailbox.put_event(Loading("", 1.0, who=EVALUATION))

    def _look(self, task: Judging) -> None:
        if isinstance(task, Sorting):
            self._mailbox.put_event(_sorted(task))
            return
        if not isinstance(task, Examination):
            judged = judgement(task.network, task.dataset, run=task.run, step=task.step)
            self._mailbox.put_event(judged)
            return
        found = report(task.network, task.dataset, run=task.run, step=task.step)
        task.keep(found)
        self._mailbox.put_event(found)
        self._kept()

    def _failure(self, task: Judging, error: Exception) -> Failure:
        if not isinstance(task, Examination):
            return super()._failure(task, error)
        return Failure(
            f"The test set could not be looked at as of step {integer(task.step)}; training goes "
            "on. Pause, and it is tried again."
        )


def _sorted(task: Sorting) -> Ranking:
    """Sort the test examples asked for by their cost, the highest first."""
    asked = task.asked
    return rank(
        task.network,
        task.dataset,
        asked.label,
        asked.wrong,
        asked.most,
        read_as=asked.read_as,
        run=task.run,
        step=task.step,
    )
