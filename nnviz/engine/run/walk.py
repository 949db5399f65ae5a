"""A walk: one example sent through the network layer by layer, only to be looked at.

It is the phases of a minibatch of that one example, without the last: nothing is
trained, and the run stands where it stood. Of an own input nobody knows what it should be,
so it ends where the outputs are known.
"""

from dataclasses import replace

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.ops import Array, freeze
from nnviz.engine.run.names import own_name
from nnviz.engine.run.snapshot import Focus, focus_on, focus_on_own
from nnviz.engine.training.phases import Minibatch, Phase, phases_of


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """How far an example has come.

    Attributes:
        minibatch: all its numbers.
        focus: the same as the example in focus.
        phases: those there are, in order.
        done: how many of them are done, 1 at least.
    """

    minibatch: Minibatch
    focus: Focus
    phases: tuple[Phase, ...]
    done: int = 1

    @property
    def phase(self) -> Phase:
        """The phase done last."""
        return self.phases[self.done - 1]

    @property
    def at_end(self) -> bool:
        """True where there is nothing more to do."""
        return self.done == len(self.phases)

    def on(self) -> "Walk":
        """Do the next phase; at the end stay there."""
        return self if self.at_end else replace(self, done=self.done + 1)

    def back(self) -> "Walk | None":
        """Take the last phase back; None where that was the first."""
        return replace(self, done=self.done - 1) if self.done > 1 else None


def walk_of_test(network: Network, step: int, index: int, x: Array, y: Array, eta: float) -> Walk:
    """Send a test example through, after so many steps, as far as the slopes of its cost."""
    focus = focus_on(network, index, x, y)
    phases = tuple(phase for phase in phases_of(network.recipe) if phase.kind != "update")
    gradient = network.gradient(focus.x[np.newaxis], focus.y[np.newaxis])
    minibatch = _minibatch(network, step, focus, gradient, eta, "test example")
    return Walk(minibatch, focus, phases)


def walk_of_own(
    network: Network, step: int, x: Array, eta: float, *, pictured: bool = True
) -> Walk:
    """Send a drawing, or another input of the user's own, (inputs,), through to the outputs."""
    focus = focus_on_own(network, x)
    phases = tuple(
        phase for phase in phases_of(network.recipe) if phase.kind in ("pick", "forward")
    )
    unknown = np.zeros_like(network.theta)
    alone = own_name(pictured=pictured)
    return Walk(_minibatch(network, step, focus, unknown, eta, alone), focus, phases)


def _minibatch(
    network: Network, step: int, focus: Focus, gradient: Array, eta: float, alone: str
) -> Minibatch:
    terms = network.cost_terms(focus.x[np.newaxis], focus.y[np.newaxis])
    minibatch = Minibatch(
        step=step,
        rows=np.array([focus.index]),
        x=focus.x[np.newaxis],
        y=focus.y[np.newaxis],
        z=tuple(layer[np.newaxis] for layer in focus.z),
        a=tuple(layer[np.newaxis] for layer in focus.a),
        delta=tuple(layer[np.newaxis] for layer in focus.delta),
        terms=terms,
        cost=focus.cost,
        eta=eta,
        gradient=gradient,
        nudge=np.zeros_like(network.theta),
        alone=alone,
    )
    freeze(minibatch.rows, minibatch.terms, minibatch.gradient, minibatch.nudge)
    return minibatch
