"""Places: where in a window something that a lesson marks stands, in pixels of that window."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QToolButton, QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection
from nnviz.views.shared.items import Items
from nnviz.views.view import View

NEAREST = 6
"""Spots that are marked at most for one thing: it may be seen in several views."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that glows.

    Attributes:
        window: top level widget in which it is.
        rect: where, in its pixels.
        round: True for a neuron, False for a panel or a button.
    """

    window: QWidget
    rect: QRect
    round: bool = False


def of_widget(widget: QWidget | None) -> Iterator[Spot]:
    """Return the place of a widget in sight."""
    if widget is not None and widget.isVisible():
        yield Spot(widget.window(), QRect(widget.mapTo(widget.window(), QPoint()), widget.size()))


def of_thing(thing: Selection, views: Mapping[str, View]) -> Iterator[Spot]:
    """Return where a neuron, a weight or an output stands in views in sight."""
    wanted = {thing}
    if thing.kind == "output":
        wanted.add(Selection("neuron", thing.layer, thing.neuron))
    found = 0
    for view in views.values():
        if not view.in_sight():
            continue
        for items in view.findChildren(Items):
            for item, box in items.boxes().items():
                if getattr(item, "selection", None) in wanted and found < NEAREST:
                    found += 1
                    yield _spot(items.widget, box, thing)


def _spot(widget: QWidget, box: QRectF, thing: Selection) -> Spot:
    inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    corner = inside.mapTo(widget.window(), QPoint())
    rect = box.toAlignedRect().translated(corner)
    return Spot(widget.window(), rect, round=thing.kind in ("neuron", "output"))


def of_command(id: str, around: QWidget) -> Iterator[Spot]:
    """Return where a command's button stands; what has none there glows nowhere."""
    for button in around.findChildren(QToolButton, id):
        yield from of_widget(button)
