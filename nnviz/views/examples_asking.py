"""When to ask for a ranking: as soon as there is something new to rank, but never in a rush.

Ranking costs the training thread some ten milliseconds, so a run that plays is
asked about now and then, one that rests once, and a person's wish nearly at once.
"""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.engine.snapshot import Snapshot

PLAYING, RESTING, WISHED = 3.0, 1.0, 0.3
"""Fewest seconds between two rankings: while training plays, while it rests, by hand."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What a ranking is asked about.

    Attributes:
        snapshot: the moment.
        label: only examples of this class; None for all.
        wrong: only those that are misread.
    """

    snapshot: Snapshot
    label: int | None
    wrong: bool

    def same(self, other: "Subject | None") -> bool:
        """Tell whether the answer would be the same."""
        if other is None or (self.label, self.wrong) != (other.label, other.wrong):
            return False
        one, two = self.snapshot, other.snapshot
        return (
            (one.run, one.step) == (two.run, two.step)
            and one.recipe == two.recipe
            and np.array_equal(one.theta, two.theta)
        )


class Asking(QObject):
    """Says when to ask.

    Signals:
        due(object): ask about this `Subject` now.
    """

    due = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: Subject | None = None
        self._wanted: Subject | None = None
        self._last = float("-inf")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def want(self, subject: Subject, interval: float) -> None:
        """Ask about a subject, unless that has been done, once `interval` seconds have passed.

        Args:
            subject: what to ask about; it takes the place of one that waits.
            interval: seconds since the last time one was asked about.
        """
        if subject.same(self._asked):
            self._timer.stop()
            return
        self._wanted = subject
        wait = round(1000 * max(0.0, self._last + interval - perf_counter()))
        if not self._timer.isActive() or self._timer.remainingTime() > wait:
            self._timer.start(wait)

    def forget(self) -> None:
        """Let the next subject be asked about even if it is the same as the last."""
        self._asked = None

    def put_off(self) -> None:
        """Take the last `due` for not having happened: nobody could see the answer."""
        self._asked, self._last = None, float("-inf")

    def _ask(self) -> None:
        subject, self._wanted = self._wanted, None
        if subject is not None:
            self._asked, self._last = subject, perf_counter()
            self.due.emit(subject)
