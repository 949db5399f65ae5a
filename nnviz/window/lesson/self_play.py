"""Self play: training that plays by itself in a scene, until the script says that it is over.

It ends at the very step at which that was seen, at most the scene's limit: what a sentence says of
it is the same for everybody.
"""

from collections.abc import Callable

from nnviz.lessons.script import Script
from nnviz.messages import commands
from nnviz.messages.command import Command
from nnviz.window.parts import Parts


class SelfPlay:
    """Plays and pauses the run as a scene wants it."""

    def __init__(self, parts: Parts, send: Callable[[Command], None]) -> None:
        """Begin at rest; `send` passes the gate."""
        self._parts, self._send = parts, send
        self._from: int | None = None  # the step at which it began

    @property
    def on(self) -> bool:
        """Whether it plays."""
        return self._from is not None

    def go_on(self, script: Script) -> None:
        """Play, or stop, as the script says, and tell it where that ended by itself."""
        shown, play = self._parts.shown(), script.play
        if shown is None:
            return
        if self._from is None:
            if play is not None:
                self._from = shown.step
                self._send(commands.Pace(play.at or None))
                self._send(commands.Play())
            return
        wanted = script.scene.play
        last = shown.step if wanted is None else self._from + wanted.limit
        if play is None or shown.untrainable or shown.step >= last:
            self.stop()
            self._send(commands.GoTo(min(shown.step, last)))
            if play is not None:
                script.play_ended()

    def stop(self) -> None:
        """Rest, where it played; the speed is the window's again."""
        if self._from is not None:
            self._from = None
            self._send(commands.Pause())
            self._send(commands.Pace(self._parts.toolbar.pace))
