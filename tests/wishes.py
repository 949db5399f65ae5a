"""What a view wants done, told by the kind of command."""

from collections.abc import Callable
from typing import Any

from nnviz.messages.command import Command


def on_wish(view: Any, kind: type[Command], slot: Callable[[Any], Any]) -> None:
    """Call a slot with every command of a kind that a view, or a part of one, sends."""

    def tell(command: Command) -> None:
        if isinstance(command, kind):
            slot(command)

    view.wanted.connect(tell)
