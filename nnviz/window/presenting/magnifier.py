"""The magnifier: a part of the picture, drawn larger over all of it.

What is beneath draws itself at that size, so that letters and lines stay sharp. The magnifier is
opaque, so nothing is painted twice, and it follows whatever changes beneath.
"""

from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.presenting.overlay import Overlay

MOST = 8.0
"""How many times larger the picture can be drawn."""
LEAST = 1.02
"""What is less than this is no enlargement."""
RESTS = 2.0
"""How long it rests after it has drawn, in the time that took: much in a large net is slow."""
NOTCH = 120.0
"""What Qt tells of one notch of a wheel."""
_DRAWN = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.DrawWindowBackground


class Magnifier(Overlay):
    """Shows a part of what is beneath; dragging shifts it, a click goes to what is seen there.

    Signals:
        changed(): the picture is seen at another place or size.
    """

    changed = Signal()
    _watched: QWidget | None = None  # known before it is hidden for the first time

    def __init__(self, beneath: QWidget, within: QWidget) -> None:
        super().__init__(beneath, within)
        named(self, "magnifier", said="Magnified; Escape or a double click shows all again")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._zoom = 1.0
        self._corner = QPointF()  # of what is seen, in the picture's pixels
        self._theme = DARK
        self._late = False  # something has changed beneath during the rest
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._rested)
        self._pressed: QPointF | None = None
        self._dragged = False

    @property
    def zoom(self) -> float:
        """How many times larger the picture is drawn."""
        return self._zoom

    @property
    def seen_by(self) -> QTransform:
        """What turns places of the picture into those of what is seen."""
        zoom, corner = self._zoom, self._corner
        return QTransform(zoom, 0, 0, zoom, -zoom * corner.x(), -zoom * corner.y())

    def turn(self, place: QPoint, delta: float) -> None:
        """Look nearer or from further away by what a wheel has turned at a place of the screen."""
        self.look_nearer(place, 2.0 ** (delta / (3 * NOTCH)))

    def look_nearer(self, place: QPoint, factor: float) -> None:
        """Draw the picture so many times larger; what is at a place of the screen stays there."""
        where = QPointF(self.beneath.mapFromGlobal(place))
        zoom = min(max(self._zoom * factor, 1.0), MOST)
        if zoom < LEAST:
            self.leave()
            return
        self.show()  # it takes on its size
        world = self._corner + where / self._zoom
        self._zoom = zoom
        self._look_at(world - where / zoom)

    def leave(self) -> bool:
        """Show all again, as on Escape; tell whether it was magnified."""
        was, self._zoom = self._zoom > 1, 1.0
        self._corner = QPointF()
        self.hide()
        if was:
            self.changed.emit()
        return was

    def set_theme(self, theme: Theme) -> None:
        """Take on the ground's colour."""
        self._theme = theme
        self.update()

    def _look_at(self, corner: QPointF) -> None:
        """Look at the part that has its upper left corner there; never beyond the picture."""
        room = 1 - 1 / self._zoom
        x, y = room * self.beneath.width(), room * self.beneath.height()
        self._corner = QPointF(min(max(corner.x(), 0.0), x), min(max(corner.y(), 0.0), y))
        self.update()
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look at the same part."""
        super().resizeEvent(event)
        before, now = event.oldSize(), event.size()
        if self._zoom > 1 and not before.isEmpty():
            x, y = now.width() / before.width(), now.height() / before.height()
            self._look_at(QPointF(x * self._corner.x(), y * self._corner.y()))

    # -- following what is beneath ----------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Follow from now on what changes in the window."""
        super().showEvent(event)
        self._watched = self.window()
        self._watched.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow nothing any more."""
        super().hideEvent(event)
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw anew in the very frame in which anything in the window does, or after a rest."""
        if watched is self._watched and event.type() == QEvent.Type.UpdateRequest:
            if self._rest.isActive():
                self._late = True
            else:
                self.update()
        return super().eventFilter(watched, event)

    def _rested(self) -> None:
        if self._late:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is beneath."""
        begun, self._late = perf_counter(), False
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        part = QRectF(self._corner, QSizeF(self.size()) / self._zoom).toAlignedRect()
        shown = part.intersected(self.beneath.rect())
        painter.setTransform(self.seen_by, True)
        self.beneath.render(painter, shown.topLeft(), QRegion(shown), _DRAWN)
        self._rest.start(round(1000 * RESTS * (perf_counter() - begun)))

    # -- hands ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to shift, or to click."""
        self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shift what is seen."""
        if self._pressed is None:
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragged, self._pressed = True, event.position()
            self._look_at(self._corner - moved / self._zoom)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click what is seen there, unless it was shifted."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self._dragged:
            self._click(pressed, event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show all again."""
        self.leave()

    def _click(self, where: QPointF, event: QMouseEvent) -> None:
        """Let what is seen at a place have a click."""
        place = self._corner + where / self._zoom
        target = self.beneath.childAt(place.toPoint()) or self.beneath
        local = QPointF(target.mapFrom(self.beneath, place.toPoint()))
        for kind, held in (
            (QEvent.Type.MouseButtonPress, event.button()),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            click = QMouseEvent(
                kind, local, event.globalPosition(), event.button(), held, event.modifiers()
            )
            QApplication.sendEvent(target, click)
