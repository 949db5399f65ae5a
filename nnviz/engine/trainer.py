"""The trainer: minibatch by minibatch, it makes the network's cost fall.

A step picks the next examples of the epoch's order, propagates them forwards
and backwards in preallocated buffers and lets the optimiser change theta. Every
example of an epoch is used once; a short last minibatch is averaged over its
own size. The same recipe and data set give the same theta, byte for byte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.backprop import Workspace
from nnviz.engine.blas import use_one_thread
from nnviz.engine.examples import check_fit, epoch_order, training_rows
from nnviz.engine.network import CHUNK, Network, views
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import Recipe, RecipeError

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good the network was at one step, over whole sets.

    Attributes:
        step: minibatches done by then.
        epoch: epochs done by then, a fraction within an epoch.
        train_cost, test_cost: mean cost an example, without the terms of L1 and L2.
        train_accuracy, test_accuracy: share of examples answered right, 0..1.
    """

    step: int
    epoch: float
    train_cost: float
    test_cost: float
    train_accuracy: float
    test_accuracy: float


class Trainer:
    """Trains one network on one data set.

    Attributes:
        recipe: what is trained and how.
        dataset: where the examples come from.
        network: the network as it is now.
        steps: minibatches done.
        x_train, y_train: the training examples in use, (n, inputs) and (n, outputs).
        batch: indices into them of the last minibatch.
    """

    def __init__(self, recipe: Recipe, dataset: Dataset, theta: Array | None = None) -> None:
        """Prepare the first step.

        Args:
            recipe: what to train and how.
            dataset: what to train on.
            theta: parameters to start from instead of the recipe's own, copied.

        Raises:
            RecipeError: the recipe does not fit the data set, or it cannot be trained by
                gradient descent.
            NnvizError: theta has another size than the layers need.
        """
        check_fit(recipe, dataset)
        for name in recipe.activations:
            if not ACTIVATIONS[name].trainable:
                raise RecipeError(
                    f"The {name} activation cannot be trained by gradient descent, because its "
                    "slope is zero everywhere: choose sigmoid for a smooth one."
                )
        use_one_thread()
        self.recipe = recipe
        self.dataset = dataset
        rows = training_rows(recipe, dataset)
        whole = len(rows) == len(dataset.x_train)
        dtype = recipe.dtype
        self.x_train: Array = np.ascontiguousarray(
            dataset.x_train if whole else dataset.x_train[rows], dtype=dtype
        )
        self.y_train: Array = np.ascontiguousarray(
            dataset.y_train if whole else dataset.y_train[rows], dtype=dtype
        )
        if not len(self.x_train):
            raise RecipeError(f"The data set {dataset.name} has no training examples.")
        self._start = Network(recipe, None if theta is None else theta.copy()).theta
        self.network = Network(recipe, self._start.copy())
        self._optimiser = OPTIMISERS[recipe.optimiser]
        size = recipe.parameters
        self._g = np.zeros(size, dtype)
        self._g_weights, self._g_biases = views(recipe, self._g)
        self._weight_count = sum(w.size for w in self._g_weights)
        self._scratch = np.zeros(size, dtype)
        self._slots = np.zeros((self._optimiser.slots, size), dtype)
        self._scale = 1.0
        self._batches = {
            rows: _Batch(recipe, rows)
            for rows in {min(recipe.batch_size, len(self.x_train)), self._last_size()}
        }
        self.reset()

    def reset(self) -> None:
        """Go back to the start parameters and step 0."""
        self.network.theta[...] = self._start
        self._slots.fill(0)
        self._g.fill(0)
        self.steps = 0
        self._order = epoch_order(self.recipe.seed, 0, len(self.x_train))
        self.batch = self._order[:0]

    def _last_size(self) -> int:
        return len(self.x_train) % self.recipe.batch_size or min(
            self.recipe.batch_size, len(self.x_train)
        )

    @property
    def minibatches_per_epoch(self) -> int:
        """Steps in an epoch, a short last minibatch included."""
        return -(-len(self.x_train) // self.recipe.batch_size)

    @property
    def epoch(self) -> float:
        """Epochs done, a fraction within an epoch."""
        return self.steps / self.minibatches_per_epoch

    @property
    def gradient(self) -> Array:
        """Gradient of the last minibatch's cost, L1 and L2 included, (parameters,), a copy."""
        return np.asarray(self._g / self._g.dtype.type(self._scale))

    def step(self) -> float:
        """Train on the next minibatch.

        Returns:
            The minibatch's mean cost before the update, without the terms of L1 and L2.
        """
        epoch, position = divmod(self.steps, self.minibatches_per_epoch)
        if position == 0:
            self._order = epoch_order(self.recipe.seed, epoch, len(self.x_train))
        start = position * self.recipe.batch_size
        self.batch = self._order[start : start + self.recipe.batch_size]
        rows = len(self.batch)
        batch = self._batches[rows]
        # mode="clip" writes straight into the buffer; the default would check a copy first.
        np.take(self.x_train, self.batch, axis=0, out=batch.x, mode="clip")
        np.take(self.y_train, self.batch, axis=0, out=batch.y, mode="clip")
        eta = self.recipe.learning_rate
        self._scale = -eta if self._optimiser.takes_nudge else 1.0
        network, work = self.network, batch.workspace
        with np.errstate(all="ignore"):
            work.forward(network.weights, network.biases, batch.x)
            cost = float(np.add.reduce(work.cost_terms(batch.y), axis=None)) / rows
            work.backward(
                network.weights,
                batch.x,
                batch.y,
                self._g_weights,
                self._g_biases,
                self._scale / rows,
            )
            self._regularise()
            self.steps += 1
            self._optimiser.update(
                network.theta, self._g, self._slots, self._scratch, eta, self.steps, self.recipe
            )
        return cost

    def _regularise(self) -> None:
        """Add the gradient of (λ/2n) Σw² and (λ/n) Σ|w| to the weights' part; biases are exempt."""
        weights = self.network.theta[: self._weight_count]
        scratch, g = self._scratch[: self._weight_count], self._g[: self._weight_count]
        share = self._scale / len(self.x_train)
        if self.recipe.l2:
            np.multiply(weights, self.recipe.l2 * share, scratch)
            np.add(g, scratch, g)
        if self.recipe.l1:
            np.sign(weights, scratch)
            np.multiply(scratch, self.recipe.l1 * share, scratch)
            np.add(g, scratch, g)

    def run_epoch(self) -> float:
        """Train to the end of the current epoch.

        Returns:
            The mean of its minibatches' costs.
        """
        count = self.minibatches_per_epoch - self.steps % self.minibatches_per_epoch
        return sum(self.step() for _ in range(count)) / count

    def evaluate(self, cancelled: Callable[[], bool] = lambda: False) -> Evaluation | None:
        """Measure cost and accuracy over the training examples in use and the test set.

        Args:
            cancelled: asked every thousand examples or so.

        Returns:
            The figures, or None when cancelled.
        """
        train = self._measure(self.x_train, self.y_train, cancelled)
        test = train and self._measure(self.dataset.x_test, self.dataset.y_test, cancelled)
        if train is None or test is None:
            return None
        return Evaluation(self.steps, self.epoch, train[0], test[0], train[1], test[1])

    def _measure(
        self, x: Array, y: Array, cancelled: Callable[[], bool]
    ) -> tuple[float, float] | None:
        total, right = 0.0, 0
        for start in range(0, len(x), CHUNK):
            if cancelled():
                return None
            part = slice(start, start + CHUNK)
            cost, hits = _score(self.network, x[part], y[part])
            total += cost
            right += hits
        return (total / len(x), right / len(x)) if len(x) else (float("nan"), float("nan"))


class _Batch:
    """Buffers for a minibatch of one size."""

    def __init__(self, recipe: Recipe, rows: int) -> None:
        self.x = np.zeros((rows, recipe.layers[0]), recipe.dtype)
        self.y = np.zeros((rows, recipe.layers[-1]), recipe.dtype)
        self.workspace = Workspace(recipe, rows)


def _score(network: Network, x: Array, y: Array) -> tuple[float, int]:
    """Return the summed cost and the number of right answers of some examples."""
    work = Workspace(network.recipe, len(x))
    dtype = np.dtype(network.recipe.dtype)
    rows, desired = np.asarray(x, dtype), np.asarray(y, dtype)
    with np.errstate(all="ignore"):
        a = work.forward(network.weights, network.biases, rows)
        cost = float(work.cost_terms(desired).sum(dtype=np.float64))
    return cost, int(right_answers(a, desired).sum())


def right_answers(a: Array, y: Array) -> NDArray[np.bool_]:
    """Tell which answers are right, (n,).

    With several outputs the largest one must be the desired one; with a single output it
    must lie on the desired side of one half.

    Args:
        a: outputs, (n, outputs).
        y: desired outputs, (n, outputs).
    """
    if a.shape[1] > 1:
        return np.asarray(a.argmax(axis=1) == y.argmax(axis=1))
    return np.asarray((a[:, 0] >= 0.5) == (y[:, 0] >= 0.5))
