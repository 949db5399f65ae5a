"""Ghosts: the costs of runs that were left behind, from where they part from the one on screen.

A branch that is not being trained does not change, and its look stays the same
object, so its line is made once and costs nothing while another one trains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.engine.run.snapshot import BranchLook
from nnviz.views.cost.curves import Array, running_mean, thinned

MOST_GHOSTS = 6
"""Most ghosts that are drawn: the latest ones."""
GHOST_POINTS = 150
"""Points of a ghost's line."""


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """The line of a branch that was left behind: epochs, and the running mean there, (points,)."""

    look: BranchLook
    epochs: Array
    costs: Array

    @property
    def name(self) -> str:
        """What people call the branch."""
        return self.look.name


def left_behind(branches: Sequence[BranchLook]) -> list[BranchLook]:
    """Return the branches that were left behind and go on beyond the line on screen."""
    return [look for look in branches if not look.current and look.reached > look.leaves]


def ghosts_of(
    branches: Sequence[BranchLook], before: Sequence[Ghost] = ()
) -> tuple[tuple[Ghost, ...], int]:
    """Return the latest ghosts, oldest first, and how many older ones there are.

    Those made before stay where their branch has not changed.
    """
    left = left_behind(branches)
    drawn = left[-MOST_GHOSTS:]
    known = {ghost.look: ghost for ghost in before}
    return tuple(known.get(look) or ghost_of(look) for look in drawn), len(left) - len(drawn)


def ghost_of(look: BranchLook) -> Ghost:
    """Return the line of a branch from where it parts from the one on screen."""
    curve, epoch_layout = look.curve, look.epoch_layout
    mean = running_mean(curve, epoch_layout, look.reached)
    # With the last point both lines share, so that the ghost grows out of the other.
    first = max(int(np.searchsorted(curve.steps, look.leaves, side="right")) - 1, 0)
    every = max(1, -(-(len(mean) - first) // GHOST_POINTS))
    return Ghost(look, *thinned(curve, mean, epoch_layout, first, every))
