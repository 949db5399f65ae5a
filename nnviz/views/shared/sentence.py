"""Words in as full a wording as has room."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme

WRAP = Qt.TextFlag.TextWordWrap


class Sentence(QWidget):
    """A line or two that say the fullest wording that fits; the tool tip says it in full."""

    def __init__(self, *, steady: bool = True) -> None:
        """Say nothing yet; a `steady` one keeps the height of all lines, however few are needed."""
        super().__init__()
        self._wordings: tuple[str, ...] = ("",)
        self._tip = ""
        self._lines, self._steady = 2, steady
        self._colour = QColor(DARK.dim)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, wordings: tuple[str, ...], tip: str = "") -> None:
        """Say this, the fullest wording first, and more in the tool tip."""
        if (wordings, tip) != (self._wordings, self._tip):
            self._wordings, self._tip = wordings, tip
            self.setAccessibleName(wordings[0])
            self._fit()

    def dress(self, theme: Theme, font: QFont, lines: int) -> None:
        """Take on colours, letters and room for at most so many lines."""
        self._colour, self._lines = QColor(theme.dim), lines
        self.setFont(font)
        self._fit()

    @property
    def text(self) -> str:
        """The wording that is shown."""
        most, width = self._height(), max(self.width(), 1)
        for wording in self._wordings:
            needed = self._needed(wording)
            if needed.height() <= most and needed.width() <= width:
                return wording
        return self._wordings[-1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what fits now."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the wording."""
        painter = QPainter(self)
        painter.setPen(self._colour)
        painter.drawText(self.rect(), WRAP, self.text)

    def _fit(self) -> None:
        text = self.text
        full = self._wordings[0] if text != self._wordings[0] or not self._tip else ""
        self.setToolTip("\n".join(filter(None, (full, self._tip))))
        high = self._height() if self._steady else self._needed(text).height()
        self.setFixedHeight(min(high, self._height()))
        self.update()

    def _height(self) -> int:
        """Return the height of all lines."""
        room = QRect(0, 0, 10_000, 10_000)
        lines = "\n".join("g" * self._lines)
        return QFontMetrics(self.font()).boundingRect(room, WRAP, lines).height()

    def _needed(self, wording: str) -> QRect:
        room = QRect(0, 0, max(self.width(), 1), 10_000)
        return QFontMetrics(self.font()).boundingRect(room, WRAP, wording)


def fullest(wordings: Sequence[str], font: QFont, width: float) -> str:
    """Return the first of some wordings that fits a width in one line; else the last."""
    metrics = QFontMetrics(font)
    fit = (words for words in wordings if metrics.horizontalAdvance(words) <= width)
    return next(fit, wordings[-1])
