"""The publisher: freezes moments of the run on screen and leaves them in the mailbox."""

from time import perf_counter, thread_time

from nnviz.data.dataset import Dataset
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.parallel_measurement import ParallelMeasurement
from nnviz.runtime.playing import Playing
from nnviz.runtime.run import Run
from nnviz.runtime.run_on_screen import RunOnScreen


class Publisher:
    """Publishes a run where it stands, and has cost surfaces computed over its data."""

    def __init__(
        self,
        mailbox: Mailbox,
        landscape_thread: LandscapeThread,
        screen: RunOnScreen,
        playing: Playing,
        parallel: ParallelMeasurement,
    ) -> None:
        """Publish nothing yet.

        Args:
            mailbox: where moments go.
            landscape_thread: told which examples to compute cost surfaces on.
            screen: told when the run has moved on from where it began.
            playing: knows whether training plays, and how fast.
            parallel: knows how long the processor has measured.
        """
        self._mailbox, self._landscape_thread = mailbox, landscape_thread
        self._screen, self._playing, self._parallel = screen, playing, parallel
        self._surveyed: tuple[int, Dataset] | None = None

    def publish(self, run: Run) -> None:
        """Show the window where a run stands."""
        if run.moved_on:
            self._screen.moved_on(run)
        dataset = run.trainer.dataset
        if self._surveyed != (run.number, dataset):
            self._surveyed = run.number, dataset
            self._landscape_thread.use(run.number, dataset.x_test, dataset.y_test)
        rate = self._playing.per_second
        begun = thread_time()
        worked = begun + self._parallel.worked
        moment = run.snapshot(
            playing=self._playing.on,
            minibatches_per_second=rate,
            worked=worked,
            own_process=self._playing.takes_over,
        )
        self._playing.pictures.made(perf_counter(), thread_time() - begun)
        self._mailbox.put_snapshot(moment)
