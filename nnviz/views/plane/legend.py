"""The legend of the plane: what colours and marks say, or what is answered under the pointer."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.numbers import write
from nnviz.views.palette import DARK, Theme, rgb
from nnviz.views.plane import text
from nnviz.views.plane.answer import Kind
from nnviz.views.plane.colours import class_colour, table
from nnviz.views.plane.curve_picture import CurvePicture
from nnviz.views.plane.gaps import GAP_SHADE, leave_gaps
from nnviz.views.plane.map_picture import SHADES, MapPicture, shade_of
from nnviz.views.plane.picture import PlanePicture
from nnviz.views.shared.class_shapes import shape
from nnviz.views.shared.picture_cache import image_of

GAPS = 18
"""From one gap in the lower half of the bar of colours to the next, in shades."""
BAR = 5.0
"""Length of the bar of colours, in heights of a letter."""


class Legend(QWidget):
    """One line: the bar of colours, and every class with its mark as far as there is room.

    Attributes:
        said: what stands there instead; empty for the legend itself.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._shown: PlanePicture | None = None
        self._key: object = None
        self._steps = False
        self.said = ""

    def say(self, said: str) -> None:
        """Write something in place of the legend, or with "" the legend again."""
        if said != self.said:
            self.said = said
            self.update()

    def show_picture(self, shown: PlanePicture, *, steps: bool) -> None:
        """Say what a picture's colours and marks are."""
        field = shown.field
        scale = (field.kind, field.scale) if isinstance(field, MapPicture) else None
        shares = len(field.shares) if isinstance(field, CurvePicture) else 0
        key = scale, shown.class_names, shown.title, steps, shares
        self._shown, self._steps = shown, steps
        if key != self._key:
            self._key = key
            self.update()

    def dress(self, theme: Theme, *, wide: bool) -> None:
        """Take on colours; the height follows the letters, of two lines in a wide view."""
        self._theme = theme
        self.setFixedHeight(round((2.3 if wide else 1.3) * QFontMetricsF(self.font()).height()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        shown, theme = self._shown, self._theme
        if shown is None:
            return
        painter, metrics = QPainter(self), QFontMetricsF(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, gap = float(theme.scale.space(6)), float(theme.scale.space(6))
        said, field = self.said, shown.field
        if not said and isinstance(field, CurvePicture) and len(field.curves) < 2:
            said = text.shares_said(len(field.shares)) if len(field.shares) else ""
            if not said:
                return
        if said:
            self._say(painter, metrics, said, x)
            return
        names = sum(
            metrics.ascent() + 3 * gap + metrics.horizontalAdvance(name)
            for name in shown.class_names
        )
        roomy = x + (BAR + 3) * metrics.height() + names <= self.width()
        if isinstance(field, MapPicture) and field.kind is not Kind.CLASSES and roomy:
            x = self._paint_bar(painter, metrics, field, x) + 2 * gap
        for label, name in enumerate(shown.class_names):
            high = metrics.ascent()
            grounds = isinstance(field, MapPicture) and field.kind is Kind.CLASSES
            before = (2.2 if grounds else 1.0) * high + gap
            wide = before + metrics.horizontalAdvance(name)
            if x + wide > self.width():
                break
            painter.save()
            painter.translate(x + high / 2, self.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(class_colour(theme, label, len(shown.class_names))))
            painter.drawPath(shape(label, 0.36 * high))
            painter.restore()
            if grounds:
                ground = QRectF(x + 1.2 * high, (self.height() - high) / 2, high, high)
                self._paint_ground(painter, ground, label)
            self._write(painter, x + before, name, wide)
            x += wide + 2 * gap

    def _say(self, painter: QPainter, metrics: QFontMetricsF, said: str, x: float) -> None:
        """Write a text over all the room."""
        room = QRectF(x, 0, self.width() - 2 * x, self.height())
        rows = max(1, int(self.height() / metrics.height()))
        font, _ = self._theme.scale.fitting(self.font(), said, 0.9 * rows * room.width())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, middle | Qt.TextFlag.TextWordWrap, said)

    def _paint_bar(
        self, painter: QPainter, metrics: QFontMetricsF, field: MapPicture, x: float
    ) -> float:
        """Paint the colours between the numbers that they reach from and to; return its end."""
        gap, letter = self._theme.scale.space(4), metrics.height()
        colours = table(field.kind, 2, self._theme, steps=self._steps)[:SHADES].copy()
        if field.kind in (Kind.TWO, Kind.SIGNED):  # as the map has
            gaps = np.arange(SHADES // 2) % GAPS < GAPS // 3
            colours[: SHADES // 2][gaps] = rgb(self._theme.panel)
        for part in (write(field.scale.low, 2), None, write(field.scale.high, 2)):
            if part is not None:
                self._write(painter, x, part, metrics.horizontalAdvance(part))
                x += metrics.horizontalAdvance(part) + gap
                continue
            bar = QRectF(x, self.height() / 2 - 0.3 * letter, BAR * letter, 0.6 * letter)
            painter.drawImage(bar, image_of(np.ascontiguousarray(colours[np.newaxis])))
            painter.setPen(QColor(self._theme.dim))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar)
            x += bar.width() + gap
        return x

    def _paint_ground(self, painter: QPainter, box: QRectF, label: int) -> None:
        """Paint what the map has where a class is answered."""
        assert self._shown is not None
        classes, size = len(self._shown.class_names), (box.size() * self.devicePixelRatioF())
        high, wide = max(round(size.height()), 1), max(round(size.width()), 1)
        codes = np.full((high, wide), (label + 1) * shade_of(classes) - 1, np.uint8)
        leave_gaps(codes, Kind.CLASSES, classes, max(high // 3, 3), max(high // 12, 1))
        colours = table(Kind.CLASSES, classes, self._theme, steps=self._steps).copy()
        colours[GAP_SHADE] = rgb(self._theme.panel)
        painter.drawImage(box, image_of(colours[codes]))

    def _write(self, painter: QPainter, x: float, text: str, wide: float) -> None:
        painter.setPen(QColor(self._theme.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, 0, wide + 2, self.height()), flags, text)
