"""The learner's record: how far one is in each lesson and what was answered, between starts."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from nnviz.lessons.lesson import Lesson
from nnviz.lessons.script import Script
from nnviz.messages.events import Failure, Notice
from nnviz.window.lesson.handing_in import hand_in
from nnviz.window.lesson.listing import answers_of, progress_of
from nnviz.window.lesson.progress import Progress
from nnviz.window.lesson.words import Words
from nnviz.window.settings import Settings


class LearnerRecord:
    """Keeps progress and answers in the folder of the settings.

    Attributes:
        answers: the last to every question.
    """

    def __init__(self, settings: Settings) -> None:
        """Read what is kept."""
        self._progress = progress_of(settings)
        self.answers = answers_of(settings)

    def scene(self, lesson: Lesson, origin: str = "") -> str:
        """Return the id of the scene where a lesson was left; empty for its beginning.

        `origin` is where it comes from; see `ProgressFile`.
        """
        return self._progress.of(lesson.id, origin).scene

    def note(self, script: Script, origin: str = "") -> None:
        """Keep how far one is, and what was answered."""
        id = script.lesson.id
        done = script.finished or self._progress.of(id, origin).done
        scene = "" if script.finished else script.scene.id
        self._progress.note(id, Progress(scene, done), origin)
        self.answers.note(id, script.given, datetime.now().isoformat(timespec="seconds"))

    def hand_in(
        self, front: QWidget, words: Words, publish: Callable[[Notice | Failure], None]
    ) -> None:
        """Ask for a file in front of a window, and write all that was answered to it."""
        hand_in(self.answers, front, words, publish)
