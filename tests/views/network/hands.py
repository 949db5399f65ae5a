"""Gestures that QTest does not know, and what is written where."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsSimpleTextItem


def on_screen(view, x, y):
    """Return where a place of the drawing is seen."""
    return view.drawing.camera.transform.map(QPointF(x, y))


def wheel(view, where, notches, modifiers=Qt.KeyboardModifier.NoModifier):
    """Turn the wheel over a place of a view; return whether that was used."""
    at = QPointF(where)
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def lines_of(view):
    """Return every line of text that can be seen in a network view."""
    return [
        item
        for item in view.drawing.scene.items()
        if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible() and item.text()
    ]


def words_of(view):
    """Return what is written in a network view, line by line."""
    return [line.text() for line in lines_of(view) if line.opacity()]
