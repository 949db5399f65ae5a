"""The pictures a drawing passes through on its way to the net, the last as the net sees it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.pad_ink import draw_picture
from nnviz.views.pad_part import Array, Part

CAPTIONS = ("ink", "tight box", "20×20", "28×28")
"""What each stage is called; the last word alone where there is little room."""
SMALLEST_PICTURE = 30.0
"""Side in pixels below which rather the first stage is left out, which the sheet shows too."""
GAP = 6.0
READABLE = 10.0
"""Letters in pixels below which a caption is rather shortened."""


class Stages(Part):
    """The stages of preparation side by side, with their names below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[Array] = []
        self.setToolTip(
            "On the way to the net: the ink alone, its tight box, scaled to 20×20, placed by "
            "its centre of mass in 28×28. The last is exactly what the net sees."
        )

    def show_pictures(self, pictures: Sequence[Array]) -> None:
        """Show grey pictures (rows, columns) of 0..1, one for each of `CAPTIONS`, or none."""
        self.pictures = list(pictures)
        self.update()

    def boxes(self) -> list[tuple[int, QRectF]]:
        """Return which stages are shown, and where their pictures stand."""
        words = self._caption()
        for first in (0, 1):
            count = len(CAPTIONS) - first
            across = (self.width() - 1 - (count - 1) * GAP) / count
            side = min(self.height() - words - 2, across)
            if across >= SMALLEST_PICTURE or first:
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
        fits = smallest.horizontalAdvance(CAPTIONS[stage]) <= room
        return CAPTIONS[stage] if fits else CAPTIONS[stage].split()[-1]

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
        last = len(CAPTIONS) - 1
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
