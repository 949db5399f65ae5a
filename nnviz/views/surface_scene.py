"""The cost surface in 3-D: relief, iso-lines on it, path, ball and named axes.

The camera keeps the whole box in sight whatever the panel's shape; dragging
orbits, the wheel zooms, a double click goes back. Names and numbers are painted
over the picture at the base edges nearest to the eye. This module imports
OpenGL, so it is itself imported only where OpenGL works.
"""

from math import radians, tan
from typing import Any

import numpy as np
import pyqtgraph.opengl as gl
from numpy.typing import NDArray
from OpenGL import GL
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QSurfaceFormat,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views import surface_mesh as mesh
from nnviz.views.palette import DARK, Theme, rgb
from nnviz.views.surface_colours import PATH, RIM
from nnviz.views.surface_names import decimal
from nnviz.views.surface_relief import Relief

Array = NDArray[np.floating[Any]]

VIEWPOINT = 30.0, -62.0
"""Elevation and azimuth at first, in degrees: both base axes run towards the reader."""
FIELD = 26.0
"""Horizontal field of view in degrees; small, so that the box looks nearly undistorted."""
GRID = 12
"""Cells of the coarse net drawn on the surface."""
LIFT = 0.006
"""How far lines hover above the surface, so that it does not swallow them."""


class SurfaceScene(gl.GLViewWidget):  # type: ignore[misc]
    """The 3-D drawing of a relief."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        smooth = QSurfaceFormat(QSurfaceFormat.defaultFormat())
        smooth.setSamples(4)
        smooth.setDepthBufferSize(24)
        self.setFormat(smooth)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("Drag to turn, wheel to zoom, double click to go back")
        self._theme = DARK
        self._relief: Relief | None = None
        self._names = ("", "")
        self._zoom = 1.0
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
        self.opts["fov"] = FIELD
        self.opts["center"] = QVector3D(0, 0, mesh.HEIGHT / 2)
        self.go_back()
        self.set_theme(DARK)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the surface can be made out."""
        return QSize(120, 90)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.setBackgroundColor(theme.panel)
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
        outline = np.concatenate((corners, np.zeros((5, 1))), axis=1)
        self._base.setData(pos=np.repeat(outline, 2, axis=0)[1:-1], color=_rgba(theme.dim, 0.55))
        self._place_path()
        self.update()

    def show_relief(self, relief: Relief | None, names: tuple[str, str]) -> None:
        """Show another surface; names are those of w1 and w2."""
        self._relief, self._names = relief, names
        for item in self.items:
            item.setVisible(relief is not None)
        if relief is not None:
            _fill(self._surface, mesh.surface(relief))
            self._grid.setData(pos=_lifted(mesh.grid_lines(relief, GRID), LIFT / 2))
            self._grid.setData(color=(0.0, 0.0, 0.0, 0.16))
            height = np.repeat(relief.iso_height[:, np.newaxis], 2, axis=1)
            pieces = mesh.in_box(relief.iso, height).reshape(-1, 3)
            self._iso.setData(pos=_lifted(pieces, LIFT), color=(1.0, 1.0, 1.0, 0.34))
            self._iso.setVisible(bool(len(pieces)))
        self._place_path()
        self.update()

    def show_path(self, path: Array, now: Array | None) -> None:
        """Show the path (n, 2) and the present (2,), both in unit coordinates."""
        self._path, self._now = path, now
        self._place_path()

    def go_back(self) -> None:
        """Look at the surface as at first."""
        self.opts["elevation"], self.opts["azimuth"] = VIEWPOINT
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

    def paintGL(self) -> None:
        """Draw the scene, then the names over it."""
        super().paintGL()
        if self._relief is not None and self.height() > 60:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            self._draw_axes(painter, self._relief)
            painter.end()

    def _fit(self) -> None:
        """Move the eye to where the box just fits, with room for the names."""
        width, height = max(self.width(), 1), max(self.height(), 1)
        line = QFontMetricsF(self.font()).height()
        free_x = max(width - 2.2 * line, 0.5 * width) / width
        free_y = max(height - 2.4 * line, 0.5 * height) / height
        across = tan(radians(FIELD) / 2)
        view = self.viewMatrix()
        self.opts["distance"] = 0.0
        view = self.viewMatrix()
        needed = 0.1
        for x in (-1, 1):
            for y in (-1, 1):
                for z in (0, mesh.HEIGHT):
                    seen = view.map(QVector3D(x, y, z))
                    needed = max(
                        needed,
                        seen.z() + abs(seen.x()) / (across * free_x),
                        seen.z() + abs(seen.y()) / (across * height / width * free_y),
                    )
        self.opts["distance"] = needed / self._zoom
        self.update()

    def _place_path(self) -> None:
        relief = self._relief
        for item in (self._tube, self._tube_rim, self._ball, self._ball_rim):
            item.setVisible(False)
        if relief is None:
            return
        thick = 0.014
        if len(self._path) > 1:
            centres = _lifted(mesh.in_box(self._path, relief.height_at(self._path)), thick)
            for item, radius, colour in (
                (self._tube_rim, thick * 1.75, RIM),
                (self._tube, thick, PATH),
            ):
                made = mesh.tube(centres, radius, rgb(colour) / 255)
                if made is not None:
                    _fill(item, made)
                    item.setVisible(True)
        if self._now is not None:
            here = np.clip(self._now[np.newaxis], 0, 1)
            centre = mesh.in_box(here, relief.height_at(here))[0] + (0, 0, 0.03)
            for item, radius, colour in (
                (self._ball_rim, 0.067, PATH),
                (self._ball, 0.055, self._theme.now),
            ):
                _fill(item, mesh.ball(centre, radius, rgb(colour) / 255))
                item.setVisible(True)
        self.update()

    def _draw_axes(self, painter: QPainter, relief: Relief) -> None:
        font = QFont(self.font())
        size = QFontInfo(font).pixelSize() * max(0.85, min(1.8, self.height() / 330))
        font.setPixelSize(max(round(size), 9))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        ranges = (relief.landscape.w1, relief.landscape.w2)
        for axis in (0, 1):
            edge = self._near_edge(axis)
            start, end = (self._project(corner) for corner in edge)
            outward = (start + end) / 2 - self._project(np.zeros(3))
            length = max((outward.x() ** 2 + outward.y() ** 2) ** 0.5, 1e-6)
            outward /= length
            numbers = (decimal(float(ranges[axis][at]), 1) for at in (0, -1))
            labels = [
                (0.5, self._names[axis], self._theme.text),
                *(
                    (at, text, self._theme.dim)
                    for at, text in zip((0.1, 0.9), numbers, strict=True)
                ),
            ]
            for share, text, colour in labels:
                wide = metrics.horizontalAdvance(text)
                away = 0.5 * (abs(outward.x()) * wide + abs(outward.y()) * metrics.height()) + 4
                middle = start + (end - start) * share + outward * away
                box = QRectF(0, 0, wide + 2, metrics.height())
                box.moveCenter(middle)
                box.moveLeft(min(max(box.left(), 0), self.width() - box.width()))
                box.moveTop(min(max(box.top(), 0), self.height() - box.height()))
                painter.setPen(QColor(colour))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _near_edge(self, axis: int) -> Array:
        """Return the ends (2, 3) of the base edge along an axis that is nearer to the eye."""
        eye = self.cameraPosition()
        side = np.sign((eye.y(), eye.x())[axis]) or 1.0
        ends = np.zeros((2, 3))
        ends[:, axis] = -1, 1
        ends[:, 1 - axis] = side
        return ends

    def _project(self, place: Array) -> QPointF:
        """Return where a place in the box stands in the widget, in pixels."""
        region = self.getViewport()
        seen = (self.projectionMatrix(region, region) * self.viewMatrix()).map(QVector3D(*place))
        return QPointF((1 + seen.x()) / 2 * self.width(), (1 - seen.y()) / 2 * self.height())

    def _mesh_item(self, order: int, behind: bool = False) -> Any:
        """Add a mesh; `behind` shows only its far side, which makes a rim around another."""
        item = gl.GLMeshItem(smooth=True, computeNormals=False, shader=None)
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
        item = gl.GLLinePlotItem(mode="lines", glOptions="translucent", antialias=False)
        return self._added(item, order)

    def _added(self, item: Any, order: int) -> Any:
        item.setDepthValue(order)
        item.setVisible(False)
        self.addItem(item)
        return item


def _fill(item: Any, made: mesh.Mesh) -> None:
    item.setMeshData(vertexes=made.vertexes, faces=made.faces, vertexColors=made.colours)


def _lifted(points: Array, by: float) -> NDArray[np.float32]:
    return (points + np.array([0, 0, by])).astype(np.float32)


def _rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    red, green, blue = (rgb(colour) / 255).tolist()
    return red, green, blue, alpha
