"""A 3-D scene that is drawn off screen and painted like a picture, and the eye that sees it.

It is drawn only when something in it has changed. The eye keeps what there is in sight whatever
the panel's shape; dragging orbits, the wheel zooms, a double click goes back. This module imports
OpenGL, so it is itself imported only where OpenGL works.
"""

from typing import Any

import numpy as np
from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QColor,
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
from PySide6.QtWidgets import QWidget

from nnviz.views.surface3d import camera, mesh
from nnviz.views.surface3d.framebuffer import SceneBuffer
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.plot import Array, Lettered
from nnviz.views.surface3d.viewpoint import Viewpoint


class OrbitView(GLViewMixin, Lettered):  # type: ignore[misc]
    """A scene around which the eye can be led."""

    def __init__(self, shared: OffscreenGL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip("Drag to turn, wheel to zoom, double click to go back")
        self._gl = shared
        self._buffer = SceneBuffer(shared, self)
        self._buffer.rested.connect(self._redraw)
        self._ready = False
        self._picture: QImage | None = None
        self._viewpoint = Viewpoint()
        self._elevation = camera.VIEWPOINT[0]
        self._side = 0
        self._placed = False
        self.opts["fov"] = camera.FIELD

    def points(self) -> Array:
        """Return the places, (n, 3), that must be seen."""
        raise NotImplementedError

    def build_path(self) -> None:
        """Place what is as large in the picture from wherever it is seen."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the surface can be made out."""
        space = self._theme.scale.space
        return QSize(space(120), space(90))

    def added(self, item: Any, order: int) -> Any:
        """Return an item that stands in the scene from now on, to be seen once it is filled."""
        item.setDepthValue(order)
        item.setVisible(False)
        self.addItem(item)
        return item

    # -- the eye ----------------------------------------------------------------------------------

    def look_from(self, elevation: float) -> None:
        """Look from another elevation at first, in degrees."""
        self._elevation = elevation
        self._aim()

    @property
    def viewpoint(self) -> Viewpoint:
        """From where the surface is seen."""
        return self._viewpoint

    def look(self, viewpoint: Viewpoint) -> None:
        """Look from there."""
        self._viewpoint = viewpoint
        self._aim()

    def go_back(self) -> None:
        """Look at the surface as at first."""
        self.look(Viewpoint())

    def _aim(self) -> None:
        turn, tilt = self._viewpoint.turn, self._viewpoint.tilt
        first = camera.VIEWPOINT[1] + 90 * self._side
        self.opts["azimuth"] = first if turn is None else turn
        self.opts["elevation"] = self._elevation if tilt is None else tilt
        self._fit()

    def orbit(self, azim: float, elev: float) -> None:
        """Turn by angles in degrees; the eye stays above the base."""
        azimuth, elevation = self.opts["azimuth"] + azim, self.opts["elevation"] + elev
        self.look(self._viewpoint.turned(azimuth, elevation))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        zoom = self._viewpoint.zoom * 1.001 ** event.angleDelta().y()
        self.look(self._viewpoint.zoomed(zoom))
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
        """Keep everything in sight."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Move the eye to where everything just fills the picture."""
        size, line = (max(self.width(), 1), max(self.height(), 1)), self.metrics().height()
        centre, distance = camera.fit(
            self.points(), self.opts["elevation"], self.opts["azimuth"], size, line
        )
        self.opts["distance"] = distance / self._viewpoint.zoom
        self.opts["center"] = QVector3D(*centre)
        self._place_path()

    def _pixel_size(self) -> float:
        """Return the length in the box that is one pixel at the middle of the picture."""
        return float(self.opts["distance"] * 2 * camera.across() / max(self.width(), 1))

    def _near_edge(self, axis: int) -> Array:
        """Return the ends (2, 3) of the base edge along an axis that is nearer to the eye."""
        eye = self.cameraPosition()
        ends = np.full((2, 3), mesh.FLOOR)
        ends[:, axis] = -1, 1
        ends[:, 1 - axis] = np.sign((eye.y(), eye.x())[axis]) or 1.0
        return ends

    def _project(self, place: Array) -> QPointF:
        """Return where a place in the box stands in the widget, in pixels."""
        region = self.getViewport()
        seen = (self.projectionMatrix(region, region) * self.viewMatrix()).map(QVector3D(*place))
        return QPointF((1 + seen.x()) / 2 * self.width(), (1 - seen.y()) / 2 * self.height())

    # -- drawing -----------------------------------------------------------------------------------

    def isValid(self) -> bool:
        """Say no: items are made ready when the scene is first drawn."""
        return False

    def context(self) -> QOpenGLContext:
        """Return what the scene is drawn with."""
        return self._gl.context

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scene, drawn anew if it has changed."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._draw()
        QPainter(self).drawImage(0, 0, self._picture)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _place_path(self) -> None:
        """Place path and ball anew when the scene is next drawn, however often that is asked."""
        self._placed = False
        self._redraw()

    def _draw(self) -> QImage:
        """Draw the scene into memory."""
        if not self._placed:
            self._placed = True
            self.build_path()
        ratio = self.devicePixelRatioF()
        size = (self.size() * ratio).expandedTo(QSize(1, 1))
        picture = self._buffer.draw(size, self._draw_items)
        if picture is None:
            blank = QImage(size, QImage.Format.Format_RGB32)
            blank.fill(QColor(self._theme.panel))
            return blank
        picture.setDevicePixelRatio(ratio)
        return picture

    def _draw_items(self) -> None:
        if not self._ready:
            self.initializeGL()
            self._ready = True
        self.paint(region=self.getViewport(), viewport=self.getViewport())
