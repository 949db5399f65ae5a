"""What of a run is looked at: a test example, two parameters, and an example sent through."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Focus, focus_in, focus_on, focus_on_own
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.run.walk import Walk, walk_of_own, walk_of_test


class LookedAt:
    """What is looked at in a timeline.

    Attributes:
        watched: the two parameters that the cost surface is drawn over, indices into theta.
        walk: how far the example has come that is sent through; None where none is.
    """

    def __init__(self, timeline: Timeline, view: Mapping[str, Any]) -> None:
        """Look at what `view` said when a run was recorded, as far as that makes sense."""
        self._timeline, self._trainer = timeline, timeline.trainer
        self.watched = default_watched(self._trainer.recipe)
        self.walk: Walk | None = None
        self._focus, self._place = 0, 0
        for name in ("focus", "place"):
            if isinstance(value := view.get(name), int) and value >= 0:
                setattr(self, f"_{name}", value)
        self.fit()
        match view.get("watched"):
            case [int(first), int(second)]:
                self.watch(first, second)

    def view(self) -> dict[str, Any]:
        """Return what is looked at as plain values."""
        return {"focus": self._focus, "place": self._place, "watched": list(self.watched)}

    def fit(self) -> None:
        """Look at an example that there is in the data set in force."""
        self._focus %= max(1, len(self._trainer.dataset.x_test))

    def inherit(self, other: "LookedAt") -> None:
        """Keep looking at the example and, where they exist here too, the weights of `other`."""
        self._focus = other._focus
        self.fit()
        if other._trainer.recipe.layers == self._trainer.recipe.layers:
            self.watched = other.watched

    def watch(self, first: int, second: int) -> None:
        """Draw the cost surface over these two parameters from now on."""
        count = self._trainer.recipe.parameters
        if 0 <= first < count and 0 <= second < count:
            self.watched = (first, second)

    def focus(self, index: int) -> None:
        """Report the activations of this test example from now on; the index wraps around.

        While a minibatch is looked at phase by phase it is the place of one of its examples.
        """
        minibatch = self._timeline.minibatch
        if minibatch is not None and self.walk is None:
            self._place = index % len(minibatch.rows)
            return
        self._focus = index
        self.fit()
        if self.walk is not None:
            self.look_through(None)

    def focus_now(self) -> Focus:
        """Return the example in focus with all its numbers."""
        minibatch, dataset, index = self._timeline.minibatch, self._trainer.dataset, self._focus
        if self.walk is not None:
            return self.walk.focus
        if minibatch is not None:
            return focus_in(minibatch, self._place)
        if not len(dataset.x_test):
            return focus_on_own(self._trainer.network, np.zeros(dataset.inputs))
        return focus_on(self._trainer.network, index, dataset.x_test[index], dataset.y_test[index])

    def look_through(self, picture: Array | None) -> None:
        """Send an own input, (inputs,), or the example in focus through; nothing is trained."""
        trainer, dataset = self._trainer, self._trainer.dataset
        network, step, eta = trainer.network, trainer.steps, trainer.eta
        if picture is None and not len(dataset.x_test):
            picture = np.zeros(dataset.inputs, network.theta.dtype)
        if picture is None:
            x, y = dataset.x_test[self._focus], dataset.y_test[self._focus]
            self.walk = walk_of_test(network, step, self._focus, x, y, eta)
        elif picture.shape == (trainer.recipe.layers[0],):
            pictured = dataset.image_shape is not None
            self.walk = walk_of_own(network, step, picture, eta, pictured=pictured)

    def look_away(self) -> None:
        """Show the run where it stands."""
        self.walk = None

    def step_phase(self, *, back: bool) -> None:
        """Do the next phase, or take the last one back: of the example sent through, if there is.

        Raises:
            DivergedError: the step of a minibatch diverges; nothing has changed.
        """
        if self.walk is not None:
            self.walk = self.walk.back() if back else self.walk.on()
        elif back:
            self._timeline.previous_phase()
        else:
            self._timeline.next_phase()


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
