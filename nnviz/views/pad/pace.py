"""How often the pad answers: at once, but never more often than the eye can use.

What comes in between waits for a timer and is then answered in one go.
"""

import time

from PySide6.QtCore import QObject, QTimer, Signal

STROKE, SNAPSHOT = 0.012, 1 / 30
"""Seconds between two answers while drawing, and while only training changes them."""


class Pace(QObject):
    """Says when to answer.

    Signals:
        due(): answer now.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.answered = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.due)

    def soon(self, interval: float) -> None:
        """Be due now, or when so many seconds have passed since the last answer."""
        wait = self.answered + interval - time.perf_counter()
        if wait <= 0:
            self.due.emit()
        elif not self._timer.isActive() or self._timer.remainingTime() > 1000 * wait:
            self._timer.start(max(1, round(1000 * wait)))

    def begin(self) -> None:
        """Note that an answer is being made: nothing waits any more."""
        self._timer.stop()

    def end(self) -> None:
        """Note that it has been made."""
        self.answered = time.perf_counter()
