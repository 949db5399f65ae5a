"""A sentence in as full a wording as has room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme


class Sentence(QWidget):
    """A line or two that says the fullest wording that fits."""

    def __init__(self) -> None:
        super().__init__()
        self._wordings: tuple[str, ...] = ()
        self._lines = 2
        self._colour = QColor(DARK.dim)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, wordings: tuple[str, ...]) -> None:
        """Say this, the fullest wording first."""
        if wordings != self._wordings:
            self._wordings = wordings
            self.setToolTip(wordings[0])
            self.setAccessibleName(wordings[0])
            self.update()

    def dress(self, theme: Theme, font: QFont, lines: int) -> None:
        """Take on colours, letters and room for so many lines."""
        self._colour, self._lines = QColor(theme.dim), lines
        self.setFont(font)
        metrics, room = QFontMetrics(font), QRect(0, 0, 10_000, 10_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, "\n".join("g" * lines))
        self.setFixedHeight(needed.height())
        self.update()

    @property
    def text(self) -> str:
        """The wording that is shown."""
        metrics, width = QFontMetrics(self.font()), max(self.width(), 1)
        for wording in self._wordings:
            room = QRect(0, 0, width, 10_000)
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, wording)
            if needed.height() <= self.height() and needed.width() <= width:
                return wording
        return self._wordings[-1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the wording."""
        painter = QPainter(self)
        painter.setPen(self._colour)
        painter.drawText(self.rect(), Qt.TextFlag.TextWordWrap, self.text)
