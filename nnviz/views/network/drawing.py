"""The network on a Qt scene: placed once, then shown moment after moment.

It keeps what moments are shown with: the scales of colours, the stage and where one looks.
Painting is Qt's alone: while the window shows a moment, training has Python to itself.
"""

from math import hypot
from typing import cast

from PySide6.QtCore import QObject, QPointF, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsScene, QWidget

from nnviz.views.network.all_edges_thread import AllEdgesThread, Finished
from nnviz.views.network.board import Board, Line, canvas
from nnviz.views.network.camera import Camera
from nnviz.views.network.colours import NetworkColours
from nnviz.views.network.controls import Controls
from nnviz.views.network.edge_modes import WEIGHTS
from nnviz.views.network.edges import Edges, Scale, Spot
from nnviz.views.network.hits import Hit, beneath, column_at, hit
from nnviz.views.network.knobs import RIM
from nnviz.views.network.layout import Layout, layout, text_height
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.network.scene import NetworkScene
from nnviz.views.network.signals import Signals, waves_of
from nnviz.views.palette import Theme
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import Step, sized

WIDEST = 4
"""How many times its width a network is believed to need at most."""
STILL = 4.0
"""Pixels within which a mouse has not moved away from an edge that lies beneath another."""


class NetworkDrawing(QObject):
    """The drawing of a network in a widget.

    Attributes:
        desk: where pictures of all edges are ordered.
        flow: the signals on their way.
        place: where things stand; None while there is no network.
        stage: the figures of the network; None while there is none.
        edges: those on screen.
        pointed: the neuron under the mouse.
        hovered: index into theta of the weight under the mouse, or −1.
    """

    def __init__(self, widget: QWidget, controls: Controls, theme: Theme) -> None:
        """Draw in a widget, as large as itself, below the buttons that stand on it."""
        super().__init__(widget)
        self._controls = controls
        self._ink = NetworkColours(theme)
        self.scene = QGraphicsScene(self)
        self._canvas = canvas(self.scene, widget)
        self._canvas.lower()
        self.camera = Camera()
        self.desk, self.flow = AllEdgesThread(self), Signals(self)
        self.desk.finished.connect(self.show_finished)
        self._ordered_for: NetworkScene | None = None
        self.place: Layout | None = None
        self.stage: NetworkScene | None = None
        self.edges: Edges | None = None
        self.pointed: Spot | None = None
        self.hovered = -1
        self._pointer: QPointF | None = None
        self._held, self._held_at = -1, QPointF()
        self._shown: NetworkPicture | None = None
        self._scales: dict[str, Scale] = {}
        self._activations: list[Scale] = []

    @property
    def _widget(self) -> QWidget:
        # Only Qt knows it: a reference of our own would keep it alive when Qt has let it go.
        return cast(QWidget, self.parent())

    # -- what is shown --------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes; what is shown is placed anew."""
        self._ink = NetworkColours(theme)
        self.clear()

    def resize(self, size: QSize) -> None:
        """Take on the widget's size; what is shown is placed anew."""
        self._canvas.setGeometry(0, 0, size.width(), size.height())
        self.camera.resize(size.width(), size.height())
        self.clear()

    def clear(self) -> None:
        """Take everything away, to be placed anew with what is shown next."""
        self.stage = self.edges = None

    def forget(self, layers: tuple[int, ...]) -> None:
        """Let the scales begin anew, as for another run."""
        self._scales = {}
        self._activations = [Scale() for _ in layers]
        self.edges = None

    def show_nothing(self) -> None:
        """Say that there is no network yet."""
        self._clear_scene()
        self._controls.show_available(None)
        width, height = self._widget.width(), self._widget.height()
        font = sized(self._widget.font(), text_height(width, height, self._ink.theme.scale))
        words = fullest(NO_RUN, font, width)
        Line(self.scene, font, self._ink.dim, 0.5).write(width / 2, height / 2, words)

    def show(self, picture: NetworkPicture) -> None:
        """Show a moment."""
        anew = self.stage is None
        if anew:
            self._set_stage(picture)
        assert self.stage is not None
        before, self._shown = self._shown, picture
        switched = before is not None and before.state != picture.state
        if switched:
            self.flow.stop()
        if switched or picture.edges is not self.edges:
            other = before is None or before.subject.kind != picture.subject.kind
            self._show_edges(picture, other=other)
        self.stage.focus(picture.state.focus)
        self.stage.show(picture, self._activations)
        self.show_overlays()
        if (anew or switched) and self._pointer is not None:
            # Something else may lie there now, under a mouse that did not move.
            self._show_pointed(self.hit(self._pointer))

    def show_overlays(self) -> None:
        """Show what else was asked for, and what is selected."""
        if self._shown is not None and self.stage is not None:
            self.stage.show_overlays(self._shown, self.pointed)

    def show_finished(self, finished: Finished) -> None:
        """Show a picture of all edges that has come."""
        if self.stage is not None:
            self.stage.overlays.all_edges.show(finished)
            self.show_overlays()

    def let_flow(self, picture: NetworkPicture) -> None:
        """Let signals run along the edges, if they are wished for and edges are to be seen."""
        stage, place = self.stage, self.place
        if stage and place and picture.state.signals and stage.overlays.single:
            self.flow.start(waves_of(picture, place))

    def point_at(self, where: QPointF | None) -> None:
        """Highlight the edge under the mouse, or show more of the neuron; None: it has left."""
        self._pointer = where
        if where is None or (where - self._held_at).manhattanLength() >= STILL:
            self._held = -1
        self._show_pointed(None if where is None else self.hit(where))

    def _show_pointed(self, found: Hit | None) -> None:
        pointed = found.spot if found is not None and found.kind == "neuron" else None
        if pointed != self.pointed:
            self.pointed = pointed
            self.show_overlays()
        parameter = -1 if found is None else found.parameter
        if parameter != self.hovered:
            self.hovered = parameter
            if self.stage is not None and self.edges is not None:
                self.stage.highlight(self.edges, parameter)

    def look(self) -> None:
        """Follow the camera."""
        if self.stage is not None:
            self.stage.look(self.camera.transform, self.camera.zoom)
        self._controls.show_zoom(self.camera.zoom)

    def rest(self) -> None:
        """Leave no work behind; what was under way is ordered anew with the next moment."""
        self.flow.stop()
        if self.desk.busy:
            self.edges = None
        self.desk.stop()

    def fit(self) -> None:
        """Show all of the drawing."""
        self.camera.fit()
        self.look()

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Look nearer at a place, or from further away."""
        self.camera.zoom_at(where, factor)
        self.look()

    def pan(self, way: QPointF) -> None:
        """Shift the drawing."""
        self.camera.pan(way.x(), way.y())
        self.look()

    # -- what lies where ------------------------------------------------------------------------

    def hit(self, where: QPointF) -> Hit | None:
        """Return what lies at a place of the widget; None for empty ground."""
        place = self.place
        if place is None or self.stage is None or where.y() >= place.footer.top:
            return None
        at = self.camera.world(where)
        reach = 0.4 * place.unit / self.camera.zoom
        found, alone = self.stage.overlays.hit(at.x(), at.y())
        if found is not None or alone:
            return found
        return hit(place, self.edges, at.x(), at.y(), reach, self._held)

    def dig(self, where: QPointF, parameter: int) -> Hit | None:
        """Hold the edge that lies beneath a parameter's at a place, until the mouse moves away."""
        if self.place is None or self.edges is None:
            return None
        at, reach = self.camera.world(where), 0.4 * self.place.unit / self.camera.zoom
        there = beneath(self.place, self.edges, at.x(), at.y(), reach, parameter)
        self._held, self._held_at = -1 if there is None else there, where
        self._show_pointed(self.hit(where))
        return None if there is None else self.hit(where)

    def on_rim(self, where: QPointF, found: Hit | None) -> bool:
        """Tell whether a place is on the rim of the neuron that lies there."""
        if found is None or found.kind != "neuron" or self.place is None:
            return False
        column, at = self.place.columns[found.layer], self.camera.world(where)
        if not 0 <= found.neuron - column.first < column.shown:
            return False  # it is on the wall of fields alone
        away = hypot(at.x() - column.x, at.y() - column.height_of(found.neuron))
        return bool(column.radius) and away >= RIM * column.radius

    def clickable(self, where: QPointF, *, edit: bool) -> bool:
        """Tell whether a click does anything there, to edit what lies there or else to select."""
        return (not edit and self.on_legend(where)) or self.hit(where) is not None

    def scrolls(self, where: QPointF) -> bool:
        """Tell whether the wheel shifts neurons there."""
        return self.on_fields(where) or self.column(where) is not None

    def on_legend(self, where: QPointF) -> bool:
        """Tell whether the scale of colours is there."""
        return self.stage is not None and self.stage.legend.contains(where.x(), where.y())

    def on_input(self, where: QPointF) -> bool:
        """Tell whether the picture, or what is said of the example, is there."""
        place, at = self.place, self.camera.world(where)
        return place is not None and any(
            box is not None and box.contains(at.x(), at.y()) for box in (place.tile, place.caption)
        )

    def on_fields(self, where: QPointF) -> bool:
        """Tell whether the wall of receptive fields is there."""
        at = self.camera.world(where)
        return self.stage is not None and self.stage.overlays.on_fields(at.x(), at.y())

    @property
    def first_field(self) -> int:
        """The first neuron whose receptive field is on the page."""
        return 0 if self.stage is None else self.stage.overlays.first_field

    def column(self, where: QPointF) -> int | None:
        """Return the layer whose neurons can be shifted at a place."""
        at = self.camera.world(where)
        return None if self.place is None else column_at(self.place, at.x(), at.y())

    # -- how it is made -------------------------------------------------------------------------

    def _show_edges(self, picture: NetworkPicture, *, other: bool) -> None:
        assert self.stage is not None
        edges, subject, fixed = picture.edges, picture.subject, picture.state.fixed
        self.edges = edges
        scale = self._scales.setdefault(subject.kind, Scale())
        if picture.play is not None and subject is not WEIGHTS and not fixed:
            scale = self._scales[subject.kind] = Scale()
        largest = scale.follow(edges.weight, fixed=fixed, shrink=edges.only is None)
        self.stage.show_edges(edges, largest)
        self.stage.highlight(edges, self.hovered)
        self._order(picture, other=other)

    def _order(self, picture: NetworkPicture, *, other: bool) -> None:
        """Order the picture of all edges if wished for; `other` where edges showed other things."""
        assert self.stage is not None
        all_edges = self.stage.overlays.all_edges
        wanted = picture.state.all_edges and picture.edges.only is None
        if other or not wanted:
            all_edges.hide()
        if not wanted:
            self.desk.stop()
            return
        fixed = picture.state.fixed
        largest = self._scales[picture.subject.kind].largest if fixed else None
        order = all_edges.order(
            picture.snapshot.recipe, picture.values, picture.snapshot.step, largest
        )
        # While it plays a picture that is under way is finished, or none would ever be.
        urgent = not picture.snapshot.playing or self._ordered_for is not self.stage
        self._ordered_for = self.stage
        self.desk.order(order, urgent=urgent)

    def _clear_scene(self) -> None:
        self.flow.mount(None)
        self.scene.clear()
        self.scene.setSceneRect(0, 0, self._widget.width(), self._widget.height())
        self.scene.setBackgroundBrush(self._ink.panel)

    def _set_stage(self, picture: NetworkPicture) -> None:
        self._clear_scene()
        if self.pointed is not None and not self.pointed.is_in(picture.snapshot.recipe.layers):
            self.pointed = None  # it was a neuron of another net
        place = self.place = self._placed(picture, self._widget.width())
        self._controls.show_available(picture.facts)
        taken = self._controls.put(place)
        ratio = self._widget.devicePixelRatioF()
        board = Board(self.scene, place, self._ink, self._widget.font(), ratio)
        self.stage = NetworkScene(board, picture, taken)
        self.flow.mount(self.stage.overlays.pulses)
        self.edges = None
        self.look()

    def least_width(self, picture: NetworkPicture) -> int:
        """Return a width in which layers are not crowded, at the height that it has; 0 for any."""
        width, step = self._widget.width(), max(self._widget.width() // 20, 1)
        if not self._placed(picture, width).crowded:
            return 0
        wider = range(width + step, WIDEST * width, step)
        return next((one for one in wider if not self._placed(picture, one).crowded), wider.stop)

    def _placed(self, picture: NetworkPicture, width: int) -> Layout:
        scale, widget, facts = self._ink.theme.scale, self._widget, picture.facts
        unit = text_height(width, widget.height(), scale)
        heading = unit * Step.HEADING.value / Step.BODY.value
        metrics = QFontMetricsF(sized(widget.font(), heading, bold=True))
        widest = max(metrics.horizontalAdvance(name) for name in facts.widest)
        return layout(
            picture.snapshot.recipe.layers,
            facts.image_shape,
            width,
            widget.height(),
            min(widest / unit, 8.0),
            picture.state.firsts,
            9.5 if facts.tabular else 5.4,
            scale,
        )
