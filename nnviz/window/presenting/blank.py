"""The blank: black or white in place of the picture, while the run goes on behind it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.views.shared.named import named
from nnviz.window.presenting.overlay import Overlay

BLACK, WHITE = "#000000", "#ffffff"
KEYS = {
    Qt.Key.Key_B: BLACK,
    Qt.Key.Key_Period: BLACK,
    Qt.Key.Key_W: WHITE,
}
"""Keys that blank, those of presenters' remotes among them, and how."""
HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ALONE = (
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown),
)


class Blank(Overlay):
    """Covers everything; a click or any plain key brings it back, and does nothing else.

    Nobody has seen what stands behind it, so the key that a remote sends to go on must not have
    gone on unseen.
    """

    _focused: QWidget | None = None  # known before it is hidden for the first time

    def __init__(self, beneath: QWidget, within: QWidget) -> None:
        super().__init__(beneath, within)
        named(self, "blank", said="Blank; any key brings the picture back")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._colour = BLACK

    @property
    def colour(self) -> str:
        """What covers the picture; empty where nothing does."""
        return self._colour if self.isVisible() else ""

    def toggle(self, colour: str) -> None:
        """Cover everything in a colour; uncover it where that is the one it is covered in."""
        if colour == self.colour:
            self.hide()
            return
        if not self.isVisible():
            self._focused = QApplication.focusWidget()
        self._colour = colour
        self.show()
        self.setFocus()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keys back to who had them."""
        had = self.hasFocus()
        super().hideEvent(event)
        focused, self._focused = self._focused, None
        if had and focused is not None:
            focused.setFocus()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Take every plain key; what is held with Ctrl or Alt, and F1 to F35, is the window's."""
        function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        return not function and not event.modifiers() & HELD

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the picture back, or blank in the other colour."""
        key = Qt.Key(event.key())
        if not self.takes_key(event):
            event.ignore()
        elif key not in _ALONE:
            self.toggle(KEYS.get(key, self._colour))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the picture back."""
        self.hide()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is behind."""
        QPainter(self).fillRect(event.rect(), QColor(self._colour))
