"""Ctrl and the wheel over a panel of the desktop draw that panel larger, in its own place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.window.panel import PanelBody
from nnviz.window.presenting.overlay import Overlay
from nnviz.window.presenting.pointer import Pointer, magnifies_itself

if TYPE_CHECKING:
    from nnviz.window.presenting.magnifier import Magnifier


class PanelMagnifier(QObject):
    """Draws one panel of a window larger at a time."""

    def __init__(self, window: QWidget) -> None:
        """Begin with none."""
        super().__init__(window)
        self._window = window
        self._theme = DARK
        self._made: dict[QWidget, Magnifier] = {}
        self._pointer = Pointer(window)
        self._pointer.magnified = self._magnified

    def hear(self) -> None:
        """Hear the wheel from now on: the window is on screen."""
        self._pointer.hear()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        for magnifier in self._made.values():
            magnifier.set_theme(theme)

    def leave(self) -> bool:
        """Show all of the panel again; tell whether one was magnified."""
        return any(self._made[body].leave() for body in self._shown())

    def _magnified(self, place: QPoint, delta: float) -> bool:
        body = _body_at(self._window, place)
        if body is None or (body not in self._shown() and magnifies_itself(self._window, place)):
            return False
        for other in self._shown():
            if other is not body:
                self._made[other].leave()
        self._magnifier(body).turn(place, delta)
        return True

    def _shown(self) -> list[QWidget]:
        return [body for body, magnifier in self._made.items() if magnifier.isVisible()]

    def _magnifier(self, body: QWidget) -> "Magnifier":
        """Return what magnifies a panel; it is a part of that, and moves with it."""
        panel = body.parentWidget()
        assert panel is not None
        if body not in self._made:
            from nnviz.window.presenting.magnifier import Magnifier

            self._made[body] = Magnifier(body, panel)
            self._made[body].set_theme(self._theme)
        return self._made[body]


def _body_at(window: QWidget, place: QPoint) -> QWidget | None:
    """Return the body of the panel at a place of the screen, or None."""
    at = window.childAt(window.mapFromGlobal(place))
    while at is not None and not isinstance(at, PanelBody):
        at = at.beneath if isinstance(at, Overlay) else at.parentWidget()
    return at
