"""The cost view: how the cost falls, minibatch by minibatch and epoch by epoch.

The noisy cost of every minibatch is a faint band from the smallest to the
largest, its running mean a line in the text colour. Costs over the whole
training, validation and test sets, one an epoch, are points on lines; the test
set's, the one that counts, has the colour of the present moment. A dotted line
is at the lowest validation cost that early stopping waits for to be passed. Runs
that were left behind stay as ghosts, and a minibatch looked at phase by phase
has a ring.
"""

from itertools import product
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.engine.run.history import CostCurve
from nnviz.engine.run.set_figures import sets_of
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.known_in_phase import known_after
from nnviz.numbers import write
from nnviz.views.cost.axis import Bounds, CostAxis
from nnviz.views.cost.ghosts import Ghost, Ghosts, window
from nnviz.views.cost.labels import Line
from nnviz.views.cost.legend import explanation, notes, wordings
from nnviz.views.cost.overlay import Overlay
from nnviz.views.palette import DARK, Theme, ramp
from nnviz.views.view import View, ViewSpec

Array = NDArray[np.floating[Any]]

MOST_POINTS = 300
"""Points of a line: more than a panel has pixels to tell apart."""
ASTRAY = 10.0
"""How many times larger than the costs on screen those of a ghost may be to be made room for."""
SHRUNK, SMALLEST = (1.0, 0.8, 0.65), 10
"""How much smaller letters of the legend may be than others; and their least size in pixels."""
LEGEND_GAP = 26
"""Pixels in the legend's row that are neither its own nor the button's."""
EMPTY = "Press play: the cost of every\nminibatch will appear here"


class CostView(View):
    """Minibatch costs, their running mean, and whole-set costs over the epochs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(220, 88)
        self._theme = DARK
        self._snapshot: Snapshot | None = None
        self._bounds = Bounds()
        self._ghosts = Ghosts()
        self._drawn: list[Ghost] = []
        self._lines: list[Line] = []
        self.log_button = QToolButton()
        self.log_button.setText("log")
        self.log_button.setCheckable(True)
        # Costs fall by factors: on a linear axis the long end of a run is one flat line.
        self.log_button.setChecked(True)
        self.log_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.log_button.setToolTip("Logarithmic cost axis")
        self.log_button.setAccessibleName("Logarithmic cost axis")
        self.log_button.toggled.connect(self._redraw)
        self.legend = QLabel()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.empty = QLabel(EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)

        self._y_axis, self._x_axis = CostAxis("left"), CostAxis("bottom")
        self.plot = pg.PlotWidget(axisItems={"left": self._y_axis, "bottom": self._x_axis})
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.getViewBox().setDefaultPadding(0.0)
        self._band = QGraphicsPathItem()
        self._mean, self._train, self._held_back, self._test, self._lowest = (
            pg.PlotCurveItem(antialias=True) for _ in range(5)
        )
        self._train_points, self._held_back_points, self._test_points = (
            pg.ScatterPlotItem(symbol=symbol, pen=None) for symbol in ("d", "t1", "o")
        )
        for item in (
            self._band,
            self._lowest,
            self._mean,
            self._train,
            self._held_back,
            self._test,
            self._test_points,
            self._held_back_points,
            self._train_points,
        ):
            self.plot.addItem(item)
        self.overlay = Overlay(self.plot)
        self.plot.getViewBox().sigResized.connect(self._arrange)

        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 12, 0)
        head.addWidget(self.log_button)
        head.addStretch(1)
        head.addWidget(self.legend)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(head)
        box.addWidget(self.plot, 1)
        box.addWidget(self.empty, 1)
        self.set_theme(DARK)

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(340, 220)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the costs up to this moment."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or _moment(before) != _moment(snapshot):
            if before is not None and before.run != snapshot.run:
                self._bounds = Bounds()
            self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self.plot.setBackground(theme.panel)
        for axis in (self._x_axis, self._y_axis):
            axis.setPen(theme.line)
            axis.setTickPen(theme.line)
            axis.setTextPen(theme.dim)
            axis.setGrid(255)
            axis.setZValue(-1)
        self.empty.setStyleSheet(f"color: {theme.dim}; background: transparent;")
        self.log_button.setStyleSheet(
            f"QToolButton {{ border: 1px solid {theme.line}; border-radius: 4px;"
            f" padding: 1px 7px; color: {theme.dim}; background: {theme.panel}; }}"
            f"QToolButton:checked {{ color: {theme.panel}; background: {theme.text}; }}"
        )
        self._style()
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the panel's ground under the plot and its legend."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.panel))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let everything follow the size."""
        super().resizeEvent(event)
        self._style()
        if self._snapshot is not None:
            self._name(self._snapshot)

    def _style(self) -> None:
        """Set colours and sizes: letters, lines and points follow the size of the view."""
        theme = self._theme
        unit = float(np.clip(min(self.width() / 26, self.height() / 11), 10, 34))
        font = QFont(self.font())
        font.setPixelSize(round(unit))
        font.setFeature(QFont.Tag("tnum"), 1)
        for axis in (self._x_axis, self._y_axis):
            axis.setTickFont(font)
            axis.setStyle(
                tickLength=0, hideOverlappingLabels=False, tickTextOffset=round(0.45 * unit)
            )
        # Titles need a line of their own, which a low panel has not.
        titles = self.height() >= 11 * unit
        more = 1.2 * unit if titles else 0.0
        for axis, title in ((self._x_axis, "epoch"), (self._y_axis, "cost")):
            axis.setLabel(title, **{"color": theme.dim, "font-size": f"{round(0.85 * unit)}px"})
            axis.enableAutoSIPrefix(False)  # a factor would belong to ticks that are not written so
            axis.showLabel(titles)
        self._x_axis.setHeight(round(1.9 * unit + more))
        self._y_axis.setWidth(round(3.1 * unit + more))
        for label in (self.legend, self.empty, self.log_button):
            label.setFont(font)
        self.overlay.style(theme, font, unit)
        self._test_points.setSize(0.6 * unit)
        self._held_back_points.setSize(0.6 * unit)
        self._train_points.setSize(0.5 * unit)
        self.plot.getPlotItem().layout.setContentsMargins(2, 0.6 * unit, 0.9 * unit, 0)
        width = max(1.6, unit / 8)
        faint = QColor(*ramp(theme.panel, theme.dim, 8)[1].tolist())
        self._band.setPen(pg.mkPen(faint, width=1))
        self._band.setBrush(faint)
        self._mean.setPen(pg.mkPen(theme.text, width=width))
        # Not dashed: dashes are for runs that were left behind.
        self._train.setPen(pg.mkPen(theme.dim, width=0.6 * width))
        self._held_back.setPen(pg.mkPen(theme.held_back, width=0.8 * width))
        self._lowest.setPen(pg.mkPen(theme.held_back, width=1, style=Qt.PenStyle.DotLine))
        self._test.setPen(pg.mkPen(theme.now, width=width))
        self._train_points.setBrush(theme.text)
        self._held_back_points.setBrush(theme.held_back)
        self._test_points.setBrush(theme.now)

    def _redraw(self) -> None:
        snapshot = self._snapshot
        self._y_axis.logarithmic = self.log_button.isChecked()
        shown = snapshot is not None and (
            len(snapshot.curve.mean) > 0
            or any(look.reached > look.leaves for look in snapshot.branches if not look.current)
        )
        self.empty.setVisible(not shown)
        self.plot.setVisible(shown)
        self.legend.setVisible(shown)
        if snapshot is not None and shown:
            self._draw(snapshot)

    def _draw(self, snapshot: Snapshot) -> None:
        logarithmic = self.log_button.isChecked()
        curve, epoch_layout = snapshot.curve, snapshot.epoch_layout
        with np.errstate(all="ignore"):
            mean = curve.smoothed(window(epoch_layout.per_epoch, snapshot.step))
        found = snapshot.evaluations
        epochs = epoch_layout.epochs([one.step for one in found])
        train = np.array([one.train_cost for one in found])
        held_back = np.array([one.validation_cost for one in found])
        test = np.array([one.test_cost for one in found])
        lowest = self._stopping(snapshot)
        ring = self._ring(snapshot)
        self._include(snapshot, np.concatenate((mean, train, held_back, test, lowest, ring[1])))
        x, costs = self._drawable(*band(curve, epoch_layout))
        self._band.setPath(pg.arrayToQPath(x, costs))
        every = max(1, len(mean) // MOST_POINTS)
        # Counted from the end, so that the line always reaches the present.
        chosen = np.arange(len(mean))[::-every][::-1]
        self._lines = [self._drawable(epoch_layout.epochs(curve.steps[chosen]), mean[chosen])]
        self._mean.setData(*self._lines[0])
        for line, points, of_set in (
            (self._train, self._train_points, train),
            (self._held_back, self._held_back_points, held_back),
            (self._test, self._test_points, test),
        ):
            x, costs = self._drawable(epochs, of_set)
            self._lines.append((x, costs))
            line.setData(x=x, y=costs)
            points.setData(x=x, y=costs)
            points.setVisible(len(found) <= MOST_POINTS // 5)
        self.overlay.show_ghosts(self._drawn, logarithmic=logarithmic)
        x, costs = self._drawable(*ring)
        place = (float(x[0]), float(costs[0])) if len(x) else None
        said = f"this minibatch {write(float(ring[1][0]), 3)}" if len(x) else ""
        self.overlay.show_ring(place, said)
        end = self._bounds.end or 1.0
        level = self._drawable(np.linspace(0.0, end, 2 * len(lowest)), np.repeat(lowest, 2))
        self._lowest.setData(*level)
        self._lines.append(level)
        # A little beyond both ends, so that no point is cut in half.
        self.plot.setXRange(-0.02 * end, 1.015 * end, padding=0)
        self.plot.setYRange(*self._bounds.y(logarithmic=logarithmic), padding=0)
        self._arrange()
        self._name(snapshot)

    def _include(self, snapshot: Snapshot, costs: Array) -> None:
        """Make room for costs and ghosts; a ghost that went astray does not squash the rest."""
        before = self._drawn
        self._drawn, older = self._ghosts.of(snapshot.branches)
        if len(self._drawn) < len(before):  # one is forgotten, and its room with it
            self._bounds = Bounds()
        self._bounds.include(snapshot.epoch, costs)
        near = costs[np.isfinite(costs) & (costs > 0)]
        for ghost in self._drawn:
            low, high = (near.min() / ASTRAY, near.max() * ASTRAY) if len(near) else (0.0, np.inf)
            self._bounds.include(float(ghost.epochs[-1]), np.clip(ghost.costs, low, high))
        tips = [f"“{ghost.name}”" for ghost in self._drawn]
        text = f"Dashed, left behind: {', '.join(tips)}" if tips else ""
        self.plot.setToolTip(f"{text}, and {older} older not drawn" if older else text)

    def _ring(self, snapshot: Snapshot) -> tuple[Array, Array]:
        """Return where the minibatch that is looked at stands; nothing before its cost is known."""
        minibatch, phase = snapshot.minibatch, snapshot.phase
        if minibatch is None or phase is None or minibatch.alone:
            return np.zeros(0), np.zeros(0)
        if not known_after(snapshot.recipe, phase).cost:
            return np.zeros(0), np.zeros(0)
        return snapshot.epoch_layout.epochs([minibatch.step + 1]), np.array([minibatch.cost])

    def _stopping(self, snapshot: Snapshot) -> Array:
        """Return the cost that early stopping waits for to be passed; empty where it does not."""
        waits = snapshot.recipe.patience > 0 and np.isfinite(snapshot.best_validation)
        return np.array([snapshot.best_validation] if waits else [])

    def _arrange(self) -> None:
        if self._lines and self._snapshot is not None:
            mean, train, held_back, test, lowest = self._lines
            self.overlay.arrange(
                (mean, test, held_back), (train, lowest), self._drawn, notes(self._snapshot)
            )

    def _drawable(self, x: Array, costs: Array) -> tuple[Array, Array]:
        """Return points in the plot's coordinates, without those that have no place there."""
        good = np.isfinite(costs)
        if not self.log_button.isChecked():
            return x[good], costs[good]
        good &= costs > 0
        return x[good], np.log10(costs[good])

    def _name(self, snapshot: Snapshot) -> None:
        """Name the curves, in the fullest wording that has room."""
        room = self.width() - self.log_button.sizeHint().width() - LEGEND_GAP
        font = self.log_button.font()
        full = font.pixelSize()
        sizes = [max(round(share * full), min(full, SMALLEST)) for share in SHRUNK]
        for words, size in product(wordings(snapshot, self._theme), sizes):
            font.setPixelSize(size)
            self.legend.setFont(font)
            self.legend.setText(words)
            if self.legend.sizeHint().width() <= room:
                break
        self.legend.setToolTip("\n".join((explanation(snapshot), *sets_of(snapshot))))


def _moment(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what the picture depends on, cheap to compare."""
    return (
        *(snapshot.run, snapshot.step, snapshot.epoch, snapshot.phase, snapshot.epoch_layout),
        *(snapshot.evaluations[-1:], len(snapshot.evaluations), snapshot.changed),
        snapshot.branches,
    )


def band(curve: CostCurve, epoch_layout: EpochLayout) -> tuple[Array, Array]:
    """Return the outline of what lies between the smallest and the largest minibatch costs.

    Where every minibatch has its own point, that is the plain line through them.

    Returns:
        x in epochs and y, at most 2·MOST_POINTS each: the upper side out, the lower back.
    """
    count = len(curve.mean)
    if not count:
        return np.zeros(0), np.zeros(0)
    starts = np.arange(0, count, -(-count // MOST_POINTS))
    low, high = np.minimum.reduceat(curve.low, starts), np.maximum.reduceat(curve.high, starts)
    x = epoch_layout.epochs(curve.steps[starts])
    return np.concatenate((x, x[::-1])), np.concatenate((high, low[::-1]))


SPEC = ViewSpec("cost", "Cost", "right", CostView, rate=6.0, figures=True)
