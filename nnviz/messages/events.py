"""Events: what the threads tell the window besides snapshots, as frozen values.

They arrive on the GUI thread, through the bridge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.data.drawings import Kept
from nnviz.data.overview import Overview
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.race.plane_race import RaceAnswer
from nnviz.messages.commands import OpenSession, Start


@dataclass(frozen=True, slots=True)
class Loading:
    """Something is being done that takes long: data read or made, a way gone, a net measured.

    Attributes:
        text: what is being done.
        fraction: how much of it is done, 0..1; 1 when it is over.
        stoppable: True where `Pause` calls it off.
    """

    text: str
    fraction: float
    stoppable: bool = False


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
    """

    sentence: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the user in passing; nothing is wrong."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A session has been written.

    Attributes:
        path: the file.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class Opened:
    """A session has been read and is on screen.

    Attributes:
        path: the file.
        view: what the window remembered in it.
    """

    path: Path
    view: Mapping[str, Any]


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
class Shelf:
    """The data set in use, as `Browse` asked for it.

    Attributes:
        dataset: frozen, and shared with training.
    """

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


Event = (
    Loading
    | Surveying
    | Racing
    | RaceAnswer
    | Failure
    | Notice
    | Ranking
    | Report
    | Saved
    | Opened
    | DataMissing
    | Shelf
    | Overview
    | Kept
    | Downloading
    | DownloadOver
)
