"""Parallel measurement: the figures of an epoch, worked out on another core meanwhile.

A copy of the network is measured, so the figures are those of the very step. They come into the
curve when they are done; whoever is about to do anything else with the run waits for them first,
so that it is always as if training had waited.
"""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from time import thread_time

from nnviz.engine.network import Network
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.evaluation import Evaluation
from nnviz.runtime.measuring import SHORT, Measuring
from nnviz.runtime.thread_priority import give_way

SLIGHT = 2 * 10**7
"""Examples times parameters of an evaluation that is not worth another thread (2 ms)."""


class ParallelMeasurement:
    """Measures one moment of a run at a time on a thread of its own.

    Attributes:
        worked: seconds of processor that it has taken.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, "nnviz-measuring", initializer=give_way)
        self._under_way: tuple[Timeline, Future[Evaluation | None]] | None = None
        self._stopping = False
        self.worked = 0.0

    def fits(self, measuring: Measuring) -> bool:
        """Tell whether a run had better train on while it is measured, on another core."""
        return (os.cpu_count() or 1) > 1 and SLIGHT < measuring.work <= SHORT

    def begin(self, timeline: Timeline, measuring: Measuring) -> None:
        """Begin to measure where a timeline stands, unless the curve has a moment near it."""
        self.settle()
        if measuring.near():
            return
        if measuring.measure is not None:
            timeline.note(measuring.measure)
            return
        trainer = timeline.trainer
        measurement = trainer.measurement(Network(trainer.recipe, trainer.network.theta.copy()))

        def measured() -> Evaluation | None:
            begun = thread_time()
            try:
                return measurement.go_on(lambda: self._stopping)
            finally:
                self.worked += thread_time() - begun

        self._under_way = timeline, self._executor.submit(measured)

    def settle(self, *, wait: bool = True) -> None:
        """Keep in the curve what was measured, if it is done or waited for."""
        if self._under_way is None or not (wait or self._under_way[1].done()):
            return
        (timeline, future), self._under_way = self._under_way, None
        evaluation = future.result()
        if evaluation is not None:
            timeline.note(evaluation)

    def stop(self) -> None:
        """End what is under way, within a thousand examples; nothing is measured any more."""
        self._stopping = True
        self._executor.shutdown()
