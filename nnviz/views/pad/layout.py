"""Where the pad's parts stand, whatever its size: in a dock of the column or on a wall."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

WIDE = 1.15
"""How many times as wide as high a pad is on which the answer stands beside the sheet."""
LOWEST_GALLERY = 26
"""Height in pixels below which the gallery is left to its button."""


@dataclass(frozen=True, slots=True)
class PadLayout:
    """Where the pad's parts stand, in pixels.

    Attributes:
        canvas: the sheet.
        stages, winner: side by side, over the bars.
        bars: of the outputs.
        gallery: across the pad; empty where there is no room.
        tools: the row of buttons at the foot.
    """

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


def arrange(width: int, height: int, line: int) -> PadLayout:
    """Divide the pad among its parts.

    Wide: the sheet, and beside it winner, stages and bars. Otherwise those go below the
    sheet. The buttons stand at the foot, the gallery above them.

    Args:
        width: of the pad, in pixels.
        height: of the pad, in pixels.
        line: height of a line of text, in pixels.
    """
    margin = gap = max(6, min(14, width // 40))
    room_x, room_y = width - 2 * margin, height - 2 * margin
    button = max(line + 5, room_y // 16)
    tools = QRect(margin, margin + room_y - button, room_x, button)
    upper = room_y - button - gap
    if width >= WIDE * height:
        side = min(upper, int(0.48 * room_x))
        strip = _gallery(upper - side - gap, upper)
        if not strip and upper > 220:  # the sheet can spare a little
            strip = max(28, upper // 9)
            side = min(side, upper - strip - gap)
        body = upper - (strip + gap if strip else 0)
        x = margin + side + gap
        answer = QRect(x, margin, room_x - side - gap, body)
        canvas = QRect(margin, margin + (body - side) // 2, side, side)
    else:
        side = min(room_x, int(0.5 * upper))
        below = upper - side - gap
        strip = _gallery(below // 6, upper)
        canvas = QRect(margin + (room_x - side) // 2, margin, side, side)
        top = margin + side + gap
        answer = QRect(margin, top, room_x, below - (strip + gap if strip else 0))
    gallery = QRect(margin, margin + upper - strip, room_x if strip else 0, strip)
    high = min(max(int(0.28 * answer.height()), 40), int(0.36 * answer.width()))
    # Three pictures with their names below, each as high as it is wide, leave this to the winner.
    part = min(max(int(0.34 * answer.width()), 46), answer.width() - 3 * 30)
    winner = QRect(answer.left(), answer.top(), part, high)
    stages = QRect(answer.left() + part + gap, answer.top(), answer.width() - part - gap, high)
    bars_top = answer.top() + high + gap // 2
    bars = QRect(answer.left(), bars_top, answer.width(), answer.bottom() + 1 - bars_top)
    return PadLayout(canvas, stages, winner, bars, gallery, tools)


def _gallery(left: int, upper: int) -> int:
    """Return the gallery's height, given what is left over; 0 for none."""
    return min(left, max(64, upper // 8)) if left >= LOWEST_GALLERY else 0
