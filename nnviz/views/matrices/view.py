"""The matrices view: a layer forwards, its errors and its slopes, for the example in focus."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import read_state
from nnviz.views.matrices import text
from nnviz.views.matrices.board import Board
from nnviz.views.matrices.picture import FOLLOW, WAYS, MatricesState, picture
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import dress_bar, fit_buttons, panel_button
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.type_scale import Step
from nnviz.views.view import View

LEAST = 220, 150
"""Width and height at a factor of 1 that have to do."""


class MatricesView(View):
    """One layer as a matrix with vectors around it."""

    follows_own_input = True
    _state: MatricesState = MatricesState()
    wished = 420, 320

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listed: tuple[int, ...] = ()
        self.layers = QComboBox()
        self.layers.setAccessibleName(text.LAYERS)
        self.layers.setToolTip(text.LAYERS_TIP)
        self.layers.activated.connect(
            lambda _row: self._choose(layer=int(self.layers.currentData()))
        )
        self.ways = {way: panel_button("", text.WAYS[way]) for way in WAYS}
        group = QButtonGroup(self)
        for way, button in self.ways.items():
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(lambda _on=False, way=way: self._choose_way(way))
        self.board = Board()
        self.board.asked.connect(self.picked)
        self.formula, self.words = Sentence(steady=False), Sentence()
        self.words.say(NO_RUN)
        self.board.said.connect(self.words.say)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addWidget(self.layers)
        self.layers.setMinimumContentsLength(len(text.FOLLOW))
        self.layers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in self.ways.values():
            row.addWidget(button)
        self._bar.addLayout(row, 1)
        self._inner = QVBoxLayout()
        for part in (self.formula, self.board, self.words):
            self._inner.addWidget(part, int(part is self.board))
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._bar)
        self._box.addLayout(self._inner, 1)
        self.set_theme(DARK)

    # -- what comes in ----------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the layer at this moment."""
        self._snapshot = snapshot
        self._redraw()

    def select(self, selection: Selection | None) -> None:
        """Frame the selected weight."""
        self.board.select(selection)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what was kept."""
        self._state = read_state(kept, self._state)
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        self.setMinimumSize(*map(space, LEAST))
        self._inner.setContentsMargins(space(6), 0, space(6), 0)
        self._inner.setSpacing(space(4))
        letters = theme.scale.font(self.font(), Step.LABEL)
        dress_bar(theme, self._box, self._bar, (self.layers, *self.ways.values()), letters)
        self.board.dress(theme, letters)
        self.formula.dress(theme, letters, 2)
        self.words.dress(theme, theme.scale.font(self.font(), Step.CAPTION), 2)

        self._dress()

    def _dress(self) -> None:
        """Let the buttons stand beside the layers, or below them where there is no room."""
        space, buttons = self._theme.scale.space, list(self.ways.values())
        room = self.width() - 2 * space(6)
        beside = room - self.layers.sizeHint().width() - self._bar.spacing()
        fit_buttons(buttons, text.BUTTONS, beside, space(4))
        needed = sum(button.sizeHint().width() + space(4) for button in buttons)
        direction = QBoxLayout.Direction
        if needed > beside:
            fit_buttons(buttons, text.BUTTONS, room, space(4))
        self._bar.setDirection(direction.TopToBottom if needed > beside else direction.LeftToRight)

    # -- what is chosen ---------------------------------------------------------------------------

    def _choose(self, **chosen: Any) -> None:
        self._state = replace(self._state, **chosen)
        self._redraw()

    def _choose_way(self, way: str) -> None:
        """Show something else of the layer on screen: the phase is followed no longer."""
        shown = self.board.picture
        if shown is not None and shown.follows:
            self._choose(layer=shown.layer, way=way)
        else:
            self._choose(way=way)

    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        shown = picture(self._snapshot, self._state, self._drawing)
        self._list(shown.recipe.layers)
        self.ways[shown.way].setChecked(True)
        self.formula.say((shown.formula,))
        self.board.show_picture(shown)

    def _list(self, layers: tuple[int, ...]) -> None:
        """List the layers to choose from, anew where there are others."""
        with QSignalBlocker(self.layers):
            if layers != self._listed:
                self._listed = layers
                self.layers.clear()
                self.layers.addItem(text.FOLLOW, FOLLOW)
                for layer in range(1, len(layers)):
                    self.layers.addItem(text.layer_name(layer), layer)
                self._dress()
            fits = self._state.layer < len(layers)
            self.layers.setCurrentIndex(self._state.layer if fits else FOLLOW)
