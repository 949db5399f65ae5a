"""Names and numbers along the base of the 3-D surface, painted over its picture."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme
from nnviz.views.relief_numbers import decimal


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis as it stands in the picture.

    Attributes:
        name: of the parameter.
        low, high: values at its ends.
        start, end: where those ends stand, in pixels.
    """

    name: str
    low: float
    high: float
    start: QPointF
    end: QPointF


def axis_font(widget: QWidget) -> QFont:
    """Return the font of names and numbers, in proportion to the picture."""
    font = QFont(widget.font())
    part = max(0.72, min(1.8, widget.height() / 220, widget.width() / 280))
    font.setPixelSize(max(round(QFontInfo(font).pixelSize() * part), 9))
    return font


def paint_axis(painter: QPainter, axis: Axis, middle: QPointF, theme: Theme, room: QRectF) -> None:
    """Write an axis' name in the middle of its edge, its end values near the corners.

    Args:
        painter: its font is used.
        axis: what to write and where.
        middle: the middle of the base, from which the text points away, in pixels.
        theme: the colours.
        room: what the text must not leave.
    """
    outward = (axis.start + axis.end) / 2 - middle
    outward /= max((outward.x() ** 2 + outward.y() ** 2) ** 0.5, 1e-6)
    metrics = QFontMetricsF(painter.font())
    for share, text, colour in (
        (0.5, axis.name, theme.text),
        (0.1, decimal(axis.low, 1), theme.dim),
        (0.9, decimal(axis.high, 1), theme.dim),
    ):
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 2, metrics.height())
        away = 0.5 * (abs(outward.x()) * box.width() + abs(outward.y()) * box.height()) + 3
        box.moveCenter(axis.start + (axis.end - axis.start) * share + outward * away)
        box.moveLeft(min(max(box.left(), room.left()), room.right() - box.width()))
        box.moveTop(min(max(box.top(), room.top()), room.bottom() - box.height()))
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
