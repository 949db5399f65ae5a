"""Names, ticks and numbers along the 3-D surface's axes, painted over its picture.

The two axes of the base stand at the edges nearest to the eye; the axis of
costs, where there is one, stands on the corner at the left.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.dataclass import dataclass
from nnviz.numbers import write
from nnviz.views.palette import Theme
from nnviz.views.shared.axis_labels import Label, apart
from nnviz.views.shared.ticks import log_ticks, short, some_ticks
from nnviz.views.surface3d import mesh
from nnviz.views.surface3d.shape import HEIGHT, Array, Relief
from nnviz.wording import Sign

TICK = 0.25
"""Length of a tick, as a share of the height of a line of text."""
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
"""Where along its axis a name may stand, the best place first."""
Project = Callable[[Array], QPointF]
"""Returns where a place (3,) in the box stands in the widget, in pixels."""
AXIS = 0.8
"""How high the axis of costs reaches."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis as it stands in the picture.

    Attributes:
        name: what is along it.
        marks: numbers as they are written, each with its place along the axis, 0..1.
        start, end: where its ends stand, in pixels.
        middle: from where its text points away, in pixels.
        tipped: True where the name stands beyond the end, else beside the axis.
    """

    name: str
    marks: Sequence[tuple[float, str]]
    start: QPointF
    end: QPointF
    middle: QPointF
    tipped: bool = False

    def at(self, share: float) -> QPointF:
        """Return where a place along the axis, 0..1, stands in the picture."""
        return self.start + (self.end - self.start) * share

    def outward(self) -> QPointF:
        """Return the direction in which its text stands, of length 1."""
        return _direction(self.at(0.5) - self.middle)


def labels_of(axes: Sequence[Axis], metrics: QFontMetricsF, room: QRectF) -> list[Label]:
    """Return what is written along all axes of one picture, which no text leaves, and where.

    Names come first, each where there is room along its axis. A number that would cover another
    text of any axis is left out, and so is one whose tick is out of the picture.
    """
    wanted: list[tuple[str, Iterable[QRectF], bool]] = [
        (axis.name, _name_boxes(axis, metrics, room), True) for axis in axes if axis.name
    ]
    for axis in axes:
        way = axis.outward()
        for share, text in axis.marks:
            foot = axis.at(share)
            if room.contains(foot):
                wanted.append((text, (_box(text, foot, way, metrics, room),), False))
    return apart(wanted, room, TICK * metrics.height())


def paint_axes(painter: QPainter, axes: Sequence[Axis], theme: Theme, room: QRectF) -> None:
    """Write the names of the axes of one picture and the numbers beside their ticks."""
    painter.setPen(QPen(QColor(theme.dim), theme.scale.line(1.0)))
    metrics = QFontMetricsF(painter.font())
    tick = TICK * metrics.height()
    for axis in axes:
        outward = axis.outward() * tick
        for share, _ in axis.marks:
            foot = axis.at(share)
            painter.drawLine(foot, foot + outward)
    for label in labels_of(axes, metrics, room):
        painter.setPen(QColor(theme.text if label.is_name else theme.dim))
        painter.drawText(label.box, Qt.AlignmentFlag.AlignCenter, label.text)


def _name_boxes(axis: Axis, metrics: QFontMetricsF, room: QRectF) -> Iterator[QRectF]:
    """Return where a name may stand, the best place first."""
    if axis.tipped:
        yield _box(axis.name, axis.end, _direction(axis.end - axis.start), metrics, room)
    way = axis.outward()
    for share in ALONG:
        yield _box(axis.name, axis.at(share), way, metrics, room)


def _box(text: str, foot: QPointF, way: QPointF, metrics: QFontMetricsF, room: QRectF) -> QRectF:
    """Return the box of a text that stands off a place in a direction, within the picture."""
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 2, metrics.height())
    away = 0.5 * (abs(way.x()) * box.width() + abs(way.y()) * box.height())
    away += 1.2 * TICK * metrics.height()
    box.moveCenter(foot + way * away)
    box.moveLeft(max(min(box.left(), room.right() - box.width()), room.left()))
    box.moveTop(max(min(box.top(), room.bottom() - box.height()), room.top()))
    return box


def _direction(way: QPointF) -> QPointF:
    length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
    return QPointF(way.x() / length, way.y() / length)


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
    return Axis(Sign("C"), marks, start, end, aside, tipped=True)


def cost_mark(value: float, marks: list[float]) -> str:
    """Write a cost on its axis."""
    even = len(marks) < 3 or abs(marks[2] - 2 * marks[1] + marks[0]) < 1e-9 * abs(marks[-1])
    return short(value, marks) if even else write(value, 6)
