"""What a lesson looks at: the moment of the run, the state of the screen, and what was done.

Whoever shows a lesson hands this over whenever something changed. Expressions and conditions are
functions of it and of nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import layer_views
from nnviz.engine.ops import Array
from nnviz.engine.parameters import Parameter, index_of
from nnviz.engine.run.moment import Moment, moment_of
from nnviz.engine.run.snapshot import Focus, Snapshot
from nnviz.lessons.values import Value
from nnviz.messages.ui_state import UiState


@dataclass(frozen=True, slots=True)
class Did:
    """Something that was done, by hands or by the lesson's own play.

    Attributes:
        kind: a name of `gestures.HAPPENINGS`: step, edit, select, draw …
        detail: what exactly: the phase of a step ("forward 1", "minibatch", "epoch", "back"), the
            field of an edit ("theta", "learning_rate").
        indices: which entries of theta an edit changed.
        passing: True while a drag goes on: it changes something, but is no change of its own yet.
    """

    kind: str
    detail: str = ""
    indices: tuple[int, ...] = ()
    passing: bool = False


@dataclass(frozen=True, eq=False)
class Observed:
    """What there is to see at a moment.

    Attributes:
        snapshot: the run.
        ui: the screen.
        did: what was done since the scene began, in order.
        memory: values kept by `remember`, by name.
        answer: what the learner answered; None where nothing is answered.
        rough: True where figures of an earlier moment will do, as while training plays.
    """

    snapshot: Snapshot
    ui: UiState
    did: tuple[Did, ...] = ()
    memory: Mapping[str, Value] = field(default_factory=dict)
    answer: Value = None
    rough: bool = False

    @property
    def layers(self) -> tuple[int, ...]:
        """Neurons of each layer, the input first."""
        return self.snapshot.recipe.layers

    @property
    def focus(self) -> Focus:
        """The example on its way through the network."""
        return self.snapshot.focus

    @cached_property
    def moment(self) -> Moment:
        """What *Why?* explains at this moment."""
        return moment_of(self.snapshot)

    @cached_property
    def weights(self) -> tuple[list[Array], list[Array]]:
        """W and b of each layer as they are now, (inputs, outputs) and (outputs,)."""
        return layer_views(self.layers, self.snapshot.theta)

    @cached_property
    def slopes(self) -> NDArray[np.float64]:
        """∂C/∂w of every parameter, averaged over what *Why?* averages, (parameters,)."""
        x, y, _ = self.moment.rows
        return np.asarray(self.moment.network.gradient(x, y), np.float64)

    @cached_property
    def slopes_of_one(self) -> NDArray[np.float64]:
        """∂C₀/∂w of every parameter, of the example in focus alone, (parameters,)."""
        x, y = self.focus.x[np.newaxis], self.focus.y[np.newaxis]
        return np.asarray(self.moment.network.gradient(x, y), np.float64)

    def entry(self, layer: int, target: int, source: int | None) -> int:
        """Return which entry of theta a weight is, or with no source a bias."""
        return index_of(self.snapshot.recipe, Parameter(layer, source, target))

    def and_then(self, did: Iterable[Did]) -> "Observed":
        """Return the same after something more was done."""
        return replace(self, did=(*self.did, *did))
