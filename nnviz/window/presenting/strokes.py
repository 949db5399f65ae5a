"""Strokes of the pen: lines of some colour and width, drawn over a picture."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnviz.dataclass import dataclass
from nnviz.views.palette import Theme

WIDTH, RIM = 5.0, 2.0
"""Width of a stroke, and of the rim at either side of it, at a factor of 1."""


def colours(theme: Theme) -> tuple[str, ...]:
    """Return the pen's colours: none of data's own, and all of them stand out on panels."""
    return theme.now, theme.racers[5], theme.racers[3], theme.text


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line from pen down to pen up.

    Attributes:
        points: its places in pixels; at least one.
        colour: which of `colours` it has, so that it follows the theme.
        factor: of the scale by which it is as wide as it is.
    """

    points: tuple[QPointF, ...]
    colour: int
    factor: float

    @property
    def path(self) -> QPainterPath:
        """The line, smooth between its points."""
        path = QPainterPath(self.points[0])
        for before, point in zip(self.points, self.points[1:], strict=False):
            path.quadTo(before, (before + point) / 2)
        path.lineTo(self.points[-1] + QPointF(0.01, 0))  # a dot has a length, too
        return path

    @property
    def bounds(self) -> QRectF:
        """What it covers, with its rim."""
        return reach(self.points, self.factor)

    def resized(self, before: QSizeF, now: QSizeF) -> "Stroke":
        """Return it at the same place of a picture that has another size."""
        x, y = now.width() / before.width(), now.height() / before.height()
        points = tuple(QPointF(x * point.x(), y * point.y()) for point in self.points)
        return Stroke(points, self.colour, self.factor)


def reach(points: Sequence[QPointF], factor: float) -> QRectF:
    """Return what a stroke through these points covers, with its rim."""
    xs, ys = [point.x() for point in points], [point.y() for point in points]
    around = factor * (WIDTH / 2 + RIM) + 1
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(
        -around, -around, around, around
    )


def paint(painter: QPainter, strokes: Sequence[Stroke], theme: Theme) -> None:
    """Draw strokes, each with a rim in the panel's colour: so it is seen on data, too."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inks = colours(theme)
    for stroke in strokes:
        path = stroke.path
        width = stroke.factor * WIDTH
        for colour, wide in (
            (theme.panel, width + 2 * stroke.factor * RIM),
            (inks[stroke.colour % len(inks)], width),
        ):
            pen = QPen(QColor(colour), wide)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
