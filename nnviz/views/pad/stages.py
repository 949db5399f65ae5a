"""The pictures a drawing passes through on its way to the net, the last as the net sees it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.data.description import NOTHING_KNOWN
from nnviz.data.picture_inputs import strokes_names
from nnviz.views.pad.ink_drawing import draw_picture
from nnviz.views.pad.part import Array, Part

MOST = 4
"""Most stages that a picture passes through."""
SMALLEST_PICTURE = 30.0
"""Side in pixels below which rather the first stage is left out, which the sheet shows too."""
GAP = 6.0
PREPARED = (
    "On the way to the net: the ink alone, its tight box, scaled to one size, placed by its "
    "centre of mass. The last is exactly what the net sees."
)
WHOLE = (
    "This net was trained on whole pictures: the picture is not prepared as a drawing is. "
    "The last is exactly what the net sees."
)
READABLE = 10.0
"""Letters in pixels below which a caption is rather shortened."""


class Stages(Part):
    """The stages of preparation side by side, with their names below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[Array] = []
        self.captions = strokes_names(NOTHING_KNOWN)
        self.setToolTip(PREPARED)

    def show_stages(self, captions: Sequence[str], pictures: Sequence[Array] = ()) -> None:
        """Show grey pictures (rows, columns) of 0..1, one for each caption, or none yet."""
        self.captions, self.pictures = tuple(captions), list(pictures)
        self.setToolTip(PREPARED if len(captions) == MOST else WHOLE)
        self.update()

    def boxes(self) -> list[tuple[int, QRectF]]:
        """Return which stages are shown, and where their pictures stand."""
        words = self._caption()
        stages = len(self.captions)
        for first in (0, 1):
            count = stages - first
            across = (self.width() - 1 - (MOST - first - 1) * GAP) / (MOST - first)
            side = min(self.height() - words - 2, across)
            if across >= SMALLEST_PICTURE or first or stages < MOST:
                break
        return [
            (first + place, QRectF(place * (side + GAP) + 0.5, 0.5, side, side))
            for place in range(count)
        ]

    def _caption(self) -> float:
        """Height of the captions."""
        return float(min(max(0.22 * self.height(), 11.0), 1.5 * self.base() + 10))

    def _name(self, stage: int, room: float) -> str:
        """Return what a stage is called, in short where it must be."""
        smallest = QFontMetricsF(self.sized(READABLE))
        name = self.captions[stage]
        return name if smallest.horizontalAdvance(name) <= room else name.split()[-1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each stage in a square of the same size, the net's own in a bright frame."""
        painter = QPainter(self)
        boxes = self.boxes()
        words, side = self._caption(), boxes[0][1].width()
        room = side + GAP - 2
        names = {stage: self._name(stage, room) for stage, _ in boxes}
        font = self.sized(
            min(self.fitting(name, 0.8 * words, room).pixelSize() for name in names.values())
        )
        last = boxes[-1][0]
        for stage, box in boxes:
            painter.setPen(QColor(self.theme.text if stage == last else self.theme.line))
            painter.setBrush(QColor("#000000"))
            painter.drawRect(box)
            if stage < len(self.pictures) and self.pictures[stage].size:
                draw_picture(painter, self.pictures[stage], box.adjusted(1, 1, -1, -1))
            painter.setFont(font)
            painter.setPen(QColor(self.theme.text if stage == last else self.theme.dim))
            below = QRectF(box.left() - GAP / 2, box.bottom() + 2, side + GAP, words)
            painter.drawText(
                below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, names[stage]
            )
