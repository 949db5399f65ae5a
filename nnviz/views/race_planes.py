"""Which planes of the live network can be raced on, and what is asked for and answered.

A plane belongs to the moment at which it was taken: training goes on, the race
stays. Only the answer to the newest request counts. A new start or another
learning rate is a race on that same plane, which need not be computed again.
"""

from collections.abc import Mapping

from nnviz.engine.landscape import Kind, PlaneRequest
from nnviz.engine.race import RACERS, Race
from nnviz.engine.race_plane import RaceAnswer, RaceRequest
from nnviz.engine.snapshot import Snapshot
from nnviz.engine.valleys import Point

PLANES = {
    Kind.PARAMETERS: "This net: two weights",
    Kind.RANDOM: "This net: random directions",
    Kind.PRINCIPAL: "This net: principal components",
    Kind.LINE: "This net: one weight",
}
"""What the planes are called in the list of surfaces."""
POINTS, SAMPLE = 61, 1000
"""Grid points a side and most test examples, as the cost surface has at rest."""
HALF_WIDTH = 1.0
"""The least that a plane reaches to either side of the present, in its own units."""


class PlaneRaces:
    """Keeps account of the races asked for on planes of the network.

    Attributes:
        snapshot: the last moment seen, or None.
        fraction: how much of the race waited for is done, 0..1; None where none is.
    """

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.fraction: float | None = None
        self._generation = 0

    def take(self, kind: Kind, rates: Mapping[str, float] | None = None) -> RaceRequest | None:
        """Return the request for a plane through the present; None before there is a network."""
        snapshot = self.snapshot
        if snapshot is None:
            return None
        self._generation += 1
        plane = PlaneRequest(
            self._generation,
            snapshot.run,
            snapshot.recipe,
            snapshot.step,
            snapshot.theta,
            *snapshot.watched,
            HALF_WIDTH,
            POINTS,
            SAMPLE,
            kind,
            trail=snapshot.trail,
            fit=True,
        )
        self.fraction = 0.0
        return RaceRequest(self._generation, plane, RACERS, rates=dict(rates or {}))

    def again(
        self,
        plane: PlaneRequest,
        race: Race,
        *,
        start: Point | None = None,
        rate: tuple[str, float] | None = None,
    ) -> RaceRequest:
        """Return the request for another race on a plane that is known.

        Args:
            plane: of the answer that the race came with.
            race: the race as it is.
            start: another place for all of them to start.
            rate: a racer and its other learning rate.
        """
        self._generation += 1
        self.fraction = 0.0
        rates = race.rates | dict([rate] if rate else [])
        racers = RACERS if rate is None or start is not None else (rate[0],)
        begin = race.start if start is None else start
        return RaceRequest(self._generation, plane, racers, race.valley, begin, rates)

    def accept(self, answer: RaceAnswer) -> bool:
        """Take an answer; False where it is not the one that is waited for."""
        if self.fraction is None or answer.request.generation != self._generation:
            return False
        self.fraction = None
        return True

    def tell(self, generation: int, fraction: float) -> bool:
        """Note how much of a race is done; tell whether it is the one that is waited for."""
        if self.fraction is None or generation != self._generation:
            return False
        self.fraction = fraction
        return True

    def give_up(self) -> bool:
        """Wait no more; tell whether an answer was waited for."""
        waited, self.fraction = self.fraction is not None, None
        return waited
