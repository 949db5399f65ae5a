"""The autosave thread: writes runs to files while training goes on.

Files the user asked for are written in the order they were asked for, none is
left out. Autosaves come after them, and a newer one replaces one that waits. An
autosave that fails is told once; training never waits and never stops for it.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.run.record import DataMark, RunRecord, Session
from nnviz.errors import NnvizError
from nnviz.messages.events import Failure, Notice, RunKept, Saved
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox

INTERVAL = 5.0
"""Seconds between two autosaves on a disk that is fast enough."""
LONGEST = 10.0
"""Most seconds of training that a crash may cost, unless the disk needs longer for one autosave."""
SHARE = 10
"""An autosave every so many times as long as it takes, within these limits."""

_log = logging.getLogger(__name__)


class Save(Protocol):
    """Writes a session to a file, all of it or nothing."""

    def __call__(
        self,
        path: Path,
        session: Session,
        *,
        part: Path | None = None,
        unwanted: Callable[[], bool] = ...,
    ) -> bool:
        """Write a session, under the name `part` until it is complete, unless it is unwanted.

        Returns:
            True when written; False where it was given up in the midst.

        Raises:
            NnvizError: it cannot be written there.
        """


class KeepsRecentRuns(Protocol):
    """Keeps recent runs, which gave way to another, by what the views of their records say."""

    def place(self, view: Mapping[str, Any]) -> Path:
        """Return the file for a run.

        Raises:
            OSError: there is no place.
        """

    def came(self, path: Path, view: Mapping[str, Any]) -> None:
        """Take note that the run stands there now."""

    def mark(self, path: Path) -> list[Any] | None:
        """Return what tells whether the file of a recent run has changed; None for other files."""


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """One file to write.

    Attributes:
        path: where to; None for the autosave, and for a run that gives way.
        datasets: the data sets that the record needs, by the names it calls them.
        aside: True where it is the run that gives way.
        copy: True where the run on screen does not stand in that file.
        told: False where nobody is to hear that it is written.
        asked: when the record was made, in seconds of `perf_counter`.
    """

    path: Path | None
    record: RunRecord
    datasets: Mapping[str, Dataset]
    aside: bool = False
    copy: bool = False
    told: bool = True
    asked: float = field(default_factory=lambda: perf_counter())

    def session(self) -> Session:
        """Return what is written; hashing data for the first time takes a while."""
        marks = (
            DataMark(name, dataset.fingerprint(), dataset.description, dataset.made)
            for name, dataset in self.datasets.items()
        )
        return Session(self.record, tuple(marks))


class AutosaveThread(BackgroundThread[_Task]):
    """Owns the saving thread."""

    def __init__(
        self,
        save: Save,
        mailbox: Mailbox,
        autosave: Path | None = None,
        part: Path | None = None,
        recent_runs: KeepsRecentRuns | None = None,
        *,
        interval: float = INTERVAL,
    ) -> None:
        """Prepare the thread; `start` runs it.

        Args:
            save: writes a session to a file.
            mailbox: where events go.
            autosave: the file that keeps this window's run safe, or None for no autosaves.
            part: the name it is written under until it is complete.
            recent_runs: where runs go that give way to another, or None for nowhere.
            interval: seconds between two autosaves.
        """
        super().__init__("autosave", mailbox)
        self._save = save
        self._autosave, self._part, self._recent_runs = autosave, part, recent_runs
        self._interval = interval
        self._latest: _Task | None = None  # the autosave that waits
        self._busy = False
        self._writing: _Task | None = None  # a file that was asked for
        self._closing = False
        self._next_one = perf_counter() + interval
        self._told = False
        # The autosave as this thread wrote it last.
        self._own: tuple[int, int] | None = None

    def due(self, now: float) -> bool:
        """Tell whether it is time for an autosave; cheap enough to ask at every turn."""
        return now >= self._next_one and not self._busy and self._autosave is not None

    def autosave(self, record: RunRecord, datasets: Mapping[str, Dataset]) -> None:
        """Write this record as the autosave soon, instead of any that waits."""
        if self._autosave is None:
            return
        with self._changed:
            self._latest = _Task(None, record, dict(datasets))
            self._busy = True
            self._changed.notify()

    def save(
        self,
        path: Path,
        record: RunRecord,
        datasets: Mapping[str, Dataset],
        *,
        copy: bool = False,
        told: bool = True,
    ) -> None:
        """Write a record to a file; a `Saved` or a `Failure` in the mailbox tells the outcome.

        What is not to be told only tells a `Failure`.
        """
        self._put(_Task(path, record, dict(datasets), copy=copy, told=told))

    def on_its_way(self, path: Path) -> tuple[RunRecord, Mapping[str, Dataset]] | None:
        """Return what is to be written to a file and not there yet, with its data sets."""
        with self._changed:
            tasks = *reversed(self._waiting), *filter(None, (self._writing,))
        found = next((task for task in tasks if task.path == path), None)
        return None if found is None else (found.record, found.datasets)

    @property
    def keeps_recent_runs(self) -> bool:
        """Whether runs that give way to another are written where they can be found again."""
        return self._recent_runs is not None

    def set_aside(self, record: RunRecord, datasets: Mapping[str, Dataset]) -> None:
        """Write a run that gives way to another where it can be found again."""
        if self._recent_runs is None:
            return
        with self._changed:
            self._latest = None  # an earlier moment of the same run
        self._put(_Task(None, record, dict(datasets), aside=True))

    def mark(self, path: Path) -> list[Any] | None:
        """Return what tells whether the file of a recent run has changed; None for other files."""
        return None if self._recent_runs is None else self._recent_runs.mark(path)

    def _put(self, task: _Task) -> None:
        with self._changed:
            self._busy = True
            super()._put(task)

    def end_soon(self) -> None:
        """Be told that the last autosave comes next; others still hand over what is to be kept."""
        self._closing = True

    def stop(self, timeout: float = 10.0) -> bool:
        """Write what waits, then end the thread; tell whether it has ended."""
        self._closing = True
        return super().stop(timeout)

    def _next(self) -> _Task | None:
        """Wait for the next thing to write; None when there is nothing and the thread is to end."""
        with self._changed:
            self._writing = None
            self._busy = bool(self._waiting) or self._latest is not None
            self._changed.wait_for(lambda: self._busy or self._stopping)
            if self._waiting:
                self._writing = self._waiting.popleft()
                return self._writing
            task, self._latest = self._latest, None
            return task

    def _do(self, task: _Task) -> None:
        if task.path is not None:
            self._save(task.path, task.session())
            if task.told:
                self._mailbox.put_event(Saved(task.path, task.copy))
        elif task.aside:
            self._keep_recent(task)
        elif self._autosave is not None:
            self._keep(task, self._autosave)

    def _failure(self, task: _Task, error: Exception) -> Failure:
        return Failure(
            f"The run could not be saved as {task.path}: something inside nnviz failed "
            f"({type(error).__name__}); please report the details.",
            traceback.format_exc(),
        )

    def _keep_recent(self, task: _Task) -> None:
        """Write a run that gave way; only then is its autosave not needed any more."""
        assert self._recent_runs is not None
        view = task.record.view
        try:
            path = self._recent_runs.place(view)
            self._save(path, task.session())
            self._recent_runs.came(path, view)
            self._mailbox.put_event(RunKept())
            if self._autosave is not None and _mark(self._autosave) == self._own:
                self._autosave.unlink(missing_ok=True)
        except Exception as error:  # told each time, for it is another run
            self._tell(
                f"The run before could not be put among the recent runs: {_reason(error)}; Ctrl+Z "
                "brings it back until the new one trains."
            )

    def _keep(self, task: _Task, path: Path) -> None:
        pause = LONGEST
        try:
            session = task.session()  # hashing the data is not the disk's fault
            begun = perf_counter()
            if not self._save(path, session, part=self._part, unwanted=self._newer_waits):
                return
            self._own = _mark(path)
            took = perf_counter() - begun
            # What is written next was trained until then: the time of writing counts as well.
            pause = max(self._interval, min(SHARE * took, LONGEST - took))
            self._told = False
        except Exception as error:  # told once until it is safe again; training goes on
            if not self._told:
                self._told = True
                self._tell(
                    f"The run cannot be kept safe: {_reason(error)}; training goes on, make room "
                    "or save it elsewhere."
                )
        self._next_one = task.asked + pause

    def _newer_waits(self) -> bool:
        """Tell whether the last autosave waits, as the window closes."""
        return self._closing and self._latest is not None

    def _tell(self, sentence: str) -> None:
        self._mailbox.put_event(Notice(sentence))


def _mark(path: Path) -> tuple[int, int] | None:
    """Return what tells whether a file has changed; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _reason(error: Exception) -> str:
    """Return what the system said, where it is its fault, or else the error's own words."""
    cause = error.__cause__ if isinstance(error, NnvizError) else error
    if isinstance(cause, OSError):
        return cause.strerror or str(error).rstrip(".")
    if isinstance(error, NnvizError):
        return str(error).rstrip(".")
    _log.exception("The autosave thread failed")
    return f"something inside nnviz failed ({type(error).__name__})"
