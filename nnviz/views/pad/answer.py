"""What the net makes of a drawing: one bar an output, and the winner large.

The bars show each output's activation. Only softmax outputs are probabilities;
a sigmoid's are not, so the caption says which of the two one is looking at.
"""

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.pad import text
from nnviz.views.pad.part import LEFT, RIGHT, Part
from nnviz.views.pad.picture import OutputsPicture, WinnerPicture
from nnviz.views.shared.type_scale import Step, sized

SMALLEST_ROW = 0.8
"""Height of a row in the smallest letters: names and figures have no descenders."""
LARGEST_ROW, LARGEST_WINNER = 44, 160
"""Heights at a factor of 1."""


class AnswerBars(Part):
    """Horizontal bars, one for each output, with name and number.

    Signals:
        asked(int): the output whose bar was clicked.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = OutputsPicture()
        self.setToolTip(text.BARS_TIP)

    def show_picture(self, shown: OutputsPicture) -> None:
        """Show the outputs."""
        self.shown = shown
        self.update()

    def row_at(self, y: float) -> int | None:
        """Return the output whose bar is at a height, if there is one."""
        rows = self.rows() if self.shown.names else []
        place = int((y - self._caption_height()) // max(self._row_height(len(rows)), 1.0))
        return rows[place] if y >= self._caption_height() and place < len(rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the class under the pointer."""
        output = self.row_at(event.position().y())
        if output is not None and self.shown.values is not None:
            self.asked.emit(output)

    def rows(self) -> list[int]:
        """Which outputs have a bar: all if there is room, else those with the largest values."""
        least = SMALLEST_ROW * self.px(Step.CAPTION)
        room = max(1, int((self.height() - self._caption_height()) / least))
        count = len(self.shown.names)
        return list(range(count)) if count <= room else self.shown.largest(max(1, room - 1))

    def _caption_height(self) -> float:
        """Height of the caption; 0 where the bars need the room."""
        least = 1.2 * self.px(Step.CAPTION)
        if self.height() < 5 * least:
            return 0.0
        wished = max(1.5 * self.px(Step.BODY), 0.07 * self.height())
        return max(min(wished, 0.11 * self.height()), least)

    def _row_height(self, rows: int) -> float:
        lines = rows + (rows < len(self.shown.names))
        most = self.theme.scale.space(LARGEST_ROW)
        return min((self.height() - self._caption_height()) / max(lines, 1), most)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint caption and bars."""
        shown = self.shown
        if not shown.names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._caption_height()
        if top:
            self._paint_caption(painter, top)
        rows = self.rows()
        height = self._row_height(len(rows))
        # Names and numbers here have no descenders, so they may nearly fill a low row.
        room = max(0.68 * height, min(0.95 * height, self.px(Step.LABEL)))
        font = self.sized(self.theme.scale.grown(Step.CAPTION, room))
        self._paint_rows(painter, rows, top, height, font)
        if len(rows) < len(shown.names):
            words = text.more(len(shown.names) - len(rows))
            small, said = self.fitting(words, font.pixelSize(), self.width())
            painter.setPen(QColor(self.theme.dim))
            painter.setFont(small)
            painter.drawText(QRectF(0, top + len(rows) * height, self.width(), height), LEFT, said)

    def _paint_caption(self, painter: QPainter, top: float) -> None:
        room = min(max(self.px(Step.LABEL), 0.05 * self.height()), 0.75 * top)
        font, said = self.fitting((self.shown.caption, ""), room, self.width())
        painter.setPen(QColor(self.theme.dim))
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, self.width(), top), LEFT, said)

    def _paint_rows(
        self, painter: QPainter, rows: list[int], top: float, height: float, font: QFont
    ) -> None:
        shown, scale = self.shown, self.theme.scale
        bold = sized(font, font.pixelSize(), bold=True)
        metrics = QFontMetricsF(bold)
        letters = min(
            max(metrics.horizontalAdvance(shown.names[row]) for row in rows), 0.4 * self.width()
        )
        figures = metrics.horizontalAdvance(shown.widest)
        gap = 0.5 * metrics.horizontalAdvance("0")
        start, end = letters + 2 * gap, self.width() - figures - gap
        thick = min(max(height * 0.5, scale.line(4)), scale.line(14))
        for place, row in enumerate(rows):
            box = QRectF(0, top + place * height, self.width(), height)
            first = row == shown.winner
            colour = QColor(self.theme.text if first else self.theme.dim)
            painter.setFont(bold if first else font)
            painter.setPen(QColor(self.theme.now) if row == shown.asked else colour)
            name = metrics.elidedText(shown.names[row], Qt.TextElideMode.ElideRight, letters + 1)
            painter.drawText(box, LEFT, name)
            painter.setPen(colour)
            if shown.texts:
                painter.drawText(box, RIGHT, shown.texts[row])
            if end - start < scale.space(8):
                continue
            bar = QRectF(start, box.center().y() - thick / 2, end - start, thick)
            corner = scale.line(2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRoundedRect(bar, corner, corner)
            if shown.values is not None:
                share = float(np.clip(np.nan_to_num(shown.values[row]), 0, 1))
                if share > 0.004:
                    bar.setWidth(max(bar.width() * share, scale.line(1.5)))
                    painter.setBrush(colour)
                    painter.drawRoundedRect(bar, corner, corner)


class Winner(Part):
    """The class with the largest output, written large, and how sure the net is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = WinnerPicture()

    def show_picture(self, shown: WinnerPicture) -> None:
        """Show the answer."""
        if shown == self.shown:
            return
        self.shown = shown
        self.setToolTip(shown.tip)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the name, and the line beside it or below it, whichever leaves it larger."""
        name, sure = self.shown.name, self.shown.sure
        if not name:
            return
        painter = QPainter(self)
        scale, width, height = self.theme.scale, float(self.width()), float(self.height())
        tall = min(height, scale.space(LARGEST_WINNER))
        large = self.sized(0.86 * tall, bold=True)
        needed, gap = QFontMetricsF(large).horizontalAdvance(name), 0.25 * height
        wished = scale.grown(Step.BODY, 0.17 * height)
        line, said = self.fitting(sure[:1], wished, width)
        beside = needed + gap + QFontMetricsF(line).horizontalAdvance(sure[0]) <= width
        if beside:
            wished = scale.grown(Step.BODY, 0.34 * height)
            line, said = self.fitting(sure, wished, width - needed - gap)
            room = QRectF(needed + gap, 0, width, height)
        else:
            line, said = self.fitting(sure, wished, width)
            below = QFontMetricsF(line).height() if said else 0.0
            if height - below < self.px(Step.BODY):  # there is room for the name alone
                below, said = 0.0, ""
            large, _ = scale.fitting(self.sized(0.9 * (tall - below), bold=True), name, width)
            room = QRectF(0, height - below, width, below)
            height -= below
        painter.setFont(large)
        painter.setPen(QColor(self.theme.text))
        fits = QFontMetricsF(large).elidedText(name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(0, 0, width, height), LEFT, fits)
        painter.setFont(line)
        painter.setPen(QColor(self.theme.dim))
        painter.drawText(room, LEFT, said)
