"""The trainer: minibatch by minibatch, it makes the network's cost fall.

A step propagates the next examples of the epoch's order forwards and backwards
and lets the optimiser change theta, as one plan of NumPy calls on buffers made
beforehand. Every example of an epoch is used once; a short last minibatch is
averaged over its own size. The same recipe and data set give the same theta,
byte for byte. A step whose cost or gradient is no longer a finite number is not
taken: it is refused in a sentence, and theta stays as it was.
"""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.blas import use_one_thread
from nnviz.engine.calendar import Calendar
from nnviz.engine.changes import CHANGEABLE, EXAMPLES
from nnviz.engine.edits import Edit
from nnviz.engine.evaluation import Evaluation, Evaluator
from nnviz.engine.examples import Rows, check_fit, choose
from nnviz.engine.minibatches import Minibatches
from nnviz.engine.network import Network
from nnviz.engine.plan import Array
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.schedules import SCHEDULES, Pace
from nnviz.engine.state import State
from nnviz.engine.steps import Steps
from nnviz.engine.watch import SAMPLE, Finding, watch
from nnviz.errors import NnvizError


class DivergedError(NnvizError):
    """Training has run away; the message says why and what to do."""


class Trainer:
    """Trains one network on one data set.

    Attributes:
        recipe: what is trained and how.
        dataset: where the examples come from.
        network: the network as it is now.
        steps: minibatches done.
        x_train, y_train: the training examples in use, (n, inputs) and (n, outputs).
        edits: what a schedule changed on the way, and why.
        finished: why training ended early; empty while it may go on.
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
        self._examples = choose(recipe, dataset)
        self.x_train, self.y_train = self._examples.x_train, self._examples.y_train
        self._start = Network(recipe, None if theta is None else theta.copy()).theta
        self.network = Network(recipe, self._start.copy())
        self._evaluator = Evaluator(self.network)
        self._batches = Minibatches(
            recipe, self._examples, pictures=dataset.image_shape is not None
        )
        self._first_recipe = recipe
        self._steps = self._planned(recipe)
        self.reset()

    def reset(self) -> None:
        """Go back to the start parameters and step 0."""
        self._use(self._first_recipe)
        self.network.theta[...] = self._start
        self._steps.slots.fill(0)
        self._steps.g.fill(0)
        self.steps = 0
        self.edits: tuple[Edit, ...] = ()
        self.finished = ""
        self._epoch_cost = 0.0
        self._best_validation, self._waited = float("inf"), 0
        self._pace = Pace(self.recipe.learning_rate)
        self._set_eta(self.recipe.learning_rate)

    def state(self) -> State:
        """Return a copy of all that the future depends on."""
        return State(
            self.steps,
            self.recipe,
            Calendar.of(len(self.x_train), self.recipe.batch_size),
            self.network.theta.copy(),
            self._steps.slots.copy(),
            self._pace,
            self._epoch_cost,
            self._best_validation,
            self._waited,
            self.edits,
            self.finished,
        )

    def restore(self, state: State) -> None:
        """Go to a state of this run; the last gradient is only known after the next step."""
        self._use(state.recipe)
        self.network.theta[...] = state.theta
        self._steps.slots[...] = state.slots
        self.steps = state.steps
        self._pace = state.pace
        self._epoch_cost = state.epoch_cost
        self._best_validation, self._waited = state.best_validation, state.waited
        self.edits, self.finished = state.edits, state.finished
        self._set_eta(state.pace.eta)

    def change(self, name: str, value: float) -> None:
        """Train with another value of a hyper-parameter from the next step on.

        Args:
            name: one of `CHANGEABLE`.
            value: its new value; a learning rate also becomes what the schedule starts from.

        Raises:
            RecipeError: the field cannot change in the middle of a run, or not to this value.
        """
        if name not in CHANGEABLE or name in EXAMPLES:
            raise RecipeError(
                f"The {name.replace('_', ' ')} cannot change in the middle of a run: start a new "
                "one."
            )
        changes: dict[str, Any] = {name: value}
        self._use(replace(self.recipe, **changes))
        if name == "learning_rate":
            self._pace = replace(self._pace, eta=value)
        self._set_eta(self._pace.eta)

    def _use(self, recipe: Recipe) -> None:
        """Plan steps for another recipe of the same shape; slots and parameters stay."""
        if recipe == self.recipe:
            return
        before = self._steps
        self.recipe = self.network.recipe = recipe
        self._steps = self._planned(recipe)
        self._steps.take_over(before)

    def _planned(self, recipe: Recipe) -> Steps:
        return Steps(recipe, self.network, self._batches, lambda: self.steps)

    def _set_eta(self, eta: float) -> None:
        """Train with this learning rate from now on."""
        self.eta = eta
        self._steps.set_eta(eta)

    # -- where training stands ---------------------------------------------------------------

    @property
    def minibatches_per_epoch(self) -> int:
        """Steps in an epoch, a short last minibatch included."""
        return self._batches.per_epoch

    @property
    def epoch(self) -> float:
        """Epochs done, a fraction within an epoch."""
        return self.steps / self._batches.per_epoch

    @property
    def batch(self) -> Rows:
        """Indices of the training examples of the last minibatch; none before the first."""
        return self._batches.rows(self.steps - 1) if self.steps else np.arange(0)

    @property
    def gradient(self) -> Array:
        """Gradient of the last minibatch's cost, L1 and L2 included, (parameters,), a copy."""
        return self._steps.gradient()

    # -- training -----------------------------------------------------------------------------

    def step(self) -> float:
        """Train on the next minibatch.

        Returns:
            The minibatch's mean cost before the update, without the terms of L1 and L2.

        Raises:
            DivergedError: the cost or the gradient is not finite; nothing has changed.
        """
        with np.errstate(all="ignore"):
            return self._advance()

    def train(self, go_on: Callable[[], bool], costs: list[float]) -> None:
        """Train on one minibatch after another, at most to the end of the epoch.

        Args:
            go_on: asked after every minibatch.
            costs: the minibatches' mean costs are appended to it as they are done.

        Raises:
            DivergedError: as `step`; minibatches before stay done.
        """
        left = self._batches.per_epoch - self.steps % self._batches.per_epoch
        with np.errstate(all="ignore"):
            for _ in range(left):
                costs.append(self._advance())
                if not go_on():
                    return

    def run_epoch(self) -> float:
        """Train to the end of the current epoch.

        Returns:
            The mean of its minibatches' costs.

        Raises:
            DivergedError: as `step`.
        """
        costs: list[float] = []
        self.train(lambda: True, costs)
        return sum(costs) / len(costs)

    def _advance(self) -> float:
        steps = self._steps
        forward, total, share, backward = steps.plans[self._batches.slot(self.steps)]
        for op in forward:
            op()
        cost = float(total) * share
        if not isfinite(cost):
            raise self._diverged("cost")
        for op in backward:
            op()
        if steps.guarded:
            if not isfinite(steps.size):
                raise self._diverged("gradient")
            for op in steps.update:
                op()
        self.steps += 1
        self._epoch_cost += cost
        if self.steps % self._batches.per_epoch == 0:
            self._end_epoch()
        return cost

    def _diverged(self, what: str) -> DivergedError:
        return DivergedError(
            f"Training has diverged: the learning rate η = {self.eta:g} overshoots ever further, "
            f"and at minibatch {self.steps + 1:,} the {what} has grown beyond all bounds; the last "
            f"finite state is kept, so halve η and train again."
        )

    def _end_epoch(self) -> None:
        mean = self._epoch_cost / self._batches.per_epoch
        self._epoch_cost = 0.0
        epoch = self.steps // self._batches.per_epoch
        pace = SCHEDULES[self.recipe.schedule].follow(self.recipe, self._pace, epoch, mean)
        if pace.reason:
            edit = Edit(self.steps, "learning_rate", self.eta, pace.eta, pace.reason)
            self.edits += (edit,)
        if pace.eta != self.eta:
            self._set_eta(pace.eta)
        self._pace = pace
        if self.recipe.patience:
            self._watch_validation(epoch)

    def _watch_validation(self, epoch: int) -> None:
        measured = self._evaluator.measure(self._examples.x_validation, self._examples.y_validation)
        cost = measured[0] if measured else float("inf")
        if cost < self._best_validation:
            self._best_validation, self._waited = cost, 0
            return
        self._waited += 1
        if self._waited >= self.recipe.patience and not self.finished:
            self.finished = (
                f"The validation cost has not fallen below {self._best_validation:.4g} for "
                f"{self._waited} epochs, so training stopped after epoch {epoch}."
            )
            self.edits += (Edit(self.steps, "stopped", self.eta, self.eta, self.finished),)

    def findings(self) -> tuple[Finding, ...]:
        """Look for what is unhealthy about training, on a fixed sample; takes about 1 ms.

        Nothing is grave in the first hundred minibatches: every net begins by being wrong.
        """
        found = watch(self.network, self.x_train[:SAMPLE], self.y_train[:SAMPLE], self.eta)
        if self.steps < min(100, self._batches.per_epoch):
            return tuple(replace(finding, grave=False) for finding in found)
        return found

    # -- evaluation ---------------------------------------------------------------------------

    def evaluate(self, cancelled: Callable[[], bool] = lambda: False) -> Evaluation | None:
        """Measure cost and accuracy over training, test and validation examples.

        Args:
            cancelled: asked every thousand examples.

        Returns:
            The figures, or None when cancelled.
        """
        train = self._evaluator.measure(self.x_train, self.y_train, cancelled)
        test = train and self._evaluator.measure(
            self.dataset.x_test, self.dataset.y_test, cancelled
        )
        held_back = test and self._evaluator.measure(
            self._examples.x_validation, self._examples.y_validation, cancelled
        )
        if train is None or test is None or held_back is None:
            return None
        return Evaluation(self.steps, self.epoch, train[0], test[0], train[1], test[1], *held_back)
