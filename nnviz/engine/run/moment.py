"""The moment that is explained: one network, one example, and what is known of them.

Usually that is the network on screen and the example that is focused. Phase by
phase it is the minibatch under way, of which no number is shown before the phase
that computes it. What is pinned keeps its example while the network goes on.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.notation import example_name, number_of
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import own_name
from nnviz.engine.run.snapshot import OWN, Array, Focus, Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.training.phases import Known, known_after, phases_of
from nnviz.numbers import count, integer

LIVE = 100
"""Test examples that a slope is averaged over while training runs by itself."""
THIS_EXAMPLE = "this example"
WORK, LIVE_WORK, FEWEST = 8e7, 2e7, 2
"""Examples times parameters that are bearable at rest and while training runs; and the fewest."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What an explanation of an example is made from; `known` is None where everything is."""

    snapshot: Snapshot
    focus: Focus
    known: Known | None

    @property
    def recipe(self) -> Recipe:
        """What is trained."""
        return self.snapshot.recipe

    @cached_property
    def network(self) -> Network:
        """The network whose numbers these are: before the update that they bring about."""
        return Network(self.snapshot.recipe, self.snapshot.theta_used)

    @property
    def example(self) -> str:
        """The example in a few words."""
        if self.focus.index == OWN and self.focus.place < 0:
            return f"your {own_name(pictured=self.snapshot.image_shape is not None)}"
        if self.focus.place >= 0:
            return f"example {number_of(self.focus.place)} of this minibatch"
        picture = self.snapshot.image_shape is not None
        return example_name(self.focus.index, picture=picture, part="test")

    @cached_property
    def rows(self) -> tuple[Array, Array, str]:
        """Inputs and desired outputs that slopes are averaged over, and what they are."""
        snapshot = self.snapshot
        if self.known is not None and snapshot.minibatch is not None:
            x, y = snapshot.minibatch.x, snapshot.minibatch.y
            return x, y, _of_minibatch(len(x))
        if snapshot.sample is None or not len(snapshot.sample.x):
            return self.focus.x[np.newaxis], self.focus.y[np.newaxis], THIS_EXAMPLE
        work = LIVE_WORK if snapshot.playing else WORK
        # Of a big net fewer, or the window would be blocked for many seconds.
        most = max(FEWEST, int(work // snapshot.recipe.parameters))
        shown = slice(min(LIVE, most) if snapshot.playing else most)
        x, y = snapshot.sample.x[shown], snapshot.sample.y[shown]
        return x, y, count(len(x), "test example")

    @property
    def eta(self) -> float:
        """The learning rate: of this minibatch, else the recipe's."""
        minibatch = self.snapshot.minibatch
        return self.recipe.learning_rate if minibatch is None else minibatch.eta

    def nudges(self, entries: NDArray[np.intp], slopes: NDArray[np.float64]) -> Array:
        """Return what a step adds to entries of theta whose slopes ∂C/∂w these are.

        After the update it is what the optimiser did, before it −η·∂C/∂w; nothing to what rests.
        """
        minibatch = self.snapshot.minibatch
        if self.known is not None and self.known.nudge and minibatch is not None:
            return np.asarray(minibatch.nudge[entries])
        only = self.recipe.only
        with np.errstate(all="ignore"):
            nudges = -self.eta * slopes
        return np.where(np.isin(entries, only), nudges, 0.0) if only else nudges

    @property
    def stepped(self) -> bool:
        """True where the nudges are those that the optimiser made of the slopes."""
        return self.known is not None and self.known.nudge

    @property
    def thinned(self) -> bool:
        """True where dropout silenced neurons, which no explanation shows."""
        minibatch = self.snapshot.minibatch
        training = minibatch is None or not minibatch.alone
        return self.known is not None and self.recipe.dropout > 0 and training

    @property
    def undesired(self) -> bool:
        """True where nobody says what is desired of the example: its errors are unknown."""
        return not np.isfinite(self.focus.y).all()

    def missing(self, selection: Selection) -> str:
        """Return the name of the phase that computes a number; empty where it is known."""
        if self.known is None:
            return ""
        if selection.kind in ("output", "cost"):
            return "" if self.known.cost else "cost"
        if selection.kind == "parameter":
            if self.known.errors <= selection.layer:
                return ""
            return f"backward {selection.layer}"
        if selection.layer <= self.known.activations:
            return ""
        return f"forward {selection.layer}"

    def errors_known(self, layer: int) -> bool:
        """Tell whether the errors of a layer are known; without a desired output there are none."""
        return not self.undesired and (self.known is None or self.known.errors <= layer)

    @property
    def averaged(self) -> bool:
        """True where slopes have been averaged over the examples."""
        return self.known is None or self.known.gradient


def _of_minibatch(examples: int) -> str:
    several = f"the {integer(examples)} examples of this minibatch"
    return several if examples > 1 else THIS_EXAMPLE


def moment_of(snapshot: Snapshot, pinned: Focus | None = None) -> Moment:
    """Return what there is to explain at a moment: of a pinned example, or the one in focus."""
    minibatch, phase = snapshot.minibatch, snapshot.phase
    focus = snapshot.focus
    if pinned is not None:
        fits = (len(pinned.x), len(pinned.y)) == (len(focus.x), len(focus.y))
        same = (pinned.index, pinned.place) == (focus.index, focus.place)
        if fits and not same:
            return Moment(snapshot, pinned, None)
    if minibatch is None or phase is None or phase not in phases_of(snapshot.recipe):
        return Moment(snapshot, focus, None)
    return Moment(snapshot, focus, known_after(snapshot.recipe, phase))
