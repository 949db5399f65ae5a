"""C(w) along one weight: the curve, its tangent, where one stands and where the step lands."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.engine.explain import CostLine
from nnviz.numbers import write
from nnviz.views.inspector.equation_nodes import symbol_node
from nnviz.views.inspector.typesetting import Glyphs, font, paint
from nnviz.views.palette import DARK, Theme

_ROOM = 0.06
"""Share of the costs' range kept free above and below the curve."""


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
        return QSize(220, 120)

    @property
    def line(self) -> CostLine | None:
        """What is shown."""
        return self._line

    def show_line(self, line: CostLine, step: str, kind: object) -> None:
        """Show C(w).

        Args:
            line: its values.
            step: what the step is called.
            kind: equal as long as the weight stays the same; its scale is then kept.
        """
        if kind != self._kind:
            self._scale = None
        self._line, self._step, self._kind = line, step, kind
        self._scale = _range(line, self._scale)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
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
        plot.content(painter, self._step)


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


class _Plot:
    """One painting of a line."""

    def __init__(
        self, line: CostLine, scale: tuple[float, float], rect: QRectF, theme: Theme
    ) -> None:
        self.line, self.theme = line, theme
        self.low, self.high = scale
        self.letters = int(min(max(11, rect.height() / 10, rect.width() / 24), 18))
        self.metrics = QFontMetricsF(font("sans", self.letters))
        digits = next((n for n in (3, 4, 5, 6) if len({write(v, n) for v in scale}) == 2), 7)
        self.ticks = [write(value, digits) for value in scale]
        wide = max(map(self.metrics.horizontalAdvance, (*self.ticks, "C  ")))
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
        """Paint the axes with their names and numbers."""
        area, letters, dim = self.area, self.letters, self.colours["dim"]
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setFont(font("sans", letters))
        painter.setPen(dim)
        gap = 0.5 * letters
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for text, y in zip(self.ticks, (area.bottom(), area.top()), strict=True):
            y = min(max(y, area.top() + 0.3 * letters), area.bottom() - 0.2 * letters)
            painter.drawText(QRectF(0, y - letters, area.left() - gap, 2 * letters), right, text)
        name = Glyphs("C", "italic").set(1.15 * letters, "text")
        middle = area.center().y() + 0.4 * letters
        if area.height() > 4.2 * letters:
            paint(name, painter, area.left() - gap - name.width, middle, self.colours)
        self._names_below(painter)

    def _names_below(self, painter: QPainter) -> None:
        area, letters = self.area, self.letters
        base = area.bottom() + 1.35 * letters
        symbol = symbol_node(self.line.parameter.symbol).set(1.15 * letters, "text")
        texts = [write(value, 3) for value in (self.line.values[0], self.line.values[-1])]
        widths = [self.metrics.horizontalAdvance(text) for text in texts]
        painter.setPen(self.colours["dim"])
        painter.setFont(font("sans", letters))
        left = max(area.left() - widths[0] / 2, 0)
        painter.drawText(QPointF(left, base), texts[0])
        painter.drawText(QPointF(area.right() + 0.6 * letters - widths[1], base), texts[1])
        paint(symbol, painter, area.center().x() - symbol.width / 2, base, self.colours)

    def content(self, painter: QPainter, step: str) -> None:
        """Paint tangent, curve, the present point and the step."""
        line, area = self.line, self.area
        painter.save()
        painter.setClipRect(area.adjusted(0, -2, 6, 2))
        if np.isfinite(line.slope) and np.isfinite(line.present.cost):
            ends = line.values[[0, -1]]
            pen = QPen(self.colours["dim"], 1.4, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            heights = line.tangent(ends)
            painter.drawLine(*(self.at(*each) for each in zip(ends, heights, strict=True)))
        painter.setPen(QPen(self.colours["text"], 2))
        run: list[QPointF] = []
        for w, cost in zip(line.values.tolist(), line.costs.tolist(), strict=True):
            if math.isfinite(cost):
                run.append(self.at(w, cost))
                continue
            painter.drawPolyline(QPolygonF(run))
            run = []
        painter.drawPolyline(QPolygonF(run))
        if math.isfinite(line.present.cost):
            self._step(painter, step)
        painter.restore()

    def _step(self, painter: QPainter, step: str) -> None:
        """Paint the present point and the arrow of the step, and name it where there is room."""
        line, area, letters = self.line, self.area, self.letters
        now = self.colours["now"]
        here = self.at(line.present.w, line.present.cost)
        landing = line.present.w + line.nudge
        reach = self.at(min(max(landing, line.values[0]), line.values[-1]), line.present.cost).x()
        y = here.y() + (1.0 if area.bottom() - here.y() > 1.4 * letters else -1.0) * letters
        painter.setPen(QPen(now, 2))
        if abs(reach - here.x()) >= 2:
            painter.drawLine(QPointF(here.x(), y), QPointF(reach, y))
            head = 4.0 * (1 if reach > here.x() else -1)
            for side in (-3.5, 3.5):
                painter.drawLine(QPointF(reach, y), QPointF(reach - head, y + side))
        painter.setBrush(now)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(here, 4.5, 4.5)
        painter.setFont(font("sans", letters))
        painter.setPen(now)
        # A rising curve leaves the upper left free, a falling one the upper right.
        for row, text in enumerate((step, write(line.nudge, 3))):
            wide = self.metrics.horizontalAdvance(text)
            x = area.left() + 0.6 * letters if line.slope > 0 else area.right() - wide
            painter.drawText(QPointF(x, area.top() + (0.9 + 1.25 * row) * letters), text)
