"""The evaluation thread: looks at the whole test set, sorts it, or looks at trust.

Training goes on meanwhile.

It is handed a frozen copy of the network, so the report is true of the very step at
which it was asked for, however far training has come meanwhile.
"""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.measure.judgement import judgement
from nnviz.engine.measure.ranking import Ranking, rank
from nnviz.engine.measure.report import Report, report
from nnviz.engine.network import Network
from nnviz.messages.commands import Rank, ReportEvery
from nnviz.messages.events import Failure
from nnviz.numbers import integer
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.measuring import NEVER

WAITING = 3
"""Most networks that wait for the same; the one that has waited longest gives way."""
WAITING_BYTES = 64 * 2**20
"""Most bytes of parameters that those that wait for the same may take; one may wait always."""
REPORT_INTERVAL = 0.05
"""Fewest seconds between two reports that nobody asked for one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Judging:
    """A network of whose readings is asked how much they deserve trust.

    Attributes:
        network: a copy that nobody trains.
        dataset: what it is trained on.
        run, step: the moment.
    """

    network: Network
    dataset: Dataset
    run: int
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class Examination(Judging):
    """A network whose answers on the whole test set are looked at.

    Attributes:
        keep: called with the report on the evaluation thread's thread.
    """

    keep: Callable[[Report], None]


@dataclass(frozen=True, slots=True, eq=False)
class Sorting(Judging):
    """A network by whose costs test examples are sorted.

    Attributes:
        asked: which of them.
    """

    asked: Rank


class EndedError(Exception):
    """Raised in the midst of what takes long when the thread is to end."""


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

    def _go_on(self) -> None:
        if self._stopping:
            raise EndedError

    def _do(self, task: Judging) -> None:
        task.network.between = self._go_on
        with suppress(EndedError):
            self._look(task)

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
