"""The cost surface in 3-D: relief, iso-lines on it and on the floor, path, ball, axes.

The scene is drawn off screen and painted like a picture, and only when
something in it has changed. The camera keeps the surface in sight whatever the
panel's shape; dragging orbits, the wheel zooms, a double click goes back. Names
and numbers stand at the base edges nearest to the eye. This module imports
OpenGL, so it is itself imported only where OpenGL works.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QOpenGLContext,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme, rgb
from nnviz.views.surface3d import camera, mesh
from nnviz.views.surface3d.axes import Axis, paint_axes
from nnviz.views.surface3d.axis_layout import AXIS, base_axes, cost_axis
from nnviz.views.surface3d.colours import Tint, height_colours, viridis
from nnviz.views.surface3d.framebuffer import SceneBuffer
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.plot import AxisLetters
from nnviz.views.surface3d.shape import Relief
from nnviz.views.surface3d.solids import lifted, lines_item, mesh_item, rgba
from nnviz.views.surface3d.viewpoint import Viewpoint

Array = NDArray[np.floating[Any]]

GRID = 12
"""Cells of the coarse net drawn on the surface."""
LIFT = 0.012
"""How far lines hover above the surface, so that it does not swallow them."""
FAINT = 0.35
"""Share of grey in the contour lines on the floor, which a dark valley would else lack."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A path on the surface and the ball at its end.

    Attributes:
        path: (n, 2) unit coordinates, evenly spaced.
        now: the ball's, (2,); None for no ball.
        line, line_rim: colours of the path and of its border.
        ball, ball_rim: colours of the ball and of its border.
        height: of each point of the path, (n,), where it does not lie on the surface.
    """

    path: Array
    now: Array | None
    line: str
    line_rim: str
    ball: str
    ball_rim: str
    height: Array | None = None


class ReliefScene(GLViewMixin, QWidget):  # type: ignore[misc]
    """The 3-D drawing of a relief.

    Attributes:
        COSTS: whether heights are told: where the relief's costs are costs.
    """

    COSTS = False

    def __init__(self, shared: OffscreenGL, parent: QWidget | None = None, most: int = 1) -> None:
        """Make the scene.

        Args:
            shared: what it is drawn with.
            parent: the widget it stands in.
            most: how many traces it may have.
        """
        super().__init__(parent)
        self.setToolTip("Drag to turn, wheel to zoom, double click to go back")
        self._gl = shared
        self._buffer = SceneBuffer(shared, self)
        self._buffer.rested.connect(self._redraw)
        self._ready = False
        self._picture: QImage | None = None
        self._theme = DARK
        self._letters = AxisLetters()
        self._relief: Relief | None = None
        self._names = ("", "")
        self._viewpoint = Viewpoint()
        self._elevation = camera.VIEWPOINT[0]
        self._side = 0
        self._placed = False
        self._traces: Sequence[Trace] = ()
        self._tint = viridis()
        self._surface = self._mesh_item(0)
        self._grid = self._lines_item(1)
        self._iso = self._lines_item(2)
        self._base = self._lines_item(-2)
        self._floor = self._lines_item(-1)
        # Each trace: its line's rim, line, ball's rim, ball.
        self._trace_items = [
            tuple(self._mesh_item(3 + part, behind=part in (0, 2)) for part in range(4))
            for _ in range(most)
        ]
        self._outline = mesh.BASE
        self.opts["fov"] = camera.FIELD
        self._aim()
        self.set_theme(DARK)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the surface can be made out."""
        space = self._theme.scale.space
        return QSize(space(120), space(90))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours, and the sizes of letters and lines."""
        resized = theme.scale != self._theme.scale
        self._theme = theme
        self.setBackgroundColor(theme.panel)
        for item in (self._grid, self._iso, self._base, self._floor):
            item.setData(width=theme.scale.line(1.0))
        ring = np.concatenate((mesh.BASE, mesh.BASE[:1]))
        self._base.setData(pos=np.repeat(ring, 2, axis=0)[1:-1], color=rgba(theme.dim, 0.55))
        self._draw_floor()
        if resized:
            self._fit()
        self._place_path()

    def show_relief(self, relief: Relief | None, names: tuple[str, str]) -> None:
        """Show another surface; names are those of w1 and w2."""
        if self._relief is None and relief is not None:
            self._side = camera.low_side(relief)
            self._aim()
        self._relief, self._names = relief, names
        for item in self.items:
            item.setVisible(relief is not None)
        if relief is not None:
            fill(self._surface, mesh.surface(relief, self._tint))
            self._grid.setData(pos=lifted(mesh.grid_lines(relief, GRID), LIFT / 2))
            self._grid.setData(color=(0.0, 0.0, 0.0, 0.16))
            height = np.repeat(relief.iso_height[:, np.newaxis], 2, axis=1)
            pieces = mesh.in_box(relief.iso, height).reshape(-1, 3)
            colour = rgba(self._tint.line, self._tint.share)
            self._iso.setData(pos=lifted(pieces, LIFT), color=colour)
            self._iso.setVisible(bool(len(pieces)))
            self._draw_floor()
            self._outline = camera.outline(relief)
            self._fit()
        self._place_path()

    def _draw_floor(self) -> None:
        """Draw the contour lines on the floor in the colours that the surface has above them."""
        relief = self._relief
        if relief is None or not len(relief.iso):
            self._floor.setVisible(False)
            return
        colours = np.ones((2 * len(relief.iso), 4), np.float32)
        shades = np.repeat(height_colours(relief.iso_height, self._tint) / 255, 2, axis=0)
        colours[:, :3] = (1 - FAINT) * shades + FAINT * rgb(self._theme.dim) / 255
        self._floor.setData(pos=mesh.on_floor(relief.iso).reshape(-1, 3), color=colours)
        self._floor.setVisible(True)

    def show_traces(self, traces: Sequence[Trace]) -> None:
        """Show paths and the balls at their ends."""
        self._traces = traces
        self._place_path()

    def set_tint(self, tint: Tint) -> None:
        """Colour the surfaces shown from now on otherwise than the live net's."""
        self._tint = tint

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
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        if self._relief is not None:
            self._paint_axes(painter)

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
            self._build_path()
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

    def _fit(self) -> None:
        """Move the eye to where the surface and its base just fill the picture."""
        size = max(self.width(), 1), max(self.height(), 1)
        line = self._letters.fit(self, self._theme.scale).metrics.height()
        # The axis of costs stands on the corner at the left, and its top must be seen.
        top = camera.left_corner(self.opts["azimuth"]) * (1, 1, 0) + (0, 0, AXIS)
        points = np.concatenate((self._outline, top[np.newaxis])) if self.COSTS else self._outline
        centre, distance = camera.fit(
            points, self.opts["elevation"], self.opts["azimuth"], size, line
        )
        self.opts["distance"] = distance / self._viewpoint.zoom
        self.opts["center"] = QVector3D(*centre)
        self._place_path()

    def _build_path(self) -> None:
        self._placed = True
        relief = self._relief
        for items in self._trace_items:
            for item in items:
                item.setVisible(False)
        if relief is None:
            return
        # Thickness in pixels, so that path and ball are seen at every size and zoom.
        pixel = self._pixel_size() * max(
            self._theme.scale.line(1.0), min(self.height() / 300, self.width() / 400)
        )
        for items, trace in zip(self._trace_items, self._traces, strict=False):
            self._build_trace(relief, items, trace, pixel)
        self.build_marks(relief, pixel)

    def build_marks(self, relief: Relief, pixel: float) -> None:
        """Place whatever else stands on the surface; here nothing.

        Args:
            relief: the surface.
            pixel: the length in the box that is about one pixel.
        """

    def _build_trace(
        self, relief: Relief, items: tuple[Any, ...], trace: Trace, pixel: float
    ) -> None:
        line_rim, line, ball_rim, ball = items
        thick = 0.75 * pixel
        if len(trace.path) > 1:
            height = relief.height_at(trace.path) if trace.height is None else trace.height
            centres = lifted(mesh.in_box(trace.path, height), thick)
            for item, radius, colour in (
                (line_rim, 2 * thick, trace.line_rim),
                (line, thick, trace.line),
            ):
                made = mesh.tube(centres, radius, rgb(colour) / 255)
                if made is not None:
                    fill(item, made)
                    item.setVisible(True)
        if trace.now is not None:
            here = np.clip(trace.now[np.newaxis], 0, 1)
            centre = mesh.in_box(here, relief.height_at(here))[0] + (0, 0, 3 * pixel)
            for item, radius, colour in (
                (ball_rim, 6.5 * pixel, trace.ball_rim),
                (ball, 5 * pixel, trace.ball),
            ):
                fill(item, mesh.ball(centre, radius, rgb(colour) / 255))
                item.setVisible(True)

    def letters(self) -> QFont:
        """Return the font of names and numbers."""
        return self._letters.fit(self, self._theme.scale).font

    def axes(self) -> list[Axis]:
        """Return the axes as they stand in the picture; none before there is a surface."""
        if self._relief is None:
            return []
        letter = self._letters.fit(self, self._theme.scale).metrics.height()
        edges = self._near_edge(0), self._near_edge(1)
        axes = base_axes(self._relief, self._names, edges, self._project, letter)
        if self.COSTS:
            foot = camera.left_corner(self.opts["azimuth"])
            axes.append(cost_axis(self._relief, foot, self._project, letter))
        return axes

    def _paint_axes(self, painter: QPainter) -> None:
        painter.setFont(self.letters())
        if self.COSTS:
            painter.setPen(QPen(QColor(self._theme.dim), self._theme.scale.line(1.0)))
            foot = camera.left_corner(self.opts["azimuth"])
            top = np.array([*foot[:2], AXIS])
            painter.drawLine(self._project(foot), self._project(top))
        paint_axes(painter, self.axes(), self._theme, QRectF(self.rect()))

    def _mesh_item(self, order: int, behind: bool = False) -> Any:
        """Add a mesh; `behind` shows only its far side, which makes a rim around another."""
        return self._added(mesh_item(behind=behind), order)

    def _lines_item(self, order: int) -> Any:
        return self._added(lines_item(), order)

    def _added(self, item: Any, order: int) -> Any:
        item.setDepthValue(order)
        item.setVisible(False)
        self.addItem(item)
        return item


def fill(item: Any, made: mesh.Mesh) -> None:
    """Give a mesh item its triangles."""
    item.setMeshData(vertexes=made.vertexes, faces=made.faces, vertexColors=made.colours)
