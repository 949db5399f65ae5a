"""Progress: which lessons were done, and where one stopped in others; kept between starts.

A lesson is known by its id and by where it comes from: one that somebody has copied is another.
"""

import json
import logging
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from nnviz.data.dataset import DataError
from nnviz.data.disk import write_whole
from nnviz.dataclass import dataclass

LARGEST = 2**20
"""Most bytes of the file that are read."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is in one lesson.

    Attributes:
        scene: the id of the scene where it was left; empty at its beginning.
        done: whether it was ever finished.
    """

    scene: str = ""
    done: bool = False


class ProgressFile:
    """Keeps it in one file of the user's; one that is broken costs nothing but what was in it."""

    def __init__(self, path: Path, own: Container[str] = ()) -> None:
        """Read what is kept; `own` are the ids of nnviz's lessons."""
        self._path, self._ids = path, own
        kept = _read(path)
        self._own = _lessons(kept.get("lessons"))
        elsewhere = kept.get("elsewhere")
        found = elsewhere.items() if isinstance(elsewhere, dict) else ()
        self._elsewhere = {origin: _lessons(lessons) for origin, lessons in found}

    def of(self, lesson: str, origin: str = "") -> Progress:
        """Return how far somebody is in a lesson.

        Args:
            lesson: its id.
            origin: where it comes from: the path of its course or file; "" for nnviz's own.
        """
        known = self._elsewhere.get(origin, {}) if origin else self._own
        if lesson not in known and self._is_of_before(lesson, origin):
            return self._own[lesson]
        return known.get(lesson, Progress())

    def _is_of_before(self, lesson: str, origin: str) -> bool:
        """Tell whether what is kept of a lesson is from when nobody noted where it came from."""
        return bool(origin) and lesson in self._own and lesson not in self._ids

    def note(self, lesson: str, progress: Progress, origin: str = "") -> None:
        """Keep how far somebody is in a lesson, if the disk takes it; see `of`."""
        if self.of(lesson, origin) == progress:
            return
        if self._is_of_before(lesson, origin):
            del self._own[lesson]  # it is that of this place from now on
        known = self._elsewhere.setdefault(origin, {}) if origin else self._own
        known[lesson] = progress
        elsewhere = {origin: _plain(lessons) for origin, lessons in self._elsewhere.items()}
        kept = {"lessons": _plain(self._own), "elsewhere": elsewhere}
        try:
            write_whole(self._path, json.dumps(kept, indent=1).encode())
        except DataError as error:
            _log.warning("%s", error)  # the lesson goes on all the same


def _read(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            return {}
        kept: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _plain(lessons: Mapping[str, Progress]) -> dict[str, Any]:
    return {id: {"scene": one.scene, "done": one.done} for id, one in lessons.items()}


def _lessons(kept: object) -> dict[str, Progress]:
    found = kept.items() if isinstance(kept, dict) else ()
    return {
        id: Progress(_text(one.get("scene")), one.get("done") is True)
        for id, one in found
        if isinstance(one, dict)
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
