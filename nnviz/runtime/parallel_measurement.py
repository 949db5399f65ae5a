"""Parallel measurement: the figures of an epoch, worked out on another core meanwhile.

A copy of the network is measured, so the figures are those of the very step. They come into the
curve when they are done; whoever is about to do anything else with the run waits for them first,
so that it is always as if training had waited. Where the training process measures the moment as
well, the copy is only kept until its figures come.
"""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from time import thread_time

from nnviz.engine.network import Network
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.measurement import Measurement
from nnviz.runtime.measuring import SHORT, Measuring
from nnviz.runtime.thread_priority import give_way

SLIGHT = 2 * 10**7
"""Examples times parameters of an evaluation that is not worth another thread (2 ms)."""


class _UnderWay:
    """The moment after a step of a timeline, and its figures once somebody works them out here."""

    def __init__(self, timeline: Timeline, measurement: Measurement) -> None:
        self.timeline, self.step, self.measurement = timeline, timeline.trainer.steps, measurement
        self.future: Future[Evaluation | None] | None = None


class ParallelMeasurement:
    """Measures one moment of a run at a time on a thread of its own.

    Attributes:
        worked: seconds of processor that it has taken.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, "nnviz-measuring", initializer=give_way)
        self._under_way: _UnderWay | None = None
        self._stopping = False
        self.worked = 0.0

    def fits(self, measuring: Measuring) -> bool:
        """Tell whether a run had better train on while it is measured, on another core."""
        return (os.cpu_count() or 1) > 1 and SLIGHT < measuring.work <= SHORT

    def begin(self, timeline: Timeline, measuring: Measuring, *, elsewhere: bool = False) -> None:
        """Begin to measure where a timeline stands, unless the curve has a moment near it.

        What another process measures as well is measured here only if that is wanted before its
        figures come.
        """
        self.settle()
        if measuring.near():
            return
        if measuring.measure is not None:
            timeline.note(measuring.measure)
            return
        trainer = timeline.trainer
        measurement = trainer.measurement(Network(trainer.recipe, trainer.network.theta.copy()))
        self._under_way = _UnderWay(timeline, measurement)
        if not elsewhere:
            self.go_on()

    def go_on(self) -> None:
        """Measure here what is under way, whether or not its figures come from elsewhere."""
        if self._under_way is not None and self._under_way.future is None:
            measurement = self._under_way.measurement
            self._under_way.future = self._executor.submit(self._measured, measurement)

    def _measured(self, measurement: Measurement) -> Evaluation | None:
        begun = thread_time()
        try:
            return measurement.go_on(lambda: self._stopping)
        finally:
            self.worked += thread_time() - begun

    def take(self, evaluation: Evaluation) -> None:
        """Keep figures that come from elsewhere in the curve, if they are of what is under way."""
        if self._under_way is not None and self._under_way.step == evaluation.step:
            timeline, self._under_way = self._under_way.timeline, None
            timeline.note(evaluation)

    def settle(self, *, wait: bool = True) -> None:
        """Keep in the curve what was measured, if it is done or waited for."""
        if wait:
            self.go_on()
        under_way = self._under_way
        if under_way is None or under_way.future is None:
            return
        if wait or under_way.future.done():
            self._under_way = None
            evaluation = under_way.future.result()
            if evaluation is not None:
                under_way.timeline.note(evaluation)

    def stop(self) -> None:
        """End what is under way, within a thousand examples; nothing is measured any more."""
        self._stopping = True
        self._executor.shutdown()
