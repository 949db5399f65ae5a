"""Confident on noise: what the network says of pictures that show nothing."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.views.evaluation import text
from nnviz.views.evaluation.pane import CENTRE, RIGHT, Pane, bar
from nnviz.views.evaluation.picture import NoisePicture
from nnviz.views.evaluation.text import percent
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.tile_content import greys_of


class NoisePane(Pane):
    """How much noise it answers clearly, and the picture it answers most clearly, with outputs."""

    def title(self) -> tuple[str, ...]:
        """Say what counts as confident."""
        return text.NOISE

    def square(self) -> QRectF:
        """Return where the picture stands."""
        room = self.room()
        side = float(int(min(room.height() - 1.5 * self.unit, 0.34 * room.width())))
        return QRectF(1, room.top() + 1, max(side, 1), max(side, 1))

    def paint(self, painter: QPainter) -> None:
        """Paint the picture, the two shares and the outputs."""
        noise = self.picture.noise
        if noise is None:
            self.say(painter, self.room(), text.NO_NOISE, self.theme.dim, CENTRE)
            return
        square, unit = self.square(), self.unit
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(square, image_of(greys_of(noise.x, noise.shape)[0]))
        painter.restore()
        painter.setPen(QPen(QColor(self.theme.line), self.theme.scale.line(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
        below = QRectF(0, square.bottom() + 0.2 * unit, square.width(), 1.3 * unit)
        self.say(painter, below, text.CLEAREST, self.theme.dim, CENTRE)
        left = square.right() + 0.9 * unit
        side = QRectF(left, square.top(), self.width() - left, self.height() - square.top())
        self._paint_shares(painter, noise, side)
        side.setTop(side.top() + 2.9 * unit)
        self._paint_outputs(painter, noise, side)

    def _paint_shares(self, painter: QPainter, noise: NoisePicture, room: QRectF) -> None:
        unit = self.unit
        metrics = QFontMetricsF(self.font())
        figure = metrics.horizontalAdvance(percent(1, 0)) + self.gap(2)
        widest = max(metrics.horizontalAdvance(kind[0]) for kind, _, _ in noise.shares)
        name = max(min(widest + 0.5 * unit, room.width() - figure), 0.0)
        for row, (kind, share, said) in enumerate(noise.shares):
            line = QRectF(room.left(), room.top() + 1.35 * row * unit, room.width(), 1.3 * unit)
            names = QRectF(line.left(), line.top(), name, line.height())
            self.say(painter, names, (*kind, ""), self.theme.text)
            end = QRectF(line.right() - figure, line.top(), figure, line.height())
            self.say(painter, end, (said,), self.theme.text, RIGHT)
            box = QRectF(line.left() + name, line.top() + 0.35 * unit, 0, 0.62 * unit)
            box.setRight(line.right() - figure)
            if box.width() > unit:
                bar(painter, box, share, self.theme)

    def _paint_outputs(self, painter: QPainter, noise: NoisePicture, room: QRectF) -> None:
        unit, theme, hair = self.unit, self.theme, self.gap(1)
        head = QRectF(room.left(), room.top(), room.width(), 1.3 * unit)
        self.say(painter, head, noise.read, theme.text)
        chart = QRectF(room.left(), head.bottom() + self.gap(3), room.width(), 0)
        chart.setBottom(room.bottom() - 1.35 * unit)
        if chart.height() < 0.8 * unit:
            return
        width = min(chart.width() / len(noise.outputs), 4 * unit)
        painter.setFont(self.sized(self.small))
        metrics = QFontMetricsF(painter.font())
        named = max(metrics.horizontalAdvance(name) for name, _, _ in noise.outputs) <= width
        for place, (name, value, chosen) in enumerate(noise.outputs):
            left = chart.left() + place * width
            box = QRectF(left, chart.top(), max(width - 2 * hair, 1), chart.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRect(box)
            box.setTop(box.bottom() - max(value * box.height(), 1))
            painter.setBrush(QColor(theme.text))
            painter.drawRect(box)
            if named:
                foot = QRectF(left, chart.bottom() + 1, width - 2 * hair, 1.3 * unit)
                self.say(painter, foot, (name,), theme.text if chosen else theme.dim, CENTRE)
        painter.setFont(self.font())
