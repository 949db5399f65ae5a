"""Autosaves: what keeps the runs of several windows safe from crashes and from each other.

Every window writes into a folder of its own and holds a lock on it that the
operating system takes away when the process ends, however it ends. So a folder
whose lock is free belonged to a window that is gone: what is left there was not
closed properly and can be offered to go on with. While it is being offered its
lock is held, so that two windows started at once do not both offer it. One more
lock, held for moments only, guards the coming and going of these folders.
"""

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError
from nnviz.files.recent_runs import RecentRuns
from nnviz.files.saving import private_folder
from nnviz.files.sessions import session_view

PATIENCE = 3.0
"""Most seconds to wait for other windows that come or go at the same moment."""

_PREFIX = "window-"
_SESSION = "session.nnviz"
_PART = "session.part"
_LOCK = "lock"
_LAST = "last.nnviz"
_RUNS = "runs"
_GATE = "gate.lock"

_log = logging.getLogger(__name__)


class AutosaveError(NnvizError):
    """Nothing can be saved automatically here; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class RecoverableRun:
    """The autosave of a window that was not closed properly.

    Attributes:
        path: the session file.
        saved: when it was written, in local time.
    """

    path: Path
    saved: datetime
    _lock: BaseFileLock = field(repr=False)


class Claim:
    """A folder that belongs to one window for as long as it lives.

    Attributes:
        path: the session file to write.
        part: the name to write it under before it takes the place of the last one. It is always
            the same, so that a window killed while writing leaves no more than one such file.
    """

    def __init__(self, autosaves: "Autosaves", lock: BaseFileLock) -> None:
        self._autosaves = autosaves
        self._lock = lock
        folder = Path(lock.lock_file).parent
        self.path = folder / _SESSION
        self.part = folder / _PART

    def adopt(self, recoverable: RecoverableRun) -> None:
        """Take it over as this window's own autosave, once its run is on screen here.

        At no moment is the run without an autosave; afterwards nothing is left of the other window.

        Raises:
            AutosaveError: the file cannot be moved; it stays where it is and will be offered again.
        """
        with _told("taken over", self._autosaves.folder), self._autosaves._gate():
            recoverable.path.replace(self.path)
            with contextlib.suppress(OSError):  # an empty folder goes at the next start
                _remove(recoverable._lock)
        self._autosaves._offered.discard(recoverable)

    def release(self, *, keep: bool) -> None:
        """Give the folder back when the window closes, its run kept or deleted; never raises."""
        keep = keep and _filled(self.path)
        self._autosaves._empty(self.path, self._lock, keep=keep)


class Autosaves:
    """The folder in which all windows of a user keep their runs safe, and recent ones at hand."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when the first window claims its part."""
        self.folder = folder
        self.runs = RecentRuns(folder / _RUNS)
        self._offered: set[RecoverableRun] = set()  # a lock nobody refers to any more is given up

    def claim(self) -> Claim:
        """Make a folder for this window, safe from all others.

        Raises:
            AutosaveError: it cannot be made, or locks do not work there.
        """
        with _told("made", self.folder):
            private_folder(self.folder)
            with self._gate():
                home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.folder))
                lock = _lock(home / _LOCK)
                try:
                    lock.acquire(timeout=0)
                except OSError:
                    _remove(lock)
                    raise
        return Claim(self, lock)

    def left_behind(self) -> list[RecoverableRun]:
        """Find the runs of windows that were not closed properly, newest first; never raises.

        They are reserved for this process until they are adopted, discarded or put off. Folders
        of dead windows without a run are removed.
        """
        found = []
        try:
            if not self.folder.is_dir():
                return []
            with self._gate():
                for home in sorted(self.folder.glob(f"{_PREFIX}*")):
                    recoverable = _recoverable(home)
                    if recoverable is not None:
                        found.append(recoverable)
                        self._offered.add(recoverable)
        except (OSError, AutosaveError):
            _log.warning("Not all autosaves in %s could be seen", self.folder, exc_info=True)
        return sorted(found, key=lambda recoverable: recoverable.saved, reverse=True)

    def discard(self, recoverable: RecoverableRun) -> None:
        """Delete a recoverable run; never raises."""
        self._offered.discard(recoverable)
        self._empty(recoverable.path, recoverable._lock, keep=False)

    def put_off(self, recoverable: RecoverableRun) -> None:
        """Leave a recoverable run for the next start, or for another window; never raises."""
        self._offered.discard(recoverable)
        _unlock(recoverable._lock)

    def keep_as_recent(self, recoverable: RecoverableRun) -> None:
        """Put it among the recent runs, so that nobody is asked again; never raises."""
        self._offered.discard(recoverable)
        self._empty(recoverable.path, recoverable._lock, keep=True)

    def _empty(self, path: Path, lock: BaseFileLock, *, keep: bool) -> None:
        """Remove a window's folder once its run is kept or not; never raises."""
        try:
            with self._gate():
                if keep:
                    self.keep(path)
                _remove(lock)
        except (OSError, AutosaveError):  # then it stays, and is offered at the next start
            _log.warning("The folder %s could not be given back", path.parent, exc_info=True)
            _unlock(lock)

    def keep(self, path: Path) -> None:
        """Move a session file among the recent runs.

        Raises:
            OSError: it cannot be moved; it stays where it is.
        """
        try:
            view = session_view(path)
        except NnvizError:
            view = {}
        place = self.runs.place(view)
        path.replace(place)
        self.runs.came(place, view)

    def last(self) -> Path | None:
        """Return the last run that was closed properly or gave way to another, or None."""
        before = self.folder / _LAST
        if _filled(before):  # as earlier versions kept it
            with contextlib.suppress(OSError):
                self.keep(before)
        return self.runs.newest()

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """Keep all other windows from making or removing folders meanwhile."""
        lock = _lock(self.folder / _GATE)
        try:
            lock.acquire(timeout=PATIENCE, poll_interval=0.01)
        except Timeout:
            raise AutosaveError(
                f"Another nnviz does not answer and blocks {self.folder}: end it and start again."
            ) from None
        try:
            yield
        finally:
            _unlock(lock)


def _lock(path: Path) -> BaseFileLock:
    # Not per thread: a window may be closed by another thread than the one that opened it. And
    # no substitute where the system has no locks: that one would outlive a process that is killed.
    return FileLock(path, thread_local=False, fallback_to_soft=False)


def _unlock(lock: BaseFileLock) -> None:
    with contextlib.suppress(OSError):
        lock.release()


def _recoverable(home: Path) -> RecoverableRun | None:
    """Reserve what a dead window left in its folder; remove the folder if that is nothing."""
    path = home / _SESSION
    if home.is_symlink() or not home.is_dir():
        return None
    lock = _lock(home / _LOCK)
    try:
        lock.acquire(timeout=0)
    except OSError:  # its window is alive, or it is being offered already, or it is not ours
        return None
    try:
        if not _filled(path):
            _remove(lock)
            return None
        with path.open("rb"):
            saved = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            return RecoverableRun(path, saved, lock)
    except OSError:
        _unlock(lock)
        return None


def _filled(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _remove(lock: BaseFileLock) -> None:
    """Delete the folder that a lock belongs to, held or not; only files of ours are deleted.

    The gate must be held: only then can nobody take the lock between its release and its end.
    """
    home = Path(lock.lock_file).parent
    try:
        for name in (_SESSION, _PART):
            (home / name).unlink(missing_ok=True)
    finally:
        _unlock(lock)
    (home / _LOCK).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # something foreign is in it
        home.rmdir()


@contextmanager
def _told(done: str, folder: Path) -> Iterator[None]:
    """Turn what the system says into a sentence."""
    try:
        yield
    except OSError as error:
        raise AutosaveError(
            f"The autosave in {folder} could not be {done}: {error.strerror or error}; "
            "training goes on, but save it yourself."
        ) from error
