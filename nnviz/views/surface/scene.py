"""The live net's surface in 3-D: path at its true cost, slope, what the pointer is on."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QVector3D
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.views.palette import Theme
from nnviz.views.surface.path_3d import Path3D
from nnviz.views.surface.picture import Motion
from nnviz.views.surface3d import camera, mesh
from nnviz.views.surface3d.camera import seen_at
from nnviz.views.surface3d.colours import PATH, RIM
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.gl_shapes import Lines, Triangles
from nnviz.views.surface3d.scene import (
    ReliefScene,
    Trace,
    lifted,
    rgba,
)
from nnviz.views.surface3d.shape import Array, Relief

FOOT = PATH
"""Colour of the path's foot: where the two weights went on the surface itself."""
ARROW = 0.42
"""Length of the arrow in the box, as seen from above."""


class SurfaceScene(ReliefScene):
    """The 3-D drawing of the live net's surface.

    Signals:
        hovered(object): the place of the surface under the pointer, in unit coordinates (2,),
            or None.
        chosen(object): a place that was clicked, (2,), once no double click came of it.
    """

    COSTS = True

    hovered = Signal(object)
    chosen = Signal(object)

    def __init__(self, shared: OffscreenGL, parent: QWidget | None = None) -> None:
        """Make the scene with a shared OpenGL context."""
        self._motion = Motion(())
        self._cross: Array | None = None
        self._drops: Lines | None = None
        self._pressed: QPointF | None = None
        self._clicked: Array | None = None
        super().__init__(shared, parent)
        self.setMouseTracking(True)
        self._clicking = QTimer(self, singleShot=True)
        self._clicking.timeout.connect(self._choose)
        self._drops = self.added(Lines(), 3)
        self._foot = self.added(Triangles(), 3)
        self._arrows = tuple(self.added(Triangles(behind=part == 0), 8 + part) for part in (0, 1))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours, those of path and ball too."""
        super().set_theme(theme)
        self._trace()

    def show_motion(self, motion: Motion) -> None:
        """Show path, present and step."""
        self._motion = motion
        self._trace()

    def _trace(self) -> None:
        path = self._motion.path
        at, height = path.pieces[0] if path.pieces else (path.flat[:0], None)
        ball = self._theme.now
        self.show_traces((Trace(at, self._motion.now, PATH, RIM, ball, PATH, height),))

    def look_inside(self) -> None:
        """Look from another side if a hill has come to hide the valley, unless turned by hand."""
        relief = self._relief
        free = self.viewpoint.turn is None
        if relief is not None and free and camera.hides(relief, self._side):
            self._side = camera.low_side(relief)
            self._aim()

    def mark(self, unit: Array | None) -> None:
        """Draw a cross on a place in unit coordinates (2,); None for no cross."""
        if unit is not self._cross:  # it is told with every picture
            self._cross = unit
            self.update()

    def place_at(self, at: QPointF) -> Array | None:
        """Return the place of the surface under a pixel, (2,), or None beside it."""
        if self._relief is None:
            return None
        back, works = self.matrix().inverted()
        if not works:
            return None
        x, y = 2 * at.x() / self.width() - 1, 1 - 2 * at.y() / self.height()
        ends = [back.map(QVector3D(x, y, depth)) for depth in (-1.0, 1.0)]
        near, far = (np.array([end.x(), end.y(), end.z()]) for end in ends)
        # Only the part near the box: the far end is very far away.
        middle = self.eye.distance
        along = (far - near) / np.linalg.norm(far - near)
        return seen_at(self._relief, near + along * max(middle - 3, 0), near + along * (middle + 3))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn, or tell what is under the pointer."""
        if event.buttons() == Qt.MouseButton.NoButton:
            self.hovered.emit(self.place_at(event.position()))
        else:
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to turn, or to choose a place; a double click does neither."""
        self._clicking.stop()
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the place that was clicked, once it is sure to be no double click."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        moved = (event.position() - pressed).manhattanLength()
        if moved < QApplication.startDragDistance():
            self._clicked = self.place_at(event.position())
            self._clicking.start(QApplication.doubleClickInterval())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look at the surface as at first."""
        self._clicking.stop()
        self._pressed = None
        super().mouseDoubleClickEvent(event)

    def _choose(self) -> None:
        if self._clicked is not None:
            self.chosen.emit(self._clicked)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing is under the pointer any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene and the cross over it."""
        super().paintEvent(event)
        if self._cross is None or self._relief is None:
            return
        height = self._relief.height_at(self._cross[np.newaxis])
        at = self._project(mesh.in_box(self._cross[np.newaxis], height)[0])
        foot = self._project(mesh.on_floor(self._cross))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._theme.scale
        painter.setPen(QPen(QColor(self._theme.dim), scale.line(1.0), Qt.PenStyle.DotLine))
        painter.drawLine(at, foot)
        across, upwards = QPointF(scale.space(7), 0), QPointF(0, scale.space(7))
        for colour, width in ((RIM, 3.4), (PATH, 1.6)):
            painter.setPen(QPen(QColor(colour), scale.line(width)))
            painter.drawLine(at - across, at + across)
            painter.drawLine(at - upwards, at + upwards)

    def build_marks(self, relief: Relief, pixel: float) -> None:
        """Place the lines from the path to the surface, its foot on the surface, the arrow."""
        if self._drops is None:  # while the scene is being made
            return
        for item in (self._drops, self._foot, *self._arrows):
            item.setVisible(False)
        motion, course = self._motion, self._motion.path
        if len(course.drops) or not _whole(course):
            below = mesh.in_box(course.drops, relief.height_at(course.drops))
            above = mesh.in_box(course.drops, course.drop_height)
            # Earlier pieces are thin: what swings in and out of the picture is not the news.
            thin = [mesh.in_box(*piece) for piece in course.pieces[1:]]
            pairs = [np.repeat(places, 2, axis=0)[1:-1] for places in thin]
            lines = np.concatenate((np.stack((below, above), axis=1).reshape(-1, 3), *pairs))
            self._drops.place(lines)
            self._drops.paint(rgba(self._theme.dim, 0.7))
            self._drops.setVisible(bool(len(lines)))
            foot = lifted(mesh.in_box(course.flat, relief.height_at(course.flat)), 0.6 * pixel)
            self._foot.show(mesh.tube(foot, 0.6 * pixel, FOOT))
        length = float(np.hypot(*motion.way)) if motion.way is not None else 0.0
        if motion.now is None or motion.way is None or not 0 < length < np.inf:
            return
        here = np.clip(motion.now, 0, 1)
        done = motion.step is not None and motion.step.done
        there = here + (-motion.way if done else motion.way) / length * ARROW / 2
        share = np.linspace(0, 0.5, 2)[:, np.newaxis]
        near, far = here + share * (there - here)
        slope = relief.height_at(far[np.newaxis]) - relief.height_at(near[np.newaxis])
        height = relief.height_at(here[np.newaxis])
        # Along the tangent, but never into the hill on the other side of a valley.
        tip = np.maximum(height + 2 * slope, relief.height_at(there[np.newaxis]))
        ends = mesh.in_box(np.stack((here, there)), np.concatenate((height, tip)))
        ends = ends + np.array([0, 0, 3 * pixel])
        if done:
            ends = ends[::-1]
        rim, arrow = self._arrows
        rim.show(mesh.arrow(ends[0], ends[1], 2.4 * pixel, 5.6 * pixel, RIM))
        arrow.show(mesh.arrow(ends[0], ends[1], 1.5 * pixel, 4.6 * pixel, self._theme.now))


def _whole(course: Path3D) -> bool:
    """Tell whether all of a path is drawn at its true cost."""
    return sum(len(path) for path, _ in course.pieces) >= len(course.flat)
