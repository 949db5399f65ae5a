"""The network view: a digit on its way through a net whose weights are being learned.

What it shows and how stands in its base; here is what it does when a hand clicks,
turns the wheel or presses a key.
"""

from PySide6.QtCore import QPointF, Signal

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.commands import FocusOn
from nnviz.messages.events import DrawingOffered, DrawingShown
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import EditParameter
from nnviz.views.network.drawing import NetworkDrawing
from nnviz.views.network.gestures import SHIFT
from nnviz.views.network.hits import column_at, spot_of
from nnviz.views.network.tips import tip_of_neuron, tip_of_weight
from nnviz.views.view import ViewSpec


class NetworkView(NetworkDrawing):
    """The network, the example that is focused and the strongest edges.

    Signals:
        example_requested: index of another test example to focus or, phase by phase, its
            place in the minibatch; it may lie just outside.
        edge_picked: index into theta of a weight that is to be edited.
    """

    example_requested = Signal(int)
    edge_picked = Signal(int)

    def join(self, ports: Ports) -> None:
        """Have examples put through the net and weights edited; show what is drawn."""
        super().join(ports)
        self.example_requested.connect(lambda index: ports.send(FocusOn(index)))
        self.edge_picked.connect(lambda index: ports.send(EditParameter(index)))
        self.guest_changed.connect(lambda picture: ports.publish(DrawingShown(picture)))
        ports.on(DrawingOffered, self._drawing_offered)

    def _drawing_offered(self, offered: DrawingOffered) -> None:
        self.show_drawing(offered.picture)

    def point_at(self, where: QPointF | None) -> bool:
        """Highlight the edge under the mouse, if any."""
        found = None if where is None else self._hit(where)
        parameter = -1 if found is None else found.parameter
        pointed = found.spot if found is not None and found.kind == "neuron" else None
        if pointed != self._pointed:
            self._pointed = pointed
            self._show_extras()
        if parameter != self._hovered:
            self._hovered = parameter
            if self._stage is not None and self._edges is not None:
                self._stage.highlight(self._edges, parameter)
        return found is not None or (where is not None and self._over_legend(where))

    def press_at(self, where: QPointF, *, edit: bool) -> bool:
        """Select, edit or leaf: what a click on the place does."""
        snapshot, found = self._snapshot, self._hit(where)
        if snapshot is not None and not edit and self._over_legend(where):
            self._controls.fixed.toggle()
            return True
        if snapshot is None or found is None:
            return False
        if edit and found.kind == "edge":
            self.edge_picked.emit(found.parameter)
        elif found.kind in ("previous", "following"):
            self._leaf(-1 if found.kind == "previous" else 1)
        elif found.kind == "rest":
            self._turn_page(found.layer)
        elif not edit:
            self._pick(found.selection)
        return True

    def click_ground(self) -> None:
        """Select nothing."""
        self._pick(None)

    def focus_at(self, where: QPointF | None) -> None:
        """Show all edges of one neuron and let the others stand back, or show all again."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        if where is None:
            spot = spot_of(snapshot.recipe, self._selection)
        else:
            found = self._hit(where)
            if found is not None and found.spot is None:
                self.press_at(where, edit=False)
                return
            spot = None if found is None else found.spot
        if spot is not None:
            # Its edges are what is asked for now, and the wall would hide them.
            self._besides.switches.actions["wall"].setChecked(False)
        self._focus = None if spot == self._focus else spot
        self._draw()

    def leaf_at(self, where: QPointF, steps: int) -> bool:
        """Leaf through the examples over the input."""
        place, at = self._layout, self._camera.world(where)
        over = place is not None and any(
            box is not None and box.contains(at.x(), at.y()) for box in (place.tile, place.caption)
        )
        if self._snapshot is not None and over and steps:
            self._leaf(steps)
        return over

    def scroll_at(self, where: QPointF, neurons: int) -> bool:
        """Shift the neurons of the layer under the mouse."""
        place, at = self._layout, self._camera.world(where)
        if self._stage is not None and self._stage.extras.scroll(at.x(), at.y(), neurons / SHIFT):
            self._show_extras()
            return True
        layer = None if place is None else column_at(place, at.x(), at.y())
        if place is None or layer is None:
            return False
        self._shift(layer, place.columns[layer].first + neurons)
        return True

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Look nearer at a place, or from further away."""
        self._camera.zoom_at(where, factor)
        self._look()

    def pan(self, way: QPointF) -> bool:
        """Shift the drawing."""
        self._camera.pan(way.x(), way.y())
        self._look()
        return not self._camera.fits

    def fit(self) -> None:
        """Show all of the drawing."""
        self._camera.fit()
        self._look()

    def leave(self) -> bool:
        """Leave the neuron that is looked at, else the enlargement, else the selection."""
        if self._focus is not None:
            self._focus = None
            self._draw()
        elif not self._camera.fits:
            self.fit()
        elif self._selection is not None:
            self._pick(None)
        else:
            return False
        return True

    def move_selection(self, neurons: int, layers: int) -> None:
        """Select the neuron so many further on in its layer, or in another layer."""
        if self._snapshot is None:
            return
        sizes = self._snapshot.recipe.layers
        spot = spot_of(self._snapshot.recipe, self._selection)
        if spot is None:
            self._pick(Selection("neuron", 1, self._firsts[1]))
            return
        layer = min(max(spot.layer + layers, 0), len(sizes) - 1)
        neuron = min(max(spot.neuron + neurons, 0), sizes[layer] - 1)
        self._pick(Selection("neuron", layer, neuron))

    def toggle_numbers(self) -> None:
        """Write numbers beside the neurons, or not any more."""
        self._controls.numbers.toggle()

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the place: a weight, a neuron or nothing."""
        snapshot, found = self._snapshot, self._hit(where)
        if snapshot is None:
            return ""
        if self._over_legend(where):
            return (
                "Click to let the scale follow the edges"
                if self._fixed
                else ("Click to keep the scale fixed")
            )
        if found is None:
            return ""
        if found.kind == "edge":
            return tip_of_weight(snapshot, found.parameter)
        if found.kind == "rest":
            return "Click or turn the wheel for the other neurons of this layer"
        which = "test example" if snapshot.focus.place < 0 else "example of the minibatch"
        if found.kind in ("previous", "following"):
            return f"Click or turn the wheel for another {which}"
        tip = tip_of_neuron(snapshot, found.layer, found.neuron)
        at_tile = found.layer == 0 and self._layout is not None and self._layout.tile is not None
        return f"{tip}\nTurn the wheel for another {which}" if at_tile else tip

    def _pick(self, selection: Selection | None) -> None:
        self.select(selection)
        self.picked.emit(selection)

    def _leaf(self, steps: int) -> None:
        """Ask for another example; a drawing that is shown gives way to it."""
        self._guest.dismiss()
        if self._own is not None:
            self.example_requested.emit(_number(self._own) + steps)

    def _turn_page(self, layer: int) -> None:
        """Draw the next neurons of a layer; after the last the first again."""
        assert self._layout is not None
        column = self._layout.columns[layer]
        last = column.first + column.shown >= column.size
        self._shift(layer, 0 if last else column.first + column.shown)


def _number(snapshot: Snapshot) -> int:
    """Return by which number the example shown is asked for."""
    focus = snapshot.focus
    return focus.index if focus.place < 0 else focus.place


SPEC = ViewSpec("network", "Network", "centre", NetworkView, rate=12.0)
