"""The tree of a run's branches: which there are, which is visited, which were taken back.

It knows nothing of training. Names and numbers are unique, a branch is only
forgotten when nothing on screen needs it, and what was taken back can be made
again until something else is changed.
"""

from dataclasses import replace

from nnviz.engine.changes import Edit
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.run.branch import Branch, free_name
from nnviz.engine.run.record import Keyframe, RunRecord
from nnviz.engine.training.epoch_layout import EpochLayout


class BranchTree:
    """All branches of one run; a number that none of them has is refused as a `RecipeError`.

    Attributes:
        branches: every branch, parents before their children.
        current: the branch that is visited.
        undone: branches that were taken back, the one to be made again next last.
    """

    def __init__(self, epoch_layout: EpochLayout) -> None:
        """Begin with the first branch."""
        self.current = Branch(0, None, None, epoch_layout)
        self.branches = [self.current]
        self.undone: list[Branch] = []

    def restore(self, record: RunRecord) -> None:
        """Have the branches of a record, and the keyframe of step 0, which it may leave out."""
        first = self.branches[0].keyframes[0]
        made: dict[int, Branch] = {}
        for kept in record.branches:
            made[kept.number] = Branch.of(kept, made.get(kept.parent))
        self.branches = list(made.values())
        self.current = made[record.current]
        self.undone = [made[number] for number in record.redo]
        root = self.branches[0]
        root.keyframes = [first, *(frame for frame in root.keyframes if frame.state.steps)]

    @property
    def keyframes(self) -> list[Keyframe]:
        """The keyframes of all branches."""
        return [frame for branch in self.branches for frame in branch.keyframes]

    @property
    def made_as_one(self) -> list[Branch]:
        """The branches whose changes undo takes back at once, the last one first."""
        taken: list[Branch] = []
        branch = self.current
        while branch.parent is not None:
            taken.append(branch)
            if not branch.with_last:
                break
            branch = branch.parent
        return taken

    @property
    def undone_as_one(self) -> list[Branch]:
        """The branches whose changes redo makes again at once, the first one first."""
        made = self.undone[-1:]
        for branch in self.undone[-2::-1]:
            if not (branch.with_last and branch.parent is made[-1]):
                break
            made.append(branch)
        return made

    def begin(self, change: Edit, epoch_layout: EpochLayout, recipe: Recipe) -> None:
        """Begin a branch with a change, where the current line stands at its step."""
        self.forget_undone()
        number = 1 + max(branch.number for branch in self.branches)
        name = free_name(change.name_of_branch(recipe), self.branches)
        parent = self.current.owner(change.step)
        self.current = Branch(number, parent, change, epoch_layout, name)
        self.branches.append(self.current)

    def merge(self, change: Edit, epoch_layout: EpochLayout, recipe: Recipe) -> bool:
        """Make a change part of the one that began the current branch, if that can be.

        Returns:
            True when it is; the branch's evaluations and keyframes are then those of no one.
        """
        branch, last = self.current, self.current.change
        if last is None or self.undone or branch.reached > branch.start or self._parent(branch):
            return False
        same = (last.step, last.name, last.indices) == (change.step, change.name, change.indices)
        if not same:
            return False
        branch.change = replace(change, old=last.old)
        others = (other for other in self.branches if other is not branch)
        branch.name = free_name(branch.change.name_of_branch(recipe), others)
        branch.epoch_layout = epoch_layout
        branch.evaluations.clear()
        branch.measures.clear()
        branch.keyframes.clear()
        return True

    def find(self, number: int) -> Branch:
        """Return the branch of a number."""
        for branch in self.branches:
            if branch.number == number:
                return branch
        raise RecipeError(f"There is no branch number {number}: it was forgotten before.")

    def rename(self, number: int, name: str) -> None:
        """Call a branch something else; an empty name changes nothing."""
        branch = self.find(number)
        if name := " ".join(name.split())[:60]:
            branch.name = free_name(name, (b for b in self.branches if b is not branch))

    def drop(self, number: int) -> None:
        """Forget a branch and all that began in it, unless the line on screen needs it."""
        branch = self.find(number)
        if branch in self.current.line:
            raise RecipeError(
                f"The branch “{branch.name}” cannot be forgotten, because the one on screen began "
                "in it: go back to another branch first."
            )
        self.branches = [other for other in self.branches if branch not in other.line]
        self.undone = [other for other in self.undone if branch not in other.line]

    def forget_undone(self) -> None:
        """Drop changes that were taken back before anything was trained with them."""
        undone, self.undone = self.undone, []
        for branch in undone:
            trained = branch.reached > branch.start
            if not trained and branch is not self.current and not self._parent(branch):
                self.branches.remove(branch)

    def _parent(self, branch: Branch) -> bool:
        return any(other.parent is branch for other in self.branches)
