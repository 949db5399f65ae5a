"""Activation functions: each one's curve and slope, and where the neurons of a layer stand on it.

The function is that of the layer in which something is selected, or any other of the table. The
point is the selected neuron with the example in focus, until a hand drags it along z.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.activation import text
from nnviz.views.activation.formulas import Formulas
from nnviz.views.activation.picture import ActivationPicture, picture
from nnviz.views.activation.plot import ActivationPlot
from nnviz.views.activation.state import ActivationState, read
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.named import named
from nnviz.views.shared.sentence import Sentence, fullest
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View

ACROSS, DOWN = 34, 28
"""How many letters the view is wide and high where they grow into their room."""
ONE_ROW = 27
"""Width in heights of a letter from which both functions are chosen in one row."""
ROOM = 6
"""What of a row of both is no room for words, in heights of a letter."""
PLOT, HEAD, LINE = 6.0, 2.4, 1.4
"""Height that the drawing needs at least, a row of choices, and a line, in heights of a letter."""
FORMULAS, FACTS, TALL = 15, 19, 24
"""Heights in heights of a letter from which these have room, and from which they have two lines."""


class ActivationView(View):
    """The functions, chosen above their curves; what is said of the point stands below."""

    follows_own_input = True
    _state: ActivationState = ActivationState()
    wished = 380, 380

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection: Selection | None = None
        self._listed: tuple[object, ...] = ()
        self.shown: ActivationPicture | None = None
        self.first, self.second = QComboBox(), QComboBox()
        for box, said, tip in (
            (self.first, text.FIRST_NAME, text.FIRST_TIP),
            (self.second, text.SECOND_NAME, text.SECOND_TIP),
        ):
            named(box, tip=tip, said=said)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.first.activated.connect(lambda _at: self._choose(shown=self.first.currentData()))
        self.second.activated.connect(lambda _at: self._choose(second=self.second.currentData()))
        self.follow = panel_button(text.FOLLOW[0], text.FOLLOW_TIP)
        self.follow.clicked.connect(lambda: self._choose(z=None))
        self.formulas = Formulas()
        self.said, self.facts = (Sentence(steady=False) for _ in range(2))
        self.plot = ActivationPlot()
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.plot.moved.connect(lambda z: self._choose(z=z))
        self.plot.followed.connect(lambda: self._choose(z=None))
        self.plot.neuron_picked.connect(self._pick)
        self.plot.neuron_wanted.connect(self._go_on)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self.first, 1)
        self._beside = QHBoxLayout()
        self._beside.addWidget(self.second, 1)
        self._beside.addWidget(self.follow)
        self._head.addLayout(self._beside, 1)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._head)
        self._box.addWidget(self.formulas)
        self._box.addWidget(self.plot, 1)
        self._box.addWidget(self.said)
        self._box.addWidget(self.facts)
        self.set_theme(DARK)
        self._redraw()

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the neurons of this moment."""
        self._snapshot = snapshot
        self._redraw()

    def select(self, selection: Selection | None) -> None:
        """Follow what was picked in whichever view; the point is that neuron's again."""
        if selection != self._selection:
            self._selection = selection
            self._state = replace(self._state, z=None)
            self._redraw()

    # -- what is chosen -------------------------------------------------------------------------

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what was kept."""
        self._state = read(kept, self._state)
        self._redraw()

    def _choose(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._redraw()

    def leave(self) -> bool:
        """Let go of a z that was put by hand, on Escape."""
        if self._state.z is None:
            return False
        self._choose(z=None)
        return True

    def _pick(self, neuron: int) -> None:
        if self.shown is not None and self.shown.layer is not None:
            selection = Selection("neuron", self.shown.layer.number, neuron)
            self.select(selection)
            self.picked.emit(selection)

    def _go_on(self, way: int) -> None:
        """Select the neuron so many further on in the layer."""
        layer = None if self.shown is None else self.shown.layer
        if self._snapshot is None or layer is None:
            return
        last = self._snapshot.recipe.layers[layer.number] - 1
        self._pick(min(max(layer.neuron + way, 0), last))

    @property
    def _in_one_row(self) -> bool:
        return self.width() >= ONE_ROW * self.first.font().pixelSize()

    # -- what is shown --------------------------------------------------------------------------

    def _redraw(self) -> None:
        shown = picture(
            self._snapshot, self._state, self._selection, self._drawing, before=self.shown
        )
        self.shown = shown
        self._fill(shown)
        self.plot.show_picture(shown)
        function = shown.first.activation
        self.formulas.say((function.formula, function.derivative), function.use)
        self.said.say(shown.said)
        self.facts.say(shown.facts)
        self.follow.setEnabled(self._state.z is not None)

    def _fill(self, shown: ActivationPicture) -> None:
        """List every function of the table, whichever there are by now."""
        entries = tuple(ACTIVATIONS.values())
        font = self.first.font()
        share = 0.5 if self._in_one_row else 1.0
        room = share * (self.width() - ROOM * font.pixelSize())
        first = fullest(text.layer_entry(shown.layer, shown.own), font, room)
        listed = (*entries, first, self._state.shown, self._state.second)
        if listed == self._listed:
            return
        self._listed = listed
        for box, none, chosen in (
            (self.first, first, self._state.shown),
            (self.second, text.NO_SECOND, self._state.second),
        ):
            with QSignalBlocker(box):
                box.clear()
                box.addItem(none, "")
                for entry in entries:
                    box.addItem(entry.label, entry.name)
                    tip = f"{entry.formula}\n{entry.use}"
                    box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
                box.setCurrentIndex(max(box.findData(chosen), 0))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        scale = theme.scale
        self.setMinimumSize(max(220, scale.space(128)), max(150, scale.space(96)))
        style = styles.controls(theme, padding=(2, 6))
        for part in (self.first, self.second, self.follow):
            part.setStyleSheet(style)
        for row in (self._head, self._beside):
            row.setSpacing(scale.space(4))
        self._box.setContentsMargins(scale.space(6), 0, scale.space(6), scale.space(4))
        self._box.setSpacing(scale.space(3))
        self.plot.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        """Let letters follow the size, and show what has room."""
        scale = self._theme.scale
        room = min(self.width() / ACROSS, self.height() / DOWN)
        font = sized(self.font(), scale.grown(Step.CAPTION, room, Step.HEADING))
        for part in (self.first, self.second, self.follow, self.plot):
            part.setFont(font)
        high = self.height() / font.pixelSize()
        across = QBoxLayout.Direction.LeftToRight
        beside = self._in_one_row
        self._head.setDirection(across if beside else QBoxLayout.Direction.TopToBottom)
        for place in (0, 1):
            self._head.setStretch(place, int(beside))
        for part in (self.second, self.follow):
            part.setVisible(beside or high >= FORMULAS)
        fit_buttons((self.follow,), [(word,) for word in text.FOLLOW], self.width() / 4, 0)
        self.formulas.setVisible(high >= FORMULAS)
        self.facts.setVisible(high >= FACTS)
        said, facts = (3, 2) if high >= TALL else (2, 1)
        lines = said + facts * (high >= FACTS)
        rest = high - PLOT - LINE * lines - HEAD * (1 if beside else 2)
        self.formulas.dress(self._theme, font, rest * font.pixelSize())
        self.said.dress(self._theme, font, said)
        self.facts.dress(self._theme, font, facts)
        if self.shown is not None:
            self._fill(self.shown)
