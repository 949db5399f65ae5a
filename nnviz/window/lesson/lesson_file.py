"""The file of a lesson that is open: read anew whenever it is saved."""

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from nnviz.errors import NnvizError
from nnviz.lessons import load_lesson
from nnviz.lessons.lesson import Lesson

PAUSE_MS = 200
"""Milliseconds after which an editor has written all, and given the file its name."""


class LessonFile(QObject):
    """Watches the file of one lesson.

    Signals:
        changed(object): the lesson as its file has it now.
    """

    changed = Signal(object)

    def __init__(self, tell: Callable[[NnvizError], object], parent: QObject) -> None:
        """Watch nothing yet; `tell` says what is wrong with a file that was saved."""
        super().__init__(parent)
        self._tell = tell
        self._lesson: Lesson | None = None
        self._reading = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._reading.timeout.connect(self._read)
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(lambda _path: self._reading.start())

    def watch(self, lesson: Lesson | None) -> None:
        """Watch the file of a lesson from now on; None for no more."""
        self._lesson = lesson
        if watched := self._files.files():
            self._files.removePaths(watched)
        if lesson is not None:
            self._files.addPath(str(lesson.path))
        else:
            self._reading.stop()

    def _read(self) -> None:
        before = self._lesson
        if before is None:
            return
        if not before.path.exists():  # an editor writes it under another name first
            self._reading.start()
            return
        self.watch(before)
        try:
            lesson = load_lesson(before.path)
        except NnvizError as error:
            self._tell(error)
            return
        told = (lesson.heading, lesson.start, lesson.scenes)
        if told != (before.heading, before.start, before.scenes):
            self.changed.emit(lesson)
