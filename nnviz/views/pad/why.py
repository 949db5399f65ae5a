"""Why this answer: which pixels spoke for a class, and which against it.

The map lies over the sheet: what each pixel adds to the weighted sum z of the class,
blue where it speaks for it, orange where against. Beside the bars stands what it all
adds up to. The mouse draws through the map as if it were not there.
"""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.engine.explain.pixels import Voices
from nnviz.engine.notation import sum_symbol
from nnviz.numbers import fixed
from nnviz.views.pad.part import LEFT, Part
from nnviz.views.palette import Diverging, Theme


class WhyMap(Part):
    """The map of one question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.voices: Voices | None = None
        self._seen = np.zeros((1, 1))
        self._colours = Diverging(self.theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._colours = Diverging(theme)
        super().set_theme(theme)

    def show_voices(self, voices: Voices, seen: np.ndarray) -> None:
        """Show what every pixel said of the picture (rows, columns) that the net sees."""
        self.voices, self._seen = voices, seen
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a square a pixel, the drawing's outline and the scale's meaning."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, QColor(self.theme.panel))
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.voices is None:
            return
        rows, columns = self._seen.shape
        parts = self.voices.parts.reshape(rows, columns)
        largest = float(np.nan_to_num(np.abs(parts)).max())
        colours = np.ascontiguousarray(self._colours.colours(parts, largest))
        image = QImage(colours.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
        painter.drawImage(box.adjusted(1, 1, -1, -1), image)
        self._outline(painter, box.adjusted(1, 1, -1, -1))
        text = "blue + for, orange − against"
        size = max(self.base() * 0.85, 0.05 * box.height())
        painter.setFont(self.fitting(text, size, 0.94 * box.width()))
        height = QFontMetricsF(painter.font()).height()
        inked = np.flatnonzero((self._seen > 0.1).any(axis=1))
        low = len(inked) > 0 and rows - 1 - inked[-1] < inked[0]  # more room over the digit
        painter.setPen(QColor(self.theme.dim))
        line = QRectF(0, 3 if low else box.height() - height - 3, box.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def _outline(self, painter: QPainter, box: QRectF) -> None:
        """Draw a line around the ink, so that weak voices keep their place."""
        ink = np.pad(self._seen > 0.3, 1)
        rows, columns = self._seen.shape
        across, down = box.width() / columns, box.height() / rows
        painter.setPen(QPen(QColor(self.theme.dim), 1))
        for row, column in np.argwhere(ink[1:, 1:-1] != ink[:-1, 1:-1]).tolist():
            y = box.top() + row * down
            x = box.left() + column * across
            painter.drawLine(round(x), round(y), round(x + across), round(y))
        for row, column in np.argwhere(ink[1:-1, 1:] != ink[1:-1, :-1]).tolist():
            x, y = box.left() + column * across, box.top() + row * down
            painter.drawLine(round(x), round(y), round(x), round(y + down))


class WhyWords(Part):
    """The question, its formula and the sums."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[str, ...] = ()
        self.setToolTip(
            "Each pixel's share: its value x times the slope ∂z/∂x of the class's weighted sum z "
            "(gradient × input). The rest of z is biases and what the activations' bends add; "
            "without hidden layers it is exactly the bias."
        )
        self.hide()

    def show_voices(self, voices: Voices, names: tuple[str, ...], linear: bool, last: int) -> None:
        """Put what the pixels said into words.

        Args:
            voices: what they said.
            names: of the outputs.
            linear: whether the rest is the bias alone.
            last: number of the output layer.
        """
        self.lines = words_of(voices, names, linear, last)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines, the question largest."""
        if not self.lines:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        step = min(self.height() / len(self.lines), 3.0 * self.base())
        question, formula = self.lines[0].split("  ")
        bold = self.fitting(question, 0.8 * step, 0.5 * self.width(), bold=True)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(0, 0, self.width(), step), LEFT, question)
        start = QFontMetricsF(bold).horizontalAdvance(question + "  ")
        texts = [(start, 0.0, formula), *((0.0, i * step, self.lines[i]) for i in (1, 2))]
        for x, y, text in texts:
            painter.setFont(self.fitting(text, 0.75 * step, self.width() - x))
            painter.setPen(QColor(self.theme.text if y else self.theme.dim))
            painter.drawText(QRectF(x, y, self.width() - x, step), LEFT, text)


def words_of(voices: Voices, names: tuple[str, ...], linear: bool, last: int) -> tuple[str, ...]:
    """Return the question with its formula, the sums, and what they add up to with the rest."""
    name, symbol = names[voices.output], sum_symbol(last, voices.output).text
    question = f"why {name}?"
    if voices.other is not None:
        question = f"why {name}, not {names[voices.other]}?"
        symbol = f"({symbol} − {sum_symbol(last, voices.other).text})"
    rest = "bias" if linear else "rest"
    return (
        f"{question}  x · ∂{symbol}/∂x",
        f"for {_signed(voices.spoke_for)}, against {_signed(voices.spoke_against)}",
        f"{rest} {_signed(voices.rest)}: {symbol.strip('()')} = {_signed(voices.z)}",
    )


def _signed(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    return fixed(value, 1, sign=True)
