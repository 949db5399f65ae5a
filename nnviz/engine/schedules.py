"""Learning-rate schedules: how η changes from epoch to epoch.

A schedule is asked once after every epoch. Some follow the epoch layout, some react
to the epoch's mean cost; those say why they change η, and the reason is kept
with the run. All they remember is in one small value, so a run can be replayed.
"""

from collections.abc import Callable, Mapping
from math import cos, inf, isfinite, pi
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine.table import Entry, table
from nnviz.numbers import write

Given = Mapping[str, Any]
"""What a schedule reads of a recipe: η before the first epoch, and what it says it uses."""

IMPROVEMENT = 1e-3
"""Share by which a cost must fall to count as fallen to `plateau`."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a schedule remembers.

    Attributes:
        eta: the learning rate now.
        last: mean cost of the epoch before, infinite before the first.
        best: lowest mean cost of an epoch so far.
        waited: epochs since then.
        reason: why eta was changed after the last epoch; empty where it was not, or
            where the epoch layout alone says so.
    """

    eta: float
    last: float = inf
    best: float = inf
    waited: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Schedule(Entry):
    """One way to change the learning rate; its formula is η in epoch e, from 0.

    Attributes:
        follow: follow(given, pace, epoch, cost) -> the pace after `epoch` epochs, the last
            of which had this mean cost.
        steady: True where η stays what it is.
    """

    follow: Callable[[Given, Pace, int, float], Pace]
    steady: bool = False

    def next(self, recipe: Any, pace: Pace, epoch: int, cost: float) -> Pace:
        """Return the pace after so many epochs of a recipe; see `follow`."""
        given = {"learning_rate": recipe.learning_rate, **self.given(recipe)}
        return self.follow(given, pace, epoch, cost)


def _constant(_given: Given, pace: Pace, _epoch: int, cost: float) -> Pace:
    return Pace(pace.eta, cost)


def _step_decay(given: Given, _pace: Pace, epoch: int, cost: float) -> Pace:
    factor = given["decay_factor"] ** (epoch // given["schedule_epochs"])
    return Pace(given["learning_rate"] * factor, cost)


def _cosine(given: Given, _pace: Pace, epoch: int, cost: float) -> Pace:
    # Past the horizon the last, smallest rate stays; the cosine itself would rise again.
    share = min(epoch, given["schedule_epochs"] - 1) / given["schedule_epochs"]
    return Pace(given["learning_rate"] * (1 + cos(pi * share)) / 2, cost)


def _halve(_given: Given, pace: Pace, epoch: int, cost: float) -> Pace:
    if cost < pace.last or not isfinite(pace.last):
        return Pace(pace.eta, cost)
    reason = (
        f"the mean cost did not fall in epoch {epoch} ({write(pace.last)} before, "
        f"{write(cost)} now), so η was halved"
    )
    return Pace(pace.eta / 2, cost, reason=reason)


def _plateau(given: Given, pace: Pace, _epoch: int, cost: float) -> Pace:
    if cost < pace.best * (1 - IMPROVEMENT) or not isfinite(pace.best):
        return Pace(pace.eta, cost, cost)
    waited = pace.waited + 1
    if waited < given["schedule_epochs"]:
        return Pace(pace.eta, cost, pace.best, waited)
    factor = given["decay_factor"]
    reason = (
        f"the mean cost has not fallen below {write(pace.best)} for {waited} epochs, "
        f"so η was multiplied by {write(factor)}"
    )
    return Pace(pace.eta * factor, cost, pace.best, 0, reason)


SCHEDULES: dict[str, Schedule] = table(
    Schedule(
        "constant",
        "constant",
        "η",
        "The simplest: what you set is what you get.",
        _constant,
        steady=True,
    ),
    Schedule(
        "step_decay",
        "step decay",
        "η·factor^⌊e / epochs⌋",
        "Large steps first, then finer ones, at times chosen beforehand.",
        _step_decay,
        uses=("schedule_epochs", "decay_factor"),
    ),
    Schedule(
        "cosine",
        "cosine",
        "η·(1 + cos(π·e / epochs)) / 2",
        "Falls gently to almost zero by a known last epoch.",
        _cosine,
        uses=("schedule_epochs",),
    ),
    Schedule(
        "halve",
        "halve until it falls",
        "η / 2 after every epoch whose mean cost did not fall",
        "The practice of starting high and halving until the cost begins to fall.",
        _halve,
    ),
    Schedule(
        "plateau",
        "reduce on plateau",
        "η·factor once the mean cost has not fallen for so many epochs",
        "Waits until nothing is gained any more before it takes finer steps.",
        _plateau,
        uses=("schedule_epochs", "decay_factor"),
    ),
)
"""Every learning-rate schedule by name."""
