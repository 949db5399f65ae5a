"""The live net's surface as a map: path, present, step, and the height under the pointer.

Both axes have the same scale where that is near, so the path is seen to cross the iso-lines at
right angles wherever the net follows the gradient of these two parameters.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.views.surface.picture import Motion
from nnviz.views.surface.text import FALLING
from nnviz.views.surface3d.colours import PATH, RIM
from nnviz.views.surface3d.iso_lines import ContourMap
from nnviz.views.surface3d.plot import paint_arrow, round_pen

Array = NDArray[np.floating[Any]]


class SurfaceMap(ContourMap):
    """The 2-D drawing of the live net's surface.

    Signals:
        hovered(object): the place under the pointer in unit coordinates (2,), or None.
        chosen(object): a place that was clicked, (2,).
    """

    hovered = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._cross: Array | None = None
        self._motion = Motion(())

    def area(self) -> QRectF:
        """Return where the field stands: the same scale along both axes where that is near."""
        square = super().area()
        relief = self._relief
        if relief is None:
            return square
        wide, tall = (float(w[-1] - w[0]) for w in (relief.w1, relief.w2))
        ratio = wide / tall if tall > 0 and np.isfinite(wide / tall) else 1.0
        if not 0.5 <= ratio <= 2.0:
            return square
        room_wide, room_tall = self.room()
        height = min(room_tall, room_wide / ratio)
        width = height * ratio
        centre = square.center()
        return QRectF(
            round(centre.x() - width / 2),
            round(centre.y() - height / 2),
            round(width),
            round(height),
        )

    def mark(self, unit: Array | None) -> None:
        """Draw a cross through a place in unit coordinates (2,); None for no cross."""
        self._cross = unit
        self.update()

    def show_motion(self, motion: Motion) -> None:
        """Show path, present and step; the step's length on screen says nothing."""
        self._motion = motion
        self.update()

    def unit_at(self, at: QPointF) -> Array | None:
        """Return the place under a pixel in unit coordinates, (2,), or None beside the field."""
        area = self.area()
        unit = np.array(
            [(at.x() - area.left()) / area.width(), (area.bottom() - at.y()) / area.height()]
        )
        return unit if ((unit >= 0) & (unit <= 1)).all() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        self.hovered.emit(self.unit_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing is under the pointer any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a place."""
        unit = self.unit_at(event.position())
        if unit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(unit)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint path, present, step and the cross under the pointer."""
        motion, scale = self._motion, self.thick(area.height() / 300)
        line = QPolygonF([self._pixel(point, area) for point in motion.path.flat])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((RIM, 2.8), (PATH, 1.3)):
            painter.setPen(round_pen(colour, width * scale))
            painter.drawPolyline(line)
        if motion.now is not None:
            here = self._pixel(motion.now, area)
            painter.setPen(Qt.PenStyle.NoPen)
            for colour, radius in ((RIM, 7.0), (PATH, 6.0), (self._theme.now, 4.5)):
                painter.setBrush(QColor(colour))
                painter.drawEllipse(here, radius * scale, radius * scale)
            if motion.way is not None and motion.way.any():
                self._paint_step(painter, area, here, motion.way, scale)
        if self._cross is None:
            return
        at = self._pixel(self._cross, area)
        for colour, width in ((RIM, 2.4), (PATH, 1.0)):
            painter.setPen(QPen(QColor(colour), self.thick(1.0) * width))
            painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
            painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))

    def _paint_step(
        self, painter: QPainter, area: QRectF, here: QPointF, way: Array, scale: float
    ) -> None:
        """Paint the step that leads to the present or begins there; the slope with its name."""
        step = self._motion.step
        # Heights of pixels run downwards.
        along = QPointF(float(way[0]), -float(way[1])) / float(np.hypot(*way))
        gap, long, head = 8 * scale, 34 * scale, 9 * scale
        tip = here - along * gap if step is not None and step.done else here + along * long
        inks = (RIM, 5.0 * scale), (self._theme.now, 2.2 * scale)
        paint_arrow(painter, tip - along * (long - gap), tip, head, inks)
        if step is not None or area.height() < self.space(150):
            return
        metrics = self.metrics()
        wide = metrics.horizontalAdvance(FALLING) + self.space(6)
        box = QRectF(0, 0, wide, metrics.height())
        box.moveCenter(here + along * (40 * scale + box.width() / 2))
        box.moveLeft(min(max(box.left(), area.left()), area.right() - box.width()))
        box.moveTop(min(max(box.top(), area.top()), area.bottom() - box.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(RIM)
        ground.setAlphaF(0.7)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, self.space(3), self.space(3))
        painter.setPen(QColor(PATH))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, FALLING)
