"""Dragging files over a widget and letting them go."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_REST = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_COPY = Qt.DropAction.CopyAction


def drop(widget: QWidget, paths: Iterable[Path], at: QPointF | None = None) -> bool:
    """Drag files over a widget and let go; tell whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(widget.rect().center()) if at is None else at
    enter = entering(place, mime)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(place, _COPY, mime, *_REST)
    QApplication.sendEvent(widget, event)
    assert enter.isAccepted() == event.isAccepted()
    return event.isAccepted()


def entering(place: QPointF, mime: QMimeData) -> QDragEnterEvent:
    """Make the event of files that are dragged into a widget."""
    try:
        return QDragEnterEvent(place, _COPY, mime, *_REST)
    except TypeError:  # Qt before 6.12 takes whole pixels only, which later ones call out of date
        return QDragEnterEvent(place.toPoint(), _COPY, mime, *_REST)
