"""Captions below thumbnails: what an example is, and what the network reads instead."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from nnviz.engine.measure.answer import class_name as name_of
from nnviz.views.palette import Theme

ARROW = " → "
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Word:
    """A word of a caption, measured once."""

    def __init__(self, text: str, font: QFont, colour: str) -> None:
        self.text, self.font, self.colour = text, font, QColor(colour)
        self.width = QFontMetricsF(font).horizontalAdvance(text)


class Captions:
    """Paints captions in the letters and colours of a gallery.

    Attributes:
        widest: width of the widest caption in one line.
    """

    def __init__(self, names: Sequence[str], font: QFont, theme: Theme) -> None:
        self._names, self._font, self._theme = names, font, theme
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._words: dict[tuple[str, bool, str], _Word] = {}
        metrics = QFontMetricsF(self._bold)
        name = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        self.widest = 2 * name + metrics.horizontalAdvance(ARROW)

    def paint(self, painter: QPainter, wanted: int, read: int, room: QRectF, lines: int) -> None:
        """Paint a caption in the middle of a room.

        Args:
            painter: to paint with.
            wanted: class of the example.
            read: class that the network makes of it.
            room: where.
            lines: 1, or 2 to put one class below the other.
        """
        theme, wrong = self._theme, wanted != read
        first = self._word(name_of(wanted, self._names), False, theme.text if wrong else theme.dim)
        last = self._word(name_of(read, self._names), wrong, theme.minus if wrong else theme.dim)
        if lines == 1:
            self._line(painter, (first, self._word(ARROW, False, theme.dim), last), room)
            return
        half = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
        self._line(painter, (first,), half)
        arrow = self._word(ARROW.lstrip(), False, theme.dim)
        self._line(painter, (arrow, last), half.translated(0, half.height()))

    def paint_numbers(
        self, painter: QPainter, desired: str, actual: str, room: QRectF, lines: int
    ) -> None:
        """Paint what is desired and what comes out; where these are numbers neither is wrong."""
        words = [_Word(desired, self._font, self._theme.text)]
        arrow = self._word(ARROW if lines == 1 else ARROW.lstrip(), False, self._theme.dim)
        rest = [arrow, _Word(actual, self._font, self._theme.text)]
        if lines == 1:
            self._line(painter, (*words, *rest), room)
            return
        half = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
        self._line(painter, words, half)
        self._line(painter, rest, half.translated(0, half.height()))

    def _word(self, text: str, bold: bool, colour: str) -> _Word:
        key = text, bold, colour
        if key not in self._words:
            self._words[key] = _Word(text, self._bold if bold else self._font, colour)
        return self._words[key]

    def _line(self, painter: QPainter, words: Sequence[_Word], room: QRectF) -> None:
        """Paint words side by side; what is too long is cut."""
        x = room.left() + max(0.0, (room.width() - sum(word.width for word in words)) / 2)
        for word in words:
            text, left = word.text, room.right() - x
            if word.width > left + 0.5:
                metrics = QFontMetricsF(word.font)
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, left)
            painter.setFont(word.font)
            painter.setPen(word.colour)
            painter.drawText(QRectF(x, room.top(), word.width + 1, room.height()), MIDDLE, text)
            x += word.width
