"""The live net's surface as a map: path, present, step, and the height under the pointer.

Both axes have the same scale where that is near, so the path is seen to cross the iso-lines at
right angles wherever the net follows the gradient of these two parameters.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.shared.plot import Array, paint_arrow, polygon, round_pen
from nnviz.views.surface.picture import Motion
from nnviz.views.surface.text import FALLING
from nnviz.views.surface3d.colours import PATH, RIM
from nnviz.views.surface3d.iso_lines import ContourMap


class SurfaceMap(ContourMap):
    """The 2-D drawing of the live net's surface; its places are unit coordinates, (2,)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._cross: Array | None = None
        self._motion = Motion(())

    def mark(self, unit: Array | None) -> None:
        """Draw a cross through a place in unit coordinates (2,); None for no cross."""
        if unit is not self._cross:  # it is told with every picture
            self._cross = unit
            self.update()

    def show_motion(self, motion: Motion) -> None:
        """Show path, present and step; the step's length on screen says nothing."""
        self._motion = motion
        self._follow()

    def place_at(self, at: QPointF) -> Array | None:
        """Return the place under a pixel, or None beside the field."""
        unit = self.share_at(at)
        return unit if ((unit >= 0) & (unit <= 1)).all() else None

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint path, present, step and the cross under the pointer."""
        motion, scale = self._motion, self.thick(area.height() / 300)
        line = polygon(self.pixels(motion.path.flat))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((RIM, 2.8), (PATH, 1.3)):
            painter.setPen(round_pen(colour, width * scale))
            painter.drawPolyline(line)
        if motion.now is not None:
            here = self.point(motion.now)
            painter.setPen(Qt.PenStyle.NoPen)
            for colour, radius in ((RIM, 7.0), (PATH, 6.0), (self._theme.now, 4.5)):
                painter.setBrush(QColor(colour))
                painter.drawEllipse(here, radius * scale, radius * scale)
            if motion.way is not None and motion.way.any():
                self._paint_step(painter, area, here, motion.way, scale)
        if self._cross is None:
            return
        for colour, width in ((RIM, 2.4), (PATH, 1.0)):
            painter.setPen(QPen(QColor(colour), self.thick(1.0) * width))
            self.paint_cross(painter, self.point(self._cross))

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
