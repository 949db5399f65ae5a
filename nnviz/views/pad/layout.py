"""Where the pad's parts stand, whatever its size: in a dock of the column or on a wall."""

from PySide6.QtCore import QRect

from nnviz.dataclass import dataclass
from nnviz.views.shared.type_scale import Step, TypeScale

WIDE = 1.05
"""How many times as wide as high a pad is on which the answer stands beside the sheet."""
ANSWER, LEAST_ANSWER = 0.36, 132
"""Share of the width that the answer has beside the sheet, and what it has at least at a factor of
1: the sheet has the rest, as far as it is high."""
LEAST_SHEET = 0.48
"""Share of the width that the sheet has beside the answer, however large letters are."""
LOWEST_GALLERY, HIGH_ENOUGH = 26, 220
"""Heights, at a factor of 1: below the one the gallery is left to its button, above the other
the sheet spares a little for it."""
STAGE, STAGES_HIGH = 30, 36
"""Side of a stage's picture, and height of the stages with their names, at a factor of 1."""


@dataclass(frozen=True, slots=True)
class PadLayout:
    """Where the pad's parts stand, in pixels; stages and gallery are empty without room."""

    canvas: QRect
    stages: QRect
    winner: QRect
    bars: QRect
    gallery: QRect
    tools: QRect

    @property
    def top(self) -> QRect:
        """Where winner and stages stand."""
        return self.winner.united(self.stages)


def arrange(width: int, height: int, scale: TypeScale) -> PadLayout:
    """Divide the pad, so many pixels wide and high, among its parts.

    Wide: the sheet, and beside it winner, stages and bars. Otherwise those go below the sheet.
    The buttons stand at the foot, the gallery above them.
    """
    margin = gap = max(6, min(scale.space(14), width // 40, height // 20))
    room_x, room_y = width - 2 * margin, height - 2 * margin
    button = max(round(1.6 * scale.px(Step.BODY)), room_y // 16)
    tools = QRect(margin, margin + room_y - button, room_x, button)
    upper = room_y - button - gap
    if width >= WIDE * height:
        answers = max(int(ANSWER * room_x), scale.space(LEAST_ANSWER))
        side = min(upper, max(room_x - gap - answers, int(LEAST_SHEET * room_x)))
        strip = _gallery(upper - side - gap, upper, scale)
        if not strip and upper > scale.space(HIGH_ENOUGH):  # the sheet can spare a little
            strip = max(scale.space(28), upper // 9)
            side = min(side, upper - strip - gap)
        body = upper - (strip + gap if strip else 0)
        x = margin + side + gap
        answer = QRect(x, margin, room_x - side - gap, body)
        canvas = QRect(margin, margin + (body - side) // 2, side, side)
    else:
        side = min(room_x, int(0.5 * upper))
        below = upper - side - gap
        strip = _gallery(below // 6, upper, scale)
        canvas = QRect(margin + (room_x - side) // 2, margin, side, side)
        top = margin + side + gap
        answer = QRect(margin, top, room_x, below - (strip + gap if strip else 0))
    gallery = QRect(margin, margin + upper - strip, room_x if strip else 0, strip)
    winner, stages, bars = _answer(answer, gap, scale)
    return PadLayout(canvas, stages, winner, bars, gallery, tools)


def _answer(room: QRect, gap: int, scale: TypeScale) -> tuple[QRect, QRect, QRect]:
    """Put winner and stages side by side, the bars below."""
    wished = max(int(0.28 * room.height()), scale.space(40))
    high = min(wished, int(0.36 * room.width()), int(0.45 * room.height()))
    # Three pictures with their names below, each as high as it is wide, leave this to the winner.
    part = min(
        max(int(0.34 * room.width()), scale.space(46)), room.width() - 3 * scale.space(STAGE)
    )
    staged = part >= scale.space(36) and high >= scale.space(STAGES_HIGH)
    winner = QRect(room.left(), room.top(), part if staged else room.width(), high)
    stages = QRect(winner.right() + 1 + gap, room.top(), room.width() - part - gap, high)
    top = room.top() + high + gap // 2
    bars = QRect(room.left(), top, room.width(), room.bottom() + 1 - top)
    return winner, stages if staged else QRect(), bars


def _gallery(left: int, upper: int, scale: TypeScale) -> int:
    """Return the gallery's height, given what is left over; 0 for none."""
    lowest = scale.space(LOWEST_GALLERY)
    return min(left, max(scale.space(64), upper // 8)) if left >= lowest else 0
