"""Names, ticks and numbers along the 3-D surface's axes, painted over its picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme

TICK = 4.0
"""Length of a tick in pixels."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis as it stands in the picture.

    Attributes:
        name: what is along it.
        marks: numbers as they are written, each with its place along the axis, 0..1.
        start, end: where its ends stand, in pixels.
    """

    name: str
    marks: Sequence[tuple[float, str]]
    start: QPointF
    end: QPointF


def axis_font(widget: QWidget) -> QFont:
    """Return the font of names and numbers, in proportion to the picture."""
    font = QFont(widget.font())
    part = max(0.72, min(1.8, widget.height() / 220, widget.width() / 280))
    font.setPixelSize(max(round(QFontInfo(font).pixelSize() * part), 9))
    return font


def paint_axis(painter: QPainter, axis: Axis, middle: QPointF, theme: Theme, room: QRectF) -> None:
    """Write an axis' name beyond the middle of its edge and its numbers beside their ticks.

    A number that would cover the name or another number is left out.

    Args:
        painter: its font is used.
        axis: what to write and where.
        middle: from where the text points away, in pixels.
        theme: the colours.
        room: what the text must not leave.
    """
    outward = (axis.start + axis.end) / 2 - middle
    outward /= max((outward.x() ** 2 + outward.y() ** 2) ** 0.5, 1e-6)
    taken: list[QRectF] = []

    def box_at(share: float, text: str, beyond: float) -> QRectF:
        metrics = QFontMetricsF(painter.font())
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 2, metrics.height())
        away = 0.5 * (abs(outward.x()) * box.width() + abs(outward.y()) * box.height()) + beyond
        box.moveCenter(axis.start + (axis.end - axis.start) * share + outward * away)
        box.moveLeft(min(max(box.left(), room.left()), room.right() - box.width()))
        box.moveTop(min(max(box.top(), room.top()), room.bottom() - box.height()))
        return box

    if axis.name:
        taken.append(box_at(0.5, axis.name, TICK + 1))
        painter.setPen(QColor(theme.text))
        painter.drawText(taken[0], Qt.AlignmentFlag.AlignCenter, axis.name)
    painter.setPen(QColor(theme.dim))
    for share, text in axis.marks:
        foot = axis.start + (axis.end - axis.start) * share
        painter.drawLine(foot, foot + outward * TICK)
        box = box_at(share, text, TICK + 1)
        if not any(box.adjusted(-3, 0, 3, 0).intersects(other) for other in taken):
            taken.append(box)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
