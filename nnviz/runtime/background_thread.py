"""A background thread: waits beside the worker for something to do, and ends when asked."""

import logging
import threading
import traceback
from collections import deque
from typing import Generic, TypeVar

from nnviz.errors import NnvizError
from nnviz.messages.events import Failure
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.thread_priority import give_way

T = TypeVar("T")

_log = logging.getLogger(__name__)


def failed_inside(error: Exception, consequence: str) -> Failure:
    """Return the failure that is no fault of the user's: what becomes of it, and details for us."""
    sentence = f"Something inside nnviz failed ({type(error).__name__}){consequence}"
    return Failure(sentence, traceback.format_exc())


class BackgroundThread(Generic[T]):
    """Owns one thread that does one task after another; one that fails is told, and it goes on.

    BESIDE where it computes beside training, and gives way to it.
    `_changed` guards all that other threads hand over, and wakes the thread up.
    """

    BESIDE = True

    def __init__(self, name: str, mailbox: Mailbox) -> None:
        """Prepare the thread; `start` runs it.

        Args:
            name: what the thread is called, after "nnviz-".
            mailbox: where answers and failures go.
        """
        self._mailbox = mailbox
        self._waiting: deque[T] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._live, name=f"nnviz-{name}", daemon=True)

    def start(self) -> None:
        """Begin to do what is asked for."""
        self._thread.start()

    def end_soon(self) -> None:
        """Tell the thread to end, and return at once."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def stop(self, timeout: float = 5.0) -> bool:
        """End the thread; tell whether it has ended within so many seconds."""
        BackgroundThread.end_soon(self)  # one that is told earlier that it will be may live on
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _put(self, task: T) -> None:
        """Have a task done after those that wait."""
        with self._changed:
            self._waiting.append(task)
            self._changed.notify()

    def _live(self) -> None:
        """Live; on the thread."""
        if self.BESIDE:
            give_way()
        self._work()

    def _work(self) -> None:
        """Do one task after another until the end; on the thread."""
        while self._do_next():
            pass

    def _do_next(self) -> bool:
        """Do the next task, of which nothing is held when it is done; False at the end."""
        task = self._next()
        if task is None:
            return False
        try:
            self._do(task)
        except NnvizError as error:
            self._mailbox.put_event(Failure(str(error)))
        except Exception as error:
            _log.exception("The thread %s failed", self._thread.name)
            self._mailbox.put_event(self._failure(task, error))
        return True

    def _next(self) -> T | None:
        """Wait for the next task; None where the thread is to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or bool(self._waiting))
            return None if self._stopping else self._waiting.popleft()

    def _do(self, task: T) -> None:
        """Do a task; on the thread."""

    def _failure(self, _task: T, error: Exception) -> Failure:
        """Say what it means to the user that a task failed through no fault of theirs."""
        return failed_inside(error, ".")
