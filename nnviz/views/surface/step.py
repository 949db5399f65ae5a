"""What the phase just done says of the two parameters of the plane, and since when they are alone.

A minibatch that is stepped through phase by phase first finds the slope of its
own cost, then moves the parameters: both are an arrow on the surface.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Kind
from nnviz.views.surface.state import SurfaceState
from nnviz.views.surface.text import exact

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A step that is about to be done or has been done.

    Attributes:
        words: what it is, in numbers.
        way: where it leads, in the units of w1 and w2, (2,).
        done: whether it has led to the present point, or starts there.
    """

    words: str
    way: Array
    done: bool


def step_of(snapshot: Snapshot, state: SurfaceState) -> Step | None:
    """Return the step that the phase just done tells of, if it tells of one."""
    minibatch, phase = snapshot.minibatch, snapshot.phase
    if minibatch is None or minibatch.alone or phase is None or state.kind is not Kind.PARAMETERS:
        return None
    pair = list(state.pair)
    if phase.kind == "average":
        slope = minibatch.gradient[pair]
        return Step(f"∂C/∂w = ({exact(*slope)})", -slope, done=False)
    if phase.kind == "update":
        nudge = minibatch.nudge[pair]
        return Step(f"moved by ({exact(*nudge)})", nudge, done=True)
    return None


def alone_since(snapshot: Snapshot, state: SurfaceState) -> int:
    """Return since when only the plane's own parameters train; 0 where others do."""
    own = state.own()
    if not own or snapshot.recipe.only != own:
        return 0
    steps = [
        change.step
        for change in snapshot.changes
        if change.name == "trained" and change.step <= snapshot.step
    ]
    return steps[-1] if steps else 0
