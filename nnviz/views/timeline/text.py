"""What the timeline says."""

from nnviz.engine.changes import short, symbol
from nnviz.engine.training.state import FAULTLESS, STOPPED, ScheduleEvent
from nnviz.numbers import count, integer

TIMELINE = "Timeline: every step of the run"
TIP = "Drag to any minibatch trained so far, or click  [←  →  Home  End; ↑  ↓ from flag to flag]"
FIELD, FIELD_TIP = "Step", "Click and type a step or an epoch to go to  [Ctrl+G]"
SENTENCE = "Type a step such as 1234, an epoch such as e2.5, or end."
NOTHING_TRAINED = (
    "Nothing has been trained yet: press play, and any step can be gone back to.",
    "Nothing is trained yet: press play.",
    "Press play.",
)
"""What to do at the start of a run that can be trained, the fullest wording first."""
NOT_TRAINED = "Nothing is trained here."
WIDEST_STEP = "step 0 000 000"
"""As wide as any step that the field shows."""
UNCHANGED = {STOPPED: "training stopped", FAULTLESS: "faultless epoch"}
"""What happened where no learning rate changed."""
SHORT_PHASES = {"forward": "fwd", "backward": "bwd", "average": "avg"}
"""Shorter names of kinds of phases."""


def beginning(untrainable: str) -> tuple[str, ...]:
    """Say what to do where nothing is trained yet, or why nothing can be; the fullest first."""
    return (untrainable, NOT_TRAINED) if untrainable else NOTHING_TRAINED


def step(number: int) -> str:
    """Write a step."""
    return f"step {integer(number)}"


def epoch(number: int) -> str:
    """Write an epoch."""
    return f"epoch {integer(number)}"


def minibatch(number: int) -> str:
    """Head the phases of a minibatch."""
    return f"minibatch {integer(number)} · "


def last_of(reached: int) -> str:
    """Say that a run has not come as far as was asked for."""
    verb = "is" if reached == 1 else "are"
    return f"Only {count(reached, 'step')} {verb} trained so far: this is the last."


def at_step(number: int, words: str) -> str:
    """Say what happened at a step."""
    return f"{step(number)}: {words}"


def and_more(number: int) -> str:
    """Count what is not listed."""
    return f"and {integer(number)} more"


def leaves(name: str) -> str:
    """Say that a branch leaves the line."""
    return f"branch “{name}” leaves here"


def event(edit: ScheduleEvent) -> str:
    """Say what the schedule changed."""
    return UNCHANGED.get(edit.name) or f"{symbol(edit.name)} {short(edit.old)} → {short(edit.new)}"
