"""The race: optimisers that start together on one surface, each with its own learning rate.

A racer is run once from the start to the end, with the very plans that train
networks; the race is then a place in time on finished paths, so going back is
as exact as going on. What became of a run has a name: it converges, crawls,
oscillates or diverges, by the rule of `verdict`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.ops import run
from nnviz.engine.optimisers import OPTIMISERS, Tools
from nnviz.engine.race.valleys import Point, Valley
from nnviz.engine.recipe import Recipe

Array = NDArray[np.float64]
Verdict = Literal["converges", "crawls", "oscillates", "diverges"]

AT_REST = 0.01
"""A racer has arrived within this share of the surface's width around a minimum."""
WANDERING = 3.0
"""One that walks so many times as far as it gets does not get on, it oscillates."""
LOCAL = 1e-6
"""A minimum is higher than the lowest one from this share of its cost on."""


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """One racer's whole run.

    Attributes:
        optimiser: its name.
        eta: its learning rate.
        path: its places, the start first, (steps + 1, weights); no numbers once it overflowed.
        costs: C at each of them, (steps + 1,).
        slopes: ∂C/∂w at each of them, (steps + 1, weights).
        verdict: what became of it.
        settled: where it converges, from which step it stays at the minimum; where it diverges,
            from which step it is higher than at the start; else None.
        optimum: which of the surface's optima it stayed at, or None.
        local: True where that one is not among the lowest.
    """

    optimiser: str
    eta: float
    path: Array
    costs: Array
    slopes: Array
    verdict: Verdict
    settled: int | None
    optimum: int | None
    local: bool = False


def all_racers() -> tuple[str, ...]:
    """Return who can take part, by name, in the order of the table."""
    return tuple(name for name, entry in OPTIMISERS.items() if entry.races)


def default_rate(valley: Valley, optimiser: str) -> float:
    """Return a learning rate that suits an optimiser on a surface."""
    entry = OPTIMISERS[optimiser]
    return entry.race_rate(valley.eta if entry.takes_nudge else valley.stride)


class Walk:
    """One racer on its way, step by step, for surfaces on which each step takes long.

    Attributes:
        path: its places, the start first, (steps + 1, weights); filled as it goes.
        slopes: ∂C/∂w at each of them but the last, likewise.
    """

    def __init__(
        self, valley: Valley, start: Point, optimiser: str, eta: float, steps: int
    ) -> None:
        """Stand at the start, (weights,), with so many steps to make."""
        self._valley, self._optimiser, self._eta = valley, optimiser, eta
        self.path = np.empty((steps + 1, len(start)))
        self.path[0] = start
        self.slopes = np.zeros_like(self.path)

    def go(self) -> Iterator[int]:
        """Make the steps; yields after each how many are done."""
        entry, eta = OPTIMISERS[self._optimiser], self._eta
        theta, gradient = self.path[0].copy(), np.zeros(self.path.shape[1])
        done = 0
        plan = entry.plan(
            Tools(
                theta=theta,
                g=gradient,
                slots=np.zeros((entry.slots, len(theta))),
                scratch=np.zeros_like(theta),
                eta=np.array(eta),
                count=lambda: done + 1,
                given=entry.given(
                    Recipe(layers=(1, 1), optimiser=self._optimiser, learning_rate=eta)
                ),
            )
        )
        for done in range(len(self.path) - 1):
            with np.errstate(all="ignore"):
                gradient[:] = self.slopes[done] = self._valley.gradient(theta)
                if entry.takes_nudge:
                    gradient *= -eta
                run(plan)
            self.path[done + 1] = theta
            yield done + 1

    def descent(self, valley: Valley | None = None) -> Descent:
        """Judge the whole way, by the same surface where more is known of its minima by now."""
        valley, path = valley or self._valley, self.path
        self.slopes[-1] = valley.gradient(path[-1])
        costs = valley.cost(path)
        named, settled, optimum = verdict(valley, path, costs)
        local = False
        if optimum is not None:
            bottoms = valley.cost(valley.optima)
            lowest = float(bottoms.min())
            local = float(bottoms[optimum]) - lowest > LOCAL * max(lowest, 1e-3)
        return Descent(
            self._optimiser, self._eta, path, costs, self.slopes, named, settled, optimum, local
        )


def descend(
    valley: Valley, start: Point, optimiser: str, eta: float, steps: int | None = None
) -> Descent:
    """Run one racer from a start, (weights,), for as many steps as the surface suggests."""
    walk = Walk(valley, start, optimiser, eta, valley.steps if steps is None else steps)
    for _ in walk.go():
        pass
    return walk.descent()


def verdict(valley: Valley, path: Array, costs: Array) -> tuple[Verdict, int | None, int | None]:
    """Name what became of a descent, from its path and the costs along it.

    In this order: it *diverges* when a cost overflows, or when the cost, above the start's,
    still grows from the middle third of the run to the last. It *converges* when it is near
    one and the same minimum throughout the last tenth, where the surface has any. It
    *oscillates* when in the last third it walks more than three times as far as it gets. Else
    it is on its way still: it *crawls*.

    Returns:
        The name, the step from which it holds, and the place of the minimum among
        `valley.optima`; None for both where there is none.
    """
    third = max(len(path) // 3, 1)
    late, middle = costs[-third:], costs[-2 * third : -third]
    grows = len(middle) > 0 and late.max() > max(middle.max(), costs[0]) * (1 + 1e-9)
    if not np.isfinite(costs).all() or grows:
        as_low = np.flatnonzero(np.nan_to_num(costs, nan=np.inf) <= costs[0])
        return "diverges", int(as_low[-1]) + 1 if len(as_low) else 0, None
    if valley.optima:
        away = np.linalg.norm(path[:, np.newaxis] - np.array(valley.optima), axis=-1)
        nearest = int(away[-1].argmin())
        outside = np.flatnonzero(away[:, nearest] > AT_REST * valley.width)
        settled = int(outside[-1]) + 1 if len(outside) else 0
        if settled <= len(path) - 1 - (len(path) - 1) // 10:
            return "converges", settled, nearest
    walked = np.linalg.norm(np.diff(path[-third - 1 :], axis=0), axis=-1).sum()
    got = np.linalg.norm(path[-1] - path[-third - 1 :][0])
    return ("oscillates" if walked > WANDERING * got else "crawls"), None, None


class Race:
    """Racers on one surface, at one step.

    Attributes:
        valley: the surface.
        start: where all of them start.
        steps: how many steps there are.
        rates: every racer's learning rate, those that do not take part included.
        step: where the race stands now.
    """

    def __init__(
        self,
        valley: Valley,
        start: Iterable[float] | None = None,
        rates: Mapping[str, float] | None = None,
        racers: Iterable[str] | None = None,
    ) -> None:
        self.valley = valley
        self.start: Point = valley.start if start is None else tuple(start)
        self.steps = valley.steps
        self.rates = {name: default_rate(valley, name) for name in all_racers()} | dict(rates or {})
        self.step = 0
        self._chosen = all_racers() if racers is None else tuple(racers)
        self._runs: dict[str, Descent] = {}

    @property
    def racers(self) -> tuple[str, ...]:
        """Who takes part, in the table's order."""
        return tuple(name for name in all_racers() if name in self._chosen)

    def descent(self, name: str) -> Descent:
        """Return a racer's whole run."""
        known = self._runs.get(name)
        if known is None:
            known = descend(self.valley, self.start, name, self.rates[name], self.steps)
            self._runs[name] = known
        return known

    def take(self, runs: Iterable[Descent]) -> None:
        """Know these runs, computed elsewhere from the same start and learning rates."""
        self._runs |= {run.optimiser: run for run in runs}

    def known(self) -> tuple[Descent, ...]:
        """Return the runs that have been made, also of those who do not take part."""
        return tuple(self._runs.values())

    def outdated(self) -> tuple[str, ...]:
        """Return whose known runs have another start or learning rate than they should."""
        return tuple(
            run.optimiser
            for run in self._runs.values()
            if tuple(run.path[0].tolist()) != self.start or run.eta != self.rates[run.optimiser]
        )

    def runs(self) -> tuple[Descent, ...]:
        """Return the runs of all who take part."""
        return tuple(self.descent(name) for name in self.racers)

    def winner(self) -> str:
        """Return who is lowest at the end of the race; "" where nobody takes part."""
        ends = {run.optimiser: float(run.costs[-1]) for run in self.runs()}
        ends = {name: cost for name, cost in ends.items() if np.isfinite(cost)}
        return min(ends, key=lambda name: ends[name], default="")

    def go(self, by: int) -> bool:
        """Go on by so many steps, or back; tell whether that changed anything."""
        return self.go_to(self.step + by)

    def go_to(self, step: int) -> bool:
        """Go to a step, no further than either end; tell whether that changed anything."""
        before, self.step = self.step, min(max(step, 0), self.steps)
        return self.step != before

    def put_start(self, start: Iterable[float]) -> None:
        """Let all of them start elsewhere; the step stays."""
        self.start = tuple(float(w) for w in start)
        self._runs.clear()

    def set_rate(self, name: str, eta: float) -> None:
        """Give one racer another learning rate; the step stays."""
        self.rates[name] = eta
        self._runs.pop(name, None)

    def choose(self, racers: Iterable[str]) -> None:
        """Let only these take part."""
        self._chosen = tuple(racers)
