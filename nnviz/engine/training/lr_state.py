"""The learning rate from epoch to epoch, and whether the run ends early.

Minibatches know nothing of it. At the end of every epoch the schedule is asked
for the next learning rate, and early stopping looks at the validation cost.
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from nnviz.engine.recipe import Recipe
from nnviz.engine.schedules import SCHEDULES, Pace
from nnviz.engine.training.state import ScheduleEvent, State
from nnviz.numbers import write


class LearningRateState:
    """What a run remembers from epoch to epoch.

    Attributes:
        pace: what the schedule remembers; `pace.eta` is the learning rate.
        best_validation, waited: what early stopping remembers.
        edits: what the schedule changed so far, and why training ended.
        finished: why training ended early; empty while it may go on.
    """

    def __init__(self, eta: float) -> None:
        """Begin with a learning rate."""
        self.pace = Pace(eta)
        self.best_validation, self.waited = inf, 0
        self.edits: tuple[ScheduleEvent, ...] = ()
        self.finished = ""

    def restore(self, state: State) -> None:
        """Remember what was remembered in a state."""
        self.pace = state.pace
        self.best_validation, self.waited = state.best_validation, state.waited
        self.edits, self.finished = state.edits, state.finished

    def set_eta(self, eta: float) -> None:
        """Go on with another learning rate, set by hand."""
        self.pace = replace(self.pace, eta=eta)

    def end_epoch(
        self, recipe: Recipe, step: int, epoch: int, cost: float, validation: Callable[[], float]
    ) -> None:
        """Do what is due after so many steps and epochs, at the end of one of this mean cost.

        `validation` measures the cost over the examples held back.
        """
        before = self.pace.eta
        self.pace = pace = SCHEDULES[recipe.schedule].next(recipe, self.pace, epoch, cost)
        if pace.reason:
            self.edits += (ScheduleEvent(step, "learning_rate", before, pace.eta, pace.reason),)
        if recipe.patience:
            self._watch(recipe.patience, step, epoch, validation())

    def _watch(self, patience: int, step: int, epoch: int, cost: float) -> None:
        if cost < self.best_validation:
            self.best_validation, self.waited = cost, 0
            return
        self.waited += 1
        if self.waited >= patience and not self.finished:
            self.finished = (
                f"The validation cost has not fallen below {write(self.best_validation)} for "
                f"{self.waited} epochs, so training stopped after epoch {epoch}."
            )
            self.edits += (
                ScheduleEvent(step, "stopped", self.pace.eta, self.pace.eta, self.finished),
            )
