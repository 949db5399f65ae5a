"""Curves of minibatch costs, thinned to what a panel can show: band, running mean and ghosts.

A ghost is the line of a branch that was left behind, or of another run. While another branch
trains its look stays the same object, so its line is made once.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.run.history import CostCurve
from nnviz.engine.run.snapshot import Array, BranchLook
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.messages.events import LaidOver
from nnviz.numbers import integer

Line = tuple[Array, Array]
"""x, rising, and y of a line's points, (points,) each."""

MOST_POINTS = 300
"""Points of a line: more than a panel has pixels to tell apart."""
MOST_GHOSTS = 6
"""Most ghosts that are drawn: the latest ones."""
MOST_LAID_OVER = 4
"""Most other runs that are drawn over this one."""
GHOST_POINTS = 150
"""Points of a ghost's line."""


def window(per_epoch: int, step: int) -> int:
    """Return over how many minibatches costs are averaged for a smooth line."""
    return max(per_epoch // 30, step // 100, 1)


def running_mean(curve: CostCurve, epoch_layout: EpochLayout, step: int) -> Array:
    """Return the running mean of the minibatch costs at every point of a curve, (points,)."""
    with np.errstate(all="ignore"):
        return curve.smoothed(window(epoch_layout.per_epoch, step))


def thinned(
    curve: CostCurve, costs: Array, epoch_layout: EpochLayout, first: int = 0, every: int = 1
) -> Line:
    """Return each so-manieth point of a curve from the first on, over the epochs.

    Points are counted from the end, so that the line always reaches the last one.
    """
    points = np.arange(first, len(costs))[::-every][::-1]
    return epoch_layout.epochs(curve.steps[points]), costs[points]


def band(curve: CostCurve, epoch_layout: EpochLayout) -> Line:
    """Return the outline of what lies between the smallest and the largest minibatch costs.

    It runs over epochs, the upper side out, the lower back, with at most 2·MOST_POINTS points.
    Where every minibatch has its own point, that is the plain line through them.
    """
    count = len(curve.mean)
    if not count:
        return np.zeros(0), np.zeros(0)
    starts = np.arange(0, count, -(-count // MOST_POINTS))
    low, high = np.minimum.reduceat(curve.low, starts), np.maximum.reduceat(curve.high, starts)
    x = epoch_layout.epochs(curve.steps[starts])
    return np.concatenate((x, x[::-1])), np.concatenate((high, low[::-1]))


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """The line of a branch that was left behind, or of another run that is laid over this one.

    Attributes:
        name: what people call it.
        epochs, costs: its points, (points,): of a branch the running mean of minibatch costs, of
            another run its test costs.
        look: the branch; None for another run.
    """

    name: str
    epochs: Array
    costs: Array
    look: BranchLook | None = None


def left_behind(branches: Sequence[BranchLook]) -> list[BranchLook]:
    """Return the branches that were left behind and go on beyond the line on screen."""
    return [look for look in branches if not look.current and look.reached > look.leaves]


def ghosts_of(
    branches: Sequence[BranchLook], before: Sequence[Ghost] = (), *, numbered: bool = False
) -> tuple[tuple[Ghost, ...], int]:
    """Return the latest ghosts, oldest first, and how many older ones there are.

    Those made before stay where their branch has not changed. With `numbered` they are called
    1, 2, 3 in place of what was changed in them. What was trained twice is one ghost.
    """
    drawn, older = _told_apart(left_behind(branches))
    known = {ghost.look: ghost for ghost in before if ghost.look is not None}
    names = [integer(at) if numbered else name for at, (_, name) in enumerate(drawn, 1)]
    made = []
    for (look, _), name in zip(drawn, names, strict=True):
        ghost = known.get(look) or ghost_of(look, name)
        made.append(ghost if ghost.name == name else replace(ghost, name=name))
    return tuple(made), older


def _told_apart(left: Sequence[BranchLook]) -> tuple[list[tuple[BranchLook, str]], int]:
    """Return the latest branches of which none lies on another, and how many are older.

    Of those that went the same way the longest is taken, under the name of the first.
    """
    found: list[tuple[BranchLook, str]] = []
    for seen, look in enumerate(reversed(left)):
        same = next((at for at, (one, _) in enumerate(found) if _same_way(one, look)), None)
        if same is not None:
            later = found[same][0]
            found[same] = (later if later.reached >= look.reached else look), look.name
        elif len(found) == MOST_GHOSTS:
            return found[::-1], len(left) - seen
        else:
            found.append((look, look.name))
    return found[::-1], 0


def _same_way(one: BranchLook, other: BranchLook) -> bool:
    """Tell whether two branches had the same costs, as far as the shorter one goes."""
    if one.epoch_layout != other.epoch_layout:
        return False
    a, b = one.curve, other.curve
    points = min(len(a.mean), len(b.mean))
    if not points or a.mean[points - 1] != b.mean[points - 1]:  # soon told, of most
        return False
    return np.array_equal(a.steps[:points], b.steps[:points]) and np.array_equal(
        a.mean[:points], b.mean[:points], equal_nan=True
    )


def ghost_of(look: BranchLook, name: str) -> Ghost:
    """Return the line of a branch, under a name, from where it parts from the one on screen."""
    curve, epoch_layout = look.curve, look.epoch_layout
    mean = running_mean(curve, epoch_layout, look.reached)
    # With the last point both lines share, so that the ghost grows out of the other.
    first = max(int(np.searchsorted(curve.steps, look.leaves, side="right")) - 1, 0)
    every = max(1, -(-(len(mean) - first) // GHOST_POINTS))
    return Ghost(name, *thinned(curve, mean, epoch_layout, first, every), look)


def laid_over(curves: Sequence[LaidOver]) -> tuple[Ghost, ...]:
    """Return the lines of other runs that are drawn over this one."""
    return tuple(
        Ghost(curve.name, curve.epochs, curve.costs)
        for curve in curves[:MOST_LAID_OVER]
        if len(curve.epochs)
    )
