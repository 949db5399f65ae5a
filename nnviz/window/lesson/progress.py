"""Progress: which lessons were done, and where one stopped in others; kept between starts."""

import json
import logging
from collections.abc import Mapping
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

    def __init__(self, path: Path) -> None:
        """Read what is kept."""
        self._path = path
        self._known: dict[str, Progress] = dict(_read(path))

    def of(self, lesson: str) -> Progress:
        """Return how far somebody is in a lesson, by its id."""
        return self._known.get(lesson, Progress())

    def note(self, lesson: str, progress: Progress) -> None:
        """Keep how far somebody is in a lesson, if the disk takes it."""
        if self.of(lesson) == progress:
            return
        self._known[lesson] = progress
        kept = {id: {"scene": one.scene, "done": one.done} for id, one in self._known.items()}
        try:
            write_whole(self._path, json.dumps({"lessons": kept}, indent=1).encode())
        except DataError as error:
            _log.warning("%s", error)  # the lesson goes on all the same


def _read(path: Path) -> Mapping[str, Progress]:
    try:
        if path.stat().st_size > LARGEST:
            return {}
        kept: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    lessons = kept.get("lessons") if isinstance(kept, dict) else None
    found = lessons.items() if isinstance(lessons, dict) else ()
    return {
        id: Progress(_text(one.get("scene")), one.get("done") is True)
        for id, one in found
        if isinstance(one, dict)
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
