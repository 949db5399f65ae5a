"""Pressing: what a press on a neuron, an edge or a legend means, and a key at what is selected.

A press means a selection, an edit, a choice of the view or another example; it is told by signals.
"""

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QWidget

from nnviz.engine.selection import Selection
from nnviz.views.network.gestures import SHIFT, Gestures
from nnviz.views.network.hits import Hit, spot_of
from nnviz.views.network.layout import windows
from nnviz.views.network.on_screen import OnScreen
from nnviz.views.network.walk import next_weight, onward


class Pressing(QObject):
    """Tells what presses mean.

    Signals:
        picked(object): a `Selection` is what is to be explained; None for nothing any more.
        edit_wanted(int): the parameter at this index into theta is to be edited.
        example_wanted(int): so many examples on, or back.
        focused(object): all edges of the neuron at a `Spot` are shown; None for the usual ones.
        chosen(object): fields of a `NetworkState` and their new values.
    """

    picked = Signal(object)
    edit_wanted = Signal(int)
    example_wanted = Signal(int)
    focused = Signal(object)
    chosen = Signal(object)

    def __init__(self, view: QWidget, on_screen: OnScreen) -> None:
        """Understand presses in a view."""
        super().__init__(view)
        self._ground, self._on_screen = on_screen.drawing, on_screen
        self._again = False

    def follow(self, hands: Gestures) -> None:
        """Understand what hands wish."""
        hands.pointed.connect(self._ground.point_at)
        hands.pressed.connect(self._press_at)
        hands.ground_clicked.connect(lambda: self.picked.emit(None))
        hands.clicked_through.connect(self._click_through)
        hands.focus_wanted.connect(self.focus_at)
        hands.leafed.connect(self.example_wanted)
        hands.scrolled.connect(self._scroll_at)
        hands.moved.connect(self.move)
        hands.weight_wanted.connect(self._go_to_weight)
        hands.edit_wanted.connect(self._edit_selected)
        hands.numbers_toggled.connect(
            lambda: self.chosen.emit({"numbers": not self._on_screen.state().numbers})
        )

    def _press_at(self, where: QPointF, edit: bool) -> None:
        if not edit and self._ground.on_legend(where):
            self.chosen.emit({"fixed": not self._on_screen.state().fixed})
            return
        found = self._ground.hit(where)
        if found is not None:
            self._again = found.selection == self._on_screen.selection()
            self.press(found, edit=edit)

    def _click_through(self, where: QPointF) -> None:
        """Select the edge beneath the one at a place where that one was selected already."""
        found = self._ground.hit(where) if self._again else None
        below = None if found is None else self._ground.dig(where, found.parameter)
        if below is not None:
            self.press(below)

    def press(self, found: Hit, *, edit: bool = False) -> None:
        """Tell what a click means on what was found at a place, to edit it or not."""
        if edit and found.kind == "edge":
            self.edit_wanted.emit(found.parameter)
        elif found.kind in ("previous", "following"):
            self.example_wanted.emit(-1 if found.kind == "previous" else 1)
        elif found.kind == "rest":
            self._turn_page(found.layer)
        elif not edit:
            self.picked.emit(found.selection)

    def focus_at(self, where: QPointF | None) -> None:
        """Show all edges of the neuron at a place, or selected, before all others; or all again."""
        moment = self._on_screen.moment()
        if moment is None:
            return
        found = None if where is None else self._ground.hit(where)
        if found is not None and found.spot is None:
            self.press(found)
            return
        spot = None if found is None else found.spot
        if where is None:
            spot = spot_of(moment.recipe, self._on_screen.selection())
        if spot is not None:
            # Its edges are what is asked for now, and the wall of fields would hide them.
            self.chosen.emit({"fields": False})
        self.focused.emit(None if spot == self._on_screen.state().focus else spot)

    # -- neurons of a layer that has more than there is room for ---------------------------------

    def _scroll_at(self, where: QPointF, neurons: int) -> None:
        stage, layer, place = self._ground.stage, self._ground.column(where), self._ground.place
        if stage is not None and self._ground.on_fields(where):
            self.chosen.emit({"first_field": stage.overlays.scroll(neurons / SHIFT)})
        elif layer is not None and place is not None:
            self.shift(layer, place.columns[layer].first + neurons)

    def _turn_page(self, layer: int) -> None:
        """Draw the next neurons of a layer; after the last the first again."""
        assert self._ground.place is not None
        column = self._ground.place.columns[layer]
        last = column.first + column.shown >= column.size
        self.shift(layer, 0 if last else column.first + column.shown)

    def shift(self, layer: int, first: int) -> None:
        """Draw the neurons of a layer from another one on."""
        moment = self._on_screen.moment()
        if moment is not None:
            firsts = self._on_screen.state().shifted(moment.recipe.layers, layer, first).firsts
            self.chosen.emit({"firsts": firsts})

    # -- by keys --------------------------------------------------------------------------------

    def move(self, neurons: int, layers: int) -> None:
        """Select the neuron, or beside a weight the weight, so many further on."""
        moment = self._on_screen.moment()
        if moment is None:
            return
        recipe = moment.recipe
        there = onward(recipe, self._on_screen.selection(), neurons, layers)
        if there is None:
            first = windows(recipe.layers, self._on_screen.state().firsts)[1].start
            there = Selection("neuron", 1, first)
        self.picked.emit(there)

    def _go_to_weight(self) -> None:
        """Select the strongest weight into the neuron selected, then the next one."""
        moment = self._on_screen.moment()
        if moment is not None:
            there = next_weight(moment.recipe, moment.theta_used, self._on_screen.selection())
            self.move(0, 0) if there is None else self.picked.emit(there)

    def _edit_selected(self) -> None:
        """Edit the weight or bias that is selected."""
        at = self._on_screen.selection()
        if at is not None and at.kind == "parameter":
            self.edit_wanted.emit(at.parameter)
