"""The replayer: trains a run on, and reaches any step of it by training again from a kept state.

The state at a step is a function of the recipe and of the changes of its line, so the steps from
the nearest state before it, with the changes on the way, lead there bit for bit.
"""

from collections.abc import Callable
from math import nan
from time import perf_counter

from nnviz.engine.run.branch import Branch
from nnviz.engine.run.branch_tree import BranchTree
from nnviz.engine.run.kept_states import KeptStates
from nnviz.engine.run.making_edits import apply
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.trainer import Trainer

MOMENT = 0.05
"""Seconds of a long way between two questions whether to go on."""

GoOn = Callable[[float], bool]
"""Told now and then how much of a long way is done, 0..1; False gives up."""


def always(_fraction: float) -> bool:
    """Never give up."""
    return True


class Replayer:
    """Trains along the line of the branch that is visited, and goes to steps of others.

    Attributes:
        last_cost: mean cost of the last minibatch before its update; nan at step 0.
    """

    def __init__(self, trainer: Trainer, tree: BranchTree, kept: KeptStates) -> None:
        """Train by a trainer that stands at step 0 of the first branch of a tree."""
        self._trainer, self._tree, self._kept = trainer, tree, kept
        self.last_cost = nan

    def train(self, go_on: Callable[[], bool], costs: list[float]) -> None:
        """Train on as `Trainer.train` does, and keep what is done.

        Changes of a future that is being trained again are made at their steps.
        """
        trainer = self._trainer
        before, known = trainer.steps, len(costs)
        due = self._next_due()

        def passed() -> bool:
            nonlocal due
            if trainer.steps >= due:
                due = self._do_due()
            return go_on()

        try:
            trainer.train(passed, costs)
        finally:  # what was done before a divergence stays done
            self._note(costs[known:], before)

    def take_over(self, done: TrainedSteps) -> None:
        """Go on by steps that another process has trained from here, and keep what is done.

        Only where no change of the line is ahead, see `passes_changes`.
        """
        before, due = self._trainer.steps, self._next_due()
        self._trainer.take_over(done)
        if self._trainer.steps >= due:
            self._do_due()
        self._note(done.costs.tolist(), before)

    @property
    def passes_changes(self) -> bool:
        """Whether changes of the line lie ahead, which are made again on the way."""
        return self._trainer.steps < self._tree.current.start

    def _note(self, costs: list[float], before: int) -> None:
        """Keep the costs of minibatches that were trained after so many."""
        branch = self._tree.current
        if costs:
            self.last_cost = costs[-1]
            branch.costs.extend(costs[max(0, branch.recorded - before) :])
        branch.reached = max(branch.reached, self._trainer.steps)

    def goto(self, branch: Branch, step: int, go_on: GoOn = always) -> bool:
        """Go to a step of any branch.

        Returns:
            True when there; False when given up, with everything as it was before.

        Raises:
            DivergedError: the way forwards diverges; the last finite state stands.
        """
        trainer, tree = self._trainer, self._tree
        if branch is tree.current and step == trainer.steps:
            return True
        before = trainer.state(), trainer.gradient, self.last_cost, tree.current
        # One step before at the latest, so that the last gradient is known there as well.
        frame = self._kept.before(branch, max(step - 1, 0))
        on_the_way = branch is tree.current and frame.state.steps <= trainer.steps < step
        tree.current = branch
        if not on_the_way:
            trainer.restore(frame.state)
            self.last_cost = nan
            self._make_changes(frame.changes)
        start = trainer.steps
        costs: list[float] = []

        def gives_up() -> bool:
            return not go_on((trainer.steps - start) / max(1, step - start))

        while trainer.steps < step or trainer.epoch_end.owed:
            if gives_up() or not trainer.end_epoch(gives_up):
                trainer.restore(before[0])
                trainer.set_gradient(before[1])
                self.last_cost, tree.current = before[2:]
                return False
            until = perf_counter() + MOMENT
            if trainer.steps < step:
                self.train(
                    lambda until=until: trainer.steps < step and perf_counter() < until,  # type: ignore[misc]
                    costs,
                )
        return True

    def _make_changes(self, made: int) -> None:
        """Make the changes of the line that belong to this step, after so many were made."""
        for change in self._tree.current.changes[made:]:
            if change.step == self._trainer.steps:
                apply(self._trainer, change)

    def _next_due(self) -> int:
        """Return the next step at which there is something to do besides training."""
        step, branch, kept = self._trainer.steps, self._tree.current, self._kept.due()
        if step < branch.start:  # where the line was changed it is changed again
            return min(kept, *(change.step for change in branch.changes if change.step > step))
        return kept

    def _do_due(self) -> int:
        """Make the changes that belong to the step just reached, or keep its state.

        Returns:
            The next step at which there is something to do.
        """
        if self._trainer.steps <= self._tree.current.start:
            self._make_changes(0)
        self._kept.keep_what_is_due()
        return self._next_due()
