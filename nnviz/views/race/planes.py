"""Which planes of the live network can be raced on, and what is asked for and answered.

A plane belongs to the moment at which it was taken: training goes on, the race
stays. One race is asked for at a time, and only the answer to that counts. A new
start or another learning rate is a race on that same plane, which need not be
computed again.
"""

import itertools

from nnviz.engine.race.descent import Race, all_racers
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Kind, PlaneRequest

POINTS = {Kind.RANDOM: 41, Kind.PRINCIPAL: 41}
"""Grid points a side of planes through all weights, which take longer than others."""
FINE, SAMPLE = 61, 1000
"""Those of the others, and most test examples, as the cost surface has at rest."""
HALF_WIDTH = 1.0
"""The least that a plane reaches to either side of the present, in its own units."""
_GENERATIONS = itertools.count(1)
"""Counts the requests of all views, so that none takes the answer to another's."""


class PlaneRaces:
    """Keeps account of the races asked for on planes of the network.

    Attributes:
        selected: the weight or bias that was clicked last, an entry of theta, or None.
        fraction: how much of the race waited for is done, 0..1; None where none is.
    """

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.selected: int | None = None
        self.fraction: float | None = None
        self._wanted: RaceRequest | None = None

    def take(self, kind: Kind) -> RaceRequest | None:
        """Return the request for a plane through the present; None before there is a network."""
        snapshot = self.snapshot
        if snapshot is None:
            return None
        first, second = snapshot.watched
        if kind is Kind.LINE and self.selected is not None:
            first = self.selected if self.selected < snapshot.recipe.parameters else first
        number = next(_GENERATIONS)
        plane = PlaneRequest(
            number,
            snapshot.run,
            snapshot.recipe,
            snapshot.step,
            snapshot.theta,
            first,
            second,
            HALF_WIDTH,
            POINTS.get(kind, FINE),
            SAMPLE,
            kind,
            trail=snapshot.trail,
            fit=True,
        )
        return self._asked(RaceRequest(number, plane, all_racers()))

    def again(self, plane: PlaneRequest, race: Race) -> RaceRequest | None:
        """Return the request for runs that a race on a known plane lacks.

        None where it lacks none, or where an answer has to be waited for first.
        """
        racers = race.outdated()
        if self.fraction is not None or not racers:
            return None
        number, rates = next(_GENERATIONS), dict(race.rates)
        return self._asked(RaceRequest(number, plane, racers, race.valley, race.start, rates))

    def _asked(self, request: RaceRequest) -> RaceRequest:
        self._wanted, self.fraction = request, 0.0
        return request

    def _awaits(self, generation: int) -> bool:
        return self._wanted is not None and self._wanted.generation == generation

    def accept(self, answer: RaceAnswer) -> bool:
        """Take an answer; False where it is not the one that is waited for."""
        return self._awaits(answer.request.generation) and self.give_up()

    def tell(self, generation: int, fraction: float) -> bool:
        """Note how much of a race is done; tell whether it is the one that is waited for."""
        awaited = self._awaits(generation)
        if awaited:
            self.fraction = fraction
        return awaited

    def give_up(self) -> bool:
        """Wait no more; tell whether an answer was waited for."""
        waited, self.fraction, self._wanted = self._wanted is not None, None, None
        return waited

    def vain(self) -> bool:
        """Tell whether a plane is waited for whose run has given way to another."""
        wanted, snapshot = self._wanted, self.snapshot
        if wanted is None or snapshot is None or wanted.valley is not None:
            return False
        return wanted.plane.run != snapshot.run

    def is_now(self, plane: PlaneRequest) -> bool:
        """Tell whether a plane goes through the network as it is."""
        return self.snapshot is not None and plane.is_of(self.snapshot)


def joined(race: Race, before: Race) -> Race:
    """Return a race completed with those runs of an earlier one on its plane that still hold.

    Start and learning rates are the earlier one's, which may have been changed since the
    race was asked for.
    """
    fresh = {run.optimiser for run in race.known()}
    race.take(run for run in before.known() if run.optimiser not in fresh)
    race.start, race.rates = before.start, dict(before.rates)
    race.choose(before.racers)
    return race


def undone(race: Race) -> None:
    """Give a race the start and the learning rates back that its runs have."""
    for run in race.known():
        race.start = tuple(run.path[0].tolist())
        race.rates[run.optimiser] = run.eta
