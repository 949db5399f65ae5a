"""The network view: a digit on its way through a net whose weights are being learned.

It makes a picture of each moment and hands it to its drawing; what a hand clicks, turns or presses
becomes a choice that it keeps, or a command.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.big_arrays import BIG
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array, Snapshot, with_own
from nnviz.engine.selection import Selection
from nnviz.messages.commands import FocusOn, Start
from nnviz.messages.events import DrawingShown, DrawingWanted
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import EditParameter, OpenPanel
from nnviz.numbers import style
from nnviz.views.network.controls import Controls
from nnviz.views.network.drawing import NetworkDrawing
from nnviz.views.network.edges import Edges, Spot
from nnviz.views.network.gesture_help import GESTURES
from nnviz.views.network.gestures import Gestures
from nnviz.views.network.hits import ends_of
from nnviz.views.network.items import NetworkItems
from nnviz.views.network.layout import Layout
from nnviz.views.network.on_screen import OnScreen
from nnviz.views.network.own_input import OwnInput
from nnviz.views.network.picture import NetworkPicture, picture
from nnviz.views.network.pressing import Pressing
from nnviz.views.network.signals import stepped
from nnviz.views.network.state import NetworkState, read
from nnviz.views.network.text import tip_of_legend
from nnviz.views.network.tips import tip_of_hit
from nnviz.views.network.turning import Turning
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

ACTIVATIONS_PANEL = "activation"
"""The panel of the activation functions."""


class NetworkView(View):
    """The network, the example that is focused and the strongest edges.

    A drawing of the user's own stays in the example's place while it lies on the pad, also while
    training goes on. It gives way when a minibatch is taken apart phase by phase or another example
    is asked for. Nothing is shown of it that one would need to know what it should be for.

    Signals:
        example_requested: index of another test example to focus or, phase by phase, its
            place in the minibatch; it may lie just outside.
        edge_picked: index into theta of a weight that is to be edited.
        own_drawing_changed(object): the drawing, (inputs,), that is shown from now on in place of
            the example in focus, or None for the example again.
    """

    _state: NetworkState = NetworkState()
    example_requested = Signal(int)
    edge_picked = Signal(int)
    own_drawing_changed = Signal(object)
    magnifies = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = Controls(self)
        self.drawing = NetworkDrawing(self, self.controls, DARK)
        on_screen = OnScreen(
            self.drawing,
            moment=lambda: self._snapshot,
            selection=lambda: self._selection,
            state=lambda: self._state,
        )
        self._turning = Turning(self, on_screen)
        self._gestures = Gestures(self, self.drawing, self._turning.knob_at)
        self._items = NetworkItems(self)
        self.pressing = Pressing(self, on_screen)
        self._own_input = OwnInput(self)
        self._came: Snapshot | None = None  # the moment as it came, without a drawing
        self._earlier: Snapshot | None = None
        self._picture: NetworkPicture | None = None
        self._selection: Selection | None = None
        self._connect()
        self.set_theme(DARK)

    def _connect(self) -> None:
        self.controls.chosen.connect(lambda changes: self.choose(**changes))
        self.controls.fit_wanted.connect(self.drawing.fit)
        shape = self.controls.shape
        shape.reshaped.connect(self._reshape)
        shape.keep_wished.connect(lambda keep: self.choose(keep_weights=keep))
        shape.explorer_wanted.connect(self._explore)
        shape.span_changed.connect(self._cover)
        hands = self._gestures
        hands.zoomed.connect(self.drawing.zoom_at)
        hands.panned.connect(self.drawing.pan)
        hands.fit_wanted.connect(self.drawing.fit)
        hands.asked.connect(self._tell)
        self._turning.follow(hands)
        self._turning.edit_wanted.connect(self.wanted)
        self._turning.input_wanted.connect(self._set_input)
        pressing = self.pressing
        pressing.follow(hands)
        pressing.picked.connect(self._pick)
        pressing.edit_wanted.connect(self.edge_picked)
        pressing.example_wanted.connect(self._leaf)
        pressing.focused.connect(self._focus_on)
        pressing.chosen.connect(lambda changes: self.choose(**changes))
        self._own_input.changed.connect(self.own_drawing_changed)
        self._own_input.due.connect(self._show_own_input)

    def join(self, ports: Ports) -> None:
        """Have examples put through the net and weights edited; show what is drawn."""
        super().join(ports)
        self.example_requested.connect(lambda index: ports.send(FocusOn(index)))
        self.edge_picked.connect(lambda index: ports.send(EditParameter(index)))
        self.own_drawing_changed.connect(lambda picture: ports.publish(DrawingShown(picture)))
        ports.on(DrawingWanted, self._drawing_wanted)

    def _drawing_wanted(self, wanted: DrawingWanted) -> None:
        self.show_drawing(wanted.picture)

    # -- what is shown --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        self._came, snapshot = snapshot, with_own(snapshot, self._own_input.values)
        before, self._snapshot = self._snapshot, snapshot
        layers = snapshot.recipe.layers
        other = before is None or _shape(before) != _shape(snapshot)
        if other:
            self.drawing.clear()
            if before is not None:
                self._state = replace(self._state, focused=(), firsts=(), first_field=0)
                self.drawing.camera.fit()
            self._state = self._state.for_layers(layers)
            self._reveal(snapshot)  # it may have been picked before this net came here
        if other or before is None or before.run != snapshot.run:
            self.drawing.forget(layers)
            self._earlier = self._picture = None
        elif before.step != snapshot.step:
            # Of a big net a moment takes much memory: it is kept while nudges are looked at.
            kept = before.theta.nbytes < BIG or self._state.edges == "nudges"
            self._earlier = before if kept and before.step < snapshot.step else None
        self._draw()
        self._let_flow(before, snapshot)

    def _let_flow(self, before: Snapshot | None, snapshot: Snapshot) -> None:
        """Let signals run if the user has just gone on by a step."""
        if snapshot.playing:
            self.drawing.flow.stop()
        if self._picture is not None and stepped(before, snapshot):
            self.drawing.let_flow(self._picture)

    def _draw(self, *, anew: bool = False) -> None:
        """Show what is chosen of the moment, everything placed anew or not."""
        if anew or (self._picture is not None and self._picture.style != style()):
            self.drawing.clear()
        if self._snapshot is None:
            self.drawing.show_nothing()
            self.controls.shape.show_net(None, None, keeps=self._state.keep_weights)
            return
        self._picture = picture(
            self._snapshot, self._state, self._selection, self._earlier, self._picture
        )
        self.drawing.show(self._picture)
        self._items.told_anew()
        self.controls.shape.show_net(
            self._snapshot, self.drawing.place, keeps=self._state.keep_weights
        )
        self._cover()
        if self._state.fields:
            # The wall turns to the page of what is selected.
            self._state = replace(self._state, first_field=self.drawing.first_field)

    def show_drawing(self, drawn: Array | None) -> None:
        """Show a drawing, (inputs,), in place of the example; None for the example again."""
        self._own_input.show(drawn)

    def _show_own_input(self) -> None:
        if self._came is not None and self.isVisible():
            self.show_snapshot(self._came)

    def select(self, selection: Selection | None) -> None:
        """Mark what was picked in whichever view, and bring it into sight."""
        if selection == self._selection:
            return
        self._selection = selection
        if selection is None:
            self.drawing.point_at(None)  # what is let go of is not shown on to a mouse at rest
        if self._snapshot is not None:
            before = self._state
            self._reveal(self._snapshot)
            self._draw(anew=self._state != before)

    def _reveal(self, snapshot: Snapshot) -> None:
        """Let a layer that is folded show what is selected, where the net of a moment has it."""
        selection, recipe = self._selection, snapshot.recipe
        if selection is not None and selection.fits(recipe):
            pictured = snapshot.image_shape is not None
            spots = ends_of(recipe, selection)
            self._state = self._state.revealing(recipe.layers, spots, pictured=pictured)

    # -- what is chosen -------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return what was chosen in it, as plain values."""
        camera = self.drawing.camera
        state = replace(self._state, zoom=camera.zoom, centre=camera.centre)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(state).items()
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what `state` returned; what is unknown or broken stays as it is."""
        camera = self.drawing.camera
        now = replace(self._state, zoom=camera.zoom, centre=camera.centre)
        state = read(kept, now)
        camera.look_at(state.zoom, state.centre)
        if self._snapshot is not None:
            state = state.for_layers(self._snapshot.recipe.layers)
        self._state = state
        self.controls.show_state(state)
        self._draw(anew=True)

    def choose(self, **changes: Any) -> None:
        """Choose something else: fields of a `NetworkState` by their names."""
        before, self._state = self._state, self._state.but(**changes)
        if self._state == before:
            return
        self.controls.show_state(self._state)
        placed = changes.keys() & {"edges", "numbers", "firsts"}
        self._draw(anew=bool(placed) or self._state.numbers)

    def least_size(self) -> QSize:
        """Ask for a width in which layers stand apart."""
        least = super().least_size()
        wide = 0 if self._picture is None else self.drawing.least_width(self._picture)
        return least.expandedTo(QSize(wide, 0))

    @property
    def chosen(self) -> NetworkState:
        """What is chosen; where one looks is asked of the camera."""
        return self._state

    @property
    def moment(self) -> Snapshot | None:
        """The moment on screen, one's own input in it."""
        return self._snapshot

    @property
    def selection(self) -> Selection | None:
        """What is selected."""
        return self._selection

    @property
    def edges(self) -> Edges | None:
        """The edges on screen."""
        return self.drawing.edges

    @property
    def place(self) -> Layout | None:
        """Where things stand in the drawing."""
        return self.drawing.place

    # -- size, font and screen ------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        scale = self._theme.scale
        return QSize(scale.space(850), scale.space(530))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.setMinimumSize(theme.scale.space(250), theme.scale.space(110))
        self.controls.set_theme(theme)
        self.drawing.set_theme(theme)
        self._draw()

    def _dress(self) -> None:
        self.drawing.resize(self.size())
        self._draw()

    def event(self, event: QEvent) -> bool:
        """Follow the font and the screen; leave no work behind where nothing is seen."""
        done, kind = super().event(event), event.type()
        if kind in (QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange):
            self._draw(anew=True)
        elif kind in (QEvent.Type.Hide, QEvent.Type.Close):
            self.drawing.rest()
        return done

    # -- what hands do --------------------------------------------------------------------------

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the place: a weight, a neuron or nothing."""
        if self._snapshot is None:
            return ""
        if self.drawing.on_legend(where):
            return tip_of_legend(fixed=self._state.fixed)
        found = self.drawing.hit(where)
        at_tile = self.place is not None and self.place.tile is not None
        return "" if found is None else tip_of_hit(self._snapshot, found, at_tile=at_tile)

    def _tell(self, where: QPointF, screen: QPoint) -> None:
        QToolTip.showText(screen, self.tip_at(where), self)

    def _set_input(self, k: int, value: float) -> None:
        """Show an input of the user's own in place of the example, with another value of one."""
        if self._snapshot is not None:
            features = self._snapshot.description.features
            self._own_input.set_one(k, value, self._snapshot.focus.x, features)

    def chooses_at(self, where: QPointF) -> bool:
        """Tell whether a place is on the legend, whose scale can be fixed."""
        return self.drawing.on_legend(where)

    def _focus_on(self, spot: Spot | None) -> None:
        focused = () if spot is None else (spot.layer, spot.neuron)
        self._state = self._state.but(focused=focused)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave what was opened on Escape."""
        if event.key() != Qt.Key.Key_Escape or not self.leave():
            super().keyPressEvent(event)

    def leave(self) -> bool:
        """Leave the neuron looked at, else the enlargement, the selection, one's own input."""
        if self._state.focus is not None:
            self._focus_on(None)
        elif self.drawing.camera.zoom != 1:
            self.drawing.fit()
        elif self._selection is not None:
            self._pick(None)
        elif self._own_input.values is not None and self._input_by_hand:
            self.show_drawing(None)
        else:
            return False
        return True

    @property
    def _input_by_hand(self) -> bool:
        """Whether one's own input is made here, by its neurons, and not on the pad."""
        return self._snapshot is not None and self._snapshot.image_shape is None

    def _reshape(self, recipe: Recipe) -> None:
        """Begin a run of a net of another shape, or with another activation."""
        self.wanted.emit(Start(recipe, keeps=self._state.keep_weights))

    def _explore(self) -> None:
        """Show the activation functions, at the layer whose menu was open."""
        slot, at = self.controls.shape.slot, self._selection
        if slot is not None and (at is None or at.layer != slot.layer):
            self._pick(Selection("neuron", slot.layer, 0))
        self.wanted.emit(OpenPanel(ACTIVATIONS_PANEL))

    def _cover(self) -> None:
        if self.drawing.stage is not None:
            self.drawing.stage.cover_headings(self.controls.shape.span)

    def _pick(self, selection: Selection | None) -> None:
        self.select(selection)
        self.picked.emit(selection)

    def _leaf(self, steps: int) -> None:
        """Ask for another example; a drawing that is shown gives way to it."""
        self._own_input.give_way()
        if self._came is not None:
            focus = self._came.focus
            self.example_requested.emit((focus.index if focus.place < 0 else focus.place) + steps)


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    recipe = snapshot.recipe
    names = snapshot.class_names, snapshot.feature_names
    return recipe.layers, recipe.activations, snapshot.image_shape, *names


SPEC = ViewSpec(
    "network",
    "Network",
    "centre",
    NetworkView,
    gestures=GESTURES,
)
