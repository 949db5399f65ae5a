"""The strip beside the plane: how the costs of training and test set fall, and what they are."""

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.plane.losses import Losses
from nnviz.views.shared.plot import Array
from nnviz.views.shared.type_scale import Step, sized

LINES, LINES_BELOW = 2.8, 5.0
"""Height of the strip in lines of text, with curves beside the numbers and below them."""
CAPTION = 0.85
"""Size of the letters of the caption, as a share of the others."""
APART = 4
"""Pixels at a factor of 1 between the caption and the highest point of a curve."""


class LossStrip(QWidget):
    """Numbers at the left, and both curves behind one another at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._below = False
        self._shown: Losses | None = None

    def show_losses(self, shown: Losses | None) -> None:
        """Show other costs."""
        if shown is not self._shown:
            self._shown = shown
            self.update()

    def dress(self, theme: Theme, *, wide: bool) -> None:
        """Take on colours; the height follows the letters. Curves stand below in a wide view."""
        self._theme, self._below = theme, wide
        lines = LINES_BELOW if wide else LINES
        self.setFixedHeight(round(lines * QFontMetricsF(self.font()).height()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both."""
        shown, theme = self._shown, self._theme
        if shown is None:
            return
        painter, gap = QPainter(self), theme.scale.space(8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for train, test in shown.wordings:
            longest = max(train, test, key=len)
            font, fits = theme.scale.fitting(self.font(), longest, self.width() - 2 * gap)
            if fits:
                break
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        line = metrics.height()
        wide = max(map(metrics.horizontalAdvance, (train, test))) + 2 * gap
        top = 0.0 if self._below else (self.height() - 2 * line) / 2
        for place, (said, colour) in enumerate(((train, theme.text), (test, theme.now))):
            painter.setPen(QColor(colour))
            box = QRectF(gap, top + place * line, self.width() - gap, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        room = QRectF(wide + gap, gap / 2, self.width() - wide - 2 * gap, self.height() - gap)
        if self._below:
            room = QRectF(gap, 2 * line, self.width() - 2 * gap, self.height() - 2 * line - 2)
        if room.width() > 2 * line:
            room.setTop(room.top() + self._caption(painter, shown, room))
            self._paint_curves(painter, shown, room)

    def _caption(self, painter: QPainter, shown: Losses, room: QRectF) -> float:
        """Say what the curves are, over which axes, above them; return the height of that."""
        scale = self._theme.scale
        size = max(CAPTION * painter.font().pixelSize(), scale.px(Step.CAPTION))
        for said in shown.captions:
            font, fits = scale.fitting(sized(painter.font(), size), said, room.width())
            if fits:
                break
        painter.setFont(font)
        painter.setPen(QColor(self._theme.dim))
        metrics = QFontMetricsF(font)
        elided = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, elided)
        return metrics.height() + scale.space(APART)

    def _paint_curves(self, painter: QPainter, shown: Losses, room: QRectF) -> None:
        both = np.concatenate((shown.train, shown.test))
        both = both[np.isfinite(both)]
        if len(shown.epochs) < 2 or not len(both):
            return
        high, end = float(both.max()) or 1.0, float(shown.epochs[-1]) or 1.0
        painter.setPen(QPen(QColor(self._theme.line), self._theme.scale.line(1)))
        painter.drawLine(QPointF(room.left(), room.bottom()), QPointF(room.right(), room.bottom()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for costs, colour in ((shown.train, self._theme.text), (shown.test, self._theme.now)):
            painter.setPen(QPen(QColor(colour), self._theme.scale.line(1.6)))
            self._draw(painter, room, shown.epochs / end, costs / high)

    def _draw(self, painter: QPainter, room: QRectF, across: Array, height: Array) -> None:
        good = np.isfinite(height)
        x, y = across[good], height[good]
        if len(x) > 1:
            path = arrayToQPath(
                room.left() + x * room.width(), room.bottom() - y * room.height(), connect="all"
            )
            painter.drawPath(path)
