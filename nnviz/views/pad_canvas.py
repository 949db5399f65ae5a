"""The sheet one draws on: strokes in white on black, as smooth as the hand meant them.

Strokes are kept as fractions of the sheet's side, so a drawing survives any
change of size. Between two points that the mouse reported runs a curve through
their midpoints, which rounds the corners that a slow mouse makes. Finished
strokes are kept as a picture; only the one being drawn is painted anew.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme

Points = NDArray[np.float64]

INK = QColor("#ffffff")
PAPER = QColor("#000000")
HINT = QColor("#8d9aab")
"""MNIST's own colours: the sheet looks the same in every theme."""

PEN = 0.075
"""Pen width as a part of the sheet's side."""
ROUND = 6.0
"""Radius of the sheet's corners in pixels."""


class PadCanvas(QWidget):
    """A square sheet for strokes.

    Signals:
        changed(): a stroke was begun, went on, was taken back or all were cleared.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Drawing pad")
        self.hint = ""
        self._theme = DARK
        self._strokes: list[list[tuple[float, float]]] = []
        self._drawing = False
        self._finished: QPixmap | None = None

    @property
    def strokes(self) -> list[Points]:
        """The strokes so far, (points, 2) each, fractions of the side, x right, y down."""
        return [np.array(stroke, dtype=np.float64) for stroke in self._strokes]

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self._strokes

    def set_strokes(self, strokes: Sequence[NDArray[np.floating[Any]]]) -> None:
        """Replace the drawing.

        Args:
            strokes: arrays (points, 2), fractions of the side, x right and y down.
        """
        parts = (np.clip(stroke, 0, 1).astype(float).tolist() for stroke in strokes)
        self._strokes = [[(x, y) for x, y in points] for points in parts if points]
        self._drawing = False
        self._renew()

    def clear(self) -> None:
        """Take everything off the sheet."""
        self.set_strokes([])

    def undo(self) -> None:
        """Take the last stroke back."""
        self.set_strokes(self.strokes[:-1])

    def set_hint(self, text: str) -> None:
        """Set what an empty sheet says."""
        self.hint = text
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on the theme's border; the sheet itself stays white on black."""
        self._theme = theme
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; the right button clears."""
        if event.button() == Qt.MouseButton.RightButton:
            self.clear()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._strokes.append([self._fraction(event.position())])
            self._drawing = True
            self._renew()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._drawing and event.buttons() & Qt.MouseButton.LeftButton:
            self._extend(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        if self._drawing and event.button() == Qt.MouseButton.LeftButton:
            self._extend(event)
            self._drawing = False
            self._finished = None
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Treat the second press of a double click as the dot that it is."""
        self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the finished strokes anew in the new size."""
        self._finished = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sheet, strokes and, where there are none, the hint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._finished is None:
            self._finished = self._draw_finished()
        painter.drawPixmap(0, 0, self._finished)
        if self._drawing:
            self._draw(painter, self._strokes[-1:])
        elif self.empty:
            painter.setPen(HINT)
            box = self.rect().adjusted(12, 12, -12, -12)
            centred = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(box, centred, self.hint)

    def _draw_finished(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(PAPER)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(sheet, ROUND, ROUND)
        outline = QPainterPath()
        outline.addRoundedRect(sheet, ROUND, ROUND)
        painter.setClipPath(outline)
        self._draw(painter, self._strokes[:-1] if self._drawing else self._strokes)
        painter.end()
        return picture

    def _draw(self, painter: QPainter, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        pen = QPen(INK, PEN * self.width())
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in strokes:
            painter.drawPath(self._smooth(stroke))

    def _smooth(self, stroke: Sequence[tuple[float, float]]) -> QPainterPath:
        points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
        path = QPainterPath(points[0])
        # Where a curve passes a point, it runs parallel to the line between the neighbours.
        headings = [
            _unit(after - before)
            for before, after in zip([points[0], *points], [*points[1:], points[-1]], strict=False)
        ]
        for place, (here, after) in enumerate(pairwise(points)):
            reach = _length(after - here) / 3
            path.cubicTo(here + headings[place] * reach, after - headings[place + 1] * reach, after)
        # A dot is a line of no length; Qt draws its round caps only if it has some.
        if len(points) == 1:
            path.lineTo(points[0] + QPointF(0.01, 0))
        return path

    def _fraction(self, position: QPointF) -> tuple[float, float]:
        x, y = position.x() / max(self.width(), 1), position.y() / max(self.height(), 1)
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def _extend(self, event: QMouseEvent) -> None:
        point = self._fraction(event.position())
        if point != self._strokes[-1][-1]:
            self._strokes[-1].append(point)
            self.update()
            self.changed.emit()

    def _renew(self) -> None:
        self._finished = None
        self.update()
        self.changed.emit()


def _length(way: QPointF) -> float:
    return float((way.x() ** 2 + way.y() ** 2) ** 0.5)


def _unit(way: QPointF) -> QPointF:
    return way / max(_length(way), 1e-9)
