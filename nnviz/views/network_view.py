"""The network view: a digit on its way through a net whose weights are being learned.

It keeps what the snapshots are shown with, its scales and its stage, and answers
the mouse. Painting is Qt's alone: while the window shows a moment, training has
Python to itself.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsScene, QToolTip, QWidget

from nnviz.engine.snapshot import Array, Snapshot
from nnviz.views.network_board import Board, Line, canvas
from nnviz.views.network_edges import Edges, Scale, nearest, strongest
from nnviz.views.network_ink import Ink, font_of
from nnviz.views.network_layout import Layout, layout, text_height
from nnviz.views.network_play import WEIGHTS, play_of
from nnviz.views.network_stage import Stage
from nnviz.views.network_tips import tip_of_neuron, tip_of_weight
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec


class NetworkView(View):
    """The network, the example that is focused and the strongest weights.

    Signals:
        example_requested: index of another test example to focus or, phase by phase, its
            place in the minibatch; it may lie just outside.
        edge_picked: index into theta of the weight that was clicked.
    """

    example_requested = Signal(int)
    edge_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 220)
        self.setMouseTracking(True)
        self._scene = QGraphicsScene(self)
        self._canvas = canvas(self._scene, self)
        self._ink = Ink(DARK)
        self._snapshot: Snapshot | None = None
        self._layout: Layout | None = None
        self._stage: Stage | None = None
        self._edges: Edges | None = None
        self._drawn: Array = np.zeros(0)
        self._subject = WEIGHTS
        self._weights = Scale()
        self._activations: list[Scale] = []
        self._hovered = -1

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        return QSize(850, 530)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or _shape(before) != _shape(snapshot):
            self._stage = None
        if self._stage is None or before is None or before.run != snapshot.run:
            self._weights = Scale()
            self._activations = [Scale() for _ in snapshot.recipe.layers]
            self._edges = None
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._ink = Ink(theme)
        self._build()

    @property
    def edges(self) -> Edges | None:
        """The edges on screen."""
        return self._edges

    @property
    def place(self) -> Layout | None:
        """Where things stand on screen."""
        return self._layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._canvas.setGeometry(self.rect())
        self._build()

    def _build(self) -> None:
        """Place everything anew, in today's size, font and colours."""
        self._stage = None
        if self._snapshot is not None:
            self._draw()
            return
        self._clear()
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
            self._clear()
            self._layout = self._place(snapshot)
            ratio = self.devicePixelRatioF()
            board = Board(self._scene, self._layout, self._ink, self.font(), ratio)
            self._stage = Stage(board, snapshot)
            self._edges = None
        assert self._layout is not None
        play = play_of(snapshot)
        subject = WEIGHTS if play is None else play.subject
        vector = subject.vector(snapshot)
        if (
            self._edges is None
            or subject is not self._subject
            or not np.array_equal(self._drawn, vector)
        ):
            self._drawn, self._subject = vector, subject
            self._edges = strongest(snapshot.recipe, vector, self._layout)
            scale = self._weights if subject is WEIGHTS else Scale()
            self._stage.show_edges(self._edges, scale.follow(self._edges.weight), subject)
            self._stage.highlight(self._edges, self._hovered)
        if play is None:
            self._stage.show_neurons(snapshot, self._activations)
        else:
            self._stage.show_phase(snapshot, play)

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
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlight the edge under the mouse, if any."""
        where = event.position()
        found = self._edge_at(where)
        self._hover(-1 if found is None else found)
        clickable = found is not None or self._example_at(where) is not None
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Highlight nothing once the mouse has left."""
        self._hover(-1)

    def _hover(self, parameter: int) -> None:
        if parameter != self._hovered:
            self._hovered = parameter
            if self._stage is not None and self._edges is not None:
                self._stage.highlight(self._edges, parameter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for another example, or report the edge that was clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        example, edge = self._example_at(event.position()), self._edge_at(event.position())
        if example is not None:
            self.example_requested.emit(example)
        elif edge is not None:
            self.edge_picked.emit(edge)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaf through the examples over the input."""
        step = -int(np.sign(event.angleDelta().y()))
        if self._snapshot is None or not step or not self._over_input(event.position()):
            event.ignore()
            return
        self.example_requested.emit(_number(self._snapshot) + step)

    def event(self, event: QEvent) -> bool:
        """Name the number under the mouse when a tool tip is asked for; follow font and screen."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        done = super().event(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange):
            self._build()
        return done

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the place: a weight, a neuron or nothing."""
        place, snapshot = self._layout, self._snapshot
        if place is None or snapshot is None:
            return ""
        if self._example_at(where) is not None:
            which = "test example" if snapshot.focus.place < 0 else "example of the minibatch"
            return f"Click or turn the wheel for another {which}"
        edge = self._edge_at(where)
        return tip_of_neuron(snapshot, place, where.x(), where.y()) or (
            "" if edge is None else tip_of_weight(snapshot, edge)
        )

    def _over_input(self, where: QPointF) -> bool:
        place = self._layout
        return place is not None and any(
            box is not None and box.contains(where.x(), where.y())
            for box in (place.tile, place.caption)
        )

    def _example_at(self, where: QPointF) -> int | None:
        place = self._layout
        if place is None or self._snapshot is None or not self._over_input(where):
            return None
        back = place.previous.contains(where.x(), where.y())
        return _number(self._snapshot) + (-1 if back else 1)

    def _edge_at(self, where: QPointF) -> int | None:
        if self._layout is None or self._edges is None:
            return None
        reach = 0.4 * self._layout.unit
        found = nearest(self._layout, self._edges, where.x(), where.y(), reach)
        return None if found is None else int(self._edges.parameter[found])


def _number(snapshot: Snapshot) -> int:
    """Return by which number the example shown is asked for."""
    focus = snapshot.focus
    return focus.index if focus.place < 0 else focus.place


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    recipe = snapshot.recipe
    return recipe.layers, recipe.activations, snapshot.image_shape, snapshot.class_names


SPEC = ViewSpec("network", "Network", "centre", NetworkView, rate=12.0)
