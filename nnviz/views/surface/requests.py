"""When to ask for which surface: never two at once, coarse while training, fine at rest.

The answer to a request may come late, for another run, or never. So every
request carries a generation number, only the answer to the newest counts, and
whatever makes a request pointless (another run, another plane, another grid) is
a new one. The part of the plane that is drawn stays where it is for as long as
the path lies in it, so that axes do not jump while training goes on. Where
answers come too slowly to follow training, the surface is averaged over fewer
examples from then on; the view says over how many.
"""

import itertools
import math
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import numpy as np

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest
from nnviz.engine.surface.path import Extent
from nnviz.views.surface.state import GRIDS, SAMPLES, SurfaceState

COARSE = 31, 500
"""Grid points a side and most test examples while training."""
FINE = GRIDS[0], SAMPLES[1]
"""What is chosen at first."""
QUICK = 5e6
"""Grid points times examples that need no coarse surface first."""
PACE = 0.1
"""Seconds between two requests while training, so that it keeps its speed."""
SWIFT = 0.15
"""Seconds in which answers should come while training, to be there at the view's next turn."""
JUDGED = 3
"""How many answers tell whether they do."""
LEAST = 125
"""Examples below which the sample is not made smaller, however slow answers are."""

_GENERATIONS = itertools.count(1)
"""Counts the requests of all views, so that none takes the answer to another's."""


class Requests:
    """Keeps account of the surfaces asked for and answered; `shown` is the one on screen."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.shown: Landscape | None = None
        self._clock = clock
        self._outstanding: PlaneRequest | None = None
        self._asked_at = -math.inf
        self._of: tuple[object, ...] = ()
        self._closely = FINE
        self._refused: PlaneRequest | None = None
        self._live = COARSE[1]
        self._took: list[float] = []
        self._empty = False

    def next(self, snapshot: Snapshot, state: SurfaceState) -> PlaneRequest | None:
        """Return the request that this moment calls for, if any; it then counts as asked."""
        of = snapshot.run, *state.plane()
        fresh = self._of != of
        if fresh:
            self._of, self._refused = of, None
            self._live = COARSE[1]
            self._took.clear()
            self.shown = self._outstanding = None
        self._empty = snapshot.sample is not None and not len(snapshot.sample.x)
        if self._empty:
            return None  # without examples there is no cost
        if (state.points, state.sample) != self._closely:
            self._closely, self._refused = (state.points, state.sample), None
            self._outstanding = None
        waiting = self._outstanding
        if waiting is not None and not (_heavy(waiting) and not waiting.is_of(snapshot)):
            return None
        now = self._clock()
        if snapshot.playing and not fresh and now - self._asked_at < PACE:
            return None
        points, sample = self._closeness(snapshot, state)
        if self._is_shown(snapshot, points, sample) or self._is_refused(snapshot, points):
            return None
        self._asked_at = now
        request = PlaneRequest(
            next(_GENERATIONS),
            snapshot.run,
            snapshot.recipe,
            snapshot.step,
            snapshot.theta,
            *state.pair,
            state.reach,
            points,
            sample,
            state.kind,
            state.seed,
            snapshot.trail,
            fit=True,
        )
        self._outstanding = self._kept_still(request)
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
        if wanted.points == COARSE[0]:
            self._judge(self._clock() - self._asked_at)
        return True

    def _judge(self, seconds: float) -> None:
        """Take fewer examples while training, if answers keep taking too long."""
        self._took.append(seconds)
        if len(self._took) < JUDGED:
            return
        # The middle one, since the first also computes the true costs along the path.
        if median(self._took) > SWIFT:
            self._live = max(self._live // 2, LEAST)
        self._took.clear()

    def waits(self) -> bool:
        """Tell whether an answer is waited for."""
        return self._outstanding is not None

    @property
    def settled(self) -> bool:
        """Whether there is a surface, or none can be, and no other is waited for."""
        return (self.shown is not None or self._empty) and self._outstanding is None

    def awaits(self, generation: int) -> bool:
        """Tell whether an answer of this generation is waited for."""
        return self._outstanding is not None and self._outstanding.generation == generation

    def give_up(self) -> bool:
        """Wait no more, nor ask again before the net moves on; tell whether one was awaited."""
        wanted, self._outstanding = self._outstanding, None
        if wanted is None:
            return False
        self._refused = wanted
        return True

    def _closeness(self, snapshot: Snapshot, state: SurfaceState) -> tuple[int, int]:
        """Return grid points a side and examples."""
        if snapshot.playing:
            return COARSE[0], min(self._live, state.sample)
        rows = min(state.sample, len(snapshot.sample.x) if snapshot.sample is not None else 10_000)
        slow = state.kind in (Kind.RANDOM, Kind.PRINCIPAL)
        quick = (state.points**2 * rows <= QUICK and not slow) or state.kind is Kind.LINE
        if quick or self._is_shown(snapshot, COARSE[0], 0):
            return state.points, state.sample
        return COARSE[0], min(COARSE[1], state.sample)

    def _kept_still(self, request: PlaneRequest) -> PlaneRequest:
        """Return the request for the part of the plane that the last answer covered."""
        shown = self.shown
        if shown is None:
            return request
        extent = shown.extent
        if request.kind is Kind.PRINCIPAL:
            return replace(request, extent=extent)
        # Offsets count from the present, which has moved on since.
        here, before = shown.place(request.theta), shown.place(shown.request.theta)
        if not np.isfinite(here - before).all():
            return request
        low, high = (
            tuple((np.array(end) - (here - before)).tolist()) for end in (extent.low, extent.high)
        )
        axes = shown.axes if request.kind is Kind.RANDOM else None
        return replace(request, extent=Extent(low, high), axes=axes)

    def _is_refused(self, snapshot: Snapshot, points: int) -> bool:
        refused = self._refused
        return refused is not None and refused.points == points and refused.is_of(snapshot)

    def _is_shown(self, snapshot: Snapshot, points: int, sample: int) -> bool:
        if self.shown is None:
            return False
        request = self.shown.request
        return (
            request.points >= points and sample in (0, request.sample) and request.is_of(snapshot)
        )


def _heavy(request: PlaneRequest) -> bool:
    """Tell whether an answer takes so long that it is not worth waiting for after a change."""
    return request.points > GRIDS[0] or (
        request.points > COARSE[0] and request.kind in (Kind.RANDOM, Kind.PRINCIPAL)
    )
