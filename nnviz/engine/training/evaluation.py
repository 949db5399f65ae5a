"""Evaluation: cost and score of a network over whole sets of examples."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import nan

import numpy as np

from nnviz.data.dataset import Dataset, Parts
from nnviz.data.greys import Greys
from nnviz.dataclass import dataclass
from nnviz.engine.backprop import Workspace
from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network, rows_at_once
from nnviz.engine.ops import Array
from nnviz.engine.training.scores import (
    Figures,
    Score,
    mistakes,
    one_unit,
    right_answers,
    scales_of,
    score_of_numbers,
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


class Evaluator:
    """Measures one network over and over, in buffers made once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._workspaces: dict[int, Workspace] = {}

    def outputs(
        self, x: Array, y: Array, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Array, float] | None:
        """Propagate one part; return its outputs, in a buffer, and its summed cost.

        None when cancelled, which is asked layer by layer.
        """
        work = self._workspace(len(x))
        with np.errstate(all="ignore"):
            for op in work.plan_forward(x) + work.plan_terms(y):
                if cancelled():
                    return None
                op()
            return work.a[-1], float(work.terms.sum(dtype=np.float64))

    @property
    def at_once(self) -> int:
        """How many examples are propagated at a time."""
        return rows_at_once(self._network.recipe)

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The precision of the network."""
        return np.dtype(self._network.recipe.dtype)

    @property
    def counts_mistakes(self) -> bool:
        """Whether the cost says too little of how many answers are wrong."""
        return COSTS[self._network.recipe.cost].counts_mistakes

    def _workspace(self, rows: int) -> Workspace:
        if rows not in self._workspaces:
            network = self._network
            self._workspaces[rows] = Workspace(
                network.recipe, rows, network.weights, network.biases
            )
        return self._workspaces[rows]


class SetMeasurement:
    """The score of some examples, worked out part by part; it can be interrupted.

    It goes on where it was, so the network must be the same until it is done.

    Attributes:
        done: how many of them are measured.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        x: Array | Greys,
        y: Array,
        dataset: Dataset,
        parts: Parts | None = None,
        *,
        at_once: int = 0,
    ) -> None:
        """Begin with inputs (n, inputs) and desired outputs (n, outputs) of a data set.

        Where they are all its test examples, `parts` tells of which part of it each is. So many
        are propagated `at_once`; 0 for as many as take a moment.
        """
        self._at_once = at_once or evaluator.at_once
        self._evaluator, self._x, self._y, self._dataset = evaluator, x, y, dataset
        self._parts, self.done = parts, 0
        self._right = np.zeros(len(x), np.bool_)
        self._cost = 0.0
        self._squares = np.zeros(y.shape[1])
        self._mistakes: float = 0 if evaluator.counts_mistakes else nan

    @property
    def examples(self) -> int:
        """How many examples there are."""
        return len(self._x)

    def go_on(self, cancelled: Callable[[], bool]) -> Score | None:
        """Return the score, or None when cancelled.

        That is asked before each part, and within it where a part takes more than a moment.
        """
        x, y, evaluator = self._x, self._y, self._evaluator
        within = (cancelled,) if self._at_once > evaluator.at_once else ()
        classes = self._dataset.classes
        while self.done < len(x):
            if cancelled():
                return None
            part = slice(self.done, self.done + self._at_once)
            part_y = np.asarray(y[part], evaluator.dtype)
            found = evaluator.outputs(np.asarray(x[part], evaluator.dtype), part_y, *within)
            if found is None:
                return None
            a, cost = found
            self._cost += cost
            if evaluator.counts_mistakes:
                self._mistakes += mistakes(a, part_y)
            if classes:
                self._right[part] = right_answers(a, part_y)
            else:
                with np.errstate(all="ignore"):
                    off = np.subtract(a, part_y, dtype=np.float64)
                    self._squares += np.square(off).sum(axis=0)
            self.done += len(part_y)
        if not len(x):
            return Score()
        cost = self._cost / len(x)
        if classes:
            parts = self._parts.accuracies(self._right) if self._parts is not None else ()
            accuracy = int(self._right.sum()) / len(x)
            return Score(cost, accuracy, parts=parts, mistakes=self._mistakes)
        pooled = one_unit(self._dataset.description.targets)
        score = score_of_numbers(cost, self._squares, y, scales_of(self._dataset), pooled=pooled)
        return replace(score, mistakes=self._mistakes)


class Measurement:
    """The evaluation of one moment, worked out set by set; it can be interrupted.

    It goes on where it was, so the network must be the same until it is done.
    """

    def __init__(self, step: int, epoch: float, sets: Sequence[SetMeasurement]) -> None:
        """Begin with training, test and validation examples."""
        self._step, self._epoch, self._sets = step, epoch, sets
        self._scores: list[Score] = []

    @property
    def fraction(self) -> float:
        """How much of it is done, 0..1."""
        whole = sum(part.examples for part in self._sets)
        return sum(part.done for part in self._sets) / whole if whole else 1.0

    def go_on(self, cancelled: Callable[[], bool]) -> Evaluation | None:
        """Return the figures, or None when cancelled; see `SetMeasurement.go_on`."""
        for part in self._sets[len(self._scores) :]:
            score = part.go_on(cancelled)
            if score is None:
                return None
            self._scores.append(score)
        return Evaluation.of(self._step, self._epoch, *self._scores)
