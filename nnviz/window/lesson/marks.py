"""Marks: rings that glow around what a lesson speaks of, in whatever window it stands."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared import motion
from nnviz.window.lesson.places import Spot

AROUND = 9
"""Pixels that a ring and its glow take around a place, at a factor of 1."""
BEATS, BEAT_MS = 12, 90
"""Pictures of a ring that swells and fades as it comes, and milliseconds between two."""
LOOKS_MS = 400
"""Milliseconds between two looks whether what is marked has moved."""


class Ring(QWidget):
    """One ring; the mouse goes through it."""

    def __init__(self, window: QWidget, rect: QRect, theme: Theme, *, round: bool) -> None:
        super().__init__(window)
        self.setObjectName("lesson_mark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._theme, self._round = theme, round
        self._beat = 0 if not motion.rests() else BEATS
        self._around = theme.scale.space(AROUND)
        self.place(rect)
        self._pulse = QTimer(self, interval=BEAT_MS)
        self._pulse.timeout.connect(self._swell)
        if self._beat < BEATS:
            self._pulse.start()
        self.show()
        self.raise_()

    def place(self, rect: QRect) -> None:
        """Stand around a place."""
        around = self._around
        wanted = rect.adjusted(-around, -around, around, around) & self.window().rect()
        if wanted != self.geometry():
            self.setGeometry(wanted)

    def _swell(self) -> None:
        self._beat += 1
        if self._beat >= BEATS:
            self._pulse.stop()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring and its glow."""
        painter, scale = QPainter(self), self._theme.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        swell = 1.0 if self._beat >= BEATS else 0.4 + 0.6 * abs((self._beat % 6) - 3) / 3
        colour, line = QColor(self._theme.now), scale.line(2.5)
        for width, share in ((self._around * 1.2, 0.14), (self._around * 0.7, 0.2), (line, 1.0)):
            ink = QColor(colour)
            ink.setAlphaF(min(share * (swell if share < 1 else 1.0), 1.0))
            painter.setPen(QPen(ink, width))
            inset = self._around * 0.7
            box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            if self._round:
                painter.drawEllipse(box)
            else:
                painter.drawRoundedRect(box, scale.space(6), scale.space(6))


class Marks(QObject):
    """Keeps the rings where what they surround stands.

    Attributes:
        find: returns the places that glow now.
    """

    def __init__(self, theme: Callable[[], Theme], parent: QObject) -> None:
        """Begin with none."""
        super().__init__(parent)
        self._theme = theme
        self.find: Callable[[], Sequence[Spot]] = lambda: ()
        self.rings: list[Ring] = []
        self._worn: Theme | None = None
        self._spots: list[tuple[QWidget, bool]] = []
        self._looking = QTimer(self, interval=LOOKS_MS)
        self._looking.timeout.connect(self.look)

    def begin(self, find: Callable[[], Sequence[Spot]]) -> None:
        """Mark other places from now on."""
        self.clear()
        self.find = find
        self.look()
        self._looking.start()

    def look(self) -> None:
        """Follow what is marked: it may move, come, or go."""
        spots = list(self.find())
        kinds = [(spot.window, spot.round) for spot in spots]
        if kinds != self._spots or self._worn != self._theme():
            self._let_go()
            self._spots, self._worn = kinds, self._theme()
            self.rings = [
                Ring(spot.window, spot.rect, self._theme_of(spot.window), round=spot.round)
                for spot in spots
            ]
            for ring in self.rings:
                ring.destroyed.connect(partial(self._gone, ring))
        else:
            for ring, spot in zip(self.rings, spots, strict=True):
                ring.place(spot.rect)

    def _theme_of(self, window: QWidget) -> Theme:
        """Return how a window looks: the stage has a theme of its own."""
        own = getattr(window, "theme", None)
        return own if isinstance(own, Theme) else self._theme()

    def _gone(self, ring: Ring) -> None:
        if ring in self.rings:
            self.rings.remove(ring)
            self._spots = []

    def _let_go(self) -> None:
        rings, self.rings = self.rings, []
        for ring in rings:
            ring.hide()
            ring.deleteLater()

    def clear(self) -> None:
        """Mark nothing."""
        self._looking.stop()
        self._let_go()
        self._spots, self.find = [], lambda: ()
