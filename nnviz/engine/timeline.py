"""The timeline: any minibatch of a run, forwards and backwards, bit for bit.

A run is a recipe plus a list of edits, so the state at a step is a function of
the step: the timeline keeps keyframes and reaches any step by replaying from
the nearest one before it. When the memory for keyframes is used up, every
other one is dropped and from then on they are kept half as often.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import nan

from nnviz.data.dataset import Dataset
from nnviz.engine.changes import CHANGEABLE
from nnviz.engine.network import Network
from nnviz.engine.plan import Array
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.state import State
from nnviz.engine.trainer import Trainer

BUDGET = 256 * 2**20
"""Most bytes that keyframes may take."""
STRIDE = 256
"""Steps between two keyframes at first: copying that seldom costs well under 2 % of training."""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit by hand.

    Attributes:
        step: minibatches done when it was made.
        name: a hyper-parameter of `CHANGEABLE`, or "theta" for a single parameter.
        value: its new value.
        index: which parameter, where name is "theta"; else -1.
    """

    step: int
    name: str
    value: float
    index: int = -1


class Timeline:
    """A run that can be visited at any step.

    Attributes:
        trainer: the run where it stands now.
        changes: the edits made by hand so far, in order.
        reached: the furthest step that was trained with the present edits.
        last_cost: mean cost of the last minibatch before its update; nan at step 0.
    """

    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        theta: Array | None = None,
        *,
        budget: int = BUDGET,
        stride: int = STRIDE,
    ) -> None:
        """Begin at step 0.

        Args:
            recipe: what to train and how.
            dataset: what to train on.
            theta: parameters to start from instead of the recipe's own, copied.
            budget: most bytes that keyframes may take; at least two are kept all the same.
            stride: steps between two keyframes at first.

        Raises:
            RecipeError: the recipe and the data set do not go together.
        """
        self.trainer = Trainer(recipe, dataset, theta)
        self.changes: tuple[Change, ...] = ()
        self.reached = 0
        self.last_cost = nan
        first = self.trainer.state()
        self._most = max(2, budget // (first.theta.nbytes + first.slots.nbytes))
        self._stride = stride
        self._keyframes: list[State] = [first]

    @property
    def network(self) -> Network:
        """The network as it is at the present step."""
        return self.trainer.network

    @property
    def step_now(self) -> int:
        """Minibatches done."""
        return self.trainer.steps

    def step(self) -> float:
        """Train on the next minibatch and return its mean cost before the update.

        Raises:
            DivergedError: the cost or the gradient is not finite; nothing has changed.
        """
        self.last_cost = self.trainer.step()
        self._passed()
        return self.last_cost

    def train(self, go_on: Callable[[], bool], costs: list[float]) -> None:
        """Train on one minibatch after another, at most to the end of the epoch.

        Edits of a future that is being trained again are made at their steps.

        Args:
            go_on: asked after every minibatch.
            costs: the minibatches' mean costs are appended to it as they are done.

        Raises:
            DivergedError: as `step`.
        """

        def passed() -> bool:
            self._passed()
            return go_on()

        try:
            self.trainer.train(passed, costs)
        finally:
            if costs:
                self.last_cost = costs[-1]

    def goto(self, step: int, go_on: Callable[[float], bool] = lambda _fraction: True) -> bool:
        """Go to a step, backwards or forwards.

        Args:
            step: minibatches done there.
            go_on: told now and then how much of the way is done, 0..1; False gives up.

        Returns:
            True when there; False when given up, with everything as it was before.

        Raises:
            RecipeError: the step is negative.
            DivergedError: the way forwards diverges; the last finite state stands.
        """
        if step < 0:
            raise RecipeError(f"There is no step {step}: a run begins at step 0.")
        trainer = self.trainer
        if step == trainer.steps:
            return True
        # One step before at the latest, so that the last gradient is known there as well.
        steps = [frame.steps for frame in self._keyframes]
        frame = self._keyframes[max(0, bisect_right(steps, step - 1) - 1)]
        before, cost = trainer.state(), self.last_cost
        if not frame.steps <= trainer.steps < step:
            trainer.restore(frame)
        start = trainer.steps
        costs: list[float] = []
        if step == 0:
            self.last_cost = nan
        while trainer.steps < step:
            if not go_on((trainer.steps - start) / (step - start)):
                trainer.restore(before)
                self.last_cost = cost
                return False
            end = min(step, trainer.steps + 500)
            self.train(lambda end=end: trainer.steps < end, costs)  # type: ignore[misc]
        return True

    def edit(self, name: str, value: float, index: int = -1) -> None:
        """Change a hyper-parameter or a single parameter here; what lay ahead is given up.

        Args:
            name: a hyper-parameter of `CHANGEABLE`, or "theta".
            value: its new value.
            index: which entry of theta, where name is "theta".

        Raises:
            RecipeError: there is no such thing to change, or not to this value.
        """
        change = Change(self.trainer.steps, name, float(value), index)
        self._apply(change)
        now = self.trainer.steps
        self.changes = (*(c for c in self.changes if c.step <= now), change)
        self._keyframes = [frame for frame in self._keyframes if frame.steps < now]
        self._keyframes.append(self.trainer.state())
        self.reached = now

    def _apply(self, change: Change) -> None:
        if change.name == "theta":
            if not 0 <= change.index < self.network.theta.size:
                raise RecipeError(
                    f"There is no parameter {change.index}: this network has "
                    f"{self.network.theta.size:,}, counted from 0."
                )
            self.network.theta[change.index] = change.value
        elif change.name in CHANGEABLE:
            self.trainer.change(change.name, change.value)
        else:
            raise RecipeError(f"The {change.name.replace('_', ' ')} cannot change here.")

    def _passed(self) -> None:
        """Do what belongs to the step just reached: edits made there, and a keyframe."""
        step = self.trainer.steps
        if step <= self.reached:
            for change in self.changes:
                if change.step == step:
                    self._apply(change)
            return
        self.reached = step
        if step >= self._keyframes[-1].steps + self._stride:
            if len(self._keyframes) >= self._most:
                del self._keyframes[1::2]
                self._stride *= 2
            self._keyframes.append(self.trainer.state())
