"""Confident on noise: what the network says of pictures that show nothing."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from nnviz.engine.measure.report import SURE, Noise, Report
from nnviz.engine.run.snapshot import Array
from nnviz.numbers import write
from nnviz.views.evaluation.pane import CENTRE, RIGHT, Pane, bar, letters, percent

KINDS = ("even noise", "shuffled pixels")


def picture_of(x: Array, shape: tuple[int, int]) -> QImage:
    """Return grey levels 0..1, (rows · columns,), as an image."""
    rows, columns = shape
    grey = (np.clip(np.nan_to_num(x), 0, 1) * 255 + 0.5).astype(np.uint8)
    image = QImage(grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class NoisePane(Pane):
    """How much noise it answers clearly, and the picture it answers most clearly, with outputs."""

    title = (
        f"Confident on noise: pictures of nothing, answered by an output above {write(SURE)}",
        f"Confident on noise: an output above {write(SURE)}",
        "Confident on noise",
    )

    def picture(self) -> QRectF:
        """Return where the picture stands."""
        room = self.room()
        side = float(int(min(room.height() - 1.5 * self.unit, 0.34 * room.width())))
        return QRectF(1, room.top() + 1, max(side, 1), max(side, 1))

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint the picture, the two shares and the outputs."""
        noise = report.noise
        if noise is None or self.shape is None:
            self.say(
                painter, self.room(), ("These examples are no pictures",), self.theme.dim, CENTRE
            )
            return
        square, unit = self.picture(), self.unit
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(square, picture_of(noise.x, self.shape))
        painter.restore()
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
        below = QRectF(0, square.bottom() + 0.2 * unit, square.width(), 1.3 * unit)
        self.say(painter, below, ("the clearest one", "clearest", ""), self.theme.dim, CENTRE)
        left = square.right() + 0.9 * unit
        side = QRectF(left, square.top(), self.width() - left, self.height() - square.top())
        self._paint_shares(painter, noise, side)
        side.setTop(side.top() + 2.9 * unit)
        self._paint_outputs(painter, noise, side)

    def _paint_shares(self, painter: QPainter, noise: Noise, room: QRectF) -> None:
        unit = self.unit
        metrics = QFontMetricsF(self.font())
        figure = metrics.horizontalAdvance("100 %") + 2
        widest = max(metrics.horizontalAdvance(kind) for kind in KINDS)
        name = min(widest + 0.5 * unit, room.width() - figure)
        for row, (kind, share) in enumerate(
            zip(KINDS, (noise.uniform, noise.shuffled), strict=True)
        ):
            line = QRectF(room.left(), room.top() + 1.35 * row * unit, room.width(), 1.3 * unit)
            self.say(
                painter,
                QRectF(line.left(), line.top(), name, line.height()),
                (kind, kind.split()[0]),
                self.theme.text,
            )
            end = QRectF(line.right() - figure, line.top(), figure, line.height())
            self.say(painter, end, (percent(share, 0),), self.theme.text, RIGHT)
            box = QRectF(
                line.left() + name, line.top() + 0.35 * unit, line.width() - name - figure, 0
            )
            if box.width() > unit:
                box.setHeight(0.62 * unit)
                bar(painter, box, share, self.theme)

    def _paint_outputs(self, painter: QPainter, noise: Noise, room: QRectF) -> None:
        unit, read = self.unit, self.name(noise.read)
        head = QRectF(room.left(), room.top(), room.width(), 1.3 * unit)
        single = len(noise.outputs) == 1
        output = f"ŷ = {write(float(noise.outputs[0 if single else noise.read]), 3)}"
        self.say(
            painter,
            head,
            (
                f"the clearest one read as “{read}”, {output}",
                f"read as “{read}”, {output}",
                f"“{read}”",
            ),
            self.theme.text,
        )
        chart = QRectF(room.left(), head.bottom() + 3, room.width(), 0)
        chart.setBottom(room.bottom() - 1.35 * unit)
        if chart.height() < 0.8 * unit:
            return
        outputs = np.clip(np.nan_to_num(noise.outputs), 0, 1)
        width = min(chart.width() / len(outputs), 4 * unit)
        small = letters(self.font(), 0.9 * unit)
        painter.setFont(small)
        names = self.names if len(outputs) > 1 else ("output",)
        widest = max(QFontMetricsF(small).horizontalAdvance(name) for name in names)
        for label, value in enumerate(outputs):
            left = chart.left() + label * width
            box = QRectF(left, chart.top(), max(width - 2, 1), chart.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRect(box)
            box.setTop(box.bottom() - max(float(value) * box.height(), 1))
            painter.setBrush(QColor(self.theme.text))
            painter.drawRect(box)
            foot = QRectF(left, chart.bottom() + 1, width - 2, 1.3 * unit)
            chosen = label == noise.read or len(outputs) == 1
            if widest <= width:
                colour = self.theme.text if chosen else self.theme.dim
                self.say(painter, foot, (names[label],), colour, CENTRE)
        painter.setFont(self.font())
