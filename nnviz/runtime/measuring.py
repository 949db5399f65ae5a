"""Measuring: cost and score of a run over whole sets, at a moment and along its curve."""

from bisect import bisect_right
from collections.abc import Callable

from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.evaluation import Evaluation, Measurement

EVALUATE_EVERY = 20
"""Fewest minibatches between two evaluations that stay in the curve."""
QUICK, SHORT = 2 * 10**8, 3 * 10**9
"""Examples times parameters of an evaluation that nobody notices (20 ms), or waits for (0.3 s)."""
NEVER = 2**62
"""A step that no run comes to."""


class Measuring:
    """Measures the moment at which a timeline stands, and knows what was measured."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._measuring: tuple[object, Measurement] | None = None

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
        """About how long an evaluation takes: examples times parameters; compare with `QUICK`."""
        trainer = self._timeline.trainer
        examples = len(trainer.y_train) + len(trainer.dataset.x_test)
        return examples * trainer.recipe.parameters

    @property
    def measured_part(self) -> float:
        """How much of the evaluation that was begun is done, 0..1."""
        return 0.0 if self._measuring is None else self._measuring[1].fraction

    @property
    def measure(self) -> Evaluation | None:
        """The evaluation of exactly this moment; None where there is none yet."""
        step = self._timeline.trainer.steps
        return self._timeline.current.owner(step).measure_at(step)

    def measure_now(self, cancelled: Callable[[], bool]) -> bool:
        """Measure cost and score over whole sets at exactly this moment, unless that is done.

        What was interrupted goes on where it was, as long as training stands where it stood.

        Args:
            cancelled: asked now and then; True interrupts it.

        Returns:
            True when there is a new evaluation.
        """
        if self.measure is not None:
            return False
        branch = self._timeline.current.owner(self._timeline.trainer.steps)
        moment = branch, branch.change, self._timeline.trainer.steps
        if self._measuring is None or self._measuring[0] != moment:
            self._measuring = moment, self._timeline.trainer.measurement()
        evaluation = self._measuring[1].go_on(cancelled)
        if evaluation is None:
            return False
        self._measuring = None
        branch.keep_measure(evaluation)
        return True

    def evaluate(self, cancelled: Callable[[], bool], nearest: int = EVALUATE_EVERY) -> bool:
        """Measure this moment, and keep it in the curve, unless one near it is there already.

        Epochs of a few minibatches come by the thousand; their figures are thinned out.

        Args:
            cancelled: asked now and then; True gives up.
            nearest: an evaluation less than so many steps ago is near.

        Returns:
            True when the curve has a new evaluation.
        """
        step = self._timeline.trainer.steps
        known = self._timeline.current.owner(step).evaluations
        past = bisect_right(known, step, key=lambda one: one.step)
        if past and step - known[past - 1].step < min(nearest, step or 1):
            return False
        evaluation = self.measure or self._timeline.trainer.evaluate(cancelled)
        if evaluation is None:
            return False
        self._timeline.note(evaluation)
        return True
