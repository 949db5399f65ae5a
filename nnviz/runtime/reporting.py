"""Reporting: at which steps of the training the whole test set is looked at."""

from time import perf_counter

from nnviz.messages.commands import ReportEvery
from nnviz.runtime.evaluation_thread import EvaluationThread
from nnviz.runtime.measuring import NEVER
from nnviz.runtime.run import Run

REPORT_INTERVAL = 0.05
"""Fewest seconds between two reports that nobody asked for one by one."""


class Reporting:
    """Asks for reports on the way.

    Attributes:
        wanted: how often.
    """

    def __init__(self, evaluation_thread: EvaluationThread) -> None:
        self._evaluation_thread = evaluation_thread
        self._reported = 0.0
        self.wanted = ReportEvery()

    def next_step(self, run: Run) -> int:
        """Return the next step of those that are reported on by their number."""
        every = self.wanted.steps
        return (run.trainer.steps // every + 1) * every if every else NEVER

    def report(self, run: Run, *, complete: bool) -> None:
        """Let the test set be looked at where that is wanted; epochs of a moment are thinned."""
        wanted = self.wanted
        here = wanted.steps and not run.trainer.steps % wanted.steps
        now = perf_counter()
        if (here or (complete and wanted.epoch)) and now - self._reported >= REPORT_INTERVAL:
            self._reported = now
            self._evaluation_thread.ask(run.examination())
