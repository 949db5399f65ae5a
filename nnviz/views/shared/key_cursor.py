"""The cursor of keys: what one draws with who has no mouse. Arrows move it, Space presses.

Two arrows held down go aslant; with Shift it goes a quarter as far. It goes when a pointer moves
over its drawing.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from nnviz.views.palette import Theme
from nnviz.views.shared.items import WAYS

STEP = 1 / 56
"""How far a key moves it, as a share of the shorter side."""
FINE = 1 / 4
"""How far with Shift, as a share of that."""
ARM, GAP = 9.0, 3.0
"""How long the arms of its cross are, and how far they begin from its middle, at a factor of 1."""


class KeyCursor:
    """A place in a drawing, as shares of its width and height from the left and the top.

    Attributes:
        at: where it is.
        shown: whether it is in use.
        down: whether Space has pressed it down, for a stroke.
    """

    def __init__(self) -> None:
        self.at = (0.5, 0.5)
        self.shown = self.down = False
        self._held: set[Qt.Key] = set()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key moves or presses it: only while it is in use."""
        free = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        return self.shown and not event.modifiers() & ~free and (key in WAYS or _presses(key))

    def moves(self, event: QKeyEvent, area: QRectF) -> bool:
        """Move by an arrow key that is pressed in a drawing of a size; tell whether it was one."""
        key = Qt.Key(event.key())
        if key not in WAYS or not self.shown:
            return False
        self._held.add(key)
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = STEP * min(area.width(), area.height()) * (FINE if fine else 1.0)
        x, y = self.at
        right = sum(WAYS[held][0] for held in self._held)
        down = sum(WAYS[held][1] for held in self._held)
        self.at = (
            min(max(x + right * step / area.width(), 0.0), 1.0),
            min(max(y + down * step / area.height(), 0.0), 1.0),
        )
        return True

    def lets_go(self, event: QKeyEvent) -> None:
        """Hold a key no more."""
        if event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            self._held.discard(Qt.Key(event.key()))

    def show(self) -> None:
        """Bring it into use."""
        self.shown = True

    def hide(self) -> None:
        """Put it away."""
        self.shown = self.down = False
        self._held.clear()

    def place(self, area: QRectF) -> QPointF:
        """Return where it is in an area."""
        x, y = self.at
        return QPointF(area.left() + x * area.width(), area.top() + y * area.height())

    def paint(self, painter: QPainter, area: QRectF, theme: Theme, ground: str) -> None:
        """Paint its cross, thick while it is down, with a rim in the colour of the ground."""
        if not self.shown:
            return
        at, line = self.place(area), theme.scale.line
        arm, gap = line(ARM), line(0 if self.down else GAP)
        for colour, width in ((ground, 5.0), (theme.now, 3.0 if self.down else 2.0)):
            painter.setPen(QPen(QColor(colour), line(width)))
            for x, y in WAYS.values():
                way = QPointF(x, y)
                painter.drawLine(at + way * gap, at + way * arm)


def _presses(key: Qt.Key) -> bool:
    return key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
