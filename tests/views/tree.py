"""The tree that screen readers are handed: what Qt says of a widget and all that is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible

from nnviz.views.shared import accessible


@dataclass(frozen=True)
class Node:
    """One accessible thing; `found` is Qt's own interface to it."""

    role: QAccessible.Role
    name: str
    value: str
    description: str
    rect: QRect
    depth: int
    found: Any


def tree(widget: Any) -> list[Node]:
    """Return a widget and all that is in it, as a screen reader walks through it."""
    accessible.install()
    return [*_walk(QAccessible.queryAccessibleInterface(widget), 0)]


def _walk(found: Any, depth: int) -> Iterator[Node]:
    texts = QAccessible.Text
    name, value, description = (
        found.text(kind) for kind in (texts.Name, texts.Value, texts.Description)
    )
    yield Node(found.role(), name, value, description, found.rect(), depth, found)
    for number in range(found.childCount()):
        child = found.child(number)
        if child is not None:
            yield from _walk(child, depth + 1)
