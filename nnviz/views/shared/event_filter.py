"""One event filter a widget, for all who want to hear of its events.

Qt asks every filter about every event, those of painting too, and for each filter that is
Python's it takes Python's lock anew, which training may just hold. So all share one.
"""

from collections.abc import Callable, Collection
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QObject, Qt
from shiboken6 import isValid

Hears = Callable[[QObject, QEvent], bool]
"""A method of a QObject that takes what is watched and its event; it tells whether that ends
there."""


class EventFilter(QObject):
    """Hands events of what it watches on, by their kinds."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self._heard: dict[QEvent.Type, list[WeakMethod[Hears]]] = {}
        watched.installEventFilter(self)

    def add(self, kinds: Collection[QEvent.Type], hears: Hears) -> None:
        """Hand events of these kinds on from now on; to nobody twice, and to the last one first."""
        method = WeakMethod(hears)
        for kind in kinds:
            heard = [each for each in self._heard.get(kind, ()) if each() is not None]
            if method not in heard:
                heard.insert(0, method)
            self._heard[kind] = heard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand an event on, until somebody takes it."""
        for method in self._heard.get(event.type(), ()):
            hears = method()
            alive = hears is not None and isValid(hears.__self__)  # type: ignore[attr-defined]
            if hears is not None and alive and hears(watched, event):
                return True
        return False


def hear(watched: QObject, kinds: Collection[QEvent.Type], hears: Hears) -> None:
    """Let a method hear of some events before they come to what is watched."""
    found = watched.findChild(EventFilter, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (found or EventFilter(watched)).add(kinds, hears)
