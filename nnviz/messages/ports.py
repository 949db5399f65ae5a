"""Ports: how a view, or any other part of the window, is joined to the rest.

What a part wants done it sends as a command; what it wants to know it asks; what it
has to say it publishes as an event, and it hears the events whose types it names. So no
part needs to know another, and a second instance of a view joins as the first does.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from nnviz.messages.command import Command

E = TypeVar("E")
C = TypeVar("C", bound=Command)


class Ports(Protocol):
    """What a part is joined to; all of it is used on the GUI thread."""

    def send(self, command: Command) -> None:
        """Have something done by whoever takes commands of this type."""

    def ask(self, request: object, asker: object) -> None:
        """Ask for what takes long; the answer is an event that says what it answers.

        Args:
            request: what is wanted; it takes the place of one of its type by the same asker.
            asker: who wants it.
        """

    def call_off(self, kind: type, asker: object) -> None:
        """Want no answer any more to what this asker asked with a request of this type."""

    def on(self, kind: type[E], slot: Callable[[E], object]) -> None:
        """Hear events of exactly this type.

        Args:
            kind: the type.
            slot: called with each; where it is a method of a `QObject` it is let go with that.
        """

    def publish(self, event: object) -> None:
        """Let everybody hear who listens to events of this type, before this returns."""

    def take(self, kind: type[C], taker: Callable[[C], object]) -> None:
        """Be the one who does commands of this type, and of those that derive from it."""
