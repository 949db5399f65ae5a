"""A snapshot: everything on screen is a frozen look at one moment of a run.

The worker builds one when the window is ready for it and hands it over; views
draw it and keep nothing else. All arrays are read-only copies, so training goes
on without touching what is being drawn.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.edits import Edit
from nnviz.engine.evaluation import Evaluation
from nnviz.engine.history import CostCurve
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.engine.watch import Finding

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Focus:
    """One example on its way through the network.

    Attributes:
        index: which test example it is.
        x: inputs, (inputs,).
        y: desired outputs, (outputs,).
        z: weighted sums of each layer after the input, (neurons,) each.
        a: activations of the same layers, (neurons,) each.
        delta: errors δ = ∂C_0/∂z of the same layers, (neurons,) each.
        cost: C_0, the cost of this example.
    """

    index: int
    x: Array
    y: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    delta: tuple[Array, ...]
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One moment of a run.

    Attributes:
        run: counts the runs of this session; another number means another recipe, data
            set or a reset, so whatever a view has kept is stale.
        recipe: what is trained and how.
        step: minibatches done.
        epoch: epochs done, a fraction within an epoch.
        minibatches_per_epoch: steps in an epoch.
        playing: True while training goes on by itself.
        minibatches_per_second: measured training speed; 0 when not playing.
        theta: parameters, (parameters,), laid out as `network.theta`.
        gradient: gradient of the last minibatch's cost, (parameters,).
        minibatch_cost: mean cost of the last minibatch; nan before the first.
        focus: the example whose activations are shown.
        curve: minibatch costs since step 0.
        evaluations: costs and accuracies over whole sets, in order of step.
        class_names: one name an output where outputs are classes, else empty.
        image_shape: (rows, columns) where an input row is a picture, else None.
        watched: two indices into theta whose path is recorded for the cost surface.
        findings: what is unhealthy about training, as of the last look.
        edits: what was changed on the way, with its step and reason.
        reached: the furthest step trained so far; `step` may lie before it.
        path: their values since step 0, evenly thinned, (points, 2); ends with the present.
    """

    run: int
    recipe: Recipe
    step: int
    epoch: float
    minibatches_per_epoch: int
    playing: bool
    minibatches_per_second: float
    theta: Array
    gradient: Array
    minibatch_cost: float
    focus: Focus
    curve: CostCurve
    evaluations: tuple[Evaluation, ...]
    class_names: tuple[str, ...]
    image_shape: tuple[int, int] | None
    watched: tuple[int, int]
    path: Array
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    reached: int = 0

    def network(self) -> Network:
        """Return the network of this moment; its arrays are read-only."""
        return Network(self.recipe, self.theta)


def focus_on(network: Network, index: int, x: Array, y: Array) -> Focus:
    """Propagate one example forwards and backwards.

    Args:
        network: left alone.
        index: which test example it is, kept for reference.
        x: inputs, (inputs,).
        y: desired outputs, (outputs,).
    """
    passage = network.passage(x[np.newaxis], y[np.newaxis])
    layers = [tuple(_frozen(rows[0]) for rows in part) for part in (passage.z, passage.a)]
    delta = tuple(_frozen(rows[0]) for rows in passage.delta)
    return Focus(
        index, _frozen(x.copy()), _frozen(y.copy()), layers[0], layers[1], delta, passage.cost
    )


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
