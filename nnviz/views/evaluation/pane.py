"""What the parts of the evaluation have in common: a title, letters, colours, a picture."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.evaluation.picture import EvaluationPicture
from nnviz.views.palette import DARK, Theme, rgb
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import Step, sized

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter


class Pane(QWidget):
    """One part of the evaluation.

    Attributes:
        unit, small, large: letters in pixels: the usual ones, those of axes, those of a figure.
        said: what it says in letters, in the order it was painted.
        least: room in usual letters that it needs from top to bottom.
    """

    least = 6.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.picture = EvaluationPicture()
        self.unit = self.small = self.large = 1
        self.said: list[str] = []

    def show_picture(self, picture: EvaluationPicture) -> None:
        """Show another moment."""
        self.picture = picture
        self.update()

    def set_theme(self, theme: Theme, room: float) -> None:
        """Take on colours and letters, each of which has `room` pixels of height."""
        self.theme = theme
        self.unit = theme.scale.grown(Step.LABEL, room)
        self.small = theme.scale.grown(Step.CAPTION, 0.9 * room)
        self.large = theme.scale.grown(Step.HEADING, 1.6 * room)
        self.setFont(self.sized(self.unit))
        self.update()

    def sized(self, pixels: float, *, bold: bool = False) -> QFont:
        """Return letters of another height, none smaller than the least."""
        return sized(self.font(), max(pixels, self.theme.scale.px(Step.CAPTION)), bold=bold)

    def gap(self, pixels: float) -> int:
        """Return a fixed length, given for a factor of 1, in pixels."""
        return self.theme.scale.space(pixels)

    def least_height(self, _width: int) -> int:
        """Return the height from which everything has room."""
        return round(self.least * self.unit)

    def room(self) -> QRectF:
        """Return what is left below the title."""
        top = 1.7 * self.unit if self.title() else 0.0
        return QRectF(0, top, self.width(), max(self.height() - top, 0))

    def title(self) -> tuple[str, ...]:
        """Return what stands above it in wordings, the fullest first; empty for nothing."""
        return ()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the title, and what there is below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self.said = []
        if self.picture.message:
            return
        if title := self.title():
            self.say(painter, QRectF(0, 0, self.width(), 1.4 * self.unit), title, self.theme.text)
        self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Paint what stands below the title."""
        raise NotImplementedError

    def say(
        self,
        painter: QPainter,
        room: QRectF,
        wordings: Sequence[str],
        colour: str,
        where: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Write the fullest wording that has room; cut the last one if even that has none."""
        metrics = QFontMetricsF(painter.font())
        text = fullest(wordings, painter.font(), room.width() - 0.5)  # it measures whole pixels
        if metrics.horizontalAdvance(text) > room.width() + 0.5:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 0.5)
        if text:
            painter.setPen(QColor(colour))
            painter.drawText(room, int(where | Qt.TextFlag.TextDontClip), text)
            self.said.append(text)

    def paint_level(self, painter: QPainter, plot: QRectF, y: float, figure: str) -> None:
        """Paint a line across a plot, with its figure at the left."""
        painter.setPen(QPen(QColor(self.theme.line), self.theme.scale.line(1)))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        side = QRectF(0, y - self.small, plot.left() - self.gap(4), 2 * self.small)
        self.say(painter, side, (figure,), self.theme.dim, RIGHT)


READ = 4.5
"""Least contrast of what is read: WCAG 2, level AA."""


def ink_on(fill: str, theme: Theme) -> str:
    """Return which of a theme's two extremes reads better on a fill.

    On fills of middle lightness neither does: there it is black or white, one of which always can
    be read.
    """

    def light(colour: str) -> float:
        value = rgb(colour) / 255
        linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    def contrast(colour: str) -> float:
        one, two = sorted((light(colour) + 0.05, light(fill) + 0.05))
        return two / one

    own = max((theme.text, theme.panel), key=contrast)
    return own if contrast(own) >= READ else max(("#000000", "#ffffff"), key=contrast)


def bar(painter: QPainter, box: QRectF, share: float, theme: Theme, rest: str = "") -> None:
    """Paint a bar that is filled up to a share, its rest in a colour of its own."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(rest or theme.raised))
    painter.drawRect(box)
    if share == share and share > 0:
        painter.setBrush(QColor(theme.text))
        painter.drawRect(QRectF(box.left(), box.top(), box.width() * share, box.height()))
