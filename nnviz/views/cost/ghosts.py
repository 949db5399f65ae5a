"""Ghosts: the costs of runs that were left behind, from where they part from the one on screen.

A branch that is not being trained does not change, and its look stays the same
object, so its line is made once and costs nothing while another one trains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.run.snapshot import BranchLook

Array = NDArray[np.floating[Any]]

MOST_GHOSTS = 6
"""Most ghosts that are drawn: the latest ones."""
GHOST_POINTS = 150
"""Points of a ghost's line."""


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """The line of a branch that was left behind.

    Attributes:
        name: what people call the branch.
        epochs: where its points stand, (points,).
        costs: the running mean of its minibatch costs there, (points,).
    """

    name: str
    epochs: Array
    costs: Array


class Ghosts:
    """Makes the ghosts of a run, and keeps those whose branch has not changed."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[BranchLook, Ghost]] = {}

    def of(self, branches: Sequence[BranchLook]) -> tuple[list[Ghost], int]:
        """Return the latest ghosts, oldest first, and how many older ones there are."""
        left = [look for look in branches if not look.current and look.reached > look.leaves]
        drawn = left[-MOST_GHOSTS:]
        made = {}
        for look in drawn:
            known = self._made.get(look.number)
            fresh = known is None or known[0] is not look
            made[look.number] = (look, ghost_of(look)) if fresh or known is None else known
        self._made = made
        return [made[look.number][1] for look in drawn], len(left) - len(drawn)


def ghost_of(look: BranchLook) -> Ghost:
    """Return the line of a branch from where it parts from the one on screen."""
    curve = look.curve
    with np.errstate(all="ignore"):
        mean = curve.smoothed(window(look.epoch_layout.per_epoch, look.reached))
    # With the last point both lines share, so that the ghost grows out of the other.
    first = max(int(np.searchsorted(curve.steps, look.leaves, side="right")) - 1, 0)
    every = max(1, -(-(len(mean) - first) // GHOST_POINTS))
    points = np.arange(first, len(mean))[::-every][::-1]
    return Ghost(look.name, look.epoch_layout.epochs(curve.steps[points]), mean[points])


def window(per_epoch: int, step: int) -> int:
    """Return over how many minibatches costs are averaged for a smooth line."""
    return max(per_epoch // 30, step // 100, 1)
