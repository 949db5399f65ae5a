"""The axes of the 3-D cost surface: where they stand in its picture, with names and numbers.

The two axes of the base stand at the edges nearest to the eye; the axis of
costs, where there is one, stands on the corner at the left.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from nnviz.numbers import write
from nnviz.views.surface3d import mesh
from nnviz.views.surface3d.axes import Axis
from nnviz.views.surface3d.numbers import log_ticks, short, some_ticks
from nnviz.views.surface3d.shape import HEIGHT, Relief

Array = NDArray[np.floating[Any]]
Project = Callable[[Array], QPointF]
"""Returns where a place (3,) in the box stands in the widget, in pixels."""

AXIS = 0.8
"""How high the axis of costs reaches."""


def base_axes(
    relief: Relief,
    names: tuple[str, str],
    edges: tuple[Array, Array],
    project: Project,
    letter: float,
) -> list[Axis]:
    """Return the axes of both weights, each along an edge of the base with ends (2, 3)."""
    middle = project(np.array([0, 0, mesh.FLOOR]))
    axes = []
    for name, w, edge in zip(names, (relief.w1, relief.w2), edges, strict=True):
        start, end = (project(corner) for corner in edge)
        low, span = float(w[0]), float(w[-1] - w[0])
        long = (end - start).manhattanLength()
        values = some_ticks(low, low + span, int(min(max(long / (2.4 * letter), 3), 6)))
        marks = [((value - low) / span, short(value, values)) for value in values]
        axes.append(Axis(name, marks, start, end, middle))
    return axes


def cost_axis(relief: Relief, foot: Array, project: Project, letter: float) -> Axis:
    """Return the axis of costs, which stands on a corner of the base, (3,)."""
    corner = np.array([*foot[:2], 0.0])
    start, end = project(corner), project(np.array([*foot[:2], AXIS]))
    most = int(min(max((start - end).manhattanLength() / (1.8 * letter), 2), 5))
    if relief.log:
        values = log_ticks(relief.low, relief.high)
    else:
        values = some_ticks(relief.low, relief.high, most)
    heights = (relief.height_of(np.array(values)) * (HEIGHT / AXIS)).tolist()
    marks = [
        (height, cost_mark(value, values))
        for value, height in zip(values, heights, strict=True)
        if height <= 1
    ]
    aside = QPointF(start.x() + 1e3, (start.y() + end.y()) / 2)
    return Axis("C", marks, start, end, aside, tipped=True)


def cost_mark(value: float, marks: list[float]) -> str:
    """Write a cost on its axis."""
    even = len(marks) < 3 or abs(marks[2] - 2 * marks[1] + marks[0]) < 1e-9 * abs(marks[-1])
    return short(value, marks) if even else write(value, 6)
