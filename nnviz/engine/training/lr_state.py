"""The learning rate from epoch to epoch, and whether the run ends early.

Minibatches know nothing of it. At the end of every epoch the schedule is asked
for the next learning rate, and early stopping looks at the validation cost. Where
mistakes are counted, an epoch that had none is noted as well.
"""

from dataclasses import replace
from math import inf

from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import Recipe
from nnviz.engine.schedules import SCHEDULES, Pace
from nnviz.engine.training.state import FAULTLESS, STOPPED, EpochMistakes, ScheduleEvent, State
from nnviz.numbers import write


class LearningRateState:
    """What a run remembers from epoch to epoch.

    Attributes:
        pace: what the schedule remembers; `pace.eta` is the learning rate.
        best_validation, waited: what early stopping remembers.
        edits: what the schedule changed so far, which epochs were the first without a mistake,
            and why training ended.
        finished: why training ended early; empty while it may go on.
        last_mistakes: those of the epoch before, `EpochMistakes.NONE` where nobody counted.
    """

    def __init__(self, eta: float) -> None:
        """Begin with a learning rate."""
        self.pace = Pace(eta)
        self.best_validation, self.waited = inf, 0
        self.edits: tuple[ScheduleEvent, ...] = ()
        self.finished = ""
        self.last_mistakes = EpochMistakes.NONE

    def restore(self, state: State) -> None:
        """Remember what was remembered in a state."""
        self.pace = state.pace
        self.best_validation, self.waited = state.best_validation, state.waited
        self.edits, self.finished = state.edits, state.finished
        self.last_mistakes = state.mistakes.last

    def set_eta(self, eta: float) -> None:
        """Go on with another learning rate, set by hand."""
        self.pace = replace(self.pace, eta=eta)

    def end_epoch(
        self, recipe: Recipe, step: int, epoch: int, cost: float, validation: float
    ) -> None:
        """Do what is due after so many steps and epochs, at the end of one of this mean cost.

        `validation` is the cost over the examples held back, where the recipe has patience.
        """
        before = self.pace.eta
        self.pace = pace = SCHEDULES[recipe.schedule].next(recipe, self.pace, epoch, cost)
        if pace.reason:
            self.edits += (ScheduleEvent(step, "learning_rate", before, pace.eta, pace.reason),)
        if recipe.patience:
            self._watch(recipe.patience, step, epoch, validation)

    def count_mistakes(self, recipe: Recipe, step: int, epoch: int, mistakes: int) -> None:
        """Take note of an epoch's mistakes; the first epoch without any after others is told."""
        if not mistakes and self.last_mistakes:
            plain = OPTIMISERS[recipe.optimiser].plain and not (recipe.l1 or recipe.l2)
            reason = f"Epoch {epoch} was faultless: it had not a single mistake"
            reason += ", so no step changed anything." if plain else "."
            eta = self.pace.eta
            self.edits += (ScheduleEvent(step, FAULTLESS, eta, eta, reason),)
        self.last_mistakes = mistakes

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
                ScheduleEvent(step, STOPPED, self.pace.eta, self.pace.eta, self.finished),
            )
