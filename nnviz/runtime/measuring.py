"""Measuring: cost and score of a run over whole sets, at a moment and along its curve.

Which moment is measured already is read from the run itself: no message can make it be forgotten.
"""

from bisect import bisect_right
from collections.abc import Callable
from time import perf_counter

from nnviz.data.generator import WRITING
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.measurement import Measurement
from nnviz.engine.training.trainer import Trainer
from nnviz.messages.events import Loading
from nnviz.runtime.mailbox import Mailbox

EVALUATE_EVERY = 20
"""Fewest minibatches between two evaluations that stay in the curve."""
QUICK, SHORT = 2 * 10**8, 3 * 10**9
"""Examples times parameters of an evaluation that nobody notices (20 ms), or waits for (0.3 s)."""
NEVER = 2**62
"""A step that no run comes to."""
LONG = 0.5
"""Seconds from which on it is told that a net is being measured."""
MEASURING = "Measuring how good the network is"
ENDING = "Measuring the validation cost, which training goes by"
MAKING = f"{WRITING}, and measuring how good the network is"


class Measuring:
    """Measures the moment at which a timeline stands, and knows what was measured."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._measuring: tuple[object, Measurement] | None = None
        self._long = False
        self._immeasurable: object = None  # the moment that is not to be measured
        self._owed: tuple[object, int] | None = None

    def milestone(self) -> int:
        """Return the next step at which another branch was measured last: where both compare."""
        step, current = self._timeline.trainer.steps, self._timeline.current
        ends = (
            branch.evaluations[-1].step
            for branch in self._timeline.branches
            if branch is not current and branch.evaluations
        )
        return min((end for end in ends if end > step), default=NEVER)

    @property
    def work(self) -> int:
        """About how long an evaluation takes; see `work_of`."""
        return work_of(self._timeline.trainer)

    @property
    def takes_long(self) -> bool:
        """Whether an evaluation takes so long that somebody waits for it."""
        return self.work > SHORT

    @property
    def owed(self) -> bool:
        """Whether `measure_on_the_way` gave way to a message, and training stands there still."""
        return self._owed is not None and self._owed[0] == self._moment

    @property
    def measure(self) -> Evaluation | None:
        """The evaluation of exactly this moment; None where there is none yet."""
        return self.at(self._timeline.trainer.steps)

    def at(self, step: int) -> Evaluation | None:
        """Return the evaluation of exactly this step of the line; None where none is known."""
        return self._timeline.current.owner(step).measure_at(step)

    @property
    def wanted(self) -> bool:
        """Whether this moment is not measured yet, and has not been called off."""
        return self.measure is None and self._immeasurable != self._moment

    @property
    def epoch_end_wanted(self) -> bool:
        """Whether the end of an epoch is owed here, and has not been called off."""
        return self._timeline.trainer.epoch_end.owed and self._immeasurable != self._moment

    @property
    def _moment(self) -> object:
        return self._timeline.current, self._timeline.trainer.steps

    def forget(self) -> None:
        """Take no measurement to be under way."""
        self._long = False

    def call_off(self) -> None:
        """Leave this moment unmeasured, if it is one that takes long."""
        if self._long:
            self._immeasurable = self._moment

    def measure_at_rest(self, mailbox: Mailbox, interrupted: Callable[[], bool]) -> bool:
        """Measure this moment while training rests; see `measure_now`.

        What takes long tells the mailbox how far it is, and gives way to every message.
        """
        return self._telling(mailbox, interrupted, self.measure_now)

    def measure_on_the_way(
        self, mailbox: Mailbox, interrupted: Callable[[], bool], nearest: int = EVALUATE_EVERY
    ) -> bool:
        """Measure this moment while training waits, and keep it in the curve; see `evaluate`.

        What takes long tells the mailbox how far it is, and gives way to every message: then it
        is `owed`, and `measure_what_is_owed` goes on with it.
        """
        gave_way = False

        def asked() -> bool:
            nonlocal gave_way
            gave_way = gave_way or interrupted()
            return gave_way

        done = self._telling(mailbox, asked, lambda called: self.evaluate(called, nearest))
        self._owed = (self._moment, nearest) if gave_way else None
        return done

    def measure_what_is_owed(self, mailbox: Mailbox, interrupted: Callable[[], bool]) -> bool:
        """Go on with what gave way to a message; tell whether training need wait no longer."""
        if self.owed and self._owed is not None:
            self.measure_on_the_way(mailbox, interrupted, self._owed[1])
        return not self.owed

    def end_epoch(self, mailbox: Mailbox, interrupted: Callable[[], bool]) -> bool:
        """Do what training owes at the end of an epoch; tell whether that is done.

        What takes long tells the mailbox how far it is, and gives way to every message: then
        training does not go on before it is called again, and goes on where it was.
        """
        return self._telling(mailbox, interrupted, self._timeline.trainer.end_epoch)

    def _telling(
        self,
        mailbox: Mailbox,
        interrupted: Callable[[], bool],
        measure: Callable[[Callable[[], bool]], bool],
    ) -> bool:
        """Measure, and tell how far it is where that takes long."""
        begun = perf_counter()

        def called() -> bool:
            if self._long or perf_counter() - begun > LONG:
                self._long = True
                trainer = self._timeline.trainer
                part = 0.0 if self._measuring is None else self._measuring[1].fraction
                what = MEASURING if trainer.dataset.whole else MAKING
                if trainer.epoch_end.owed:
                    part, what = trainer.epoch_end.done, ENDING
                mailbox.put_event(Loading(what, min(part, 0.99), stoppable=True))
            return interrupted()

        try:
            done = measure(called)
        except Exception:
            self._immeasurable = self._moment  # told once, not again and again
            raise
        finally:
            if self._long:  # it may go on after the message that came
                mailbox.put_event(Loading("", 1.0))
        self._long = self._long and not done
        return done

    def measure_now(self, cancelled: Callable[[], bool]) -> bool:
        """Measure cost and score over whole sets at exactly this moment, unless that is done.

        What was cancelled goes on where it was, as long as training stands where it stood. Tells
        whether there is a new evaluation.
        """
        if self.measure is not None:
            return False
        evaluation = self._go_on(cancelled)
        if evaluation is None:
            return False
        self._timeline.current.owner(evaluation.step).keep_measure(evaluation)
        return True

    def _go_on(self, cancelled: Callable[[], bool]) -> Evaluation | None:
        """Go on with the measurement of this moment, or begin it; None when cancelled."""
        branch = self._timeline.current.owner(self._timeline.trainer.steps)
        moment = branch, branch.change, self._timeline.trainer.steps
        if self._measuring is None or self._measuring[0] != moment:
            self._measuring = moment, self._timeline.trainer.measurement()
        evaluation = self._measuring[1].go_on(cancelled)
        if evaluation is not None:
            self._measuring = None
        return evaluation

    def evaluate(self, cancelled: Callable[[], bool], nearest: int = EVALUATE_EVERY) -> bool:
        """Measure this moment, and keep it in the curve, unless one near it is there already.

        Epochs of a few minibatches come by the thousand; their figures are thinned out. What was
        cancelled goes on where it was, as in `measure_now`.

        Args:
            cancelled: asked now and then; True gives up.
            nearest: an evaluation less than so many steps ago is near.

        Returns:
            True when the curve has a new evaluation.
        """
        if self.near(nearest):
            return False
        evaluation = self.measure or self._go_on(cancelled)
        if evaluation is None:
            return False
        self._timeline.note(evaluation)
        return True

    def near(self, nearest: int = EVALUATE_EVERY) -> bool:
        """Tell whether the curve has an evaluation less than so many steps ago."""
        return is_near(self._timeline.trainer.steps, self.last, nearest)

    @property
    def last(self) -> int:
        """The step of the last evaluation in the curve here or before; -1 where there is none."""
        step = self._timeline.trainer.steps
        known = self._timeline.current.owner(step).evaluations
        past = bisect_right(known, step, key=lambda one: one.step)
        return known[past - 1].step if past else -1

    def keep(self, evaluation: Evaluation) -> None:
        """Keep what was measured elsewhere of exactly this moment, unless one near it is known."""
        if not self.near():
            self._timeline.note(self.measure or evaluation)


def work_of(trainer: Trainer) -> int:
    """Return about how long an evaluation takes: examples times parameters; compare with `QUICK`.

    Examples that must be made first take long.
    """
    examples = len(trainer.y_train) + len(trainer.dataset.x_test)
    work = examples * trainer.recipe.parameters
    return work if trainer.dataset.whole else max(work, SHORT + 1)


def is_near(step: int, last: int, nearest: int = EVALUATE_EVERY) -> bool:
    """Tell whether the last evaluation was less than so many steps ago; -1 for none."""
    return last >= 0 and step - last < min(nearest, step or 1)
