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
        self._done: Evaluation | None = None

    def begin(self, last: int) -> None:
        """Begin anew; the last evaluation that is known is of this step, -1 for none."""
        self._last, self._under_way, self._done = last, None, None

    def ready(self) -> Evaluation | None:
        """Return figures to go with the steps just trained, if any are done.

        Those of an epoch are done before the next one ends at the latest.
        """
        trainer = self._trainer
        if trainer.epoch_layout.place(trainer.steps).start == 0:
            self._finish()
            if self._fits and not is_near(trainer.steps, self._last):
                self._measure()
        done, self._done = self._done, None
        return done

    def go_on(self, took: float) -> None:
        """Measure on after steps that took so many seconds, at least as far as the epoch has come.

        So the steps need not wait to be handed over.
        """
        if self._under_way is not None:
            begun, measurement = self._under_way
            until = perf_counter() + SHARE * took
            come = (self._trainer.steps - begun) / self._trainer.minibatches_per_epoch
            self._done = measurement.go_on(
                lambda: perf_counter() > until and measurement.fraction >= come
            )
            if self._done is not None:
                self._under_way = None

    def _measure(self) -> None:
        """Measure this moment, or begin to."""
        trainer = self._trainer
        self._last = trainer.steps
        if self._at_once:
            self._done = trainer.evaluate()
        else:
            copy = Network(trainer.recipe, trainer.network.theta.copy())
            self._under_way = trainer.steps, trainer.measurement(copy)

    def _finish(self) -> None:
        if self._under_way is not None:
            self._done, self._under_way = self._under_way[1].go_on(lambda: False), None
