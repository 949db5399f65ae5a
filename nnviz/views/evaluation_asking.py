"""When to ask for a report: as soon as a run rests, now and then while it plays.

A report costs the training thread some twenty milliseconds.
"""

from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.engine.snapshot import Snapshot

PLAYING, RESTING = 3.0, 0.3
"""Fewest seconds between two reports while training plays and while it rests."""


class Asking(QObject):
    """Says when to ask.

    Signals:
        due(): ask about the newest moment now.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: Snapshot | None = None
        self._wanted: Snapshot | None = None
        self._last = float("-inf")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def want(self, snapshot: Snapshot) -> None:
        """Ask about a moment, unless that has been done, once it is time."""
        if self._asked is not None and _same(self._asked, snapshot):
            self._timer.stop()
            return
        self._wanted = snapshot
        interval = PLAYING if snapshot.playing else RESTING
        wait = round(1000 * max(0.0, self._last + interval - perf_counter()))
        if not self._timer.isActive() or self._timer.remainingTime() > wait:
            self._timer.start(wait)

    def forget(self) -> None:
        """Let the next moment be asked about even if it is the same as the last."""
        self._asked = None

    def put_off(self) -> None:
        """Take the last `due` for not having happened: nobody could see the answer."""
        self._asked, self._last = None, float("-inf")

    def _ask(self) -> None:
        moment, self._wanted = self._wanted, None
        if moment is not None:
            self._asked, self._last = moment, perf_counter()
            self.due.emit()


def _same(one: Snapshot, two: Snapshot) -> bool:
    """Tell whether two moments have the same report."""
    return (
        (one.run, one.step) == (two.run, two.step)
        and one.recipe == two.recipe
        and np.array_equal(one.theta, two.theta)
    )
