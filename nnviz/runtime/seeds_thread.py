"""The seeds thread: trains a recipe with other seeds in the background."""

from nnviz.engine.run.seed_band import SeedTask
from nnviz.messages.events import Failure
from nnviz.runtime.background_thread import BackgroundThread, failed_inside
from nnviz.runtime.mailbox import Mailbox


class SeedsThread(BackgroundThread[SeedTask]):
    """Owns the thread; what is asked last takes the place of what is under way."""

    def __init__(self, mailbox: Mailbox) -> None:
        """Prepare the thread; `start` runs it."""
        super().__init__("seeds", mailbox)
        self._called_off = False

    def ask(self, task: SeedTask) -> None:
        """Train with other seeds, instead of what is under way."""
        with self._changed:
            self._waiting.clear()
            self._called_off = True
            self._waiting.append(task)
            self._changed.notify()

    def call_off(self) -> None:
        """Give up what is under way; what was measured by then is told as the last."""
        with self._changed:
            self._waiting.clear()
            self._called_off = True

    def _next(self) -> SeedTask | None:
        task = super()._next()
        self._called_off = False
        return task

    def _do(self, task: SeedTask) -> None:
        task.train(lambda: not (self._stopping or self._called_off), self._mailbox.put_event)

    def _failure(self, _task: SeedTask, error: Exception) -> Failure:
        return failed_inside(error, ": no other seeds are trained; your run goes on.")
