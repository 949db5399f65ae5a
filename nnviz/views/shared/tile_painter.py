"""How a tile of a grid looks: its picture, caption, corner and frame, or its row of text."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.captions import MIDDLE, CaptionPainter
from nnviz.views.shared.picture_cache import PictureCache
from nnviz.views.shared.tile_content import Thumbnails, Word
from nnviz.views.shared.tile_layout import TileLayout
from nnviz.views.shared.type_scale import Step, sized

CORNER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom


class TilePainter:
    """Paints the tiles of one content in the colours and letters of a grid.

    Attributes:
        widest: width of the widest caption in one line.
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
            self._paint_row(painter, tiles.box(place), place, marked=marked, hovered=hovered)
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
        self, painter: QPainter, box: QRectF, place: int, *, marked: bool, hovered: bool
    ) -> None:
        shown, unit, scale = self._shown, self._font.pixelSize(), self._theme.scale
        if marked or hovered:
            pen = QPen(QColor(self._theme.now), scale.line(1.5))
            painter.setPen(pen if marked else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.raised))
            painter.drawRoundedRect(box, scale.line(5), scale.line(5))
        inner = box.adjusted(0.6 * unit, 0, -0.6 * unit, 0)
        if shown.caption is not None:
            width = min(self.widest + 4, 0.5 * inner.width())
            right = QRectF(inner.right() - width, inner.top(), width, inner.height())
            self._captions.paint(painter, shown.caption(place), right, 1)
            inner.setRight(right.left() - unit)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.text))
        text = self._captions.elided(shown.text(place), inner.width())
        painter.drawText(inner, MIDDLE, text)
