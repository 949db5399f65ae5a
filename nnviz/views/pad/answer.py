"""What the net makes of a drawing: one bar an output, and the winner large.

The bars show each output's activation. Only softmax outputs are probabilities;
a sigmoid's are not, so the caption says which of the two one is looking at.
"""

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.pad import text
from nnviz.views.pad.items import BarItems
from nnviz.views.pad.part import RIGHT, Part
from nnviz.views.pad.picture import OutputsPicture
from nnviz.views.pad.text import Wordings
from nnviz.views.pad.winner import WinnerPicture
from nnviz.views.shared.type_scale import Step, sized

SMALLEST_ROW = 0.8
"""Height of a row in the smallest letters: names and figures have no descenders."""
LARGEST_ROW, LARGEST_WINNER = 44, 160
"""Heights at a factor of 1."""
COLUMN_GAP = 8
"""Least room between two columns of bars, at a factor of 1; twice as much where there is room."""


class AnswerBars(Part[OutputsPicture]):
    """Bars, one for each output, with name and number.

    Signals:
        asked(int): the bar of an output was clicked.
        turned(): the caption was, which says which of several digits they are of.

    Attributes:
        gone_to: the bar that keys have gone to; None for none.
    """

    asked = Signal(int)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(OutputsPicture(), parent)
        self.setToolTip(text.BARS_TIP)
        self.setAccessibleName(text.BARS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.gone_to: int | None = None
        self._items = BarItems(self)

    def show_picture(self, shown: OutputsPicture) -> None:
        """Show another answer."""
        super().show_picture(shown)
        self._items.told_anew()

    def go_to(self, output: int | None) -> None:
        """Go to a bar; None for none."""
        self.gone_to = output
        self.update()

    def ask(self, output: int) -> None:
        """Ask about an output, where anything is answered."""
        if self.shown.values is not None:
            self.asked.emit(output)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows go from bar to bar, Enter asks."""
        return self._items.takes_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next bar, or ask about this one."""
        if not self._items.key(event):
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark no bar any more."""
        super().focusOutEvent(event)
        self.go_to(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the class under the pointer."""
        where = event.position()
        output = next((output for output, box in self.boxes().items() if box.contains(where)), None)
        if output is not None and self.shown.values is not None:
            self.ask(output)
        elif self.shown.whose and where.y() < self._caption_height():
            self.turned.emit()

    def boxes(self) -> dict[int, QRectF]:
        """Return which outputs have a bar, and where it stands with its name and number.

        All stand below one another or, in a low place, side by side as far as there is width.
        Where there is no room even so, those with the largest values do; a line below is free.
        """
        count, top, gap = len(self.shown.names), self._caption_height(), self._space(COLUMN_GAP)
        if not count:
            return {}
        high, wide = self.height() - top, self.width() + gap
        rows = max(1, int(high / (SMALLEST_ROW * self.px(Step.CAPTION))))
        least = self._narrowest()
        columns = min(-(-count // rows), max(1, int(wide / (least + gap))))
        outputs, lines = list(range(count)), -(-count // columns)
        if lines > rows:
            rows = max(1, rows - 1)
            outputs, lines = self.shown.largest(columns * rows), rows + 1
        else:
            rows = lines
        height, pitch = min(high / lines, self._space(LARGEST_ROW)), wide / columns
        width = self.width() if columns == 1 else max(least, pitch - 2 * gap)
        boxes = {}
        for place, output in enumerate(outputs):
            column, row = divmod(place, rows)
            boxes[output] = QRectF(column * pitch, top + row * height, width, height)
        return boxes

    def _space(self, pixels: float) -> int:
        return self.theme.scale.space(pixels)

    def _narrowest(self) -> float:
        """Return the least width of a column: name and number, where there is no room for bars."""
        metrics = QFontMetricsF(self.sized(0, bold=True))
        name = max(map(metrics.horizontalAdvance, self.shown.names))
        return name + self._figures(metrics, 2) + 1.5 * metrics.horizontalAdvance("0")

    def _figures(self, metrics: QFontMetricsF, columns: int) -> float:
        """Return the width of the numbers: in columns, of those that are there."""
        shown = self.shown
        texts = (shown.usual, *shown.texts) if columns > 1 else (shown.widest,)
        return max(map(metrics.horizontalAdvance, texts))

    def _caption_height(self) -> float:
        """Height of the caption; 0 where the bars need the room."""
        least = 1.2 * self.px(Step.CAPTION)
        if self.height() < 5 * least:
            return 0.0
        wished = max(1.5 * self.px(Step.BODY), 0.07 * self.height())
        return max(min(wished, 0.11 * self.height()), least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint caption and bars."""
        boxes, shown, dim = self.boxes(), self.shown, self.theme.dim
        if not boxes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._caption_height()
        if top:
            room = min(max(self.px(Step.LABEL), 0.05 * self.height()), 0.75 * top)
            wordings: Wordings = (shown.caption, "")
            if shown.whose:
                wordings = (f"{shown.whose}: {shown.caption}", shown.whose, "")
            caption = self.fitting(wordings, room, self.width())
            self.write(painter, QRectF(0, 0, self.width(), top), caption, dim)
        height = next(iter(boxes.values())).height()
        # Names and numbers here have no descenders, so they may nearly fill a low row.
        room = max(0.68 * height, min(0.95 * height, self.px(Step.LABEL)))
        columns = len({box.left() for box in boxes.values()})
        pixels = self.theme.scale.grown(Step.CAPTION, room if columns == 1 else 0)
        self._paint_bars(painter, boxes, self.sized(pixels), columns)
        more = len(shown.names) - len(boxes)
        if more:
            line = QRectF(0, max(map(QRectF.bottom, boxes.values())), self.width(), height)
            wordings = text.more(more, smaller=shown.values is not None)
            self.write(painter, line, self.fitting(wordings, pixels, self.width()), dim)

    def _paint_bars(
        self, painter: QPainter, boxes: dict[int, QRectF], font: QFont, columns: int
    ) -> None:
        shown, scale, theme = self.shown, self.theme.scale, self.theme
        bold = sized(font, font.pixelSize(), bold=True)
        metrics, any_box = QFontMetricsF(bold), next(iter(boxes.values()))
        letters = max(metrics.horizontalAdvance(shown.names[output]) for output in boxes)
        if columns == 1:
            letters = min(letters, 0.4 * any_box.width())
        gap = 0.5 * metrics.horizontalAdvance("0")
        start, end = letters + 2 * gap, any_box.width() - self._figures(metrics, columns) - gap
        thick = min(max(any_box.height() * 0.5, scale.line(4)), scale.line(14))
        for output, box in boxes.items():
            if output == self.gone_to:
                painter.setPen(QPen(QColor(theme.now), scale.line(1.5)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), scale.line(3), scale.line(3))
            first = output == shown.winner
            colour = theme.text if first else theme.dim
            shape = bold if first else font
            name = metrics.elidedText(shown.names[output], Qt.TextElideMode.ElideRight, letters + 1)
            named = theme.now if output == shown.asked else colour
            self.write(painter, box, (shape, name), named)
            if shown.texts:
                self.write(painter, box, (shape, shown.texts[output]), colour, RIGHT)
            if end - start < scale.space(8):
                continue
            bar = QRectF(box.left() + start, box.center().y() - thick / 2, end - start, thick)
            corner = scale.line(2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(bar, corner, corner)
            if shown.values is not None:
                share = float(np.clip(np.nan_to_num(shown.values[output]), 0, 1))
                if share > 0.004:
                    bar.setWidth(max(bar.width() * share, scale.line(1.5)))
                    painter.setBrush(QColor(colour))
                    painter.drawRoundedRect(bar, corner, corner)


class Winner(Part[WinnerPicture]):
    """The class with the largest output, written large, and how sure the net is.

    Of several digits the number, with the one that is looked at in the colour of a choice.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WinnerPicture(), parent)

    def show_picture(self, shown: WinnerPicture) -> None:
        """Show the answer."""
        if shown != self.shown:
            self.setToolTip(shown.tip)
            super().show_picture(shown)

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
        fits = QFontMetricsF(large).elidedText(name, Qt.TextElideMode.ElideRight, width)
        self.write(painter, QRectF(0, 0, width, height), (large, fits), self.theme.text)
        chosen = self.shown.chosen
        if chosen is not None and fits == name:
            before = QFontMetricsF(large).horizontalAdvance(name[:chosen])
            over = QRectF(before, 0, width - before, height)
            self.write(painter, over, (large, name[chosen]), self.theme.now)
        self.write(painter, room, (line, said), self.theme.dim)
