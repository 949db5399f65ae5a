"""The learner's record: how far one is in each lesson and what was answered, between starts."""

import logging
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nnviz.data.dataset import DataError
from nnviz.lessons.left_off import LeftOff, read_left_off, save_left_off
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.script import Script
from nnviz.messages.events import Failure, Notice
from nnviz.window.lesson.handing_in import hand_in
from nnviz.window.lesson.listing import answers_of, progress_of
from nnviz.window.lesson.progress import Progress
from nnviz.window.lesson.words import Words
from nnviz.window.settings import Settings

FOLDER = "lessons"
"""Where lessons are kept that were left, in the folder of the settings."""

_log = logging.getLogger(__name__)


class LearnerRecord:
    """Keeps progress and answers in the folder of the settings.

    Attributes:
        answers: the last to every question.
    """

    def __init__(self, settings: Settings) -> None:
        """Read what is kept."""
        self._progress = progress_of(settings)
        self._folder = settings.pages_folder.parent / FOLDER
        self.answers = answers_of(settings)

    def run_of(self, lesson: Lesson, origin: str = "") -> Path:
        """Return the file of the run of a lesson that was left.

        `origin` is where it comes from; see `ProgressFile`.
        """
        mark = sha256(f"{lesson.id} {origin}".encode()).hexdigest()[:16]
        return self._folder / f"{mark}.nnviz"

    def left_off(self, lesson: Lesson, origin: str = "") -> LeftOff | None:
        """Return where a lesson was left, its run perhaps on its way; None for its beginning."""
        if not self._progress.of(lesson.id, origin).scene:
            return None
        return read_left_off(self.run_of(lesson, origin).with_suffix(".json"), lesson)

    def leave_off(self, lesson: Lesson, left: LeftOff | None, origin: str = "") -> Path | None:
        """Keep where a lesson was left; return where its run is to be kept, or None for nowhere."""
        run = self.run_of(lesson, origin)
        notes = run.with_suffix(".json")
        try:
            if left is None:
                for path in (run, notes):
                    path.unlink(missing_ok=True)
                return None
            self._folder.mkdir(parents=True, exist_ok=True)
            run.unlink(missing_ok=True)  # that of another time does not go with these notes
            save_left_off(notes, lesson, left)
        except (OSError, DataError) as error:
            _log.warning("%s", error)  # it begins anew the next time
            return None
        return run

    def note(self, script: Script, origin: str = "") -> None:
        """Keep how far one is, and what was answered."""
        id = script.lesson.id
        done = script.finished or self._progress.of(id, origin).done
        scene = "" if script.finished else script.scene.id
        self._progress.note(id, Progress(scene, done), origin)
        self.answers.note(id, script.given, datetime.now().isoformat(timespec="seconds"), origin)

    def hand_in(
        self, front: QWidget, words: Words, publish: Callable[[Notice | Failure], None]
    ) -> None:
        """Ask for a file in front of a window, and write all that was answered to it."""
        hand_in(self.answers, front, words, publish)
