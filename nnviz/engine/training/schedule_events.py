"""Schedule events: changes of the learning rate that a schedule made, each with its step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScheduleEvent:
    """One change.

    Attributes:
        step: minibatches done when it happened.
        name: the recipe field that changed, or "stopped" where training ended early.
        old, new: its value before and after; equal where nothing but the end is meant.
        reason: one sentence on why, or empty where a person did it.
    """

    step: int
    name: str
    old: float
    new: float
    reason: str = ""
