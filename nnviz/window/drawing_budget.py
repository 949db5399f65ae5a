"""The drawing budget: how much of the processor the window may take while training runs."""

import os
from collections import deque
from time import process_time, thread_time

from nnviz.dataclass import dataclass

FRAMES = 60.0
"""Frames a second at most: who trains fewer minibatches in that time can show each of them."""
OVER = 1.0
"""Seconds over which it is measured what is computed beside training and drawing."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of the processor the window may take.

    Attributes:
        interpreter: share of one core's time for drawing.
        cores: share of all cores for drawing and whatever else is computed beside training.
        evenly: seconds between two frames at most, so that what moves on screen moves evenly.
    """

    interpreter: float
    cores: float
    evenly: float


SHARED = Shares(0.16, 0.2, evenly=0.025)
"""While training runs at full speed: Python's lock goes from it to drawing and back."""
OWN_PROCESS = Shares(0.3, 0.35, evenly=1 / FRAMES)
"""While training has a process of its own: it is left a core."""
PACED = Shares(0.6, 0.8, evenly=1 / FRAMES)
"""Where training keeps a pace that was chosen: what it leaves may be drawn with."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds for which the processor has worked since the program began.

    Attributes:
        drawing: of the thread that draws.
        beside: of all threads but that one and the one that trains, as surveying a surface.
    """

    drawing: float = 0.0
    beside: float = 0.0

    @classmethod
    def until_now(cls, training: float) -> "Spent":
        """Measure, on the thread that draws; `training` is what the training thread says."""
        drawing = thread_time()
        return cls(drawing, process_time() - drawing - training)


class DrawingBudget:
    """Seconds a second that drawing may take.

    Attributes:
        left: for drawing, when what is computed beside it has been taken off.
    """

    def __init__(self, cores: int | None = None) -> None:
        """Begin with nothing spent, on so many cores or as many as there are."""
        self._cores = cores or os.cpu_count() or 1
        self._seen: deque[tuple[float, Spent]] = deque()
        self.left = SHARED.interpreter

    def note(self, now: float, spent: Spent, shares: Shares = SHARED) -> float:
        """Take note of what is spent until now; return what drawing took since the last time."""
        took = spent.drawing - self._seen[-1][1].drawing if self._seen else 0.0
        self._seen.append((now, spent))
        while len(self._seen) > 2 and now - self._seen[1][0] >= OVER:
            self._seen.popleft()
        since, before = self._seen[0]
        if now > since:
            beside = (spent.beside - before.beside) / (now - since)
            cores = shares.cores * self._cores
            self.left = max(min(shares.interpreter, cores - beside), 0.0)
        return took
