"""What the race view shows of one moment: the surface, all racers, and what is said of them."""

import math
from dataclasses import field, replace

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.race.descent import Race, all_racers
from nnviz.engine.race.valleys import Array, Point, Valley
from nnviz.engine.surface.landscape import PlaneRequest
from nnviz.views.race import text
from nnviz.views.race.text import Lack
from nnviz.views.surface3d.curve import Curve

POINTS = 241
"""Points that a curve is drawn with."""
COLUMNS = 16
"""Steps at most whose costs are told."""
_NOWHERE = np.empty((0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Racer:
    """One racer as it stands.

    Attributes:
        outcomes: what became of it, the longest text first.
        costs: the costs after the last steps as they are written, now last.
        path: its places so far, now last, (steps, weights).
        path_costs: C at each of them, (steps,).
        slope: ∂C/∂w now, (weights,).
        steep: how steep it is now, as a share of how steep it was at the start.
    """

    name: str
    label: str
    racing: bool
    rate: float
    outcomes: tuple[str, ...]
    costs: tuple[str, ...] = ()
    path: Array = field(default_factory=lambda: _NOWHERE)
    path_costs: Array = field(default_factory=lambda: np.empty(0))
    slope: Array = field(default_factory=lambda: np.empty(0))
    steep: float = 0.0

    def here(self) -> Array | None:
        """Return where it is now, (weights,); None where it has gone out of all bounds."""
        known = len(self.path) > 0 and np.isfinite(self.path[-1]).all()
        return self.path[-1] if known else None


@dataclass(frozen=True, slots=True, eq=False)
class RacePicture:
    """Everything that is shown.

    Attributes:
        racers: all that could take part, in the table's order.
        selected: whose learning rate can be set, and which lies on top.
        step, steps: where the race stands, and its last step.
        curve: the surface where it has one weight only, else None.
        plane: whether a plane through the network is chosen.
        titles: what the surface is, the longest text first.
        slopes: its partial derivatives, where they are worth showing.
        message: why there is nothing to be seen; empty where there is.
        reading: what there is to say of the selected racer, the longest text first.
        outcome: the same where the table has no room for what became of it.
    """

    valley: Valley
    racers: tuple[Racer, ...]
    selected: str
    start: Point
    step: int
    steps: int
    curve: Curve | None
    plane: bool
    titles: tuple[str, ...]
    slopes: str
    tip: str
    message: str
    reading: tuple[str, ...]
    outcome: tuple[str, ...]
    playing: bool

    def racing(self) -> list[Racer]:
        """Return who takes part, the selected one last: it lies on top."""
        taking = [racer for racer in self.racers if racer.racing]
        return sorted(taking, key=lambda racer: racer.name == self.selected)

    def racer(self, name: str) -> Racer:
        """Return one of the racers."""
        return self.racers[all_racers().index(name)]


@dataclass(frozen=True, slots=True, eq=False)
class OnNet:
    """How it stands with the plane through the network that is chosen.

    Attributes:
        plane: the plane of the race that is shown, or None before there is one.
        lack: why there is none.
        fraction: how much of a race that is waited for is done, 0..1, or None.
        images: whether its examples are images.
    """

    plane: PlaneRequest | None = None
    lack: Lack | None = None
    fraction: float | None = None
    images: bool = False


def picture(
    race: Race,
    selected: str,
    net: OnNet | None = None,
    *,
    playing: bool = False,
    before: RacePicture | None = None,
) -> RacePicture:
    """Make everything that is to be shown of one moment.

    Its surface is taken from the picture shown last where it is the same.
    """
    valley = race.valley
    known = before is not None and before.valley is valley
    curve = before.curve if before is not None and known else _curve(valley)
    titles: tuple[str, ...] = (valley.formula,)
    message, reading = "", text.reading_texts(race, selected)
    outcome = reading
    if selected in race.racers and np.isfinite(race.descent(selected).path[race.step]).all():
        words = text.outcome_texts(race, selected)
        outcome = tuple(f"{text.label_of(selected)} {said}" for said in words)
    if net is not None:
        titles = ("",)
        if net.plane is not None:
            titles = text.moment_texts(valley, net.plane, net.images)
        elif net.fraction is not None:
            message = text.first_running(net.fraction)
        elif net.lack is not None:
            message = net.lack.value
        if net.fraction is not None:
            reading = outcome = text.running_texts(net.fraction)
    return RacePicture(
        valley=valley,
        racers=_racers(race),
        selected=selected,
        start=race.start,
        step=race.step,
        steps=race.steps,
        curve=curve,
        plane=net is not None,
        titles=titles,
        slopes="" if net is not None else valley.slopes,
        tip=text.tip_of(valley),
        message=message,
        reading=reading,
        outcome=outcome,
        playing=playing,
    )


def _racers(race: Race) -> tuple[Racer, ...]:
    step, grid, steepest = race.step, race.valley.grid, 1.0
    if race.racers:
        steepest = math.hypot(*race.descent(race.racers[0]).slopes[0].tolist()) or 1.0
    made = []
    for name in all_racers():
        racing, outcomes = name in race.racers, text.outcome_texts(race, name)
        racer = Racer(name, text.label_of(name), racing, race.rates[name], outcomes)
        if racing:
            run = race.descent(name)
            last = run.costs[max(step + 1 - COLUMNS, 0) : step + 1].tolist()
            racer = replace(
                racer,
                costs=tuple(text.cost_number(cost, grid) for cost in last),
                path=run.path[: step + 1],
                path_costs=run.costs[: step + 1],
                slope=run.slopes[step],
                steep=math.hypot(*run.slopes[step].tolist()) / steepest,
            )
        made.append(racer)
    return tuple(made)


def _curve(valley: Valley) -> Curve | None:
    """Return the surface of one weight with its bounds."""
    if valley.weights != 1:
        return None
    if valley.grid is not None:
        w, cost = valley.grid.w1, valley.grid.cost[:, 0]
        low, high = float(cost.min()), float(cost.max())
        room = (high - low) or abs(high) or 1.0
        return Curve(w, cost, low - 0.08 * room, high + 0.04 * room, valley.names[0])
    w = np.linspace(valley.low[0], valley.high[0], POINTS)
    cost = valley.cost(w[:, np.newaxis])
    top = float(max(cost[0], cost[-1]))
    return Curve(w, cost, -0.06 * top, 1.02 * top, valley.names[0])
