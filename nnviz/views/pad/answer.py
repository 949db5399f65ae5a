"""What the net makes of a drawing: one bar an output, and the winner large.

The bars show each output's activation. Only softmax outputs are probabilities;
a sigmoid's are not, so the caption says which of the two one is looking at.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz import numbers
from nnviz.engine.measure.answer import answer
from nnviz.views.pad.part import LEFT, RIGHT, Array, Part

SMALLEST_ROW = 9.0
"""Height in pixels below which a row of the bars cannot be read."""
LARGEST_ROW = 44.0


def kind_of_output(activation: str) -> tuple[bool, str]:
    """Say whether outputs are probabilities, to be read as percentages, and the bars' caption."""
    if activation == "softmax":
        return True, "probabilities ŷ"
    if activation == "sigmoid":
        return False, "activations ŷ"
    return False, "outputs ŷ"


def number(value: float, percent: bool) -> str:
    """Write one output's value as the bars do."""
    if not np.isfinite(value):
        return "–"
    if percent:
        return numbers.percent(value)
    return numbers.fixed(value, 2)


class AnswerBars(Part):
    """Horizontal bars, one for each output, with name and number.

    Signals:
        asked(int): the output whose bar was clicked.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.values: Array | None = None
        self.percent = True
        self.caption = ""
        self.questioned: int | None = None
        self.setToolTip("Click a class to see which pixels spoke for it and against it")

    def question(self, output: int | None) -> None:
        """Mark the output that is asked about; None for none."""
        if output != self.questioned:
            self.questioned = output
            self.update()

    def row_at(self, y: float) -> int | None:
        """Return the output whose bar is at a height, if there is one."""
        rows = self.rows() if self.names else []
        place = int((y - self._caption_height()) // max(self._row_height(rows), 1.0))
        return rows[place] if y >= self._caption_height() and place < len(rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the class under the pointer."""
        output = self.row_at(event.position().y())
        if output is not None and self.values is not None:
            self.asked.emit(output)

    def show_outputs(
        self, names: Sequence[str], values: Array | None, percent: bool, caption: str
    ) -> None:
        """Show the outputs.

        Args:
            names: one for each output.
            values: (outputs,), or None to leave the bars empty.
            percent: whether values of 0..1 are written as percentages.
            caption: what the values are.
        """
        self.names, self.values = tuple(names), values
        self.percent, self.caption = percent, caption
        self.update()

    def texts(self) -> list[str]:
        """The numbers as written beside the bars; empty where there is no drawing."""
        if self.values is None:
            return []
        return [number(float(value), self.percent) for value in self.values]

    def rows(self) -> list[int]:
        """Which outputs have a bar: all if there is room, else those with the largest values."""
        room = max(1, int((self.height() - self._caption_height()) / SMALLEST_ROW))
        if len(self.names) <= room:
            return list(range(len(self.names)))
        values = np.zeros(len(self.names)) if self.values is None else np.nan_to_num(self.values)
        return sorted(np.argsort(-values, kind="stable")[: max(1, room - 1)].tolist())

    def _caption_height(self) -> float:
        return min(max(self.base() * 1.5, 0.07 * self.height()), 0.11 * self.height())

    def _row_height(self, rows: Sequence[int]) -> float:
        lines = len(rows) + bool(len(self.names) - len(rows))
        return min((self.height() - self._caption_height()) / max(lines, 1), LARGEST_ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint caption and bars."""
        if not self.names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._caption_height()
        painter.setPen(QColor(self.theme.dim))
        painter.setFont(self.sized(min(max(self.base() * 0.85, 0.05 * self.height()), 0.75 * top)))
        caption = QFontMetricsF(painter.font()).elidedText(
            self.caption, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(QRectF(0, 0, self.width(), top), LEFT, caption)
        rows = self.rows()
        left_out = len(self.names) - len(rows)
        height = self._row_height(rows)
        # Names and numbers here have no descenders, so they may nearly fill a low row.
        font = self.sized(min(max(height * 0.68, min(height * 0.95, 12)), self.base() * 1.5))
        bold = QFont(font)
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        letters = min(
            max(metrics.horizontalAdvance(self.names[row]) for row in rows), self.width() * 0.4
        )
        texts = self.texts()
        widest = numbers.percent(1.0) if self.percent else "−00.00"
        figures = metrics.horizontalAdvance(widest)
        gap = 0.5 * metrics.horizontalAdvance("0")
        start, end = letters + 2 * gap, self.width() - figures - gap
        found = None if self.values is None else answer(self.values)
        winner = found.best if found is not None and found.decided else None
        for place, row in enumerate(rows):
            box = QRectF(0, top + place * height, self.width(), height)
            first = row == winner
            painter.setFont(bold if first else font)
            colour = self.theme.text if first else self.theme.dim
            painter.setPen(QColor(self.theme.now if row == self.questioned else colour))
            name = metrics.elidedText(self.names[row], Qt.TextElideMode.ElideRight, letters + 1)
            painter.drawText(box, LEFT, name)
            painter.setPen(QColor(colour))
            painter.drawText(box, RIGHT, texts[row] if texts else "")
            if end - start < 8:
                continue
            thick = min(max(height * 0.5, 4.0), 14.0)
            bar = QRectF(start, box.center().y() - thick / 2, end - start, thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRoundedRect(bar, 2, 2)
            if self.values is not None:
                share = float(np.clip(np.nan_to_num(self.values[row]), 0, 1))
                if share > 0.004:
                    bar.setWidth(max(bar.width() * share, 1.5))
                    painter.setBrush(QColor(self.theme.text if first else self.theme.dim))
                    painter.drawRoundedRect(bar, 2, 2)
        if left_out:
            painter.setPen(QColor(self.theme.dim))
            painter.setFont(font)
            box = QRectF(0, top + len(rows) * height, self.width(), height)
            painter.drawText(box, LEFT, f"+ {left_out} more, all smaller")


class Winner(Part):
    """The class with the largest output, written large, and how sure the net is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self.sure = ""

    def show_winner(self, name: str, sure: str) -> None:
        """Show a class name and a line about it; both empty for no drawing."""
        self.name, self.sure = name, sure
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the name, and the line beside it or below it, whichever leaves it larger."""
        if not self.name:
            return
        painter = QPainter(self)
        width, height = float(self.width()), float(self.height())
        line = self.sized(min(max(self.base(), 0.17 * height), 28))
        large = self.sized(min(height, 160) * 0.86, bold=True)
        needed = QFontMetricsF(large).horizontalAdvance(self.name)
        gap = 0.25 * height
        beside = needed + gap + QFontMetricsF(line).horizontalAdvance(self.sure) <= width
        if beside:
            line = self.sized(min(max(self.base(), 0.34 * height), 28))
        room = width - needed - gap if beside else width
        while QFontMetricsF(line).horizontalAdvance(self.sure) > room and line.pixelSize() > 8:
            line.setPixelSize(line.pixelSize() - 1)
        below = 0.0 if beside else QFontMetricsF(line).height()
        if not beside:
            large.setPixelSize(max(round((min(height, 160) - below) * 0.9), 8))
            needed = QFontMetricsF(large).horizontalAdvance(self.name)
            if needed > width:
                large.setPixelSize(max(round(large.pixelSize() * width / needed), 8))
        painter.setFont(large)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(0, 0, width, height - below), LEFT, self.name)
        painter.setFont(line)
        painter.setPen(QColor(self.theme.dim))
        if beside:
            painter.drawText(QRectF(needed + gap, 0, width, height), LEFT, self.sure)
        else:
            painter.drawText(QRectF(0, height - below, width, below), LEFT, self.sure)
