"""Commands: what the window asks of the training thread, as frozen values.

They are obeyed between two minibatches, in the order they were sent.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.description import DataDescription
from nnviz.data.naming import found_at
from nnviz.dataclass import dataclass
from nnviz.engine.changes import Value
from nnviz.engine.measure.ranking import MOST
from nnviz.engine.recipe import Recipe
from nnviz.messages.command import Command, InPassing, RunCommand


@dataclass(frozen=True, slots=True, eq=False)
class Start(RunCommand):
    """Begin a new run of a recipe, paused at step 0; its data set is loaded if need be.

    Attributes:
        recipe: what to train and how.
        fit: True to let the recipe follow the data set: see `begun_with`.
        theta: parameters to start from instead of the recipe's own, or None.
        described: what the numbers of the data meant when these parameters were trained; None
            where nobody says.
        view: what the window is to show of it, as plain values; None to leave all as it is.
        sentence: what to tell once it has begun; empty for nothing.
        keeps: True to take over those weights and biases of the run on screen that fit, where no
            parameters are given.
        demonstration: True for a run that is only shown: it is never kept anywhere.
        example: True where the parameters are those of an example, with which a new run of the
            same begins again.
    """

    recipe: Recipe
    fit: bool = False
    theta: NDArray[np.floating[Any]] | None = None
    described: DataDescription | None = None
    view: Mapping[str, Any] | None = None
    sentence: str = ""
    keeps: bool = False
    demonstration: bool = False
    example: bool = False

    def with_place(self, name: str, place: str) -> "Start":
        """Return the same with a data set, called so far by this name, at another place."""
        return replace(self, recipe=replace(self.recipe, dataset=found_at(name, place)))


@dataclass(frozen=True, slots=True)
class Play(RunCommand, stops_play=False, ends_walk=False):
    """Train on until told otherwise.

    Attributes:
        by_phase: True to do one phase after the other at the pace, each of them shown.
    """

    by_phase: bool = False


@dataclass(frozen=True, slots=True)
class ByPhase(InPassing):
    """Go on as before, one phase after the other or in whole minibatches; nothing at rest."""

    by_phase: bool


@dataclass(frozen=True, slots=True)
class Pause(RunCommand, ends_walk=False):
    """Stop after the current minibatch and show exactly where training stands."""


@dataclass(frozen=True, slots=True)
class StepMinibatch(RunCommand):
    """Train on one minibatch, or on several at once, and show the result."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class StepEpoch(RunCommand, stops_play=False):
    """Train to the end of the current epoch, then pause."""


@dataclass(frozen=True, slots=True)
class StepBack(RunCommand, leaves_tip=True):
    """Go back by one minibatch, or to the beginning of this epoch or of the one before."""

    epoch: bool = False


@dataclass(frozen=True, slots=True)
class StepPhase(RunCommand, ends_walk=False, ends_epoch=True):
    """Do the next phase of a minibatch, or take the last one back."""

    back: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class LookThrough(RunCommand, ends_walk=False):
    """Send the example in focus through the network phase by phase; nothing is trained.

    `StepPhase` leads on and back, `Play` by phases does so by itself, and whatever trains or
    changes the run ends it.

    Attributes:
        picture: a drawing to send instead, (inputs,), or None.
    """

    picture: NDArray[np.floating[Any]] | None = None


@dataclass(frozen=True, slots=True)
class LookAway(RunCommand):
    """End `LookThrough`: show the run where it stands."""


@dataclass(frozen=True, slots=True)
class GoTo(RunCommand, leaves_tip=True):
    """Go to a step trained before.

    Attributes:
        step: minibatches done there; None is the furthest one.
        rough: True where a keyframe near by will do, as while dragging.
    """

    step: int | None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class MakeEdit(RunCommand, stops_play=False, leaves_tip=True, ends_epoch=True):
    """Change something here; if there was a future, it stays as a branch.

    Attributes:
        name: a field of `CHANGEABLE`, or `THETA`.
        value: its new value, or one for each parameter.
        indices: which entries of theta, where those change.
        dragging: True while it follows the mouse: edits of the same thing become one.
    """

    name: str
    value: Value
    indices: tuple[int, ...] = ()
    dragging: bool = False


@dataclass(frozen=True, slots=True)
class MakeEdits(RunCommand, stops_play=False, leaves_tip=True, ends_epoch=True):
    """Change several things here as one: undo takes them back at once.

    Attributes:
        changes: fields of `CHANGEABLE` and their new values.
    """

    changes: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class EditAt(RunCommand, leaves_tip=True):
    """Go to a step trained before and change something there, which begins a branch.

    Attributes:
        step: minibatches done there.
        changes: fields of `CHANGEABLE` and their new values.
    """

    step: int
    changes: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Teach(RunCommand, stops_play=False, leaves_tip=True, ends_epoch=True):
    """Let drawings join the training data from here on, all of them as one change.

    Attributes:
        drawings: the digit that each is, and its picture, (28, 28) of 0..1, as a network sees it.
    """

    drawings: tuple[tuple[int, NDArray[np.floating[Any]]], ...]


@dataclass(frozen=True, slots=True)
class Rank(InPassing):
    """Sort the test examples by what the network makes of them now.

    Attributes:
        label: only those of this class; None for all.
        wrong: only those that are misread.
        most: how many to return.
        read_as: only those that are read as this class; None for any.
    """

    label: int | None = None
    wrong: bool = False
    most: int = MOST
    read_as: int | None = None


@dataclass(frozen=True, slots=True)
class MakeReport(InPassing):
    """Report how good the network is now on the whole test set, and on noise."""


@dataclass(frozen=True, slots=True)
class JudgeTrust(InPassing):
    """Tell how much readings of digits by the network of now deserve trust; see `Judgement`."""


@dataclass(frozen=True, slots=True)
class TrainSeeds(InPassing):
    """Train the run's recipe with other seeds, in the background; see `SeedBand`."""


@dataclass(frozen=True, slots=True)
class CallOffSeeds(Command):
    """Train no more with other seeds; what was measured by then stays."""


@dataclass(frozen=True, slots=True)
class ListRuns(Command):
    """Tell which runs are kept, as `KnownRuns`."""


@dataclass(frozen=True, slots=True)
class KeepRuns(Command):
    """Keep recent runs as long as all together take no more than so many bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class CallOffReports(Command):
    """Give up reports, rankings and judgements that are under way or wait; none is kept."""


@dataclass(frozen=True, slots=True)
class ReportEvery(InPassing):
    """From now on also report by itself while training goes on.

    Attributes:
        epoch: True for the end of every epoch.
        steps: every so many minibatches; 0 for never.
    """

    epoch: bool = False
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Undo(RunCommand, leaves_tip=True, adds_up=True):
    """Take the last edit back."""


@dataclass(frozen=True, slots=True)
class Redo(RunCommand, leaves_tip=True, adds_up=True):
    """Make the edit again that was taken back last."""


@dataclass(frozen=True, slots=True)
class TakeBranch(RunCommand, leaves_tip=True):
    """Go back to a branch, where it was left."""

    number: int


@dataclass(frozen=True, slots=True)
class NameBranch(InPassing):
    """Call a branch something else."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class DropBranch(InPassing):
    """Forget a branch that is not on screen, and those that began in it."""

    number: int


@dataclass(frozen=True, slots=True)
class SaveSession(InPassing):
    """Write the whole run to a file.

    Attributes:
        path: where to.
        view: what the window remembers, plain values that JSON can hold.
        copy: True for a file that others will begin with: the run on screen does not stand in it.
    """

    path: Path
    view: Mapping[str, Any]
    copy: bool = False


@dataclass(frozen=True, slots=True)
class OpenSession(RunCommand):
    """Go on with a run from a session file.

    Attributes:
        path: the file.
        places: folders to take data sets from instead of where they were.
        demonstration: True for a run that is only shown: it is never kept anywhere.
    """

    path: Path
    places: Mapping[str, str] = field(default_factory=dict)
    demonstration: bool = False

    def with_place(self, name: str, place: str) -> "OpenSession":
        """Return the same with a data set, called by this name, at another place."""
        return replace(self, places={**self.places, name: place})


@dataclass(frozen=True, slots=True)
class PutAside(RunCommand):
    """Put the run on screen aside, as it stands, for others that are only shown."""


@dataclass(frozen=True, slots=True)
class Bookmark(InPassing):
    """Remember a run that is only shown as it stands, under a name, for `ReturnTo`."""

    name: str


@dataclass(frozen=True, slots=True)
class SaveBookmark(InPassing):
    """Write a run that is only shown, as it stood at a bookmark, to a file; nothing is told.

    Attributes:
        name: of the bookmark.
        path: the file.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class ReturnTo(RunCommand):
    """Let a run that is only shown be as it was when a bookmark was put there."""

    name: str


@dataclass(frozen=True, slots=True)
class GiveBack(RunCommand):
    """Let the run that was put aside be on screen again, exactly as it was."""


@dataclass(frozen=True, slots=True)
class Verify(RunCommand):
    """Replay the run from step 0 and tell whether every kept state comes out the same."""


@dataclass(frozen=True, slots=True)
class Pace(InPassing):
    """Train at most so many minibatches a second, or phases; None for as fast as possible."""

    minibatches_per_second: float | None


@dataclass(frozen=True, slots=True)
class FocusOn(InPassing):
    """Show the activations of this test example; the index wraps around."""

    index: int


@dataclass(frozen=True, slots=True)
class TrackParameters(InPassing):
    """Draw the cost surface over these two parameters, indices into theta."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class ShowData(InPassing):
    """Hand out the data set in use, to be looked through."""
