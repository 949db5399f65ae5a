"""The strip below the stage: the sentence of the moment, and at the right step and measure."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.window.projector.sentence import figures_of, sentence_of

HEIGHT = 56 / 720
"""Its share of the picture's height."""
MOST_OF_WIDTH = 0.45
"""The most of its width that step and measure take."""
NOTICE_MS = 8000
"""Milliseconds for which a passing sentence stays, at most."""
READ_MS = 2500
"""Milliseconds after which it gives way to the next moment that a step at rest shows."""


class Strip(QWidget):
    """Says the moment in one sentence and two figures.

    Attributes:
        source: makes the sentence of a moment.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "projector_strip")
        self.source: Callable[[Snapshot], str] = sentence_of
        self._theme = DARK
        self._sentence = self._passing = ""
        self._figures: tuple[str, ...] = ("",)
        self._over = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._over.timeout.connect(lambda: self.say(""))
        self._said = QElapsedTimer()

    @property
    def text(self) -> str:
        """The sentence that is said."""
        return self._passing or self._sentence

    @property
    def figures(self) -> str:
        """Step and measure in full."""
        return self._figures[0]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say where training stands now."""
        said = self.source(snapshot), figures_of(snapshot)
        other = said[0] != self._sentence and not snapshot.playing
        if self._passing and other and self._said.elapsed() >= READ_MS:
            self.say("")
        if said != (self._sentence, self._figures):
            self._sentence, self._figures = said
            self.setAccessibleName(f"{self.text} {self.figures}")
            self.update()

    def count_frame(self, _playing: bool) -> None:
        """Take no note of frames: how many there are is nothing for a class."""

    def say(self, passing: str) -> None:
        """Say something in passing in place of the sentence of the moment; "" for that again."""
        self._passing = passing
        self._over.stop()
        if passing:
            self._over.start()
            self._said.start()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write both, the sentence smaller or in two lines where it is long."""
        painter, scale = QPainter(self), self._theme.scale
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        around = scale.space(10)
        room = QRectF(self.rect()).adjusted(around, 0, -around, 0)
        font = scale.font(self.font(), Step.BODY)
        advance = QFontMetricsF(font).horizontalAdvance
        left = room.width() - advance(self.text) - 2 * around  # by a sentence in one line
        most = max(MOST_OF_WIDTH * room.width(), left)
        figures = next((f for f in self._figures if advance(f) <= most), self._figures[-1])
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, figures)
        room.setRight(room.right() - advance(figures) - 2 * around)
        font, lines = fitted(scale, font, self.text, room.width())
        painter.setFont(font)
        leading = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, leading, "\n".join(lines))


def fitted(scale: TypeScale, font: QFont, text: str, width: float) -> tuple[QFont, list[str]]:
    """Return letters and lines of a text: one line, else smaller, else two, else less."""
    font, fits = scale.fitting(font, text, width)
    if fits:
        return font, [text]
    metrics, words, first = QFontMetricsF(font), text.split(" "), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    second = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)
    return font, [first, second]
