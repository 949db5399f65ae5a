"""Names and numbers along the edges of the 3-D cost surface, painted over the scene.

The two axes of the base stand at the edges nearest to the eye; the axis of
costs, where there is one, stands on the corner at the left.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnviz.numbers import write
from nnviz.views import relief_mesh as mesh
from nnviz.views.palette import Theme
from nnviz.views.relief_axes import Axis, paint_axis
from nnviz.views.relief_numbers import log_ticks, short, some_ticks
from nnviz.views.relief_shape import Relief

Array = NDArray[np.floating[Any]]
Project = Callable[[Array], QPointF]
"""Returns where a place (3,) in the box stands in the widget, in pixels."""

AXIS = 0.8
"""How high the axis of costs reaches."""


def paint_base(
    painter: QPainter,
    relief: Relief,
    names: tuple[str, str],
    edges: tuple[Array, Array],
    project: Project,
    theme: Theme,
    room: QRectF,
) -> None:
    """Paint the axes of both weights.

    Args:
        painter: its font is that of the numbers.
        relief: the surface.
        names: what the two weights are called.
        edges: the ends (2, 3) of the base edge at which each stands.
        project: finds places in the widget.
        theme: gives the colours.
        room: the widget, in pixels.
    """
    middle = project(np.array([0, 0, mesh.FLOOR]))
    letter = QFontMetricsF(painter.font()).height()
    for name, w, edge in zip(names, (relief.w1, relief.w2), edges, strict=True):
        start, end = (project(corner) for corner in edge)
        low, span = float(w[0]), float(w[-1] - w[0])
        long = (end - start).manhattanLength()
        values = some_ticks(low, low + span, int(min(max(long / (2.4 * letter), 3), 6)))
        marks = [((value - low) / span, short(value, values)) for value in values]
        paint_axis(painter, Axis(name, marks, start, end), middle, theme, room)


def paint_costs(
    painter: QPainter, relief: Relief, foot: Array, project: Project, theme: Theme, room: QRectF
) -> None:
    """Paint the axis of costs.

    Args:
        painter: its font is that of the numbers.
        relief: the surface.
        foot: the corner on which it stands, (3,).
        project: finds places in the widget.
        theme: gives the colours.
        room: the widget, in pixels.
    """
    letter = QFontMetricsF(painter.font()).height()
    corner = np.array([*foot[:2], 0.0])
    start, end = project(corner), project(np.array([*foot[:2], AXIS]))
    painter.setPen(QColor(theme.dim))
    painter.drawLine(project(foot), end)
    most = int(min(max((start - end).manhattanLength() / (1.8 * letter), 2), 5))
    if relief.log:
        values = log_ticks(relief.low, relief.high)
    else:
        values = some_ticks(relief.low, relief.high, most)
    heights = (relief.height_of(np.array(values)) * (mesh.HEIGHT / AXIS)).tolist()
    marks = [
        (height, cost_mark(value, values))
        for value, height in zip(values, heights, strict=True)
        if height <= 1
    ]
    aside = QPointF(start.x() + 1e3, (start.y() + end.y()) / 2)
    paint_axis(painter, Axis("", marks, start, end), aside, theme, room)
    painter.setPen(QColor(theme.text))
    top = max(end.y() - 0.5 * letter, 0.85 * letter)  # within the widget however low it is
    painter.drawText(QPointF(end.x() - 1.1 * letter, top), "C")


def cost_mark(value: float, marks: list[float]) -> str:
    """Write a cost on its axis."""
    even = len(marks) < 3 or abs(marks[2] - 2 * marks[1] + marks[0]) < 1e-9 * abs(marks[-1])
    return short(value, marks) if even else write(value, 6)
