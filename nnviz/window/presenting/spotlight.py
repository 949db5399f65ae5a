"""The spotlight: everything dimmed but a disc round the pointer."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QCursor,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRadialGradient,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.views.shared.named import named
from nnviz.window.presenting.overlay import Overlay

DIM = 170
"""How dark it is beside the disc, of 255."""
EDGE = 0.94
"""Share of the disc's radius within which everything is as bright as ever."""
LEAST, MOST, FIRST = 0.06, 0.6, 0.18
"""The disc's radius as a share of the height: the least, the most, and at first."""
NOTCH = 120.0
"""What Qt tells of one notch of a wheel."""


class Spotlight(Overlay):
    """Follows the pointer, lets every click through, and repaints only round the disc."""

    def __init__(self, beneath: QWidget, within: QWidget) -> None:
        super().__init__(beneath, within)
        named(self, "spotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._share = FIRST
        self._at = QPoint()
        self._shade: QPixmap | None = None

    @property
    def disc(self) -> QRect:
        """The square around the disc."""
        radius = max(round(self._share * self.height()), 1)
        return QRect(self._at.x() - radius, self._at.y() - radius, 2 * radius, 2 * radius)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the pointer is."""
        super().showEvent(event)
        self.point_at(QCursor.pos())

    def point_at(self, place: QPoint) -> None:
        """Lead the disc to a place of the screen."""
        at = self.mapFromGlobal(place)
        if at != self._at:
            self._change(at, self._share)

    def resize_by(self, delta: float) -> None:
        """Make the disc larger or smaller by what a wheel has turned."""
        self._change(self._at, min(max(self._share * 1.15 ** (delta / NOTCH), LEAST), MOST))

    def _change(self, at: QPoint, share: float) -> None:
        before = self.disc
        self._at, self._share = at, share
        # Only where it was and where it is, so that what is beneath is not painted anew everywhere.
        self.update(before)
        self.update(self.disc)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim everything but the disc."""
        painter, disc = QPainter(self), self.disc
        painter.setClipRegion(event.region().subtracted(QRegion(disc)))
        painter.fillRect(event.rect(), QColor(0, 0, 0, DIM))
        painter.setClipRegion(event.region())
        painter.drawPixmap(disc.topLeft(), self._shade_of(disc.width()))

    def _shade_of(self, width: int) -> QPixmap:
        """Return the shade around the disc within its square."""
        if self._shade is None or self._shade.width() != width:
            self._shade = QPixmap(width, width)
            self._shade.fill(Qt.GlobalColor.transparent)
            light = QRadialGradient(width / 2, width / 2, width / 2)
            light.setColorAt(EDGE, QColor(0, 0, 0, 0))
            light.setColorAt(1.0, QColor(0, 0, 0, DIM))
            QPainter(self._shade).fillRect(QRectF(0, 0, width, width), light)
        return self._shade
