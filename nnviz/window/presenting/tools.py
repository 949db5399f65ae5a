"""The presenter's tools over a stage: blank, spotlight, pen and magnifier, one above the other."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme
from nnviz.window.presenting.blank import BLACK, WHITE, Blank
from nnviz.window.presenting.magnifier import Magnifier
from nnviz.window.presenting.pen import Pen
from nnviz.window.presenting.pointer import Pointer, magnifies_itself
from nnviz.window.presenting.spotlight import Spotlight

NEARER = 2.0
"""How many times larger one press of the key draws the picture."""


class Tools:
    """Lie over a picture within a window.

    Attributes:
        blank: covers the whole window.
        spotlight, pen, magnifier: lie over the picture, what is beneath the other last.
    """

    def __init__(self, picture: QWidget, window: QWidget) -> None:
        """Lay them over the picture, all of them hidden."""
        self._picture = picture
        self.magnifier = Magnifier(picture, window)
        self.pen = Pen(picture, window, lambda: self.magnifier.seen_by)
        self.spotlight = Spotlight(picture, window)
        self.blank = Blank(window, window)
        self.magnifier.above = self.pen
        self.pen.above = self.spotlight
        self.spotlight.above = self.blank
        self.magnifier.changed.connect(self.pen.update)
        self._pointer = pointer = Pointer(window)
        pointer.moved = self.spotlight.point_at
        pointer.turned, pointer.magnified = self._turned, self._magnified

    def begin(self) -> None:
        """Hear the mouse from now on: the window is on screen."""
        self._pointer.hear()

    def end(self) -> None:
        """Put everything away, and hear the mouse no more: the window leaves the screen."""
        self._pointer.stop()
        while self.leave():
            pass
        self.magnifier.leave()

    def start_afresh(self) -> None:
        """Begin with another picture: what was drawn, and where it was magnified, is over."""
        self.pen.erase()
        self.magnifier.leave()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.pen.set_theme(theme)
        self.magnifier.set_theme(theme)

    # -- what the wheel does ----------------------------------------------------------------------

    def _on_picture(self, place: QPoint) -> bool:
        return self._picture.rect().contains(self._picture.mapFromGlobal(place))

    def _turned(self, place: QPoint, delta: float) -> bool:
        if self.blank.isVisible():
            return True
        if not self.spotlight.isVisible() or not self._on_picture(place):
            return False
        self.spotlight.resize_by(delta)
        return True

    def _magnified(self, place: QPoint, delta: float) -> bool:
        if self.blank.isVisible():
            return True
        if not self._on_picture(place) or self._magnifies_itself(place):
            return False
        self.magnifier.turn(place, delta)
        return True

    def _magnifies_itself(self, place: QPoint) -> bool:
        """Tell whether a view does it better at a place: not under strokes, which would stay."""
        covered = self.magnifier.isVisible() or self.pen.isVisible()
        return not covered and magnifies_itself(self._picture, place)

    # -- what keys do -----------------------------------------------------------------------------

    def blank_black(self) -> None:
        """Show black in place of the picture, or the picture again."""
        self.blank.toggle(BLACK)

    def blank_white(self) -> None:
        """Show white in place of the picture, or the picture again."""
        self.blank.toggle(WHITE)

    def toggle_spotlight(self) -> None:
        """Dim everything but a disc round the pointer, or no more."""
        self.spotlight.setVisible(not self.spotlight.isVisible())

    def toggle_pen(self) -> None:
        """Take the pen into the hand, or put it away; what is drawn stays."""
        self.pen.take(not self.pen.in_hand)

    def toggle_magnified(self) -> None:
        """Draw the picture larger where the pointer is, or all of it again."""
        if not self.magnifier.leave():
            place, picture = QCursor.pos(), self._picture
            if not self._on_picture(place):
                place = picture.mapToGlobal(picture.rect().center())
            self.magnifier.look_nearer(place, NEARER)

    def leave(self) -> bool:
        """Leave blank, spotlight, pen or strokes, whichever is in front; tell if there was one."""
        for shown, leave in (
            (self.blank.isVisible(), self.blank.hide),
            (self.spotlight.isVisible(), self.spotlight.hide),
            (self.pen.in_hand, self.toggle_pen),
            (self.pen.isVisible(), self.pen.erase),
        ):
            if shown:
                leave()
                return True
        return False

    def photograph(self) -> QPixmap:
        """Return what is seen of the picture, magnified or not, with what is drawn on it."""
        photo = (self.magnifier if self.magnifier.isVisible() else self._picture).grab()
        painter = QPainter(photo)
        self.pen.draw(painter, self._picture.rect())
        painter.end()
        return photo
