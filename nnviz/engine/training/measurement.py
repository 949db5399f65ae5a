"""Measuring a network over whole sets of examples, part by part, so that it can be interrupted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import nan

import numpy as np

from nnviz.data.dataset import Dataset, Parts
from nnviz.data.greys import Greys
from nnviz.engine.backprop import Workspace
from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network, rows_at_once
from nnviz.engine.ops import Array
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.scores import (
    Score,
    mistakes,
    one_unit,
    right_answers,
    scales_of,
    score_of_numbers,
)
from nnviz.engine.training.training_data import TrainingData


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

    @staticmethod
    def of(evaluator: Evaluator, data: TrainingData, step: int) -> "Measurement":
        """Return the measurement of a network over all sets of a run, at a step."""
        dataset, examples = data.dataset, data.examples
        sets = (
            SetMeasurement(evaluator, examples.x_train, examples.y_train, dataset),
            SetMeasurement(evaluator, dataset.x_test, dataset.y_test, dataset, dataset.parts),
            SetMeasurement(evaluator, examples.x_validation, examples.y_validation, dataset),
        )
        return Measurement(step, float(data.epoch_layout.epochs(step)), sets)

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
