"""Captions of thumbnails: a few words, each in its own tone, in one line or two."""

from collections.abc import Iterable, Sequence
from typing import get_args

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from nnviz.views.palette import Theme
from nnviz.views.shared.tile_content import Caption, Tone, Word

BLANK = Word(" ")
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class CaptionPainter:
    """Paints captions in the letters and colours of a grid; what it measures it remembers."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font, self.bold = font, QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = {False: QFontMetricsF(font), True: QFontMetricsF(self.bold)}
        self._widths: dict[tuple[str, bool], float] = {}
        self._colours = {tone: QColor(getattr(theme, tone)) for tone in get_args(Tone)}

    def widest(self, captions: Iterable[Caption]) -> float:
        """Return the width of the widest of some captions in one line."""
        return max((sum(map(self._width, _in_one_line(one))) for one in captions), default=0.0)

    def paint(self, painter: QPainter, caption: Caption, room: QRectF, lines: int) -> None:
        """Paint a caption in the middle of a room, in one line or with a line for each part."""
        parts = (_in_one_line(caption),) if lines == 1 else caption
        line = QRectF(room.left(), room.top(), room.width(), room.height() / max(len(parts), 1))
        for part in parts:
            self._line(painter, part, line)
            line.translate(0, line.height())

    def elided(self, text: str, width: float, *, bold: bool = False) -> str:
        """Return a text, cut at its end where it is wider than this."""
        return self._metrics[bold].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _width(self, word: Word) -> float:
        key = word.text, word.bold
        if key not in self._widths:
            self._widths[key] = self._metrics[word.bold].horizontalAdvance(word.text)
        return self._widths[key]

    def _line(self, painter: QPainter, words: Sequence[Word], room: QRectF) -> None:
        """Paint words side by side; what is too long is cut."""
        x = room.left() + max(0.0, (room.width() - sum(map(self._width, words))) / 2)
        for word in words:
            text, width, left = word.text, self._width(word), room.right() - x
            if width > left + 0.5:
                text = self.elided(text, left, bold=word.bold)
            if word is not BLANK:
                painter.setFont(self.bold if word.bold else self.font)
                painter.setPen(self._colours[word.tone])
                painter.drawText(QRectF(x, room.top(), width + 1, room.height()), MIDDLE, text)
            x += width


def _in_one_line(caption: Caption) -> tuple[Word, ...]:
    """Return the words of all parts, with a blank between two parts."""
    words: list[Word] = []
    for part in caption:
        words += (BLANK, *part) if words else part
    return tuple(words)
