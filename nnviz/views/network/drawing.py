"""What the network view shows, moment after moment, whatever hands do to it.

It keeps what the snapshots are shown with: the scales, the stage, what is selected
and where one looks. Painting is Qt's alone: while the window shows a moment,
training has Python to itself.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Signal
from PySide6.QtGui import QCloseEvent, QFontMetricsF, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsScene, QWidget

from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.run.units import number_targets
from nnviz.engine.selection import Selection
from nnviz.views.network.background_jobs import BackgroundJobs
from nnviz.views.network.board import Board, Line, canvas
from nnviz.views.network.camera import Camera
from nnviz.views.network.colours import NetworkColours
from nnviz.views.network.controls import Controls
from nnviz.views.network.edge_modes import MODES, WEIGHTS, Mode, Subject, shown
from nnviz.views.network.edges import Edges, Scale, Spot, strongest
from nnviz.views.network.gestures import GesturedView
from nnviz.views.network.hits import Hit, ends_of, hit, spot_of
from nnviz.views.network.layout import Layout, layout, text_height
from nnviz.views.network.own_drawing import OwnDrawing
from nnviz.views.network.phase_display import phase_display
from nnviz.views.network.scene import NetworkScene
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized


class NetworkDrawing(GesturedView):
    """The network, the example that is focused and the strongest edges; a base of the view.

    Signals:
        guest_changed(object): the drawing, (inputs,), that is shown from now on in place of the
            example in focus, or None for the example again.
    """

    guest_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self._canvas = canvas(self._scene, self)
        self._camera = Camera()
        self._controls = Controls(self)
        self._controls.mode_chosen.connect(self._set_mode)
        self._controls.numbers_chosen.connect(lambda _: self._build())
        self._controls.fixed_chosen.connect(self._fix_scale)
        self._controls.fit_wanted.connect(self.fit)
        self._besides = BackgroundJobs(self, self._controls.menu)
        self._besides.changed.connect(self._wish)
        self._besides.drawn.connect(self._show_extras)
        self._pointed: Spot | None = None
        self._guest = OwnDrawing(self)
        self._guest.changed.connect(self._show_guest)
        self._guest.left.connect(self._tell_guest)
        self._own: Snapshot | None = None  # the moment as it came, without a guest
        self._snapshot: Snapshot | None = None
        self._earlier: Snapshot | None = None
        self._layout: Layout | None = None
        self._stage: NetworkScene | None = None
        self._edges: Edges | None = None
        self._drawn: Array = np.zeros(0)
        self._mode, self._subject = MODES["weights"], WEIGHTS
        self._scales: dict[str, Scale] = {}
        self._activations: list[Scale] = []
        self._firsts: list[int] = []
        self._hovered = -1
        self._selection: Selection | None = None
        self._focus: Spot | None = None
        self.set_theme(DARK)

    # -- what is shown --------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        scale = self._ink.theme.scale
        return QSize(scale.space(850), scale.space(530))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        self._own, snapshot = snapshot, self._guest.seen(snapshot)
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
        self._besides.let_flow(before, snapshot, self._edges, self._layout)

    def show_drawing(self, picture: Array | None) -> None:
        """Show a drawing, (inputs,), in place of the example; None for the example again."""
        self._guest.invite(picture)

    @property
    def guest(self) -> Array | None:
        """The drawing that is shown instead of the example in focus, (inputs,), or None."""
        own, shown = self._own, self._snapshot
        return None if own is None or shown is None or shown is own else shown.focus.x

    def _tell_guest(self) -> None:
        self.guest_changed.emit(self._guest.picture)

    def _show_guest(self) -> None:
        self._tell_guest()
        if self._own is not None and self.isVisible():
            self.show_snapshot(self._own)

    def select(self, selection: Selection | None) -> None:
        """Mark what was picked in whichever view, and bring it into sight."""
        if selection == self._selection:
            return
        self._selection = selection
        self._reveal()
        if self._snapshot is not None:
            self._draw()

    @property
    def modes(self) -> tuple[str, ...]:
        """The ids of what edges can show."""
        return tuple(MODES)

    def set_mode(self, mode: str) -> None:
        """Choose what edges show: one of `modes`."""
        self._controls.modes[mode].trigger()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._ink = NetworkColours(theme)
        self.setMinimumSize(theme.scale.space(250), theme.scale.space(110))
        self._controls.set_theme(theme)
        self._besides.switches.set_theme(theme)
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

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no work behind."""
        super().hideEvent(event)
        self._rest()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave no work behind."""
        super().closeEvent(event)
        self._rest()

    def _rest(self) -> None:
        if self._besides.rest():
            # What was under way is ordered anew with the next moment.
            self._edges = None

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
        self._besides.switches.offer(None)
        height = text_height(self.width(), self.height(), self._ink.theme.scale)
        line = Line(self._scene, sized(self.font(), height), self._ink.dim, 0.5)
        line.write(self.width() / 2, self.height() / 2, "The network will appear here")

    def _clear(self) -> None:
        self._besides.mount(None)
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
        play = phase_display(snapshot)
        subject, vector = shown(self._mode, snapshot, self._earlier, play)
        only = self._only(snapshot)
        edges = self._edges
        if (
            edges is None
            or subject != self._subject
            or only != edges.only
            or not np.array_equal(self._drawn, vector)
        ):
            other = subject.kind != self._subject.kind
            self._drawn, self._subject = vector, subject
            edges = self._edges = strongest(snapshot.recipe, vector, self._layout, only)
            scale = self._scales.setdefault(subject.kind, Scale())
            if play is not None and subject is not WEIGHTS and not self._fixed:
                scale = self._scales[subject.kind] = Scale()
            largest = scale.follow(edges.weight, fixed=self._fixed, shrink=only is None)
            self._stage.show_edges(edges, largest, subject, fixed=self._fixed)
            self._stage.highlight(edges, self._hovered)
            scaled = largest if self._fixed else None
            few = only is not None
            self._besides.order(snapshot, vector, scaled, other=other, few=few)
        self._stage.focus(self._focus)
        if play is None:
            self._stage.show_neurons(snapshot, self._activations)
        else:
            self._stage.show_phase(snapshot, play)
        self._show_extras()

    def _wish(self) -> None:
        """Show what is wished for by now, without placing anything anew if that can be helped."""
        snapshot, stage, edges = self._snapshot, self._stage, self._edges
        if snapshot is None or stage is None or edges is None or self._controls.numbers.isChecked():
            self._build()
            return
        self._besides.flow.stop()
        scaled = self._scales[self._subject.kind].largest if self._fixed else None
        few = edges.only is not None
        self._besides.order(snapshot, self._drawn, scaled, other=False, few=few)
        self._show_extras()

    def _show_extras(self) -> None:
        """Show what was asked for besides, and what is selected."""
        snapshot, stage = self._snapshot, self._stage
        if snapshot is not None and stage is not None:
            picked = spot_of(snapshot.recipe, self._selection)
            stage.show_extras(snapshot, phase_display(snapshot), self._pointed, picked)
            stage.mark(snapshot, self._selection)

    def _set_stage(self, snapshot: Snapshot) -> None:
        self._clear()
        self._layout = self._place(snapshot)
        taken = self._controls.place(self._layout)
        self._besides.switches.offer(snapshot)
        taken = self._besides.switches.place(self._layout, taken)
        self._controls.chooser.show()
        board = Board(self._scene, self._layout, self._ink, self.font(), self.devicePixelRatioF())
        numbers = self._controls.numbers.isChecked()
        wishes = self._besides.wishes
        self._stage = NetworkScene(board, snapshot, wishes=wishes, taken=taken, numbers=numbers)
        self._besides.mount(self._stage)
        self._edges = None
        self._look()

    def _place(self, snapshot: Snapshot) -> Layout:
        scale = self._ink.theme.scale
        unit = text_height(self.width(), self.height(), scale)
        heading = unit * Step.HEADING.value / Step.BODY.value
        metrics = QFontMetricsF(sized(self.font(), heading, bold=True))
        targets = number_targets(snapshot.description, snapshot.recipe.layers[-1])
        numbers = tuple(f"−888.8 {column.unit}".rstrip() for column in targets)
        names = snapshot.class_names or numbers or ("−0.00",)
        widest = max(metrics.horizontalAdvance(name) for name in names)
        return layout(
            snapshot.recipe.layers,
            snapshot.image_shape,
            self.width(),
            self.height(),
            min(widest / unit, 8.0),
            self._firsts,
            9.5 if snapshot.feature_names else 5.4,
            scale,
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

    def _hit(self, where: QPointF) -> Hit | None:
        place = self._layout
        if place is None or self._stage is None or where.y() >= place.footer.top:
            return None
        at = self._camera.world(where)
        reach = 0.4 * place.unit / self._camera.zoom
        found, alone = self._stage.extras.hit(at.x(), at.y())
        if found is not None or alone:
            return found
        return hit(place, self._edges, at.x(), at.y(), reach)

    def _over_legend(self, where: QPointF) -> bool:
        return self._stage is not None and self._stage.legend.contains(where.x(), where.y())


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    recipe = snapshot.recipe
    names = snapshot.class_names, snapshot.feature_names
    return recipe.layers, recipe.activations, snapshot.image_shape, *names
