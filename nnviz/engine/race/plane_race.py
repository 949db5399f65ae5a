"""A race on a plane through the live network: the plane as a surface, and its racers' runs.

A `RaceRequest` names a plane of the network at one moment; `racing` turns it
into a `RaceAnswer`, in pieces so short that the same thread can do other things
in between. The plane's grid comes from `survey`, so what the racers run on is
the cost surface itself; their slopes come from backpropagation over the same
examples. A request may hand back the valley of an earlier answer, to race again
with another start or other learning rates on the very same moment.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.notation import parameter_name
from nnviz.engine.ops import Array
from nnviz.engine.race.descent import AT_REST, Race, Walk, all_racers
from nnviz.engine.race.minima import among, bottom_near, minima_of
from nnviz.engine.race.plane_cost import PlaneCost
from nnviz.engine.race.valleys import Grid, Point, Valley
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest, survey
from nnviz.engine.surface.memory import Memory
from nnviz.engine.surface.path import Extent
from nnviz.numbers import integer, rounded, write

INSET = 0.12
"""How far inside the picture, as a share of its width, racers start at first."""
STRIDE = 0.04
"""First steps of adaptive optimisers, as a share of the plane's width."""
SURVEYED = 0.5
"""The share of the work that is done once the plane is known."""
PROBE = 13
"""Grid points a side with which it is found out how far a plane has to reach."""
WIDENINGS = 5
"""How often a plane is widened whose lowest point lies near its border, for racers to stay in."""
AT_MINIMUM = 0.05
"""A network this near a minimum, as a share of the plane's width, would not move: its race starts
elsewhere at first."""
NEAR = 0.02
"""Share of the plane's width within which a racer's end has a minimum that it has found."""
LOGARITHMIC = 1000
"""Costs that differ by more than this factor are drawn by their logarithms."""
LARGEST_RATE, SMALLEST_RATE = 1e6, 1e-6
"""Learning rates beyond which no default goes."""

Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RaceRequest:
    """Which race is wanted.

    Attributes:
        generation: counts requests; a view waits for the answer to its last one.
        plane: the plane to race on.
        valley: that plane as an earlier answer had it; None to compute it.
        start: where all of them start; None for the place that the plane suggests.
        rates: learning rates by racer, where they are not the plane's own.
        racers: whose runs are wanted.
    """

    generation: int
    plane: PlaneRequest
    racers: tuple[str, ...]
    valley: Valley | None = None
    start: Point | None = None
    rates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class RaceAnswer:
    """A race that has been run.

    Attributes:
        request: what was asked.
        race: at step 0, with the runs of all racers asked for; None where the cost of the
            network is not finite: it has diverged.
    """

    request: RaceRequest
    race: Race | None


def racing(
    request: RaceRequest,
    x: Array,
    y: Array,
    memory: Memory | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _fraction: None,
    between: Callable[[], object] = lambda: None,
) -> Iterator[float | RaceAnswer]:
    """Run a race, a little at a time.

    Args:
        request: which one.
        x: inputs of the examples that cost surfaces are averaged over, (n, inputs), n ≥ 1.
        y: their desired outputs, (n, outputs).
        memory: what surveys of the same examples remember; only used by one thread.
        cancelled: asked every few milliseconds while the plane is computed, which is not
            interrupted otherwise; True ends the race without an answer.
        progress: told about as often how much is done, 0..1.
        between: called in the midst of every step on the plane, in this race and in later ones
            on it; what it raises ends the race.

    Yields:
        How much is done, 0..1, again and again; at last the answer.
    """
    valley, before = request.valley, 0.0
    if valley is None:
        yield 0.0
        memory, plane, before = memory or Memory(), request.plane, SURVEYED
        for _ in range(WIDENINGS + 1):
            probed = survey(replace(plane, points=PROBE), x, y, cancelled, memory=memory)
            if probed is None:
                return
            wider = _wider(probed)
            plane = replace(plane, extent=wider or probed.extent, axes=probed.axes, fit=False)
            yield 0.0
            if wider is None:
                break

        def tell(fraction: float) -> None:
            progress(SURVEYED * fraction)

        surface = survey(plane, x, y, cancelled, tell, memory)
        if surface is None:
            return
        yield SURVEYED
        valley = valley_of(surface, *memory.sampled(plane.recipe, x, y, plane.sample), between)
    if valley is None:
        yield RaceAnswer(request, None)
        return
    race = Race(valley, request.start, request.rates, request.racers)
    walks: list[Walk] = []
    for place, name in enumerate(race.racers):
        walk = Walk(valley, race.start, name, race.rates[name], race.steps)
        for done in walk.go():
            yield before + (1 - before) * (place + done / race.steps) / len(race.racers)
        walks.append(walk)
    if race.racers == all_racers():  # else they join others, judged by what was known then
        found = with_minima(valley, [walk.path[-1] for walk in walks])
        race = Race(found, race.start, race.rates, race.racers)
    race.take(walk.descent(race.valley) for walk in walks)
    yield RaceAnswer(request, race)


def valley_of(
    surface: Landscape, x: Array, y: Array, between: Callable[[], object] = lambda: None
) -> Valley | None:
    """Turn a computed plane into a surface to race on; None where its present cost is not finite.

    The plane was averaged over the examples x (n, inputs) and y (n, outputs). Before some of them
    are propagated `between` is called; what it raises ends the work.
    """
    request, axes = surface.request, surface.axes
    if not np.isfinite(surface.present):
        return None
    sides = [np.asarray(w, np.float64) for w in (surface.w1, surface.w2) if len(w)]
    cost = np.asarray(surface.cost, np.float64)
    grid = Grid(sides[0], sides[1] if len(sides) > 1 else np.zeros(0), cost)
    exact = PlaneCost(request.recipe, request.theta, axes, x, y, between)
    present, _ = surface.locate(request.theta)

    def cost_at(w: Places) -> Places:
        return exact.cost(w - present)

    def slope_at(w: Places) -> Places:
        return exact.gradient(w - present)

    low, high = (np.array([side[end] for side in sides]) for end in (0, -1))
    optima = minima_of(grid, cost_at, slope_at)
    start, named = present, _names(surface)
    if among(optima, present, AT_MINIMUM * float((high - low).max())):
        start = _corner(grid, low, high)
    what = "C(" + ", ".join(named) + ")"
    return Valley(
        name=f"net {request.kind} {request.run} {request.step} {request.generation}",
        label=f"the network at step {integer(request.step)}",
        formula=what,
        remark=(
            f"The cost of this network as it was at step {integer(request.step)}, averaged over "
            f"{integer(len(x))} test examples; everything but what the axes say stays as it was. "
            f"The run itself trains with η = {write(request.recipe.learning_rate)}."
        ),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        start=tuple(start.tolist()),
        optima=tuple(tuple(one.tolist()) for one in optima),
        eta=_rate(grid, (high - low).max()),
        stride=rounded(STRIDE * (high - low).max(), 1),
        _cost=cost_at,
        _gradient=slope_at,
        logarithmic=_differs_much(cost),
        names=named,
        grid=grid,
        present=tuple(present.tolist()),
        examples=len(x),
    )


def _wider(surface: Landscape) -> Extent | None:
    """Return an extent that reaches further where the surface is lowest near its border."""
    extent, cost = surface.extent, surface.cost
    if not np.isfinite(cost).all():
        return None  # no further out: it is beyond numbers already
    lowest = np.unravel_index(int(cost.argmin()), cost.shape)
    low, high = list(extent.low), list(extent.high)
    for axis in range(len(low)):
        width = high[axis] - low[axis]
        room = cost.shape[axis] // 4
        if lowest[axis] < room:
            low[axis] -= width / 3
        elif lowest[axis] >= cost.shape[axis] - room:
            high[axis] += width / 3
    wider = Extent(tuple(low), tuple(high))
    return wider if wider != extent else None


def _differs_much(cost: Places) -> bool:
    """Tell whether costs differ so much that their logarithm is worth drawing."""
    finite = cost[np.isfinite(cost)]
    return bool(finite.min() > 0 and finite.max() > LOGARITHMIC * finite.min())


def _names(surface: Landscape) -> tuple[str, ...]:
    request = surface.request
    match request.kind:
        case Kind.PARAMETERS:
            pair = request.first, request.second
            return tuple(parameter_name(request.recipe, index) for index in pair)
        case Kind.LINE:
            return (parameter_name(request.recipe, request.first),)
        case Kind.RANDOM:
            return "α", "β"
        case Kind.PRINCIPAL:
            return "PC 1", "PC 2"


def with_minima(valley: Valley, ends: Iterable[Places]) -> Valley:
    """Return a plane with the minima, too, where racers ended and that its grid does not show."""
    aside, apart = np.full(valley.weights, NEAR * valley.width), AT_REST * valley.width
    optima = [np.array(place) for place in valley.optima]
    for end in ends:
        if not np.isfinite(end).all() or among(optima, end, apart):
            continue
        bottom = bottom_near(valley.gradient, end, aside)
        if bottom is not None and not among(optima, bottom, apart):
            optima.append(bottom)
    if len(optima) == len(valley.optima):
        return valley
    optima.sort(key=lambda place: float(valley.cost(place)))
    return replace(valley, optima=tuple(tuple(place.tolist()) for place in optima))


def _corner(grid: Grid, low: Places, high: Places) -> Places:
    """Return the highest of the corners of the picture, a little inside."""
    axes = len(low)
    inside = low + INSET * (high - low), high - INSET * (high - low)
    costs = grid.cost if axes == 2 else grid.cost[:, 0]
    ends = np.ndindex(*(2,) * axes)
    costs = np.nan_to_num(costs, nan=-np.inf, posinf=-np.inf)
    best = max(ends, key=lambda end: float(costs[tuple(-side for side in end)]))
    return np.array([inside[side][axis] for axis, side in enumerate(best)])


def _rate(grid: Grid, width: float) -> float:
    """Return a learning rate with which plain descent overshoots nowhere on a grid.

    That is one over the largest curvature along either axis, or over what a straight slope
    would need to leave the grid in about one step where the surface is hardly curved.
    """
    finite = grid.cost[np.isfinite(grid.cost)]
    steepest = [float(np.ptp(finite)) / width**2]
    for axis, side in enumerate((grid.w1, grid.w2)):
        if len(side) > 2:
            with np.errstate(all="ignore"):
                bends = np.diff(grid.cost, 2, axis=axis) / (side[1] - side[0]) ** 2
            steepest.append(float(np.abs(bends[np.isfinite(bends)]).max(initial=0.0)))
    rate = 1 / max(*steepest, 1 / LARGEST_RATE)
    return rounded(max(rate, SMALLEST_RATE), 1)
