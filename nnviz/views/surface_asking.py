"""When to ask for which surface: never two at once, coarse while training, fine at rest.

The answer to a request may come late, for another run, or never. So every
request carries a generation number, only the answer to the newest counts, and
whatever makes a request pointless (another run, other parameters) is a new one.
"""

import math
import time
from collections.abc import Callable

import numpy as np

from nnviz.engine.landscape import Landscape, PlaneRequest
from nnviz.engine.snapshot import Snapshot

COARSE = 31, 500
"""Grid points a side and test examples while training."""
FINE = 61, 1000
"""The same at rest."""
PACE = 0.1
"""Seconds between two requests while training, so that it keeps its speed."""
WIDEST = 64.0

Pair = tuple[int, int]


class Asking:
    """Keeps account of the surfaces asked for and answered.

    Attributes:
        shown: the surface on screen, or None.
        half_width: how far the grid reaches; it grows with the path and is slow to shrink.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.shown: Landscape | None = None
        self.half_width = 1.0
        self._clock = clock
        self._generation = 0
        self._outstanding: PlaneRequest | None = None
        self._asked_at = -math.inf
        self._of: tuple[int, Pair] | None = None

    def next(self, snapshot: Snapshot, pair: Pair) -> PlaneRequest | None:
        """Return the request that this moment calls for, if any; it then counts as asked."""
        fresh = self._of != (snapshot.run, pair)
        if fresh:
            self._of = snapshot.run, pair
            self.shown = self._outstanding = None
            self.half_width = 1.0
        if self._outstanding is not None:
            return None
        now = self._clock()
        if snapshot.playing and not fresh and now - self._asked_at < PACE:
            return None
        self.half_width = wide_enough(snapshot, pair, self.half_width)
        points, sample = COARSE if snapshot.playing else FINE
        if self._is_shown(snapshot, points):
            return None
        self._generation += 1
        self._asked_at = now
        self._outstanding = PlaneRequest(
            self._generation,
            snapshot.run,
            snapshot.recipe,
            snapshot.step,
            snapshot.theta,
            *pair,
            self.half_width,
            points,
            sample,
        )
        return self._outstanding

    def accept(self, landscape: Landscape) -> bool:
        """Take an answer; False where it is not the one that is waited for."""
        wanted = self._outstanding
        if wanted is None or landscape.request.generation != wanted.generation:
            return False
        if landscape.request.run != wanted.run:
            return False
        self._outstanding = None
        self.shown = landscape
        return True

    def _is_shown(self, snapshot: Snapshot, points: int) -> bool:
        if self.shown is None:
            return False
        request = self.shown.request
        return (
            request.points >= points
            and request.half_width == self.half_width
            and request.step == snapshot.step
            # A diverged net is equal to itself, too.
            and np.array_equal(request.theta, snapshot.theta, equal_nan=True)
        )


def wide_enough(snapshot: Snapshot, pair: Pair, present: float) -> float:
    """Return how far the grid must reach to hold the path, in steps of √2 from 1 up.

    Args:
        snapshot: its path counts if it is the pair's.
        pair: the two parameters.
        present: reach of the last grid, kept unless it is too small or over twice too large.
    """
    reach = 0.0
    if snapshot.watched == pair and len(snapshot.path):
        here = snapshot.theta[list(pair)]
        away = np.abs(snapshot.path.astype(np.float64) - here)
        away = away[np.isfinite(away)]
        reach = float(away.max()) if away.size else 0.0
    needed = min(max(1.08 * reach, 1.0), WIDEST)
    if needed <= present <= 2 * needed:
        return present
    return float(2 ** (math.ceil(2 * math.log2(needed) - 1e-9) / 2))
