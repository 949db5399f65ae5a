"""Commands about the user's own drawings, published data sets and courses, as frozen values."""

from collections.abc import Sequence
from pathlib import Path

from numpy.typing import ArrayLike

from nnviz.data.drawings import Drawing
from nnviz.dataclass import dataclass
from nnviz.messages.command import Command


@dataclass(frozen=True, slots=True, eq=False)
class KeepDrawing(Command):
    """Keep a drawing for later runs.

    Attributes:
        label: the digit it is said to be.
        image: (28, 28) of 0..1, as a network sees it.
        strokes: what was drawn; none where it came from a picture.
    """

    label: int
    image: ArrayLike
    strokes: Sequence[ArrayLike]


@dataclass(frozen=True, slots=True, eq=False)
class TeachDrawing(KeepDrawing):
    """Let the run learn a drawing, and keep it for later ones."""


class DrawingsCommand(Command):
    """What the data thread does with the drawings that are kept; `Kept` is its answer."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ShowDrawings(DrawingsCommand):
    """Tell which drawings are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class RemoveDrawings(DrawingsCommand):
    """Delete drawings."""

    drawings: Sequence[Drawing]


@dataclass(frozen=True, slots=True, eq=False)
class PutDrawings(DrawingsCommand):
    """Keep drawings under their own names; those that are there are replaced."""

    drawings: Sequence[Drawing]


@dataclass(frozen=True, slots=True, eq=False)
class ExportDrawings(DrawingsCommand):
    """Write drawings for other programs; a `Notice` or a `Failure` tells the outcome.

    Attributes:
        kind: "idx" for MNIST's files, "png" for pictures by class.
        folder: where to; nothing there is overwritten.
        drawings: which.
    """

    kind: str
    folder: Path
    drawings: Sequence[Drawing]


@dataclass(frozen=True, slots=True)
class FetchData(Command):
    """Fetch a data set of `FETCHABLE`; `Downloading` and at last `DownloadOver` tell about it."""

    name: str


@dataclass(frozen=True, slots=True)
class CancelFetch(Command):
    """Fetch it no more; what has arrived is kept for the next time."""


@dataclass(frozen=True, slots=True)
class OpenCourse(Command):
    """Open a course, a folder of lessons or an archive of one; `CourseRead` is the answer."""

    path: Path


@dataclass(frozen=True, slots=True)
class CallOffCourse(Command):
    """Open no course any more."""
