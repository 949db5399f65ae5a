"""The cost view: how the cost falls, minibatch by minibatch and epoch by epoch.

The noisy cost of every minibatch is a faint band from the smallest to the
largest, its running mean a line in the text colour. Costs over the whole
training, validation and test sets, one an epoch, are points on lines; the test
set's, the one that counts, has the colour of the present moment. A dotted line
is at the lowest validation cost that early stopping waits for to be passed. Runs
that were left behind stay as ghosts, and a minibatch looked at phase by phase
has a ring.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.engine.run.seed_band import SeedBand
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import CurvesLaidOver
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import read_state
from nnviz.views.cost import text
from nnviz.views.cost.legend_line import LegendLine
from nnviz.views.cost.picture import (
    NOTHING_BESIDE,
    Beside,
    CostPicture,
    CostState,
    picture,
    reaches_zero,
)
from nnviz.views.cost.plot import CostPlot
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View

LETTERS_ACROSS, LETTERS_DOWN = 26, 11
"""How many letters the view is wide and high where they grow into their room."""
FEWEST_ACROSS, FEWEST_DOWN = 20, 9
"""How many at least, however large letters are wished."""
SMALL = 0.8
"""Room of the letters of notes and titles, as a share of that of labels."""
LEFT, BETWEEN, RIGHT = 6, 8, 12
"""Gaps in the legend's row, in pixels at a scale of 1."""
SHRUNK = 0.65
"""How small letters of a fuller legend may be, as a share of other letters."""
ROWS_SHARE = 1 / 3
"""Share of the view's height that a legend of several rows may take."""


class CostView(View):
    """Minibatch costs, their running mean, and whole-set costs over the epochs."""

    _state: CostState = CostState()
    wished = 340, 220

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: CostPicture | None = None
        self._beside = NOTHING_BESIDE
        self.log_button = tool_button(text.LOG, text.LOG_TIP, text.LOG_TIP)
        self.log_button.setCheckable(True)
        self.log_button.setChecked(self._state.log)
        self.log_button.toggled.connect(self._set_log)
        self.legend = LegendLine()
        self.empty = QLabel(text.EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.plot = CostPlot()
        self._head = QHBoxLayout()
        self._head.addWidget(self.log_button)
        self._head.addWidget(self.legend, 1000)
        self._head.addStretch(1)  # where the legend is hidden
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._head)
        self._box.addWidget(self.plot, 1)
        self._box.addWidget(self.empty, 1)
        self.set_theme(DARK)
        self._redraw()

    def join(self, ports: Ports) -> None:
        """Hear which other runs are drawn over this one."""
        super().join(ports)
        ports.on(CurvesLaidOver, self._lay_over)
        ports.on(SeedBand, self._show_seeds)

    def _lay_over(self, over: CurvesLaidOver) -> None:
        self._lay(replace(self._beside, curves=over.curves))

    def _show_seeds(self, band: SeedBand) -> None:
        self._lay(replace(self._beside, seeds=band))

    def _lay(self, beside: Beside) -> None:
        self._beside = beside
        self._redraw()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose the kept axis, and what branches are called."""
        found = read_state(kept, self._state)
        self.log_button.setChecked(found.log)
        if found != self._state:
            self._state = found
            self._redraw()

    def _set_log(self, log: bool) -> None:
        self._state = replace(self._state, log=log)
        self._redraw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the costs up to this moment."""
        self._snapshot = snapshot
        self._redraw()

    def _redraw(self) -> None:
        if self._snapshot is None:
            shown = None
        else:
            shown = picture(self._snapshot, self._state, self._shown, self._beside)
            if shown is self._shown:
                return
        self._shown = shown
        plain = self._snapshot is not None and reaches_zero(self._snapshot)
        if plain == self.log_button.isEnabled():
            self.log_button.setEnabled(not plain)
            self.log_button.setToolTip(text.NO_LOG_TIP if plain else text.LOG_TIP)
        empty = shown is None or shown.empty
        self.empty.setVisible(empty)
        if empty:
            self._say_why_empty()
        self.plot.setVisible(not empty)
        self.legend.setVisible(not empty)
        if shown is not None and not shown.empty:
            self.plot.draw(shown)
            self._name(shown)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        scale = theme.scale
        # As wide and high as what has to have room with the smallest letters.
        self.setMinimumSize(max(220, scale.space(128)), max(88, scale.space(64)))
        self._head.setContentsMargins(scale.space(LEFT), 0, scale.space(RIGHT), 0)
        self._head.setSpacing(scale.space(BETWEEN))
        self._box.setSpacing(scale.space(2))
        self.empty.setStyleSheet(styles.label(theme))
        self.log_button.setStyleSheet(styles.controls(theme, padding=(1, 7), corner=4))
        self._dress()

    def _dress(self) -> None:
        """Set colours and sizes: letters, lines and points follow the size of the view."""
        scale = self._theme.scale
        room = min(
            scale.line(min(self.width() / LETTERS_ACROSS, self.height() / LETTERS_DOWN)),
            min(self.width() / FEWEST_ACROSS, self.height() / FEWEST_DOWN),
        )
        font = sized(self.font(), scale.grown(Step.CAPTION, room))
        for widget in (self.empty, self.log_button):
            widget.setFont(font)
        self._say_why_empty()
        self.plot.dress(self._theme, font, scale.grown(Step.CAPTION, SMALL * room), self.height())
        if self._shown is not None and not self._shown.empty:
            self._name(self._shown)

    def _say_why_empty(self) -> None:
        """Say what will come here, or what to do, in lines of its own where they have room."""
        now, metrics = self._snapshot, QFontMetricsF(self.empty.font())
        nothing: tuple[str, ...] = NO_RUN if now is None else (text.EMPTY,)
        if now is not None and now.untrainable:
            nothing = (now.untrainable, text.NOT_TRAINED)
        room, wrap = QRectF(0, 0, self.width(), self.height()), int(Qt.TextFlag.TextWordWrap)
        fit = (one for one in nothing if room.contains(metrics.boundingRect(room, wrap, one)))
        words = next(fit, nothing[-1])
        wide = metrics.size(0, words).width() <= self.width()
        self.empty.setText(words if wide else words.replace("\n", " "))

    def _name(self, shown: CostPicture) -> None:
        """Name the curves, in the fullest wording that has room."""
        scale, font = self._theme.scale, self.log_button.font()
        room = self.width() - self.log_button.sizeHint().width()
        room -= sum(scale.space(gap) for gap in (LEFT, BETWEEN, RIGHT))
        for wording in shown.legend:
            rows = wording.lines
            widest = max(rows, key=QFontMetricsF(font).horizontalAdvance)
            letters, fits = scale.fitting(font, widest, room)
            high = len(rows) * QFontMetricsF(letters).lineSpacing()
            low = len(rows) == 1 or high <= ROWS_SHARE * self.height()
            if fits and low and letters.pixelSize() >= SHRUNK * font.pixelSize():
                break
        self.legend.write(wording, letters, self._theme)
        if shown.explanation != self.legend.toolTip():
            self.legend.setToolTip(shown.explanation)
