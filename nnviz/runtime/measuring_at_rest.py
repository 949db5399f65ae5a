"""Measuring at rest: how good the network is where training stands, found out while it waits.

Which moment is measured already is read from the run itself: no message can make it be
forgotten. What takes long shows how far it is and gives way to every message.
"""

from collections.abc import Callable
from time import perf_counter

from nnviz.messages.events import Loading
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.run import Run

LONG = 0.5
"""Seconds from which on it is told that a net is being measured."""
MEASURING = "Measuring how good the network is"


class MeasuringAtRest:
    """Measures the moment at which a run rests."""

    def __init__(self, mailbox: Mailbox, interrupted: Callable[[], bool]) -> None:
        """Begin with nothing measured.

        Args:
            mailbox: where it is told how far a long measurement is.
            interrupted: asked now and then; True lets it be gone on with later.
        """
        self._mailbox, self._interrupted = mailbox, interrupted
        self._long = False
        self._immeasurable: object = None  # the moment that is not to be measured

    def wanted(self, run: Run) -> bool:
        """Tell whether a run rests where nobody has measured yet how good the network is."""
        return run.measuring.measure is None and self._immeasurable != _moment(run)

    def forget(self) -> None:
        """Take no measurement to be under way."""
        self._long = False

    def call_off(self, run: Run) -> None:
        """Leave a moment unmeasured, if it is one that takes long."""
        if self._long:
            self._immeasurable = _moment(run)

    def measure(self, run: Run) -> bool:
        """Measure the moment until a message comes; tell whether there is a new evaluation."""
        begun = perf_counter()

        def called() -> bool:
            if self._long or perf_counter() - begun > LONG:
                self._long = True
                part = min(run.measuring.measured_part, 0.99)
                self._mailbox.put_event(Loading(MEASURING, part, stoppable=True))
            return self._interrupted()

        try:
            done = run.measuring.measure_now(called)
        except Exception:
            self._immeasurable = _moment(run)  # told once, not again and again
            raise
        finally:
            if self._long:  # it may go on after the message that came
                self._mailbox.put_event(Loading("", 1.0))
        if done:
            self._long = False
        return done


def _moment(run: Run) -> object:
    return run.number, run.timeline.current, run.trainer.steps
