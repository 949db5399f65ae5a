"""Recent runs: the folder of runs that gave way to another or were closed, newest kept longest.

A run has a key that no other run has, and its file there is called by it: a run that
gives way again replaces its own file and nobody else's. A run that was opened from this
folder is a longer version of that file and takes its place, unless another window has
changed the file since.
"""

import contextlib
import logging
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError
from nnviz.files.saving import private_folder
from nnviz.files.sessions import session_view

MOST = 20
"""Most runs that are kept."""
BUDGET = 1 << 30
"""Most bytes that they may take unless another number is wished, 1 GiB."""
ENDING = ".nnviz"

_KEY = re.compile(r"[0-9a-f]{16}")
_log = logging.getLogger(__name__)


def new_key() -> str:
    """Return a key that no other run has."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class RecentRun:
    """A run that can be gone on with.

    Attributes:
        path: its session file.
        saved: when it was written, in local time.
        words: what people know it by, plain values: data, layers, step, and score where there
            is one; empty where the file does not say.
    """

    path: Path
    saved: datetime
    words: Mapping[str, Any]


class RecentRuns:
    """The folder of recent runs, made when the first one comes.

    Attributes:
        budget: most bytes that they may take; the newest is kept however large it is.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        self.folder = folder
        self.budget = BUDGET

    def place(self, view: Mapping[str, Any]) -> Path:
        """Return the file for the run whose record has this view, in a folder that exists now.

        Raises:
            OSError: the folder cannot be made.
        """
        private_folder(self.folder)
        key = view.get("key")
        known = isinstance(key, str) and _KEY.fullmatch(key)
        return self.folder / f"{key if known else new_key()}{ENDING}"

    def mark(self, path: Path) -> list[Any] | None:
        """Return what tells whether a file of this folder has changed; None for other files.

        Plain values: [name, time, bytes].
        """
        if path.parent != self.folder:
            return None
        try:
            status = path.stat()
        except OSError:
            return None
        return [path.name, status.st_mtime_ns, status.st_size]

    def came(self, path: Path, view: Mapping[str, Any]) -> None:
        """Take note that a run stands in the folder now; never raises.

        The shorter version of it that it went on from goes, and the oldest runs where there are
        too many.
        """
        with contextlib.suppress(OSError):
            path.chmod(0o600)
        match view.get("continues"):
            case [str(name), int(), int()] as mark if name != path.name:
                before = self.folder / name
                if before.parent == self.folder and self.mark(before) == mark:
                    _delete(before)
        self.prune()

    def listed(self) -> list[RecentRun]:
        """Return the runs, newest first; never raises."""
        return [
            RecentRun(path, datetime.fromtimestamp(when).astimezone(), _words(path))
            for when, _, path in self._files()
        ]

    def newest(self) -> Path | None:
        """Return the file that was written last, or None."""
        files = self._files()
        return files[0][2] if files else None

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return time, bytes and path of every run, newest first."""
        found = []
        with contextlib.suppress(OSError):
            for path in self.folder.glob(f"*{ENDING}"):
                with contextlib.suppress(OSError):
                    status = path.stat()
                    if path.is_file() and status.st_size:
                        found.append((status.st_mtime, status.st_size, path))
        return sorted(found, key=lambda one: (-one[0], one[2].name))

    def prune(self) -> None:
        """Let the oldest runs go where there are too many, or all take too much; never raises."""
        total = 0
        for place, (_, size, path) in enumerate(self._files()):
            total += size
            if place and (place >= MOST or total > self.budget):
                _delete(path)
                total -= size


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        _log.warning("The old run %s could not be deleted", path, exc_info=True)


def _words(path: Path) -> Mapping[str, Any]:
    try:
        words = session_view(path).get("words")
    except NnvizError:
        return {}
    return words if isinstance(words, Mapping) else {}
