"""When to ask the training thread for something: what is new, but never in a rush.

An answer costs that thread some ten milliseconds, so a view asks about a run
that plays now and then, about one that rests once, and about nothing twice.
"""

from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.dataclass import dataclass
from nnviz.engine.ops import same_bits
from nnviz.engine.run.snapshot import Snapshot


def same_examples(one: Snapshot, two: Snapshot) -> bool:
    """Tell whether the test examples and their classes are the same at two moments."""
    ends = one.recipe.layers[0], one.recipe.layers[-1]
    return (
        one.recipe.dataset == two.recipe.dataset
        and ends == (two.recipe.layers[0], two.recipe.layers[-1])
        and (one.class_names, one.image_shape) == (two.class_names, two.image_shape)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked about: a moment, and what of it."""

    snapshot: Snapshot
    about: tuple[Any, ...] = ()

    def same(self, other: "Question | None") -> bool:
        """Tell whether the answer would be the same: the network is, and what is asked of it."""
        if other is None or self.about != other.about:
            return False
        one, two = self.snapshot, other.snapshot
        known = (one.run, one.step, one.recipe) == (two.run, two.step, two.recipe)
        return known and same_bits(one.theta, two.theta)


class RequestGate(QObject):
    """Says when to ask.

    Signals:
        due(object): ask this `Question` now.
    """

    due = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: Question | None = None
        self._wanted: Question | None = None
        self._last = float("-inf")
        self._unanswered = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)

    @property
    def waiting(self) -> bool:
        """True while something is still to be asked about, or asked and not answered."""
        return self._timer.isActive() or self._unanswered

    def want(self, question: Question, interval: float) -> None:
        """Ask in place of what waits, unless it was asked last, `interval` seconds after that."""
        if question.same(self._asked):
            self._timer.stop()
            return
        self._wanted = question
        wait = round(1000 * max(0.0, self._last + interval - perf_counter()))
        if not self._timer.isActive() or self._timer.remainingTime() > wait:
            self._timer.start(wait)

    def forget(self) -> None:
        """Let the next question be asked even if it is the same as the last."""
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

    def called_off(self) -> bool:
        """Await no answer any more, and ask only about what is new; tell whether one was awaited.

        What was asked about last, `forget` lets ask again.
        """
        waited = self._unanswered
        self._unanswered = False
        return waited

    def put_off(self) -> None:
        """Take the last `due` for not having happened: nobody could see the answer."""
        self._asked, self._last, self._unanswered = None, float("-inf"), False

    def _ask(self) -> None:
        question, self._wanted = self._wanted, None
        if question is not None:
            self._asked, self._last, self._unanswered = question, perf_counter(), True
            self.due.emit(question)
