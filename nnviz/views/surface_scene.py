"""The cost surface in 3-D: relief, iso-lines on it, path, ball and named axes.

The scene is drawn off screen and painted like a picture, and only when
something in it has changed. The camera keeps the surface in sight whatever the
panel's shape; dragging orbits, the wheel zooms, a double click goes back. Names
and numbers stand at the base edges nearest to the eye. This module imports
OpenGL, so it is itself imported only where OpenGL works.
"""

from math import cos, radians, sin, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray
from OpenGL import GL
from pyqtgraph.opengl import GLLinePlotItem, GLMeshItem
from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QOpenGLContext,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat
from PySide6.QtWidgets import QWidget

from nnviz.views import surface_mesh as mesh
from nnviz.views.gl_probe import OffscreenGL
from nnviz.views.palette import DARK, Theme, rgb
from nnviz.views.surface_colours import PATH, RIM
from nnviz.views.surface_names import decimal
from nnviz.views.surface_relief import Relief

Array = NDArray[np.floating[Any]]

VIEWPOINT = 30.0, -62.0
"""Elevation and azimuth at first, in degrees, up to quarter turns."""
FIELD = 26.0
"""Horizontal field of view in degrees; small, so that the box looks nearly undistorted."""
GRID = 12
"""Cells of the coarse net drawn on the surface."""
SAMPLES = 4
"""Samples a pixel for smooth edges."""
LIFT = 0.012
"""How far lines hover above the surface, so that it does not swallow them."""


BASE = np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
"""Corners of the box's base."""


class SurfaceScene(GLViewMixin, QWidget):  # type: ignore[misc]
    """The 3-D drawing of a relief."""

    def __init__(self, shared: OffscreenGL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip("Drag to turn, wheel to zoom, double click to go back")
        self._gl = shared
        self._buffer: QOpenGLFramebufferObject | None = None
        self._picture: QImage | None = None
        self._theme = DARK
        self._relief: Relief | None = None
        self._names = ("", "")
        self._zoom = 1.0
        self._side = 0
        self._path: Array = np.empty((0, 2))
        self._now: Array | None = None
        self._surface = self._mesh_item(0)
        self._grid = self._lines_item(1)
        self._iso = self._lines_item(2)
        self._base = self._lines_item(-1)
        self._tube_rim = self._mesh_item(3, behind=True)
        self._tube = self._mesh_item(4)
        self._ball_rim = self._mesh_item(5, behind=True)
        self._ball = self._mesh_item(6)
        self._outline = BASE
        self.opts["fov"] = FIELD
        self.go_back()
        self.set_theme(DARK)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the surface can be made out."""
        return QSize(120, 90)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.setBackgroundColor(theme.panel)
        ring = np.concatenate((BASE, BASE[:1]))
        self._base.setData(pos=np.repeat(ring, 2, axis=0)[1:-1], color=_rgba(theme.dim, 0.55))
        self._place_path()

    def show_relief(self, relief: Relief | None, names: tuple[str, str]) -> None:
        """Show another surface; names are those of w1 and w2."""
        if self._relief is None and relief is not None:
            self._side = _low_side(relief)
            self.go_back()
        self._relief, self._names = relief, names
        for item in self.items:
            item.setVisible(relief is not None)
        if relief is not None:
            _fill(self._surface, mesh.surface(relief))
            self._grid.setData(pos=_lifted(mesh.grid_lines(relief, GRID), LIFT / 2))
            self._grid.setData(color=(0.0, 0.0, 0.0, 0.16))
            height = np.repeat(relief.iso_height[:, np.newaxis], 2, axis=1)
            pieces = mesh.in_box(relief.iso, height).reshape(-1, 3)
            self._iso.setData(pos=_lifted(pieces, LIFT), color=(1.0, 1.0, 1.0, 0.4))
            self._iso.setVisible(bool(len(pieces)))
            self._outline = _outline(relief)
            self._fit()
        self._place_path()

    def show_path(self, path: Array, now: Array | None) -> None:
        """Show the path (n, 2) and the present (2,), both in unit coordinates."""
        self._path, self._now = path, now
        self._place_path()

    def go_back(self) -> None:
        """Look at the surface as at first."""
        self.opts["elevation"] = VIEWPOINT[0]
        self.opts["azimuth"] = VIEWPOINT[1] + 90 * self._side
        self._zoom = 1.0
        self._fit()

    def orbit(self, azim: float, elev: float) -> None:
        """Turn by angles in degrees; the eye stays above the base."""
        self.opts["azimuth"] += azim
        self.opts["elevation"] = float(np.clip(self.opts["elevation"] + elev, 5, 88))
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self._zoom = float(np.clip(self._zoom * 1.001 ** event.angleDelta().y(), 0.5, 6))
        self._fit()
        event.accept()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Look at the surface as at first."""
        self.go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the window."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the window."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the box in sight."""
        super().resizeEvent(event)
        self._fit()

    def isValid(self) -> bool:
        """Say no: items are made ready when the scene is first drawn."""
        return False

    def context(self) -> QOpenGLContext:
        """Return what the scene is drawn with."""
        return self._gl.context

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scene, drawn anew if it has changed, and the names over it."""
        if self._picture is None:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        if self._relief is not None:
            self._draw_axes(painter, self._relief)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _draw(self) -> QImage:
        """Draw the scene into memory."""
        ratio = self.devicePixelRatioF()
        size = (self.size() * ratio).expandedTo(QSize(1, 1))
        if not self._gl.begin():
            blank = QImage(size, QImage.Format.Format_RGB32)
            blank.fill(QColor(self._theme.panel))
            return blank
        if self._buffer is None:
            self.initializeGL()
        if self._buffer is None or self._buffer.size() != size:
            smooth = QOpenGLFramebufferObjectFormat()
            smooth.setSamples(SAMPLES)
            smooth.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
            self._buffer = QOpenGLFramebufferObject(size, smooth)
        self._buffer.bind()
        GL.glViewport(0, 0, size.width(), size.height())
        self.paint(region=self.getViewport(), viewport=self.getViewport())
        self._buffer.release()
        picture = self._buffer.toImage()
        self._gl.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def pixel_size(self) -> float:
        """Return the length in the box that is one pixel at the middle of the picture."""
        return float(self.opts["distance"] * 2 * tan(radians(FIELD) / 2) / max(self.width(), 1))

    def near_edge(self, axis: int) -> Array:
        """Return the ends (2, 3) of the base edge along an axis that is nearer to the eye."""
        eye = self.cameraPosition()
        ends = np.zeros((2, 3))
        ends[:, axis] = -1, 1
        ends[:, 1 - axis] = np.sign((eye.y(), eye.x())[axis]) or 1.0
        return ends

    def project(self, place: Array) -> QPointF:
        """Return where a place in the box stands in the widget, in pixels."""
        region = self.getViewport()
        seen = (self.projectionMatrix(region, region) * self.viewMatrix()).map(QVector3D(*place))
        return QPointF((1 + seen.x()) / 2 * self.width(), (1 - seen.y()) / 2 * self.height())

    def _fit(self) -> None:
        """Move the eye to where the surface and its base just fill the picture."""
        width, height = max(self.width(), 1), max(self.height(), 1)
        line = QFontMetricsF(self._small()).height()
        across = tan(radians(FIELD) / 2)
        reach = np.array(
            [
                across * max(width - 2 * line, 0.6 * width) / width,
                across * max(height - 2.6 * line, 0.6 * height) / width,
            ]
        )
        azimuth, elevation = radians(self.opts["azimuth"]), radians(self.opts["elevation"])
        back = np.array(
            [cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation)]
        )
        right = np.array([-sin(azimuth), cos(azimuth), 0.0])
        frame = np.stack((right, np.cross(back, right)), axis=1)
        centre, distance = np.array([0, 0, mesh.HEIGHT / 3]), 1.0
        for _ in range(3):
            flat = (self._outline - centre) @ frame
            depth = (self._outline - centre) @ back
            distance = float((depth[:, np.newaxis] + np.abs(flat) / reach).max())
            seen = flat / (distance - depth)[:, np.newaxis]
            centre = centre + frame @ (seen.min(axis=0) + seen.max(axis=0)) / 2 * distance
        # The names stand below the base, so the box moves up by half a line.
        centre = centre - frame[:, 1] * 0.6 * line * 2 * across * distance / width
        self.opts["distance"] = distance / self._zoom
        self.opts["center"] = QVector3D(*centre)
        self._place_path()

    def _place_path(self) -> None:
        relief = self._relief
        for item in (self._tube, self._tube_rim, self._ball, self._ball_rim):
            item.setVisible(False)
        self._redraw()
        if relief is None:
            return
        # Thickness in pixels, so that path and ball are seen at every size and zoom.
        pixel = self.pixel_size() * max(1.0, min(self.height() / 300, self.width() / 400))
        thick = 0.75 * pixel
        if len(self._path) > 1:
            centres = _lifted(mesh.in_box(self._path, relief.height_at(self._path)), thick)
            for item, radius, colour in (
                (self._tube_rim, 2 * thick, RIM),
                (self._tube, thick, PATH),
            ):
                made = mesh.tube(centres, radius, rgb(colour) / 255)
                if made is not None:
                    _fill(item, made)
                    item.setVisible(True)
        if self._now is not None:
            here = np.clip(self._now[np.newaxis], 0, 1)
            centre = mesh.in_box(here, relief.height_at(here))[0] + (0, 0, 3 * pixel)
            for item, radius, colour in (
                (self._ball_rim, 6.5 * pixel, PATH),
                (self._ball, 5 * pixel, self._theme.now),
            ):
                _fill(item, mesh.ball(centre, radius, rgb(colour) / 255))
                item.setVisible(True)

    def _draw_axes(self, painter: QPainter, relief: Relief) -> None:
        """Write each axis' name in the middle of its edge, its end values near the corners."""
        painter.setFont(self._small())
        ranges = (relief.landscape.w1, relief.landscape.w2)
        for axis in (0, 1):
            start, end = (self.project(corner) for corner in self.near_edge(axis))
            outward = (start + end) / 2 - self.project(np.zeros(3))
            outward /= max((outward.x() ** 2 + outward.y() ** 2) ** 0.5, 1e-6)
            low, high = (decimal(float(ranges[axis][at]), 1) for at in (0, -1))
            for share, text, colour in (
                (0.5, self._names[axis], self._theme.text),
                (0.1, low, self._theme.dim),
                (0.9, high, self._theme.dim),
            ):
                painter.setPen(QColor(colour))
                self._write(painter, start + (end - start) * share, outward, text)

    def _small(self) -> QFont:
        font = QFont(self.font())
        size = QFontInfo(font).pixelSize() * max(
            0.72, min(1.8, self.height() / 220, self.width() / 280)
        )
        font.setPixelSize(max(round(size), 9))
        return font

    def _write(self, painter: QPainter, at: QPointF, outward: QPointF, text: str) -> None:
        """Write beside a point, on the side that `outward` points to, within the widget."""
        metrics = QFontMetricsF(painter.font())
        wide, tall = metrics.horizontalAdvance(text) + 2, metrics.height()
        away = 0.5 * (abs(outward.x()) * wide + abs(outward.y()) * tall) + 3
        box = QRectF(0, 0, wide, tall)
        box.moveCenter(at + outward * away)
        box.moveLeft(min(max(box.left(), 0), self.width() - wide))
        box.moveTop(min(max(box.top(), 0), self.height() - tall))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _mesh_item(self, order: int, behind: bool = False) -> Any:
        """Add a mesh; `behind` shows only its far side, which makes a rim around another."""
        item = GLMeshItem(smooth=True, computeNormals=False, shader=None)
        if behind:
            item.setGLOptions(
                {
                    GL.GL_DEPTH_TEST: True,
                    GL.GL_BLEND: False,
                    GL.GL_CULL_FACE: True,
                    "glCullFace": (GL.GL_FRONT,),
                }
            )
        return self._added(item, order)

    def _lines_item(self, order: int) -> Any:
        item = GLLinePlotItem(mode="lines", glOptions="translucent", antialias=False)
        return self._added(item, order)

    def _added(self, item: Any, order: int) -> Any:
        item.setDepthValue(order)
        item.setVisible(False)
        self.addItem(item)
        return item


def _outline(relief: Relief) -> Array:
    """Return points (n, 3) whose hull is about that of the surface and its base."""
    at = np.linspace(0, len(relief.height) - 1, 9).round().astype(np.intp)
    i, j = np.meshgrid(at, at, indexing="ij")
    unit = np.stack((i, j), axis=-1).reshape(-1, 2) / (len(relief.height) - 1)
    return np.concatenate((BASE, mesh.in_box(unit, relief.height[i, j].ravel())))


def _low_side(relief: Relief) -> int:
    """Return how many quarter turns let one look over the lowest corner into the surface.

    None, where w1 runs to the right as on the contour map, unless that corner hides much.
    """
    size = len(relief.height)
    low, high = slice(0, size // 3), slice(size - size // 3, size)
    # The corner next to the eye after 0, 1, 2 and 3 quarter turns.
    near = [
        relief.height[i, j].mean() for i, j in ((high, low), (high, high), (low, high), (low, low))
    ]
    return 0 if near[0] < min(near) + 0.35 else int(np.argmin(near))


def _fill(item: Any, made: mesh.Mesh) -> None:
    item.setMeshData(vertexes=made.vertexes, faces=made.faces, vertexColors=made.colours)


def _lifted(points: Array, by: float) -> NDArray[np.float32]:
    return np.asarray(points + np.array([0, 0, by]), dtype=np.float32)


def _rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    red, green, blue = (rgb(colour) / 255).tolist()
    return red, green, blue, alpha
