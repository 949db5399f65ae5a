"""The plane view: what the network answers everywhere, with the examples and how good it is.

Over data of two inputs it is a map, over data of one a curve. The output, any neuron or
input can be shown; the pointer reads values, a click chooses the example next to it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from nnviz.engine.run.snapshot import Array, Snapshot, with_own
from nnviz.engine.selection import Selection
from nnviz.messages.commands import FocusOn, MakeEdit
from nnviz.messages.ui_state import read_state
from nnviz.views.palette import DARK, Theme
from nnviz.views.plane import text
from nnviz.views.plane.curve_picture import CurvePicture
from nnviz.views.plane.curves import PlaneCurvePlot
from nnviz.views.plane.drawing import ERASE, MOVE, HandMade, with_hand_made
from nnviz.views.plane.legend import Legend
from nnviz.views.plane.loss_strip import LossStrip
from nnviz.views.plane.losses import losses
from nnviz.views.plane.map import PlaneMapPlot
from nnviz.views.plane.neuron_chooser import NeuronChooser
from nnviz.views.plane.picture import PlanePicture, picture, reading
from nnviz.views.plane.plot import PlanePlot
from nnviz.views.plane.state import INPUTS, PlaneState
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View

BESIDE, BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
ACROSS, DOWN = 30, 22
"""How many letters the view is wide and high where they grow into their room."""
FEWEST_ACROSS, FEWEST_DOWN = 22, 14
"""How many at least, however large letters are wished."""
STRIP_FROM, EQUATION_FROM = 17, 13
"""Heights in letters from which there is room for the costs, and for the equation."""
WIDE = 1.35
"""How many times as wide as high the view is from which all else stands beside the drawing."""
LEAST_BESIDE = 170
"""Width that must be left for it, in pixels at a factor of 1."""


class PlaneView(View):
    """A map or curves, with a chooser, switches, a legend, the costs and what the pointer reads."""

    follows_own_input = True
    _state: PlaneState = PlaneState()
    wished = 340, 380

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: PlanePicture | None = None
        self._point: Array | None = None
        self._full = False
        self.chooser = NeuronChooser()
        self.chooser.chosen.connect(self._choose)
        self.switches = {
            "train": self._switch("train", text.TRAIN, text.TRAIN_TIP),
            "test": self._switch("test", text.TEST, text.TEST_TIP),
            "steps": self._switch("steps", text.STEPS, text.STEPS_TIP),
            "shares": self._switch("shares", text.SHARES, text.SHARES_TIP),
        }
        self.tools = [self._tool(number) for number in range(len(text.TOOLS))]
        self.map, self.curves = PlaneMapPlot(), PlaneCurvePlot()
        self.map.drawn.connect(self._draw)
        self.map.filled.connect(self._note_full)
        self.map.setAccessibleName(text.MAP)
        self.curves.setAccessibleName(text.CURVES)
        self.strip, self.legend = LossStrip(), Legend()
        self.equation, self.empty = QLabel(), QLabel(text.EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.head = QWidget()
        self._head, row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.head), QHBoxLayout()
        self._choice = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choice.addWidget(self.chooser, 1)
        self._choice.addLayout(row)
        self._head.addLayout(self._choice, 1)
        for switch in self.switches.values():
            row.addWidget(switch)
        row.addStretch(1)
        tools = QHBoxLayout()
        self._head.addLayout(tools)
        for tool in self.tools:
            tools.addWidget(tool)
        tools.addStretch(1)
        for plot in (self.map, self.curves):
            plot.hovered.connect(self._read)
            plot.picked.connect(lambda index: self.wanted.emit(FocusOn(index)))
        self._grid = QGridLayout(self)
        self._wide: bool | None = None
        self._lay_out(wide=False)
        self.set_theme(DARK)
        self._arrange()

    def _lay_out(self, *, wide: bool) -> None:
        """Let all else stand beside the drawing where the view is wide, or above and below it."""
        if wide == self._wide:
            return
        self._wide, grid = wide, self._grid
        places = (0, 1, 2, 4) if wide else (0, 1, 3, 4)
        self._choice.setDirection(BELOW if wide else BESIDE)
        parts = self.head, self.strip, self.equation, self.legend
        for part, row in zip(parts, places, strict=True):
            grid.addWidget(part, row, int(wide))
        for plot in (self.map, self.curves, self.empty):
            across = 2 if wide and plot is self.empty else 1  # nothing stands beside it
            grid.addWidget(plot, 0 if wide else 2, 0, 5 if wide else 1, across)
        for row in range(5):
            grid.setRowStretch(row, int(row == (3 if wide else 2)))
        grid.setColumnStretch(0, 5 if wide else 1)
        grid.setColumnStretch(1, 4 if wide else 0)

    def _switch(self, name: str, said: str, tip: str) -> QToolButton:
        switch = tool_button(said, tip, said)
        switch.setCheckable(True)
        switch.setChecked(getattr(self._state, name))
        switch.toggled.connect(lambda on: self._change(**{name: on}))
        return switch

    # -- drawing ------------------------------------------------------------------------------

    def _tool(self, number: int) -> QToolButton:
        tip = text.MOVE_TIP if number == MOVE else text.ERASE_TIP
        tool = tool_button(text.TOOLS[number], tip, text.TOOLS[number])
        tool.setCheckable(True)
        tool.clicked.connect(lambda on: self._take(number if on else None))
        return tool

    def _take(self, tool: int | None) -> None:
        """Take a tool into the hand; None lets go of it."""
        self.map.tool = tool
        self._note_full(False)
        for number, button in enumerate(self.tools):
            button.setChecked(number == tool)

    def _draw(self, done: HandMade) -> None:
        """Let the run go on with this done to the points of its data."""
        if self._snapshot is not None:
            name = with_hand_made(self._snapshot.recipe.dataset, done)
            self.wanted.emit(MakeEdit("dataset", name))

    def _note_full(self, full: bool) -> None:
        """Say that there is no room for more points, or no longer."""
        if full != self._full:
            self._full = full
            self._tell()

    def leave(self) -> bool:
        """Let go of the tool in hand, as on Escape; tell whether there was any."""
        held = self.map.tool is not None
        self._take(None)
        return held

    # -- what is chosen -----------------------------------------------------------------------

    def _change(self, **chosen: Any) -> None:
        self._state = replace(self._state, **chosen)
        self._redraw()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose the kept neuron and switches."""
        self._state = read_state(kept, self._state)
        for name, switch in self.switches.items():
            with QSignalBlocker(switch):
                switch.setChecked(getattr(self._state, name))
        self._redraw()

    def select(self, selection: Selection | None) -> None:
        """List the neuron that is selected elsewhere."""
        neuron = None
        if selection is not None and selection.kind == "neuron":
            neuron = selection.layer or INPUTS, selection.neuron
        if neuron != self.chooser.selected:
            self.chooser.selected = neuron
            self._list()

    def _choose(self, layer: int, neuron: int) -> None:
        self._change(layer=layer, neuron=neuron)
        self._fit_head()

    def _list(self) -> None:
        """List what can be mapped."""
        snapshot, shown = self._snapshot, self._shown
        if snapshot is None or shown is None or shown.field is None:
            return
        if self.chooser.list_neurons(snapshot, shown.chosen):
            self._fit_head()

    # -- what is shown ------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        self._snapshot = snapshot
        self._redraw()

    def show_figures(self, snapshot: Snapshot) -> None:
        """Show the costs so far, in the frames in which other views show theirs."""
        self.strip.show_losses(losses(snapshot) if snapshot.planar else None)

    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        before, now = self._shown, with_own(self._snapshot, self._drawing)
        shown = picture(now, self._state, before)
        if shown is before:
            return
        self._shown = shown
        plot = self._plot
        self.map.dataset = self._snapshot.recipe.dataset
        if shown.hint and (before is None or not before.hint) and self.map.tool is None:
            self._take(0)  # an empty plane waits for points
        if plot is not None:
            plot.show_picture(shown, self._state)
            self.legend.show_picture(shown, steps=self._state.steps)
            self.equation.setText(shown.equation)
            self._list()
            self._tell()
        if (
            before is None
            or type(before.field) is not type(shown.field)
            or (bool(before.equation) != bool(shown.equation))
            or ((before.done is None) != (shown.done is None))
        ):
            self._arrange()

    @property
    def _plot(self) -> PlanePlot | None:
        """The drawing that is shown; None where the data have more than two inputs."""
        field = None if self._shown is None else self._shown.field
        if field is None:
            return None
        return self.curves if isinstance(field, CurvePicture) else self.map

    def _arrange(self) -> None:
        """Show the parts that there is something for, and room."""
        plot, letter = self._plot, self.equation.font().pixelSize()
        some, shown = plot is not None, self._shown
        self.map.setVisible(plot is self.map)
        self.curves.setVisible(plot is self.curves)
        self.empty.setVisible(not some)
        self.empty.setText(text.EMPTY if shown is not None else NO_RUN[0])
        self.chooser.setVisible(some)
        for name, switch in self.switches.items():
            only = {"steps": self.map, "shares": self.curves}.get(name, plot)
            switch.setVisible(some and only is plot)
        draws = some and shown is not None and shown.done is not None
        for number, tool in enumerate(self.tools):
            tool.setVisible(draws)
            if draws and shown is not None and number < ERASE:
                tool.setToolTip(text.tool_tip(shown.class_names[number]))
        if not draws:
            self._take(None)
        roomy = bool(self._wide) or self.height() >= STRIP_FROM * letter
        self.strip.setVisible(some and roomy)
        self.legend.setVisible(some)
        equation = "" if shown is None else shown.equation
        self.equation.setVisible(
            bool(equation) and (bool(self._wide) or self.height() >= EQUATION_FROM * letter)
        )
        self._fit_head()

    def _fit_head(self) -> None:
        """Let the tools stand below the rest where what is mapped would be cut beside them."""
        buttons = [one for one in (*self.switches.values(), *self.tools) if not one.isHidden()]
        wide = self.chooser.whole_width()
        wide += sum(button.sizeHint().width() for button in buttons)
        gaps = (len(buttons) + 3) * self._theme.scale.space(4)
        narrow = bool(self._wide) or wide + gaps > self.width()
        self._head.setDirection(BELOW if narrow else BESIDE)

    # -- the pointer --------------------------------------------------------------------------

    def _read(self, point: Array | None) -> None:
        self._point = point
        self._tell()

    def _tell(self) -> None:
        """Say what is answered under the pointer."""
        said, snapshot, shown = "", self._snapshot, self._shown
        if self._point is not None and snapshot is not None and shown is not None:
            over = 1 if isinstance(shown.field, CurvePicture) else 2
            point = tuple(self._point[:over].tolist())
            said = text.at(snapshot, point) + "   " + text.answers(
                snapshot, shown.kind, shown.class_names, shown.chosen,
                reading(snapshot, shown, point).tolist(),
            )  # fmt: skip
        if self._full:
            said = text.FULL_MOVED if self.map.tool == MOVE else text.FULL
        self.legend.say(said)

    # -- how it looks -------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        # Letters grow with the scale, the map does with the room that there is.
        self.setMinimumSize(max(200, space(128)), max(200, space(100)))
        self._grid.setContentsMargins(0, 0, 0, space(4))
        self._grid.setSpacing(space(2))
        self._head.setContentsMargins(space(6), 0, space(6), 0)
        self._head.setSpacing(space(4))
        for part in (self.chooser, *self.switches.values(), *self.tools):
            part.setStyleSheet(styles.controls(theme, padding=(1, 4), corner=4))
        self.equation.setContentsMargins(space(6), 0, space(6), 0)
        self.equation.setStyleSheet(styles.label(theme, dim=False))
        self.empty.setContentsMargins(space(10), 0, space(10), 0)
        self.empty.setStyleSheet(styles.label(theme))
        for plot in (self.map, self.curves):
            plot.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        scale = self._theme.scale
        wide = self.width() > WIDE * self.height()
        wide &= self.width() - self.height() >= scale.space(LEAST_BESIDE)
        self._lay_out(wide=wide)
        across = WIDE * self.height() if wide else self.width()
        room = min(
            scale.line(min(across / ACROSS, self.height() / DOWN)),
            min(across / FEWEST_ACROSS, self.height() / FEWEST_DOWN),
        )
        font = sized(self.font(), scale.grown(Step.CAPTION, room))
        for part in (self.chooser, *self.switches.values(), *self.tools, self.equation):
            part.setFont(font)
        for part in (self.strip, self.legend):
            part.setFont(font)
            part.dress(self._theme, wide=wide)
        self.empty.setFont(sized(font, scale.grown(Step.LABEL, room)))
        self._arrange()
