"""The items of painted views as screen readers find them: each a child of its widget.

Qt asks for any of this only where something listens, a screen reader or a test; else the factory is
never called and nothing is made. `Items` has what is said.

A child that Qt knows must be deleted by Qt: it is kept until its widget goes, and given up then. It
offers no actions: where Python overrides `interface_cast`, Qt takes its None for an interface, and
the process ends. What presses an item is Enter, in its widget.
"""

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from nnviz import wording
from nnviz.views.shared.items import HEARD_BY, Item, Items, Kind, Said

ROLES: Mapping[Kind, QAccessible.Role] = {
    "cell": QAccessible.Role.Cell,
    "mark": QAccessible.Role.Graphic,
    "button": QAccessible.Role.Button,
    "row": QAccessible.Role.ListItem,
    "bar": QAccessible.Role.ListItem,
    "text": QAccessible.Role.StaticText,
}
NOBODY = cast(QAccessibleInterface, None)
"""No child: Qt takes None for that, though its annotations do not say so."""


def install() -> None:
    """Let Qt find the items of painted views; asked for again it does nothing."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made_for)
        HEARD_BY.append(_tell)


_installed: list[bool] = []


def items_of(widget: QObject) -> Items | None:
    """Return the items that a widget lists; None where it lists none."""
    return widget.findChild(Items, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _tell(items: Items, other: bool) -> None:
    """Let those who listen hear of another item that was gone to, or of its other value."""
    now = items.current()
    view = QAccessible.queryAccessibleInterface(items.widget)
    if now is None or not isinstance(view, AccessibleView):
        return
    kinds = QAccessible.Event
    child = view.of(now)
    focus = (kinds.Focus,) if other and items.widget.hasFocus() else ()
    for kind in (*focus, kinds.NameChanged, kinds.DescriptionChanged):
        QAccessible.updateAccessibility(QAccessibleEvent(child, kind))


def _made_for(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QWidget):
        return None
    items = items_of(thing)
    return None if items is None else AccessibleView(thing, items)


class AccessibleView(QAccessibleWidget):
    """A painted widget: its children are the widgets on it, and its items."""

    def __init__(self, widget: QWidget, items: Items) -> None:
        super().__init__(widget, QAccessible.Role.Grouping)
        self._items = items
        self._listed: list[Item] = []
        self._children: dict[Item, AccessibleItem] = {}
        items.destroyed.connect(partial(_give_up, self._children))

    def of(self, item: Item) -> "AccessibleItem":
        """Return the child for an item."""
        if item not in self._children:
            child = self._children[item] = AccessibleItem(self._items, item)
            QAccessible.registerAccessibleInterface(child)
        return self._children[item]

    def childCount(self) -> int:
        """Count the widgets on it and the items in sight."""
        self._listed = [*self._items.listed()]
        return super().childCount() + len(self._listed)

    def child(self, index: int) -> QAccessibleInterface:
        """Return a child: first the widgets, then the items."""
        number = index - super().childCount()
        if number < 0:
            return super().child(index)
        if not self._listed:
            self.childCount()
        return self.of(self._listed[number]) if number < len(self._listed) else NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which child this is, or −1."""
        if not isinstance(child, AccessibleItem):
            return super().indexOfChild(child)
        self.childCount()
        here = child.item in self._listed
        return super().childCount() + self._listed.index(child.item) if here else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return what stands at a place of the screen."""
        widget = super().childAt(x, y)
        if widget is not None and widget.text(QAccessible.Text.Name):
            return widget  # else it is what the items are painted on
        boxes = self._items.listed()
        for item in reversed(boxes):
            if self._items.on_screen(boxes[item]).contains(x, y):
                return self.of(item)
        return widget

    def focusChild(self) -> QAccessibleInterface:
        """Return the item that was gone to, where the focus is here."""
        now = self._items.current()
        here = now is not None and self._items.widget.hasFocus()
        return self.of(now) if here and now is not None else super().focusChild()


class AccessibleItem(QAccessibleInterface):
    """One item: its name, its value at this moment, and where it stands."""

    def __init__(self, items: Items, item: Item) -> None:
        super().__init__()
        self._items, self.item = items, item

    def isValid(self) -> bool:
        """Tell whether the item is there still."""
        return True

    def object(self) -> QObject:
        """Return no object: it is painted."""
        return cast(QObject, None)

    def parent(self) -> QAccessibleInterface:
        """Return the widget that it is painted on."""
        return QAccessible.queryAccessibleInterface(self._items.widget)

    def child(self, _index: int) -> QAccessibleInterface:
        """Return nothing: there is nothing in it."""
        return NOBODY

    def childCount(self) -> int:
        """Count nothing."""
        return 0

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface:
        """Return nothing."""
        return NOBODY

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return −1: it has none."""
        return -1

    def rect(self) -> QRect:
        """Return where it stands on the screen; nowhere once it is out of sight."""
        box = self._items.listed().get(self.item, QRectF())
        return self._items.on_screen(box).toAlignedRect() if box.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        """Return what it is."""
        return ROLES[self._items.kind_of(self.item)]

    def state(self) -> QAccessible.State:
        """Return whether it is gone to and can be."""
        state, now = QAccessible.State(), self._items.current() == self.item
        state.focusable = state.selectable = True
        state.selected = now
        state.focused = now and self._items.widget.hasFocus()
        return state

    def text(self, wanted: QAccessible.Text) -> str:
        """Return its name, and what its value is at this moment."""
        if self.item not in self._items.listed() and self.item != self._items.current():
            return ""
        said: Said = self._items.said(self.item)
        if wanted == QAccessible.Text.Name:
            return wording.said(said.name)
        # Linux hands on no texts as values, so it describes as well.
        values = (QAccessible.Text.Value, QAccessible.Text.Description)
        return wording.said(said.value) if wanted in values else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Leave it: nothing is typed here."""


def _give_up(children: dict[Item, AccessibleItem], _gone: object = None) -> None:
    """Let Qt delete children, as only then it forgets them."""
    for child in children.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
    children.clear()
