"""The cost surface in 3-D: relief, iso-lines on it and on the floor, paths, balls, axes.

Names and numbers stand at the base edges nearest to the eye.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.views.palette import DARK, Theme, rgb
from nnviz.views.surface3d import camera, mesh
from nnviz.views.surface3d.axes import AXIS, Axis, base_axes, cost_axis, paint_axes
from nnviz.views.surface3d.colours import Tint, height_colours, viridis
from nnviz.views.surface3d.gl_context import OffscreenGL
from nnviz.views.surface3d.gl_shapes import Lines, Triangles
from nnviz.views.surface3d.orbit import OrbitView
from nnviz.views.surface3d.shape import Array, Relief

GRID = 12
"""Cells of the coarse net drawn on the surface."""
LIFT = 0.012
"""How far lines hover above the surface, so that it does not swallow them."""
FAINT = 0.35
"""Share of grey in the contour lines on the floor, which a dark valley would else lack."""


def lifted(points: Array, by: float) -> NDArray[np.float32]:
    """Return places (n, 3) a little higher."""
    return np.asarray(points + np.array([0, 0, by]), dtype=np.float32)


def rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    """Return a colour as OpenGL takes it."""
    red, green, blue = (rgb(colour) / 255).tolist()
    return red, green, blue, alpha


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


class ReliefScene(OrbitView):
    """The 3-D drawing of a relief; COSTS where heights are told, since its costs are costs."""

    COSTS = False

    def __init__(self, shared: OffscreenGL, parent: QWidget | None = None, most: int = 1) -> None:
        """Make the scene, for so many traces at most."""
        super().__init__(shared, parent)
        self._relief: Relief | None = None
        self._names = ("", "")
        self._traces: Sequence[Trace] = ()
        self._ahead: tuple[object, tuple[mesh.Mesh, NDArray[np.float32]]] | None = None
        self._tint = viridis()
        self._surface = self.added(Triangles(), 0)
        self._grid, self._iso, self._base, self._floor = (
            self.added(Lines(), order) for order in (1, 2, -2, -1)
        )
        # Each trace: its line's rim, line, ball's rim, ball.
        self._trace_items = [
            tuple(self.added(Triangles(behind=part in (0, 2)), 3 + part) for part in range(4))
            for _ in range(most)
        ]
        self._outline = mesh.BASE
        self._aim()
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours, and the sizes of letters and lines."""
        resized = theme.scale != self._theme.scale
        self._theme = theme
        self.background = QColor(theme.panel)
        for item in (self._grid, self._iso, self._base, self._floor):
            item.widen(theme.scale.line(1.0))
        ring = np.concatenate((mesh.BASE, mesh.BASE[:1]))
        self._base.place(np.repeat(ring, 2, axis=0)[1:-1])
        self._base.paint(rgba(theme.dim, 0.55))
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
        for item in self.shapes:
            item.setVisible(relief is not None)
        if relief is not None:
            surface, grid = self._worked_out(relief)
            self._surface.show(surface)
            self._grid.place(grid)
            self._grid.paint((0.0, 0.0, 0.0, 0.16))
            height = np.repeat(relief.iso_height[:, np.newaxis], 2, axis=1)
            pieces = mesh.in_box(relief.iso, height).reshape(-1, 3)
            self._iso.place(lifted(pieces, LIFT))
            self._iso.paint(rgba(self._tint.line, self._tint.share))
            self._iso.setVisible(bool(len(pieces)))
            self._draw_floor()
            self._outline = camera.outline(relief)
            self._fit()
        self._place_path()

    def prepare(self, relief: Relief) -> None:
        """Work out ahead what takes longest to draw of a surface."""
        self._worked_out(relief)

    def _worked_out(self, relief: Relief) -> tuple[mesh.Mesh, NDArray[np.float32]]:
        """Return a surface's triangles, and the lines of the net on it."""
        made_of = relief, self._tint
        if self._ahead is None or self._ahead[0] != made_of:
            grid = lifted(mesh.grid_lines(relief, GRID), LIFT / 2)
            self._ahead = made_of, (mesh.surface(relief, self._tint), grid)
        return self._ahead[1]

    def _draw_floor(self) -> None:
        """Draw the contour lines on the floor in the colours that the surface has above them."""
        relief = self._relief
        if relief is None or not len(relief.iso):
            self._floor.setVisible(False)
            return
        colours = np.ones((2 * len(relief.iso), 4), np.float32)
        shades = np.repeat(height_colours(relief.iso_height, self._tint) / 255, 2, axis=0)
        colours[:, :3] = (1 - FAINT) * shades + FAINT * rgb(self._theme.dim) / 255
        self._floor.place(mesh.on_floor(relief.iso).reshape(-1, 3))
        self._floor.paint(colours)
        self._floor.setVisible(True)

    def show_traces(self, traces: Sequence[Trace]) -> None:
        """Show paths and the balls at their ends."""
        self._traces = traces
        self._place_path()

    def set_tint(self, tint: Tint) -> None:
        """Colour the surfaces shown from now on otherwise than the live net's."""
        self._tint = tint

    def points(self) -> Array:
        """Return the places, (n, 3), that must be seen."""
        if not self.COSTS:
            return self._outline
        # The axis of costs stands on the corner at the left, and its top must be seen.
        top = camera.left_corner(self.eye.azimuth) * (1, 1, 0) + (0, 0, AXIS)
        return np.concatenate((self._outline, top[np.newaxis]))

    def build_path(self) -> None:
        """Place path and ball, with their thickness in pixels."""
        relief = self._relief
        for items in self._trace_items:
            for item in items:
                item.setVisible(False)
        if relief is None:
            return
        # Path and ball are seen at every size and zoom.
        pixel = self._pixel_size() * max(
            self._theme.scale.line(1.0), min(self.height() / 300, self.width() / 400)
        )
        for items, trace in zip(self._trace_items, self._traces, strict=False):
            _build_trace(relief, items, trace, pixel)
        self.build_marks(relief, pixel)

    def build_marks(self, relief: Relief, pixel: float) -> None:
        """Place whatever else stands on the surface; here nothing. `pixel` is one's length."""

    def axes(self) -> list[Axis]:
        """Return the axes as they stand in the picture; none before there is a surface."""
        if self._relief is None:
            return []
        letter = self.metrics().height()
        edges = self._near_edge(0), self._near_edge(1)
        axes = base_axes(self._relief, self._names, edges, self._project, letter)
        if self.COSTS:
            foot = camera.left_corner(self.eye.azimuth)
            axes.append(cost_axis(self._relief, foot, self._project, letter))
        return axes

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene, and the axes over it."""
        super().paintEvent(event)
        if self._relief is None:
            return
        painter = QPainter(self)
        painter.setFont(self.letters())
        if self.COSTS:
            painter.setPen(QPen(QColor(self._theme.dim), self._theme.scale.line(1.0)))
            foot = camera.left_corner(self.eye.azimuth)
            top = np.array([*foot[:2], AXIS])
            painter.drawLine(self._project(foot), self._project(top))
        paint_axes(painter, self.axes(), self._theme, QRectF(self.rect()))


def _build_trace(relief: Relief, items: tuple[Triangles, ...], trace: Trace, pixel: float) -> None:
    line_rim, line, ball_rim, ball = items
    thick = 0.75 * pixel
    if len(trace.path) > 1:
        height = relief.height_at(trace.path) if trace.height is None else trace.height
        centres = lifted(mesh.in_box(trace.path, height), thick)
        both = mesh.rimmed(centres, thick, trace.line, trace.line_rim)
        if both is not None:
            line.show(both[0])
            line_rim.show(both[1])
    if trace.now is not None:
        here = np.clip(trace.now[np.newaxis], 0, 1)
        centre = mesh.in_box(here, relief.height_at(here))[0] + (0, 0, 3 * pixel)
        ball_rim.show(mesh.ball(centre, 6.5 * pixel, trace.ball_rim))
        ball.show(mesh.ball(centre, 5 * pixel, trace.ball))
