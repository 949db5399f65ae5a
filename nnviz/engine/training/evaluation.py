"""An evaluation: the figures of a network at one step, over whole sets of examples."""

from dataclasses import replace
from math import nan

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.training.scores import (
    Figures,
    Score,
)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation(Figures):
    """How good the network was at one step, over whole sets.

    Attributes:
        step: minibatches done by then.
        epoch: epochs done by then, a fraction within an epoch.

    The other figures are those of a `Score` for each of the three sets: of the training examples,
    of the test examples, and of those held back for validation, nan where there are none.

        test_parts: the test accuracy on each part of a mixture, nan for one that has no test
            examples; empty for any other data set.
    """

    step: int
    epoch: float
    train_cost: float
    test_cost: float
    train_accuracy: float
    test_accuracy: float
    validation_cost: float = nan
    validation_accuracy: float = nan
    train_rmse: float = nan
    test_rmse: float = nan
    train_r2: float = nan
    test_r2: float = nan
    validation_rmse: float = nan
    validation_r2: float = nan
    test_parts: tuple[float, ...] = ()
    train_mistakes: float = nan
    test_mistakes: float = nan
    validation_mistakes: float = nan

    @staticmethod
    def of(step: int, epoch: float, train: Score, test: Score, validation: Score) -> "Evaluation":
        """Return the figures of three sets at one step."""
        return Evaluation(
            step, epoch, train.cost, test.cost, train.accuracy, test.accuracy,
            validation.cost, validation.accuracy, train.rmse, test.rmse, train.r2, test.r2,
            validation.rmse, validation.r2, test.parts,
            train.mistakes, test.mistakes, validation.mistakes,
        )  # fmt: skip

    def fitting(self, dataset: Dataset) -> "Evaluation":
        """Return the figures without an accuracy where a data set has no classes.

        Files written before numbers had a score of their own hold a share that means nothing.
        """
        if dataset.classes or self.test_accuracy != self.test_accuracy:
            return self
        return replace(self, train_accuracy=nan, test_accuracy=nan, validation_accuracy=nan)

    @property
    def train(self) -> Score:
        """The score of the training examples."""
        figures = self.train_cost, self.train_accuracy, self.train_rmse, self.train_r2
        return Score(*figures, mistakes=self.train_mistakes)

    @property
    def test(self) -> Score:
        """The score of the test examples."""
        figures = self.test_cost, self.test_accuracy, self.test_rmse, self.test_r2
        return Score(*figures, self.test_parts, self.test_mistakes)

    @property
    def validation(self) -> Score:
        """The score of the examples held back for validation."""
        return Score(
            self.validation_cost,
            self.validation_accuracy,
            self.validation_rmse,
            self.validation_r2,
            mistakes=self.validation_mistakes,
        )
