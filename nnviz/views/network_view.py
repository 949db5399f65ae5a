"""The network view: a digit on its way through a net whose weights are being learned.

It keeps what the snapshots are shown with: its scales, its stage, what is selected
and where one looks. Painting is Qt's alone: while the window shows a moment,
training has Python to itself.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGraphicsScene, QWidget

from nnviz.engine.selection import Selection
from nnviz.engine.snapshot import Array, Snapshot
from nnviz.views.network_board import Board, Line, canvas
from nnviz.views.network_camera import Camera
from nnviz.views.network_controls import Controls
from nnviz.views.network_edges import Edges, Scale, Spot, strongest
from nnviz.views.network_gestures import GesturedView
from nnviz.views.network_hits import Hit, column_at, ends_of, hit, spot_of
from nnviz.views.network_ink import Ink, font_of
from nnviz.views.network_layout import Layout, layout, text_height
from nnviz.views.network_modes import MODES, WEIGHTS, Mode, Subject, shown
from nnviz.views.network_play import play_of
from nnviz.views.network_stage import Stage
from nnviz.views.network_tips import tip_of_neuron, tip_of_weight
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import ViewSpec


class NetworkView(GesturedView):
    """The network, the example that is focused and the strongest edges.

    Signals:
        example_requested: index of another test example to focus or, phase by phase, its
            place in the minibatch; it may lie just outside.
        edge_picked: index into theta of a weight that is to be edited.
    """

    example_requested = Signal(int)
    edge_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 220)
        self._scene = QGraphicsScene(self)
        self._canvas = canvas(self._scene, self)
        self._camera = Camera()
        self._controls = Controls(self)
        self._controls.mode_chosen.connect(self._set_mode)
        self._controls.numbers_chosen.connect(lambda _: self._build())
        self._controls.fixed_chosen.connect(self._fix_scale)
        self._controls.fit_wanted.connect(self.fit)
        self._snapshot: Snapshot | None = None
        self._earlier: Snapshot | None = None
        self._layout: Layout | None = None
        self._stage: Stage | None = None
        self._edges: Edges | None = None
        self._drawn: Array = np.zeros(0)
        self._mode, self._subject = MODES["weights"], WEIGHTS
        self._scales: dict[str, Scale] = {}
        self._activations: list[Scale] = []
        self._firsts: list[int] = []
        self._hovered = -1
        self._selection: Selection | None = None
        self._focus: Spot | None = None
        self._ink = Ink(DARK)
        self._controls.set_theme(DARK)

    # -- what is shown --------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        return QSize(850, 530)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or _shape(before) != _shape(snapshot):
            self._stage = None
            self._firsts = [0] * len(snapshot.recipe.layers)
            self._focus = None
            self._camera.fit()
        if self._stage is None or before is None or before.run != snapshot.run:
            self._scales = {}
            self._activations = [Scale() for _ in snapshot.recipe.layers]
            self._edges, self._earlier = None, None
        elif before.step != snapshot.step:
            self._earlier = before if before.step < snapshot.step else None
        self._draw()

    def select(self, selection: Selection | None) -> None:
        """Mark what was picked in whichever view, and bring it into sight."""
        if selection == self._selection:
            return
        self._selection = selection
        self._reveal()
        if self._snapshot is not None:
            self._draw()

    def set_mode(self, mode: str) -> None:
        """Choose what edges show: the id of one of `MODES`."""
        self._controls.modes[mode].trigger()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._ink = Ink(theme)
        self._controls.set_theme(theme)
        self._build()

    @property
    def edges(self) -> Edges | None:
        """The edges on screen."""
        return self._edges

    @property
    def place(self) -> Layout | None:
        """Where things stand in the drawing."""
        return self._layout

    @property
    def subject(self) -> Subject:
        """What edges show."""
        return self._subject

    @property
    def focused(self) -> Spot | None:
        """The neuron whose edges alone are shown."""
        return self._focus

    @property
    def zoom(self) -> float:
        """How many times the drawing is enlarged."""
        return self._camera.zoom

    def on_screen(self, x: float, y: float) -> QPointF:
        """Return where a place of the drawing is seen."""
        return self._camera.transform.map(QPointF(x, y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._canvas.setGeometry(self.rect())
        self._camera.resize(self.width(), self.height())
        self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._build()

    def event(self, event: QEvent) -> bool:
        """Follow the screen."""
        done = super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._build()
        return done

    def _build(self) -> None:
        """Place everything anew, in today's size, font and colours."""
        self._stage = None
        if self._snapshot is not None:
            self._draw()
            return
        self._clear()
        self._controls.chooser.hide()
        height = text_height(self.width(), self.height())
        line = Line(self._scene, font_of(self.font(), height), self._ink.dim, 0.5)
        line.write(self.width() / 2, self.height() / 2, "The network will appear here")

    def _clear(self) -> None:
        self._scene.clear()
        self._scene.setSceneRect(0, 0, self.width(), self.height())
        self._scene.setBackgroundBrush(self._ink.panel)

    def _draw(self) -> None:
        """Bring the stage up to the snapshot."""
        snapshot = self._snapshot
        assert snapshot is not None
        if self._stage is None:
            self._set_stage(snapshot)
        assert self._stage is not None
        assert self._layout is not None
        play = play_of(snapshot)
        subject, vector = shown(self._mode, snapshot, self._earlier, play)
        only = self._only(snapshot)
        edges = self._edges
        if (
            edges is None
            or subject != self._subject
            or only != edges.only
            or not np.array_equal(self._drawn, vector)
        ):
            self._drawn, self._subject = vector, subject
            edges = self._edges = strongest(snapshot.recipe, vector, self._layout, only)
            scale = self._scales.setdefault(subject.kind, Scale())
            if play is not None and subject is not WEIGHTS and not self._fixed:
                scale = self._scales[subject.kind] = Scale()
            largest = scale.follow(edges.weight, fixed=self._fixed)
            self._stage.show_edges(edges, largest, subject, fixed=self._fixed)
            self._stage.highlight(edges, self._hovered)
        self._stage.focus(self._focus)
        if play is None:
            self._stage.show_neurons(snapshot, self._activations)
        else:
            self._stage.show_phase(snapshot, play)
        self._stage.mark(snapshot, self._selection)

    def _set_stage(self, snapshot: Snapshot) -> None:
        self._clear()
        self._layout = self._place(snapshot)
        font = font_of(self.font(), self._layout.unit)
        taken = self._controls.place(self._layout, font)
        self._controls.chooser.show()
        board = Board(self._scene, self._layout, self._ink, self.font(), self.devicePixelRatioF())
        numbers = self._controls.numbers.isChecked()
        self._stage = Stage(board, snapshot, taken=taken, numbers=numbers)
        self._edges = None
        self._look()

    def _place(self, snapshot: Snapshot) -> Layout:
        unit = text_height(self.width(), self.height())
        metrics = QFontMetricsF(font_of(self.font(), 1.35 * unit, bold=True))
        names = snapshot.class_names or ("−0.00",)
        widest = max(metrics.horizontalAdvance(name) for name in names)
        return layout(
            snapshot.recipe.layers,
            snapshot.image_shape,
            self.width(),
            self.height(),
            min(widest / unit, 8.0),
            self._firsts,
        )

    def _look(self) -> None:
        if self._stage is not None:
            self._stage.look(self._camera.transform, self._camera.zoom)
        self._controls.show_zoom(self._camera.zoom)

    @property
    def _fixed(self) -> bool:
        return self._controls.fixed.isChecked()

    def _only(self, snapshot: Snapshot) -> Spot | None:
        """Return the neuron whose edges alone are shown."""
        if self._focus is not None or self._mode.id != "selected":
            return self._focus
        return spot_of(snapshot.recipe, self._selection)

    def _set_mode(self, mode: Mode) -> None:
        self._mode = mode
        self._build()

    def _fix_scale(self) -> None:
        self._edges = None
        if self._snapshot is not None:
            self._draw()

    def _reveal(self) -> None:
        """Shift layers so that what is selected is drawn."""
        place, selection, snapshot = self._layout, self._selection, self._snapshot
        if place is None or snapshot is None or selection is None:
            return
        if selection.fits(snapshot.recipe):
            for spot in ends_of(snapshot.recipe, selection):
                column = place.columns[spot.layer]
                if column.radius and not column.draws(spot.neuron):
                    self._shift(spot.layer, spot.neuron - column.shown // 2)

    def _shift(self, layer: int, first: int) -> None:
        """Draw the neurons of a layer from another one on."""
        assert self._layout is not None
        first = self._layout.columns[layer].window(first)
        if first != self._firsts[layer]:
            self._firsts[layer] = first
            self._build()

    # -- what hands wish ------------------------------------------------------------------------

    def point_at(self, where: QPointF | None) -> bool:
        """Highlight the edge under the mouse, if any."""
        found = None if where is None else self._hit(where)
        parameter = -1 if found is None else found.parameter
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
            step = -1 if found.kind == "previous" else 1
            self.example_requested.emit(_number(snapshot) + step)
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
        self._focus = None if spot == self._focus else spot
        self._draw()

    def leaf_at(self, where: QPointF, steps: int) -> bool:
        """Leaf through the examples over the input."""
        place, at = self._layout, self._camera.world(where)
        over = place is not None and any(
            box is not None and box.contains(at.x(), at.y()) for box in (place.tile, place.caption)
        )
        if self._snapshot is not None and over and steps:
            self.example_requested.emit(_number(self._snapshot) + steps)
        return over

    def scroll_at(self, where: QPointF, neurons: int) -> bool:
        """Shift the neurons of the layer under the mouse."""
        place, at = self._layout, self._camera.world(where)
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

    def leave(self, *, really: bool) -> bool:
        """Leave the neuron that is looked at, else the enlargement, else the selection."""
        if self._focus is None and self._camera.fits and self._selection is None:
            return False
        if really:
            if self._focus is not None:
                self._focus = None
                self._draw()
            elif not self._camera.fits:
                self.fit()
            else:
                self._pick(None)
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

    def _turn_page(self, layer: int) -> None:
        """Draw the next neurons of a layer; after the last the first again."""
        assert self._layout is not None
        column = self._layout.columns[layer]
        last = column.first + column.shown >= column.size
        self._shift(layer, 0 if last else column.first + column.shown)

    def _hit(self, where: QPointF) -> Hit | None:
        place = self._layout
        if place is None or self._stage is None or where.y() >= place.footer.top:
            return None
        at = self._camera.world(where)
        reach = 0.4 * place.unit / self._camera.zoom
        return hit(place, self._edges, at.x(), at.y(), reach)

    def _over_legend(self, where: QPointF) -> bool:
        return self._stage is not None and self._stage.legend.contains(where.x(), where.y())


def _number(snapshot: Snapshot) -> int:
    """Return by which number the example shown is asked for."""
    focus = snapshot.focus
    return focus.index if focus.place < 0 else focus.place


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    recipe = snapshot.recipe
    return recipe.layers, recipe.activations, snapshot.image_shape, snapshot.class_names


SPEC = ViewSpec("network", "Network", "centre", NetworkView, rate=12.0)
