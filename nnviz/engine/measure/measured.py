"""Measured when? The last measure of a run at one moment, and whether it is of this very moment.

Whoever shows how good a network is asks here: status line, cost curve, examples and
branches then show the same figures, in the same words, and say "as of step N" of figures
that are older than what stands beside them.
"""

from collections.abc import Sequence

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.scores import Score, unit_of
from nnviz.numbers import count, fewer, integer, percent, write

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Measured:
    """The last figures of a moment.

    Attributes:
        figures: the evaluation.
        now: True where it is of this very moment.
        changed: True where it is of this step, but something was changed here since.
    """

    figures: Evaluation
    now: bool
    changed: bool = False

    @property
    def as_of(self) -> str:
        """When it was true, "as of step 40"; empty where that is now."""
        if self.now:
            return ""
        return "before the change" if self.changed else f"as of step {integer(self.figures.step)}"

    @property
    def aside(self) -> str:
        """The same in brackets, to be put behind a figure: " (as of step 40)"."""
        return f" ({self.as_of})" if self.as_of else ""


def measured(
    evaluations: Sequence[Evaluation], step: int, *, changed: bool = False
) -> Measured | None:
    """Return the last of the figures of a line up to a step; None where there are none.

    The evaluations are in order of step, none later; `changed` says that something was changed
    at this step after the last of them.
    """
    if not evaluations:
        return None
    here = evaluations[-1].step == step
    return Measured(evaluations[-1], here and not changed, here and changed)


def cost_text(value: float) -> str:
    """Write a mean cost, in figures that stay in place; status line and table write it alike."""
    return write(value, zeros=True)


def score_text(score: Score, targets: Sequence[Column] = ()) -> str:
    """Say how good answers are: "accuracy 94.6 %", or "RMSE 1.23 cm · R² 0.871"; "" for nothing.

    Beside a cost that may be 0 though an answer is wrong stands "mistakes 1" as well.
    """
    return " · ".join(f"{name} {value}" for name, value in parts_of(score, targets))


def short_text(score: Score, targets: Sequence[Column] = ()) -> str:
    """Say it in one figure: "94.6 %", "2 mistakes", or "RMSE 1.23 cm"; "" for nothing."""
    if score.mistakes == score.mistakes:
        return count(round(score.mistakes), "mistake")
    if score.accuracy == score.accuracy:
        return percent(score.accuracy)
    return next((f"{name} {value}" for name, value in parts_of(score, targets)), "")


def parts_of(score: Score, targets: Sequence[Column] = ()) -> list[tuple[str, str]]:
    """Return the figures of a score with their names, those there are."""
    mistakes = []
    if score.mistakes == score.mistakes:
        mistakes = [("mistakes", integer(round(score.mistakes)))]
    if score.accuracy == score.accuracy:
        return [("accuracy", percent(score.accuracy)), *mistakes]
    unit = unit_of(targets)
    parts = mistakes
    if score.rmse == score.rmse:
        parts.append(("RMSE", f"{write(score.rmse)}{NO_BREAK + unit if unit else ''}"))
    if score.r2 == score.r2:
        parts.append(("R²", write(score.r2, fewer())))
    return parts


def by_part_text(names: Sequence[str], shares: Sequence[float], decimals: int = 1) -> str:
    """Say how good answers are on each part of a mixture: "mnist 97.9 % · digits 98.8 %".

    Parts without examples are left out; "" where there are no parts.
    """
    if len(names) != len(shares):
        return ""
    pairs = zip(names, shares, strict=True)
    return " · ".join(
        f"{name} {percent(share, decimals)}" for name, share in pairs if share == share
    )
