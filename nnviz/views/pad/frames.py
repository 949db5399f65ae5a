"""Frames around several digits on the sheet, a stronger one around the digit that is looked at.

Below each stands how sure the net is, where that covers neither a frame nor what stands below
another.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnviz.dataclass import dataclass
from nnviz.views.pad.digits import Box
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized

FRAME, CHOSEN = QColor(DARK.dim), QColor(DARK.now)
"""The sheet is black in every theme."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Where several digits lie.

    Attributes:
        boxes: one around each; empty where there is one digit or none.
        shares: how sure the net is of each, in words; empty where nobody knows yet.
        chosen: the one that is looked at.
    """

    boxes: tuple[Box, ...] = ()
    shares: tuple[str, ...] = ()
    chosen: int = 0

    def at(self, place: tuple[float, float]) -> int | None:
        """Return whose frame is around a place on the sheet; where several are, the nearest."""
        inside = {
            number: abs(left + right - 2 * place[0]) + abs(top + bottom - 2 * place[1])
            for number, (left, top, right, bottom) in enumerate(self.boxes)
            if left <= place[0] <= right and top <= place[1] <= bottom
        }
        return min(inside, key=lambda number: inside[number], default=None)


NO_FRAMES = Frames()


def paint_frames(
    painter: QPainter, frames: Frames, sheet: QRectF, theme: Theme, font: QFont
) -> None:
    """Paint frames on a sheet of so many pixels, and what stands below them."""
    scale, side = theme.scale, sheet.width()
    boxes = {
        number: QRectF(side * left, side * top, side * (right - left), side * (bottom - top))
        for number, (left, top, right, bottom) in enumerate(frames.boxes)
    }
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number in sorted(boxes, key=lambda number: number == frames.chosen):
        chosen = number == frames.chosen
        width = scale.line(2.5 if chosen else 1)
        painter.setPen(QPen(CHOSEN if chosen else FRAME, width))
        inner = sheet.adjusted(width, width, -width, -width)
        painter.drawRoundedRect(boxes[number] & inner, scale.space(3), scale.space(3))
    painter.setFont(sized(font, scale.px(Step.CAPTION)))
    taken = [*boxes.values()]
    for number in sorted(boxes, key=lambda number: number != frames.chosen):
        if number >= len(frames.shares):
            continue
        metrics, edge = QFontMetricsF(painter.font()), scale.line(3)
        size = QRectF(0, 0, metrics.horizontalAdvance(frames.shares[number]), metrics.height())
        room = _room(size, boxes[number], sheet.adjusted(edge, edge, -edge, -edge), edge, taken)
        if room is not None:
            taken.append(room)
            painter.setPen(CHOSEN if number == frames.chosen else FRAME)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, frames.shares[number])


def _room(
    size: QRectF, box: QRectF, inner: QRectF, edge: float, taken: Sequence[QRectF]
) -> QRectF | None:
    """Return where words of a size have room below a box, else above it; None where nowhere."""
    for middle in (box.bottom() + edge + size.height() / 2, box.top() - edge - size.height() / 2):
        room = QRectF(size)
        room.moveCenter(QPointF(box.center().x(), middle))
        room.moveLeft(max(inner.left(), min(room.left(), inner.right() - room.width())))
        if inner.contains(room) and not any(room.intersects(other) for other in taken):
            return room
    return None
