"""The items of a painted view: its neurons, edges, cells or points, listed one by one.

To Qt a widget that paints many things is one thing. A view lists them here, with where they stand
and what is to be said of them; arrow keys go from one to the next, and screen readers find each.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from time import monotonic
from typing import Any, Literal, cast

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from nnviz.dataclass import dataclass

Item = Hashable
"""What an item is called in its view: a cell's row and column, an example's number."""
Kind = Literal["cell", "mark", "button", "row", "bar", "text"]
"""What an item is to a screen reader: a cell or a row of a table, a mark of a drawing, …"""
Way = tuple[int, int]
"""A direction on screen: right and down are 1."""

WAYS: dict[Qt.Key, Way] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
PAUSE_MS = 1000
"""Time between two values of one item that a screen reader is told: a voice is slow."""
FRESH = 0.2
"""Seconds for which a screen reader is handed the same places again."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ASIDE = 2.5
"""How many times as far as straight on it is to something that lies aside of the way."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an item: what it is, and its value at this moment."""

    name: str
    value: str = ""


class Items(QObject):
    """The items of one widget; what is not told by the methods below is the widget's own affair.

    Attributes:
        kind: what they are to a screen reader.
        moves: keys that go from item to item; none where the view has keys of its own for that.
        pressed_by: keys that press the item that was gone to.
    """

    kind: Kind = "mark"
    moves: Iterable[Qt.Key] = tuple(WAYS)
    pressed_by: Iterable[Qt.Key] = tuple(ENTER)

    def __init__(self, widget: QWidget) -> None:
        """List what this widget paints."""
        super().__init__(widget)
        self._told: tuple[Item | None, Said | None] = (None, None)
        self._listed: tuple[float, Mapping[Item, QRectF]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)

    @property
    def widget(self) -> Any:
        """The widget; only Qt keeps it alive."""
        return cast(QWidget, self.parent())

    # -- what a view tells ----------------------------------------------------------------------

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where each item in sight stands in the widget (its viewport), in their order."""
        raise NotImplementedError

    def said(self, item: Item) -> Said:
        """Return what is said of an item."""
        raise NotImplementedError

    def current(self) -> Item | None:
        """Return the item that was gone to; None for none."""
        return None

    def go_to(self, item: Item) -> None:
        """Go to an item, as an arrow key does."""
        raise NotImplementedError

    def press(self, item: Item) -> None:
        """Do what a click on an item does."""
        self.go_to(item)

    def kind_of(self, _item: Item) -> Kind:
        """Return what an item is to a screen reader, where not all are alike."""
        return self.kind

    # -- keys -----------------------------------------------------------------------------------

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is theirs: arrows where there is something, Enter on an item."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in self.pressed_by:
            return self.current() is not None
        return key in self.moves and bool(self.boxes())

    def key(self, event: QKeyEvent) -> bool:
        """Go to the next item in the way of an arrow, or press this one; tell whether it is so."""
        if not self.takes_key(event):
            return False
        key, now = Qt.Key(event.key()), self.current()
        if key in self.pressed_by:
            self.press(now)
            self.told_anew()
            return True
        there = self.next_of(now, WAYS[key])
        if there is not None:
            self.go_to(there)
            self.told_anew()
        return True

    def next_of(self, now: Item | None, way: Way) -> Item | None:
        """Return the next item in a direction; from none the one in the middle."""
        boxes = self.boxes()
        if now is None or now not in boxes:
            return nearest(boxes, QPointF(self.widget.width() / 2, self.widget.height() / 2))
        return towards(boxes, now, way)

    # -- screen readers -------------------------------------------------------------------------

    def listed(self) -> Mapping[Item, QRectF]:
        """Return `boxes`, those of a moment ago where they were asked for then.

        A screen reader asks for each item by itself, many times a second.
        """
        now = monotonic()
        if self._listed is None or now - self._listed[0] > FRESH:
            self._listed = now, self.boxes() if self.widget.isVisible() else {}
        return self._listed[1]

    def on_screen(self, box: QRectF) -> QRectF:
        """Return where a box of the widget stands on the screen."""
        widget = self.widget
        if isinstance(widget, QAbstractScrollArea):
            widget = widget.viewport()
        return box.translated(QPointF(widget.mapToGlobal(QPoint())))

    def told_anew(self) -> None:
        """Let a screen reader hear of another item, and now and then of its other value."""
        self._listed = None
        if not QAccessible.isActive():
            return
        now = self.current()
        told = now, None if now is None else self.said(now)
        if told[0] != self._told[0]:
            self._told = told
            self._tell(other=True)
        elif told != self._told and not self._pause.isActive():
            self._told = told
            self._pause.start()

    def _tell(self, *, other: bool = False) -> None:
        for tell in HEARD_BY:
            tell(self, other)


HEARD_BY: list[Callable[[Items, bool], None]] = []
"""Who is told of items: which, and whether another was gone to. It is asked only while a screen
reader is there."""


def nearest(boxes: Mapping[Item, QRectF], at: QPointF) -> Item | None:
    """Return the item whose middle is next to a place."""
    items, middles = _middles(boxes)
    if not items:
        return None
    away = ((middles - at.toTuple()) ** 2).sum(axis=1)
    return items[int(np.argmin(away))]


def towards(boxes: Mapping[Item, QRectF], now: Item, way: Way) -> Item | None:
    """Return the item next to one in a direction; None where there is none.

    What lies straight on is nearer than what lies aside, and what lies more aside than on does not
    count: so the same way back leads back, or near to it.
    """
    items, middles = _middles(boxes)
    at = items.index(now)
    step = middles - middles[at]
    on, aside = step @ way, np.abs(step @ (way[1], way[0]))
    there = (on > 0) & (aside <= 2 * on)
    if not there.any():
        return None
    cost = np.where(there, on + ASIDE * aside, np.inf)
    return items[int(np.argmin(cost))]


def _middles(boxes: Mapping[Item, QRectF]) -> tuple[list[Item], np.ndarray[Any, Any]]:
    middles = [box.center().toTuple() for box in boxes.values()]
    return [*boxes], np.array(middles, np.float64).reshape(-1, 2)
