"""The state of a run at one step: all that its future depends on, as one frozen value.

A keyframe of the timeline is such a state. What it does not hold (the order of
an epoch, dropout, noise) is drawn from the seed and the step alone.
"""

from typing import ClassVar

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.schedules import Pace
from nnviz.engine.training.epoch_layout import EpochLayout

STOPPED, FAULTLESS = "stopped", "faultless"
"""Names of events that change nothing: training ended early; an epoch had no mistake."""


@dataclass(frozen=True, slots=True)
class ScheduleEvent:
    """One change of the learning rate that a schedule made, or what else an epoch brought about.

    Attributes:
        step: minibatches done when it happened.
        name: the recipe field that changed, `STOPPED` where training ended early, or `FAULTLESS`
            where an epoch had no mistake and the one before, if any, had.
        old, new: its value before and after; equal where nothing changed.
        reason: one sentence on why, or empty where a person did it.
    """

    step: int
    name: str
    old: float
    new: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EpochMistakes:
    """How many mistakes training met, where the cost alone does not tell.

    Attributes:
        so_far: in this epoch, each example being counted when its minibatch comes.
        last: in the epoch before; `NONE` where there was none, or nobody counted.
    """

    so_far: int = 0
    last: int = -1

    NONE: ClassVar[int] = -1


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All that the future of a run depends on, at one step.

    Attributes:
        steps: minibatches done.
        recipe: the recipe in force.
        epoch_layout: how the steps so far, and those to come, are cut into epochs.
        theta: the parameters, (parameters,), a copy.
        slots: what the optimiser remembers, (slots, parameters), a copy.
        pace: what the schedule remembers.
        epoch_cost: summed cost of the epoch's minibatches so far.
        best_validation, waited: what early stopping remembers.
        edits: what a schedule changed so far.
        finished: why training ended early; empty while it may go on.
        mistakes: what was counted of them, of the epoch under way and the one before.
        owed: whether the last step has ended an epoch, and what is due then (the schedule, early
            stopping) has yet to be done: it comes before anything else.
    """

    steps: int
    recipe: Recipe
    epoch_layout: EpochLayout
    theta: Array
    slots: Array
    pace: Pace
    epoch_cost: float
    best_validation: float
    waited: int
    edits: tuple[ScheduleEvent, ...]
    finished: str
    mistakes: EpochMistakes = EpochMistakes()
    owed: bool = False
