"""The evaluation thread: looks at the whole test set while training goes on.

It is handed a frozen copy of the network, so the report is true of the very step at
which it was asked for, however far training has come meanwhile.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from nnviz.data.dataset import Dataset
from nnviz.engine.measure.report import Report, report
from nnviz.engine.network import Network
from nnviz.messages.events import Failure
from nnviz.numbers import integer
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox

WAITING = 3
"""Most networks that wait to be looked at; the one that has waited longest gives way."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """A network to look at.

    Attributes:
        network: a copy that nobody trains.
        dataset: whose test set is looked at.
        run, step: the moment.
        keep: called with the report on the evaluation thread's thread.
    """

    network: Network
    dataset: Dataset
    run: int
    step: int
    keep: Callable[[Report], None]


class EvaluationThread(BackgroundThread):
    """Owns the examining thread."""

    def __init__(self, mailbox: Mailbox, kept: Callable[[], None] = lambda: None) -> None:
        """Prepare the thread.

        Args:
            mailbox: where reports go.
            kept: called once a report is kept with its run, on the evaluation thread's thread.
        """
        super().__init__("evaluation")
        self._mailbox, self._kept = mailbox, kept
        self._waiting: deque[Examination] = deque(maxlen=WAITING)

    def ask(self, examination: Examination) -> None:
        """Look at this network next, after those that wait already."""
        with self._changed:
            self._waiting.append(examination)
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or bool(self._waiting))
                if self._stopping:
                    return
                one = self._waiting.popleft()
            try:
                found = report(one.network, one.dataset, run=one.run, step=one.step)
            except Exception:  # shown once; training and the window are not affected
                _log.exception("The evaluation thread failed")
                self._mailbox.put_event(
                    Failure(
                        f"The test set could not be looked at as of step {integer(one.step)}; "
                        "training goes on. Pause, and it is tried again."
                    )
                )
                continue
            one.keep(found)
            self._mailbox.put_event(found)
            self._kept()
