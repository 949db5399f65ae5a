"""The network view: a digit on its way through a net whose weights are being learned.

Neurons, bars and words are drawn with every frame. The edges, which cost far
more, are drawn into a layer of their own: anew for every frame when training
stands still, and while it runs only as often as leaves the training its time.
"""

from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.snapshot import Array, Snapshot
from nnviz.views.network_edges import Edges, Scale, ends, nearest, strongest
from nnviz.views.network_figures import (
    CENTRE,
    draw_caption,
    draw_circles,
    draw_footer,
    draw_headings,
    draw_input_names,
    draw_outputs,
    draw_tile,
    picture,
    write,
)
from nnviz.views.network_ink import EdgeLayer, Ink, edge_curve, font_of
from nnviz.views.network_layout import Layout, layout, text_height
from nnviz.views.network_tips import tip_of_neuron, tip_of_weight
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

SHARE_FOR_EDGES = 0.12
"""Largest share of time spent on drawing edges while training runs."""


class NetworkView(View):
    """The network, the example that is focused and the strongest weights.

    Signals:
        example_requested: index of another test example to focus; it may lie just outside.
        edge_picked: index into theta of the weight that was clicked.
    """

    example_requested = Signal(int)
    edge_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 220)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._ink = Ink(DARK)
        self._snapshot: Snapshot | None = None
        self._layout: Layout | None = None
        self._edges: Edges | None = None
        self._weights = Scale()
        self._activations: list[Scale] = []
        self._layer = EdgeLayer()
        self._pixmap: QPixmap | None = None
        self._drawn_theta: Array = np.zeros(0)
        self._drawn_at, self._cost = 0.0, 0.0
        self._image: QImage | None = None
        self._hovered = -1

    def sizeHint(self) -> QSize:
        """Ask for the room in which everything reads well."""
        return QSize(850, 530)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or _shape(before) != _shape(snapshot):
            self._layout = None
        if before is None or before.run != snapshot.run or self._layout is None:
            self._weights = Scale()
            self._activations = [Scale() for _ in snapshot.recipe.layers]
            self._pixmap = None
        if before is None or before.focus.x is not snapshot.focus.x:
            shape = snapshot.image_shape
            self._image = picture(snapshot.focus.x, shape) if shape else None
        waited = perf_counter() - self._drawn_at
        due = not snapshot.playing or waited > self._cost / SHARE_FOR_EDGES
        if due and not np.array_equal(self._drawn_theta, snapshot.theta):
            self._pixmap = None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._ink = Ink(theme)
        self._pixmap = None
        self.update()

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
        self._layout = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw edges if they are due, then everything that changes with each frame."""
        painter = QPainter(self)
        ink, snapshot = self._ink, self._snapshot
        if snapshot is None:
            painter.fillRect(self.rect(), ink.panel)
            painter.setFont(font_of(self.font(), text_height(self.width(), self.height())))
            middle = self.rect().center()
            write(painter, middle.x(), middle.y(), "The network will appear here", CENTRE, ink.dim)
            return
        place = self._place(snapshot)
        pixmap, edges = self._background(snapshot, place)
        painter.drawPixmap(0, 0, pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = np.flatnonzero(edges.parameter == self._hovered)
        if len(hovered):
            corners = [float(part[hovered[0]]) for part in ends(place, edges)]
            painter.setPen(QPen(ink.now, max(3.0, 0.22 * place.unit)))
            painter.drawPath(edge_curve(corners))
        painter.setFont(font_of(self.font(), place.unit))
        if place.tile is not None and self._image is not None:
            draw_tile(painter, place, self._image, ink)
        else:
            draw_input_names(painter, snapshot, place, ink, self.font())
        largest = self._draw_neurons(painter, snapshot, place)
        draw_caption(painter, snapshot, place, ink)
        draw_outputs(painter, snapshot, place, ink, self.font(), largest)

    def _place(self, snapshot: Snapshot) -> Layout:
        if self._layout is None:
            unit = text_height(self.width(), self.height())
            metrics = QFontMetricsF(font_of(self.font(), 1.35 * unit, bold=True))
            names = snapshot.class_names or ("−0.00",)
            widest = max(metrics.horizontalAdvance(name) for name in names)
            self._layout = layout(
                snapshot.recipe.layers,
                snapshot.image_shape,
                self.width(),
                self.height(),
                min(widest / unit, 8.0),
            )
            self._pixmap = None
        return self._layout

    def _background(self, snapshot: Snapshot, place: Layout) -> tuple[QPixmap, Edges]:
        """Return the edges and the words that stay, drawn anew if they are due."""
        if self._pixmap is not None and self._edges is not None:
            return self._pixmap, self._edges
        start, ink = perf_counter(), self._ink
        edges = strongest(snapshot.recipe, snapshot.theta, place)
        largest = self._weights.follow(edges.weight)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(ink.panel)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._layer.draw(painter, place, edges, largest, ink)
        font = font_of(self.font(), place.unit)
        painter.setFont(font)
        draw_headings(painter, snapshot, place, font, ink)
        draw_footer(painter, place, len(edges), edges.total, largest, ink)
        painter.end()
        self._pixmap, self._edges = pixmap, edges
        self._drawn_theta = snapshot.theta
        self._drawn_at = perf_counter()
        self._cost = self._drawn_at - start
        return pixmap, edges

    def _draw_neurons(self, painter: QPainter, snapshot: Snapshot, place: Layout) -> float:
        largest = 1.0
        values = (snapshot.focus.x, *snapshot.focus.a)
        names = ("linear", *snapshot.recipe.activations)
        for column, scale, a, name in zip(
            place.columns, self._activations, values, names, strict=True
        ):
            largest = max(1.0, scale.follow(a))
            if column.radius:
                fills = self._ink.fills(name, a[: column.shown], largest)
                draw_circles(painter, column, fills, self._ink, place.unit)
        return largest

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlight the edge under the mouse, if any."""
        where = event.position()
        found = self._edge_at(where)
        hovered = -1 if found is None else found
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
        clickable = found is not None or self._example_at(where) is not None
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Highlight nothing once the mouse has left."""
        self._hovered = -1
        self.update()

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
        self.example_requested.emit(self._snapshot.focus.index + step)

    def event(self, event: QEvent) -> bool:
        """Name the number under the mouse when a tool tip is asked for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the place: a weight, a neuron or nothing."""
        place, snapshot = self._layout, self._snapshot
        if place is None or snapshot is None:
            return ""
        if self._example_at(where) is not None:
            return "Click or turn the wheel for another test example"
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
        return self._snapshot.focus.index + (-1 if back else 1)

    def _edge_at(self, where: QPointF) -> int | None:
        if self._layout is None or self._edges is None:
            return None
        reach = 0.4 * self._layout.unit
        found = nearest(self._layout, self._edges, where.x(), where.y(), reach)
        return None if found is None else int(self._edges.parameter[found])


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    recipe = snapshot.recipe
    return recipe.layers, recipe.activations, snapshot.image_shape, snapshot.class_names


SPEC = ViewSpec("network", "Network", "centre", NetworkView)
