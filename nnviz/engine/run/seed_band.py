"""Seed bands: how much of a run is chance, from the same recipe trained with other seeds.

A seed decides start weights, the order of examples and every other draw. What lies between the
best and the worst of several seeds is no difference between two recipes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import nan
from time import perf_counter

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.divergence import DivergedError
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.trainer import Trainer

SEEDS = 5
"""How many other seeds a recipe is trained with."""
APART = 0.2
"""Seconds between two times that it is told how far training is."""


@dataclass(frozen=True, slots=True, eq=False)
class SeedBand:
    """Test costs of one recipe over the epochs, with several seeds.

    Attributes:
        recipe: with the seed that it was asked for with.
        run: number of the run that it belongs to.
        seeds: that are trained, in order.
        fraction: how much is done, 0..1.
        over: True when nothing more comes, also where it was called off.
        epochs: at which something was measured, (points,).
        low, middle, high: the smallest test cost there, the median and the largest, (points,).
        scores: test accuracy of each seed that is done, or its RMSE; nan where it diverged.
        classes: True where scores are accuracies.
    """

    recipe: Recipe
    run: int
    seeds: tuple[int, ...]
    fraction: float
    over: bool
    epochs: Array
    low: Array
    middle: Array
    high: Array
    scores: tuple[float, ...]
    classes: bool


@dataclass(frozen=True, slots=True, eq=False)
class SeedTask:
    """A recipe that is to be trained with other seeds.

    Attributes:
        epochs: how many each.
    """

    recipe: Recipe
    dataset: Dataset
    run: int
    epochs: int

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds after the recipe's own."""
        return tuple((self.recipe.seed + more) % 2**63 for more in range(1, SEEDS + 1))

    def train(self, go_on: Callable[[], bool], tell: Callable[[SeedBand], None]) -> None:
        """Train with one seed after the other.

        Args:
            go_on: asked after every minibatch; False gives up.
            tell: called now and then with the band up to there, and with the last one.
        """
        curves: list[list[Evaluation]] = []
        scores: list[float] = []
        told, done, all_epochs = 0.0, 0, len(self.seeds) * self.epochs

        def band(*, over: bool) -> SeedBand:
            return band_of(self, curves, tuple(scores), done / all_epochs, over=over)

        for seed in self.seeds:
            curve: list[Evaluation] = []
            curves.append(curve)
            try:
                trainer = Trainer(replace(self.recipe, seed=seed), self.dataset)
                for _ in range(self.epochs + 1):
                    if (measured := trainer.evaluate(lambda: not go_on())) is None:
                        break
                    curve.append(measured)
                    if perf_counter() - told > APART:
                        told = perf_counter()
                        tell(band(over=False))
                    if len(curve) > self.epochs or trainer.finished:
                        break
                    trainer.train(go_on, [])
                    if not go_on():
                        break
                    done += 1
            except DivergedError:
                scores.append(nan)
            else:
                if not go_on():
                    break
                scores.append(_score(curve[-1]))
            done = len(scores) * self.epochs
        tell(band(over=True))


def _score(measured: Evaluation) -> float:
    accuracy = measured.test_accuracy
    return accuracy if accuracy == accuracy else measured.test_rmse


def band_of(
    task: SeedTask,
    curves: Sequence[Sequence[Evaluation]],
    scores: tuple[float, ...],
    fraction: float,
    *,
    over: bool,
) -> SeedBand:
    """Return the band of curves that may be of unequal lengths: each counts as far as it goes."""
    longest = max(curves, key=len, default=[])
    epochs = np.array([one.epoch for one in longest], dtype=float)
    costs = np.full((max(len(curves), 1), len(longest)), np.nan)
    for row, curve in enumerate(curves):
        costs[row, : len(curve)] = [one.test_cost for one in curve]
    good = np.where(np.isfinite(costs), costs, np.nan)
    known = ~np.isnan(good).all(axis=0)
    epochs, good = epochs[known], good[:, known]
    low, middle, high = (
        which(good, axis=0) if good.size else np.zeros(0)
        for which in (np.nanmin, np.nanmedian, np.nanmax)
    )
    return SeedBand(
        task.recipe,
        task.run,
        task.seeds,
        fraction,
        over,
        epochs,
        low,
        middle,
        high,
        scores,
        bool(task.dataset.classes),
    )
