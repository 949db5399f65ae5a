"""The parameters view: all weights and biases with what the next step makes of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.parameters import ALL, Scope
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.messages.ui_state import read_state
from nnviz.views.palette import DARK, Theme
from nnviz.views.parameters import text
from nnviz.views.parameters.picture import (
    MOST,
    ORDERS,
    ParametersPicture,
    ParametersState,
    picture,
    selected_scope,
)
from nnviz.views.parameters.table import ParametersTable
from nnviz.views.shared.buttons import dress_bar, panel_button
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.type_scale import Step
from nnviz.views.view import View

_Role = Qt.ItemDataRole

LEAST = 220, 130
"""Width and height at a factor of 1 that have to do."""
LISTED = 1000
"""Most neurons that are named in the list to choose from."""


class ParametersView(View):
    """Every weight and bias in a row, which can be sorted, chosen, edited and asked about."""

    _state: ParametersState = ParametersState()
    wished = 420, 320

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection: Selection | None = None
        self._listed: tuple[object, ...] = ()
        self._only: tuple[str, ...] = ("",)
        self.layers, self.neurons = QComboBox(), QComboBox()
        for choice, name, tip in (
            (self.layers, text.LAYERS, text.LAYERS_TIP),
            (self.neurons, text.NEURONS, text.NEURONS_TIP),
        ):
            choice.setAccessibleName(name)
            choice.setToolTip(tip)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMaxVisibleItems(20)
        self.layers.activated.connect(lambda _row: self._choose(self.layers.currentData()))
        self.neurons.activated.connect(
            lambda _row: self._choose(self.layers.currentData(), self.neurons.currentData())
        )
        self.only = panel_button("", text.ONLY_TIP)
        self.only.clicked.connect(self._list_selected)
        self.copy_button = panel_button(text.COPY, text.COPY_TIP)
        self.table = ParametersTable()
        self.copy_button.clicked.connect(self.table.copy)
        self.table.asked.connect(self.picked)
        self.table.sorted_by.connect(self._sort)
        self.table.edited.connect(
            lambda entry, value: self.wanted.emit(MakeEdit(THETA, (value,), (entry,)))
        )
        # What came while a value was typed is shown once the field is gone, a turn later.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._redraw)
        self.table.cells.closeEditor.connect(lambda *_how: self._soon.start())
        self.about = Sentence(steady=False)
        self.about.say(NO_RUN)
        self._bar = QHBoxLayout()
        for part in (self.layers, self.neurons, self.only):
            self._bar.addWidget(part)
        self._bar.addStretch(1)
        self._bar.addWidget(self.copy_button)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._bar)
        self._box.addWidget(self.table, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self.about)
        self._box.addLayout(self._below)
        self.set_theme(DARK)

    @property
    def shown(self) -> ParametersPicture | None:
        """What is on screen."""
        return self.table.rows.picture

    # -- what comes in ----------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the parameters of this moment; a value that is being typed stays."""
        self._snapshot = snapshot
        self._redraw()

    def select(self, selection: Selection | None) -> None:
        """Mark the selected parameter; let those be listed of the selected neuron."""
        self._selection = selection
        entry = -1 if selection is None else selection.parameter
        self.table.mark(entry, show=True)
        self._name_selected()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what was kept."""
        self._state = read_state(kept, self._state)
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        self.setMinimumSize(*map(space, LEAST))
        self._below.setContentsMargins(space(6), 0, space(6), 0)
        letters = theme.scale.font(self.font(), Step.LABEL)
        controls = (self.layers, self.neurons, self.only, self.copy_button)
        dress_bar(theme, self._box, self._bar, controls, letters)
        self.table.dress(theme, letters)
        self.about.dress(theme, theme.scale.font(self.font(), Step.CAPTION), 2)
        self._arrange()

    def _dress(self) -> None:
        self._arrange()
        self.table.fit()

    # -- what is chosen ---------------------------------------------------------------------------

    def _choose(self, layer: int, neuron: int = ALL) -> None:
        self._state = replace(self._state, layer=layer, neuron=neuron)
        self._redraw()
        self.table.scrollToTop()

    def _list_selected(self) -> None:
        if self._snapshot is not None and self.shown is not None:
            own = selected_scope(self._snapshot.recipe, self.shown.scope, self._selection)
            if own is not None:
                self._choose(own.layer, own.neuron)

    def _sort(self, column: str) -> None:
        """Go on to the next way to sort by a column; after the last one there is none."""
        state, ways = self._state, ("", *ORDERS, "")
        if column not in text.HEADS:
            return
        now = state.order if state.sort == column else ""
        way = ways[ways.index(now) + 1]
        numbers = column if way and column != "name" else ""
        self._state = replace(state, sort=numbers, order=way or ORDERS[0])
        self._redraw()
        self.table.scrollToTop()

    # -- what is shown ----------------------------------------------------------------------------

    def _redraw(self) -> None:
        now, before = self._snapshot, self.shown
        if now is None:
            return
        same = before is not None and before.recipe.layers == now.recipe.layers
        if self.table.editing and same:
            return
        shown = picture(now, self._state, self._selection)
        self.table.show_picture(shown)
        self._list(shown.recipe, shown.scope, now.feature_names)
        self.about.say(shown.about)
        self._name_selected()

    def _list(self, recipe: Recipe, scope: Scope, given: tuple[str, ...]) -> None:
        """List what can be chosen, anew where that is something else."""
        listed = (recipe.layers, recipe.dataset, scope, given)
        if listed == self._listed:
            return
        self._listed = listed
        last = len(recipe.layers) - 1
        whole = [ALL] if recipe.parameters <= MOST else []
        layers = [*whole, *([0] if scope.layer == 0 else []), *range(1, last + 1)]
        with QSignalBlocker(self.layers), QSignalBlocker(self.neurons):
            self.layers.clear()
            for layer in layers:
                self.layers.addItem(text.layer_name(layer), layer)
            self.layers.setCurrentIndex(layers.index(scope.layer))
            self.neurons.clear()
            if scope.layer != ALL:
                size = recipe.layers[scope.layer]
                every = [ALL] if scope.layer and Scope(scope.layer).count(recipe) <= MOST else []
                neurons = [*every, *range(min(size, LISTED))]
                if scope.neuron not in neurons:
                    neurons.append(scope.neuron)
                for row, neuron in enumerate(neurons):
                    name = text.neuron_name(recipe, scope.layer, neuron, given)
                    self.neurons.addItem(text.shortened(name), neuron)
                    for role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
                        self.neurons.setItemData(row, name, role)
                self.neurons.setCurrentIndex(neurons.index(scope.neuron))
        self.layers.setToolTip(text.LAYERS_TIP if whole else text.too_many(MOST))
        self._arrange()

    def _name_selected(self) -> None:
        """Let the selected neuron be listed alone, where it is not the one that is listed."""
        shown = self.shown
        own = None if shown is None else selected_scope(shown.recipe, shown.scope, self._selection)
        if shown is not None and own is not None and self._snapshot is not None:
            self._only = text.only(shown.recipe, own, self._snapshot.feature_names)
            self.only.setAccessibleName(self._only[0])
            self.only.setToolTip(f"{self._only[0]}: {text.ONLY_TIP}")
        self.only.setProperty("wanted", own is not None)
        self._arrange()

    def _arrange(self) -> None:
        """Show what there is to choose, as far as there is room."""
        scope = None if self.shown is None else self.shown.scope
        self.neurons.setVisible(scope is not None and scope.layer != ALL)
        self.only.setVisible(bool(self.only.property("wanted")))
        for part in (self.only, self.copy_button):  # lists and keys do what they do
            if not part.isHidden() or part is self.copy_button:
                part.setVisible(self._fits(part))

    def _fits(self, part: QWidget) -> bool:
        """Tell whether a part has room, the button that names a neuron in any of its wordings."""
        if part is not self.only:
            return self._has_room(part)
        metrics, now = self.only.fontMetrics(), self.only.text()
        for wording in self._only:
            more = metrics.horizontalAdvance(wording) - metrics.horizontalAdvance(now)
            if self._has_room(part, more):
                self.only.setText(wording)
                return True
        return False

    def _has_room(self, part: QWidget, more: int = 0) -> bool:
        """Tell whether a part has room beside those before it, so much wider than it is."""
        parts = [one for one in (self.layers, self.neurons, self.only) if not one.isHidden()]
        space = self._theme.scale.space
        needed = {*parts, part}
        wide = sum(one.sizeHint().width() + space(4) for one in needed)
        return wide + more + 2 * space(6) <= self.width()
