"""The gate: ports through which all passes that is done in the window; a lesson may shut it."""

from collections.abc import Callable
from typing import TypeVar

from nnviz.messages.command import Command
from nnviz.messages.ports import Ports

E = TypeVar("E")
C = TypeVar("C", bound=Command)


class Gate:
    """Ports that pass on what may be done now.

    Attributes:
        beyond: the ports that it passes things on to; what is sent there is not asked about.
        judge: returns a command as it may pass, or None where it may not; None where all may.
        hears: tells whether an event may be published; None where all may.
    """

    def __init__(self, beyond: Ports) -> None:
        """Begin open."""
        self.beyond = beyond
        self.judge: Callable[[Command], Command | None] | None = None
        self.hears: Callable[[object], bool] | None = None

    def send(self, command: Command) -> None:
        """Have something done, where that is allowed."""
        passing = command if self.judge is None else self.judge(command)
        if passing is not None:
            self.beyond.send(passing)

    def ask(self, request: object, asker: object) -> None:
        """Ask for what takes long; see `Ports.ask`."""
        self.beyond.ask(request, asker)

    def call_off(self, kind: type, asker: object) -> None:
        """Want no answer any more; see `Ports.call_off`."""
        self.beyond.call_off(kind, asker)

    def on(self, kind: type[E], slot: Callable[[E], object]) -> None:
        """Hear events of this type; see `Ports.on`."""
        self.beyond.on(kind, slot)

    def publish(self, event: object) -> None:
        """Let everybody hear an event; see `Ports.publish`."""
        if self.hears is None or self.hears(event):
            self.beyond.publish(event)

    def take(self, kind: type[C], taker: Callable[[C], object]) -> None:
        """Be the one who does commands of this type; see `Ports.take`."""
        self.beyond.take(kind, taker)
