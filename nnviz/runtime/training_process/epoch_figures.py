"""Figures of epochs in the training process: how good the network is where an epoch ends.

What takes a moment is measured at once. What takes longer is measured of a copy, a part of the
examples after each row of steps: a thread would make the steps wait for Python's lock instead, here
or in the window's process. Its figures go with a later row.
"""

from time import perf_counter

from nnviz.engine.network import Network
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.measurement import Measurement
from nnviz.engine.training.trainer import Trainer
from nnviz.runtime.measuring import QUICK, SHORT, is_near, work_of

SHARE = 0.3
"""Of the time that steps take, at least so much is spent on measuring as long as there is any."""


class EpochFigures:
    """Measures the ends of the epochs that a trainer comes to."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        work = work_of(trainer)
        self._at_once, self._fits = work <= QUICK, work <= SHORT
        self._last = -1
        self._under_way: tuple[int, Measurement] | None = None

    def begin(self, last: int) -> None:
        """Begin anew; the last evaluation that is known is of this step, -1 for none."""
        self._last, self._under_way = last, None

    def after(self, took: float) -> Evaluation | None:
        """Return figures that are done after some steps which took so many seconds, if any are.

        Those of an epoch are done before the next one ends at the latest.
        """
        trainer = self._trainer
        if trainer.epoch_layout.place(trainer.steps).start != 0:
            return self._go_on(took)
        evaluation = self._go_on(float("inf"))
        if self._fits and not is_near(trainer.steps, self._last):
            self._last = trainer.steps
            if self._at_once:
                return trainer.evaluate()
            copy = Network(trainer.recipe, trainer.network.theta.copy())
            self._under_way = trainer.steps, trainer.measurement(copy)
        return evaluation

    def _go_on(self, took: float) -> Evaluation | None:
        """Go on with what is under way: for a share of some seconds, and as far as the epoch is."""
        if self._under_way is None:
            return None
        begun, measurement = self._under_way
        until = perf_counter() + SHARE * took
        come = (self._trainer.steps - begun) / self._trainer.minibatches_per_epoch

        def enough() -> bool:
            return perf_counter() > until and measurement.fraction >= come

        evaluation = measurement.go_on(enough)
        if evaluation is not None:
            self._under_way = None
        return evaluation
