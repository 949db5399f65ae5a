"""Resting: what is found out about a run while its training rests, until a message comes."""

from collections.abc import Callable

from nnviz.engine.big_arrays import make_spare
from nnviz.messages.command import RunCommand
from nnviz.runtime.mailbox import Inbox, Mailbox
from nnviz.runtime.measuring import QUICK
from nnviz.runtime.parallel_measurement import ParallelMeasurement
from nnviz.runtime.playing import Playing
from nnviz.runtime.publisher import Publisher
from nnviz.runtime.run import Run
from nnviz.runtime.run_on_screen import RunOnScreen


class Resting:
    """Lets training rest, measures how good the network is there, and looks for problems."""

    def __init__(
        self,
        mailbox: Mailbox,
        inbox: Inbox[RunCommand],
        screen: RunOnScreen,
        playing: Playing,
        parallel: ParallelMeasurement,
        publisher: Publisher,
        *,
        ending: Callable[[], bool],
    ) -> None:
        """Know the run on screen and what publishes it; `ending` tells whether the worker ends.

        What takes long is given up when a message comes into the inbox, or the worker ends.
        """
        self._mailbox, self._inbox, self._screen = mailbox, inbox, screen
        self._playing, self._parallel, self._publisher = playing, parallel, publisher
        self._ending = ending

    @property
    def owed(self) -> bool:
        """Whether training rests at a moment of which more is to be found out."""
        run = self._screen.run
        if run is None or self._playing.on:
            return False
        return run.measuring.wanted or run.health.owed or run.measuring.epoch_end_wanted

    @property
    def _unmeasured(self) -> bool:
        """Whether training rests where nobody has measured yet how good the network is."""
        run = self._screen.run
        return run is not None and not self._playing.on and run.measuring.wanted

    def rest(self, run: Run) -> None:
        """Show exactly where training stands, and how good it is there.

        What takes long to measure is shown first; if training goes on resting it is measured.
        """
        self._playing.stop()
        self._parallel.settle()
        if run.measuring.work <= QUICK and self._inbox.empty and self._unmeasured:
            run.measuring.measure_now(self._interrupted)
        self._keep_in_curve(run)
        self._publisher.publish(run)

    def look_closer(self, run: Run) -> None:
        """Find out about the moment at which training rests, until a message comes; show it."""
        if run.health.owed:
            run.health.look_now()
            self._publisher.publish(run)
        if run.measuring.epoch_end_wanted:
            if not self._playing.end_epoch(run, self._interrupted):
                return
            self._screen.unsaved = True
            self._publisher.publish(run)
        make_spare(run.trainer.network.theta, self._interrupted)
        if self._unmeasured and run.measuring.measure_at_rest(self._mailbox, self._interrupted):
            self._keep_in_curve(run)
            self._publisher.publish(run)

    def _keep_in_curve(self, run: Run) -> None:
        """Give the curve a point where a line goes no further; looking back adds none."""
        if run.measuring.measure is not None and run.trainer.steps >= run.timeline.reached:
            run.measuring.evaluate(self._ending)

    def _interrupted(self) -> bool:
        return self._ending() or not self._inbox.empty
