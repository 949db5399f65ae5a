"""The branches of a run as views show them.

A branch that is not being trained does not change, so its look is made once and
handed out again; views can tell by its identity that there is nothing to redraw.
"""

from collections.abc import Sequence

from nnviz.engine.changes import Edit
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.branch import Branch
from nnviz.engine.run.history import CostCurve
from nnviz.engine.run.snapshot import BranchLook
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.evaluation import Evaluation

NOTHING = "nothing changed"
"""What is said of a line on which no change was made."""


class BranchLooks:
    """Makes the looks of a run's branches, and remembers those that stay the same."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[object, BranchLook]] = {}

    def of(
        self, timeline: Timeline, curve: CostCurve, evaluations: tuple[Evaluation, ...]
    ) -> tuple[BranchLook, ...]:
        """Return the current branch and every one that has a part off its line, oldest first.

        Minibatch costs and evaluations are given of the current line.
        """
        current, recipe = timeline.current, timeline.trainer.recipe
        inputs = timeline.trainer.named_inputs
        looks = []
        for branch in timeline.branches:
            if branch is current:
                looks.append(_look(branch, current, recipe, inputs, curve, evaluations))
                continue
            if not _apart(branch, timeline):
                continue
            key = branch, branch.name, branch.reached, len(branch.evaluations), current
            made = self._made.get(branch.number)
            if made is None or made[0] != key:
                whole = branch.evaluations_of_line()
                made = key, _look(branch, current, recipe, inputs, branch.curve(), whole)
                self._made[branch.number] = made
            looks.append(made[1])
        return tuple(looks)


def _apart(branch: Branch, timeline: Timeline) -> bool:
    """Tell whether a branch shows anything that neither the current line nor a later one does."""
    leaves, shared = branch.parting_from(timeline.current)
    later = any(
        other.parent is branch and other.start >= branch.reached for other in timeline.branches
    )
    changed = len(branch.line) > shared and branch not in timeline.tree.undone
    return not later and (branch.reached > leaves or changed)


def _look(
    branch: Branch,
    current: Branch,
    recipe: Recipe,
    inputs: Sequence[str],
    curve: CostCurve,
    evaluations: tuple[Evaluation, ...],
) -> BranchLook:
    leaves, shared = branch.parting_from(current)
    return BranchLook(
        number=branch.number,
        name=branch.name,
        change=branch.change,
        words="" if branch.change is None else branch.change.words(recipe, inputs),
        start=branch.start,
        reached=branch.reached,
        leaves=leaves,
        apart=_words(branch.line[shared:], recipe, inputs),
        current=branch is current,
        curve=curve,
        evaluations=evaluations,
        epoch_layout=branch.epoch_layout,
        against=_words(current.line[shared:], recipe, inputs),
    )


def _words(branches: Sequence[Branch], recipe: Recipe, inputs: Sequence[str]) -> str:
    changes: list[Edit] = [b.change for b in branches if b.change is not None]
    return ", ".join(change.words(recipe, inputs) for change in changes) or NOTHING
