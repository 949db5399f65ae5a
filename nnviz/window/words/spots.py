"""Spots: where in a panel a term is written, in labels and in what the panel paints itself."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractButton, QGraphicsView, QLabel, QWidget

from nnviz.wording import said

MOST = 8
"""Spots that are marked at once: the shortest texts, which say little else."""
Spot = tuple[int, QRect]
"""How many letters a text has, and its place."""


def spots(panel: QWidget, names: Callable[[str], bool]) -> list[QRect]:
    """Return the places in a panel, in its pixels, of the texts that name something."""
    found = sorted((*_in_widgets(panel, names), *_painted(panel, names)), key=lambda spot: spot[0])
    apart: list[QRect] = []
    for _, rect in found:
        seen = not rect.isEmpty() and panel.rect().contains(rect.center())
        if seen and not any(other.contains(rect.center()) for other in apart):
            apart.append(rect)
    return apart[:MOST]


def _in_widgets(panel: QWidget, names: Callable[[str], bool]) -> Iterator[Spot]:
    for widget in panel.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible():
            text = said(widget.text())
            if names(text):
                yield len(text), QRect(widget.mapTo(panel, QPoint()), widget.size())
        elif isinstance(widget, QGraphicsView) and widget.isVisible():
            yield from _in_scene(panel, widget, names)


def _in_scene(panel: QWidget, view: QGraphicsView, names: Callable[[str], bool]) -> Iterator[Spot]:
    for item in view.scene().items() if view.scene() is not None else ():
        write = getattr(item, "toPlainText", None) or getattr(item, "text", None)
        text = said(str(write())) if callable(write) and item.isVisible() else ""
        if text and names(text):
            rect = view.mapFromScene(item.sceneBoundingRect()).boundingRect()
            yield len(text), rect.translated(view.viewport().mapTo(panel, QPoint()))


def _painted(panel: QWidget, names: Callable[[str], bool]) -> list[Spot]:
    """Let the panel be painted once, and note what is written where."""
    found: list[Spot] = []
    usual = QPainter.drawText

    @wraps(usual)
    def note(painter: QPainter, *args: Any) -> Any:
        text = next((said(one) for one in args if isinstance(one, str)), "")
        if names(text):
            rect = painter.deviceTransform().mapRect(_place(painter, args, text)).toAlignedRect()
            found.append((len(text), rect))
        return usual(painter, *args)

    setattr(QPainter, "drawText", note)  # noqa: B010
    try:
        panel.grab()
    finally:
        setattr(QPainter, "drawText", usual)  # noqa: B010
    return found


def _place(painter: QPainter, args: tuple[Any, ...], text: str) -> QRectF:
    at = args[0]
    if isinstance(at, QRectF | QRect):
        flags = next((int(one) for one in args[1:] if isinstance(one, int)), 0)
        return QRectF(painter.boundingRect(QRectF(at), flags, text))
    base = QPointF(at) if isinstance(at, QPointF | QPoint) else QPointF(args[0], args[1])
    return QFontMetricsF(painter.font()).tightBoundingRect(text).translated(base)
