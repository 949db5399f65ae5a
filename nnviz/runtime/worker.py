"""The worker: the thread that trains.

It obeys the messages sent to it between two minibatches and otherwise trains as
fast as it is allowed to. Whatever goes wrong becomes a `Failure` in the mailbox;
the last good state stays as it was. Stopping is an event plus a join.
"""

import logging
import threading
import traceback
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import perf_counter

from nnviz.data.dataset import Dataset
from nnviz.engine.blas import use_one_thread
from nnviz.engine.examples import fitted
from nnviz.errors import NnvizError
from nnviz.runtime import messages
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.messages import Failure, Loading, Message
from nnviz.runtime.run import Run
from nnviz.runtime.surveyor import Surveyor

Progress = Callable[[float, str], None]
Loader = Callable[[str, Progress], Dataset]

BURST = 0.008
"""Seconds trained before the clock and the mailbox are looked at again."""

_log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - not an error: the way out of a long task when closing
    """Raised inside a long task when the worker is to end."""


class Worker:
    """Owns the training thread and the run it works on."""

    def __init__(self, load: Loader, mailbox: Mailbox, surveyor: Surveyor) -> None:
        """Prepare the thread; `start` runs it.

        Args:
            load: load(name, progress) returns a data set; it may take long and calls
                progress(fraction, text) often.
            mailbox: where snapshots and events go.
            surveyor: is told which examples to compute cost surfaces on.
        """
        self._load = load
        self._mailbox = mailbox
        self._surveyor = surveyor
        self._inbox: SimpleQueue[Message | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="nnviz-worker", daemon=True)
        self._run: Run | None = None
        self._dataset: Dataset | None = None
        self._dataset_name = ""
        self._runs = 0
        self._playing = False
        self._until_epoch = False
        self._pace: float | None = None
        self._due = 0.0
        self._rate = _Rate()

    def start(self) -> None:
        """Begin to obey messages."""
        self._thread.start()

    def send(self, message: Message) -> None:
        """Queue a message; it is obeyed between two minibatches."""
        self._inbox.put(message)

    def stop(self, timeout: float = 5.0) -> bool:
        """End the thread, in the middle of whatever it does; tell whether it has ended.

        Args:
            timeout: seconds to wait for it.
        """
        self._stopping.set()
        self._inbox.put(None)
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        use_one_thread()
        while not self._stopping.is_set():
            try:
                self._obey()
                if self._playing and self._run is not None:
                    self._burst(self._run)
            except Stopped:
                return
            except NnvizError as error:
                self._fail(Failure(str(error)))
            except Exception as error:
                _log.exception("The worker failed")
                self._fail(
                    Failure(
                        f"Something inside nnviz failed ({type(error).__name__}): training is "
                        "paused and its last state is kept; please report the details.",
                        traceback.format_exc(),
                    )
                )

    def _fail(self, failure: Failure) -> None:
        self._mailbox.put_event(failure)
        self._playing = False
        if self._run is not None:
            try:
                self._publish(self._run)
            except Exception:  # the failure has been told; the thread must live on
                _log.exception("The state after a failure could not be shown")

    def _obey(self) -> None:
        """Obey all waiting messages; when there is nothing to train, wait for one."""
        wait = 0.0 if self._playing and self._run is not None else None
        if wait is not None and self._pace is not None:
            wait = max(0.0, self._due - perf_counter())
        try:
            message = self._inbox.get(wait is None or wait > 0, wait)
            while message is not None and not self._stopping.is_set():
                self._handle(message)
                message = self._inbox.get_nowait()
        except Empty:
            pass

    def _handle(self, message: Message) -> None:
        if isinstance(message, messages.Start):
            self._begin(message)
            return
        if isinstance(message, messages.Pace):
            self._pace = message.minibatches_per_second
            self._due = perf_counter()
            self._rate.restart()
            return
        run = self._run
        if run is None:  # the first data set could not be loaded: there is nothing to act on
            return
        match message:
            case messages.Play() | messages.StepEpoch():
                self._playing = True
                self._until_epoch = isinstance(message, messages.StepEpoch)
                self._due = perf_counter()
                self._rate.restart()
            case messages.Pause():
                self._playing = False
            case messages.StepMinibatch():
                self._playing = False
                self._train(run, lambda: False)
            case messages.StepBack(epoch):
                steps, length = run.trainer.steps, run.trainer.minibatches_per_epoch
                self._go_to(run, (steps - 1) // length * length if epoch else steps - 1)
            case messages.GoTo(step):
                self._go_to(run, run.reached if step is None else step)
            case messages.Reset():
                run.reset(self._runs + 1)
                self._surveyor.renumber(run.number)
                self._enter(run)
                return
            case messages.FocusOn(index):
                run.focus(index)
            case messages.Watch(first, second):
                run.watch(first, second)
        if not self._playing:
            self._publish(run)

    def _go_to(self, run: Run, step: int) -> None:
        """Visit a step; a message that arrives meanwhile or the end of the thread calls it off."""
        self._playing = False
        try:
            run.goto(step, lambda fraction: self._on_the_way(step, fraction))
        finally:
            self._mailbox.put_event(Loading("", 1.0))

    def _on_the_way(self, step: int, fraction: float) -> bool:
        if fraction > 0:  # short ways, the usual ones, are done before anything can be seen
            self._mailbox.put_event(Loading(f"Going to step {step:,}", min(fraction, 0.99)))
        return not self._stopping.is_set() and (fraction == 0 or self._inbox.empty())

    def _begin(self, start: messages.Start) -> None:
        recipe, dataset = start.recipe, self._dataset
        if dataset is None or self._dataset_name != recipe.dataset:
            self._mailbox.put_event(Loading(f"Opening {recipe.dataset}", 0.0))
            try:
                dataset = self._load(recipe.dataset, self._progress)
            finally:
                self._mailbox.put_event(Loading("", 1.0))
        if start.fit:
            recipe = fitted(recipe, dataset)
        run = Run(self._runs + 1, recipe, dataset, start.theta)
        if self._run is not None and dataset is self._dataset:
            run.continue_looking_as(self._run)
        self._dataset, self._dataset_name = dataset, recipe.dataset
        self._surveyor.use(run.number, dataset.x_test, dataset.y_test)
        self._enter(run)

    def _enter(self, run: Run) -> None:
        self._runs = run.number
        self._run = run
        self._playing = False
        run.evaluate(self._stopping.is_set)
        self._publish(run)

    def _progress(self, fraction: float, text: str) -> None:
        if self._stopping.is_set():
            raise Stopped
        self._mailbox.put_event(Loading(text, min(fraction, 0.99)))

    def _burst(self, run: Run) -> None:
        """Train until the display wants a snapshot, a message waits or it is time to look."""
        if self._pace is None:
            end = perf_counter() + BURST
            inbox, mailbox = self._inbox, self._mailbox
            self._train(run, lambda: inbox.empty() and not mailbox.empty and perf_counter() < end)
        elif perf_counter() >= self._due:
            # A slow machine skips beats instead of running after them for ever.
            self._due = max(self._due + 1 / self._pace, perf_counter() - 0.1)
            self._train(run, lambda: False)
        if self._mailbox.empty or not self._playing:
            self._publish(run)

    def _train(self, run: Run, go_on: Callable[[], bool]) -> None:
        before = run.trainer.steps
        complete = run.train(go_on)
        self._rate.count(run.trainer.steps - before)
        if complete:
            run.evaluate(lambda: self._stopped_while_evaluating(run))
            if self._until_epoch or run.trainer.finished:
                self._playing = self._until_epoch = False

    def _stopped_while_evaluating(self, run: Run) -> bool:
        """Keep the display alive during a long evaluation; tell whether to give it up."""
        if self._playing and self._mailbox.empty:
            self._publish(run)
        return self._stopping.is_set()

    def _publish(self, run: Run) -> None:
        rate = self._rate.per_second() if self._playing else 0.0
        self._mailbox.put_snapshot(run.snapshot(playing=self._playing, minibatches_per_second=rate))


class _Rate:
    """Minibatches a second over the last second or so."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self._since = perf_counter()
        self._steps = 0
        self._value = 0.0

    def count(self, steps: int) -> None:
        self._steps += steps
        elapsed = perf_counter() - self._since
        if elapsed >= 0.5:
            self._value = self._steps / elapsed
            self._since += elapsed
            self._steps = 0

    def per_second(self) -> float:
        if self._value:
            return self._value
        elapsed = perf_counter() - self._since
        return self._steps / elapsed if elapsed > 0.05 else 0.0
