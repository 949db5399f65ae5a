"""The plot of the cost view: its axes, its curves and what lies over them, drawn from a picture."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QFont, QKeyEvent

from nnviz.views.cost import text
from nnviz.views.cost.axis import OFFSET, CostAxis
from nnviz.views.cost.curve_items import DIAMOND, DISC, TRIANGLE, Band, Curve, Marks
from nnviz.views.cost.curves import Line
from nnviz.views.cost.items import CostItems
from nnviz.views.cost.overlay import Overlay
from nnviz.views.cost.picture import NO_LINE, CostPicture
from nnviz.views.cost.reading import Reading
from nnviz.views.palette import Theme, ramp
from nnviz.views.shared.items import Item
from nnviz.views.shared.type_scale import sized

TITLED = {"bottom": 9, "left": 7}
"""Height from which on an axis has its title, in heights of a letter: a line, or a word upwards."""
MARK = 0.6
"""The largest marks of points, in heights of a letter."""
AXIS_WIDTH, AXIS_HEIGHT, TITLE = 3.1, 1.9, 1.2
"""Room of the axes' labels and of their titles, in heights of a letter."""


class CostPlot(pg.PlotWidget):  # type: ignore[misc]
    """Draws cost pictures.

    Attributes:
        read: the point whose cost is read, as `CostItems` names it; None for none.
    """

    def __init__(self) -> None:
        self.x_axis, self.y_axis = CostAxis("bottom"), CostAxis("left")
        axes = {"left": self.y_axis, "bottom": self.x_axis}
        super().__init__(axisItems=axes, enableMenu=False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text.PLOT)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.getViewBox().setDefaultPadding(0.0)
        self._band, self._seeds = Band(), Band()
        self.lowest, self.mean, self.train, self.validation, self.test, self._seeds_middle = (
            Curve() for _ in range(6)
        )
        self._test_marks, self._validation_marks, self._train_marks = map(
            Marks, (DISC, TRIANGLE, DIAMOND)
        )
        self._curves: tuple[Band, ...] = (
            *(self._band, self._seeds, self._seeds_middle),
            *(self.lowest, self.mean, self.train, self.validation, self.test),
            *(self._test_marks, self._validation_marks, self._train_marks),
        )
        for item in self._curves:
            self.addItem(item)
        self.overlay, self._reading = Overlay(self), Reading(self.getViewBox())
        self._shown: CostPicture | None = None
        self.read: Item | None = None
        self._items = CostItems(self)
        self._ranges: tuple[object, ...] | None = None
        self._letter, self._beside = 0, 0.0
        self.getViewBox().sigResized.connect(self._fit_ranges)
        self.getViewBox().sigResized.connect(self.overlay.arrange)
        self.getViewBox().sigResized.connect(self._fit_labels)
        self.getViewBox().sigResized.connect(self._draw_reading)

    def dress(self, theme: Theme, font: QFont, small: int, height: int) -> None:
        """Take on colours, letters of labels and of titles, in a view so high."""
        unit, line = font.pixelSize(), theme.scale.line
        self.setBackground(theme.panel)
        for axis, title in ((self.x_axis, text.EPOCH), (self.y_axis, text.COST)):
            axis.setPen(theme.line)
            axis.setTickPen(theme.line)
            axis.setTextPen(theme.dim)
            axis.setGrid(255)
            axis.setZValue(-1)
            axis.setTickFont(font)
            axis.setStyle(
                tickLength=0, hideOverlappingLabels=False, tickTextOffset=round(OFFSET * unit)
            )
            axis.setLabel(title, **{"color": theme.dim, "font-size": f"{small}px"})
            axis.enableAutoSIPrefix(False)  # a factor would belong to ticks that are not written so
            axis.showLabel(height >= TITLED[axis.orientation] * unit)
        below, self._beside = (
            TITLE * unit if axis.label.isVisible() else 0.0 for axis in (self.x_axis, self.y_axis)
        )
        self.x_axis.setHeight(round(AXIS_HEIGHT * unit + below))
        self._letter = unit
        self._fit_labels()
        self.getPlotItem().layout.setContentsMargins(2, 0.6 * unit, 0.9 * unit, 0)
        width = max(line(1.6), unit / 8)
        faint = QColor(*ramp(theme.panel, theme.dim, 8)[1].tolist())
        self._band.setPen(pg.mkPen(faint, width=1))
        self._band.setBrush(faint)
        held = QColor(*ramp(theme.panel, theme.now, 5)[1].tolist())
        self._seeds.setPen(pg.mkPen(held, width=1))
        self._seeds.setBrush(QBrush(held, Qt.BrushStyle.Dense4Pattern))
        self._seeds_middle.setPen(pg.mkPen(theme.now, width=1, style=Qt.PenStyle.DashDotLine))
        self.mean.setPen(pg.mkPen(theme.text, width=width))
        # Not dashed: dashes are for runs that were left behind.
        self.train.setPen(pg.mkPen(theme.dim, width=0.6 * width))
        self.validation.setPen(pg.mkPen(theme.held_back, width=0.8 * width))
        self.lowest.setPen(pg.mkPen(theme.held_back, width=line(1), style=Qt.PenStyle.DotLine))
        self.test.setPen(pg.mkPen(theme.now, width=width))
        for marks, colour, size in (
            (self._train_marks, theme.text, 0.5),
            (self._validation_marks, theme.held_back, MARK),
            (self._test_marks, theme.now, MARK),
        ):
            marks.setBrush(QColor(colour))
            marks.resize(size * unit)
        self.overlay.dress(theme, font, sized(font, small))
        self.overlay.arrange()
        self._reading.dress(theme, font)
        self._draw_reading()

    def draw(self, picture: CostPicture) -> None:
        """Draw a picture that is not empty."""
        self._shown = picture
        self.y_axis.logarithmic = picture.log
        mean, train, validation, test, lowest = (
            plotted(line, log=picture.log)
            for line in (
                *(picture.mean, picture.train, picture.validation, picture.test),
                picture.lowest,
            )
        )
        self._band.show_line(plotted(picture.band, log=picture.log))
        self._seeds.show_line(plotted(picture.seeds, log=picture.log))
        self._seeds_middle.show_line(plotted(picture.seeds_middle, log=picture.log))
        self.mean.show_line(mean)
        for line, marks, points in (
            (self.train, self._train_marks, train),
            (self.validation, self._validation_marks, validation),
            (self.test, self._test_marks, test),
        ):
            line.show_line(points)
            marks.show_line(points if picture.points else NO_LINE)
        self.lowest.show_line(lowest)
        dashed = text.dashed([ghost.name for ghost in picture.ghosts], picture.older)
        if dashed != self.toolTip():
            self.setToolTip(dashed)
        self._fit_ranges()
        self.overlay.draw(picture, (mean, test, validation), (train, lowest))
        self._draw_reading()
        self._items.told_anew()

    # -- keys -----------------------------------------------------------------------------------

    @property
    def shown(self) -> CostPicture | None:
        """What is drawn."""
        return self._shown

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows read the curves, Escape reads nothing more."""
        leaves = event.key() == Qt.Key.Key_Escape and self.read is not None
        return leaves or self._items.takes_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the next point; every other key is the window's."""
        if event.key() == Qt.Key.Key_Escape and self.read is not None:
            self.show_reading(None)
        elif not self._items.key(event):
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read nothing more."""
        super().focusOutEvent(event)
        self.show_reading(None)

    def show_reading(self, item: Item | None) -> None:
        """Read a point; None for none."""
        self.read = item
        self._draw_reading()

    def _draw_reading(self) -> None:
        read = self.read
        place = None if read is None else self._items.place(read)
        if read is None or place is None:
            self._reading.hide()
            return
        said = self._items.said(read)
        at = self._in_plot(*place)
        self._reading.show(self.getViewBox().mapFromView(at), f"{said.name}: {said.value}")

    def pixel_of(self, epoch: float, cost: float) -> QPointF:
        """Return where a cost at an epoch stands in the widget."""
        scene = self.getViewBox().mapViewToScene(self._in_plot(epoch, cost))
        return QPointF(self.viewportTransform().map(scene))

    def _in_plot(self, epoch: float, cost: float) -> QPointF:
        log = self._shown is not None and self._shown.log
        return QPointF(epoch, float(np.log10(cost)) if log else cost)

    # -- axes -----------------------------------------------------------------------------------

    def _fit_ranges(self) -> None:
        """Show all curves, and a little beyond their ends, so that no mark is cut."""
        if self._shown is None:
            return
        reach = MARK * self._letter / 2 + 1
        size, (low, high) = self.getViewBox().size(), self._costs(self._shown)
        across, down = (reach / max(side, 8 * reach) for side in (size.width(), size.height()))
        if self._shown.log and self._shown.points:
            marks = self._train_marks, self._validation_marks, self._test_marks
            costs = np.concatenate([one.line[1] for one in marks])
            beyond = down * (high - low)
            low, high = (
                min([low, *costs[costs >= low] - beyond]),
                max([high, *costs[costs <= high] + beyond]),
            )
        ranges = self._shown.log, self._shown.end, low, high, across
        if ranges == self._ranges:
            return
        self._ranges, end = ranges, self._shown.end
        self.setXRange(-max(0.02, across) * end, (1 + max(0.015, across)) * end, padding=0)
        self.setYRange(low, high, padding=0)
        # More than can be seen, whatever the width of lines.
        room = QRectF(-end, 2 * low - high, 3 * end, 3 * (high - low))
        for item in self._curves:
            item.lie_in(room)
        self._fit_labels()

    def _costs(self, picture: CostPicture) -> tuple[float, float]:
        """Return both ends of the cost axis in the plot's coordinate."""
        low, high = picture.costs
        return (float(np.log10(low)), float(np.log10(high))) if picture.log else (low, high)

    def _fit_labels(self) -> None:
        """Make the cost axis as wide as its labels are."""
        wide = AXIS_WIDTH * self._letter
        if self._shown is not None:
            size = self.getViewBox().height()
            wide = max(wide, self.y_axis.width_for(*self._costs(self._shown), max(size, 1.0)))
        self.y_axis.setWidth(round(wide + self._beside))


def plotted(line: Line, *, log: bool) -> Line:
    """Return a line in the plot's coordinates."""
    x, costs = line
    return (x, np.log10(costs)) if log else line
