"""The record of a run: everything needed to go on with it elsewhere, as frozen values.

Session files hold exactly this. It names its data sets but does not contain
them; their fingerprints tell whether what is found later is still the same.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from nnviz.data.description import DataDescription
from nnviz.dataclass import dataclass
from nnviz.engine.changes import Edit
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.epoch_layout import ONE_STEP_EPOCHS, EpochLayout
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.state import State


@dataclass(frozen=True, slots=True, eq=False)
class Keyframe:
    """A state that can be replayed from.

    Attributes:
        state: the state.
        changes: how many changes of its line have been made in it.
    """

    state: State
    changes: int


@dataclass(frozen=True, slots=True, eq=False)
class CostRecord:
    """What a `CostHistory` has collected.

    Attributes:
        origin: the step at which it began.
        stride: minibatches a point stands for.
        rows: mean, smallest and largest cost of every point, (3, points) float64.
        rest: costs of the minibatches since the last point, (n,) float64.
    """

    origin: int
    stride: int
    rows: Array
    rest: Array


@dataclass(frozen=True, slots=True, eq=False)
class BranchRecord:
    """One branch.

    Attributes:
        number: tells it from the others.
        parent: number of the branch it left, or −1 for the first.
        name: what people call it.
        change: what began it; None for the first.
        start: step at which it left its parent.
        reached: the furthest step trained in it.
        left_at: step at which it was left last.
        costs: minibatch costs since `start`.
        evaluations: costs and accuracies over whole sets since `start`, in order of step.
        keyframes: some states on it, in order of step.
        epoch_layout: how the steps of its line are cut into epochs.
        with_last: its change and the last one before were made as one, and are undone as one.
    """

    number: int
    parent: int
    name: str
    change: Edit | None
    start: int
    reached: int
    left_at: int
    costs: CostRecord
    evaluations: tuple[Evaluation, ...]
    keyframes: tuple[Keyframe, ...]
    epoch_layout: EpochLayout = ONE_STEP_EPOCHS
    with_last: bool = False


@dataclass(frozen=True, slots=True)
class DataMark:
    """A data set that a run was trained on.

    Attributes:
        name: what recipes call it: a name of the catalogue or the path of a folder.
        fingerprint: SHA-256 of its examples, in hexadecimal.
        description: what its numbers mean; None in files of versions that did not say.
        made: what its examples were made from, where nnviz makes them up; see `Dataset`.
    """

    name: str
    fingerprint: str
    description: DataDescription | None = None
    made: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RunRecord:
    """A run with all its branches.

    Attributes:
        recipe: the recipe at step 0, before any change.
        theta: the parameters at step 0, before any change, (parameters,).
        branches: all branches, parents before their children; the first is number 0.
        current: number of the branch being looked at.
        now: the state being looked at, and how many changes of its line are made in it.
        gradient: gradient of the last minibatch there, (parameters,).
        last_cost: its mean cost; nan at step 0.
        phases: phases done of the next minibatch.
        redo: numbers of the branches that redo would go back to, the next one last.
        view: what the window remembers, plain values that JSON can hold.
    """

    recipe: Recipe
    theta: Array
    branches: tuple[BranchRecord, ...]
    current: int
    now: Keyframe
    gradient: Array
    last_cost: float
    phases: int
    redo: tuple[int, ...]
    view: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """A record and the data sets it needs: what a session file holds.

    Attributes:
        record: the run.
        marks: every data set that one of its branches was trained on.
    """

    record: RunRecord
    marks: tuple[DataMark, ...]
