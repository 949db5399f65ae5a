"""Where pictures of all edges are ordered: a thread draws one while the window goes on.

An order that has become stale is dropped, half done or not; while training runs by
itself the one under way is finished first, else none ever would be. There is a
thread only while there is an order, and leaving the view ends it within a
few milliseconds.
"""

import threading
from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.dataclass import dataclass
from nnviz.views.network.all_edges import Order, paint

LOOK = 10
"""Milliseconds from one look at the thread to the next."""
REST = 1.0
"""Rest after a picture, in times that it took, while training runs by itself: it takes a core."""


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A picture that was ordered, its pixels as 0xffrrggbb, (rows, columns)."""

    order: Order
    pixels: NDArray[np.uint32]


class AllEdgesThread(QObject):
    """Takes orders and hands out pictures, on the GUI thread.

    Signals:
        finished(Finished): the picture of the latest order, or of one that was not urgent.
    """

    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._job: _Job | None = None
        self._waiting: Order | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether a picture is being drawn or waits to be."""
        return self._job is not None or self._waiting is not None

    def order(self, order: Order, *, urgent: bool) -> None:
        """Order a picture; an earlier order that still waits is forgotten.

        An urgent one drops the picture under way, any other lets it be finished first.
        """
        self._generation += 1
        self._waiting = replace(order, generation=self._generation)
        if urgent:
            self._drop()
            self._rest.stop()
        if self._job is None and not self._rest.isActive():
            self._begin()

    def stop(self) -> None:
        """Forget all orders and end the thread."""
        self._waiting = None
        self._rest.stop()
        self._drop()

    def _begin(self) -> None:
        if self._waiting is not None and self._job is None:
            self._job, self._waiting = _Job(self._waiting), None
            self._timer.start(LOOK)

    def _drop(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _look(self) -> None:
        job = self._job
        if job is None or job.running:
            return
        self._drop()
        self._rest.start(round(1000 * REST * job.seconds))
        if job.pixels is not None:
            self.finished.emit(Finished(job.order, job.pixels))


class _Job:
    """One picture on its way, in a thread of its own that knows nothing of Qt."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.pixels: NDArray[np.uint32] | None = None
        self.seconds = 0.0
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nnviz-all-edges", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def cancel(self) -> None:
        """End the thread; it looks between two columns of pixels."""
        self._cancelled.set()
        self._thread.join()

    def _run(self) -> None:
        begin = perf_counter()
        self.pixels = paint(self.order, self._cancelled.is_set)
        self.seconds = perf_counter() - begin
