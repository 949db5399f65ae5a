"""The mailbox, where threads leave what the window is to show, and the inbox of a thread.

Snapshots go into a slot. While training runs by itself a snapshot is built only
when the slot is empty, so the display sets the pace and training never waits;
single steps are queued one behind the other, so none is skipped on screen.
Everything else is an event, and kept until it is taken.
"""

import threading
from collections import deque
from typing import Generic, TypeVar

from nnviz.engine.run.snapshot import Snapshot

T = TypeVar("T")

MAX_QUEUED = 64
"""Most single steps kept for a display that falls behind; older ones are dropped then."""
QUEUED_BYTES = 64 * 2**20
"""Most bytes of parameters that they may take; the last one stays all the same."""


class Mailbox:
    """Hands values from the working threads to the GUI thread without locks.

    Every operation is one append, popleft or truth test of a deque, each atomic.
    """

    def __init__(self) -> None:
        self._snapshots: deque[Snapshot] = deque(maxlen=MAX_QUEUED)
        self._events: deque[object] = deque()

    @property
    def empty(self) -> bool:
        """True when the display has taken the last snapshot and waits for another."""
        return not self._snapshots

    def put_snapshot(self, snapshot: Snapshot) -> None:
        """Leave a snapshot behind those not yet taken, of a big net in place of the oldest."""
        size = snapshot.theta.nbytes + snapshot.gradient.nbytes
        while self._snapshots and (len(self._snapshots) + 1) * size > QUEUED_BYTES:
            if self.take_snapshot() is None:
                break
        self._snapshots.append(snapshot)

    def take_snapshot(self) -> Snapshot | None:
        """Take the oldest snapshot, or None."""
        try:
            return self._snapshots.popleft()
        except IndexError:  # both sides take: there may have been one a moment ago
            return None

    def put_event(self, event: object) -> None:
        """Leave an event: a value of any type that somebody may listen to."""
        self._events.append(event)

    def take_event(self) -> object | None:
        """Take the oldest event, or None."""
        return self._events.popleft() if self._events else None


class Inbox(Generic[T]):
    """Messages for a thread in the order they were sent: any thread puts, one takes.

    A message calls off what takes long, so what is no one's wish must not look like one: who only
    has news to be looked at nudges the thread, which wakes up and finds no message.
    """

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._waiting: deque[T] = deque()
        self._nudged = False

    @property
    def empty(self) -> bool:
        """True while no message waits."""
        return not self._waiting

    @property
    def waiting(self) -> tuple[T, ...]:
        """The messages that wait, the oldest first."""
        with self._arrived:
            return tuple(self._waiting)

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
