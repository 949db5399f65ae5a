"""The drawings of the plane: what a map and curves have in common, frame, examples and pointer."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from nnviz.data.description import Column
from nnviz.data.drawn_points import arrays
from nnviz.views.palette import Theme
from nnviz.views.plane.drawing import APART, MOVE, Gesture, made_points
from nnviz.views.plane.examples import Points
from nnviz.views.plane.items import PlaneItems
from nnviz.views.plane.marks import MANY, layer_of, paint_marks
from nnviz.views.plane.picture import PlanePicture
from nnviz.views.plane.state import PlaneState
from nnviz.views.shared.framed_plot import FramedPlot, Range
from nnviz.views.shared.key_cursor import KeyCursor
from nnviz.views.shared.plot import Array


class PlanePlot(FramedPlot):
    """A drawing over the plane or a line; its places are coordinates, (2,).

    Signals:
        picked(int): the test example next to a click.
        drawn(object): what hands have done to the points, after a gesture has changed it.
        filled(bool): whether there are as many points as the tool in hand can put or move.

    Attributes:
        tool: what a press does: a class to put points of, `ERASE`, `MOVE`, or None to pick.
        dataset: name of the data whose points are shown.
    """

    picked = Signal(int)
    drawn = Signal(object)
    filled = Signal(bool)
    NAMES_BESIDE = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # It lays its whole ground itself: what is behind need not be painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._items, self._cursor = PlaneItems(self), KeyCursor()
        self._shown: PlanePicture | None = None
        self._state = PlaneState()
        self._layer: tuple[object, QPixmap] | None = None
        self.tool: int | None = None
        self.dataset = ""
        self._gesture: Gesture | None = None
        self.chosen.connect(self._pick)

    def show_picture(self, shown: PlanePicture, state: PlaneState) -> None:
        """Show another moment."""
        self._shown, self._state = shown, state
        self._items.told_anew()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._layer = None
        super().set_theme(theme)

    # -- where things stand -------------------------------------------------------------------

    def ends(self) -> tuple[Range, Range] | None:
        """Return the ends of both axes in coordinates."""
        raise NotImplementedError

    def ranges(self) -> tuple[Range, Range] | None:
        """Return the ends of both axes in the numbers that the data are given in."""
        ends, shown = self.ends(), self._shown
        if ends is None or shown is None:
            return None
        across, upwards = map(_given, ends, shown.columns)
        return across, upwards

    def names(self) -> tuple[str, str]:
        """Return the names of both axes."""
        return ("", "") if self._shown is None else self._shown.names

    def places_of(self, points: Array) -> Array:
        """Return where coordinates (n, 2) stand in the widget, in pixels, (n, 2)."""
        ends = self.ends()
        assert ends is not None
        low, high = np.array(ends, np.float64).T
        return self.pixels((points - low) / (high - low))

    def place_at(self, at: QPointF) -> Array | None:
        """Return the coordinates under a pixel, or None beside the field."""
        ends, share = self.ends(), self.share_at(at)
        if ends is None or not ((share >= 0) & (share <= 1)).all():
            return None
        low, high = np.array(ends, np.float64).T
        return np.asarray(low + share * (high - low))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        super().mouseMoveEvent(event)
        self._cursor.hide()
        self._follow(event.position())
        self.setCursor(
            Qt.CursorShape.CrossCursor
            if self.place_at(event.position()) is not None
            else Qt.CursorShape.ArrowCursor
        )

    @property
    def shown(self) -> PlanePicture | None:
        """What is drawn."""
        return self._shown

    # -- keys ---------------------------------------------------------------------------------

    @property
    def _draws(self) -> bool:
        """Whether keys draw: a tool is in the hand and there is something to draw on."""
        return self.tool is not None and self._shown is not None and self._shown.done is not None

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows go from example to example, or draw."""
        if not self._draws:
            return self._items.takes_key(event)
        self._cursor.show()
        return self._cursor.takes_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next example; with a tool in the hand move it, or put a point."""
        if not self.takes_key(event):
            event.ignore()
        elif not self._draws:
            self._items.key(event)
        elif self._cursor.moves(event, self.area()):
            at = self._cursor.place(self.area())
            self.hovered.emit(self.place_at(at))
            self._follow(at)
        elif self._gesture is not None:
            self._end()
        else:
            self._begin(self._cursor.place(self.area()))
            if self.tool != MOVE:  # a point that is taken hold of is carried until the next press
                self._end()
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of an arrow."""
        self._cursor.lets_go(event)
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the cursor of keys away."""
        self._cursor.hide()
        super().focusOutEvent(event)

    # -- drawing ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, or pick."""
        if not self._draws or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._begin(event.position())

    def _begin(self, at: QPointF) -> None:
        """Begin a gesture at a pixel."""
        place, shown = self.place_at(at), self._shown
        if place is None or shown is None or shown.done is None or self.tool is None:
            return
        x, y = place.tolist()
        moves = self.tool == MOVE and shown.done.movable
        made = made_points(self.dataset)[0] if moves else None
        how = self._scale(), self._reach(), made
        self._show_gesture(Gesture.begun(self.tool, shown.done, (x, y), *how))

    def _follow(self, at: QPointF) -> None:
        """Go on drawing."""
        place = self.place_at(at)
        if self._gesture is not None and place is not None:
            x, y = place.tolist()
            apart = self._theme.scale.line(APART)
            self._show_gesture(self._gesture.moved((x, y), self._scale(), self._reach(), apart))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture: what it has done is told once."""
        super().mouseReleaseEvent(event)
        self._end()

    def _end(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None and self._shown is not None and gesture.done != self._shown.done:
            self.drawn.emit(gesture.done)
            self.update()

    def _show_gesture(self, gesture: Gesture) -> None:
        if gesture != self._gesture:
            self._gesture = gesture
            self.filled.emit(gesture.full)
            self.update()

    def _scale(self) -> tuple[float, float]:
        """Return how many of each coordinate a pixel is."""
        ends, area = self.ends(), self.area()
        assert ends is not None
        (left, right), (bottom, top) = ends
        return (right - left) / area.width(), (top - bottom) / area.height()

    def _reach(self) -> float:
        """Return how many pixels a hand may miss a point by."""
        return max(self._theme.scale.line(7), self.radius(MANY + 1))

    def _paint_gesture(self, painter: QPainter) -> None:
        """Paint the points that hands have put as they would be if the gesture ended now."""
        gesture = self._gesture
        if gesture is None:
            return
        put = list(gesture.done.drawn)
        for number, x, y in gesture.done.moved:
            if number == gesture.carried:
                put.append((int(made_points(self.dataset)[1][number]), x, y))
        if not put:
            return
        where, classes = arrays(put)
        points = Points(np.asarray(where, np.float64), classes, None)
        radius = 1.4 * self.radius(len(where))
        places = self.places_of(points.where)
        paint_marks(painter, points, places, radius, 2, self._theme, hollow=False)

    def _paint_hint(self, painter: QPainter, area: QRectF, hint: str) -> None:
        """Write what to do over the middle of the field."""
        painter.setFont(self.letters())
        room, gap = area.adjusted(0.1 * area.width(), 0, -0.1 * area.width(), 0), self.thick(6)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        box = painter.boundingRect(room, flags, hint).adjusted(-gap, -gap, gap, gap)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(box, gap, gap)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(room, flags, hint)

    def _pick(self, place: Array) -> None:
        """Tell which test example is next to a place, on screen."""
        test = None if self._shown is None else self._shown.test
        if test is None or not len(test.where):
            return
        away = self.places_of(test.where) - self.places_of(place[np.newaxis])
        self.picked.emit(int(np.argmin((away**2).sum(axis=1))))

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint field, examples and frame."""
        shown, painter = self._shown, QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        if shown is None or self.ends() is None:
            return
        area = self.area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(area)
        self.paint_field(painter, area)
        painter.drawPixmap(QPointF(0, 0), self._examples(shown))
        self.paint_over(painter, area)
        if shown.example is not None:
            self._paint_example(painter, shown.example)
        if shown.hint and self._gesture is None:
            self._paint_hint(painter, area, shown.hint)
        self._paint_gesture(painter)
        painter.setClipping(False)
        self._cursor.paint(painter, area, self._theme, self._theme.panel)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.thin(self._theme.dim))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        self.draw_axes(painter, area)

    def paint_field(self, painter: QPainter, area: QRectF) -> None:
        """Paint what lies below the examples."""
        raise NotImplementedError

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Paint what lies on them."""

    def radius(self, count: int) -> float:
        """Return how large the marks of so many examples are, in pixels."""
        letter, line = QFontInfo(self.letters()).pixelSize(), self._theme.scale.line(1.0)
        if count <= MANY:
            return 0.42 * letter
        area = self.area()
        return max(min(0.28 * letter, 0.011 * min(area.width(), area.height())), 2.2 * line)

    def _examples(self, shown: PlanePicture) -> QPixmap:
        """Return the layer of examples, which is painted anew where they are others."""
        sets: list[tuple[Points, bool]] = []
        if shown.train is not None and self._state.train:
            sets.append((shown.train, False))
        if shown.test is not None and self._state.test:
            sets.append((shown.test, True))
        key = (
            *(one for pair in sets for one in pair),  # points are the same only as an object
            *(self.ends(), self.area().getRect(), self.size(), self.devicePixelRatioF()),
        )
        if self._layer is not None and self._layer[0] == key:
            return self._layer[1]
        layer = layer_of(QRectF(self.rect()), self.devicePixelRatioF())
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.radius(sum(len(points.where) for points, _ in sets))
        for points, hollow in sets:
            places = self.places_of(points.where)
            classes = len(shown.class_names)
            paint_marks(painter, points, places, radius, classes, self._theme, hollow=hollow)
        painter.end()
        self._layer = key, layer
        return layer

    def _paint_example(self, painter: QPainter, example: tuple[float, float]) -> None:
        """Mark the example in focus by a ring."""
        at, radius = self.places_of(np.array([example]))[0], 2.2 * self.radius(MANY + 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._theme.panel, 4.0), (self._theme.now, 2.0)):
            painter.setPen(QPen(QColor(colour), self.thick(1.0) * width))
            painter.drawEllipse(QPointF(*at.tolist()), radius, radius)


def _given(ends: Range, column: Column | None) -> Range:
    """Return the ends of an axis in the file's own numbers."""
    if column is None or not column.scaled:
        return ends
    return column.to_file(ends[0]), column.to_file(ends[1])
