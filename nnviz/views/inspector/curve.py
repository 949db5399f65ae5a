"""C(w) along one weight: the curve, its tangent, where one stands and where the step lands."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.explain import CostLine
from nnviz.engine.notation import COST
from nnviz.numbers import write
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.equation_nodes import Named
from nnviz.views.shared.type_scale import Step
from nnviz.views.shared.typesetting import Box, Glyphs, font, paint, written
from nnviz.wording import Sign

_ROOM = 0.06
"""Share of the costs' range kept free above and below the curve."""
SAMPLES = 64
"""Points of curve and tangent at which it is looked whether they run through a name."""


class Curve(QWidget):
    """A small plot of a `CostLine`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self._line: CostLine | None = None
        self._step = ""
        self._scale: tuple[float, float] | None = None
        self._kind: object = None
        self.setAccessibleName("The cost along this weight")

    def sizeHint(self) -> QSize:
        """Ask for enough room to read a slope from."""
        return QSize(self.theme.scale.space(220), self.theme.scale.space(120))

    @property
    def line(self) -> CostLine | None:
        """What is shown."""
        return self._line

    def show_line(self, line: CostLine, step: str, kind: object) -> None:
        """Show C(w) and what the step is called; the scale is kept while `kind` stays equal."""
        if kind != self._kind:
            self._scale = None
        self._line, self._step, self._kind = line, step, kind
        self._scale = _range(line, self._scale)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, curve, tangent and step."""
        painter = QPainter(self)
        theme, line = self.theme, self._line
        painter.fillRect(self.rect(), QColor(theme.panel))
        if line is None or self._scale is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = _Plot(line, self._scale, QRectF(self.rect()), theme)
        plot.axes(painter)
        plot.content(painter)
        for name in plot.names(self._step):
            paint(name.box, painter, name.x, name.base, plot.colours)

    def names(self) -> list[tuple[QRectF, str]]:
        """Return where names and numbers stand, and what they say."""
        if self._line is None or self._scale is None:
            return []
        plot = _Plot(self._line, self._scale, QRectF(self.rect()), self.theme)
        return [(name.rect, written(name.box)) for name in plot.names(self._step)]


def _range(line: CostLine, before: tuple[float, float] | None) -> tuple[float, float]:
    """Return the least and the largest cost shown; the last ones while they still serve."""
    costs = line.costs[np.isfinite(line.costs)]
    if not len(costs):
        return 0.0, 1.0
    low, high = float(costs.min()), float(costs.max())
    if high - low < 1e-12 * max(abs(high), 1e-300):
        low, high = low - 0.5 * max(abs(low), 1e-6), high + 0.5 * max(abs(high), 1e-6)
    room = _ROOM * (high - low)
    if before is not None:
        span = before[1] - before[0]
        if before[0] <= low and before[1] >= high and high - low > 0.55 * span:
            return before
    return low - 2 * room, high + 2 * room


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a number in the plot, with the left end of its base line."""

    box: Box
    x: float
    base: float

    @property
    def rect(self) -> QRectF:
        """Where it stands."""
        return QRectF(self.x, self.base - self.box.up, self.box.width, self.box.height)


class _Plot:
    """One painting of a line."""

    def __init__(
        self, line: CostLine, scale: tuple[float, float], rect: QRectF, theme: Theme
    ) -> None:
        self.line, self.theme, self.rect = line, theme, rect
        self.low, self.high = scale
        sizes = theme.scale
        room = int(max(rect.height() / 10, rect.width() / 24))
        self.letters = sizes.grown(Step.CAPTION, room, Step.HEADING)
        self.symbols = sizes.grown(Step.LABEL, self.letters, Step.HEADING)
        self.least = sizes.px(Step.CAPTION)
        self.line_width = sizes.line
        self.metrics = QFontMetricsF(font("sans", self.letters))
        digits = next((n for n in (3, 4, 5, 6) if len({write(v, n) for v in scale}) == 2), 7)
        self.ticks = [write(value, digits) for value in scale]
        wide = max(map(self.metrics.horizontalAdvance, (*self.ticks, Sign("C  "))))
        self.area = rect.adjusted(
            wide + 0.9 * self.letters, 0.5 * self.letters, -0.7 * self.letters, -1.9 * self.letters
        )
        self.colours = {role: QColor(getattr(theme, role)) for role in ("text", "dim", "now")}

    def at(self, w: float, cost: float) -> QPointF:
        """Return the place of a point."""
        values, area = self.line.values, self.area
        share = (w - values[0]) / (values[-1] - values[0])
        rise = (cost - self.low) / (self.high - self.low)
        return QPointF(area.left() + share * area.width(), area.bottom() - rise * area.height())

    def axes(self, painter: QPainter) -> None:
        """Paint the axes."""
        area = self.area
        painter.setPen(QPen(QColor(self.theme.line), self.line_width(1)))
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def names(self, step: str) -> list[Name]:
        """Return names and numbers, the weightiest first; one without room is left out."""
        area, letters, line = self.area, self.letters, self.line
        beside, base = area.left() - 0.5 * letters, area.bottom() + 1.35 * letters
        ends = [self._text(write(value, 3)) for value in (line.values[0], line.values[-1])]
        wished: list[tuple[tuple[Box, float, float], ...]] = []
        for text, y in zip(self.ticks, (area.bottom(), area.top()), strict=True):
            tick = self._text(text)
            y = min(max(y, area.top() + 0.3 * letters), area.bottom() - 0.2 * letters)
            wished.append(((tick, beside - tick.width, y + 0.36 * letters),))
        wished.append(((ends[0], max(area.left() - ends[0].width / 2, 0), base),))
        wished.append(((ends[1], area.right() + 0.6 * letters - ends[1].width, base),))
        symbol = Named(line.parameter.symbol).set(self.symbols, "text", self.least)
        wished.append(((symbol, area.center().x() - symbol.width / 2, base),))
        cost = Named(COST).set(self.symbols, "text", self.least)
        wished.append(((cost, beside - cost.width, area.center().y() + 0.4 * letters),))
        names: list[Name] = []
        for together in wished:
            placed = [Name(*each) for each in together]
            if all(self._has_room(name, names) for name in placed):
                names += placed
        if math.isfinite(line.present.cost):
            names += self._name_step((step, write(line.nudge, 3)), names)
        return names

    def _name_step(self, words: Sequence[str], others: Sequence[Name]) -> list[Name]:
        """Name the step where no line crosses it; nowhere if they cross it in both corners."""
        area, letters = self.area, self.letters
        said = [self._text(text, "now") for text in words]
        left, rising = area.left() + 0.6 * letters, self.line.slope > 0
        # A rising curve leaves the upper left free or the lower right, a falling one the others.
        for top, at_left in ((True, rising), (False, not rising)):
            first = area.top() + 0.9 * letters if top else area.bottom() - 1.55 * letters
            placed = [
                Name(
                    text,
                    left if at_left else area.right() - text.width,
                    first + 1.25 * letters * row,
                )
                for row, text in enumerate(said)
            ]
            free = all(self._has_room(name, others) for name in placed)
            if free and not any(self._crosses(name.rect) for name in placed):
                return placed
        return []

    def _crosses(self, box: QRectF) -> bool:
        """Tell whether the curve or its tangent runs through a box."""
        line = self.line
        w = np.linspace(line.values[0], line.values[-1], SAMPLES)
        for heights in (np.interp(w, line.values, line.costs), line.tangent(w)):
            known = np.isfinite(heights)
            points = map(self.at, w[known].tolist(), heights[known].tolist())
            if any(box.contains(point) for point in points):
                return True
        return False

    def _has_room(self, name: Name, others: Sequence[Name]) -> bool:
        around = name.rect.adjusted(-0.4 * self.letters, 0, 0.4 * self.letters, 0)
        return self.rect.contains(name.rect) and not any(
            around.intersects(other.rect) for other in others
        )

    def _text(self, text: str, role: str = "dim") -> Box:
        return Glyphs(text, "sans").set(self.letters, role, self.least)

    def content(self, painter: QPainter) -> None:
        """Paint tangent, curve, the present point and the step."""
        line, area = self.line, self.area
        painter.save()
        width = self.line_width
        painter.setClipRect(area.adjusted(0, -width(2), width(6), width(2)))
        if np.isfinite(line.slope) and np.isfinite(line.present.cost):
            ends = line.values[[0, -1]]
            pen = QPen(self.colours["dim"], width(1.4), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            heights = line.tangent(ends)
            painter.drawLine(*(self.at(*each) for each in zip(ends, heights, strict=True)))
        painter.setPen(QPen(self.colours["text"], width(2)))
        run: list[QPointF] = []
        for w, cost in zip(line.values.tolist(), line.costs.tolist(), strict=True):
            if math.isfinite(cost):
                run.append(self.at(w, cost))
                continue
            painter.drawPolyline(QPolygonF(run))
            run = []
        painter.drawPolyline(QPolygonF(run))
        if math.isfinite(line.present.cost):
            self._step(painter)
        painter.restore()

    def _step(self, painter: QPainter) -> None:
        """Paint the present point and the arrow of the step."""
        line, area, letters = self.line, self.area, self.letters
        now, width = self.colours["now"], self.line_width
        here = self.at(line.present.w, line.present.cost)
        landing = line.present.w + line.nudge
        reach = self.at(min(max(landing, line.values[0]), line.values[-1]), line.present.cost).x()
        y = here.y() + (1.0 if area.bottom() - here.y() > 1.4 * letters else -1.0) * letters
        painter.setPen(QPen(now, width(2)))
        if abs(reach - here.x()) >= 2:
            painter.drawLine(QPointF(here.x(), y), QPointF(reach, y))
            head = width(4.0) * (1 if reach > here.x() else -1)
            for side in (-width(3.5), width(3.5)):
                painter.drawLine(QPointF(reach, y), QPointF(reach - head, y + side))
        painter.setBrush(now)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(here, width(4.5), width(4.5))
