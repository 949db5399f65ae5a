"""Line drawing: a line that a learner draws in the plane, by hand or by keys."""

from collections.abc import Iterable
from math import cos, sin
from typing import Any, Protocol, cast

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.lessons.judging import Line
from nnviz.views.palette import Theme

TURN, SHIFT = 0.05, 0.02
"""Radians and shares of the field by which one press of an arrow key turns and moves a line."""


class Field(Protocol):
    """What has coordinates: the drawing of a plane."""

    def place_at(self, at: QPointF) -> Any:
        """Return the coordinates under a pixel, or None beside the field."""

    def places_of(self, points: Any) -> Any:
        """Return where coordinates stand, in pixels."""

    def ends(self) -> Any:
        """Return the ends of both axes."""


class LineDrawing(QWidget):
    """Lies over the drawing of a plane and takes a line.

    Attributes:
        line: two points in the units of the inputs, or None.

    Signals:
        drawn(): there is another line.
    """

    drawn = Signal()

    def __init__(self, plot: QWidget, theme: Theme) -> None:
        """Lie over a drawing that is a `Field`."""
        super().__init__(plot)
        self.setObjectName("line_drawing")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._from: np.ndarray[Any, Any] | None = None
        self.line: Line | None = None
        self.taken = False
        plot.installEventFilter(self)
        self.setGeometry(plot.rect())
        self.show()
        self.raise_()

    @property
    def _field(self) -> Any:
        return self.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the drawing."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def place_of(self, point: Any) -> tuple[float, float]:
        """Return where a point in the units of the inputs stands, in pixels."""
        x, y = np.asarray(self._field.places_of(np.atleast_2d(point)))[0][:2]
        return float(x), float(y)

    def take(self) -> None:
        """Let the line stay as it is from now on."""
        self.taken = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.update()

    # -- by hand ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._field.place_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let it follow."""
        there = self._field.place_at(event.position())
        if self._from is not None and there is not None and not np.allclose(there, self._from):
            self._set(self._from, there)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._from = None

    def _set(self, first: Iterable[float], second: Iterable[float]) -> None:
        (x1, y1), (x2, y2) = first, second
        self.line = (float(x1), float(y1)), (float(x2), float(y2))
        self.update()
        self.drawn.emit()

    # -- by keys ----------------------------------------------------------------------------------

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows, while the line may still change."""
        return not self.taken and event.key() in _KEYS and not event.modifiers() & _HELD

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line up and down, and turn it by the other two."""
        ends = self._field.ends()
        if not self.takes_key(event) or ends is None:
            super().keyPressEvent(event)
            return
        (left, right), (bottom, top) = ends
        if self.line is None:
            middle = (bottom + top) / 2
            self._set((left, middle), (right, middle))
            return
        move, turn = _KEYS[event.key()]
        (x1, y1), (x2, y2) = self.line
        middle = np.array([(x1 + x2) / 2, (y1 + y2) / 2 + move * SHIFT * (top - bottom)])
        half = np.array([x2 - x1, y2 - y1]) / 2
        c, s = cos(turn * TURN), sin(turn * TURN)
        half = np.array([c * half[0] - s * half[1], s * half[0] + c * half[1]])
        self._set(middle - half, middle + half)

    # -- how it looks -----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line across the whole field, dashed: it is only expected."""
        ends = self._field.ends()
        if self.line is None or ends is None:
            return
        painter, scale = QPainter(self), self._theme.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = self._field.places_of(np.array([[e[0] for e in ends], [e[1] for e in ends]]))
        (x1, y1), (x2, y2) = corners.tolist()
        painter.setClipRect(QRectF(QPointF(x1, y1), QPointF(x2, y2)).normalized())
        first, second = self._field.places_of(np.array(self.line))
        way = (second - first) / max(float(np.hypot(*(second - first))), 1e-9)
        far = 4.0 * max(self.width(), self.height(), 1)
        one, other = first - far * way, second + far * way
        for colour, width in ((self._theme.panel, 6.0), (self._theme.now, 3.0)):
            pen = QPen(QColor(colour), scale.line(width))
            if colour == self._theme.now:
                pen.setDashPattern([4.0, 2.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(*one.tolist()), QPointF(*other.tolist()))


_KEYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up.value: (1, 0),
    Qt.Key.Key_Down.value: (-1, 0),
    Qt.Key.Key_Left.value: (0, 1),
    Qt.Key.Key_Right.value: (0, -1),
}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def field_in(view: QWidget) -> QWidget | None:
    """Return the drawing of a plane in a view that can be drawn on; None where none is in sight."""
    for widget in view.findChildren(QWidget):
        is_field = all(hasattr(widget, name) for name in ("place_at", "places_of", "ends"))
        if is_field and widget.isVisible() and cast(Field, widget).ends() is not None:
            return widget
    return None
