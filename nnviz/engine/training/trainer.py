"""The trainer: minibatch by minibatch, it makes the network's cost fall.

A step propagates the next examples of the epoch's order forwards and backwards
and lets the optimiser change theta, as one plan of NumPy calls on buffers made
beforehand. Every example of an epoch is used once; a short last minibatch is
averaged over its own size. The same recipe and data set give the same theta,
byte for byte. A step whose cost or gradient is no longer a finite number is not
taken: it is refused in a sentence, and theta stays as it was.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from math import inf, isfinite
from typing import Any

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.data.greys import Greys
from nnviz.engine.big_arrays import copied
from nnviz.engine.blas import use_one_thread
from nnviz.engine.changes import check_changeable
from nnviz.engine.network import Network
from nnviz.engine.notation import telling_inputs
from nnviz.engine.ops import Array, frozen
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.training.divergence import diverged
from nnviz.engine.training.epoch_end import EpochEnd
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.examples import Rows
from nnviz.engine.training.findings import Finding
from nnviz.engine.training.health import examine
from nnviz.engine.training.measurement import Evaluator, Measurement
from nnviz.engine.training.phases import Minibatch
from nnviz.engine.training.state import EpochMistakes, ScheduleEvent, State
from nnviz.engine.training.steps import Steps
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.training_data import TrainingData


class Trainer:
    """Trains one network on one data set.

    Attributes:
        recipe: what is trained and how.
        network: the network as it is now.
        steps: minibatches done.
        epoch_end: what is owed at the end of an epoch, see `end_epoch`.
        at_once: most work, examples times parameters, that the step which ends an epoch does on
            those held back for validation; what takes longer it leaves to `end_epoch`.
    """

    at_once: float = inf

    def __init__(self, recipe: Recipe, dataset: Dataset, theta: Array | None = None) -> None:
        """Prepare the first step.

        Args:
            recipe: what to train and how.
            dataset: what to train on.
            theta: parameters to start from instead of the recipe's own, copied.

        Raises:
            RecipeError: the recipe does not fit the data set.
            NnvizError: theta has another size than the layers need.
        """
        data = TrainingData(recipe, dataset)
        use_one_thread()
        self.recipe = recipe
        self._data = data
        self._first_epoch_layout = data.epoch_layout
        self._start = frozen(Network(recipe, None if theta is None else copied(theta)).theta)
        self.network = Network(recipe, copied(self._start))
        self._evaluator = Evaluator(self.network)
        self._first_recipe = recipe
        self.steps = 0
        self.epoch_end = EpochEnd(self.network, self._evaluator, data)
        self._steps = self._planned(recipe)
        self.reset()

    def reset(self) -> None:
        """Go back to the start parameters and step 0."""
        self._use(self._first_recipe, self._first_epoch_layout)
        self.network.theta[...] = self._start
        self._steps.slots.fill(0)
        self.steps = 0
        self.epoch_end.restart(self.recipe.learning_rate)
        self._steps.mistakes = 0
        self.set_gradient(self._no_gradient())
        self._follow_lr_state()

    def state(self) -> State:
        """Return a copy of all that the future depends on."""
        return self._state(copied(self.network.theta))

    def first_state(self) -> State:
        """Return the state at step 0, before any change: its parameters are read-only."""
        return self._state(self._start)

    def _state(self, theta: Array) -> State:
        lr_state = self.epoch_end.lr_state
        return State(
            self.steps,
            self.recipe,
            self.epoch_layout,
            theta,
            copied(self._steps.slots),
            lr_state.pace,
            self.epoch_end.cost,
            lr_state.best_validation,
            lr_state.waited,
            lr_state.edits,
            lr_state.finished,
            EpochMistakes(self._steps.mistakes, lr_state.last_mistakes),
            self.epoch_end.owed,
        )

    def restore(self, state: State) -> None:
        """Go to a state of this run; the last gradient is only known after the next step."""
        self._use(state.recipe, state.epoch_layout)
        self.network.theta[...] = state.theta
        self._steps.slots[...] = state.slots
        self.steps = state.steps
        self.epoch_end.restore(state)
        self._steps.mistakes = state.mistakes.so_far
        self._steps.forget_gradient()
        self._follow_lr_state()
        if not state.steps:
            self.set_gradient(self._no_gradient())

    def _no_gradient(self) -> Array:
        # Zeros that nobody has written take no memory yet.
        return np.zeros(self.recipe.parameters, self.network.theta.dtype)

    def change(self, name: str, value: float | str, dataset: Dataset | None = None) -> None:
        """Train with another value of a recipe field from the next step on.

        Args:
            name: one of `CHANGEABLE`.
            value: its new value; a learning rate also becomes what the schedule starts from.
            dataset: the data set of that name, where it is that which changes and where it
                has not been in use before.

        Raises:
            RecipeError: the field cannot change in the middle of a run, or not to this value.
        """
        check_changeable(name)
        self.end_epoch()
        if isinstance(getattr(self.recipe, name), int) and float(value).is_integer():
            value = int(value)
        if dataset is not None:
            self._data.add_dataset(str(value), dataset)
        changes: dict[str, Any] = {name: value}
        self._use(replace(self.recipe, **changes))
        if name == "learning_rate":
            self.epoch_end.lr_state.set_eta(float(value))
        self._follow_lr_state()

    def add_dataset(self, name: str, dataset: Dataset) -> None:
        """Be ready to train on another data set, once a change or a state names it."""
        self._data.add_dataset(name, dataset)

    def _use(self, recipe: Recipe, epoch_layout: EpochLayout | None = None) -> None:
        """Plan steps for another recipe of the same shape; slots and parameters stay.

        The epoch layout is that of a state, or None to go on from here.
        """
        if epoch_layout is None:
            other = self._data.change(recipe, self.steps)
        else:
            other = self._data.restore(recipe, epoch_layout)
        if recipe == self.recipe and not other:
            return
        before = self._steps
        self.recipe = self.network.recipe = recipe
        self._steps = self._planned(recipe)
        self._steps.take_over(before)

    def _planned(self, recipe: Recipe) -> Steps:
        return Steps(recipe, self.network, self._data.batches, lambda: self.steps)

    def _follow_lr_state(self) -> None:
        """Train with the learning rate that is due, to the end of the epoch under way."""
        self._last_step = self.epoch_layout.epoch_end(self.steps)
        self._steps.set_eta(self.eta)

    # -- where training stands ---------------------------------------------------------------

    @property
    def eta(self) -> float:
        """The learning rate now."""
        return self.epoch_end.lr_state.pace.eta

    @property
    def edits(self) -> tuple[ScheduleEvent, ...]:
        """What a schedule changed on the way, and why."""
        return self.epoch_end.lr_state.edits

    @property
    def finished(self) -> str:
        """Why training ended early; empty while it may go on."""
        return self.epoch_end.lr_state.finished

    @property
    def dataset(self) -> Dataset:
        """Where the examples come from."""
        return self._data.dataset

    @property
    def named_inputs(self) -> tuple[str, ...]:
        """Names of inputs where they say more than those of their weights, else empty."""
        names = [column.name for column in self.dataset.description.inputs]
        return telling_inputs(self.recipe, names)

    @property
    def datasets(self) -> dict[str, Dataset]:
        """Every data set of this run, by the name that recipes call it."""
        return self._data.datasets

    @property
    def x_train(self) -> Array:
        """Inputs of the training examples in use, (n, inputs)."""
        x = self._data.examples.x_train
        return x.floats() if isinstance(x, Greys) else x

    @property
    def y_train(self) -> Array:
        """Desired outputs of the training examples in use, (n, outputs)."""
        return self._data.examples.y_train

    @property
    def epoch_layout(self) -> EpochLayout:
        """Which examples each step takes, and how many epochs are done at it."""
        return self._data.epoch_layout

    @property
    def minibatches_per_epoch(self) -> int:
        """Steps in a whole epoch as it is cut now, a short last minibatch included."""
        return self.epoch_layout.per_epoch

    @property
    def epoch(self) -> float:
        """Epochs done, a fraction within an epoch."""
        return float(self.epoch_layout.epochs(self.steps))

    @property
    def batch(self) -> Rows:
        """Indices of the training examples of the last minibatch; none before the first."""
        return self._data.batches.rows(self.steps - 1) if self.steps else np.arange(0)

    @property
    def gradient(self) -> Array:
        """Gradient of the last minibatch's cost, L1 and L2 included, (parameters,), read only."""
        return self._steps.gradient()

    # -- training -----------------------------------------------------------------------------

    def step(self) -> float:
        """Train on the next minibatch.

        Returns:
            The minibatch's mean cost before the update, without the terms of L1 and L2.

        Raises:
            DivergedError: the cost or the gradient is not finite; nothing has changed.
            RecipeError: the network can be looked at, but not trained.
        """
        self._check_trainable()
        self.end_epoch()
        with np.errstate(all="ignore"):
            return self._advance()

    def train(self, go_on: Callable[[], bool], costs: list[float]) -> None:
        """Train on one minibatch after another, at most to the end of the epoch.

        Args:
            go_on: asked after every minibatch.
            costs: the minibatches' mean costs are appended to it as they are done.

        Raises:
            DivergedError, RecipeError: as `step`; minibatches before stay done.
        """
        self._check_trainable()
        self.end_epoch()
        with np.errstate(all="ignore"):
            last = False
            while not last:
                # Asked each time: a change made on the way may let the epoch end elsewhere.
                last = self.steps + 1 == self._last_step
                costs.append(self._advance())
                if not go_on():
                    return

    def take_over(self, done: TrainedSteps) -> None:
        """Go on by steps that another process has trained from exactly this state."""
        self.network.theta[...] = done.theta
        self._steps.slots[...] = done.slots
        self.steps = done.steps
        self.epoch_end.cost = done.epoch_cost
        self._steps.mistakes = done.mistakes
        self.set_gradient(copied(done.gradient))
        if self.steps == self._last_step:
            self._end_at_once()

    def run_epoch(self) -> float:
        """Train to the end of the current epoch.

        Returns:
            The mean of its minibatches' costs.

        Raises:
            DivergedError, RecipeError: as `step`.
        """
        costs: list[float] = []
        self.train(lambda: True, costs)
        return sum(costs) / len(costs)

    def preview(self) -> Minibatch:
        """Compute the next minibatch and its update without taking the step.

        Raises:
            DivergedError, RecipeError: as `step`.
        """
        self._check_trainable()
        self.end_epoch()
        self._steps.keep_gradient()
        with np.errstate(all="ignore"):
            return self._steps.preview(self.eta)

    def _check_trainable(self) -> None:
        if why := self.recipe.untrainable or self.dataset.missing:
            raise RecipeError(why)

    def _advance(self) -> float:
        steps = self._steps
        forward, total, share, backward = steps.plans[self._data.batches.slot(self.steps)]
        for op in forward:
            op()
        cost = float(total) * share
        if not isfinite(cost):
            raise diverged("cost", self.eta, self.steps)
        for op in backward:
            op()
        if steps.guarded:
            if not isfinite(steps.size):
                raise diverged("gradient", self.eta, self.steps)
            for op in steps.update:
                op()
        self.steps += 1
        self.epoch_end.cost += cost
        if self.steps == self._last_step:
            self._end_at_once()
        return cost

    def _end_at_once(self) -> None:
        """Do what is due at the end of an epoch, unless it takes long: then it is owed."""
        self.epoch_end.owed = True
        if self.epoch_end.work <= self.at_once:
            self.end_epoch()

    def end_epoch(self, cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Do what is owed at the end of an epoch: what the schedule and early stopping do then.

        What was cancelled goes on where it was. Whatever the future depends on waits for it:
        `step`, `train`, `preview` and `change` do it first.

        Args:
            cancelled: asked every tenth of a second at most; True gives up for now.

        Returns:
            True when nothing is owed any more.
        """
        end = self.epoch_end
        if not end.owed:
            return True
        if not end.make_up(self.steps, self._steps.mistakes, self.at_once, cancelled):
            return False
        self._steps.mistakes = 0
        self._follow_lr_state()
        return True

    def set_gradient(self, gradient: Array) -> None:
        """Say what the last minibatch's gradient was, as kept with a state, (parameters,)."""
        self._steps.set_gradient(gradient)

    # -- looking at the network ---------------------------------------------------------------

    def findings(self, before: Collection[str] = ()) -> tuple[Finding, ...]:
        """Look for what is unhealthy about training; see `examine`."""
        return examine(self.network, self._data, self.epoch_end.lr_state, self.steps, before)

    def evaluate(self, cancelled: Callable[[], bool] = lambda: False) -> Evaluation | None:
        """Measure cost and score over training, test and validation examples.

        Returns:
            The figures; None when cancelled, which is asked every thousand examples or sooner.
        """
        return self.measurement().go_on(cancelled)

    def measurement(self, copied: Network | None = None) -> Measurement:
        """Return what measures the network over all sets bit by bit, as it is now.

        A copy of the network can be measured on another thread, while this one is trained.
        """
        evaluator = self._evaluator if copied is None else Evaluator(copied)
        return Measurement.of(evaluator, self._data, self.steps)
