"""What the cost view says: names, notes beside the curves, and what everything means."""

from math import isfinite

from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import sets_of
from nnviz.engine.run.seed_band import SeedBand
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.augment import augments
from nnviz.numbers import count, integer, percent, write

LOG, LOG_TIP = "log", "Logarithmic cost axis"
NO_LOG_TIP = "This cost becomes exactly 0, which has no place on a logarithmic axis"
EPOCH, COST = "epoch", "cost"
PLOT = "Cost over the epochs"
NOT_TRAINED = "Nothing is trained here, so no\nminibatch has a cost"
EMPTY = "Press play: the cost of every\nminibatch will appear here"
MEAN, TRAIN, VALIDATION, TEST = "━", "◆", "▲", "●"
"""The mark before the name of each curve."""
MEAN_IN_FULL, MEAN_IN_SHORT = "train minibatch mean", "minibatches"
DROPOUT = "dropout"
SETS = {TRAIN: "train", VALIDATION: "validation", TEST: "test"}
"""What the curves are called, by their marks."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the curves do not say by themselves: what it is about, in short, and more of it."""

    about: str
    more: str


def notes(snapshot: Snapshot) -> tuple[Note, ...]:
    """Return what is to be said beside the curves."""
    said = []
    if harder := harder_with(snapshot.recipe):
        is_harder = "is harder" if list(harder) == [DROPOUT] else "are harder"
        said.append(Note(f"{MEAN} may lie above {TEST}", f"{' and '.join(harder)} {is_harder}"))
    patience = snapshot.recipe.patience
    if patience and isfinite(snapshot.best_validation):
        waited = f"{integer(snapshot.waited)} of {count(patience, 'epoch')}"
        said.append(Note(f"┄ lowest {VALIDATION}; early stopping", waited))
    return tuple(said)


def seeds(band: SeedBand) -> Note:
    """Say what the band of other seeds is, and how good they became."""
    about = f"{TEST} with {count(len(band.seeds), 'other seed')}"
    scores = sorted(score for score in band.scores if isfinite(score))
    if not scores:
        return Note(about, "called off" if band.over else percent(band.fraction, 0))
    said, name = (percent, "accuracy") if band.classes else (write, "RMSE")
    least, most = said(scores[0]), said(scores[-1])
    spread = least if least == most else f"{least} to {most}"
    going = "" if band.over else f" · {percent(band.fraction, 0)} done"
    return Note(about, f"{name} {spread}{going}")


def harder_with(recipe: Recipe) -> dict[str, str]:
    """Return what makes minibatches harder than whole sets: its name, and what it does."""
    found = {}
    if augments(recipe):
        found["varied pictures"] = "the pictures of a minibatch are varied"
    if recipe.input_noise:
        found["noisy inputs"] = "noise is added to the inputs of a minibatch"
    if recipe.dropout:
        found[DROPOUT] = (
            "dropout silences some hidden neurons in a minibatch, while whole sets get all of them"
        )
    return found


def explanation(snapshot: Snapshot, *, validates: bool) -> str:
    """Return what the names mean, in a sentence each, and every set's figures."""
    lines = [
        f"{MEAN} the cost of the minibatches, smoothed: their running mean; the band "
        "reaches from the smallest to the largest",
        f"{TRAIN} the cost of all training examples at one moment",
        f"{TEST} the same of the test examples, which are never trained on",
    ]
    if validates:
        lines.append(
            f"{VALIDATION} the same of the examples held back for validation; where training "
            "stops early, the dotted line is at the lowest of the ends of the epochs"
        )
    if harder := harder_with(snapshot.recipe):
        why = " and ".join(harder.values())
        lines[0] += (
            f". {why[0].upper()}{why[1:]}, which makes it harder: so this curve may lie above that "
            "of the test set, and nothing is wrong"
        )
    return "\n".join((*(f"{line}." for line in lines), *sets_of(snapshot)))


def this_minibatch(cost: float) -> str:
    """Name the ring."""
    return f"this minibatch {write(cost, 3)}"


def point(mark: str, epoch: float) -> str:
    """Name a point of a curve by the curve's mark: "● test, epoch 3"."""
    return f"{mark} {SETS.get(mark, MEAN_IN_SHORT)}, {EPOCH} {write(epoch, 3)}"


def cost_of(cost: float) -> str:
    """Write the cost of a point."""
    return f"{COST} {write(cost, 4)}"


def branch(name: str, *, only: bool) -> str:
    """Name a ghost; that it is a branch is said where there is no other."""
    return f"{'branch ' if only else ''}“{name}”"


def dashed(names: list[str], older: int) -> str:
    """Say what the dashed lines are, and how many have none; empty where there are no ghosts."""
    said = f"Dashed, left behind: {', '.join(f'“{name}”' for name in names)}" if names else ""
    return f"{said}, and {older} older not drawn" if older else said
