"""What all drawings with axes share: a theme, letters that grow with them, places, the pointer.

Letters and lines follow the theme's scale; where a drawing is large they grow further.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized

Array = NDArray[np.floating[Any]]

FAR = 1e4
"""Pixels beyond which nothing is drawn: painting there would take for ever."""


class Lettered(QWidget):
    """A drawing with names and numbers along its axes, whose letters grow with it."""

    _theme = DARK
    _letters: tuple[tuple[QFont, int], QFont, QFontMetricsF] | None = None

    def letters(self) -> QFont:
        """Return the font of names and numbers."""
        return self._lettered()[0]

    def metrics(self) -> QFontMetricsF:
        """Return the measures of names and numbers."""
        return self._lettered()[1]

    def _lettered(self) -> tuple[QFont, QFontMetricsF]:
        """Return both in the size that they have now; asked for many times a frame."""
        room = min(self.width() / 19, self.height() / 16)
        made_for = self.font(), self._theme.scale.grown(Step.CAPTION, room)
        if self._letters is None or self._letters[0] != made_for:
            font = sized(*made_for)
            self._letters = made_for, font, QFontMetricsF(font)
        return self._letters[1:]


def painted(places: Array, apart: float = 0.0) -> list[QPointF]:
    """Return places (n, 2) in pixels as points to paint at.

    They end before the first that is no number, none lies further away than can be painted,
    and those that are nearer than `apart` to the last one kept are left out, but for the end.
    """
    known = _paintable(places).tolist()
    kept: list[list[float]] = []
    for at in known:
        if not kept or abs(at[0] - kept[-1][0]) + abs(at[1] - kept[-1][1]) >= apart:
            kept.append(at)
    if kept and kept[-1] != known[-1]:
        kept.append(known[-1])
    return [QPointF(*at) for at in kept]


def polygon(places: Array) -> QPolygonF:
    """Return places (n, 2) in pixels as a line to paint, which ends as that of `painted` does."""
    known = _paintable(places)
    line: QPolygonF = arrayToQPolygonF(*known.T) if len(known) else QPolygonF()
    return line


def _paintable(places: Array) -> Array:
    """Return places before the first that is no number, none further away than can be painted."""
    bad = np.flatnonzero(~np.isfinite(places).all(axis=1))
    return np.clip(places[: bad[0]] if len(bad) else places, -FAR, FAR)


def round_pen(colour: str, width: float) -> QPen:
    """Return the pen of lines without corners."""
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def paint_arrow(
    painter: QPainter,
    tail: QPointF,
    tip: QPointF,
    head: float,
    inks: Sequence[tuple[str, float]],
) -> None:
    """Paint an arrow with barbs so long, one ink over the other; nothing where it has no length."""
    length = math.hypot(tip.x() - tail.x(), tip.y() - tail.y())
    if not (length > 0 and math.isfinite(length)):
        return
    along = (tip - tail) / length
    beside = QPointF(-along.y(), along.x())
    ends = [tip - along * head + beside * side for side in (0.5 * head, -0.5 * head)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in inks:
        painter.setPen(round_pen(colour, width))
        painter.drawLine(tail, tip)
        painter.drawPolyline(QPolygonF([ends[0], tip, ends[1]]))


class Plot(Lettered):
    """A drawing in two dimensions.

    Signals:
        hovered(object): the place under the pointer, or None beside the drawing.
        chosen(object): a place that was clicked, or dragged to where it FOLLOWS the pointer.

    Attributes:
        FOLLOWS: whether dragging goes on choosing.
        NAME: what readers of the screen call it.
    """

    hovered = Signal(object)
    chosen = Signal(object)
    FOLLOWS = False
    NAME = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.NAME)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which lines and numbers can be told apart."""
        return QSize(self.space(110), self.space(90))

    def space(self, pixels: float) -> int:
        """Return a length given for a factor of 1."""
        return self._theme.scale.space(pixels)

    def thick(self, grown: float) -> float:
        """Return how many pixels one of a line's is: as the scale says, or grown with the room."""
        return max(self._theme.scale.line(1.0), grown)

    def thin(self, colour: str) -> QPen:
        """Return the pen of axes and frames."""
        return QPen(QColor(colour), self._theme.scale.line(1.0))

    def area(self) -> QRectF:
        """Return where the drawing itself stands between its axes, in pixels."""
        raise NotImplementedError

    def pixels(self, share: Array) -> NDArray[np.float64]:
        """Return where shares (n, 2) of the way along both axes stand in the widget, in pixels."""
        area = self.area()
        # Heights of pixels run downwards.
        corner, span = (area.left(), area.bottom()), (area.width(), -area.height())
        return np.asarray(corner + share * span, np.float64)

    def point(self, share: Array) -> QPointF:
        """Return where one such share, (2,), stands."""
        return QPointF(*self.pixels(share).tolist())

    def share_at(self, at: QPointF) -> Array:
        """Return how far along both axes a pixel stands, 0..1 inside, (2,)."""
        area = self.area()
        across, upwards = at.x() - area.left(), area.bottom() - at.y()
        return np.array([across / area.width(), upwards / area.height()])

    def place_at(self, at: QPointF) -> Any:
        """Return what can be chosen at a pixel, or None where there is nothing."""
        raise NotImplementedError

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        self.hovered.emit(self.place_at(event.position()))
        if self.FOLLOWS and event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing is under the pointer any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a place."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None:
            self.chosen.emit(place)

    def paint_cross(self, painter: QPainter, at: QPointF) -> None:
        """Paint lines from side to side through a pixel."""
        area = self.area()
        painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
        painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
