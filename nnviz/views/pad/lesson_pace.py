"""The pace of a lesson: training goes on for it where it rested, and rests again afterwards."""

from collections.abc import Callable

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.command import Command
from nnviz.messages.commands import Pause, Play
from nnviz.views.pad.hand_picture import LESSON


class LessonPace:
    """Presses play and pause for a lesson; who does so by hand is left alone."""

    def __init__(self, send: Callable[[Command], object]) -> None:
        """Begin with no lesson given."""
        self._send = send
        self._play_due = self._pause_due = self._played = False

    def give(self) -> None:
        """Note that a lesson was sent to the run, which has still to take it."""
        self._play_due = True

    def follow(self, snapshot: Snapshot, step: int | None) -> None:
        """Look at the run, which was taught the lesson at a step; None where it was not."""
        if step is None:
            return
        if self._play_due:
            self._play_due, self._pause_due = False, not snapshot.playing
            self._played = False
            if not snapshot.playing:
                self._send(Play())
        elif self._played and not snapshot.playing:  # somebody has paused by hand
            self._pause_due = False
        elif self._pause_due and snapshot.step >= step + LESSON:
            self._pause_due = False
            self._send(Pause())
        self._played = self._played or snapshot.playing
