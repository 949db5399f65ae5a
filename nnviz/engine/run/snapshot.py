"""A snapshot: everything on screen is a frozen look at one moment of a run.

The worker builds one when the window is ready for it and hands it over; views
draw it and keep nothing else. All arrays are read-only copies, so training goes
on without touching what is being drawn.
"""

from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.description import NOTHING_KNOWN, DataDescription
from nnviz.dataclass import dataclass
from nnviz.engine.changes import Edit
from nnviz.engine.measure.measured import Measured, measured
from nnviz.engine.measure.report import Report
from nnviz.engine.network import Network, mark_of
from nnviz.engine.notation import telling_inputs
from nnviz.engine.ops import frozen
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostCurve, TrailPoint
from nnviz.engine.training.epoch_layout import ONE_STEP_EPOCHS, EpochLayout
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.findings import Finding
from nnviz.engine.training.phases import Minibatch, Phase
from nnviz.engine.training.state import ScheduleEvent

Array = NDArray[np.floating[Any]]

OWN = -1
"""Number of an example that is none of the data's: a drawing of the user's own."""


@dataclass(frozen=True, slots=True, eq=False)
class Focus:
    """One example on its way through the network.

    Attributes:
        index: which example of its set it is; `OWN` for a drawing, of which nobody knows what
            it should be: its y, delta and cost are then not numbers.
        x: inputs, (inputs,).
        y: desired outputs, (outputs,).
        z, a, delta: of each layer after the input, (neurons,) each, as a `Propagation` has them.
        cost: C_0, the cost of this example.
        place: its place in the minibatch under way, from 0; −1 for a test example. Where it
            has one, `index` counts training examples, taught drawings from −1 downwards.
        terms: each output's part of the cost, (outputs,); None where nobody has worked it out.
    """

    index: int
    x: Array
    y: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    delta: tuple[Array, ...]
    cost: float
    place: int = -1
    terms: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A fixed sample of examples; the same object as long as the data stay the same.

    Attributes:
        x: inputs of test examples, (n, inputs), read-only.
        y: desired outputs of the same, (n, outputs), read-only.
        x_train: inputs of training examples, (m, inputs), read-only; None where nobody has them.
        points: where the test examples lie, (n, coordinates), whatever of that are inputs; None
            where inputs are no functions of points.
        train_points, train_y: where those training examples lie that are trained on, (m,
            coordinates), and what is desired of them, (m, outputs); None where these are no points
            of a plane or a line.
    """

    x: Array
    y: Array
    x_train: Array | None = None
    points: Array | None = None
    train_points: Array | None = None
    train_y: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BranchLook:
    """A branch of the run as views show it; the same object as long as nothing changes.

    Number, name, change, start, reached and epoch layout are those of a `BranchRecord`.

    Attributes:
        words: the change in words; empty for the first.
        leaves: step at which it parts from the line on screen: beyond it, it is a ghost.
        apart: what was changed on it from there on, in words; "nothing changed" where nothing.
        against: what was changed on the line on screen from there on, likewise.
        current: True for the branch on screen.
        curve, evaluations: minibatch costs and evaluations of its whole line since step 0.
    """

    number: int
    name: str
    change: Edit | None
    words: str
    start: int
    reached: int
    leaves: int
    apart: str
    current: bool
    curve: CostCurve
    evaluations: tuple[Evaluation, ...]
    epoch_layout: EpochLayout
    against: str = ""


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
        evaluations: costs and scores over whole sets, in order of step; where training rests
            and has been measured, the last one is of this very moment.
        class_names: one name an output where outputs are classes, else empty.
        image_shape: (rows, columns) where an input row is a picture, else None.
        best_validation, waited: where early stopping stands: the lowest validation cost at the end
            of an epoch, and how many epochs had none lower since.
        changed: True where something was changed at this step since the last evaluation.
        description: what the numbers of the data set mean: names, units, scaling, pictures.
        watched: two indices into theta that the cost surface is drawn over.
        findings: what is unhealthy about training, as of the last look.
        edits: what was changed on the way, with its step and reason.
        reached: the furthest step trained so far; `step` may lie before it.
        epoch_layout: how steps are cut into epochs.
        changes: edits by hand on the line on screen, in order, those ahead of `step` too.
        branches: the current branch and every one that was left behind, oldest first.
        undo, redo: what would be taken back or made again, in words; empty for nothing.
        minibatch: all numbers of the minibatch that is looked at phase by phase, else None.
        phase: the phase of it that was done last; None where `minibatch` is None.
        sample: test examples to compute costs over; None where nobody has them at hand.
        trail: parameters along the way, about evenly spaced, none later than `step`. Their
            arrays are shared by all snapshots; cost surfaces draw the path through them.
        reports: how good the network was at some steps of the line on screen, in order of step,
            those ahead of `step` too; the same object as long as there is no other.
        usual: what a run on this data set starts with; None where nobody knows.
        parts: names of the data sets that are mixed in the one in use; empty for any other.
        worked: seconds of processor that training and measuring had taken by then.
        own_process: True where training runs in a process of its own, from which drawing takes
            nothing but a core.
        missing: what must be there before anything can be learned of the data, a sentence.
        demonstration: True where the run is only shown, and never kept.
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
    findings: tuple[Finding, ...] = ()
    edits: tuple[ScheduleEvent, ...] = ()
    reached: int = 0
    epoch_layout: EpochLayout = ONE_STEP_EPOCHS
    changes: tuple[Edit, ...] = ()
    branches: tuple[BranchLook, ...] = ()
    undo: str = ""
    redo: str = ""
    minibatch: Minibatch | None = None
    phase: Phase | None = None
    sample: Sample | None = None
    description: DataDescription = NOTHING_KNOWN
    changed: bool = False
    best_validation: float = float("inf")
    waited: int = 0
    trail: tuple[TrailPoint, ...] = ()
    reports: tuple[Report, ...] = ()
    usual: Recipe | None = None
    parts: tuple[str, ...] = ()
    worked: float = 0.0
    own_process: bool = False
    missing: str = ""
    demonstration: bool = False

    @property
    def feature_names(self) -> tuple[str, ...]:
        """One name an input where inputs are columns of a table, else empty."""
        return tuple(column.name for column in self.description.inputs)

    @property
    def named_inputs(self) -> tuple[str, ...]:
        """Names of inputs where they say more than those of their weights, else empty."""
        return telling_inputs(self.recipe, self.feature_names)

    @property
    def untrainable(self) -> str:
        """Why the network can be looked at but not trained, a sentence; empty where it can."""
        return self.recipe.untrainable or self.missing

    @property
    def coordinates(self) -> int:
        """How many coordinates the points have that inputs are made of; 0 where these are none."""
        if self.image_shape is not None:
            return 0
        features = self.description.features
        return self.recipe.layers[0] if features is None else features.coordinates

    @property
    def planar(self) -> bool:
        """True where inputs are points of a plane or a line, or made of them."""
        return 1 <= self.coordinates <= 2

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the classes; a single output tells 0 from 1."""
        outputs = self.recipe.layers[-1]
        return self.class_names or tuple(str(label) for label in range(max(outputs, 2)))

    @property
    def measured(self) -> Measured | None:
        """The last figures at this moment, and whether they are of it; None before the first.

        Of data without any example, as an empty plane, there are none.
        """
        found = measured(self.evaluations, self.step, changed=self.changed)
        if found is not None and self.missing and isnan(found.figures.train_cost):
            return None
        return found

    @property
    def updated(self) -> bool:
        """True where the last phase done is the update: theta is newer than all other numbers."""
        return self.phase is not None and self.phase.kind == "update" and not self._alone

    @property
    def _alone(self) -> bool:
        return self.minibatch is None or bool(self.minibatch.alone)

    @property
    def theta_used(self) -> Array:
        """The parameters that the sums, activations and errors of this moment come from.

        After the update of a minibatch these are the ones before it, (parameters,).
        """
        minibatch = self.minibatch
        if not self.updated or minibatch is None:
            return self.theta
        return self.theta - minibatch.nudge if minibatch.theta is None else minibatch.theta

    @property
    def mark(self) -> int:
        """The mark of this moment's net, as answers about it carry it."""
        return mark_of(self.recipe, self.theta)

    def network(self) -> Network:
        """Return the network of this moment; its arrays are read-only."""
        return Network(self.recipe, self.theta)


def focus_on(network: Network, index: int, x: Array, y: Array) -> Focus:
    """Propagate one example forwards and backwards: inputs x (inputs,), desired y (outputs,)."""
    propagation = network.propagation(x[np.newaxis], y[np.newaxis])
    layers = propagation.z, propagation.a, propagation.delta
    z, a, delta = (tuple(frozen(rows[0]) for rows in part) for part in layers)
    x, y, terms = frozen(x.copy()), frozen(y.copy()), frozen(propagation.terms[0])
    return Focus(index, x, y, z, a, delta, propagation.cost, terms=terms)


def focus_on_own(network: Network, x: Array) -> Focus:
    """Propagate a drawing x, (inputs,), forwards; what needs desired outputs stays unknown."""
    recipe = network.recipe
    unknown = np.full(recipe.layers[-1], np.nan, dtype=recipe.dtype)
    return focus_on(network, OWN, x.astype(recipe.dtype), unknown)


def with_own(snapshot: Snapshot, picture: Array | None) -> Snapshot:
    """Return a moment with a picture of the user's own, (inputs,), in focus, where one fits.

    While a minibatch is taken apart its example stays.
    """
    if (
        picture is None
        or snapshot.minibatch is not None
        or picture.shape != (snapshot.recipe.layers[0],)
    ):
        return snapshot
    return replace(snapshot, focus=focus_on_own(snapshot.network(), picture))


def focus_in(minibatch: Minibatch, place: int) -> Focus:
    """Return the example at a place of a minibatch, which wraps around, on its way through."""
    place %= len(minibatch.rows)
    layers = minibatch.z, minibatch.a, minibatch.delta
    z, a, delta = (tuple(frozen(rows[place].copy()) for rows in part) for part in layers)
    x, y = (frozen(rows[place].copy()) for rows in (minibatch.x, minibatch.y))
    index, cost = int(minibatch.rows[place]), float(minibatch.costs[place])
    return Focus(index, x, y, z, a, delta, cost, place)
