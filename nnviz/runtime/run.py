"""One run as the worker holds it: a trainer and what is recorded along the way."""

from bisect import bisect_right
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.engine.evaluation import Evaluation
from nnviz.engine.history import CostHistory, Trail
from nnviz.engine.recipe import Recipe
from nnviz.engine.snapshot import Snapshot, focus_on
from nnviz.engine.timeline import Timeline
from nnviz.engine.trainer import Trainer
from nnviz.engine.watch import Finding

Array = NDArray[np.floating[Any]]


EVALUATE_EVERY = 20
"""Fewest minibatches between two evaluations."""
MOST_EVALUATIONS = 1000
"""Most evaluations kept; beyond, every other one is dropped."""
LOOK_INTERVAL = 0.5
"""Seconds between two looks for what is unhealthy while training runs."""


class Run:
    """A trainer with its cost history, its trail and its evaluations.

    Attributes:
        number: counts the runs of this session.
    """

    def __init__(
        self, number: int, recipe: Recipe, dataset: Dataset, theta: Array | None = None
    ) -> None:
        """Prepare a run.

        Args:
            number: counts the runs of this session.
            recipe: what to train and how.
            dataset: what to train on.
            theta: parameters to start from instead of the recipe's own.

        Raises:
            RecipeError: the recipe and the data set do not go together.
        """
        self._recipe, self._dataset, self._theta = recipe, dataset, theta
        self._history = CostHistory()
        self._trail = Trail(recipe.parameters, recipe.dtype)
        self._watched = default_watched(recipe)
        self._focus = 0
        self.reset(number)

    def reset(self, number: int) -> None:
        """Begin again at step 0 as a new run of this number."""
        self.number = number
        self._timeline = Timeline(self._recipe, self._dataset, self._theta)
        self._recorded = 0
        self._history.clear()
        self._trail.clear()
        self._trail.record(0, self.trainer.network.theta)
        self._evaluations: list[Evaluation] = []
        self._looked = float("-inf")
        self._findings: tuple[Finding, ...] = ()

    @property
    def trainer(self) -> Trainer:
        """The engine at work."""
        return self._timeline.trainer

    @property
    def reached(self) -> int:
        """The furthest step trained so far."""
        return self._timeline.reached

    def watch(self, first: int, second: int) -> None:
        """Report the path of these two parameters from now on, their past included."""
        count = self.trainer.recipe.parameters
        if 0 <= first < count and 0 <= second < count:
            self._watched = (first, second)

    def focus(self, index: int) -> None:
        """Report the activations of this test example from now on; the index wraps around."""
        self._focus = index % max(1, len(self.trainer.dataset.x_test))

    def continue_looking_as(self, other: "Run") -> None:
        """Keep looking at the example and, where they exist here too, the weights of `other`."""
        self._focus = other._focus
        if other.trainer.recipe.layers == self.trainer.recipe.layers:
            self._watched = other._watched

    def train(self, go_on: Callable[[], bool]) -> bool:
        """Train minibatch by minibatch while `go_on()` says so, at least one.

        Returns:
            True when an epoch was completed, which also ends the call.
        """
        trainer, trail = self.trainer, self._trail

        def more() -> bool:
            if trainer.steps >= trail.next_step:
                trail.record(trainer.steps, trainer.network.theta)
            return go_on()

        before = trainer.steps
        costs: list[float] = []
        try:
            self._timeline.train(more, costs)
        finally:  # what was done before a divergence stays done
            self._record(before, costs)
        return trainer.steps > before and trainer.steps % trainer.minibatches_per_epoch == 0

    def goto(self, step: int, go_on: Callable[[float], bool]) -> bool:
        """Go to any step trained so far; beyond the furthest one it is that one.

        Args:
            step: minibatches done there.
            go_on: told how much of the way is done, 0..1; False gives up.

        Returns:
            True when there.
        """
        return self._timeline.goto(min(max(step, 0), self.reached), go_on)

    def _record(self, before: int, costs: list[float]) -> None:
        """Add to the cost history what is new: steps trained a second time are in it already."""
        self._history.extend(costs[max(0, self._recorded - before) :])
        self._recorded = max(self._recorded, before + len(costs))

    def evaluate(self, cancelled: Callable[[], bool]) -> None:
        """Measure cost and accuracy over whole sets now, unless that was done near this step.

        Epochs of a few minibatches come by the thousand; their figures are thinned out.
        """
        step = self.trainer.steps
        place = bisect_right(self._evaluations, step, key=lambda known: known.step)
        if place and step - self._evaluations[place - 1].step < min(EVALUATE_EVERY, step or 1):
            return
        evaluation = self.trainer.evaluate(cancelled)
        if evaluation is None:
            return
        self._evaluations.insert(place, evaluation)
        if len(self._evaluations) > MOST_EVALUATIONS:
            del self._evaluations[1::2]

    def snapshot(self, *, playing: bool, minibatches_per_second: float) -> Snapshot:
        """Freeze this moment."""
        trainer = self.trainer
        dataset, network = trainer.dataset, trainer.network
        theta = network.theta.copy()
        theta.flags.writeable = False
        gradient = trainer.gradient
        gradient.flags.writeable = False
        path = self._trail.path_to(trainer.steps, theta, self._watched)
        path.flags.writeable = False
        index = self._focus
        past = bisect_right(self._evaluations, trainer.steps, key=lambda known: known.step)
        focus = focus_on(network, index, dataset.x_test[index], dataset.y_test[index])
        return Snapshot(
            run=self.number,
            recipe=trainer.recipe,
            step=trainer.steps,
            epoch=trainer.epoch,
            minibatches_per_epoch=trainer.minibatches_per_epoch,
            playing=playing,
            minibatches_per_second=minibatches_per_second,
            theta=theta,
            gradient=gradient,
            minibatch_cost=self._timeline.last_cost,
            focus=focus,
            curve=self._history.curve().until(trainer.steps),
            evaluations=tuple(self._evaluations[:past]),
            class_names=dataset.class_names,
            image_shape=dataset.image_shape,
            watched=self._watched,
            path=path,
            findings=self._look(playing=playing),
            edits=trainer.edits,
            reached=self.reached,
        )

    def _look(self, *, playing: bool) -> tuple[Finding, ...]:
        """Look for what is unhealthy: at every step when stepping, now and then when playing."""
        now = perf_counter()
        if not playing or now - self._looked >= LOOK_INTERVAL:
            self._looked = now
            self._findings = self.trainer.findings()
        return self._findings


def default_watched(recipe: Recipe) -> tuple[int, int]:
    """Choose two parameters that a cost surface may start with: weights into one output.

    Those of the middle output from two hidden neurons some way apart are likely both to
    matter and to differ. Returns indices into theta.
    """
    inputs, outputs = recipe.layers[-2], recipe.layers[-1]
    first_of_layer = sum(
        k * j for k, j in zip(recipe.layers[:-2], recipe.layers[1:-1], strict=True)
    )
    target = min(7, outputs - 1)
    sources = (inputs // 8, inputs // 3) if inputs >= 8 else (0, min(1, inputs - 1))
    first, second = (first_of_layer + source * outputs + target for source in sources)
    if first == second:  # a single weight: pair it with its neuron's bias
        second = recipe.parameters - outputs + target
    return first, second
