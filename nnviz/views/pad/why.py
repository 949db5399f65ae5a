"""Why this answer: which pixels spoke for a class, and which against it.

The map lies over the sheet: what each pixel adds to the weighted sum z of the class,
blue where it speaks for it, orange with gaps where against. Beside the bars stands what it all
adds up to. The mouse draws through the map as if it were not there.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.pad import text
from nnviz.views.pad.part import Part
from nnviz.views.pad.picture import WhyPicture
from nnviz.views.palette import Diverging, Theme, rgb
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.signs import hatched
from nnviz.views.shared.type_scale import Step


class WhyMap(Part[WhyPicture | None]):
    """The map of one question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._colours = Diverging(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._colours = Diverging(theme)
        super().set_theme(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a square a pixel, the drawing's outline and the scale's meaning."""
        if self.shown is None:
            return
        painter = QPainter(self)
        box, seen = QRectF(self.rect()), self.shown.seen
        painter.fillRect(box, QColor(self.theme.panel))
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        rows, columns = seen.shape
        parts = self.shown.contributions.parts.reshape(rows, columns)
        largest = float(np.nan_to_num(np.abs(parts)).max())
        inner = box.adjusted(1, 1, -1, -1)
        cell = inner.height() * self.devicePixelRatioF() / rows
        colours = self._colours.colours(parts, largest)
        against = hatched(colours, parts < 0, cell, rgb(self.theme.panel))
        painter.drawImage(inner, image_of(against))
        self._outline(painter, inner, seen)
        wished = self.theme.scale.grown(Step.LABEL, 0.05 * box.height())
        colours_said = self.fitting(text.COLOURS, wished, 0.94 * box.width())
        height = QFontMetricsF(colours_said[0]).height()
        inked = np.flatnonzero((seen > 0.1).any(axis=1))
        low = len(inked) > 0 and rows - 1 - inked[-1] < inked[0]  # more room over the digit
        edge = self.theme.scale.space(3)
        line = QRectF(0, edge if low else box.height() - height - edge, box.width(), height)
        middle = Qt.AlignmentFlag.AlignCenter
        self.write(painter, line, colours_said, self.theme.dim, middle)

    def _outline(self, painter: QPainter, box: QRectF, seen: NDArray[np.floating]) -> None:
        """Draw a line around the ink, so that weak contributions keep their place."""
        ink = np.pad(seen > 0.3, 1)
        rows, columns = seen.shape
        across, down = box.width() / columns, box.height() / rows
        painter.setPen(QPen(QColor(self.theme.dim), self.theme.scale.line(1)))
        for row, column in np.argwhere(ink[1:, 1:-1] != ink[:-1, 1:-1]).tolist():
            y = box.top() + row * down
            x = box.left() + column * across
            painter.drawLine(round(x), round(y), round(x + across), round(y))
        for row, column in np.argwhere(ink[1:-1, 1:] != ink[1:-1, :-1]).tolist():
            x, y = box.left() + column * across, box.top() + row * down
            painter.drawLine(round(x), round(y), round(x), round(y + down))


class WhyWords(Part[WhyPicture | None]):
    """The question, its formula and the sums."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, parent)
        self.setToolTip(text.WHY_TIP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines that have room, the question largest."""
        if self.shown is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        least = 1.1 * self.px(Step.CAPTION)
        lines = max(1, min(1 + len(self.shown.sums), int(self.height() / least)))
        step = min(self.height() / lines, 3.0 * self.px(Step.BODY))
        width = float(self.width())
        question = self.shown.question
        small = QFontMetricsF(self.sized(0, bold=True))
        half = small.horizontalAdvance(question[-1]) <= 0.5 * width  # else it stands alone
        bold, said = self.fitting(question, 0.8 * step, 0.5 * width if half else width, bold=True)
        self.write(painter, QRectF(0, 0, width, step), (bold, said), self.theme.text)
        start = QFontMetricsF(bold).horizontalAdvance(said + "  ")
        lines_below = enumerate(self.shown.sums[: lines - 1], start=1)
        texts = [
            (start, 0.0, self.shown.formula),
            *((0.0, n * step, one) for n, one in lines_below),
        ]
        for x, y, wordings in texts:
            colour = self.theme.text if y else self.theme.dim
            written = self.fitting(wordings, 0.75 * step, width - x)
            self.write(painter, QRectF(x, y, width - x, step), written, colour)
