"""How a tile of a grid looks: its picture, caption, corner and frame, or its row of text."""

from collections.abc import Iterable, Sequence
from typing import get_args

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.picture_cache import PictureCache
from nnviz.views.shared.tile_content import Caption, Thumbnails, Tone, Word
from nnviz.views.shared.tile_layout import TileLayout
from nnviz.views.shared.type_scale import Step, sized

CORNER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom

BLANK = Word(" ")
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

CAPTIONED = 0.7
"""The most of a row that its caption has in one line; else each part of it has one of its own."""
INDENT = 0.6
"""Room at both ends of a row, by the height of its letters."""
BESIDE = 4
"""Letters for which there must be room for the text of a row to stand beside its caption."""


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

    def widest_part(self, captions: Iterable[Caption]) -> float:
        """Return the width of the widest part of some captions."""
        parts = (part for caption in captions for part in caption)
        return max((sum(map(self._width, part)) for part in parts), default=0.0)

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

    def fitted(self, words: Sequence[Word], room: float) -> list[tuple[str, float]]:
        """Return what is written of words side by side in a width, and how wide each of them is.

        Where there is no room for all, the longest are cut to one width: of two names, such as what
        is desired and what was read, both can be told.
        """
        widths = [self._width(word) for word in words]
        left, most = room + 0.5, 0.0
        for place, width in enumerate(sorted(widths)):
            most = left / (len(widths) - place)
            if width > most:
                break
            left -= width
        else:
            most = room + 1
        parts = []
        for word, width in zip(words, widths, strict=True):
            text, metrics = word.text, self._metrics[word.bold]
            if width > most:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, most)
                width = metrics.horizontalAdvance(text)
            parts.append((text, width))
        return parts

    def _line(self, painter: QPainter, words: Sequence[Word], room: QRectF) -> None:
        """Paint words side by side, the longest ones cut where they have no room."""
        parts = self.fitted(words, room.width())
        x = room.left() + max(0.0, (room.width() - sum(width for _, width in parts)) / 2)
        for word, (text, width) in zip(words, parts, strict=True):
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


class TilePainter:
    """Paints the tiles of one content in the colours and letters of a grid.

    Attributes:
        widest: width of the widest caption in one line.
        widest_part: width of the widest part of one.
    """

    def __init__(self, shown: Thumbnails, theme: Theme, font: QFont) -> None:
        self._shown = shown
        self._cache = None if shown.greys is None else PictureCache(shown.greys, shown.count)
        self.dress(theme, font)

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on other colours and letters."""
        self._theme, self._font = theme, font
        self._captions = CaptionPainter(theme, font)
        self.widest = self._captions.widest(self._shown.widest)
        self.widest_part = self._captions.widest_part(self._shown.widest)

    def lines_in(self, row: float) -> int:
        """Return how many lines the captions of rows need that are so wide."""
        inner = row - 2 * INDENT * self._font.pixelSize()
        return 1 if self.widest + 4 <= CAPTIONED * inner else 2

    def wears(self, theme: Theme, font: QFont) -> bool:
        """Tell whether these are its colours and letters."""
        return (self._theme, self._font) == (theme, font)

    def paint_empty(self, painter: QPainter, room: QRect) -> None:
        """Say what is to be said where there are no tiles, if it fits."""
        font, fits = self._theme.scale.fitting(self._font, self._shown.empty, room.width())
        if fits:
            painter.setFont(font)
            painter.setPen(QColor(self._theme.dim))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._shown.empty)

    def paint(
        self, painter: QPainter, tiles: TileLayout, place: int, *, marked: bool, hovered: bool
    ) -> None:
        """Paint a tile, framed where it is marked or the mouse is on it."""
        if self._cache is None:
            self._paint_row(painter, tiles, place, marked=marked, hovered=hovered)
            return
        shown, square = self._shown, tiles.picture(place)
        self._cache.paint(painter, place, square)
        if shown.corner is not None:
            self._paint_corner(painter, shown.corner(place), square)
        if marked or hovered:
            scale = self._theme.scale
            colour = self._theme.now if marked else self._theme.dim
            painter.setPen(QPen(QColor(colour), scale.line(2.5 if marked else 1.5)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(-1, -1, 1, 1), scale.line(2), scale.line(2))
        if shown.caption is not None:
            box = tiles.box(place)
            top = QPointF(box.left(), square.bottom() + 0.15 * self._font.pixelSize())
            below = QRectF(top, box.bottomRight())
            self._captions.paint(painter, shown.caption(place), below, tiles.lines)

    def _paint_corner(self, painter: QPainter, word: Word | None, square: QRectF) -> None:
        """Write a word into the corner of a picture, which is black in any theme."""
        if word is None:
            return
        scale = self._theme.scale
        pixels = scale.grown(Step.CAPTION, 0.34 * square.height(), Step.DISPLAY)
        painter.setFont(sized(self._captions.bold, pixels))
        painter.setPen(QColor(getattr(DARK, word.tone)))
        painter.drawText(square.adjusted(0, 0, -scale.line(2), scale.line(1)), CORNER, word.text)

    def _paint_row(
        self, painter: QPainter, tiles: TileLayout, place: int, *, marked: bool, hovered: bool
    ) -> None:
        box = tiles.box(place)
        shown, unit, scale = self._shown, self._font.pixelSize(), self._theme.scale
        if marked or hovered:
            pen = QPen(QColor(self._theme.now), scale.line(1.5))
            painter.setPen(pen if marked else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.raised))
            painter.drawRoundedRect(box, scale.line(5), scale.line(5))
        inner = box.adjusted(INDENT * unit, 0, -INDENT * unit, 0)
        if shown.caption is not None:
            wished = (self.widest if tiles.lines == 1 else self.widest_part) + 4
            width = min(wished, inner.width())
            if inner.width() - width < (1 + BESIDE) * unit:
                width = inner.width()
            right = QRectF(inner.right() - width, inner.top(), width, inner.height())
            gap = 0.25 * unit if tiles.lines > 1 else 0.0
            self._captions.paint(
                painter, shown.caption(place), right.adjusted(0, gap, 0, -gap), tiles.lines
            )
            inner.setRight(right.left() - unit)
            if inner.width() <= 0:
                return
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.text))
        text = self._captions.elided(shown.text(place), inner.width())
        painter.drawText(inner, MIDDLE, text)
