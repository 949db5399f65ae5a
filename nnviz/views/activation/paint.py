"""How activation functions look: curves, shading, the point with its tangent, marks, bars."""

import math
from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.numbers import write
from nnviz.views.activation import text
from nnviz.views.activation.places import Places, Ticks
from nnviz.views.palette import Theme, ramp
from nnviz.views.shared.sentence import fullest

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
DASHES = [5.0, 3.0]
Place = Callable[[float, float], QPointF]
"""Returns where a value at a z stands."""


class Painting:
    """One painting of a picture in its places."""

    def __init__(self, painter: QPainter, places: Places, theme: Theme) -> None:
        self._painter, self._places, self._theme = painter, places, theme
        self._picture = places.picture
        self._metrics = QFontMetricsF(painter.font())
        self._shade = QColor(*ramp(theme.panel, theme.dim, 8)[1].tolist())

    def everything(self) -> None:
        """Paint all of it."""
        places = self._places
        self._shaded()
        self._axes()
        self._curves(places.values, of_slopes=False)
        if not places.slopes.isEmpty():
            self._curves(places.slopes, of_slopes=True)
        self._point()
        self._marks()
        self._bars()

    def _pen(self, colour: str, width: float) -> QPen:
        return QPen(QColor(colour), self._theme.scale.line(width))

    def _shaded(self) -> None:
        """Paint where the function is saturated."""
        places = self._places
        for low, high in self._picture.faded:
            left, right = places.x(low), places.x(high)
            for area in (places.values, places.slopes, places.strip):
                if not area.isEmpty():
                    box = QRectF(left, area.top(), right - left, area.height())
                    self._painter.fillRect(box, self._shade)

    def _axes(self) -> None:
        """Paint the axes, their numbers and names."""
        places, painter, unit = self._places, self._painter, self._places.unit
        upwards: list[tuple[QRectF, Ticks, Place]] = [(places.values, places.upwards, places.value)]
        if not places.slopes.isEmpty():
            upwards.append((places.slopes, places.inclined, places.slope))
        for area, ticks, place in upwards:
            above = math.inf
            for value, written in zip(ticks.values, ticks.texts, strict=True):
                y = place(0.0, value).y()
                painter.setPen(self._pen(self._theme.line, 1))
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
                if y > above - unit:
                    continue
                above = y
                painter.setPen(QColor(self._theme.dim))
                box = QRectF(0, y - unit / 2, area.left() - 0.35 * unit, unit)
                painter.drawText(box, RIGHT, written)
            painter.setPen(self._pen(self._theme.line, 1))
            painter.drawLine(QPointF(places.x(0), area.top()), QPointF(places.x(0), area.bottom()))
        self._numbers_of_z()
        painter.setPen(QColor(self._theme.dim))
        names = [(places.values, text.VALUES), (places.slopes, text.SLOPES)]
        for area, name in names:
            if not area.isEmpty():
                box = QRectF(area.left(), area.top() - 1.2 * unit, area.width(), unit)
                painter.drawText(box, LEFT, name)

    def _numbers_of_z(self) -> None:
        places, painter, unit = self._places, self._painter, self._places.unit
        painter.setPen(QColor(self._theme.dim))
        end, name = 0.0, self._metrics.horizontalAdvance(text.SUMS)
        top, right = places.axis + 0.2 * unit, places.values.right() + 0.7 * unit
        painter.drawText(QRectF(right - name - 1, top, name + 2, unit), CENTRE, text.SUMS)
        for value, written in zip(places.across.values, places.across.texts, strict=True):
            half = self._metrics.horizontalAdvance(written) / 2
            x = max(places.x(value), half)
            if x - half >= end and x + half <= right - name - 0.4 * unit:
                box = QRectF(x - half - 1, top, 2 * half + 2, unit)
                painter.drawText(box, CENTRE, written)
                end = x + half + 0.5 * unit

    def _curves(self, area: QRectF, *, of_slopes: bool) -> None:
        """Paint the curves of one area, the one that is compared below the other."""
        painter, picture = self._painter, self._picture
        painter.save()
        painter.setClipRect(area.adjusted(-1, -2, 1, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if picture.second is not None:
            pen = self._pen(self._theme.held_back, 1.8)
            pen.setDashPattern(DASHES)
            painter.setPen(pen)
            curve = picture.second.curve
            heights = curve.slope if of_slopes else curve.a
            painter.drawPolyline(self._places.line(curve.z, heights, of_slopes=of_slopes))
        painter.setPen(self._pen(self._theme.text, 2.2))
        curve = picture.first.curve
        heights = curve.slope if of_slopes else curve.a
        painter.drawPolyline(self._places.line(curve.z, heights, of_slopes=of_slopes))
        painter.restore()

    def _point(self) -> None:
        """Paint z, the tangent there, and the point on both curves, of the one compared a ring."""
        picture, places, painter = self._picture, self._places, self._painter
        at = picture.first.point
        if at is None or not abs(at.z) <= picture.reach:
            return
        width, x = self._theme.scale.line, places.x(at.z)
        painter.setPen(self._pen(self._theme.now, 1))
        painter.drawLine(QPointF(x, places.values.top()), QPointF(x, places.axis))
        painter.save()
        painter.setClipRect(places.values)
        painter.setPen(self._pen(self._theme.now, 1.6))
        ends = (at.z - picture.reach / 3, at.z + picture.reach / 3)
        painter.drawLine(*(places.value(z, at.tangent(z)) for z in ends))
        painter.restore()
        drawn = [(at, False)]
        if picture.second is not None and picture.second.point is not None:
            drawn.insert(0, (picture.second.point, True))
        for point, ring in drawn:
            colour = QColor(self._theme.held_back if ring else self._theme.now)
            painter.setPen(QPen(colour, width(1.6)))
            painter.setBrush(QColor(self._theme.panel) if ring else colour)
            painter.drawEllipse(places.value(point.z, point.a), width(4.5), width(4.5))
            if not places.slopes.isEmpty():
                painter.drawEllipse(places.slope(point.z, point.slope), width(4.5), width(4.5))

    def _marks(self) -> None:
        """Paint a mark for each neuron of the layer, the selected one larger."""
        picture, places, painter = self._picture, self._places, self._painter
        if not picture.marks or picture.layer is None:
            return
        strip, unit = places.strip, places.unit
        if not places.caption.isEmpty():
            painter.setPen(QColor(self._theme.dim))
            said = fullest((*picture.marks, ""), painter.font(), places.caption.width())
            ground = QRectF(places.caption)
            ground.setWidth(self._metrics.horizontalAdvance(said))
            painter.fillRect(ground, QColor(self._theme.panel))  # the line of z passes behind it
            painter.drawText(places.caption, LEFT, said)
        if strip.isEmpty():
            return
        chosen = picture.layer.neuron
        lines: list[QLineF] = []
        now: list[QLineF] = []
        for z, neuron in zip(picture.ticks.tolist(), picture.neurons.tolist(), strict=True):
            x, short = places.x(z), 0.0 if neuron == chosen else 0.2 * unit
            line = QLineF(x, strip.top() + short, x, strip.bottom() - short)
            (now if neuron == chosen else lines).append(line)
        for drawn, colour, width in ((lines, self._theme.text, 1), (now, self._theme.now, 3)):
            painter.setPen(self._pen(colour, width))
            painter.drawLines(drawn)

    def _bars(self) -> None:
        """Paint the activations of a layer that mixes its neurons, each with its name."""
        picture, places, painter = self._picture, self._places, self._painter
        if places.bars.isEmpty() or picture.layer is None:
            return
        unit, advance = places.unit, self._metrics.horizontalAdvance
        names = [bar.name for bar in picture.bars]
        named = min(max(map(advance, names)), 0.35 * places.bars.width()) + 0.4 * unit
        number = advance("0.000") + 0.4 * unit
        for place, bar in enumerate(picture.bars):
            box = places.bar(place)
            if box.isEmpty():
                break
            now = bar.neuron == picture.layer.neuron
            painter.setPen(QColor(self._theme.now if now else self._theme.text))
            name = self._metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, named)
            painter.drawText(QRectF(box.left(), box.top(), named, box.height()), LEFT, name)
            room = QRectF(
                box.left() + named, box.top(), box.width() - named - number, box.height()
            ).adjusted(0, 0.25 * unit, 0, -0.25 * unit)
            painter.fillRect(room, QColor(self._theme.raised))
            share = min(max(bar.a, 0.0), 1.0)
            full = QRectF(room.left(), room.top(), share * room.width(), room.height())
            painter.fillRect(full, QColor(self._theme.now if now else self._theme.dim))
            right = QRectF(box.right() - number, box.top(), number, box.height())
            painter.drawText(right, RIGHT, write(bar.a, 3, decimals=3))
