"""The notes beside the cost curves: in a corner that is free, in letters that fit there."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSimpleTextItem

from nnviz.views.cost.labels import Room
from nnviz.views.cost.text import Note
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized

Place = tuple[float, float]
MARGIN = 3.0
"""Pixels between notes and the ends of the plot."""
MOST_HIDDEN = 0.6
"""Share of the plot's height that notes may stand over."""


class Notes(QGraphicsSimpleTextItem):
    """All notes as one text."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._theme, self._wished = DARK, QFont()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours, and letters where there is room for them."""
        self._theme, self._wished = theme, font
        self.setBrush(QColor(theme.dim))

    def place(self, notes: Sequence[Note], room: Room, width: float, height: float) -> None:
        """Write notes into a corner that is free, in smaller letters where there is none.

        Else, as they are needed, where they hide the least of the curves and nothing that is
        written; and where they would hide too much, only what they are about.
        """
        if not notes:
            put(self, None)
            return
        wished, scale = self._wished.pixelSize(), self._theme.scale
        sizes = {wished, *(scale.px(step) for step in Step if scale.px(step) < wished)}
        for size in sorted(sizes, reverse=True):
            wide, high = self._write(notes, sized(self._wished, size), width)
            corners = _corners(width - wide, height - high)
            place = next((at for at in corners if room.take(*at, wide, high)), None)
            if place is not None:
                put(self, place)
                return
        if high > MOST_HIDDEN * height or not self._place_over(room, wide, high, width, height):
            wide, high = written(self, "\n".join(note.about for note in notes))
            if not self._place_over(room, wide, high, width, height):
                put(self, None)

    def _place_over(
        self, room: Room, wide: float, high: float, width: float, height: float
    ) -> bool:
        """Put what is written over curves, but on no other text; tell whether that can be."""
        blank = [
            place
            for place in _corners(width - wide, height - high)
            if room.is_blank(*place, wide, high)
        ]
        if not blank:
            return False
        place = min(blank, key=lambda at: room.hidden(at[0], at[1], wide, high))
        room.taken.append((*place, place[0] + wide, place[1] + high))
        put(self, place)
        return True

    def _write(self, notes: Sequence[Note], font: QFont, width: float) -> tuple[float, float]:
        """Write notes whole, and return their width and height."""
        self.setFont(font)
        advance = QFontMetricsF(font).horizontalAdvance
        lines = []
        for note in notes:
            line = f"{note.about}: {note.more}"
            fits = advance(line) < width - 2 * MARGIN
            lines.append(line if fits else f"{note.about}:\n{note.more}")
        return written(self, "\n".join(lines))


def _corners(right: float, bottom: float) -> list[Place]:
    """Return where notes may begin, the best place first; none where they are too large."""
    right, bottom = right - MARGIN, bottom - 2.0
    if right < 0 or bottom < 0:
        return []
    heights = (2.0, bottom, 0.25 * bottom, 0.5 * bottom, 0.75 * bottom)
    return [(x, y) for y in heights for x in (right, right / 2, min(MARGIN, right))]


def written(item: QGraphicsSimpleTextItem, text: str) -> tuple[float, float]:
    """Write a text and return its width and height."""
    if item.text() != text:
        item.setText(text)
    box = item.boundingRect()
    return box.width(), box.height()


def put(item: QGraphicsSimpleTextItem, place: Place | None) -> None:
    """Put a text at a place, or take it away."""
    if place is not None:
        item.setPos(*place)
    item.setVisible(place is not None)
