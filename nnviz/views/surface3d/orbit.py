"""A 3-D scene that is drawn off screen and painted like a picture, and the eye that sees it.

It is drawn only when something in it has changed. The eye keeps what there is in sight whatever
the panel's shape; dragging orbits, the wheel zooms, a double click goes back.
"""

from typing import TypeVar

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from nnviz.views.shared.items import WAYS
from nnviz.views.shared.plot import Array, Lettered
from nnviz.views.surface3d import camera, mesh
from nnviz.views.surface3d.eye import Eye
from nnviz.views.surface3d.framebuffer import SceneBuffer
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.gl_shapes import Shape
from nnviz.views.surface3d.viewpoint import Viewpoint

S = TypeVar("S", bound=Shape)

NAME = "Surface in three dimensions"
TIP = "Drag to turn, wheel to zoom, double click to go back  [arrows, + and −, Home]"
DEGREES = 5.0
"""How far an arrow key turns it."""
ZOOMS = {Qt.Key.Key_Plus: 1.1, Qt.Key.Key_Equal: 1.1, Qt.Key.Key_Minus: 1 / 1.1}
"""How many times nearer a key looks."""


class OrbitView(Lettered):
    """A scene around which the eye can be led.

    Attributes:
        shapes: what stands in it.
        eye: from where it is seen.
        background: the colour behind it.
    """

    def __init__(self, shared: OffscreenGL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Its picture is its whole ground: what is behind need not be painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setToolTip(TIP)
        self.setAccessibleName(NAME)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._gl = shared
        self._buffer = SceneBuffer(shared, self)
        self._buffer.rested.connect(self._redraw)
        self.shapes: list[Shape] = []
        self.eye = Eye()
        self.background = QColor(self._theme.panel)
        self._picture: QImage | None = None
        self._viewpoint = Viewpoint()
        self._elevation = camera.VIEWPOINT[0]
        self._side = 0
        self._placed = False
        self._dragged: QPointF | None = None

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

    def added(self, shape: S, order: int) -> S:
        """Return a shape that stands in the scene from now on, to be seen once it is shown."""
        shape.order = order
        self.shapes.append(shape)
        return shape

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
        self.eye.azimuth = first if turn is None else turn
        self.eye.elevation = self._elevation if tilt is None else tilt
        self._fit()

    def orbit(self, azim: float, elev: float) -> None:
        """Turn by angles in degrees; the eye stays above the base."""
        self.look(self._viewpoint.turned(self.eye.azimuth + azim, self.eye.elevation + elev))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to turn."""
        self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn with the left button down."""
        before, self._dragged = self._dragged, event.position()
        if before is not None and event.buttons() == Qt.MouseButton.LeftButton:
            moved = event.position() - before
            self.orbit(-moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turn no further."""
        self._dragged = None
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self.zoom(1.001 ** event.angleDelta().y())
        event.accept()

    def zoom(self, factor: float) -> None:
        """Look so many times nearer."""
        self.look(self._viewpoint.zoomed(self._viewpoint.zoom * factor))

    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers."""
        if event.type() == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom(pinch.scaleFactor())
                return True
        return super().event(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Look at the surface as at first."""
        self.go_back()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows turn, + and − zoom, Home goes back."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and Qt.Key(event.key()) in (*WAYS, *ZOOMS, Qt.Key.Key_Home)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, zoom or go back; every other key is the window's."""
        key = Qt.Key(event.key())
        if not self.takes_key(event):
            event.ignore()
        elif key in WAYS:
            across, down = WAYS[key]
            self.orbit(DEGREES * across, -DEGREES * down)
        elif key in ZOOMS:
            self.zoom(ZOOMS[key])
        else:
            self.go_back()

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
            self.points(), self.eye.elevation, self.eye.azimuth, size, line
        )
        self.eye.distance = distance / self._viewpoint.zoom
        self.eye.centre = QVector3D(*centre)
        self._place_path()

    def _pixel_size(self) -> float:
        """Return the length in the box that is one pixel at the middle of the picture."""
        return self.eye.distance * 2 * camera.across() / max(self.width(), 1)

    def _near_edge(self, axis: int) -> Array:
        """Return the ends (2, 3) of the base edge along an axis that is nearer to the eye."""
        eye = self.eye.position
        ends = np.full((2, 3), mesh.FLOOR)
        ends[:, axis] = -1, 1
        ends[:, 1 - axis] = np.sign((eye.y(), eye.x())[axis]) or 1.0
        return ends

    def matrix(self) -> QMatrix4x4:
        """Return what turns places in the box into those of the picture, −1..1 each way."""
        return self.eye.matrix(max(self.width(), 1), max(self.height(), 1))

    def _project(self, place: Array) -> QPointF:
        """Return where a place in the box stands in the widget, in pixels."""
        seen = self.matrix().map(QVector3D(*place))
        return QPointF((1 + seen.x()) / 2 * self.width(), (1 - seen.y()) / 2 * self.height())

    # -- drawing -----------------------------------------------------------------------------------

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
        picture = self._buffer.draw(size, self._draw_shapes)
        if picture is None:
            blank = QImage(size, QImage.Format.Format_RGB32)
            blank.fill(QColor(self._theme.panel))
            return blank
        picture.setDevicePixelRatio(ratio)
        return picture

    def _draw_shapes(self) -> None:
        self._gl.renderer.draw(self.shapes, self.matrix(), self.background)
