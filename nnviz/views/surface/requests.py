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
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest
from nnviz.engine.surface.path import Extent

COARSE = 31, 500
"""Grid points a side and most test examples while training."""
GRIDS = 61, 101, 201
"""Grid points a side to choose from at rest."""
SAMPLES = 250, 1000, 10**9
"""Test examples to choose from; the last stands for all of them."""
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
HALF_WIDTH = 1.0
"""The least that the grid reaches to either side, in the plane's own units."""

Pair = tuple[int, int]
_GENERATIONS = itertools.count(1)
"""Counts the requests of all views, so that none takes the answer to another's."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which plane is looked at, and how closely.

    Attributes:
        kind: what spans it.
        pair: w1 and w2 as entries of theta, for the kinds that have them.
        seed: decides random directions.
        points: grid points a side at rest.
        sample: most test examples.
    """

    kind: Kind = Kind.PARAMETERS
    pair: Pair = (0, 1)
    seed: int = 0
    points: int = FINE[0]
    sample: int = FINE[1]

    def plane(self) -> tuple[object, ...]:
        """Return what tells this plane from others, however closely it is looked at."""
        match self.kind:
            case Kind.PARAMETERS:
                return self.kind, self.pair
            case Kind.LINE:
                return self.kind, self.pair[0]
            case Kind.RANDOM:
                return self.kind, self.seed
            case Kind.PRINCIPAL:
                return (self.kind,)


def trained(chosen: Chosen) -> tuple[int, ...]:
    """Return the entries of theta along the axes of a plane that has such."""
    if chosen.kind is Kind.LINE:
        return chosen.pair[:1]
    return tuple(sorted(chosen.pair)) if chosen.kind is Kind.PARAMETERS else ()


def put(pair: Pair, axis: int, index: int) -> Pair:
    """Put an entry of theta on an axis; one that is on the other changes places with it."""
    first, second = pair
    if index == pair[1 - axis]:
        return second, first
    return (index, second) if axis == 0 else (first, index)


class Asking:
    """Keeps account of the surfaces asked for and answered.

    Attributes:
        shown: the surface on screen, or None.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.shown: Landscape | None = None
        self._clock = clock
        self._outstanding: PlaneRequest | None = None
        self._asked_at = -math.inf
        self._of: tuple[object, ...] = ()
        self._closely = FINE
        self._refused: tuple[object, ...] = ()
        self._live = COARSE[1]
        self._took: list[float] = []

    def next(self, snapshot: Snapshot, chosen: Chosen) -> PlaneRequest | None:
        """Return the request that this moment calls for, if any; it then counts as asked."""
        of = snapshot.run, *chosen.plane()
        fresh = self._of != of
        if fresh:
            self._of, self._refused = of, ()
            self._live = COARSE[1]
            self._took.clear()
            self.shown = self._outstanding = None
        if (chosen.points, chosen.sample) != self._closely:
            self._closely, self._refused = (chosen.points, chosen.sample), ()
            self._outstanding = None
        waiting = self._outstanding
        if waiting is not None and not (_heavy(waiting) and waiting.step != snapshot.step):
            return None
        now = self._clock()
        if snapshot.playing and not fresh and now - self._asked_at < PACE:
            return None
        points, sample = self._closeness(snapshot, chosen)
        if self._is_shown(snapshot, points, sample) or self._refused == (snapshot.step, points):
            return None
        self._asked_at = now
        request = PlaneRequest(
            next(_GENERATIONS),
            snapshot.run,
            snapshot.recipe,
            snapshot.step,
            snapshot.theta,
            *chosen.pair,
            HALF_WIDTH,
            points,
            sample,
            chosen.kind,
            chosen.seed,
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
        """Whether there is a surface and no other is waited for."""
        return self.shown is not None and self._outstanding is None

    def awaits(self, generation: int) -> bool:
        """Tell whether an answer of this generation is waited for."""
        return self._outstanding is not None and self._outstanding.generation == generation

    def give_up(self) -> bool:
        """Wait no more, nor ask again before the net moves on; tell whether one was awaited."""
        wanted, self._outstanding = self._outstanding, None
        if wanted is None:
            return False
        self._refused = wanted.step, wanted.points
        return True

    def _closeness(self, snapshot: Snapshot, chosen: Chosen) -> tuple[int, int]:
        """Return grid points a side and examples."""
        if snapshot.playing:
            return COARSE[0], min(self._live, chosen.sample)
        rows = min(chosen.sample, len(snapshot.sample.x) if snapshot.sample is not None else 10_000)
        slow = chosen.kind in (Kind.RANDOM, Kind.PRINCIPAL)
        quick = (chosen.points**2 * rows <= QUICK and not slow) or chosen.kind is Kind.LINE
        if quick or self._is_shown(snapshot, COARSE[0], 0):
            return chosen.points, chosen.sample
        return COARSE[0], min(COARSE[1], chosen.sample)

    def _kept_still(self, request: PlaneRequest) -> PlaneRequest:
        """Return the request for the part of the plane that the last answer covered."""
        shown = self.shown
        if shown is None or shown.extent is None:
            return request
        extent = shown.extent
        if request.kind is Kind.PRINCIPAL:
            return replace(request, extent=extent)
        # Offsets count from the present, which has moved on since.
        here, _ = shown.locate(request.theta)
        before, _ = shown.locate(shown.request.theta)
        if not np.isfinite(here - before).all():
            return request
        low, high = (
            tuple((np.array(end) - (here - before)).tolist()) for end in (extent.low, extent.high)
        )
        axes = shown.axes if request.kind is Kind.RANDOM else None
        return replace(request, extent=Extent(low, high), axes=axes)

    def _is_shown(self, snapshot: Snapshot, points: int, sample: int) -> bool:
        if self.shown is None:
            return False
        request = self.shown.request
        return (
            request.points >= points
            and sample in (0, request.sample)
            and request.step == snapshot.step
            # A diverged net is equal to itself, too.
            and np.array_equal(request.theta, snapshot.theta, equal_nan=True)
        )


def _heavy(request: PlaneRequest) -> bool:
    """Tell whether an answer takes so long that a step makes it not worth waiting for."""
    return request.points > GRIDS[0] or (
        request.points > COARSE[0] and request.kind in (Kind.RANDOM, Kind.PRINCIPAL)
    )
