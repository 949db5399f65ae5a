"""What edges show: weights, slopes, nudges or contributions, as the user chose and a phase allows.

A mode is what was chosen; a subject is what can be shown of it at one moment, with
the words for it. Where a number is not known, nothing is invented: the subject says
what is shown instead, or that there is nothing to show yet.
"""

from dataclasses import replace

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.changes import THETA
from nnviz.engine.network import views
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.schedules import SCHEDULES
from nnviz.numbers import integer
from nnviz.views.network.phase_display import PhaseDisplay


@dataclass(frozen=True, slots=True)
class Mode:
    """What the user wants edges to show: in code, on the button, in the menu and in a sentence."""

    id: str
    short: str
    label: str
    tip: str


MODES: dict[str, Mode] = {
    mode.id: mode
    for mode in (
        Mode("weights", "|w|", "Weights: the strongest |w|", "What the network has learned."),
        Mode(
            "slopes",
            "|∂C/∂w|",
            "Slopes: the steepest |∂C/∂w|",
            "The gradient of the last minibatch: which weights matter to its cost.",
        ),
        Mode(
            "nudges",
            "nudge",
            "Nudges: the largest of the last step",
            "By how much the last step changed each weight.",
        ),
        Mode(
            "contributions",
            "w·a",
            "Contributions: the strongest w·a",
            "What each weight adds to the next layer's sums for the example shown.",
        ),
        Mode(
            "selected",
            "selected",
            "All weights of the neuron selected",
            "Every edge in and out of the neuron, or the one edge, that was clicked.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What edges show at a moment, in words: beside the scale of colours, and which are chosen.

    Each kind has a scale of its own. Where there is nothing to show, `nothing` is said, the fullest
    wording first.
    """

    kind: str
    legend: str
    strongest: str
    brief: str = ""
    nothing: tuple[str, ...] = ()


WEIGHTS = Subject("weights", "weight", "the strongest |w|", "strongest |w|")
SLOPES = Subject(
    "slopes",
    "slope ∂C/∂w",
    "the steepest |∂C/∂w|",
    "steepest",
    ("no slopes known here: go on by a step", "no slopes known here"),
)
NUDGES = Subject(
    "nudges",
    "nudge",
    "the largest nudges",
    "largest nudges",
    ("no nudge known here: go on by a step", "no nudge known here"),
)
DESCENT = replace(
    NUDGES, legend="−η·∂C/∂w", strongest="the largest steps −η·∂C/∂w", brief="largest −η·∂C/∂w"
)
CONTRIBUTIONS = Subject("contributions", "w·a", "the strongest contributions w·a", "strongest w·a")


def shown(
    mode: Mode, snapshot: Snapshot, earlier: Snapshot | None, play: PhaseDisplay | None
) -> tuple[Subject, Array]:
    """Return what edges show at a moment, and its values, laid out like theta.

    `earlier` is another moment of the same run that was seen before it, if any.
    """
    if mode.id == "contributions":
        return CONTRIBUTIONS, contributions(snapshot, play)
    if play is not None:
        return _of_phase(mode, snapshot, play)
    if mode.id == "slopes":
        return SLOPES, snapshot.gradient
    if mode.id == "nudges":
        return _nudges(snapshot, earlier)
    return WEIGHTS, snapshot.theta_used


def contributions(snapshot: Snapshot, play: PhaseDisplay | None = None) -> Array:
    """Return w·a of every weight for the example shown; 0 where a phase has not come so far."""
    values = np.zeros_like(snapshot.theta)
    weights, _ = views(snapshot.recipe, snapshot.theta_used)
    parts, _ = views(snapshot.recipe, values)
    reached = len(parts) if play is None else play.known.activations
    inputs = (snapshot.focus.x, *snapshot.focus.a)
    with np.errstate(all="ignore"):
        for w, part, a in zip(weights[:reached], parts, inputs, strict=False):
            np.multiply(w, a[:, np.newaxis], out=part, casting="same_kind")
    return values


def _of_phase(mode: Mode, snapshot: Snapshot, play: PhaseDisplay) -> tuple[Subject, Array]:
    minibatch, kind = snapshot.minibatch, play.phase.kind
    assert minibatch is not None
    follows = mode.id == "weights"
    if (mode.id == "slopes" and play.known.gradient) or (follows and kind == "average"):
        return SLOPES, minibatch.gradient
    if (mode.id == "nudges" and play.known.nudge) or (follows and kind == "update"):
        return NUDGES, minibatch.nudge
    return WEIGHTS, snapshot.theta_used


def _nudges(snapshot: Snapshot, earlier: Snapshot | None) -> tuple[Subject, Array]:
    """Return what the last step changed, as far as it was seen."""
    recipe = snapshot.recipe
    if earlier is not None and _follows(snapshot, earlier):
        steps = snapshot.step - earlier.step
        change = snapshot.theta - earlier.theta
        if steps == 1:
            return NUDGES, change
        words = f"the largest changes in {integer(steps)} minibatches"
        return Subject("changes", "change", words, "largest changes", ("nothing changed",)), change
    if OPTIMISERS[recipe.optimiser].plain and SCHEDULES[recipe.schedule].steady:
        return DESCENT, np.asarray(-recipe.learning_rate * snapshot.gradient)
    return NUDGES, np.zeros_like(snapshot.theta)


def _follows(snapshot: Snapshot, earlier: Snapshot) -> bool:
    """Say whether all that happened between two moments is training."""
    return (
        snapshot.run == earlier.run
        and snapshot.step > earlier.step
        and snapshot.changes[: len(earlier.changes)] == earlier.changes
        and not any(
            change.name == THETA and earlier.step <= change.step <= snapshot.step
            for change in snapshot.changes
        )
    )
