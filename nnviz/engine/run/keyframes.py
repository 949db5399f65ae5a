"""Keyframes: which states of a run are kept, so that any step is soon replayed from one.

When the memory for them is used up, every other one is dropped, and from then on they are kept
half as often.
"""

from nnviz.engine.run.branch import Branch
from nnviz.engine.run.branch_tree import BranchTree
from nnviz.engine.run.record import Keyframe
from nnviz.engine.training.state import State

BUDGET = 64 * 2**20
"""Most bytes that keyframes may take: some 700 of the default network."""
STRIDE = 384
"""Steps between two keyframes at first: copying that seldom costs well under 2 % of training."""


class KeyframeKeeper:
    """Keeps keyframes of a run's branches within a budget of memory."""

    def __init__(self, first: State, budget: int, stride: int) -> None:
        """Keep none yet.

        Args:
            first: a state of the run, for its size.
            budget: most bytes that keyframes may take; at least two are kept all the same.
            stride: steps between two keyframes at first.
        """
        self._most = max(2, budget // (first.theta.nbytes + first.slots.nbytes))
        self._stride = stride

    def due(self, branch: Branch) -> int:
        """Return the step of a branch at which its next keyframe is kept."""
        frames = branch.keyframes
        last = frames[-1].state.steps if frames else branch.start
        return max(last + self._stride, branch.reached + 1)

    def keep(self, tree: BranchTree, frame: Keyframe) -> None:
        """Keep a state of the current branch, and make room for it if need be."""
        if len(tree.keyframes) >= self._most:
            for branch in tree.branches:
                del branch.keyframes[1::2]
            self._stride *= 2
        if len(tree.keyframes) >= self._most:
            for branch in tree.branches[1:]:  # many short branches: they begin in others
                branch.keyframes.clear()
        tree.current.keyframes.append(frame)
