"""The reading of a cost curve: a point that keys have gone to, with its epoch and its cost."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QFont, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from nnviz.views.cost.notes import written
from nnviz.views.palette import Theme

RADIUS, GAP = 0.5, 0.25
"""Radius of the ring, and room around the words, in heights of a letter."""


class Reading:
    """A ring around a point of a curve, and beside it what it is."""

    def __init__(self, box: pg.ViewBox) -> None:
        self._box, self._unit = box, 1.0
        self._ring = QGraphicsEllipseItem(box)
        self._ground = QGraphicsRectItem(box)
        self._words = QGraphicsSimpleTextItem(box)
        for over, item in enumerate((self._ring, self._ground, self._words)):
            item.setZValue(20 + over)
        self.hide()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self._unit = float(font.pixelSize())
        self._words.setFont(font)
        self._words.setBrush(QColor(theme.text))
        self._ground.setBrush(QBrush(QColor(theme.panel)))
        line = QPen(QColor(theme.now), theme.scale.line(1.5))
        self._ground.setPen(line)
        self._ring.setPen(QPen(QColor(theme.now), theme.scale.line(2.5)))

    def show(self, at: QPointF, words: str) -> None:
        """Show what is read at a place of the box, in pixels."""
        radius, gap, size = RADIUS * self._unit, GAP * self._unit, self._box.size()
        self._ring.setRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))
        wide, high = written(self._words, words)
        left = at.x() + 2 * radius
        if left + wide + 2 * gap > size.width():
            left = max(at.x() - 2 * radius - wide, gap)
        top = min(max(at.y() - high - radius, gap), size.height() - high - gap)
        self._words.setPos(left, top)
        self._ground.setRect(QRectF(left - gap, top, wide + 2 * gap, high))
        for item in (self._ring, self._ground, self._words):
            item.setVisible(True)

    def hide(self) -> None:
        """Show nothing."""
        for item in (self._ring, self._ground, self._words):
            item.setVisible(False)
