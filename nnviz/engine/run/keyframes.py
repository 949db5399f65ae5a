"""Keyframes: which states of a run are kept, so that any step is soon replayed from one.

They lie evenly along the run. When the memory for them is used up, every other one is dropped,
and from then on they are kept half as often. The latest two lie as near to each other as at the
beginning, so that one step back never takes long, however long the run is.
"""

from collections.abc import Sequence

from nnviz.engine.ops import freeze
from nnviz.engine.run.branch import Branch
from nnviz.engine.run.branch_tree import BranchTree
from nnviz.engine.run.record import Keyframe
from nnviz.engine.training.state import State

BUDGET = 40 * 2**20
"""Most bytes that keyframes may take: some 440 of the default network."""
STRIDE = 256
"""Steps between two keyframes at first: copying that seldom costs well under 2 % of training.

A power of two, as the strides of a trail are: a trail shares its parameters with keyframes.
"""
LARGE, STRIDE_OF_LARGE = 16, 128
"""A state of which fewer than so many fit is copied that often, about as long as two steps take."""
FEWEST = 4
"""Keyframes that are kept whatever they take: the first, the latest and one between them."""
LATEST = 2
"""Keyframes at the end that lie nearer to each other than the others."""


class KeyframeKeeper:
    """Keeps keyframes of a run's branches within a budget of memory."""

    def __init__(self, first: State, budget: int, stride: int) -> None:
        """Keep none yet.

        Args:
            first: a state of the run, for its size.
            budget: most bytes that keyframes may take; `FEWEST` are kept all the same.
            stride: steps between two keyframes at first, and between the latest at any time.
        """
        fitting = budget // (first.theta.nbytes + first.slots.nbytes)
        self._most = max(FEWEST, fitting)
        self._often = self._stride = stride if fitting >= LARGE else min(stride, STRIDE_OF_LARGE)

    def due(self, branch: Branch) -> int:
        """Return the step of a branch at which its next keyframe is kept."""
        frames = branch.keyframes
        last = frames[-1].state.steps if frames else branch.start
        return max(last + self._often, branch.reached + 1)

    def keep(self, tree: BranchTree, frame: Keyframe) -> None:
        """Keep a state of the current branch, read-only, and make room for it if need be."""
        freeze(frame.state.theta, frame.state.slots)
        frames = tree.current.keyframes
        if len(frames) > LATEST and _apart(frames[-LATEST - 1], frames[-LATEST]) < self._stride:
            del frames[-LATEST]  # it was kept for being one of the latest
        frames.append(frame)
        if not self._too_many(tree):
            return
        self._thin(tree)
        if self._too_many(tree):
            for branch in tree.branches[1:]:  # many short branches: they begin in others
                if branch is not tree.current:
                    branch.keyframes.clear()
        while self._too_many(tree):
            self._thin(tree)

    def _too_many(self, tree: BranchTree) -> bool:
        return sum(len(branch.keyframes) for branch in tree.branches) > self._most

    def _thin(self, tree: BranchTree) -> None:
        """Drop about every other keyframe, those before the latest of the current branch."""
        self._stride *= 2
        for branch in tree.branches:
            latest = LATEST if branch is tree.current else 0
            branch.keyframes = _spaced(branch.keyframes, self._stride, latest)


def _spaced(frames: Sequence[Keyframe], stride: int, latest: int) -> list[Keyframe]:
    """Return the first keyframe, those so many steps apart, and so many of the latest."""
    kept: list[Keyframe] = []
    for place, frame in enumerate(frames):
        if not kept or _apart(kept[-1], frame) >= stride or place >= len(frames) - latest:
            kept.append(frame)
    return kept


def _apart(earlier: Keyframe, later: Keyframe) -> int:
    return later.state.steps - earlier.state.steps
