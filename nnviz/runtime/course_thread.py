"""The course thread: opens a course, a folder or an archive, while training goes on.

It begins to live with the first course. What it does shows how far it is, and can be called off:
nothing of a course is left then that was not wholly unpacked.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnviz.messages.events import COURSE, CourseRead, Loading
from nnviz.runtime.background_thread import BackgroundThread
from nnviz.runtime.mailbox import Mailbox

Progress = Callable[[float, str], None]
Open = Callable[[Path, Progress], Any]
"""open(path, progress) opens a course; it calls progress(fraction, text) often."""


class CalledOffError(Exception):
    """The way out of opening what is not wanted any more."""


class CourseThread(BackgroundThread[Path]):
    """Owns the thread."""

    def __init__(self, open_course: Open, mailbox: Mailbox) -> None:
        """Prepare it; `open_course` opens a course."""
        super().__init__("course", mailbox)
        self._open = open_course
        self._unwanted = threading.Event()

    def start(self) -> None:
        """Be ready; no thread lives before it is needed."""

    def open(self, path: Path) -> None:
        """Open a course; `CourseRead`, or a failure, tells how that ended."""
        self._unwanted.clear()
        if self._thread.ident is None:
            self._thread.start()
        self._put(path)

    def call_off(self) -> None:
        """Open no further."""
        with self._changed:
            self._waiting.clear()
        self._unwanted.set()

    def end_soon(self) -> None:
        """Open no further, and end."""
        self.call_off()
        super().end_soon()

    def stop(self, timeout: float = 5.0) -> bool:
        """End the thread; tell whether it has ended within so many seconds."""
        self.call_off()
        return super().stop(timeout)

    def _do(self, path: Path) -> None:
        try:
            self._mailbox.put_event(CourseRead(path, self._open(path, self._progress)))
        except CalledOffError:
            pass
        finally:
            self._mailbox.put_event(Loading("", 1.0, who=COURSE))

    def _progress(self, fraction: float, text: str) -> None:
        if self._unwanted.is_set():
            raise CalledOffError
        self._mailbox.put_event(Loading(text, min(fraction, 0.99), stoppable=True, who=COURSE))
