"""When to ask the training thread for something: what is new, but never in a rush.

An answer costs that thread some ten milliseconds, so a view asks about a run
that plays now and then, about one that rests once, and about nothing twice.
"""

from time import perf_counter
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.engine.run.snapshot import Snapshot


class Subject(Protocol):
    """What is asked about."""

    @property
    def snapshot(self) -> Snapshot:
        """The moment that is asked about."""

    def same(self, other: object) -> bool:
        """Tell whether the answer would be the same."""


def same_net(one: Snapshot, two: Snapshot) -> bool:
    """Tell whether the network is the same at two moments."""
    return (
        (one.run, one.step) == (two.run, two.step)
        and one.recipe == two.recipe
        and np.array_equal(one.theta, two.theta)
    )


def same_examples(one: Snapshot, two: Snapshot) -> bool:
    """Tell whether the test examples and their classes are the same at two moments."""
    ends = one.recipe.layers[0], one.recipe.layers[-1]
    return (
        one.recipe.dataset == two.recipe.dataset
        and ends == (two.recipe.layers[0], two.recipe.layers[-1])
        and (one.class_names, one.image_shape) == (two.class_names, two.image_shape)
    )


class RequestGate(QObject):
    """Says when to ask.

    Signals:
        due(object): ask about this subject now.
    """

    due = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: Subject | None = None
        self._wanted: Subject | None = None
        self._last = float("-inf")
        self._unanswered = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    @property
    def waiting(self) -> bool:
        """True while something is still to be asked about, or asked and not answered."""
        return self._timer.isActive() or self._unanswered

    def want(self, subject: Subject, interval: float) -> None:
        """Ask about a subject, unless that has been done, in place of one that waits.

        It is asked about once `interval` seconds have passed since the last time.
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

    def answered(self, step: int, mark: int) -> None:
        """Take note of which net an answer is about.

        The thread answers about the net that it has when it comes to the question. Where that
        is not the one that was asked about, that one may be asked about again.
        """
        self._unanswered = False
        if self._asked is not None:
            asked = self._asked.snapshot
            if (asked.step, asked.mark) != (step, mark):
                self._asked = None

    def put_off(self) -> None:
        """Take the last `due` for not having happened: nobody could see the answer."""
        self._asked, self._last, self._unanswered = None, float("-inf"), False

    def _ask(self) -> None:
        subject, self._wanted = self._wanted, None
        if subject is not None:
            self._asked, self._last, self._unanswered = subject, perf_counter(), True
            self.due.emit(subject)
