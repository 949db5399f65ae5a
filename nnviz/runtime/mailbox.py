"""The mailbox: where the working threads leave what the window is to show.

Snapshots go into a slot. While training runs by itself a snapshot is built only
when the slot is empty, so the display sets the pace and training never waits;
single steps are queued one behind the other, so none is skipped on screen.
Everything else is an event, and kept until it is taken.
"""

from collections import deque

from nnviz.engine.run.snapshot import Snapshot

MAX_QUEUED = 64
"""Most single steps kept for a display that falls behind; older ones are dropped then."""


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
        """Leave a snapshot behind those not yet taken."""
        self._snapshots.append(snapshot)

    def take_snapshot(self) -> Snapshot | None:
        """Take the oldest snapshot, or None."""
        return self._snapshots.popleft() if self._snapshots else None

    def put_event(self, event: object) -> None:
        """Leave an event: a value of any type that somebody may listen to."""
        self._events.append(event)

    def take_event(self) -> object | None:
        """Take the oldest event, or None."""
        return self._events.popleft() if self._events else None
