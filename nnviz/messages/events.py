"""Events: what the threads tell the window, and its parts each other, as frozen values.

They are heard on the GUI thread by whoever listens to their type: see `Ports.on`. An
event is declared once, here or where its values are made: snapshots, surfaces, races,
rankings, reports, overviews and the drawings that are kept are events as they are.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.summary import RunSummary
from nnviz.engine.selection import Selection
from nnviz.messages.command import RunCommand
from nnviz.messages.commands import OpenSession, Start
from nnviz.messages.ui_state import UiState

WORKER, EVALUATION, COURSE = "worker", "evaluation", "course"
"""The threads that tell how far they are. What the worker does `Pause` calls off, what the
second does `CallOffReports`, and the third `CallOffCourse`."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Something is being done that takes long: data read or made, a way gone, a net measured.

    Attributes:
        text: what is being done.
        fraction: how much of it is done, 0..1; 1 when it is over.
        stoppable: True where it can be called off.
        who: the thread that does it; several may be at something at a time.
    """

    text: str
    fraction: float
    stoppable: bool = False
    who: str = WORKER


@dataclass(frozen=True, slots=True, eq=False)
class CourseRead:
    """A course has been opened.

    Attributes:
        path: its folder, or its archive.
        course: what was found there, an `OpenedCourse` of the lessons.
    """

    path: Path
    course: Any


@dataclass(frozen=True, slots=True)
class Surveying:
    """A cost surface that takes long is being computed.

    Attributes:
        generation: of the request it answers.
        fraction: how much of it is done, 0..1; 1 when it is over, also where it was cancelled.
    """

    generation: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Racing:
    """A race on a plane through the network is being run.

    Attributes:
        generation: of the request it answers.
        fraction: how much of it is done, 0..1.
    """

    generation: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Something went wrong; the last good state stands.

    Attributes:
        sentence: what is wrong and what to do.
        details: for a report to the authors; empty where the sentence says all.
        refused: the command that could not be done; None where it was something else.
    """

    sentence: str
    details: str = ""
    refused: RunCommand | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the user in passing; nothing is wrong. "" ends what was told before."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A session has been written to a file.

    Attributes:
        path: the file.
        copy: as `SaveSession` has it.
    """

    path: Path
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A run is on screen, or will be with the next snapshot, that says what is to be shown.

    Attributes:
        path: the session that it was read from; None where it has just begun.
        view: what the window remembered in it, or what an example shows.
        run: number of its run, as snapshots have it.
    """

    path: Path | None
    view: Mapping[str, Any]
    run: int


@dataclass(frozen=True, slots=True, eq=False)
class KnownRun:
    """A run that is kept, and can be opened.

    Attributes:
        path: its session file.
        when: when it was written, in words.
        summary: what was tried and what came of it.
    """

    path: Path
    when: str
    summary: RunSummary


@dataclass(frozen=True, slots=True, eq=False)
class KnownRuns:
    """The runs that are kept, the newest first, as `ListRuns` asked for them."""

    runs: tuple[KnownRun, ...]


@dataclass(frozen=True, slots=True)
class RunKept:
    """A run that gave way to another is kept now, where it can be found again."""


@dataclass(frozen=True, slots=True, eq=False)
class LaidOver:
    """The test costs of another run, drawn over those of the run on screen.

    Attributes:
        name: what it is called there.
        epochs, costs: of its points, (points,).
    """

    name: str
    epochs: Array
    costs: Array


@dataclass(frozen=True, slots=True, eq=False)
class CurvesLaidOver:
    """From now on these curves are drawn over the cost curve, and no others."""

    curves: tuple[LaidOver, ...]


@dataclass(frozen=True, slots=True)
class DataMissing:
    """What is opened needs a data set that is not where it was, or is not the same any more.

    Attributes:
        opening: the request that cannot go on without it: a session, or a saved network's start.
        name: the data set as the request calls it.
        sentence: what is wrong.
    """

    opening: OpenSession | Start
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DataInUse:
    """The data set in use, as `ShowData` asked for it: frozen, and shared with training."""

    dataset: Dataset


@dataclass(frozen=True, slots=True)
class Downloading:
    """A published data set is arriving.

    Attributes:
        name: as the table of data sets calls it.
        fraction: how much of it is here, 0..1.
        text: the file, and how much of that is here.
        host: the mirror it comes from.
    """

    name: str
    fraction: float
    text: str
    host: str


@dataclass(frozen=True, slots=True)
class DownloadOver:
    """A download has ended.

    Attributes:
        name: as the table of data sets calls it.
        problem: why it failed and what to do; empty where it did not.
        cancelled: True where it was called off; what has arrived is kept.
    """

    name: str
    problem: str
    cancelled: bool = False


# -- what parts of the window tell each other ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Selected:
    """Something else is explained and marked in every view; None for nothing any more."""

    selection: Selection | None


@dataclass(frozen=True, slots=True)
class RaceOver:
    """A race of the optimisers has been shown to its end.

    Attributes:
        winner: who is lowest there, by the name of the optimiser; empty for nobody.
    """

    winner: str


@dataclass(frozen=True, slots=True)
class UiChanged:
    """Something on screen besides the run has been chosen anew; told after a while, not at once."""

    state: UiState


@dataclass(frozen=True, slots=True, eq=False)
class Busy:
    """Something begins to take long that can be called off, or is over.

    Attributes:
        who: for whom it is done, any object of its own.
        busy: True where it begins.
    """

    who: object
    busy: bool


@dataclass(frozen=True, slots=True)
class CalledOff:
    """Whoever waits for something that takes long should give it up."""


@dataclass(frozen=True, slots=True)
class RecipeTyped:
    """What the recipe form says has changed, and is possible; nothing is in force yet."""

    recipe: Recipe


@dataclass(frozen=True, slots=True)
class StepWanted:
    """A step of the run is to be typed, wherever that can be done."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawingWanted:
    """Another drawing lies on the pad, for the network to show.

    Attributes:
        picture: as a network sees it, (inputs,), read-only; None where it is to show none.
    """

    picture: Array | None


@dataclass(frozen=True, slots=True, eq=False)
class DrawingShown:
    """The network shows a drawing in place of the example in focus.

    Attributes:
        picture: the drawing, (inputs,); None for the example again.
    """

    picture: Array | None


@dataclass(frozen=True, slots=True)
class DrawingAdded:
    """Another drawing is kept, and may be trained on by now."""


@dataclass(frozen=True, slots=True)
class DrawingsLearned:
    """The run has more drawings among its training data now.

    Attributes:
        labels: which digits they are.
    """

    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HandWanted:
    """Somebody wants the network to learn their handwriting, wherever digits can be drawn."""


@dataclass(frozen=True, slots=True)
class PictureChosen:
    """A picture file was opened, to be read as a drawing is."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class PictureDropped:
    """A picture that lies in no file was let go over the window, as Qt has it."""

    content: object
