"""The kept states of a run, from which any step is soon reached: keyframes and recent states."""

from nnviz.engine.ops import Array
from nnviz.engine.run.branch import Branch
from nnviz.engine.run.branch_tree import BranchTree
from nnviz.engine.run.keyframes import KeyframeKeeper
from nnviz.engine.run.recent_states import RecentStates
from nnviz.engine.run.record import Keyframe
from nnviz.engine.training.trainer import Trainer


class KeptStates:
    """Keeps states of the branch that is visited, and knows which one a step is replayed from.

    Attributes:
        first: the state at step 0, before any change.
    """

    def __init__(self, trainer: Trainer, tree: BranchTree, budget: int, stride: int) -> None:
        """Keep the state at step 0.

        Args:
            trainer: the run where it stands, at step 0.
            tree: its branches, which hold their keyframes.
            budget: most bytes that keyframes may take; a few are kept all the same.
            stride: steps between two keyframes at first.
        """
        self._trainer, self._tree = trainer, tree
        self.first = trainer.first_state()
        self._keyframes = KeyframeKeeper(self.first, budget, stride)
        self._recent = RecentStates(stride)
        self._keyframes.keep(tree, Keyframe(self.first, 0))

    def present(self) -> Keyframe:
        """Return the present state as one that can be replayed from."""
        step = self._trainer.steps
        made = sum(change.step <= step for change in self._tree.current.changes)
        return Keyframe(self._trainer.state(), made)

    def keep(self) -> None:
        """Keep the present state, where a change has just been made."""
        self._recent.forget(self._tree.current)  # what was merged has another beginning now
        self._keep()

    def _keep(self) -> None:
        changes = len(self._tree.current.changes)
        self._keyframes.keep(self._tree, Keyframe(self._trainer.state(), changes))

    def due(self) -> int:
        """Return the next step of the line at which a state is kept."""
        step, branch = self._trainer.steps, self._tree.current
        recent = self._recent.due(step, self._trainer.recipe)
        return recent if step < branch.start else min(recent, self._keyframes.due(branch))

    def keep_what_is_due(self) -> None:
        """Keep the present state where it is due."""
        step, branch = self._trainer.steps, self._tree.current
        if step >= self._keyframes.due(branch):
            self._keep()  # what is kept for good need not be kept twice
        elif step >= self._recent.due(step - 1, self._trainer.recipe):
            self._recent.keep(branch.owner(step), self.present())

    def before(self, branch: Branch, step: int) -> Keyframe:
        """Return the latest state kept of a branch's line at or before a step."""
        return self._recent.before(branch, step, branch.keyframe_before(step))

    def theta(self) -> Array | None:
        """Return the read-only parameters of a state kept of the present step, if any."""
        branch, step = self._tree.current, self._trainer.steps
        frames = branch.keyframes
        kept = frames[-1] if frames and frames[-1].state.steps == step else None
        kept = kept or self._recent.at(branch, step)
        return None if kept is None else kept.state.theta
