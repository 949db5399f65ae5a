"""Run summaries: what tells one run from another without opening either.

A summary stands as plain values among the words of a session file, so that a list of runs is
read without their networks. Files of earlier versions hold less; what is missing reads as unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from math import isfinite, nan
from typing import Any

import numpy as np

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.taught import NONE
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.scores import unit_of
from nnviz.errors import NnvizError

POINTS = 100
"""Most points of the curve that is kept."""
NO_CURVE: Array = np.zeros((0, 3))


@dataclass(frozen=True, slots=True, eq=False)
class RunSummary:
    """What was tried and what came of it.

    Attributes:
        recipe: what was trained and how, at the last step; None where the file does not say.
        data: the data set's name.
        step, epoch: how far it went.
        cost: of the test set, measured last; nan where it was not.
        accuracy, rmse: the score on the test set measured last; nan where there is no such score.
        unit: of the RMSE.
        curve: epochs, training cost and test cost, (points, 3).
    """

    recipe: Recipe | None
    data: str
    step: int
    epoch: float = nan
    cost: float = nan
    accuracy: float = nan
    rmse: float = nan
    unit: str = ""
    curve: Array = field(default_factory=lambda: NO_CURVE)

    def words(self) -> dict[str, Any]:
        """Return it as plain values that JSON can hold."""
        words: dict[str, Any] = {"data": self.data, "step": self.step}
        if self.recipe is not None:
            words["layers"] = list(self.recipe.layers)
            # Drawings may be many, and are in the session itself.
            words["recipe"] = replace(self.recipe, taught=NONE).to_dict()
        numbers = {name: getattr(self, name) for name in ("epoch", "cost", "accuracy", "rmse")}
        words.update({name: value for name, value in numbers.items() if isfinite(value)})
        if "rmse" in words:
            words["unit"] = self.unit
        if len(self.curve):
            words["curve"] = [
                [value if isfinite(value) else None for value in point]
                for point in self.curve.tolist()
            ]
        return words

    @staticmethod
    def from_words(words: Mapping[str, Any]) -> "RunSummary | None":
        """Read what `words` gave, or an earlier version of it; None where it tells no run."""
        data, step = words.get("data"), words.get("step")
        if not isinstance(data, str) or not isinstance(step, int):
            return None
        unit = words.get("unit")
        return RunSummary(
            _recipe(words.get("recipe")),
            data,
            step,
            epoch=_number(words.get("epoch")),
            cost=_number(words.get("cost")),
            accuracy=_number(words.get("accuracy")),
            rmse=_number(words.get("rmse")),
            unit=unit if isinstance(unit, str) else "",
            curve=_curve(words.get("curve")),
        )


def summary_of(
    recipe: Recipe,
    step: int,
    epoch: float,
    evaluations: Sequence[Evaluation],
    last: Evaluation | None,
    targets: Sequence[Column],
) -> RunSummary:
    """Return what came of a run up to a step.

    Args:
        recipe: of that moment.
        step: minibatches done by then.
        epoch: epochs done by then.
        evaluations: made up to there, in order of step.
        last: whose figures count; None before any.
        targets: what the outputs are, for the unit of an RMSE.
    """
    measured = list(evaluations)
    if last is not None and (not measured or measured[-1].step < last.step):
        measured.append(last)
    summary = RunSummary(recipe, recipe.dataset, step, epoch, curve=curve_of(measured))
    if last is None:
        return summary
    classes = isfinite(last.test_accuracy)
    return replace(
        summary,
        cost=last.test_cost,
        accuracy=last.test_accuracy,
        rmse=nan if classes else last.test_rmse,
        unit="" if classes else unit_of(targets),
    )


def curve_of(evaluations: Sequence[Evaluation]) -> Array:
    """Return epochs, training and test cost of a run, evenly thinned: at most (POINTS, 3)."""
    every = max(1, -(-len(evaluations) // POINTS))
    kept = evaluations[::-1][::every][::-1]  # the last one always
    rows = [(one.epoch, one.train_cost, one.test_cost) for one in kept]
    return np.array(rows, dtype=float).reshape(-1, 3)


def differing(recipes: Sequence[Recipe]) -> tuple[str, ...]:
    """Return the fields in which recipes are not all alike, in the order of the form."""
    return tuple(
        name
        for name, setting in settings().items()
        if setting.typed and len({getattr(recipe, name) for recipe in recipes}) > 1
    )


def _recipe(kept: Any) -> Recipe | None:
    if not isinstance(kept, Mapping):
        return None
    try:
        return Recipe.from_dict(kept)
    except (NnvizError, ValueError, TypeError):
        return None


def _number(kept: Any) -> float:
    return float(kept) if isinstance(kept, int | float) and not isinstance(kept, bool) else nan


def _curve(kept: Any) -> Array:
    if not isinstance(kept, list) or len(kept) > POINTS:
        return NO_CURVE
    rows = [
        [_number(value) for value in point]
        for point in kept
        if isinstance(point, list) and len(point) == NO_CURVE.shape[1]
    ]
    return np.array(rows, dtype=float).reshape(-1, 3)
