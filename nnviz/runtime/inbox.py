"""The inbox of a thread: messages in the order they were sent, and a nudge that is none.

A message calls off what takes long, so what is no one's wish must not look like one: who
only has news to be looked at nudges the thread, which wakes up and finds no message.
"""

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Inbox(Generic[T]):
    """Any thread puts, one takes."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._waiting: deque[T] = deque()
        self._nudged = False

    @property
    def empty(self) -> bool:
        """True while no message waits."""
        return not self._waiting

    def put(self, message: T) -> None:
        """Leave a message behind those that wait."""
        with self._arrived:
            self._waiting.append(message)
            self._arrived.notify()

    def nudge(self) -> None:
        """Wake the thread up, now or the next time it waits, without a message."""
        with self._arrived:
            self._nudged = True
            self._arrived.notify()

    def take(self, wait: float | None = 0.0) -> T | None:
        """Take the oldest message; None where none comes in time, or where there was a nudge.

        Args:
            wait: most seconds to wait for one; None for as long as it takes.
        """
        with self._arrived:
            if wait is None or wait > 0:
                self._arrived.wait_for(lambda: self._nudged or bool(self._waiting), wait)
            return self._waiting.popleft() if self._waiting else None

    def was_nudged(self) -> bool:
        """Tell whether there was a nudge since this was asked last."""
        with self._arrived:
            nudged, self._nudged = self._nudged, False
            return nudged
