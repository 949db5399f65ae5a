"""The pen: strokes drawn on top of the picture, kept until the run's next moment."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.presenting.overlay import Overlay
from nnviz.window.presenting.strokes import Stroke, colours, paint, reach


class Pen(Overlay):
    """Takes the mouse while it is in the hand; its strokes stay when it is put away.

    Attributes:
        strokes: from the first, in the picture's own pixels, whatever it is magnified by.
    """

    def __init__(
        self,
        beneath: QWidget,
        within: QWidget,
        seen_by: Callable[[], QTransform] = QTransform,
    ) -> None:
        """Make one, put away; `seen_by` says how the picture is magnified just now."""
        super().__init__(beneath, within)
        named(self, "pen", said="Pen: drag to draw on the picture")
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.strokes: tuple[Stroke, ...] = ()
        self._seen_by = seen_by
        self._points: list[QPointF] = []
        self._colour = 0
        self._theme = DARK
        self._in_hand = False

    @property
    def in_hand(self) -> bool:
        """Whether the mouse draws."""
        return self._in_hand

    def take(self, taken: bool) -> None:
        """Take it into the hand, or put it away."""
        self._finish()
        self._in_hand = taken
        self._show()

    def next_colour(self) -> None:
        """Draw in the next colour from now on, with the pen in the hand."""
        if self._in_hand:
            self._colour = (self._colour + 1) % len(colours(self._theme))
        self.take(True)

    @property
    def colour(self) -> int:
        """Which of the `colours` it draws in."""
        return self._colour

    def undo(self) -> bool:
        """Take the last stroke back; tell whether there was one."""
        self._finish()
        had = bool(self.strokes)
        self.strokes = self.strokes[:-1]
        self._show()
        return had

    def erase(self) -> None:
        """Take every stroke back."""
        self._points.clear()
        if self.strokes or self._in_hand:
            self.strokes = ()
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.update()

    def _show(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self._in_hand)
        self.setVisible(self._in_hand or bool(self.strokes))
        self.update()

    # -- drawing --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()
            self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if self._points and event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()

    def _go_to(self, where: QPointF) -> None:
        point = self._seen_by().inverted()[0].map(where)
        self._points.append(point)
        changed = reach(self._points[-3:], self._theme.scale.factor)
        self.update(self._seen_by().mapRect(changed).toAlignedRect())

    def _finish(self) -> None:
        """End the stroke that is being drawn, if there is one."""
        if self._points:
            self.strokes = (*self.strokes, self._drawn())
            self._points.clear()

    def _drawn(self) -> Stroke:
        return Stroke(tuple(self._points), self._colour, self._theme.scale.factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let strokes stand where they stood on the picture."""
        super().resizeEvent(event)
        before, now = QSizeF(event.oldSize()), QSizeF(event.size())
        if not before.isEmpty() and not now.isEmpty():
            self.strokes = tuple(stroke.resized(before, now) for stroke in self.strokes)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strokes."""
        self.draw(QPainter(self), event.rect())

    def draw(self, painter: QPainter, within: QRect) -> None:
        """Draw those strokes that lie within a part of what is seen."""
        seen_by = self._seen_by()
        strokes = (*self.strokes, self._drawn()) if self._points else self.strokes
        seen = [one for one in strokes if seen_by.mapRect(one.bounds).intersects(within)]
        painter.setTransform(seen_by, True)
        paint(painter, seen, self._theme)
