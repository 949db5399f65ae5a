"""Where everything stands in the plot of activation functions: two areas over one axis of z."""

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPolygonF

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.views.activation.picture import ActivationPicture
from nnviz.views.shared.ticks import short, some_ticks

BELOW = 1.35
"""Height of the numbers of z, in heights of a letter; so are all of these."""
STRIP, CAPTION = 1.1, 1.3
"""Height of the layer's marks, and of the words over them."""
TITLE = 1.25
"""Height of the name above an area."""
LEAST = 2.4
"""Least height of the area of slopes; without it there is none."""
SLOPES = 0.36
"""Its share of the height of both."""
LOW, LOWEST = 6.5, 4.5
"""Heights of the whole below which there are no words over the marks, and below which no marks."""
BARS, LEAST_BARS = 0.34, 7.0
"""Share of the width that bars take, and what they need at least."""
LEAST_BAR = 1.05
"""Height of a bar and its name at least."""
FAR = 1e5
"""Pixels beyond which nothing is painted."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """Numbers along an axis, and how they are written."""

    values: list[float]

    @property
    def texts(self) -> list[str]:
        """What is written."""
        return [short(value, self.values) for value in self.values]


class Places:
    """The places of one picture in a plot of a size.

    Attributes:
        values, slopes: the areas of f and f′; that of f′ is empty where it has no room.
        strip: where the layer's marks stand; empty where they have no room.
        caption: where words over them stand.
        bars: where bars stand; empty where there are none.
        across, upwards, inclined: numbers along z, f and f′.
    """

    def __init__(self, picture: ActivationPicture, size: QRectF, metrics: QFontMetricsF) -> None:
        self.picture, unit = picture, metrics.height()
        self.unit = unit
        marked = bool(picture.marks)
        strip = STRIP if marked and size.height() >= LOWEST * unit else 0.0
        caption = CAPTION if marked and size.height() >= LOW * unit else 0.0
        height = max(size.height() - (BELOW + strip + caption + TITLE) * unit, unit)
        inclined = SLOPES * (height - TITLE * unit)
        if inclined < LEAST * unit:
            inclined = 0.0
        upper = height - inclined - (TITLE * unit if inclined else 0.0)
        self.upwards = Ticks(some_ticks(*picture.heights, max(int(upper / (1.8 * unit)), 1)))
        self.inclined = Ticks(some_ticks(*picture.slopes, max(int(inclined / (1.8 * unit)), 1)))
        texts = [*self.upwards.texts, *(self.inclined.texts if inclined else ())]
        left = max(map(metrics.horizontalAdvance, texts), default=0.0) + 0.7 * unit
        wide = BARS * size.width()
        barred = bool(picture.bars) and wide >= LEAST_BARS * unit
        right = size.width() - (wide if barred else 0.0) - 0.8 * unit
        width = max(right - left, unit)
        top = size.top() + TITLE * unit
        self.values = QRectF(left, top, width, upper)
        lower = self.values.bottom() + TITLE * unit
        self.slopes = QRectF(left, lower, width, inclined) if inclined else QRectF()
        bottom = top + height
        self.caption = QRectF(left, bottom, width, caption * unit)
        self.strip = QRectF(left, self.caption.bottom(), width, strip * unit)
        self.axis = self.strip.bottom()
        self.bars = QRectF()
        if barred:
            self.bars = QRectF(right + 0.8 * unit, top, wide - 0.8 * unit, self.axis - top)
        room = metrics.horizontalAdvance("−00.0") + 0.8 * unit
        most = max(int(width / room), 1)
        self.across = Ticks(some_ticks(-picture.reach, picture.reach, most))

    def x(self, z: float) -> float:
        """Return where a z stands."""
        share = (z + self.picture.reach) / (2 * self.picture.reach)
        return self.values.left() + share * self.values.width()

    def z_at(self, x: float) -> float:
        """Return the z at a place, within reach."""
        share = (x - self.values.left()) / self.values.width()
        return float(np.clip(2 * share - 1, -1, 1)) * self.picture.reach

    def value(self, z: float, a: float) -> QPointF:
        """Return where a point of f stands."""
        return QPointF(self.x(z), _height(self.values, self.picture.heights, a))

    def slope(self, z: float, slope: float) -> QPointF:
        """Return where a point of f′ stands."""
        return QPointF(self.x(z), _height(self.slopes, self.picture.slopes, slope))

    def line(self, z: Array, heights: Array, *, of_slopes: bool) -> QPolygonF:
        """Return the places of a curve's points that are numbers."""
        area, ends = self.values, self.picture.heights
        if of_slopes:
            area, ends = self.slopes, self.picture.slopes
        good, reach = np.isfinite(heights), self.picture.reach
        across = (z[good] + reach) / (2 * reach)
        upwards = (heights[good] - ends[0]) / (ends[1] - ends[0])
        x, y = area.left() + across * area.width(), area.bottom() - upwards * area.height()
        curve: QPolygonF = arrayToQPolygonF(x, np.clip(y, -FAR, FAR)) if len(x) else QPolygonF()
        return curve

    def bar(self, number: int) -> QRectF:
        """Return where a bar stands with its name, from 0 on; empty where it has no room."""
        count = max(len(self.picture.bars), 1)
        high = min(self.bars.height() / count, 2.0 * self.unit)
        if high < LEAST_BAR * self.unit:
            high = LEAST_BAR * self.unit
        box = QRectF(self.bars.left(), self.bars.top() + number * high, self.bars.width(), high)
        return box if box.bottom() <= self.bars.bottom() + 0.5 else QRectF()

    def bar_at(self, at: QPointF) -> int | None:
        """Return the neuron whose bar is at a place."""
        for number, bar in enumerate(self.picture.bars):
            if self.bar(number).contains(at):
                return bar.neuron
        return None

    def mark_at(self, at: QPointF, near: float) -> int | None:
        """Return the neuron whose mark is at a place, or within so many pixels beside it."""
        if not len(self.picture.ticks) or not self.strip.contains(at):
            return None
        away = np.abs(np.array([self.x(z) for z in self.picture.ticks.tolist()]) - at.x())
        nearest = int(away.argmin())
        return int(self.picture.neurons[nearest]) if away[nearest] <= near else None


def _height(area: QRectF, ends: tuple[float, float], value: float) -> float:
    share = (value - ends[0]) / (ends[1] - ends[0])
    return float(min(max(area.bottom() - share * area.height(), -FAR), FAR))
