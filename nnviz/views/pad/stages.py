"""The pictures a drawing passes through on its way to the net, the last as the net sees it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.pad.ink_drawing import PAPER, draw_picture
from nnviz.views.pad.part import Part
from nnviz.views.pad.picture import MOST_STAGES, StagesPicture
from nnviz.views.shared.type_scale import Step

SMALLEST_PICTURE = 30
"""Side, at a factor of 1, below which rather the first stage is left out."""
GAP, APART = 6, 2
"""Between pictures, and between their names."""
OVER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class Stages(Part[StagesPicture]):
    """The stages of preparation side by side, with their names below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(StagesPicture(), parent)
        self.setToolTip(self.shown.tip)

    def show_picture(self, shown: StagesPicture) -> None:
        """Show the stages."""
        before = self.shown
        if shown.pictures is not before.pictures or shown.names != before.names:
            self.setToolTip(shown.tip)  # training alone changes none of them
            super().show_picture(shown)

    def boxes(self) -> list[tuple[int, QRectF]]:
        """Return which stages are shown, and where their pictures stand."""
        words, stages = self._caption(), len(self.shown.names)
        gap, smallest = self.theme.scale.space(GAP), self.theme.scale.space(SMALLEST_PICTURE)
        metrics = QFontMetricsF(self.sized(0))
        short = (metrics.horizontalAdvance(name.split()[-1]) for name in self.shown.names)
        least = max(smallest, *(width + self.theme.scale.space(APART) - gap for width in short))
        side, pitch, first = 0.0, 0.0, 0
        for first in range(stages):
            columns = MOST_STAGES - first
            across = (self.width() - 1 - (columns - 1) * gap) / columns
            side = max(min(self.height() - words - 2, across), 1.0)
            pitch = max(side, min(least, across)) + gap
            if across >= least or stages < MOST_STAGES:
                break
        return [
            (stage, QRectF((stage - first) * pitch + (pitch - gap - side) / 2, 0.5, side, side))
            for stage in range(first, stages)
        ]

    def _caption(self) -> float:
        """Height of the captions."""
        least = 1.05 * self.px(Step.CAPTION)
        return float(min(max(0.22 * self.height(), least), 1.5 * self.px(Step.DISPLAY)))

    def _name(self, stage: int, room: float) -> str:
        """Return what a stage is called, in short where it must be."""
        metrics = QFontMetricsF(self.sized(0))
        name = self.shown.names[stage]
        short = name if metrics.horizontalAdvance(name) <= room else name.split()[-1]
        return short if metrics.horizontalAdvance(short) <= room else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each stage in a square of the same size, the net's own in a bright frame."""
        painter = QPainter(self)
        boxes = self.boxes()
        words = self._caption()
        pitch = boxes[1][1].left() - boxes[0][1].left() if len(boxes) > 1 else self.width()
        room = pitch - self.theme.scale.space(APART)
        names = {stage: self._name(stage, room) for stage, _ in boxes}
        fonts = [self.fitting((name,), 0.8 * words, room)[0] for name in names.values()]
        font = min(fonts, key=lambda one: one.pixelSize())
        last = boxes[-1][0]
        for stage, box in boxes:
            painter.setPen(QColor(self.theme.text if stage == last else self.theme.line))
            painter.setBrush(PAPER)
            painter.drawRect(box)
            if stage < len(self.shown.pictures) and self.shown.pictures[stage].size:
                draw_picture(painter, self.shown.pictures[stage], box.adjusted(1, 1, -1, -1))
            below = QRectF(box.center().x() - pitch / 2, box.bottom() + 2, pitch, words)
            colour = self.theme.text if stage == last else self.theme.dim
            self.write(painter, below, (font, names[stage]), colour, OVER)
